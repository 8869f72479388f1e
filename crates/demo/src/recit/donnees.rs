//! The data files of the story, embedded: texts of this crate and the shared referentials whose codes it uses.

use serde::Deserialize;

use super::medical::Catalogue;

/// Why a data file could not be used.
#[derive(Debug, thiserror::Error)]
pub enum ErreurDonnees {
    /// A file is not valid TOML of the expected shape.
    #[error("fichier de données illisible : {0}")]
    Toml(#[from] toml::de::Error),
    /// A date outside what the calendar can hold.
    #[error("date hors limites : {0}")]
    Date(#[from] jiff::Error),
    /// A code is used that the referential does not hold.
    #[error("code inconnu du référentiel : {0}")]
    Code(String),
}

/// One act of `catalogue_actes.toml`.
#[derive(Debug, Deserialize)]
pub struct Acte {
    /// Stable code.
    pub code: String,
    /// Role codes, the usual one first.
    pub metiers: Vec<String>,
    /// Codes of `constantes.toml` entered with the act.
    pub mesures: Vec<String>,
    /// Never validated in a group.
    pub a_risque: bool,
    /// An observation is expected with it.
    pub observation: bool,
}

#[derive(Debug, Deserialize)]
pub(crate) struct LigneType {
    pub acte: String,
    pub heures: Vec<String>,
    pub rythme: String,
    #[serde(default)]
    pub jours: Vec<String>,
    #[serde(default)]
    pub tous_les: i64,
}

#[derive(Debug, Deserialize)]
pub(crate) struct PlanType {
    pub code: String,
    pub lignes: Vec<LigneType>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Noms {
    pub debuts: Vec<String>,
    pub fins: Vec<String>,
    pub composes: Vec<String>,
    pub nommes: Vec<String>,
    pub(super) reserves: Vec<String>,
    pub femmes: Vec<String>,
    pub hommes: Vec<String>,
    pub equipe_femmes: Vec<String>,
    pub equipe_hommes: Vec<String>,
    pub rues: Vec<String>,
    pub liens: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Habitudes {
    pub compte: Vec<String>,
    pub passe: Vec<String>,
    pub entourage: Vec<String>,
    pub reveil: Vec<String>,
    pub toilette: Vec<String>,
    pub repas: Vec<String>,
    pub coucher: Vec<String>,
    pub apaise: Vec<String>,
    pub centres: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct ThemeTexte {
    pub code: String,
    pub poids: i64,
    pub ouverture: Vec<String>,
    pub suivi: Vec<String>,
    pub cloture: Vec<String>,
    pub actions: Vec<String>,
    pub resultats: Vec<String>,
    pub infos: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct EtablissementLu {
    pub nom: String,
    pub genre: String,
    pub finess: String,
    pub commune: String,
    pub organisme: String,
    pub statut: String,
    pub places: u32,
}

/// A note of `histoires.toml`.
#[derive(Debug, Deserialize)]
pub(super) struct Note {
    pub(super) porte: u32,
    #[serde(default)]
    pub(super) jour: i64,
    #[serde(default)]
    pub(super) minute: i64,
    #[serde(default)]
    pub(super) apres_chute: i64,
    pub(super) roles: Vec<String>,
    pub(super) theme: String,
    pub(super) importance: String,
    pub(super) donnees: String,
    pub(super) actions: String,
    pub(super) resultats: String,
}

#[derive(Deserialize)]
struct Fichier<T> {
    #[serde(alias = "acte", alias = "plan", alias = "theme", alias = "etablissement", alias = "note")]
    liste: Vec<T>,
}

/// Everything read from the files.
#[derive(Debug)]
pub(crate) struct Donnees {
    pub actes: Vec<Acte>,
    pub plans: Vec<PlanType>,
    pub noms: Noms,
    pub habitudes: Habitudes,
    pub themes: Vec<ThemeTexte>,
    pub etablissements: Vec<EtablissementLu>,
    pub(super) notes: Vec<Note>,
    pub(super) medical: Catalogue,
}

impl Donnees {
    pub(crate) fn lire() -> Result<Self, ErreurDonnees> {
        Ok(Self {
            actes: liste(include_str!("../../../../referentiels/catalogue_actes.toml"))?,
            plans: liste(include_str!("../../../../referentiels/plans_types.toml"))?,
            noms: toml::from_str(include_str!("../../data/noms.toml"))?,
            habitudes: toml::from_str(include_str!("../../data/habitudes.toml"))?,
            themes: liste(include_str!("../../data/transmissions.toml"))?,
            etablissements: liste(include_str!("../../data/etablissements.toml"))?,
            notes: liste(include_str!("../../data/histoires.toml"))?,
            medical: Catalogue::lire(include_str!("../../data/medical.toml"))?,
        })
    }

    pub(crate) fn acte(&self, code: &str) -> Result<usize, ErreurDonnees> {
        self.actes.iter().position(|a| a.code == code).ok_or_else(|| ErreurDonnees::Code(code.to_owned()))
    }
}

fn liste<T: for<'de> Deserialize<'de>>(texte: &str) -> Result<Vec<T>, ErreurDonnees> {
    Ok(toml::from_str::<Fichier<T>>(texte)?.liste)
}
