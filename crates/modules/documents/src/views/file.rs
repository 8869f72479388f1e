//! The queue of receptions: what waits and why, what was settled and how.

use jiff::tz::TimeZone;
use maud::{Markup, html};
use platform::store::Stored;
use ui::Icone;
use ui::bloc::{Bloc, Chiffre, EntetePage, chiffres, pile};
use ui::boutons::Bouton;
use ui::champs::{Liste, Texte};
use ui::filtres::Filtres;
use ui::pagination::Pagination;
use ui::puces::{Etat, Puce};
use ui::tableau::Tableau;
use ui::vide::vide_bon;

use crate::erreurs_cda;
use crate::file::{ADRESSE, Ecran, FiltreFile, PAR_PAGE};
use crate::reception::{Attente, EtatReception, Reception};

/// The page.
pub(crate) fn page(ecran: &Ecran<'_>) -> Markup {
    html! {
        (EntetePage::new("Documents reçus").phrase("Un document se classe seul quand l'INS est qualifié et que les cinq traits d'identité sont les mêmes. Les autres attendent ici."))
        @if ecran.filtre.traites() {
            (filtres(ecran, None))
            (Bloc::new("Traités", deja(ecran)).icone(Icone::Archive))
            p { a href=(ADRESSE) { "Revenir aux documents à classer" } }
        } @else {
            (comptes(ecran))
            (a_classer(ecran))
        }
    }
}

/// How many wait for each reason, of those the search keeps.
fn comptes(ecran: &Ecran<'_>) -> Markup {
    let vers = |raison: Attente| FiltreFile { raison: raison.code().to_owned(), ..ecran.filtre.clone() }.vers("");
    let comptes: Vec<Chiffre> = Attente::TOUTES
        .into_iter()
        .filter_map(|raison| {
            let nombre = ecran.attente.iter().filter(|lue| lue.etat.attente() == Some(raison)).count();
            (nombre > 0).then(|| Chiffre::new(nombre.to_string(), raison.libelle()).lien(vers(raison)))
        })
        .collect();
    html! { @if !comptes.is_empty() { (chiffres(&comptes)) } }
}

fn a_classer(ecran: &Ecran<'_>) -> Markup {
    let filtre = ecran.filtre;
    let garde = |lue: &&Stored<Reception>| {
        let raison = lue.etat.attente().map(Attente::code);
        raison.is_some() && (filtre.raison.is_empty() || raison == Some(filtre.raison.as_str()))
    };
    let gardes: Vec<&Stored<Reception>> = ecran.attente.iter().filter(garde).collect();
    let derniere = gardes.len().div_ceil(PAR_PAGE).max(1);
    let courante = usize::try_from(filtre.page).unwrap_or(1).clamp(1, derniere);
    let montres = gardes.iter().skip((courante - 1) * PAR_PAGE).take(PAR_PAGE);
    let numero = |page: usize| u32::try_from(page).unwrap_or(1);
    let ici = format!("{}{courante}", filtre.vers("page"));
    html! {
        (filtres(ecran, Some(gardes.len())))
        (pile(&html! {
            (Bloc::new("À classer", en_attente(montres, ecran.fuseau)).icone(Icone::Inbox).suivre(ecran.lane, ici, true))
            (Pagination::new(numero(courante), numero(derniere), filtre.vers("page")))
            (Bloc::new("Traités récemment", deja(ecran)).icone(Icone::Archive))
        }))
    }
}

fn filtres(ecran: &Ecran<'_>, total: Option<usize>) -> Markup {
    let filtre = ecran.filtre;
    let mut filtres = Filtres::new(ADRESSE).champ(
        Texte::new("q", "Chercher un document, un nom, un expéditeur")
            .valeur(filtre.q.clone())
            .sans_mention()
            .completion("off")
            .render(),
    );
    filtres = if filtre.traites() {
        filtres.garde("vue", "traites")
    } else {
        let raisons = Attente::TOUTES.map(|raison| (raison.code(), raison.libelle()));
        filtres.champ(
            Liste::new("raison", "Raison").sans_mention().invite("Toutes").choix(raisons).valeur(filtre.raison.clone()).render(),
        )
    };
    if let Some(total) = total {
        filtres = filtres.compte(total, "document à classer", "documents à classer");
    }
    if !filtre.q.is_empty() {
        filtres = filtres.actif(filtre.q.clone(), FiltreFile { q: String::new(), ..filtre.clone() }.vers(""));
    }
    if let Some(raison) = Attente::TOUTES.into_iter().find(|raison| raison.code() == filtre.raison && !filtre.traites()) {
        filtres = filtres.actif(raison.libelle(), FiltreFile { raison: String::new(), ..filtre.clone() }.vers(""));
    }
    filtres.render()
}

/// The name a file says it is about.
pub(crate) fn nom(reception: &Reception) -> Option<&str> {
    let patient = reception.apercu.as_ref().and_then(|apercu| apercu.patient.as_ref());
    patient.map(|patient| patient.nom_affiche.as_str()).filter(|nom| !nom.is_empty())
}

fn qui(reception: &Reception) -> &str {
    nom(reception).unwrap_or("identité absente")
}

pub(crate) fn quoi(reception: &Reception) -> String {
    let apercu = reception.apercu.as_ref();
    apercu
        .and_then(|apercu| apercu.titre.clone().or_else(|| apercu.type_libelle.clone()))
        .unwrap_or_else(|| reception.nom.clone())
}

