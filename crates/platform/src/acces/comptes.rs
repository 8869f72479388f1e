//! Accounts through the gate: whose accounts a manager reaches, one's own account, one's own sessions.

use std::collections::HashMap;

use jiff::Timestamp;
use kernel::id::{CompteId, EtablissementId, UsagerId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{Entity, Nature, Query, Reach, Scope, Stored};
use uuid::Uuid;

use super::politique::permet;
use super::{Acces, Categorie, Compte, Droit, LANE_COMPTES, MotifRefus, Referentiel};
use crate::erreur::{Erreur, Resultat};
use crate::web::connexion::SonCompte;
use crate::web::{Methode, Session, mot_de_passe};

impl Referentiel for Compte {
    const CATEGORIE: Categorie = Categorie::Comptes;
}

impl Referentiel for Session {
    const CATEGORIE: Categorie = Categorie::Comptes;
}

/// A password given by somebody else, for one use: it opens only the page where the person chooses their own (ASVS 6.4.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CleProvisoire {
    /// Whose.
    pub compte: CompteId,
    /// The establishment of the account, for the record's scope.
    pub etablissement: Uuid,
    /// Argon2id hash (PHC string).
    pub hache: String,
    /// Worth nothing from this instant.
    pub expire_le: Timestamp,
    /// The person chose their own password.
    #[serde(default)]
    pub consommee_le: Option<Timestamp>,
}

impl CleProvisoire {
    /// The record's id for an account.
    pub fn id(compte: CompteId) -> Uuid {
        kernel::id::derived(compte.0, "cle-provisoire")
    }

    /// True while it may still be used.
    pub fn vaut(&self, now: Timestamp) -> bool {
        self.consommee_le.is_none() && now < self.expire_le
    }
}

impl Entity for CleProvisoire {
    const KIND: &'static str = "cle_provisoire";

    fn scope(&self) -> Scope {
        Scope::of(self.etablissement)
    }
}

impl Referentiel for CleProvisoire {
    const CATEGORIE: Categorie = Categorie::Comptes;
}

/// The list of the sessions of an account.
pub fn lane_sessions(compte: CompteId) -> String {
    format!("sessions/{compte}")
}

impl Compte {
    /// True if the account may sign in at this instant: not closed, and a role in force.
    pub fn ouvert(&self, now: Timestamp) -> bool {
        self.ferme_le.is_none_or(|le| now < le) && self.habilitations.iter().any(|role| role.active(now))
    }

    /// True if a role was ever held, or will be, in this establishment, or if the account was created there.
    pub fn concerne(&self, etablissement: EtablissementId) -> bool {
        self.etablissement == etablissement.0 || self.habilitations.iter().any(|role| role.etablissement == Some(etablissement))
    }
}

impl<D: Droit> Acces<D> {
    /// The establishments where this right is held; `None`: the whole grappe.
    pub fn etablissements_ouverts(&self) -> Option<Vec<EtablissementId>> {
        let contexte = self.contexte();
        let mut liste = Vec::new();
        for role in contexte.acteur.actives(contexte.now) {
            if permet(&self.services().profils, role, D::INFO.categorie, D::INFO.verbe) {
                liste.push(role.etablissement?);
            }
        }
        liste.sort_unstable();
        liste.dedup();
        Some(liste)
    }

    /// True if a role held over the whole grappe opens this right: for the menu.
    pub(crate) fn peut_dans_la_grappe(&self, droit: &super::DroitInfo) -> bool {
        let contexte = self.contexte();
        let mut roles = contexte.acteur.actives(contexte.now).filter(|role| role.etablissement.is_none());
        roles.any(|role| permet(&self.services().profils, role, droit.categorie, droit.verbe))
    }

    /// True if this right is held in this establishment.
    pub fn ouvert_dans(&self, etablissement: EtablissementId) -> bool {
        self.etablissements_ouverts().is_none_or(|liste| liste.contains(&etablissement))
    }

    /// Refuses, and journals the refusal, when this right is not held in this establishment.
    ///
    /// # Errors
    /// A refusal which looks like an unknown address.
    pub async fn exiger_etablissement(&self, etablissement: EtablissementId) -> Resultat<()> {
        if self.ouvert_dans(etablissement) {
            return Ok(());
        }
        Err(self.refuser(MotifRefus::Inconnu, None).await)
    }

