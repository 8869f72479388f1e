//! Dialogs: native `<dialog>`, opened by [`crate::boutons::Bouton::ouvrir`].
//!
//! Only for what cannot be undone or is dangerous; the button says the verb, never « OK ».
//! A page that must work without script links to an address showing the same form.

use maud::{Markup, html};

use crate::boutons::{Bouton, Ton};
use crate::icone::Icone;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Forme {
    Centre,
    Danger,
    Volet,
}

/// A dialog or a side panel.
#[derive(Debug, Clone)]
pub struct Dialogue {
    id: String,
    titre: String,
    contenu: Markup,
    forme: Forme,
}

impl Dialogue {
    /// A centred dialog.
    pub fn new(id: impl Into<String>, titre: impl Into<String>, contenu: Markup) -> Self {
        Self { id: id.into(), titre: titre.into(), contenu, forme: Forme::Centre }
    }

    /// A panel on the right on PC, a bottom sheet on tablet: entry forms next to the record.
    pub fn volet(id: impl Into<String>, titre: impl Into<String>, contenu: Markup) -> Self {
        Self { forme: Forme::Volet, ..Self::new(id, titre, contenu) }
    }

    /// Draws the dialog, closed.
    pub fn render(&self) -> Markup {
        let classe = match self.forme {
            Forme::Centre => "dialogue",
            Forme::Danger => "dialogue dialogue--danger",
            Forme::Volet => "dialogue volet",
        };
        let titre_id = format!("{}-titre", self.id);
        html! {
            dialog class=(classe) id=(self.id) aria-labelledby=(titre_id) closedby="any" {
                div class="rangee" {
                    h2 id=(titre_id) { (self.titre) }
                    span class="pousse" { (Bouton::fermer("Fermer", self.id.clone()).discret().icone_seule(Icone::X)) }
                }
                (self.contenu)
            }
        }
    }
}

rendu!(Dialogue);

/// Confirmation of a dangerous act: repeats the object, posts to `action`.
#[derive(Debug, Clone)]
pub struct Confirmation {
    id: String,
    titre: String,
    objet: String,
    verbe: String,
    action: String,
    champs: Markup,
}

impl Confirmation {
    /// `titre` asks, `objet` repeats what it is about, `verbe` is the button (« Arrêter la lamotrigine »).
    pub fn new(
        id: impl Into<String>,
        titre: impl Into<String>,
        objet: impl Into<String>,
        verbe: impl Into<String>,
        action: impl Into<String>,
    ) -> Self {
        Self {
            id: id.into(),
            titre: titre.into(),
            objet: objet.into(),
            verbe: verbe.into(),
            action: action.into(),
            champs: html! {},
        }
    }

    /// Fields of the form: the reason, the version, the anti-forgery token.
    #[must_use]
    pub fn champs(mut self, champs: Markup) -> Self {
        self.champs = champs;
        self
    }

    /// Draws the dialog, closed.
    pub fn render(&self) -> Markup {
        let contenu = html! {
            p { (self.objet) }
            form method="post" action=(self.action) {
                (self.champs)
                div class="boutons" {
                    (Bouton::envoyer(self.verbe.clone()).ton(Ton::DangerPlein))
                    (Bouton::fermer("Ne rien changer", self.id.clone()))
                }
            }
        };
        Dialogue { forme: Forme::Danger, ..Dialogue::new(self.id.clone(), self.titre.clone(), contenu) }.render()
    }
}

rendu!(Confirmation);
