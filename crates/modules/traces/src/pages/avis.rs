//! What a reviewer says of what somebody else did: yes or no, with words when it is no.

use kernel::texte::Texte;
use maud::{Markup, html};
use platform::prelude::{Champs, Erreur, Resultat};
use ui::champs::{Radios, ZoneTexte};
use uuid::Uuid;

/// An opinion.
pub(super) struct Avis {
    pub(super) favorable: bool,
    pub(super) commentaire: String,
}

/// What is asked, and how what lacks is said.
pub(super) struct Question {
    /// The question itself.
    pub(super) phrase: &'static str,
    /// When words are needed.
    pub(super) aide: &'static str,
    /// Nothing was answered.
    pub(super) sans_avis: &'static str,
    /// The answer is no, without words.
    pub(super) sans_raison: &'static str,
}

impl Question {
    /// The fields of the form about one record.
    pub(super) fn champs(&self, id: Uuid) -> Markup {
        html! {
            (Radios::new(format!("avis-{id}"), self.phrase).choix([("oui", "Oui"), ("non", "Non")]).requis())
            (ZoneTexte::new(format!("commentaire-{id}"), "Commentaire").aide(self.aide).maximum(500).sans_brouillon())
        }
    }

    /// What was answered about one record.
    pub(super) fn lire(&self, champs: &Champs, id: Uuid) -> Resultat<Avis> {
        let rien = |phrase: &str| Erreur::Demande(format!("{phrase} Rien n'a été enregistré."));
        let favorable = match champs.texte(&format!("avis-{id}")) {
            "oui" => true,
            "non" => false,
            _ => return Err(rien(self.sans_avis)),
        };
        let commentaire = Texte::<500>::facultatif(champs.texte(&format!("commentaire-{id}")))
            .map_err(|erreur| Erreur::Demande(erreur.to_string()))?;
        if !favorable && commentaire.is_none() {
            return Err(rien(self.sans_raison));
        }
        Ok(Avis { favorable, commentaire: commentaire.map(String::from).unwrap_or_default() })
    }
}
