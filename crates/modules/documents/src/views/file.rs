//! The queue of receptions: what waits and why, what was settled and how.

use jiff::tz::TimeZone;
use maud::{Markup, html};
use platform::store::Stored;
use ui::Icone;
use ui::bloc::{Bloc, Chiffre, EntetePage, chiffres, pile};
use ui::boutons::Bouton;
use ui::puces::{Etat, Puce};
use ui::tableau::Tableau;
use ui::vide::vide_bon;

use crate::erreurs_cda;
use crate::ouvrables::Ouvrables;
use crate::pages::FiltreFile;
use crate::reception::{Attente, EtatReception, Reception};

const ADRESSE: &str = "/liaisons/reception";

/// The page.
pub(crate) fn page(
    (attente, traites, ouvrables): (&[Stored<Reception>], &[Stored<Reception>], &Ouvrables),
    filtre: &FiltreFile,
    fuseau: &TimeZone,
    lane: &str,
) -> Markup {
    let comptes: Vec<Chiffre> = Attente::TOUTES
        .into_iter()
        .filter_map(|raison| {
            let nombre = attente.iter().filter(|lue| lue.etat.attente() == Some(raison)).count();
            (nombre > 0)
                .then(|| Chiffre::new(nombre.to_string(), raison.libelle()).lien(format!("{ADRESSE}?raison={}", raison.code())))
        })
        .collect();
    html! {
        (EntetePage::new("Documents reçus").phrase("Un document se classe seul quand l'INS est qualifié et que les cinq traits d'identité sont les mêmes. Les autres attendent ici."))
        @if !comptes.is_empty() { (chiffres(&comptes)) }
        (pile(&html! {
            (Bloc::new("À classer", en_attente(attente, filtre, fuseau)).icone(Icone::Inbox).suivre(lane, ADRESSE, true))
            (Bloc::new("Traités", deja((traites, ouvrables), filtre, fuseau)).icone(Icone::Archive))
        }))
    }
}

fn qui(reception: &Reception) -> String {
    let patient = reception.apercu.as_ref().and_then(|apercu| apercu.patient.as_ref());
    patient
        .map(|patient| patient.nom_affiche.clone())
        .filter(|nom| !nom.is_empty())
        .unwrap_or_else(|| "identité absente".to_owned())
}

fn quoi(reception: &Reception) -> String {
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

fn en_attente(attente: &[Stored<Reception>], filtre: &FiltreFile, fuseau: &TimeZone) -> Markup {
    let mut tableau = Tableau::new("Documents à classer, les plus anciens d'abord")
        .legende_cachee()
        .colonne("Document")
        .colonne("Au nom de")
        .colonne("Reçu")
        .colonne("Pourquoi il attend")
        .colonne("Agir");
    let mut montres = 0;
    for lue in attente {
        let Some(raison) = lue.etat.attente() else { continue };
        if !filtre.raison.is_empty() && filtre.raison != raison.code() {
            continue;
        }
        montres += 1;
        let adresse = format!("{ADRESSE}/{}", lue.id);
        tableau = tableau.ligne([
            html! { a href=(adresse) { (quoi(lue)) } },
            html! { (qui(lue)) },
            html! { (kernel::dates::date_heure(lue.recue_le, fuseau)) @if !lue.canal.emetteur.is_empty() { " · " (lue.canal.emetteur) } },
            html! { (Puce::new(etat_de(raison), raison.libelle())) " " span class="secondaire" { (phrase(&lue.etat)) } },
            html! { (Bouton::lien("Comparer et classer", adresse.clone()).petit().precision(quoi(lue))) },
        ]);
    }
    html! {
        @if !filtre.raison.is_empty() { p { (montres) " sur " (attente.len()) ". " a href=(ADRESSE) { "Voir tous les documents à classer" } } }
        (tableau.si_vide(vide_bon("Aucun document n'attend.")))
    }
}

fn etat_de(raison: Attente) -> Etat {
    match raison {
        Attente::NonAnalysee => Etat::EnAttente,
        Attente::Illisible | Attente::MemeIdentifiant => Etat::ARevoir,
        _ => Etat::ASurveiller,
    }
}

fn deja((traites, ouvrables): (&[Stored<Reception>], &Ouvrables), filtre: &FiltreFile, fuseau: &TimeZone) -> Markup {
    let montres = if filtre.vue == "traites" { traites.len() } else { 10 };
    let mut tableau = Tableau::new("Documents traités, les plus récents d'abord")
        .legende_cachee()
        .dense()
        .colonne("Document")
        .colonne("Au nom de")
        .colonne("Reçu")
        .colonne("Suite donnée");
    for lue in traites.iter().take(montres) {
        tableau = tableau.ligne([
            html! { a href=(format!("{ADRESSE}/{}", lue.id)) { (quoi(lue)) } },
            html! { (qui(lue)) },
            html! { (kernel::dates::date_heure(lue.recue_le, fuseau)) },
            suite(&lue.etat, ouvrables.contains(&lue.id)),
        ]);
    }
    html! {
        (tableau.si_vide(html! { p class="secondaire" { "Aucun document traité pour l'instant." } }))
        @if traites.len() > montres { p { a href=(format!("{ADRESSE}?vue=traites")) { "Voir les " (traites.len()) " derniers" } } }
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
