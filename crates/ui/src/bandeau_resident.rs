//! Banner of a resident: same content, same order, never conditional (ux.md §2.4).

use maud::{Markup, html};

use crate::icone::{Icone, icone};
use crate::photo::{Photo, Taille};
use crate::puces::{Etat, Puce};

/// Status of the national health identity, in the words of the RNIV.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatutIns {
    /// Validated and retrieved: the only one whose number is shown and sent.
    Qualifiee,
    /// Retrieved from the teleservice, not yet checked against a document.
    Recuperee,
    /// Checked against a document, number not retrieved.
    Validee,
    /// Neither.
    Provisoire,
}

impl StatutIns {
    fn render(self) -> Markup {
        let (classe, signe, mot) = match self {
            Self::Qualifiee => ("ins--qualifiee", Icone::BadgeCheck, "INS qualifiée"),
            Self::Recuperee => ("ins--reserve", Icone::RefreshCw, "INS récupérée"),
            Self::Validee => ("ins--reserve", Icone::FileCheck, "INS validée"),
            Self::Provisoire => ("ins--reserve", Icone::CircleDashed, "INS provisoire"),
        };
        html! { li class=(classe) { (icone(signe)) (mot) } }
    }
}

/// Allergies have exactly four states, never blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Allergies {
    /// Agent and reaction: « pénicilline, anaphylaxie (2019) ». Never empty.
    Connues(Vec<String>),
    /// Checked on that date, as shown.
    Aucune(String),
    /// Nobody asked yet.
    NonRenseignees,
    /// Asked, the information cannot be had.
    Indisponible,
}

impl Allergies {
    /// Draws the state.
    pub fn render(&self) -> Markup {
        match self {
            Self::Connues(agents) => html! {
                p class="allergie allergie--connue" {
                    (icone(Icone::OctagonAlert))
                    span { (if agents.len() > 1 { "Allergies connues : " } else { "Allergie connue : " }) (agents.join(" ; ")) }
                }
            },
            Self::Aucune(date) => html! {
                p class="allergie allergie--aucune" { (icone(Icone::Check)) span { "Aucune allergie connue (vérifié le " (date) ")" } }
            },
            Self::NonRenseignees => html! {
                p class="allergie allergie--inconnue" { (icone(Icone::TriangleAlert)) span { "Allergies non renseignées" } }
            },
            Self::Indisponible => html! {
                p class="allergie allergie--indisponible" { (icone(Icone::Minus)) span { "Allergies : information indisponible" } }
            },
        }
    }
}

rendu!(Allergies);

/// Who a resident is, as shown everywhere. Texts are ready to show.
#[derive(Debug, Clone)]
pub struct Identite {
    /// Address of the record.
    pub href: String,
    /// Birth name, or used name, in capitals.
    pub nom: String,
    /// First name.
    pub prenom: String,
    /// « Mme », « M. ».
    pub civilite: String,
    /// Date of birth with the month in letters: « 12 avr. 1936 ».
    pub naissance: String,
    /// Age in completed years.
    pub age: u16,
    /// « féminin », « masculin », « indéterminé ».
    pub sexe: String,
    /// Room; empty when none.
    pub chambre: String,
    /// Address of the photo, when the person agreed to it.
    pub photo: Option<String>,
    /// Room or unit of another resident with the same name or the same sound.
    pub homonyme: Option<String>,
}

impl Identite {
    /// `NOM, Prénom (civilité)`; the first name stands out when there is a homonym.
    pub fn nom_complet(&self) -> Markup {
        let classe = if self.homonyme.is_some() { "nom-prenom nom-prenom--homonyme" } else { "nom-prenom" };
        html! { (self.nom) ", " span class=(classe) { (self.prenom) } span class="nom-civilite" { " (" (self.civilite) ")" } }
    }

    /// Permanent chip of a homonym.
    pub fn puce_homonyme(&self) -> Option<Puce> {
        self.homonyme.as_ref().map(|ou| Puce::new(Etat::ASurveiller, format!("Homonyme : aussi {ou}")).icone(Icone::Users))
    }

    /// Photo or initials.
    pub fn image(&self, taille: Taille) -> Photo {
        Photo::new(&self.nom, &self.prenom).source(self.photo.as_deref()).taille(taille)
    }
}