    /// Refuses, and journals the refusal, when this right is not held for the whole grappe.
    ///
    /// # Errors
    /// A refusal of the profession.
    pub async fn exiger_grappe(&self) -> Resultat<()> {
        if self.etablissements_ouverts().is_none() {
            return Ok(());
        }
        Err(self.refuser(MotifRefus::Profession, None).await)
    }

    /// Journals a refusal a module decided, and gives the error to answer.
    pub async fn refuser(&self, motif: MotifRefus, usager: Option<UsagerId>) -> Erreur {
        self.passage.refuser(&D::INFO, motif, usager).await
    }

    /// Journals that personal data was read under this right; the answer waits for the line (INV-27).
    ///
    /// `details` name what was read (criteria, an account's id), never its content.
    pub async fn consigner(
        &self,
        usager: Option<UsagerId>,
        etablissement: Option<EtablissementId>,
        details: &[(&str, Value)],
    ) -> Resultat<()> {
        let mut line = self.passage.line(Nature::Consultation, D::INFO.code, usager, etablissement);
        for (nom, valeur) in details {
            line.detail.insert((*nom).to_owned(), valeur.clone());
        }
        self.passage.journaliser(line).await
    }

    /// The accounts which hold, held or will hold a role where this right is held. The reading is journalled.
    pub async fn comptes(&self) -> Resultat<Vec<Stored<Compte>>> {
        let ouverts = self.etablissements_ouverts();
        let mut comptes: Vec<Stored<Compte>> = self.services().store.list(&Reach::All, &Query::lane(LANE_COMPTES)).await?;
        if let Some(ouverts) = &ouverts {
            comptes.retain(|compte| ouverts.iter().any(|etablissement| compte.concerne(*etablissement)));
        }
        let seul = ouverts.and_then(|ouverts| if let [seul] = ouverts[..] { Some(seul) } else { None });
        self.consigner(None, seul, &[("comptes", comptes.len().into())]).await?;
        Ok(comptes)
    }

    /// One account, if this right reaches it. The reading is journalled.
    ///
    /// # Errors
    /// A refusal which looks like an unknown address when the account is out of reach.
    pub async fn compte(&self, id: CompteId) -> Resultat<Stored<Compte>> {
        let lu: Option<Stored<Compte>> = self.services().store.get(&Reach::All, id).await?;
        let Some(lu) = lu else { return Err(self.refuser(MotifRefus::Inconnu, None).await) };
        let atteint = self.etablissements_ouverts().is_none_or(|liste| liste.iter().any(|un| lu.concerne(*un)));
        if !atteint {
            return Err(self.refuser(MotifRefus::Inconnu, None).await);
        }
        self.consigner(None, None, &[("compte", id.to_string().into())]).await?;
        Ok(lu)
    }

    /// Every version of an account which [`Acces::compte`] gave, oldest first.
    pub async fn versions_compte(&self, compte: &Stored<Compte>) -> Resultat<Vec<Stored<Compte>>> {
        Ok(self.services().store.history(&Reach::All, compte.id).await?)
    }

    /// The sessions not closed of an account which [`Acces::compte`] gave.
    pub async fn sessions_de(&self, compte: &Stored<Compte>) -> Resultat<Vec<Stored<Session>>> {
        sessions(self, CompteId(compte.id)).await
    }

    /// The one-use password of an account which [`Acces::compte`] gave, if there ever was one.
    pub async fn cle_de(&self, compte: &Stored<Compte>) -> Resultat<Option<Stored<CleProvisoire>>> {
        Ok(self.services().store.get(&Reach::All, CleProvisoire::id(CompteId(compte.id))).await?)
    }

