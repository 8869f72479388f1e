//! Kinds of ESSMS as data: a new kind opens without code (F043).

use std::sync::LazyLock;

use serde::Deserialize;

/// A kind of ESSMS, one entry of `referentiels/genres_essms.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Genre {
    /// Stable code.
    pub code: String,
    /// Acronym: EHPAD, FAM, IME…
    pub sigle: String,
    /// Full name.
    pub libelle: String,
    /// What the person accompanied is called: résident, usager, enfant…
    pub mot_masculin: String,
    /// The same, feminine.
    pub mot_feminin: String,
    /// True with beds, so rooms and counts by night.
    pub hebergement: bool,
    /// Modules the kind opens.
    #[serde(default)]
    pub modules: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Fichier {
    genre: Vec<Genre>,
}

impl Genre {
    /// What a person is called, agreed: « résidente ».
    pub fn mot(&self, feminin: bool) -> &str {
        if feminin { &self.mot_feminin } else { &self.mot_masculin }
    }

    /// What the persons are called: « résidents », « personnes accueillies ».
    pub fn pluriel(&self) -> String {
        self.mot_masculin.split(' ').map(|mot| format!("{mot}s")).collect::<Vec<_>>().join(" ")
    }
}

/// The kinds known to the grappe.
#[derive(Debug, Clone, Copy)]
pub struct Genres;

static LUS: LazyLock<Vec<Genre>> = LazyLock::new(|| {
    toml::from_str::<Fichier>(include_str!("../../../../referentiels/genres_essms.toml"))
        .map(|fichier| fichier.genre)
        .unwrap_or_default()
});

impl Genres {
    /// Every kind, in the order of the file.
    pub fn tous() -> &'static [Genre] {
        &LUS
    }

    /// The kind of an establishment: its words, its beds, its modules. An unknown code gets neutral words.
    pub fn de(etablissement: &crate::Etablissement) -> &'static Genre {
        Self::get(&etablissement.genre).unwrap_or_else(Self::neutre)
    }

    /// Words which fit everywhere: « usager ».
    pub fn neutre() -> &'static Genre {
        static NEUTRE: LazyLock<Genre> = LazyLock::new(|| Genre {
            code: String::new(),
            sigle: "ESSMS".into(),
            libelle: "Établissement ou service".into(),
            mot_masculin: "usager".into(),
            mot_feminin: "usagère".into(),
            hebergement: true,
            modules: Vec::new(),
        });
        &NEUTRE
    }

    /// A kind by its code.
    pub fn get(code: &str) -> Option<&'static Genre> {
        LUS.iter().find(|genre| genre.code == code)
    }
}
