//! Kinds of documents as data: `data/types.toml`, a subset of the national list.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::Famille;

/// A kind of document.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct TypeDocument {
    /// LOINC or national code.
    pub code: String,
    /// National label.
    pub libelle: String,
    /// Who may read documents of this kind.
    pub famille: Famille,
    /// Offered first.
    #[serde(default)]
    pub frequent: bool,
}

#[derive(Debug, Deserialize)]
struct Fichier {
    r#type: Vec<TypeDocument>,
}

static LUS: LazyLock<Vec<TypeDocument>> = LazyLock::new(|| {
    toml::from_str::<Fichier>(include_str!("../data/types.toml")).map(|fichier| fichier.r#type).unwrap_or_default()
});

/// Kind of the documents whose own kind is not in the list.
pub const TYPE_PAR_DEFAUT: &str = "28653-4";

impl TypeDocument {
    /// Every kind, in the order of the file.
    pub fn tous() -> &'static [Self] {
        &LUS
    }

    /// A kind by its code.
    pub fn get(code: &str) -> Option<&'static Self> {
        LUS.iter().find(|connu| connu.code == code)
    }

    /// The label of a code; the code itself when it is not in the list.
    pub fn libelle_de(code: &str) -> &str {
        Self::get(code).map_or(code, |connu| &connu.libelle)
    }

    /// Who may read a document of this code: an unknown kind is medical.
    pub fn famille_de(code: &str) -> Famille {
        Self::get(code).map_or(Famille::Medical, |connu| connu.famille)
    }
}
