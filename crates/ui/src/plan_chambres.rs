//! Map of the rooms of a unit: a door a room, a line a bed.

use maud::{Markup, html};

use crate::bandeau_resident::Identite;
use crate::icone::{Icone, icone};
use crate::photo::Taille;
use crate::puces::{Etat, Puce};

/// State of a room, written in words as well as drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EtatChambre {
    /// Occupied, nothing to say.
    Occupee,
    /// A bed is free.
    Libre,
    /// The resident is in hospital or away; the bed is kept.
    Absent,
    /// Something to watch.
    Alerte,
    /// Out of use.
    Travaux,
}

impl EtatChambre {
    const fn classe(self) -> &'static str {
        match self {
            Self::Occupee => "plan-chambre",
            Self::Libre => "plan-chambre plan-chambre--libre",
            Self::Absent => "plan-chambre plan-chambre--absent",
            Self::Alerte => "plan-chambre plan-chambre--alerte",
            Self::Travaux => "plan-chambre plan-chambre--travaux",
        }
    }

    fn puce(self) -> Option<Puce> {
        match self {
            Self::Occupee => None,
            Self::Libre => Some(Puce::new(Etat::Fait, "libre")),
            Self::Absent => Some(Puce::new(Etat::Archive, "absent").icone(Icone::LogOut)),
            Self::Alerte => Some(Puce::new(Etat::Danger, "alerte")),
            Self::Travaux => Some(Puce::new(Etat::ASurveiller, "travaux").icone(Icone::Wrench)),
        }
    }
}

/// A room.
#[derive(Debug, Clone)]
pub struct Chambre {
    numero: String,
    etat: EtatChambre,
    lits: Vec<(Option<Identite>, String)>,
}

impl Chambre {
    /// A room with its number.
    pub fn new(numero: impl Into<String>, etat: EtatChambre) -> Self {
        Self { numero: numero.into(), etat, lits: Vec::new() }
    }

    /// Adds an occupied bed; `mention` is a short note (« hôpital depuis hier »), possibly empty.
    #[must_use]
    pub fn lit(mut self, identite: Identite, mention: impl Into<String>) -> Self {
        self.lits.push((Some(identite), mention.into()));
        self
    }

    /// Adds a free bed; `mention` says from when or for whom.
    #[must_use]
    pub fn lit_libre(mut self, mention: impl Into<String>) -> Self {
        self.lits.push((None, mention.into()));
        self
    }

    fn lit_dessin(lit: &(Option<Identite>, String)) -> Markup {
        let (qui, mention) = lit;
        html! {
            @if let Some(qui) = qui {
                a class="plan-lit" href=(qui.href) {
                    (qui.image(Taille::Lit))
                    span { (qui.nom_complet()) @if !mention.is_empty() { small { (mention) } } }
                }
            } @else {
                span class="plan-lit" { (icone(Icone::BedSingle)) span { "Lit libre" @if !mention.is_empty() { small { (mention) } } } }
            }
        }
    }

    /// Draws the room.
    pub fn render(&self) -> Markup {
        html! {
            li class=(self.etat.classe()) {
                p class="plan-numero" { span { span class="lecteur" { "Chambre " } (self.numero) } @if let Some(puce) = self.etat.puce() { (puce) } }
                @for lit in &self.lits { (Self::lit_dessin(lit)) }
            }
        }
    }
}

rendu!(Chambre);

/// The map, in walking order.
pub fn plan(chambres: &[Chambre]) -> Markup {
    html! { ul class="plan" role="list" { @for chambre in chambres { (chambre) } } }
}
