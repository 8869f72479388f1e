//! One episode: what, when, where, its timeline, its documents.

use documents::Lu;
use jiff::Timestamp;
use jiff::ToSpan;
use jiff::tz::TimeZone;
use kernel::dates::{date_courte, date_heure, jour_local};
use kernel::id::UsagerId;
use maud::{Markup, html};
use ui::Icone;
use ui::bloc::Bloc;
use ui::frise::{Fait, frise};
use ui::liste::Fiche;

use crate::annonce::Sorte;
use crate::episode::{Episode, EtatEpisode};
use crate::mouvement::Etape;
use crate::views::puce;

/// Letters come after the end of a stay: a document of the days after belongs to it.
const JOURS_APRES: i64 = 8;

/// What drawing an episode needs.
pub(crate) struct Ecran<'a> {
    pub usager: UsagerId,
    pub documents: &'a [Lu],
    /// The ward may be shown.
    pub service: bool,
    pub now: Timestamp,
    pub fuseau: &'a TimeZone,
}

/// The block of an episode.
pub(crate) fn bloc(ecran: &Ecran<'_>, episode: &Episode) -> Markup {
    let quand = |instant: Timestamp| date_heure(instant, ecran.fuseau);
    let entree = match (episode.entree_connue(), episode.etat()) {
        (true, EtatEpisode::Prevu) => ("Entrée prévue", quand(episode.debut())),
        (true, _) => ("Entrée", quand(episode.debut())),
        (false, _) => ("Entrée", format!("non annoncée ; connue depuis le {}", quand(episode.debut()))),
    };
    let mut fiche = Fiche::new().ligne(entree.0, entree.1);
    let dites = [
        ("Sortie", episode.fin().map(quand)),
        ("Sortie prévue", episode.sortie_prevue().filter(|_| episode.fin().is_none()).map(quand)),
        ("Retour de permission prévu", episode.retour_prevu().map(quand)),
        ("Nature", episode.classe().filter(|_| ecran.service).map(|classe| classe.libelle().to_owned())),
        ("Service", episode.service().filter(|_| ecran.service).map(str::to_owned)),
        ("Motif", episode.motif().map(str::to_owned)),
        ("Destination", episode.vers().map(str::to_owned)),
        ("Numéro de séjour", episode.venue.clone()),
    ];
    for (nom, valeur) in dites {
        if let Some(valeur) = valeur {
            fiche = fiche.ligne(nom, valeur);
        }
    }
    let corps = html! {
        p { (puce(episode)) }
        (fiche)
        h3 { "Ce que l'hôpital a annoncé" }
        (frise(&episode.etapes.iter().map(|etape| fait(ecran, etape)).collect::<Vec<_>>()))
        (documents(ecran, episode))
    };
    Bloc::new(episode.hopital.nom.clone(), corps).icone(Icone::Hospital).render()
}

fn fait(ecran: &Ecran<'_>, etape: &Etape) -> Fait {
    let quand = |instant: Timestamp| date_heure(instant, ecran.fuseau);
    let fait = Fait::new(quand(etape.le), etape.libelle());
    let detail = html! {
        @if let Some(service) = etape.service.as_ref().filter(|_| ecran.service) { p { (service) } }
        @if let Some(annulee) = etape.annulee_le {
            p { strong { @if etape.orpheline { "Annulation reçue sans l'annonce qu'elle annule" } @else { "Annulé par l'hôpital" } } ", le " (quand(annulee)) }
        }
        p class="secondaire" { "annoncé le " (quand(etape.annoncee_le)) }
    };
    let fait = fait.detail(detail);
    match etape.sorte {
        Sorte::Sortie if etape.deces && etape.tient() => fait.danger(),
        Sorte::Entree | Sorte::Sortie if etape.tient() => fait.jalon(),
        _ => fait,
    }
}

/// The documents of the days of the stay, those which came just after included.
fn documents(ecran: &Ecran<'_>, episode: &Episode) -> Markup {
    let jour = |instant| jour_local(instant, ecran.fuseau);
    let debut = jour(episode.debut());
    let fin = jour(episode.fin().unwrap_or(ecran.now));
    let fin = fin.checked_add(JOURS_APRES.days()).unwrap_or(fin);
    let siens: Vec<&Lu> =
        ecran.documents.iter().filter(|lu| lu.est_courant() && (debut..=fin).contains(&lu.date_document)).collect();
    html! {
        @if !siens.is_empty() {
            h3 { "Documents de ces jours" }
            ul { @for lu in siens {
                li { a href=(format!("/residents/{}/documents/{}", ecran.usager, lu.id)) { (lu.titre) } ", " (date_courte(lu.date_document))
                    @if !lu.auteur.is_empty() { ", " (lu.auteur) } }
            } }
        }
    }
}