/// The sentence of a reason, the reader's own when it gave one.
pub(super) fn phrase(etat: &EtatReception) -> &str {
    match etat {
        EtatReception::EnAttente { dit: Some(dit), .. } => dit,
        EtatReception::EnAttente { code: Some(code), .. } => erreurs_cda::phrase(code),
        autre => autre.attente().map_or("", Attente::phrase),
    }
}

fn en_attente<'a>(montres: impl Iterator<Item = &'a &'a Stored<Reception>>, fuseau: &TimeZone) -> Markup {
    let mut tableau = Tableau::new("Documents à classer, les plus anciens d'abord")
        .legende_cachee()
        .colonne("Document")
        .colonne("Au nom de")
        .colonne("Pourquoi il attend")
        .colonne("Agir");
    for lue in montres {
        let Some(raison) = lue.etat.attente() else { continue };
        let adresse = format!("{ADRESSE}/{}", lue.id);
        tableau = tableau.ligne([
            html! {
                a href=(adresse) { (quoi(lue)) }
                p class="secondaire" { "Reçu le " (kernel::dates::date_heure(lue.recue_le, fuseau)) @if !lue.canal.emetteur.is_empty() { ", de " (lue.canal.emetteur) } }
            },
            html! { (qui(lue)) },
            html! { (Puce::new(etat_de(raison), raison.libelle())) " " span class="secondaire" { (phrase(&lue.etat)) } },
            html! { (Bouton::lien("Comparer et classer", adresse.clone()).petit().precision(quoi(lue))) },
        ]);
    }
    tableau.si_vide(vide_bon("Aucun document n'attend.")).render()
}

fn etat_de(raison: Attente) -> Etat {
    match raison {
        Attente::NonAnalysee => Etat::EnAttente,
        Attente::Illisible | Attente::MemeIdentifiant => Etat::ARevoir,
        _ => Etat::ASurveiller,
    }
}

fn deja(ecran: &Ecran<'_>) -> Markup {
    let filtre = ecran.filtre;
    let mut tableau = Tableau::new("Documents traités, les plus récents d'abord")
        .legende_cachee()
        .dense()
        .colonne("Document")
        .colonne("Au nom de")
        .colonne("Reçu")
        .colonne("Suite donnée");
    for lue in &ecran.traites.lues {
        tableau = tableau.ligne([
            html! { a href=(format!("{ADRESSE}/{}", lue.id)) { (quoi(lue)) } },
            html! { (qui(lue)) },
            html! { (kernel::dates::date_heure(lue.recue_le, ecran.fuseau)) },
            suite(&lue.etat, ecran.ouvrables.contains(&lue.id)),
        ]);
    }
    let rien =
        if filtre.q.is_empty() { "Aucun document traité pour l'instant." } else { "Aucun document traité ne correspond." };
    html! {
        (tableau.si_vide(html! { p class="secondaire" { (rien) } }))
        @if let Some(suite) = &ecran.traites.suite {
            @if filtre.traites() {
                nav class="pagination" aria-label="Pages" { a rel="next" href=(format!("{}{suite}", filtre.vers("avant"))) { "Documents traités plus anciens" } }
            } @else {
                p { a href=(format!("{ADRESSE}?vue=traites")) { "Voir tous les documents traités" } }
            }
        }
    }
}

/// What became of a settled reception, with the way to the record for whom it opens.
pub(super) fn suite(etat: &EtatReception, ouvrable: bool) -> Markup {
    match etat {
        EtatReception::Classee { usager, document, automatique, par } => html! {
            (Puce::new(Etat::Fait, if *automatique { "classé automatiquement" } else { "classé" }))
            " " @if !automatique { "par " (par) " " }
            @if ouvrable { a href=(format!("/residents/{usager}/documents/{document}")) { "Ouvrir dans le dossier" } }
        },
        EtatReception::Doublon { de } => {
            html! { (Puce::new(Etat::Archive, "déjà reçu")) " " a href=(format!("{ADRESSE}/{de}")) { "Voir la première réception" } }
        }
        EtatReception::Rejetee { motif, par } => html! { (Puce::new(Etat::Refuse, "rejeté")) " par " (par) " : " (motif) },
        EtatReception::Ouverte { parties: 1 } => {
            html! { (Puce::new(Etat::Fait, "ouvert")) " le document qu'il contenait est traité à part" }
        }
        EtatReception::Ouverte { parties } => {
            html! { (Puce::new(Etat::Fait, "ouvert")) @if *parties == 1 { " le document qu'il contenait est traité à part" } @else { " les " (parties) " documents qu'il contenait sont traités à part" } }
        }
        EtatReception::Jointe => html! { (Puce::new(Etat::Archive, "copie lisible")) " gardée avec le document reçu" },
        EtatReception::Rattachee { envois } => html! {
            (Puce::new(Etat::Fait, "accusé rattaché")) " "
            @for (rang, (usager, envoi)) in envois.iter().enumerate() {
                @if rang > 0 { ", " } a href=(format!("/residents/{usager}/envois/{envoi}")) { "Voir l'envoi" }
            }
        },
        EtatReception::Appliquee { usager, dit } => html! {
            (Puce::new(Etat::Fait, "noté")) " " (dit) @if ouvrable { " " a href=(format!("/residents/{usager}/hospitalisations")) { "Voir le dossier" } }
        },
        EtatReception::Recue | EtatReception::Confiee { .. } | EtatReception::EnAttente { .. } => {
            html! { (Puce::new(Etat::EnAttente, "en attente")) }
        }
    }
}
