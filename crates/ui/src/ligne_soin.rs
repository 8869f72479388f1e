//! A planned care with its tick of 96×72 px: a tap means done, now.

use std::sync::{Arc, LazyLock};

use maud::{Markup, Render, html};
use quick_cache::sync::Cache;

use crate::icone::{Icone, grande};
use crate::puces::{Etat, Puce};
use crate::typographie;

/// Look of a tick.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EtatCoche {
    /// To do: empty square with the care's own icon.
    AFaire,
    /// Done.
    Fait,
    /// Still to do, late.
    EnRetard,
    /// Refused or not done.
    Refuse,
    /// Done, waiting to be sent.
    EnAttente,
    /// Cannot be ticked (no right, measure, stopped).
    Fermee,
}

impl EtatCoche {
    const fn apparence(self) -> (&'static str, Option<Icone>, &'static str) {
        match self {
            Self::AFaire => ("coche", None, "à faire"),
            Self::Fait => ("coche coche--fait", Some(Icone::Check), "fait"),
            Self::EnRetard => ("coche coche--retard", None, "en retard"),
            Self::Refuse => ("coche coche--refus", Some(Icone::Ban), "non fait"),
            Self::EnAttente => ("coche coche--fait coche--attente", Some(Icone::Check), "fait, en attente d’envoi"),
            Self::Fermee => ("coche", None, "non disponible"),
        }
    }
}

/// The tick alone: a submit button of the form it stands in.
pub fn coche(etat: EtatCoche, signe: Icone, libelle: &str) -> Markup {
    let (classe, marque, mot) = etat.apparence();
    html! {
        button type="submit" class=(classe) disabled[etat == EtatCoche::Fermee] { (dedans(marque.unwrap_or(signe), libelle, mot)) }
    }
}

fn dedans(signe: Icone, libelle: &str, mot: &str) -> Markup {
    html! { (grande(signe)) span class="lecteur" { (libelle) ", " (mot) } }
}

/// What a tick sends with the form of its card, and what the bedside application knows it by (`terrain/CONTRAT.md`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Geste {
    /// Name of the submit button: what the tap does.
    pub nom: &'static str,
    /// Its value: on what.
    pub valeur: String,
    /// Planned act and time, `id|2026-11-21T08:30`.
    pub soin: String,
    /// Icon of the act, as named in the sprite.
    pub signe: String,
    /// Code of the state the server knows.
    pub etat: &'static str,
    /// « Tout est fait » takes it.
    pub groupe: bool,
    /// Codes of the values it measures.
    pub mesure: Option<String>,
}

/// A line of care: tick, name, how-to, state, menu.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LigneSoin {
    nom: String,
    libelle: Option<String>,
    signe: Icone,
    etat: EtatCoche,
    detail: Option<String>,
    mention: Option<Puce>,
    geste: Geste,
    suite: bool,
}

impl LigneSoin {
    /// A care and what its tick sends.
    pub fn new(nom: impl Into<String>, signe: Icone, etat: EtatCoche, geste: Geste) -> Self {
        Self { nom: nom.into(), libelle: None, signe, etat, detail: None, mention: None, geste, suite: false }
    }

    /// Name of the act alone, when the line says more.
    #[must_use]
    pub fn libelle(mut self, libelle: impl Into<String>) -> Self {
        self.libelle = Some(libelle.into());
        self
    }

    /// How to do it for this person, never cut.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// State in words: « fait 08:51 · S. V. », « depuis hier ».
    #[must_use]
    pub fn mention(mut self, etat: Etat, mots: impl Into<String>) -> Self {
        self.mention = Some(Puce::new(etat, mots));
        self
    }

    /// « ⋯ » opens the sheet: real hour, refusal, note.
    #[must_use]
    pub fn suite(mut self) -> Self {
        self.suite = true;
        self
    }

    fn dessiner(&self) -> Markup {
        let geste = &self.geste;
        let (classe, marque, mot) = self.etat.apparence();
        html! {
            div class="ligne-soin" {
                button class=(classe) disabled[self.etat == EtatCoche::Fermee] name=(geste.nom) value=(geste.valeur)
                    data-soin=(geste.soin) data-libelle=[&self.libelle] data-signe=(geste.signe)
                    data-etat=(geste.etat) data-groupe[geste.groupe] data-mesure=[&geste.mesure] { (dedans(marque.unwrap_or(self.signe), &self.nom, mot)) }
                div class="ligne-soin-texte" {
                    p class="ligne-soin-nom" { (self.nom) }
                    @if let Some(detail) = &self.detail { p class="ligne-soin-detail" { (detail) } }
                }
                div class="ligne-soin-etat" { @if let Some(mention) = &self.mention { (mention) } }
                @if self.suite {
                    button class="ligne-soin-suite" name="ouvrir" value=(geste.soin) { span class="lecteur" { "Préciser : " (self.nom) } }
                }
            }
        }
    }
}

/// Draws the line; it stands in the form of its card.
///
/// A round draws a thousand of them, most as they were a moment ago: a line with the same words is the same line.
impl Render for LigneSoin {
    fn render_to(&self, page: &mut String) {
        if let Some(connue) = DESSINEES.get(self) {
            page.push_str(&connue);
            return;
        }
        let neuve: Arc<str> = typographie::une_fois(&self.dessiner().0).into();
        page.push_str(&neuve);
        DESSINEES.insert(self.clone(), neuve);
    }
}

/// Lines drawn lately, by all they show: some four rounds of sixty residents, 8 MB at most.
const GARDEES: usize = 4_096;

static DESSINEES: LazyLock<Cache<LigneSoin, Arc<str>>> = LazyLock::new(|| Cache::new(GARDEES));
