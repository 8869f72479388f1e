//! The brake at work: every opening of a record on a page goes through it, and somebody else lets go of it.

use jiff::Timestamp;
use kernel::id::{CompteId, EtablissementId, UsagerId};
use store::{JournalFilter, Nature, Query, Reach, Stored};

use super::freinage::{Jugement, juger, seuil};
use super::origine::Origine;
use super::passage::Passage;
use super::{Acces, Acte, Compte, Droit, DroitInfo, EtapeFreinage, Examen, FENETRE_FREINAGE, Freinage, MotifRefus, Rattachement};
use crate::erreur::{Erreur, Resultat};
use crate::web::mot_de_passe;

/// Lines of the journal read again when an account is met for the first time since the start.
const LIGNES_REPRISES: usize = 5_000;

impl Passage {
    /// Counts one more record opened on a page; refuses it past the number of the profession.
    ///
    /// Copies for tablets are not counted: what they hold is bounded by the units of the role.
    pub(super) async fn freiner(&self, droit: &DroitInfo, rattachement: &Rattachement) -> Resultat<()> {
        let usager = rattachement.usager;
        let (acteur, now) = (&self.contexte.acteur, self.contexte.now);
        if !matches!(self.contexte.origine, Origine::Page | Origine::Api) {
            return Ok(());
        }
        let lectures = &self.services.lectures;
        if !lectures.connait(acteur.compte) {
            self.reprendre_lectures().await?;
        }
        let heure = now.checked_sub(FENETRE_FREINAGE).unwrap_or(Timestamp::UNIX_EPOCH);
        let examen = acteur.freinage.as_ref().and_then(|freinage| freinage.examen.as_ref());
        let depuis = examen.map_or(heure, |examen| examen.le.max(heure));
        let Some(autres) = lectures.autres(acteur.compte, usager, depuis, now) else { return Ok(()) };
        let seuil = seuil(&self.services.profils, acteur, now);
        let motif = match juger(autres, seuil, acteur.freinage.as_ref(), now) {
            Jugement::Passe => {
                lectures.reprendre(acteur.compte, std::iter::once((usager, now)));
                return Ok(());
            }
            Jugement::Confirmer { nouveau } => {
                if nouveau {
                    self.signaler(autres, seuil, rattachement.courant().map(|lien| lien.etablissement)).await?;
                }
                MotifRefus::AConfirmer
            }
            Jugement::Bloquer { nouveau } => {
                if nouveau {
                    self.bloquer(autres).await?;
                }
                MotifRefus::Freine
            }
        };
        Err(self.refuser(droit, motif, Some(usager)).await)
    }

    /// What the journal knows of the last hour: a restart does not let go of the brake. Afterwards each node counts its own.
    async fn reprendre_lectures(&self) -> Resultat<()> {
        let (compte, now) = (self.contexte.acteur.compte, self.contexte.now);
        let filtre = JournalFilter {
            account: Some(compte.0),
            nature: Some(Nature::Consultation),
            since: now.checked_sub(FENETRE_FREINAGE).ok(),
            limit: LIGNES_REPRISES,
            ..JournalFilter::default()
        };
        let lignes = self.services.store.journal(filtre).await?;
        let comptees = [Origine::Page.code(), Origine::Api.code()];
        let comptee =
            |ligne: &&store::LineRow| ligne.detail("origine").is_some_and(|origine| comptees.contains(&origine.as_str()));
        let lues = lignes.iter().filter(comptee).filter_map(|ligne| Some((UsagerId(ligne.person?), ligne.at)));
        self.services.lectures.reprendre(compte, lues);
        Ok(())
    }

    /// Tells those who review exceptional accesses: the record is on the list they follow.
    async fn signaler(&self, dossiers: usize, seuil: usize, de_la_personne: Option<EtablissementId>) -> Resultat<()> {
        let acteur = &self.contexte.acteur;
        let lieu = self.contexte.etablissement.or_else(|| acteur.etablissements(self.contexte.now).first().copied());
        // A reader of no house is told to the house of the person.
        let lieu = lieu.or(de_la_personne);
        let Some(etablissement) = lieu else { return Err(Erreur::SansEtablissement) };
        let rang = acteur.freinage.as_ref().map_or(1, |dernier| dernier.rang.saturating_add(1));
        let freinage = Freinage {
            compte: acteur.compte,
            nom: acteur.nom.clone(),
            etablissement,
            rang,
            dossiers,
            seuil,
            le: self.contexte.now,
            confirme_le: None,
            bloque_le: None,
            examen: None,
        };
        tracing::warn!(compte = %acteur.compte, dossiers, "many records were opened within the hour");
        let mut acte = Acte::new(self, "freinage.signale", None, Some(etablissement), Vec::new()).detail("dossiers", dossiers);
        acte.create(Freinage::id(acteur.compte, rang), &freinage);
        deja_dit(acte.commit(self).await)
    }

    async fn bloquer(&self, dossiers: usize) -> Resultat<()> {
        let (compte, now) = (self.contexte.acteur.compte, self.contexte.now);
        let Some(lu) = dernier(self, compte).await? else { return Ok(()) };
        let suite = Freinage { bloque_le: Some(now), dossiers, ..lu.value.clone() };
        let acte = Acte::new(self, "freinage.bloque", None, Some(lu.etablissement), Vec::new());
        let mut acte = acte.detail("dossiers", dossiers);
        acte.update(&lu, &suite);
        deja_dit(acte.commit(self).await)
    }
}

