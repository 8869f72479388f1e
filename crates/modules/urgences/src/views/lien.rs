//! Reading links: given and followed by the team, opened outside.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kernel::dates::date_heure;
use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::acces::{LectureDlu, Moyen};
use platform::store::Stored;
use ui::alerte::{Alerte, Nature};
use ui::bloc::{Bloc, EntetePage};
use ui::boutons::{Bouton, boutons};
use ui::champs::Texte;
use ui::vide::vide_bon;
use ui::{Icone, Page};

use crate::lien::Lien;

/// The links given for a person, the new one first with its address.
pub(crate) fn liens(
    usager: UsagerId,
    (liens, lectures): (&[Stored<Lien>], &[Stored<LectureDlu>]),
    nouveau: Option<&str>,
    (now, fuseau): (Timestamp, &TimeZone),
    peut: bool,
) -> Markup {
    let base = format!("/residents/{usager}/dlu");
    html! {
        (EntetePage::new("Liens de lecture du DLU").phrase("Pour le régulateur ou l'équipage : 48 heures, l'année de naissance est demandée, chaque ouverture est inscrite.").parent("DLU", base.clone()))
        @if let Some(adresse) = nouveau {
            (Alerte::new(Nature::Succes, "Lien créé. Dictez-le ou copiez-le maintenant : il ne sera plus montré.").corps(html! { p { a href=(adresse) { (adresse) } } }))
        }
        @if peut { form method="post" action=(format!("{base}/liens")) { (boutons(&html! { (Bouton::envoyer("Donner un lien").principal().icone(Icone::Link)) })) } }
        @if liens.is_empty() { (vide_bon("Aucun lien donné.")) }
        @for lien in liens { (un(&base, lien, (now, fuseau), peut)) }
        @if !lectures.is_empty() { (Bloc::new("Lu par un lecteur extérieur", html! { ul { @for lue in lectures { li { (lecture_nommee(lue, fuseau)) } } } })) }
    }
}

/// « 03:12 le 21 nov., SAMU 63 » with its end: who read by an account of another organisation.
fn lecture_nommee(lue: &LectureDlu, fuseau: &TimeZone) -> String {
    let moyen = if lue.moyen == Moyen::Lien { "par le lien de l'appel" } else { "retrouvé par son identité" };
    format!("{}, {}, {moyen}, jusqu'au {}", lue.nom, date_heure(lue.ouverte_le, fuseau), date_heure(lue.expire_le, fuseau))
}

fn un(base: &str, lien: &Stored<Lien>, (now, fuseau): (Timestamp, &TimeZone), peut: bool) -> Markup {
    let ouvert = lien.ouvert(now);
    let etat = match &lien.revoque_par {
        Some(par) => format!("fermé par {par}"),
        None if ouvert => format!("ouvert jusqu'au {}", date_heure(lien.expire_le, fuseau)),
        None if now < lien.expire_le => "fermé après cinq années de naissance fausses".into(),
        None => "expiré".into(),
    };
    let corps = html! {
        p { "Donné par " (lien.donne_par) ", " (etat) "." }
        @if lien.lectures.is_empty() { p { "Jamais ouvert." } }
        @else { p { "Ouvert : " (lien.lectures.iter().map(|instant| date_heure(*instant, fuseau)).collect::<Vec<_>>().join(", ")) "." } }
        @if lien.essais > 0 { p { (lien.essais) " essai" @if lien.essais > 1 { "s" } " avec une année fausse." } }
        @if ouvert && peut {
            form method="post" action=(format!("{base}/liens/{}/revocation", lien.id)) { (Bouton::envoyer("Fermer ce lien").petit().danger()) }
        }
    };
    Bloc::new(date_heure(lien.donne_le, fuseau), corps).render()
}

/// Asks for the year of birth.
pub(crate) fn demande(chemin: &str, faux: bool) -> Markup {
    let erreur = faux.then_some("Cette année n'est pas celle de la personne. Au cinquième essai faux, le lien se ferme.");
    Page::seule("Document de liaison d'urgence")
        .contenu(html! {
            (EntetePage::new("Document de liaison d'urgence").phrase("Réservé aux professionnels qui prennent la personne en charge. Cette ouverture est inscrite et l'établissement la voit."))
            form class="formulaire" method="post" action=(chemin) {
                (Texte::new("annee", "Année de naissance de la personne").erreur(erreur).requis().court().chiffres().maximum(4).completion("off"))
                (boutons(&html! { (Bouton::envoyer("Ouvrir le document").principal()) }))
            }
        })
        .render()
}

/// The link does not open, whatever the reason.
pub(crate) fn ferme() -> Markup {
    Page::seule("Lien fermé")
        .contenu(html! {
            (EntetePage::new("Ce lien ne s'ouvre pas"))
            (Alerte::new(Nature::Attention, "Il a expiré, il a été fermé, ou son adresse est incomplète. Appelez l'établissement : il peut en donner un autre."))
        })
        .render()
}

/// The document, for who holds the link.
pub(crate) fn lecture(corps: &Markup) -> Markup {
    Page::seule_large("Document de liaison d'urgence").contenu(corps.clone()).render()
}
