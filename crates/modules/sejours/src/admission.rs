//! Requests of admission: steps of the waiting list and the task list of an entry (F218; ux.md 2.6).

use jiff::Timestamp;
use jiff::civil::Date;
use kernel::id::{EtablissementId, SejourId, UsagerId};
use platform::acces::{Categorie, Ecrit};
use platform::store::{Entity, Scope};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EtapeAdmission {
    /// Received, to be completed.
    Demande,
    /// Before the médecin coordonnateur (CASF D.312-158: avis on admissions).
    Avis,
    /// Visit of preadmission.
    Visite,
    /// Accepted, waiting for a place.
    Attente,
    /// A place and a date are found.
    Prevue,
    /// Entered.
    Admise,
    /// Refused or withdrawn.
    Close,
}

impl EtapeAdmission {
    /// Every step with its code and label.
    pub const TOUTES: [(Self, &'static str, &'static str); 7] = [
        (Self::Demande, "demande", "Demande reçue"),
        (Self::Avis, "avis", "Avis médical"),
        (Self::Visite, "visite", "Visite"),
        (Self::Attente, "attente", "Liste d'attente"),
        (Self::Prevue, "prevue", "Entrée prévue"),
        (Self::Admise, "admise", "Admise"),
        (Self::Close, "close", "Sans suite"),
    ];

    /// Label on screens.
    pub fn libelle(self) -> &'static str {
        Self::TOUTES.iter().find(|(etape, ..)| *etape == self).map_or("", |(_, _, libelle)| libelle)
    }

    /// True as long as somebody waits for an answer.
    pub fn ouverte(self) -> bool {
        !matches!(self, Self::Admise | Self::Close)
    }
}

/// The state of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EtatTache {
    /// Nobody did it yet.
    AFaire,
    /// Begun.
    EnCours,
    /// Done.
    Faite,
    /// Not needed for this person.
    SansObjet,
}

impl EtatTache {
    /// Every state with its code and label.
    pub const TOUS: [(Self, &'static str, &'static str); 4] = [
        (Self::AFaire, "a_faire", "À faire"),
        (Self::EnCours, "en_cours", "En cours"),
        (Self::Faite, "faite", "Faite"),
        (Self::SansObjet, "sans_objet", "Sans objet"),
    ];
}

/// A task of an admission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tache {
    /// Code of [`TACHES`].
    pub code: String,
    /// State.
    pub etat: EtatTache,
    /// Name of who set it.
    #[serde(default)]
    pub par: String,
    /// When.
    #[serde(default)]
    pub le: Option<Timestamp>,
}

/// What a task is: code, words, who usually does it, end of the address where it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ModeleTache {
    /// Stable code.
    pub code: &'static str,
    /// Words.
    pub libelle: &'static str,
    /// Who usually does it.
    pub qui: &'static str,
    /// End of the address under the record, when it is done there, and the family of data that page shows.
    pub adresse: Option<(&'static str, Categorie)>,
}

type Adresse = Option<(&'static str, Categorie)>;

const fn tache(code: &'static str, libelle: &'static str, qui: &'static str, adresse: Adresse) -> ModeleTache {
    ModeleTache { code, libelle, qui, adresse }
}

/// The eleven tasks of an admission (ux.md 2.6).
pub const TACHES: [ModeleTache; 11] = [
    tache("demande", "Demande complète", "Admissions", None),
    tache("avis", "Avis du médecin coordonnateur", "Médecin coordonnateur", None),
    tache("visite", "Visite de préadmission", "IDEC", None),
    tache("contrat", "Contrat de séjour signé", "Admissions", Some(("documents", Categorie::Documents))),
    tache(
        "identite",
        "Identité vérifiée, INS qualifiée",
        "Secrétariat, identitovigilance",
        Some(("identite", Categorie::Identite)),
    ),
    tache(
        "consentements",
        "Personne de confiance, directives, droit à l'image",
        "Admissions",
        Some(("contacts", Categorie::Administratif)),
    ),
    tache("habitudes", "Habitudes de vie recueillies", "Équipe soignante", Some(("vie", Categorie::Vie))),
    tache("traitement", "Ordonnances et traitement en cours", "IDE", Some(("documents", Categorie::Documents))),
    tache("dlu", "Dossier de liaison, antécédents, allergies", "Médecin, IDE", Some(("alertes", Categorie::Alertes))),
    tache("materiel", "Chambre et matériel prêts", "Équipe, service technique", None),
    tache("accueil", "Accueil du premier jour préparé", "Équipe soignante", Some(("soins", Categorie::Soins))),
];

/// A request of admission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemandeAdmission {
    /// The stay it leads to.
    pub sejour: SejourId,
    /// Who.
    pub usager: UsagerId,
    /// Where.
    pub etablissement: EtablissementId,
    /// Step.
    pub etape: EtapeAdmission,
    /// Tasks whose state was set.
    #[serde(default)]
    pub taches: Vec<Tache>,
    /// When it came.
    pub recue_le: Timestamp,
    /// Where it came from: ViaTrajectoire, family, hospital.
    #[serde(default)]
    pub provenance: String,
    /// Number of the request elsewhere (ViaTrajectoire).
    #[serde(default)]
    pub reference: String,
    /// Cannot wait.
    #[serde(default)]
    pub urgente: bool,
    /// Entry wished.
    #[serde(default)]
    pub souhaitee_le: Option<Date>,
    /// What was answered when it is closed.
    #[serde(default)]
    pub reponse: String,
}

impl DemandeAdmission {
    /// The record's id for a stay.
    pub fn id(sejour: SejourId) -> Uuid {
        kernel::id::derived(sejour.0, "admission")
    }

    /// State of a task.
    pub fn etat(&self, code: &str) -> EtatTache {
        self.taches.iter().find(|tache| tache.code == code).map_or(EtatTache::AFaire, |tache| tache.etat)
    }

    /// Tasks done or not needed, among [`TACHES`].
    pub fn faites(&self) -> usize {
        TACHES.iter().filter(|modele| matches!(self.etat(modele.code), EtatTache::Faite | EtatTache::SansObjet)).count()
    }

    /// Sets the state of a task.
    pub fn poser(&mut self, code: &str, etat: EtatTache, par: &str, le: Timestamp) {
        self.taches.retain(|tache| tache.code != code);
        self.taches.push(Tache { code: code.to_owned(), etat, par: par.to_owned(), le: Some(le) });
    }
}

/// The list of the open requests of an establishment.
pub fn lane_admissions(etablissement: EtablissementId) -> String {
    format!("admissions/{etablissement}")
}

impl Entity for DemandeAdmission {
    const KIND: &'static str = "demande_admission";

    fn scope(&self) -> Scope {
        let lane = if self.etape.ouverte() {
            lane_admissions(self.etablissement)
        } else {
            format!("admissions-closes/{}", self.etablissement)
        };
        Scope::of(self.etablissement).person(self.usager).at(self.recue_le).lane(lane)
    }
}

impl Ecrit for DemandeAdmission {
    const CATEGORIE: Categorie = Categorie::Administratif;
}