/// Another request of the same account wrote it at the same time: it is told once.
fn deja_dit(ecrit: Resultat<()>) -> Resultat<()> {
    match ecrit {
        Err(Erreur::Conflit) => Ok(()),
        autre => autre,
    }
}

async fn dernier(passage: &Passage, compte: CompteId) -> Resultat<Option<Stored<Freinage>>> {
    let lane = Freinage::lane_compte(compte);
    Ok(passage.services.store.list(&Reach::All, &Query::lane(&lane).newest_first().limit(1)).await?.into_iter().next())
}

impl<D: Droit> Acces<D> {
    /// Where the brake on one's own account stands.
    pub fn freinage(&self) -> EtapeFreinage {
        self.contexte().acteur.freinage.as_ref().map_or(EtapeFreinage::Fini, |freinage| freinage.etape(self.now()))
    }

    /// Proves again who is there by the password, which lets the brake go once; false when it is not the right one.
    ///
    /// # Errors
    /// [`Erreur::Patience`] after several wrong attempts.
    pub async fn confirmer_identite(&self, mot_de_passe: &str) -> Resultat<bool> {
        let (compte, now) = (self.contexte().acteur.compte, self.now());
        let lu: Stored<Compte> = self.services().store.get(&Reach::All, compte).await?.ok_or(Erreur::NonConnecte)?;
        let freins = &self.services().freins;
        let attente = freins.attente(&lu.identifiant, now);
        if attente > 0 {
            return Err(Erreur::Patience(attente));
        }
        let attendu = mot_de_passe::attendu(self.services(), &lu, now).await?;
        if !mot_de_passe::verifier(mot_de_passe.to_owned(), attendu).await? {
            freins.echec(&lu.identifiant, now);
            self.passage.journaliser(self.passage.line(Nature::Refus, "freinage.confirmation", None, None)).await?;
            return Ok(false);
        }
        freins.succes(&lu.identifiant);
        let Some(freinage) = dernier(&self.passage, compte).await? else { return Ok(true) };
        if freinage.etape(now) == EtapeFreinage::AConfirmer {
            let suite = Freinage { confirme_le: Some(now), ..freinage.value.clone() };
            let mut acte = Acte::new(&self.passage, "freinage.confirme", None, Some(freinage.etablissement), Vec::new());
            acte.update(&freinage, &suite);
            deja_dit(self.commit(acte).await)?;
        }
        Ok(true)
    }

    /// The brakes of an establishment since an instant and the older ones nobody looked at, newest first. One line tells
    /// the reading.
    ///
    /// # Errors
    /// A refusal when exceptional accesses are not reviewed there under this right.
    pub async fn freinages(&self, etablissement: EtablissementId, depuis: Timestamp) -> Resultat<Vec<Stored<Freinage>>> {
        self.exiger_bris(etablissement).await?;
        let [attente, vus] = [Freinage::lane_examen(etablissement), Freinage::lane_vus(etablissement)];
        let mut liste = self.listes_de_revue(etablissement, &attente, Some((&vus, depuis))).await?;
        liste.retain(|freinage: &Stored<Freinage>| freinage.examen.is_none() || freinage.le >= depuis);
        self.consigner(None, Some(etablissement), &[("freinages", liste.len().into())]).await?;
        Ok(liste)
    }

    /// The brakes nobody looked at yet, by establishment, newest first. One line tells the reading.
    ///
    /// # Errors
    /// A refusal when exceptional accesses are not reviewed there under this right.
    pub async fn freinages_a_voir(
        &self,
        etablissements: &[EtablissementId],
    ) -> Resultat<Vec<(EtablissementId, Vec<Stored<Freinage>>)>> {
        let mut tous = Vec::with_capacity(etablissements.len());
        for etablissement in etablissements {
            self.exiger_bris(*etablissement).await?;
            let lane = Freinage::lane_examen(*etablissement);
            let mut siens = self.listes_de_revue(*etablissement, &lane, None).await?;
            siens.retain(|freinage: &Stored<Freinage>| freinage.examen.is_none());
            tous.push((*etablissement, siens));
        }
        let seul = if let [seul] = etablissements { Some(*seul) } else { None };
        let nombre: usize = tous.iter().map(|(_, liste)| liste.len()).sum();
        self.consigner(None, seul, &[("freinages", nombre.into())]).await?;
        Ok(tous)
    }

    /// Writes what was concluded of a braked account, which lets go of the brake; never by the person braked.
    ///
    /// # Errors
    /// A refusal out of reach, a sentence for the person braked, a conflict when somebody looked at it meanwhile.
    pub async fn examiner_freinage(&self, id: uuid::Uuid, attendu: bool, commentaire: &str) -> Resultat<()> {
        let lu: Option<Stored<Freinage>> = self.services().store.get(&Reach::All, id).await?;
        let Some(lu) = lu else { return Err(self.refuser(MotifRefus::Inconnu, None).await) };
        self.exiger_bris(lu.etablissement).await?;
        let par = self.contexte().acteur.compte;
        if lu.compte == par {
            return Err(Erreur::Demande("Il s'agit de vos propres lectures : une autre personne doit les examiner.".into()));
        }
        if lu.examen.is_some() {
            return Err(Erreur::Conflit);
        }
        let examen = Examen { par, le: self.now(), attendu, commentaire: commentaire.to_owned() };
        let suite = Freinage { examen: Some(examen), ..lu.value.clone() };
        let acte = Acte::new(&self.passage, "freinage.examine", None, Some(lu.etablissement), Vec::new());
        let mut acte = acte.detail("attendu", attendu);
        acte.update(&lu, &suite);
        self.commit(acte).await
    }
}