/// Banner of the resident on screen.
#[derive(Debug, Clone)]
pub struct BandeauResident {
    identite: Identite,
    ins: StatutIns,
    allergies: Allergies,
    gir: Option<u8>,
    presence: String,
    puces: Vec<Puce>,
    actions: Option<Markup>,
    cloture: Option<String>,
    avec_identite: bool,
    avec_alertes: bool,
}

impl BandeauResident {
    /// A banner; `gir` is 1 to 6, `None` when not evaluated.
    pub fn new(identite: Identite, ins: StatutIns, allergies: Allergies, gir: Option<u8>) -> Self {
        Self {
            identite,
            ins,
            allergies,
            gir,
            presence: String::new(),
            puces: Vec::new(),
            actions: None,
            cloture: None,
            avec_identite: true,
            avec_alertes: true,
        }
    }

    /// « présente depuis 3 ans ».
    #[must_use]
    pub fn presence(mut self, presence: impl Into<String>) -> Self {
        self.presence = presence.into();
        self
    }

    /// Adds an alert chip; five are shown, the others unfold in place.
    #[must_use]
    pub fn puce(mut self, puce: Puce) -> Self {
        self.puces.push(puce);
        self
    }

    /// Buttons on the right: Urgence, neighbours.
    #[must_use]
    pub fn actions(mut self, actions: Markup) -> Self {
        self.actions = Some(actions);
        self
    }

    /// The reader may not know birth, age, sex, INS: they are left out, never shown as missing.
    #[must_use]
    pub const fn sans_identite(mut self) -> Self {
        self.avec_identite = false;
        self
    }

    /// The reader may not know allergies, GIR, chips: they are left out, never shown as missing.
    #[must_use]
    pub const fn sans_alertes(mut self) -> Self {
        self.avec_alertes = false;
        self
    }

    /// Deceased or discharged, in words: « Décédée le 3 nov. 2026. Écriture close. »
    #[must_use]
    pub fn cloture(mut self, mots: impl Into<String>) -> Self {
        self.cloture = Some(mots.into());
        self
    }

    fn traits(&self) -> Markup {
        let qui = &self.identite;
        let accord = if qui.sexe == "féminin" { "née le" } else { "né le" };
        let chambre = if qui.chambre.is_empty() { "sans chambre".to_owned() } else { format!("ch.\u{a0}{}", qui.chambre) };
        html! {
            ul class="traits" {
                @if self.avec_identite {
                    li { (accord) " " (qui.naissance) }
                    li { (qui.age) "\u{a0}ans" }
                    li { "sexe " (qui.sexe) }
                }
                li { strong { (chambre) } }
                @if self.avec_identite { (self.ins.render()) }
                @if self.avec_alertes { li { @if let Some(gir) = self.gir { "GIR\u{a0}" (gir) } @else { "GIR non évalué" } } }
                @if !self.presence.is_empty() { li { (self.presence) } }
            }
        }
    }

    fn alertes(&self) -> Markup {
        let reste = self.puces.len().saturating_sub(5);
        html! {
            div class="bandeau-resident-alertes" {
                @if self.avec_alertes { (self.allergies) }
                @if let Some(puce) = self.identite.puce_homonyme() { (puce) }
                @for puce in self.puces.iter().take(5) { (puce) }
                @if reste > 0 {
                    details {
                        summary class="puce puce--nombre" { "+" (reste) span class="lecteur" { " autres alertes" } }
                        @for puce in self.puces.iter().skip(5) { (puce) }
                    }
                }
            }
        }
    }

    /// Draws the banner.
    pub fn render(&self) -> Markup {
        let qui = &self.identite;
        let classe = if self.cloture.is_some() { "bandeau-resident bandeau-resident--clos" } else { "bandeau-resident" };
        html! {
            section class=(classe) aria-label=(format!("Résident : {} {}", qui.prenom, qui.nom)) {
                @if let Some(mots) = &self.cloture { p class="bandeau-resident-cloture" { (mots) } }
                span class="bandeau-resident-photo" { (qui.image(Taille::Grande)) }
                div class="bandeau-resident-corps" {
                    p class="bandeau-resident-nom" { a href=(qui.href) { (qui.nom_complet()) } }
                    (self.traits())
                }
                @if let Some(actions) = &self.actions { div class="bandeau-resident-actions" { (actions) } }
                (self.alertes())
            }
            div class="bandeau-rappel" aria-hidden="true" {
                div {
                    p class="bandeau-resident-nom" { (qui.nom_complet()) }
                    (self.traits())
                    @if self.avec_alertes { (self.allergies) }
                }
            }
        }
    }
}

rendu!(BandeauResident);
