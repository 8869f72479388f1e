//! The documents of a person.

use kernel::id::UsagerId;
use maud::{Markup, html};
use ui::Icone;
use ui::bloc::EntetePage;
use ui::boutons::Bouton;
use ui::champs::{Case, Liste, Texte};
use ui::filtres::Filtres;
use ui::puces::{Etat, Puce, puces};
use ui::tableau::Tableau;
use ui::vide::vide_depart;

use crate::analyse::Nature;
use crate::model::{Famille, Origine};
use crate::pages::Filtre;
use crate::records::Lu;
use crate::types::TypeDocument;

/// The page under the tabs.
pub(crate) fn page(
    usager: UsagerId,
    documents: &[Lu],
    filtre: &Filtre,
    (peut_deposer, peut_rediger): (bool, bool),
    medical: bool,
) -> Markup {
    let base = format!("/residents/{usager}/documents");
    let deposer = Bouton::lien("Déposer des documents", format!("{base}/deposer")).principal().icone(Icone::Upload);
    let montres: Vec<&Lu> = documents.iter().filter(|lu| garde(lu, filtre)).collect();
    html! {
        (EntetePage::new("Documents").actions(html! {
            @if peut_rediger { (Bouton::lien("Nouveau document", format!("/residents/{usager}/redaction")).icone(Icone::Pencil)) }
            @if peut_deposer { (deposer) }
        }))
        @if !medical { p class="secondaire" { "Les documents médicaux ne sont pas affichés pour votre profession." } }
        @if documents.is_empty() {
            (vide_depart(Icone::FileText, "Aucun document dans ce dossier.", peut_deposer.then_some(&deposer)))
        } @else {
            (filtres(&base, documents, filtre, montres.len()))
            (tableau(&base, &montres))
        }
    }
}

fn garde(lu: &Lu, filtre: &Filtre) -> bool {
    let mots = kernel::texte::cle_tri(&filtre.q);
    let cherche = kernel::texte::cle_tri(&format!("{} {} {}", lu.titre, lu.auteur, TypeDocument::libelle_de(&lu.type_code)));
    let origine = match filtre.origine.as_str() {
        "recu" => lu.origine == Origine::Recu,
        "depose" => lu.origine == Origine::Depose,
        "produit" => lu.origine == Origine::Produit,
        _ => true,
    };
    (filtre.anciens == "oui" || lu.est_courant())
        && (filtre.type_code.is_empty() || lu.type_code == filtre.type_code)
        && origine
        && cherche.contains(&mots)
}

fn filtres(base: &str, documents: &[Lu], filtre: &Filtre, total: usize) -> Markup {
    let mut types: Vec<(&str, &str)> =
        documents.iter().map(|lu| (lu.type_code.as_str(), TypeDocument::libelle_de(&lu.type_code))).collect();
    types.sort_by_key(|(_, libelle)| kernel::texte::cle_tri(libelle));
    types.dedup();
    let mut anciens = Case::new("anciens", "Montrer les documents remplacés et annulés");
    anciens = anciens.cochee(filtre.anciens == "oui");
    Filtres::new(base.to_owned())
        .champ(Texte::new("q", "Chercher").valeur(filtre.q.clone()).sans_mention().render())
        .champ(Liste::new("type", "Type").sans_mention().invite("Tous").choix(types).valeur(filtre.type_code.clone()).render())
        .champ(
            Liste::new("origine", "Origine")
                .sans_mention()
                .invite("Toutes")
                .choix([("recu", "Reçu"), ("depose", "Déposé"), ("produit", "Signé ici")])
                .valeur(filtre.origine.clone())
                .render(),
        )
        .champ(anciens.render())
        .total(match total {
            0 => "Aucun document".to_owned(),
            1 => "1 document".to_owned(),
            n => format!("{n} documents"),
        })
        .render()
}

fn tableau(base: &str, documents: &[&Lu]) -> Markup {
    let mut tableau = Tableau::new("Documents, les plus récents d'abord")
        .legende_cachee()
        .colonne("Document")
        .colonne("Date")
        .colonne("Type")
        .colonne("Auteur")
        .colonne("État");
    for lu in documents {
        let titre = html! { a href=(format!("{base}/{}", lu.id)) { (lu.titre) } };
        tableau = tableau.ligne([
            html! { @if lu.annule.is_some() { s { (titre) } } @else { (titre) } },
            html! { span class="insecable" { (kernel::dates::date_courte(lu.date_document)) } },
            html! { (TypeDocument::libelle_de(&lu.type_code)) },
            html! { (lu.auteur) },
            html! { (puces(&marques(lu))) },
        ]);
    }
    tableau.si_vide(html! { p class="secondaire" { "Aucun document ne correspond. Élargissez les filtres." } }).render()
}

/// Chips of a document.
pub(super) fn marques(lu: &Lu) -> Vec<Puce> {
    let mut marques = Vec::new();
    if let Some(motif) = &lu.annule {
        marques.push(Puce::new(Etat::Archive, format!("annulé : {motif}")));
    } else if lu.remplace_par.is_some() {
        marques.push(Puce::new(Etat::Archive, "remplacé"));
    }
    marques.push(match lu.origine {
        Origine::Recu => Puce::neutre("reçu"),
        Origine::Depose => Puce::neutre("déposé"),
        Origine::Produit if lu.repris.is_some() => Puce::neutre("signé là-bas"),
        Origine::Produit => Puce::neutre("signé ici"),
    });
    marques.extend(lu.repris.as_ref().map(|repris| Puce::new(Etat::Info, repris.mention())));
    if lu.famille == Famille::Medical {
        marques.push(Puce::neutre("médical"));
    }
    marques.push(Puce::neutre(match Nature::de_mime(&lu.mime) {
        Nature::Pdf => "PDF",
        Nature::Image => "image",
        Nature::Fhir if lu.origine == Origine::Produit => "TDDUI",
        Nature::Fhir => "FHIR",
        _ => "CDA",
    }));
    marques
}
