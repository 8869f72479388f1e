//! Tabs of a record: the same everywhere, in the same order, without those which may not be read.

use maud::Markup;
use platform::acces::{Categorie, DossierOuvert, Droit};
use ui::Icone;
use ui::onglets::Onglets;

/// A tab: label, end of the address, icon, and the families of data any of which opens it.
type Onglet = (&'static str, &'static str, Icone, &'static [Categorie]);

const ONGLETS: [Onglet; 12] = [
    ("Synthèse", "", Icone::LayoutGrid, &[Categorie::Presence]),
    ("Soins", "/soins", Icone::ListChecks, &[Categorie::Soins]),
    ("Transmissions", "/transmissions", Icone::MessageSquare, &[Categorie::Transmissions]),
    ("Constantes", "/constantes", Icone::Activity, &[Categorie::Constantes]),
    ("Médical", "/medical", Icone::Stethoscope, &[Categorie::Medical]),
    ("Journée", "/journee", Icone::CalendarDays, &[Categorie::Soins]),
    ("Vie", "/vie", Icone::Heart, &[Categorie::Vie]),
    ("Identité", "/identite", Icone::BadgeCheck, &[Categorie::Identite]),
    ("Entourage", "/contacts", Icone::Users, &[Categorie::Administratif]),
    ("Séjour", "/sejour", Icone::BedSingle, &[Categorie::Presence]),
    ("Documents", "/documents", Icone::FileText, &[Categorie::Documents]),
    ("Historique", "/historique", Icone::History, &[Categorie::Journal]),
];

/// Draws the tabs of an opened record; `actuel` is the address of the current page.
///
/// A tab whose family of data may not be read is absent, not greyed: its very existence may tell something.
pub fn onglets<D: Droit>(dossier: &DossierOuvert<D>, actuel: &str) -> Markup {
    let base = format!("/residents/{}", dossier.usager());
    let lisibles = ONGLETS.iter().filter(|(.., categories)| categories.iter().any(|categorie| dossier.peut_lire(*categorie)));
    lisibles
        .fold(Onglets::new("Dossier", actuel), |onglets, (libelle, fin, icone, _)| {
            onglets.onglet(*libelle, format!("{base}{fin}")).icone(*icone)
        })
        .render()
}
