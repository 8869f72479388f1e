//! The four families which follow a person to another EHPAD of the grappe, and nothing else (F013).

use std::collections::HashMap;
use std::sync::LazyLock;

use documents::{Document, Famille as Secret, Lu, documents_de};
use medical::{Element, Etat, Nature};
use platform::acces::{Categorie, DossierOuvert, Droit};
use platform::erreur::Resultat;
use platform::store::Stored;
use serde::{Deserialize, Serialize};
use usagers::{Alertes, Allergies};

/// A family of what is taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Famille {
    /// Letters and reports.
    ComptesRendus,
    /// Results and assessments.
    Bilans,
    /// Treatments taken, present and past; prescriptions.
    Traitements,
    /// Diseases, history, surgery, vaccinations, bacteria carried, allergies.
    Antecedents,
}

impl Famille {
    /// The four, in the order F013 names them, with their names on screens.
    pub const TOUTES: [(Self, &'static str); 4] = [
        (Self::ComptesRendus, "Comptes rendus"),
        (Self::Bilans, "Bilans"),
        (Self::Traitements, "Traitements"),
        (Self::Antecedents, "Antécédents et allergies"),
    ];

    /// Its name on screens.
    pub fn libelle(self) -> &'static str {
        Self::TOUTES.iter().find(|(famille, _)| *famille == self).map_or("", |(_, libelle)| libelle)
    }

    /// The family of an entry of the medical file; `None`: it stays.
    pub fn de_nature(nature: Nature) -> Option<Self> {
        match nature {
            Nature::Pathologie | Nature::Antecedent | Nature::Intervention | Nature::Bmr | Nature::Vaccination => {
                Some(Self::Antecedents)
            }
            Nature::Traitement => Some(Self::Traitements),
            Nature::Resultat => Some(Self::Bilans),
            Nature::Dispositif => None,
        }
    }

    /// The family of a document, by the code of its kind; `None`: it stays.
    pub fn de_type(code: &str) -> Option<Self> {
        FICHIER.get(code).copied()
    }
}

/// The lists of `data/familles.toml`.
#[derive(Debug, Default, Deserialize)]
struct Fichier {
    comptes_rendus: Vec<String>,
    bilans: Vec<String>,
    traitements: Vec<String>,
    antecedents: Vec<String>,
    /// Written so that nobody forgets a kind: a test compares with the kinds known.
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the test which looks for forgotten kinds"))]
    restent: Vec<String>,
}

fn lire() -> Fichier {
    toml::from_str(include_str!("../data/familles.toml")).unwrap_or_default()
}

static FICHIER: LazyLock<HashMap<String, Famille>> = LazyLock::new(|| {
    let lu = lire();
    let listes = [
        (lu.comptes_rendus, Famille::ComptesRendus),
        (lu.bilans, Famille::Bilans),
        (lu.traitements, Famille::Traitements),
        (lu.antecedents, Famille::Antecedents),
    ];
    listes.into_iter().flat_map(|(codes, famille)| codes.into_iter().map(move |code| (code, famille))).collect()
});

/// How much of each family there is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comptes {
    /// Letters and reports.
    pub comptes_rendus: u32,
    /// Results and assessments.
    pub bilans: u32,
    /// Treatments and prescriptions.
    pub traitements: u32,
    /// Diseases, history…
    pub antecedents: u32,
}

impl Comptes {
    fn compter(&mut self, famille: Famille) {
        let compte = match famille {
            Famille::ComptesRendus => &mut self.comptes_rendus,
            Famille::Bilans => &mut self.bilans,
            Famille::Traitements => &mut self.traitements,
            Famille::Antecedents => &mut self.antecedents,
        };
        *compte = compte.saturating_add(1);
    }

    /// How many of one family.
    pub fn de(&self, famille: Famille) -> u32 {
        match famille {
            Famille::ComptesRendus => self.comptes_rendus,
            Famille::Bilans => self.bilans,
            Famille::Traitements => self.traitements,
            Famille::Antecedents => self.antecedents,
        }
    }
}

/// Entries of the medical file, each with its family.
pub type Elements = Vec<(Famille, Stored<Element>)>;
/// Documents, each with its family.
pub type Documents = Vec<(Famille, Lu)>;

