//! Breaking the glass and reviewing it: the only way around the units of a role, decided by the policy itself.

use jiff::{SignedDuration, Timestamp};
use kernel::id::{CompteId, EtablissementId, UsagerId};
use store::{Entity, Query, Reach, Stored};

use super::{
    Acces, Acte, Acteur, BrisDeGlace, Categorie, DUREE_BRIS_MINUTES, Decision, Droit, MotifRefus, Profils, Rattachement, Revue,
    Verbe, decider,
};
use crate::erreur::{Erreur, Resultat};

/// What breaking the glass would change for an account and a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EffetBris {
    /// The record would open; the person stays in this establishment.
    Ouvre(EtablissementId),
    /// The record is open already: there is nothing to break.
    DejaOuvert,
    /// The record stays closed, and why.
    Refuse(MotifRefus),
}

/// Asks the policy what breaking the glass would change; pure.
///
/// Administrative roles, people unknown to the house, finished stays and opposed persons are refused by the same rules
/// as everywhere: nothing is decided twice.
pub fn effet_bris(profils: &Profils, acteur: &Acteur, rattachement: &Rattachement, now: Timestamp) -> EffetBris {
    let sante = acteur.actives(now).filter(|role| profils.get(&role.profil).is_some_and(|profil| profil.sante));
    let lieux: Vec<EtablissementId> = sante.filter_map(|role| role.etablissement).collect();
    let mut essai = acteur.clone();
    essai.bris = vec![(rattachement.usager, Timestamp::MAX)];
    let mut avant = acteur.clone();
    avant.bris.retain(|(usager, _)| *usager != rattachement.usager);
    let demander =
        |acteur: &Acteur, categorie| -> Decision { decider(profils, acteur, categorie, Verbe::Lire, rattachement, now) };
    let gagne = Categorie::TOUTES
        .into_iter()
        .any(|categorie| demander(&essai, categorie).is_ok() && demander(&avant, categorie).is_err());
    let en_cours = rattachement.liens.iter().rev().find(|lien| lien.etat.en_cours() && lieux.contains(&lien.etablissement));
    match (gagne, en_cours) {
        (true, Some(lien)) => EffetBris::Ouvre(lien.etablissement),
        (true, None) => EffetBris::Refuse(MotifRefus::Clos),
        (false, _) if Categorie::TOUTES.into_iter().any(|categorie| demander(&avant, categorie).is_ok()) => EffetBris::DejaOuvert,
        (false, _) => EffetBris::Refuse(refus(profils, &essai, rattachement, now)),
    }
}

/// The refusal to tell: opposition first, then the profession, never that the person exists elsewhere.
fn refus(profils: &Profils, essai: &Acteur, rattachement: &Rattachement, now: Timestamp) -> MotifRefus {
    let motifs: Vec<MotifRefus> = Categorie::TOUTES
        .into_iter()
        .filter_map(|categorie| decider(profils, essai, categorie, Verbe::Lire, rattachement, now).err())
        .collect();
    if motifs.contains(&MotifRefus::Opposition) {
        return MotifRefus::Opposition;
    }
    if motifs.iter().all(|motif| *motif == MotifRefus::Inconnu) { MotifRefus::Inconnu } else { MotifRefus::Profession }
}

impl<D: Droit> Acces<D> {
    /// What breaking the glass would change for this person.
    pub async fn effet_bris(&self, usager: UsagerId) -> Resultat<EffetBris> {
        let Some(rattachement) = self.services().rattachement(usager).await? else {
            return Ok(EffetBris::Refuse(MotifRefus::Inconnu));
        };
        Ok(effet_bris(&self.services().profils, &self.contexte().acteur, &rattachement, self.now()))
    }

    /// Opens a record outside of one's units for a reason and [`DUREE_BRIS_MINUTES`]; a refusal is journalled.
    ///
    /// Record and journal line are one batch. `motif` is a code of the reasons; `precision` is kept in the record only.
    ///
    /// # Errors
    /// A refusal, or a sentence when the reason is missing or the record is open already.
    pub async fn briser_la_glace(&self, usager: UsagerId, motif: &str, precision: &str) -> Resultat<Timestamp> {
        if motif.is_empty() {
            return Err(Erreur::Demande("Indiquez le motif : sans motif, le dossier reste fermé.".into()));
        }
        let etablissement = match self.effet_bris(usager).await? {
            EffetBris::Ouvre(etablissement) => etablissement,
            EffetBris::DejaOuvert => {
                return Err(Erreur::Demande("Ce dossier vous est déjà ouvert : aucun motif n'est nécessaire.".into()));
            }
            EffetBris::Refuse(motif) => return Err(self.refuser(motif, Some(usager)).await),
        };
        let now = self.now();
        let expire_le =
            now.checked_add(SignedDuration::from_mins(DUREE_BRIS_MINUTES)).map_err(|error| Erreur::Panne(error.to_string()))?;
        let acteur = &self.contexte().acteur;
        let bris = BrisDeGlace {
            compte: acteur.compte,
            nom: acteur.nom.clone(),
            usager,
            etablissement,
            motif: motif.to_owned(),
            precision: precision.to_owned(),
            ouvert_le: now,
            expire_le,
            revue: None,
        };
        let acte = Acte::new(&self.passage, "dossier.bris_de_glace", Some(usager), Some(etablissement), vec![usager]);
        let mut acte = acte.detail("motif", motif);
        acte.create(self.nouvel_id(), &bris);
        self.commit(acte).await?;
        Ok(expire_le)
    }

