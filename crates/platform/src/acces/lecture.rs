//! A reading of the DLU granted to a reader of another organisation (SAMU, emergency department): one person, a motive, four
//! hours, told to the house (F017; requirements §10: « external temporary accesses »).

use jiff::{SignedDuration, Timestamp};
use kernel::id::{CompteId, EtablissementId, UsagerId};
use serde::{Deserialize, Serialize};
use store::{Entity, Query, Reach, Scope, Stored};
use uuid::Uuid;

use super::{Acces, Acte, Categorie, Decision, Droit, Ecrit, MotifRefus, Rattachement, Verbe, decider};
use crate::erreur::{Erreur, Resultat};

/// How long a granted reading lasts (F017).
pub const DUREE_LECTURE: SignedDuration = SignedDuration::from_hours(4);

/// How the reader found the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moyen {
    /// By their exact name and date of birth.
    Identite,
    /// By the link the house gave with its call.
    Lien,
}

/// A reading granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LectureDlu {
    /// By whom.
    pub compte: CompteId,
    /// Name at the time, with the organisation.
    pub nom: String,
    /// Whose DLU.
    pub usager: UsagerId,
    /// The house of the person.
    pub etablissement: EtablissementId,
    /// Code of the motive.
    pub motif: String,
    /// Words.
    #[serde(default)]
    pub precision: String,
    /// How the person was found.
    pub moyen: Moyen,
    /// Since.
    pub ouverte_le: Timestamp,
    /// Nothing is read from this instant.
    pub expire_le: Timestamp,
}

impl LectureDlu {
    /// The list of an account's readings.
    pub fn lane_compte(compte: CompteId) -> String {
        format!("lectures-dlu/{compte}")
    }

    /// The list of the readings of a house's residents.
    pub fn lane_maison(etablissement: EtablissementId) -> String {
        format!("lectures-dlu-de/{etablissement}")
    }
}

impl Entity for LectureDlu {
    const KIND: &'static str = "lecture_dlu";

    fn scope(&self) -> Scope {
        Scope::of(self.etablissement)
            .person(self.usager)
            .at(self.ouverte_le)
            .lane(Self::lane_compte(self.compte))
            .lane2(Self::lane_maison(self.etablissement))
    }
}

impl Ecrit for LectureDlu {
    const CATEGORIE: Categorie = Categorie::Urgence;
}

impl<D: Droit> Acces<D> {
    /// What the policy would answer this account if it were granted to read the DLU of this person: the same rules as for every
    /// record, nothing is decided twice.
    async fn essayer_lecture(&self, usager: UsagerId) -> Resultat<Result<EtablissementId, MotifRefus>> {
        let Some(rattachement) = self.services().rattachement(usager).await? else { return Ok(Err(MotifRefus::Inconnu)) };
        let contexte = self.contexte();
        let mut essai = (*contexte.acteur).clone();
        essai.lectures = vec![(usager, Timestamp::MAX)];
        let decision: Decision =
            decider(&self.services().profils, &essai, Categorie::LectureExterne, Verbe::Lire, &rattachement, contexte.now);
        let lieu = Rattachement::courant(&rattachement).map(|lien| lien.etablissement);
        Ok(decision.and_then(|_| lieu.ok_or(MotifRefus::Inconnu)))
    }

    /// Of these persons, those whose DLU this account may be granted to read, with their house. A person who is opposed stays
    /// closed; the refusal is journalled, and said to nobody.
    ///
    /// # Errors
    /// A refusal when this right is not that of a reader of another organisation.
    pub async fn lectures_possibles(&self, usagers: &[UsagerId]) -> Resultat<Vec<(UsagerId, EtablissementId)>> {
        self.exiger_lecteur().await?;
        let mut possibles = Vec::new();
        for usager in usagers {
            match self.essayer_lecture(*usager).await? {
                Ok(etablissement) => possibles.push((*usager, etablissement)),
                Err(MotifRefus::Opposition) => {
                    let _ = self.refuser(MotifRefus::Opposition, Some(*usager)).await;
                }
                Err(_) => {}
            }
        }
        Ok(possibles)
    }

    async fn exiger_lecteur(&self) -> Resultat<()> {
        if D::INFO.categorie == Categorie::LectureExterne {
            return Ok(());
        }
        Err(self.refuser(MotifRefus::Profession, None).await)
    }

    /// Begins the act which grants a reading for [`DUREE_LECTURE`]; who, why and until when are in its line of the journal.
    ///
    /// `motif` is a code; `precision` stays in the record.
    ///
    /// # Errors
    /// A refusal when the policy would not open the record.
    pub async fn acte_lecture(
        &self,
        (id, usager): (Uuid, UsagerId),
        (motif, precision): (&str, &str),
        moyen: Moyen,
    ) -> Resultat<(Acte, LectureDlu)> {
        self.exiger_lecteur().await?;
        let etablissement = match self.essayer_lecture(usager).await? {
            Ok(etablissement) => etablissement,
            Err(refus) => return Err(self.refuser(refus, Some(usager)).await),
        };
        let (now, acteur) = (self.now(), &self.contexte().acteur);
        let lecture = LectureDlu {
            compte: acteur.compte,
            nom: acteur.nom.clone(),
            usager,
            etablissement,
            motif: motif.to_owned(),
            precision: precision.to_owned(),
            moyen,
            ouverte_le: now,
            expire_le: now.checked_add(DUREE_LECTURE).map_err(|error| Erreur::Panne(error.to_string()))?,
        };
        let acte = Acte::new(&self.passage, "lecture_dlu.accordee", Some(usager), Some(etablissement), vec![usager]);
        let mut acte = acte.detail("motif", motif).detail("jusque", lecture.expire_le.to_string());
        acte.create(id, &lecture);
        Ok((acte, lecture))
    }

    /// One's own granted readings, newest first.
    pub async fn mes_lectures(&self) -> Resultat<Vec<Stored<LectureDlu>>> {
        let lane = LectureDlu::lane_compte(self.contexte().acteur.compte);
        Ok(self.services().store.list(&Reach::All, &Query::lane(&lane).newest_first().limit(20)).await?)
    }

    /// One's own granted reading, while it lasts; nothing tells an ended one, somebody else's and none apart.
    pub async fn ma_lecture(&self, id: Uuid) -> Resultat<Option<Stored<LectureDlu>>> {
        let lue: Option<Stored<LectureDlu>> = self.services().store.get(&Reach::All, id).await?;
        let moi = self.contexte().acteur.compte;
        Ok(lue.filter(|lue| lue.compte == moi && self.now() < lue.expire_le))
    }
}
