//! The transmissions of one person, by target.

use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::store::Stored;
use ui::Icone;
use ui::bloc::Bloc;
use ui::boutons::{Bouton, boutons};
use ui::champs::{Case, ZoneTexte, cache};
use ui::puces::{Etat, Puce};
use ui::vide::{vide_bon, vide_depart};

use super::ligne::{Options, ligne};
use super::{Regard, compte, puce_theme};
use crate::cible::Cible;
use crate::lecture::PriseDeConnaissance;
use crate::model::{EtatCible, Transmission};
use crate::themes;

/// A target and its thread, newest first.
pub(crate) struct FilDeCible {
    pub(crate) cible: Cible,
    pub(crate) fil: Vec<Stored<Transmission>>,
}

/// What the page shows.
pub(crate) struct Dossier<'a> {
    pub(crate) usager: UsagerId,
    pub(crate) cibles: Vec<FilDeCible>,
    /// Notes alone, newest first.
    pub(crate) notes: Vec<Stored<Transmission>>,
    pub(crate) prises: &'a [Stored<PriseDeConnaissance>],
    pub(crate) peut_ecrire: bool,
    /// A fresh id a target, for its form.
    pub(crate) ids: Vec<String>,
    /// Days shown; older ones by a link.
    pub(crate) jours: i64,
}

fn lignes<'a>(regard: &Regard<'_>, vue: &'a Dossier<'_>, fil: &'a [Stored<Transmission>], sans_theme: bool) -> Markup {
    html! {
        ol class="journal" role="list" {
            @for lue in fil {
                @let prises = vue.prises.iter().filter(|prise| prise.transmission == lue.id).map(|prise| &prise.value).collect();
                (ligne(regard, lue, &Options { sans_theme, avec_jour: true, lien: true, prises, ..Options::default() }))
            }
        }
    }
}

/// The chip of the state of a target.
pub(crate) fn puce_etat(regard: &Regard<'_>, cible: &Cible) -> Puce {
    match (cible.etat, cible.a_revoir) {
        (EtatCible::Ouverte, Some(le)) => {
            Puce::new(Etat::EnAttente, format!("résultat attendu {}", regard.echeance(le))).icone(Icone::Clock)
        }
        (EtatCible::Ouverte, None) => Puce::new(Etat::EnAttente, "résultat attendu").icone(Icone::CircleDashed),
        (EtatCible::Close, _) => Puce::new(Etat::Fait, "close"),
        (_, _) => Puce::new(Etat::Info, "suivie"),
    }
}

fn suite(vue: &Dossier<'_>, cible: &Cible, id: &str) -> Markup {
    html! {
        details class="depliant" {
            summary { "Écrire le résultat" span class="lecteur" { " de la cible " (themes::libelle(&cible.theme)) } }
            form class="formulaire" method="post" action=(format!("/residents/{}/cibles/{}", vue.usager, cible.fil)) {
                (cache("id", id))
                (ZoneTexte::new(format!("resultat-{}", cible.fil), "Résultat").lignes(2).sans_mention())
                (Case::new(format!("clore-{}", cible.fil), "La cible est close : il n'y a plus rien à suivre"))
                (boutons(&html! {
                    (Bouton::envoyer("Enregistrer le résultat").principal())
                    (Bouton::lien("Écrire plus", format!("/transmissions/nouvelle?resident={}&cible={}", vue.usager, cible.fil)).discret())
                }))
            }
        }
    }
}

fn ouverte(regard: &Regard<'_>, vue: &Dossier<'_>, fil: &FilDeCible, id: &str) -> Markup {
    let cible = &fil.cible;
    let (tete, reste) = fil.fil.split_at(fil.fil.len().min(2));
    let depuis = format!("depuis {}", regard.quand(cible.ouverte_le));
    let corps = html! {
        (ui::puces::puces(&[puce_etat(regard, cible), Puce::neutre(depuis)]))
        (lignes(regard, vue, tete, true))
        @if !reste.is_empty() {
            details class="depliant" { summary { (compte(u64::try_from(reste.len()).unwrap_or(0), "plus ancienne", "plus anciennes")) } (lignes(regard, vue, reste, true)) }
        }
        @if vue.peut_ecrire { (suite(vue, cible, id)) }
    };
    let icone = themes::get(&cible.theme).map_or(Icone::ListChecks, themes::Theme::icone);
    let bloc = Bloc::new(themes::libelle(&cible.theme), corps).id(format!("cible-{}", cible.fil)).icone(icone);
    html! { (bloc) }
}

