//! Somebody to be found fast, and what is in progress.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kernel::id::UsagerId;
use maud::{Markup, html};
use sejours::Resident;
use ui::Icone;
use ui::bloc::{Bloc, EntetePage};
use ui::liste::{Ligne, liste};
use ui::puces::{Etat, Puce};

/// An emergency in progress.
pub(crate) struct EnCours<'a> {
    pub resident: &'a Resident,
    pub debut: Timestamp,
    pub motif: Option<String>,
}

/// The page: those in progress, then everybody, filtered as one types a room or a name.
pub(crate) fn page(
    residents: &[Resident],
    en_cours: &[EnCours<'_>],
    lane: &str,
    fuseau: &TimeZone,
    adresse: impl Fn(UsagerId) -> String,
) -> Markup {
    let nom = |resident: &Resident| resident.usager.nom_complet();
    let ouvertes: Vec<Ligne> = en_cours
        .iter()
        .map(|urgence| {
            let motif = urgence.motif.clone().unwrap_or_else(|| "motif non dit".into());
            Ligne::new(nom(urgence.resident))
                .detail(format!(
                    "ch. {}, depuis {}",
                    urgence.resident.sejour.chambre_libelle,
                    kernel::dates::heure_levee(urgence.debut, fuseau)
                ))
                .puce(Puce::new(Etat::Danger, motif))
                .lien(adresse(urgence.resident.id()))
        })
        .collect();
    html! {
        (EntetePage::new("Urgence").phrase("Tapez une chambre ou un nom. Sur le dossier d'une personne, le bouton Urgence ouvre sa fiche."))
        @if !ouvertes.is_empty() { (Bloc::new("En cours", liste(&ouvertes)).icone(Icone::Siren).alerte().suivre(lane, "/urgence", false)) }
        div class="champ" {
            label class="champ-libelle" for="urgence-qui" { "Chambre ou nom" }
            input class="saisie" id="urgence-qui" type="search" data-filtre="#urgence-liste" autocomplete="off" autofocus;
        }
        ul class="urgence-liste" id="urgence-liste" {
            @for resident in residents {
                @let chambre = &resident.sejour.chambre_libelle;
                li data-cherche=(format!("{} {chambre}", nom(resident))) {
                    a href=(adresse(resident.id())) { strong { @if chambre.is_empty() { "–" } @else { (chambre) } } span { (nom(resident)) } }
                }
            }
        }
    }
}