/// What a record holds of the four families.
#[derive(Debug, Clone, Default)]
pub struct Contenu {
    /// Entries of the medical file, those written by mistake left out.
    pub elements: Elements,
    /// Documents of the medical secrecy which hold, replaced ones left out.
    pub documents: Documents,
    /// What was written by mistake: annulled there too if it was taken over before, never taken over otherwise.
    pub annules: (Elements, Documents),
    /// Allergies, once somebody wrote them.
    pub allergies: Option<Allergies>,
    /// The medical secrecy was open to who asks: a person may be opposed to them.
    pub complet: bool,
}

impl Contenu {
    /// How much of each family, when all of it could be read.
    pub fn comptes(&self) -> Option<Comptes> {
        let mut comptes = Comptes::default();
        self.elements.iter().map(|(famille, _)| *famille).for_each(|famille| comptes.compter(famille));
        self.documents.iter().map(|(famille, _)| *famille).for_each(|famille| comptes.compter(famille));
        self.complet.then_some(comptes)
    }

    /// The lines of one family, as they are listed: entries, then documents.
    pub fn lignes(&self, famille: Famille) -> Vec<String> {
        let elements = self.elements.iter().filter(|(une, _)| *une == famille).map(|(_, lu)| match &lu.etat {
            Etat::Termine { .. } => format!("{} (terminé)", lu.phrase()),
            _ => lu.phrase(),
        });
        let documents = self.documents.iter().filter(|(une, _)| *une == famille);
        let documents = documents.map(|(_, lu)| format!("{}, {}", lu.titre, kernel::dates::date_courte(lu.date_document)));
        elements.chain(documents).collect()
    }

    /// The day of the last document of emergency liaison signed (F157: checked when the place of living changes).
    pub fn dlu(&self) -> Option<jiff::civil::Date> {
        let dlus = self.documents.iter().filter(|(_, lu)| lu.type_code == "74207-2");
        dlus.map(|(_, lu)| lu.date_document).max()
    }
}

fn suit(document: &Document) -> Option<Famille> {
    (document.famille == Secret::Medical && document.remplace_par.is_none()).then(|| Famille::de_type(&document.type_code))?
}

/// The four families of an opened record, as far as they may be read.
///
/// # Errors
/// The store.
pub async fn recueillir<D: Droit>(dossier: &DossierOuvert<D>) -> Resultat<Contenu> {
    let complet = dossier.peut_lire(Categorie::Medical);
    let elements = if complet { medical::elements(dossier).await? } else { Vec::new() };
    let elements = elements.into_iter().filter_map(|lu| Some((Famille::de_nature(lu.nature)?, lu)));
    let (faux, elements) = elements.partition(|(_, lu)| matches!(lu.etat, Etat::Annule { .. }));
    let documents = documents_de(dossier).await?.into_iter().filter_map(|lu| Some((suit(&lu)?, lu)));
    let (retires, documents) = documents.partition(|(_, lu)| lu.annule.is_some());
    let alertes =
        if dossier.peut_lire(Categorie::Alertes) { dossier.lire::<Alertes>(Alertes::id(dossier.usager())).await? } else { None };
    Ok(Contenu { elements, documents, annules: (faux, retires), allergies: alertes.map(|lues| lues.value.allergies), complet })
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::TypeDocument;

    #[test]
    fn every_medical_kind_is_said_to_move_or_to_stay_once() {
        let lu = lire();
        let tous: Vec<&String> =
            [&lu.comptes_rendus, &lu.bilans, &lu.traitements, &lu.antecedents, &lu.restent].into_iter().flatten().collect();
        for connu in TypeDocument::tous().iter().filter(|connu| connu.famille == Secret::Medical) {
            assert_eq!(tous.iter().filter(|code| **code == &connu.code).count(), 1, "{} {}", connu.code, connu.libelle);
        }
        assert!(tous.iter().all(|code| TypeDocument::get(code).is_some()));
        assert_eq!(Famille::de_type("EXPPAT_3"), None, "directives stay");
        assert_eq!(Famille::de_type("11502-2"), Some(Famille::Bilans));
    }
}