fn close(regard: &Regard<'_>, vue: &Dossier<'_>, fil: &FilDeCible) -> Markup {
    let cible = &fil.cible;
    html! {
        details class="depliant" id=(format!("cible-{}", cible.fil)) {
            summary {
                strong { (themes::libelle(&cible.theme)) } " " span class="secondaire" { "close " (regard.quand(cible.derniere_le)) " · " (cible.phrase) }
            }
            (lignes(regard, vue, &fil.fil, true))
        }
    }
}

/// Draws the page's content.
pub(crate) fn dossier(regard: &Regard<'_>, vue: &Dossier<'_>) -> Markup {
    let (ouvertes, closes): (Vec<_>, Vec<_>) = vue.cibles.iter().zip(&vue.ids).partition(|(fil, _)| fil.cible.etat.vivante());
    let base = format!("/residents/{}/transmissions", vue.usager);
    html! {
        @if vue.cibles.is_empty() && vue.notes.is_empty() {
            @let ecrire = Bouton::lien("Écrire la première transmission", format!("/transmissions/nouvelle?resident={}", vue.usager)).principal();
            (vide_depart(Icone::MessageSquare, &format!("Pas de transmission depuis {} jours.", vue.jours), vue.peut_ecrire.then_some(&ecrire)))
        } @else if ouvertes.is_empty() {
            (vide_bon("Aucune cible ouverte."))
        }
        @for (fil, id) in &ouvertes { (ouverte(regard, vue, fil, id)) }
        @if !vue.notes.is_empty() {
            (Bloc::new("Autres transmissions", lignes(regard, vue, &vue.notes, false)).icone(Icone::MessageSquare))
        }
        @if !closes.is_empty() {
            (Bloc::new("Cibles closes", html! { @for (fil, _) in &closes { (close(regard, vue, fil)) } }).icone(Icone::Archive).calme())
        }
        p class="sans-impression" {
            "Transmissions des " (vue.jours) " derniers jours, cibles ouvertes comprises. "
            a href=(format!("{base}?jours={}", vue.jours * 4)) { "Remonter plus loin" } " · "
            a href=(format!("/transmissions?resident={}", vue.usager)) { "Chercher dans toutes ses transmissions" }
        }
    }
}

/// The page of one transmission: itself, who took note, what it replaced.
pub(crate) fn une(
    regard: &Regard<'_>,
    lue: &Stored<Transmission>,
    anciennes: &[Stored<Transmission>],
    prises: Vec<&PriseDeConnaissance>,
    actions: Markup,
) -> Markup {
    let options = Options { avec_jour: true, prises, actions: Some(actions), ..Options::default() };
    html! {
        (Bloc::new("Transmission", html! { ol class="journal" role="list" { (ligne(regard, lue, &options)) } }).icone(Icone::MessageSquare))
        @if !anciennes.is_empty() {
            (Bloc::new("Versions précédentes", super::ligne::versions(regard, anciennes)).icone(Icone::History))
        }
    }
}

/// The open targets of a person, for the synthesis of the record: awaited first, five at most.
pub(crate) fn bloc_cibles(regard: &Regard<'_>, usager: UsagerId, cibles: &[Cible], peut_ecrire: bool) -> Markup {
    let base = format!("/residents/{usager}/transmissions");
    let corps = html! {
        @if cibles.is_empty() { (vide_bon("Aucune cible ouverte.")) }
        @else {
            ul class="liste-simple" role="list" {
                @for cible in cibles.iter().take(5) {
                    li {
                        (ui::puces::puces(&[puce_theme(&cible.theme), puce_etat(regard, cible)]))
                        p { a href=(format!("{base}#cible-{}", cible.fil)) { (cible.phrase) } " " span class="secondaire" { (regard.quand(cible.derniere_le)) } }
                    }
                }
            }
        }
    };
    let pied = html! {
        (Bouton::lien("Toutes les transmissions", base.clone()).petit().discret())
        @if peut_ecrire { (Bouton::lien("Écrire", format!("/transmissions/nouvelle?resident={usager}")).petit().icone(Icone::Pencil)) }
    };
    let bloc = Bloc::new("Cibles ouvertes", corps).icone(Icone::MessageSquare).pied(pied);
    html! { @if cibles.is_empty() { (bloc.calme()) } @else { (bloc) } }
}
