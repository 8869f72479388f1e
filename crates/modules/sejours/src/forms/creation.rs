//! Search before create (RNIV 1: date of birth first, then at most the first letters of the names).

use kernel::dates::DateNaissance;
use kernel::texte::plier;
use platform::web::{Champs, Erreurs};
use usagers::Connu;

/// What is looked for before a record may be created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Recherche {
    pub(crate) naissance: DateNaissance,
    debut_nom: String,
    debut_prenom: String,
}

/// Letters of a name compared at most: more would hide a misspelt record.
const LETTRES: usize = 3;

/// Reads `naissance`, `debut_nom`, `debut_prenom`.
pub(crate) fn lire_recherche(champs: &Champs, erreurs: &mut Erreurs) -> Option<Recherche> {
    let naissance = erreurs.garder("naissance", champs.texte("naissance").parse::<DateNaissance>());
    let debut = |nom: &str| plier(champs.texte(nom)).chars().filter(|c| c.is_alphanumeric()).take(LETTRES).collect::<String>();
    let debut_nom = debut("debut_nom");
    erreurs.exiger("debut_nom", !debut_nom.is_empty(), "Écrivez les premières lettres du nom de naissance, trois au plus.");
    erreurs.aucune().then_some(Recherche { naissance: naissance?, debut_nom, debut_prenom: debut("debut_prenom") })
}

impl Recherche {
    /// True for a record born the same day, or whose names begin alike and whose date is incomplete or of the same year.
    pub(crate) fn trouve(&self, connu: &Connu) -> bool {
        let traits = connu.identification.identite.traits();
        let naissance = traits.date_naissance();
        let noms = [connu.usager.nom.as_str(), traits.nom_naissance()];
        let prenoms = [connu.usager.prenom.as_str(), traits.premier_prenom()];
        let nom = noms.iter().any(|nom| plier(nom).replace(' ', "").starts_with(&self.debut_nom));
        let prenom = prenoms.iter().any(|prenom| plier(prenom).replace(' ', "").starts_with(&self.debut_prenom));
        naissance == self.naissance || (nom && prenom && naissance.annee() == self.naissance.annee())
    }
}
