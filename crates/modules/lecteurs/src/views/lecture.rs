//! What a reader of another organisation sees.

use jiff::tz::TimeZone;
use kernel::dates::{date_heure, heure_levee};
use maud::{Markup, html};
use platform::acces::LectureDlu;
use platform::store::Stored;
use platform::web::{Champs, Erreurs};
use ui::Icone;
use ui::alerte::{Alerte, Nature};
use ui::bloc::{Bloc, EntetePage};
use ui::boutons::{Bouton, boutons};
use ui::champs::{Liste, Texte, ZoneTexte};
use ui::liste::{Ligne, liste};

use crate::forms::{POURQUOI, POURQUOI_LIEN};
use crate::motifs::{libelle, motifs};

/// What was tried, and what is told of it.
pub(crate) struct Essai<'a> {
    pub champs: &'a Champs,
    pub erreurs: &'a Erreurs,
    pub dit: Option<Alerte>,
}

/// Nobody, several, opposed, left: the same words.
pub(crate) fn rien(par_lien: bool) -> Alerte {
    if par_lien {
        return Alerte::new(Nature::Attention, "Ce lien ne s'ouvre pas.")
            .texte("Vérifiez l'adresse et l'année de naissance, ou demandez à l'établissement un autre lien.");
    }
    Alerte::new(Nature::Attention, "Ces éléments ne désignent pas une seule personne.")
        .texte("Vérifiez le nom et la date de naissance, ajoutez un prénom, ou appelez l'établissement : il peut donner un lien.")
}

/// The wait after several vain searches.
pub(crate) fn patience(secondes: u64) -> Alerte {
    let attente = if secondes < 60 { format!("{secondes} s") } else { format!("{} min", secondes.div_ceil(60)) };
    Alerte::new(Nature::Attention, format!("Plusieurs recherches n'ont rien donné. Attendez {attente} avant la suivante."))
        .texte("L'administration de la grappe en est avertie. Sans attendre : appelez l'établissement.")
}

/// The two ways to a document, then what is open.
pub(crate) fn formulaire(essai: &Essai<'_>, lectures: &[Stored<LectureDlu>], fuseau: &TimeZone) -> Markup {
    let phrase = "Le document de liaison d'urgence d'une personne que vous prenez en charge, pendant quatre heures. Votre nom, votre motif et chaque ouverture sont inscrits ; l'établissement et la personne les voient.";
    html! {
        (EntetePage::new("Lire un DLU").phrase(phrase))
        @if let Some(dit) = &essai.dit { (dit) }
        (essai.erreurs.resume())
        @if !lectures.is_empty() { (Bloc::new("Ouverts en ce moment", html! { (liste(&ouverts(lectures, fuseau))) }).icone(Icone::FileText)) }
        (Bloc::new("Par l'identité exacte", par_identite(essai)).icone(Icone::Search))
        (Bloc::new("Par le lien de l'appel", par_lien(essai)).icone(Icone::Link))
    }
}

fn ouverts(lectures: &[Stored<LectureDlu>], fuseau: &TimeZone) -> Vec<Ligne> {
    let ligne = |lue: &Stored<LectureDlu>| {
        Ligne::new(format!("Ouvert à {}, {}", heure_levee(lue.ouverte_le, fuseau), libelle(&lue.motif)))
            .detail(format!("jusqu'à {}", heure_levee(lue.expire_le, fuseau)))
            .lien(format!("/lecture/{}", lue.id))
    };
    lectures.iter().map(ligne).collect()
}

/// The motive: each of the two forms has fields of its own names, since a name is an anchor of the page.
fn pourquoi(essai: &Essai<'_>, (motif, precision): (&str, &str)) -> Markup {
    let (valeur, erreur) = (|nom: &str| essai.champs.texte(nom).to_owned(), |nom: &str| essai.erreurs.de(nom));
    html! {
        (Liste::new(motif, "Motif").invite("Choisir").choix(motifs().iter().cloned()).valeur(valeur(motif)).erreur(erreur(motif)).requis())
        (ZoneTexte::new(precision, "Précision").aide("Exigée pour une autre prise en charge.").valeur(valeur(precision)).erreur(erreur(precision)).maximum(300).sans_brouillon())
    }
}

fn par_identite(essai: &Essai<'_>) -> Markup {
    let (valeur, erreur) = (|nom: &str| essai.champs.texte(nom).to_owned(), |nom: &str| essai.erreurs.de(nom));
    html! {
        form class="formulaire" method="post" action="/lecture" {
            (Texte::new("nom", "Nom, en entier").aide("De naissance ou utilisé.").valeur(valeur("nom")).erreur(erreur("nom")).requis().maximum(100).completion("off"))
            (Texte::new("naissance", "Date de naissance").aide("Par exemple 12/04/1936.").valeur(valeur("naissance")).erreur(erreur("naissance")).requis().court().maximum(10).completion("off"))
            (Texte::new("prenom", "Prénom").aide("S'il est demandé.").valeur(valeur("prenom")).erreur(erreur("prenom")).maximum(100).completion("off"))
            (pourquoi(essai, POURQUOI))
            (boutons(&html! { (Bouton::envoyer("Ouvrir le document").principal().precision("par l'identité")) }))
        }
    }
}

fn par_lien(essai: &Essai<'_>) -> Markup {
    let (valeur, erreur) = (|nom: &str| essai.champs.texte(nom).to_owned(), |nom: &str| essai.erreurs.de(nom));
    html! {
        form class="formulaire" method="post" action="/lecture/lien" {
            (Texte::new("lien", "Adresse donnée par l'établissement").valeur(valeur("lien")).erreur(erreur("lien")).requis().maximum(300).completion("off"))
            (Texte::new("annee", "Année de naissance").valeur(valeur("annee")).erreur(erreur("annee")).requis().court().chiffres().maximum(4).completion("off"))
            (pourquoi(essai, POURQUOI_LIEN))
            (boutons(&html! { (Bouton::envoyer("Ouvrir le document").precision("par le lien")) }))
        }
    }
}

/// The document, under what it is opened for.
pub(crate) fn document(lecture: &Stored<LectureDlu>, corps: &Markup, fuseau: &TimeZone) -> Markup {
    let fin = date_heure(lecture.expire_le, fuseau);
    html! {
        (EntetePage::new("Document de liaison d'urgence").parent("Lire un DLU", "/lecture")
            .actions(html! { (Bouton::lien("PDF à imprimer", format!("/lecture/{}/pdf", lecture.id)).icone(Icone::Printer)) }))
        (Alerte::new(Nature::Info, format!("Ouvert jusqu'au {fin}, pour : {}.", libelle(&lecture.motif)))
            .texte("Vérifiez l'identité de la personne. L'établissement voit que vous lisez ce document."))
        (corps)
    }
}