    /// The broken glasses of an establishment since an instant, and the older ones nobody reviewed: age does not settle
    /// them. Newest first; the reading is journalled.
    ///
    /// # Errors
    /// A refusal when this right is not held in the establishment.
    pub async fn bris_de(&self, etablissement: EtablissementId, depuis: Timestamp) -> Resultat<Vec<Stored<BrisDeGlace>>> {
        self.exiger_bris(etablissement).await?;
        let [attente, relus] = [BrisDeGlace::lane_revue(etablissement), BrisDeGlace::lane_relus(etablissement)];
        let mut liste = self.listes_de_revue(etablissement, &attente, Some((&relus, depuis))).await?;
        liste.retain(|bris: &Stored<BrisDeGlace>| bris.revue.is_none() || bris.ouvert_le >= depuis);
        self.consigner(None, Some(etablissement), &[("bris", liste.len().into())]).await?;
        Ok(liste)
    }

    /// The broken glasses which wait for a review, by establishment, newest first. One line tells the reading.
    ///
    /// # Errors
    /// A refusal when this right is not held in one of the establishments.
    pub async fn bris_a_revoir(
        &self,
        etablissements: &[EtablissementId],
    ) -> Resultat<Vec<(EtablissementId, Vec<Stored<BrisDeGlace>>)>> {
        let mut attente = Vec::with_capacity(etablissements.len());
        for etablissement in etablissements {
            self.exiger_bris(*etablissement).await?;
            let lane = BrisDeGlace::lane_revue(*etablissement);
            let mut liste = self.listes_de_revue(*etablissement, &lane, None).await?;
            liste.retain(|bris: &Stored<BrisDeGlace>| bris.revue.is_none());
            attente.push((*etablissement, liste));
        }
        let seul = if let [seul] = etablissements { Some(*seul) } else { None };
        let nombre: usize = attente.iter().map(|(_, liste)| liste.len()).sum();
        self.consigner(None, seul, &[("bris", nombre.into()), ("etablissements", etablissements.len().into())]).await?;
        Ok(attente)
    }

    /// What waits for somebody else, then, since an instant, what somebody looked at; newest first.
    ///
    /// A record reviewed before the second list existed is still on the first: the caller tells them apart by what they say.
    pub(super) async fn listes_de_revue<E: Entity>(
        &self,
        etablissement: EtablissementId,
        attente: &str,
        vus: Option<(&str, Timestamp)>,
    ) -> Resultat<Vec<Stored<E>>> {
        let (store, reach) = (&self.services().store, Reach::Only(vec![etablissement.0]));
        let mut liste: Vec<Stored<E>> = store.list(&reach, &Query::lane2(attente).newest_first()).await?;
        if let Some((vus, depuis)) = vus {
            liste.extend(store.list(&reach, &Query::lane2(vus).since(depuis).newest_first()).await?);
            liste.sort_by_key(|lu| std::cmp::Reverse((lu.at, lu.seq)));
        }
        Ok(liste)
    }

    pub(super) async fn exiger_bris(&self, etablissement: EtablissementId) -> Resultat<()> {
        if D::INFO.categorie != Categorie::BrisDeGlace {
            return Err(self.refuser(MotifRefus::Profession, None).await);
        }
        self.exiger_etablissement(etablissement).await
    }

    /// Writes the conclusion on a broken glass; never by its author (INV-21).
    ///
    /// # Errors
    /// A refusal out of reach, a sentence for its own author, a conflict when it was reviewed meanwhile.
    pub async fn conclure_bris(&self, id: uuid::Uuid, justifie: bool, commentaire: &str) -> Resultat<()> {
        let lu: Option<Stored<BrisDeGlace>> = self.services().store.get(&Reach::All, id).await?;
        let Some(lu) = lu else { return Err(self.refuser(MotifRefus::Inconnu, None).await) };
        self.exiger_bris(lu.etablissement).await?;
        let par: CompteId = self.contexte().acteur.compte;
        if lu.compte == par {
            return Err(Erreur::Demande(
                "Vous avez ouvert ce dossier vous-même : une autre personne doit relire cet accès.".into(),
            ));
        }
        if lu.revue.is_some() {
            return Err(Erreur::Conflit);
        }
        let revue = Revue { par, le: self.now(), justifie, commentaire: commentaire.to_owned() };
        let suite = BrisDeGlace { revue: Some(revue), ..lu.value.clone() };
        let acte = Acte::new(&self.passage, "bris_de_glace.relu", Some(lu.usager), Some(lu.etablissement), vec![lu.usager]);
        let mut acte = acte.detail("justifie", justifie);
        acte.update(&lu, &suite);
        self.commit(acte).await
    }
}