    /// The name shown and the first role of each account: who wrote, who read. Names of colleagues need no right.
    pub async fn noms(&self, comptes: &[CompteId]) -> Resultat<HashMap<CompteId, (String, Option<String>)>> {
        let mut ids: Vec<Uuid> = comptes.iter().map(|compte| compte.0).collect();
        ids.sort_unstable();
        ids.dedup();
        let lus: Vec<Stored<Compte>> = self.services().store.get_many(&Reach::All, &ids).await?;
        let nom = |compte: Stored<Compte>| {
            let profil = compte.habilitations.last().map(|role| role.profil.clone());
            (CompteId(compte.id), (compte.value.nom_affiche, profil))
        };
        Ok(lus.into_iter().map(nom).collect())
    }
}

async fn sessions<D: Droit>(acces: &Acces<D>, compte: CompteId) -> Resultat<Vec<Stored<Session>>> {
    let lane = lane_sessions(compte);
    let now = acces.now();
    let mut liste: Vec<Stored<Session>> =
        acces.services().store.list(&Reach::All, &Query::lane(&lane).newest_first().limit(200)).await?;
    liste.retain(|session| session.fermee_le.is_none() && now < session.expire_le);
    Ok(liste)
}

impl Acces<SonCompte> {
    /// One's own account.
    pub async fn mon_compte(&self) -> Resultat<Stored<Compte>> {
        let id = self.contexte().acteur.compte;
        self.services().store.get(&Reach::All, id).await?.ok_or(Erreur::NonConnecte)
    }

    /// One's own sessions, newest first; closed ones are left out.
    pub async fn mes_sessions(&self) -> Resultat<Vec<Stored<Session>>> {
        sessions(self, self.contexte().acteur.compte).await
    }

    /// Closes one of one's own sessions.
    ///
    /// # Errors
    /// `Introuvable` when it is not one's own, or is closed already.
    pub async fn fermer_session(&self, id: Uuid) -> Resultat<()> {
        let sessions = self.mes_sessions().await?;
        let Some(session) = sessions.iter().find(|session| session.id == id) else { return Err(Erreur::Introuvable) };
        let mut fermee = session.value.clone();
        fermee.fermee_le = Some(self.now());
        let mut acte = self.acte("session.fermee");
        acte.update(session, &fermee);
        self.commit(acte).await
    }

    /// True if this is one's present password, or the one-use password given by somebody else.
    pub async fn verifier_mot_de_passe(&self, essai: &str) -> Resultat<bool> {
        let compte = self.mon_compte().await?;
        let (freins, now) = (&self.services().freins, self.now());
        let attente = freins.attente(&compte.identifiant, now);
        if attente > 0 {
            return Err(Erreur::Patience(attente));
        }
        let attendu = mot_de_passe::attendu(self.services(), &compte, now).await?;
        let juste = mot_de_passe::verifier(essai.to_owned(), attendu).await?;
        if juste {
            freins.succes(&compte.identifiant);
        } else {
            freins.echec(&compte.identifiant, now);
        }
        Ok(juste)
    }

    /// Sets one's own password; the one-use password is worth nothing any more and every other session dies.
    pub async fn definir_mot_de_passe(&self, nouveau: &str) -> Resultat<()> {
        let compte = self.mon_compte().await?;
        let now = self.now();
        let mut change = compte.value.clone();
        change.mot_de_passe = mot_de_passe::hacher_a_part(nouveau.to_owned()).await?;
        let mut acte = self.acte("compte.mot_de_passe_choisi");
        acte.update(&compte, &change);
        if let Some(cle) = self.cle_de(&compte).await?.filter(|cle| cle.consommee_le.is_none()) {
            acte.update(&cle, &CleProvisoire { consommee_le: Some(now), ..cle.value.clone() });
        }
        for session in self.mes_sessions().await? {
            let mut suite = session.value.clone();
            if Some(session.id) == self.contexte().session {
                suite.methode = Methode::MotDePasse;
            } else {
                suite.fermee_le = Some(now);
            }
            if suite != session.value {
                acte.update(&session, &suite);
            }
        }
        self.commit(acte).await
    }

    /// Sets the six-digit code used on shared tablets.
    pub async fn definir_code(&self, code: &str) -> Resultat<()> {
        let hache = mot_de_passe::hacher_a_part(code.to_owned()).await?;
        self.changer_compte("compte.code_choisi", |compte| compte.code = Some(hache)).await
    }
}
