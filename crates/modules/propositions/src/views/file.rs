//! The queue: who has lines to look at, the oldest first.

use jiff::Timestamp;
use maud::{Markup, html};
use ui::bloc::{Chiffre, EntetePage, chiffres};
use ui::boutons::Bouton;
use ui::champs::{Liste, Texte};
use ui::filtres::Filtres;
use ui::puces::{Etat as EtatPuce, Puce};
use ui::tableau::Tableau;
use ui::vide::vide_bon;

use crate::file::{Attente, Filtre};

/// What the page shows.
pub(crate) struct Ecran<'a> {
    pub attentes: &'a [Attente],
    /// Lines which wait, whatever is looked for.
    pub lignes: usize,
    pub filtre: &'a Filtre,
    pub lane: &'a str,
    pub now: Timestamp,
    pub peut: bool,
}

const QUOI: [(&str, &str); 6] = [
    ("", "Tout"),
    ("traitements", "Traitements"),
    ("allergies", "Allergies"),
    ("resultats", "Résultats et constantes"),
    ("autres", "Autres lignes"),
    ("a_lire", "Documents à lire soi-même"),
];

/// The page.
pub(crate) fn page(ecran: &Ecran<'_>) -> Markup {
    let filtre = ecran.filtre;
    let mut filtres = Filtres::new("/propositions")
        .champ(Texte::new("q", "Résident ou document").valeur(&filtre.q).completion("off").sans_mention().render())
        .champ(Liste::new("quoi", "Ce qui attend").choix(QUOI).valeur(&filtre.quoi).sans_mention().render())
        .compte(ecran.attentes.len(), "document", "documents");
    if !filtre.q.is_empty() {
        filtres = filtres.actif(&filtre.q, "/propositions");
    }
    let traitements: usize = ecran.attentes.iter().map(|attente| attente.comptes[0]).sum();
    html! {
        (EntetePage::new("Lignes des documents reçus").phrase("Ce que les documents reçus proposent d'ajouter aux dossiers. Rien n'y entre sans qu'une personne l'accepte."))
        (chiffres(&[Chiffre::new(ecran.lignes.to_string(), "lignes à regarder"), Chiffre::new(traitements.to_string(), "sur des traitements affichés")]))
        (filtres)
        div data-liste=(ecran.lane) {
            @if ecran.attentes.is_empty() { (vide_bon("Aucune ligne n'attend.")) } @else { (tableau(ecran)) }
        }
    }
}

fn tableau(ecran: &Ecran<'_>) -> Markup {
    let tableau = Tableau::new("Documents dont des lignes attendent")
        .legende_cachee()
        .colonne("Résident")
        .colonne("Document")
        .colonne("Depuis")
        .colonne("Lignes")
        .colonne("Que faire");
    let tableau = ecran.attentes.iter().fold(tableau, |tableau, attente| tableau.ligne(rangee(ecran, attente)));
    html! { (tableau) }
}

fn rangee(ecran: &Ecran<'_>, attente: &Attente) -> [Markup; 5] {
    let adresse = format!("/residents/{}/propositions?document={}", attente.usager, attente.source.document);
    let verbe = if ecran.peut { "Traiter" } else { "Lire" };
    [
        html! { a href=(format!("/residents/{}", attente.usager)) { (attente.nom) } },
        html! { (attente.source.phrase()) },
        html! { (kernel::dates::il_y_a(ecran.now.duration_since(attente.depuis))) },
        html! {
            div class="pile" {
                @if attente.total() > 0 { span { (comptes(attente)) } }
                @if let Some(phrase) = &attente.avertissement { span { (Puce::new(EtatPuce::ASurveiller, phrase.clone())) } }
            }
        },
        html! { (Bouton::lien(verbe, adresse).petit().precision(format!("{} de {}", attente.source.titre, attente.nom))) },
    ]
}

fn comptes(attente: &Attente) -> String {
    let noms = [("traitement", "traitements"), ("allergie", "allergies"), ("résultat", "résultats"), ("autre", "autres")];
    let dits = attente.comptes.iter().zip(noms).filter(|(nombre, _)| **nombre > 0);
    dits.map(|(nombre, (un, plusieurs))| format!("{nombre} {}", if *nombre == 1 { un } else { plusieurs }))
        .collect::<Vec<_>>()
        .join(", ")
}
