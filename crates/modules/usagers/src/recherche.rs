//! Finding a person by what one knows of them: accents, case and order of words never matter.

use kernel::texte::plier;

use crate::{Identification, Usager};

/// The words a person may be found by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reperes(Vec<String>);

impl Reperes {
    /// Used names, room, and the birth names when the right on the identity is held.
    pub fn new(usager: &Usager, identification: Option<&Identification>, chambre: &str) -> Self {
        let mut reperes = Self::default();
        reperes.ajouter(usager.nom.as_str());
        reperes.ajouter(usager.prenom.as_str());
        reperes.ajouter(chambre);
        if let Some(identification) = identification {
            let traits = identification.identite.traits();
            reperes.ajouter(traits.nom_naissance());
            reperes.ajouter(traits.prenoms_naissance());
            reperes.ajouter(identification.nom_utilise.as_deref().unwrap_or_default());
            reperes.ajouter(identification.prenom_utilise.as_deref().unwrap_or_default());
        }
        reperes
    }

    fn ajouter(&mut self, texte: &str) {
        let plie = plier(texte);
        self.0.push(plie.replace(' ', ""));
        self.0.extend(plie.split(' ').filter(|mot| !mot.is_empty()).map(str::to_owned));
    }

    /// True when every word asked for begins one of the words of the person; an empty demand suits everybody.
    pub fn repondent_a(&self, demande: &str) -> bool {
        let demande = plier(demande);
        demande.split(' ').filter(|mot| !mot.is_empty()).all(|mot| self.0.iter().any(|repere| repere.starts_with(mot)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reperes(mots: &[&str]) -> Reperes {
        let mut reperes = Reperes::default();
        for mot in mots {
            reperes.ajouter(mot);
        }
        reperes
    }

    #[test]
    fn accents_case_order_and_dashes_do_not_matter() {
        let elle = reperes(&["BRUMELLE", "Éléonore", "D'Artigues", "214 F"]);
        for demande in ["bru", "eleo", "ÉLÉ bru", "artigues", "d'art", "dartigues", "214", "214 f", "214f", ""] {
            assert!(elle.repondent_a(demande), "{demande}");
        }
        for demande in ["rumelle", "bru x", "215", "14"] {
            assert!(!elle.repondent_a(demande), "{demande}");
        }
    }
}
