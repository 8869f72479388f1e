//! A dated and signed writing: transmission, event, act.

use maud::{Markup, html};

use crate::puces::{Puce, puces};

/// One line of a day's journal.
#[derive(Debug, Clone)]
pub struct JournalLigne {
    heure: String,
    auteur: String,
    tete: Vec<Puce>,
    texte: Markup,
    dar: Vec<(&'static str, &'static str, String)>,
    actions: Option<Markup>,
    id: Option<String>,
    annulee: Option<String>,
    nouvelle: bool,
}

impl JournalLigne {
    /// `heure` is that of the fact (« 08:30 »), `auteur` says who wrote, and when if later
    /// (« Sophie V., AS, saisi 09:12 »).
    pub fn new(heure: impl Into<String>, auteur: impl Into<String>, texte: impl Into<String>) -> Self {
        let texte = texte.into();
        Self {
            heure: heure.into(),
            auteur: auteur.into(),
            tete: Vec::new(),
            texte: html! { (texte) },
            dar: Vec::new(),
            actions: None,
            id: None,
            annulee: None,
            nouvelle: false,
        }
    }

    /// Adds a chip: target, importance.
    #[must_use]
    pub fn puce(mut self, puce: Puce) -> Self {
        self.tete.push(puce);
        self
    }

    /// Adds the data (D).
    #[must_use]
    pub fn donnees(mut self, texte: impl Into<String>) -> Self {
        self.dar.push(("D", "Données", texte.into()));
        self
    }

    /// Adds the actions (A).
    #[must_use]
    pub fn action(mut self, texte: impl Into<String>) -> Self {
        self.dar.push(("A", "Actions", texte.into()));
        self
    }

    /// Adds the result (R).
    #[must_use]
    pub fn resultat(mut self, texte: impl Into<String>) -> Self {
        self.dar.push(("R", "Résultat", texte.into()));
        self
    }

    /// Buttons under the text.
    #[must_use]
    pub fn actions(mut self, actions: Markup) -> Self {
        self.actions = Some(actions);
        self
    }

    /// Anchor.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Corrected or annulled: struck through, still readable, with the reason.
    #[must_use]
    pub fn annulee(mut self, motif: impl Into<String>) -> Self {
        self.annulee = Some(motif.into());
        self
    }

    /// Not read yet by this user.
    #[must_use]
    pub const fn nouvelle(mut self) -> Self {
        self.nouvelle = true;
        self
    }

    fn classe(&self) -> &'static str {
        match (self.annulee.is_some(), self.nouvelle) {
            (true, _) => "journal-ligne journal-ligne--annulee",
            (false, true) => "journal-ligne journal-ligne--nouvelle",
            (false, false) => "journal-ligne",
        }
    }

    /// Draws the line.
    pub fn render(&self) -> Markup {
        html! {
            li class=(self.classe()) id=[self.id.as_ref()] {
                span class="journal-heure" { (self.heure) }
                div {
                    div class="journal-tete" {
                        @if self.nouvelle { span class="lecteur" { "Non lu. " } }
                        (puces(&self.tete))
                        span class="journal-auteur" { (self.auteur) }
                    }
                    p class="journal-texte" { (self.texte) }
                    @if !self.dar.is_empty() {
                        dl class="dar" {
                            @for (lettre, mot, texte) in &self.dar { dt { abbr title=(mot) { (lettre) } } dd { (texte) } }
                        }
                    }
                    @if let Some(motif) = &self.annulee { p class="secondaire" { "Annulée : " (motif) } }
                    @if let Some(actions) = &self.actions { div class="boutons" { (actions) } }
                }
            }
        }
    }
}

rendu!(JournalLigne);

/// A list of lines.
pub fn journal(lignes: &[JournalLigne]) -> Markup {
    html! { ol class="journal" role="list" { @for ligne in lignes { (ligne) } } }
}
