//! What the server keeps of devices and of what they send.

use jiff::Timestamp;
use kernel::id::{CompteId, EtablissementId, PosteId, UniteId, UsagerId};
use platform::acces::{Categorie, Ecrit, Referentiel};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{Entity, Scope};
use terrain::{ClesEtablissement, Poste, Reponse, Scelle, SessionTerrain};
use uuid::Uuid;

/// The key pairs of an establishment.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ClesGardees {
    pub(crate) etablissement: EtablissementId,
    pub(crate) cles: ClesEtablissement,
}

impl ClesGardees {
    pub(crate) fn id(etablissement: EtablissementId) -> Uuid {
        kernel::id::derived(etablissement.0, "terrain-cles")
    }
}

impl Entity for ClesGardees {
    const KIND: &'static str = "terrain_cles";

    fn scope(&self) -> Scope {
        Scope::of(self.etablissement)
    }
}

/// An enrolled device.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PosteGarde(pub Poste);

impl PosteGarde {
    /// The list of the devices of an establishment.
    pub fn lane(etablissement: EtablissementId) -> String {
        format!("terrain/postes/{etablissement}")
    }
}

impl Entity for PosteGarde {
    const KIND: &'static str = "poste";

    fn scope(&self) -> Scope {
        Scope::of(self.0.etablissement).at(self.0.enrole_a).lane(Self::lane(self.0.etablissement))
    }
}

impl Referentiel for PosteGarde {
    const CATEGORIE: Categorie = Categorie::Organisation;
}

/// What the server received from a device, by number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuiviPoste {
    /// The device.
    pub poste: PosteId,
    /// Its establishment.
    pub etablissement: EtablissementId,
    /// Everything up to this number was received.
    pub jusqua: u64,
    /// Received beyond it.
    #[serde(default)]
    pub au_dela: Vec<u64>,
    /// Last time the device was heard.
    pub vu_le: Timestamp,
    /// Since when a number is missing.
    #[serde(default)]
    pub manque_depuis: Option<Timestamp>,
}

impl SuiviPoste {
    /// The record's id for a device.
    pub fn id(poste: PosteId) -> Uuid {
        kernel::id::derived(poste.0, "suivi")
    }

    /// The list of the devices of an establishment.
    pub fn lane(etablissement: EtablissementId) -> String {
        format!("terrain/suivi/{etablissement}")
    }
}

impl Entity for SuiviPoste {
    const KIND: &'static str = "poste_suivi";

    fn scope(&self) -> Scope {
        Scope::of(self.etablissement).at(self.vu_le).lane(Self::lane(self.etablissement))
    }
}

impl Referentiel for SuiviPoste {
    const CATEGORIE: Categorie = Categorie::Organisation;
}

/// A person's session on a device.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SessionGardee {
    pub(crate) etablissement: EtablissementId,
    #[serde(default)]
    pub(crate) unites: Vec<UniteId>,
    pub(crate) session: SessionTerrain,
}

impl Entity for SessionGardee {
    const KIND: &'static str = "terrain_session";

    fn scope(&self) -> Scope {
        Scope::of(self.etablissement).at(self.session.ouverte_a).lane(format!("terrain/sessions/{}", self.session.poste))
    }
}

/// An operation received, with the answer given: no clinical content.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OperationRecue {
    /// The operation.
    pub id: Uuid,
    /// The device.
    pub poste: PosteId,
    /// Where.
    pub etablissement: EtablissementId,
    /// Who.
    pub auteur: CompteId,
    /// Number on the device.
    pub seq: u64,
    /// « soin.valider ».
    pub genre: String,
    /// Digest of the proved text.
    pub empreinte: String,
    /// The answer given.
    pub reponse: Reponse,
    /// When it was done, on the server's clock.
    pub fait_a: Timestamp,
    /// When it was entered, on the server's clock.
    pub saisi_a: Timestamp,
    /// When it was received.
    pub recu_a: Timestamp,
    /// Device's clock minus server's, milliseconds.
    pub decalage_ms: i64,
    /// Its hour must be confirmed.
    #[serde(default)]
    pub heure_a_confirmer: bool,
    /// Made without network.
    #[serde(default)]
    pub hors_ligne: bool,
}

impl OperationRecue {
    /// The record's id: the operation's own id is the one of the act it made.
    pub fn id(operation: Uuid) -> Uuid {
        kernel::id::derived(operation, "terrain-operation")
    }

    /// The list of an author's operations.
    pub fn lane_auteur(auteur: CompteId) -> String {
        format!("terrain/auteur/{auteur}")
    }
}

impl Entity for OperationRecue {
    const KIND: &'static str = "terrain_operation";

    fn scope(&self) -> Scope {
        Scope::of(self.etablissement)
            .at(self.recu_a)
            .lane(format!("terrain/poste/{}", self.poste))
            .lane2(Self::lane_auteur(self.auteur))
    }
}

/// Why an entry was kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NatureRefus {
    /// The module refused it.
    Refusee,
    /// The bytes do not open.
    Alteree,
    /// The author is not proved.
    Preuve,
    /// The same id was received with another content.
    AutreContenu,
    /// The device was declared lost or withdrawn.
    PosteHorsService,
}

/// What a person decided of an entry kept apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cloture {
    /// Who.
    pub par: CompteId,
    /// When.
    pub le: Timestamp,
    /// Why, in words.
    pub motif: String,
}

/// An entry which could not be written: nothing that happened is rejected without a trace.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SaisieRefusee {
    /// The operation.
    pub operation: Uuid,
    /// The device.
    pub poste: PosteId,
    /// Where.
    pub etablissement: EtablissementId,
    /// Who says to have done it, when it could be read.
    #[serde(default)]
    pub auteur: Option<CompteId>,
    /// About whom.
    #[serde(default)]
    pub resident: Option<UsagerId>,
    /// « soin.valider », empty when it could not be read.
    #[serde(default)]
    pub genre: String,
    /// When it was done, when it could be read.
    #[serde(default)]
    pub fait_a: Option<Timestamp>,
    /// When it was received.
    pub recu_a: Timestamp,
    /// Why.
    pub nature: NatureRefus,
    /// The sentence given to its author.
    pub raison: String,
    /// What was entered, when it could be read.
    #[serde(default)]
    pub donnees: Value,
    /// The sealed bytes, when they could not be opened.
    #[serde(default)]
    pub scelle: Option<Scelle>,
    /// What was decided.
    #[serde(default)]
    pub cloture: Option<Cloture>,
}

impl SaisieRefusee {
    /// The list of what an establishment has to look at.
    pub fn lane(etablissement: EtablissementId) -> String {
        format!("terrain/a-revoir/{etablissement}")
    }

    /// The list of an author.
    pub fn lane_auteur(auteur: CompteId) -> String {
        format!("terrain/refusees/{auteur}")
    }
}

impl Entity for SaisieRefusee {
    const KIND: &'static str = "saisie_refusee";

    fn scope(&self) -> Scope {
        let mut scope = Scope::of(self.etablissement).at(self.recu_a);
        if let Some(resident) = self.resident {
            scope = scope.person(resident);
        }
        if self.cloture.is_none() {
            scope = scope.lane(Self::lane(self.etablissement));
        }
        match self.auteur {
            Some(auteur) => scope.lane2(Self::lane_auteur(auteur)),
            None => scope,
        }
    }
}

impl Ecrit for SaisieRefusee {
    const CATEGORIE: Categorie = Categorie::Soins;
}
