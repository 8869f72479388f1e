//! One document: what it is, its content, its acts.

use jiff::tz::TimeZone;
use maud::{Markup, html};
use platform::web::Erreurs;
use ui::Icone;
use ui::alerte::{Alerte, Nature as NatureAlerte};
use ui::bloc::{Bloc, EntetePage, pile};
use ui::boutons::Bouton;
use ui::champs::{Texte, cache};
use ui::dialogue::Confirmation;
use ui::liste::Fiche;
use ui::puces::puces;

use super::{cda as vue_cda, liste::marques, taille};
use crate::analyse::Nature;
use crate::erreurs_cda;
use crate::model::Origine;
use crate::records::Lu;
use crate::types::TypeDocument;

/// The content of a clinical document; a document which a later rule refuses stays downloadable.
pub(crate) fn cda(octets: &[u8], base: &str) -> Markup {
    match cda_r2::parse(octets, &cda_r2::Limits::default()) {
        Ok(document) => vue_cda::dessiner(&document, base),
        Err(error) => {
            html! { (Alerte::new(NatureAlerte::Danger, "Ce document ne peut pas être affiché.").texte(erreurs_cda::phrase(error.code()))) }
        }
    }
}

/// The content of a PDF or an image.
pub(crate) fn fichier(nature: Nature, titre: &str, base: &str) -> Markup {
    let adresse = format!("{base}/fichier");
    let contenu = match nature {
        Nature::Pdf => html! { iframe class="recu-cadre" src=(adresse) title=(format!("{titre} (PDF)")) {} },
        Nature::Image => html! { img class="recu-image" src=(adresse) alt=(titre); },
        _ => html! { p { "Ce fichier ne s'affiche pas ici. Téléchargez-le pour l'ouvrir." } },
    };
    Bloc::new("Contenu", contenu).icone(Icone::FileText).render()
}

/// The page around a content.
pub(crate) fn page(lu: &Lu, contenu: &Markup, erreurs: &Erreurs, peut_ecrire: bool, fuseau: &TimeZone) -> Markup {
    let liste = format!("/residents/{}/documents", lu.usager);
    let base = format!("{liste}/{}", lu.id);
    html! {
        (EntetePage::new(lu.titre.clone()).parent("Documents", liste.clone()).actions(html! {
            (Bouton::lien("Télécharger", format!("{base}/fichier?telecharger=oui")).icone(Icone::Download))
            @if peut_ecrire && lu.est_courant() {
                @if matches!(Nature::de_mime(&lu.mime), Nature::Cda | Nature::Pdf | Nature::Image) && lu.mime != "image/webp" {
                    (Bouton::lien("Envoyer", format!("/residents/{}/envois/nouveau?document={}", lu.usager, lu.id)).icone(Icone::Send))
                }
                (Bouton::lien("Remplacer", format!("{liste}/deposer?remplace={}", lu.id)).icone(Icone::RefreshCw))
                (Bouton::ouvrir("Annuler le document…", "annuler-document").danger())
            }
        }))
        (erreurs.resume())
        (pile(&html! {
            @if let Some(motif) = &lu.annule { (Alerte::new(NatureAlerte::Attention, "Ce document est annulé.").texte(format!("Motif : {motif}"))) }
            @if let Some(nouveau) = lu.remplace_par {
                (Alerte::new(NatureAlerte::Attention, "Ce document a été remplacé.").actions(html! { (Bouton::lien("Ouvrir le nouveau", format!("{liste}/{nouveau}"))) }))
            }
            (fiche(lu, &liste, fuseau))
            (contenu)
        }))
        @if peut_ecrire && lu.est_courant() {
            (Confirmation::new("annuler-document", "Annuler ce document ?", format!("« {} ». Il restera lisible, barré.", lu.titre), "Annuler le document", format!("{base}/annuler"))
                .champs(html! { (cache("version", &lu.version.to_string())) (Texte::new("motif", "Pourquoi annuler").requis().erreur(erreurs.de("motif"))) }))
        }
    }
}

fn fiche(lu: &Lu, liste: &str, fuseau: &TimeZone) -> Markup {
    let origine = match lu.origine {
        Origine::Recu => format!("Reçu, classé par {} le {}", lu.classe_par, kernel::dates::date_heure(lu.classe_le, fuseau)),
        Origine::Produit => format!("Signé par {} le {}", lu.classe_par, kernel::dates::date_heure(lu.classe_le, fuseau)),
        Origine::Depose => format!("Déposé par {} le {}", lu.classe_par, kernel::dates::date_heure(lu.classe_le, fuseau)),
    };
    let mut fiche = Fiche::new()
        .ligne("Type", TypeDocument::libelle_de(&lu.type_code).to_owned())
        .ligne(
            "Date du document",
            if lu.sans_date {
                format!("aucune (venu le {})", kernel::dates::date_courte(lu.date_document))
            } else {
                kernel::dates::date_courte(lu.date_document)
            },
        )
        .ligne("Origine", origine)
        .ligne("Fichier", format!("{} ({})", lu.nom_fichier, taille(lu.taille)));
    if !lu.auteur.is_empty() {
        fiche = fiche.ligne("Auteur", lu.auteur.clone());
    }
    if let Some(ancien) = lu.remplace {
        fiche = fiche.riche("Remplace", html! { a href=(format!("{liste}/{ancien}")) { "le document précédent" } });
    }
    html! { (puces(&marques(lu))) (Bloc::new("Le document", fiche.render()).icone(Icone::Info)) }
}
