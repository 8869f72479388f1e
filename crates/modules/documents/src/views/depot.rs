//! The drop form: several files, one kind, one date.

use jiff::civil::Date;
use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::web::{Champs, Erreurs};
use ui::Icone;
use ui::alerte::{Alerte, Nature};
use ui::bloc::EntetePage;
use ui::boutons::{Bouton, boutons};
use ui::champs::{Case, Date as ChampDate, Liste, Texte, cache};
use uuid::Uuid;

use crate::records::Lu;
use crate::types::TypeDocument;

/// The kinds, the frequent ones first.
pub(crate) fn liste_types(nom: &str, libelle: &str, valeur: &str) -> Liste {
    let paires = |frequents: bool| {
        let mut types: Vec<(String, String)> = TypeDocument::tous()
            .iter()
            .filter(|connu| connu.frequent == frequents)
            .map(|connu| (connu.code.clone(), connu.libelle.clone()))
            .collect();
        types.sort_by_key(|(_, libelle)| kernel::texte::cle_tri(libelle));
        types
    };
    Liste::new(nom, libelle)
        .invite("Choisir le type")
        .groupe("Les plus courants", paires(true))
        .groupe("Tous les autres", paires(false))
        .valeur(valeur)
}

/// The page.
pub(crate) fn page(
    usager: UsagerId,
    champs: &Champs,
    erreurs: &Erreurs,
    ancien: Option<&Lu>,
    nouvel_id: Uuid,
    aujourd_hui: Date,
) -> Markup {
    let base = format!("/residents/{usager}/documents");
    let id = match champs.texte("id") {
        "" => nouvel_id.to_string(),
        id => id.to_owned(),
    };
    let type_code = match (champs.texte("type"), ancien) {
        ("", Some(ancien)) => ancien.type_code.clone(),
        (choisi, _) => choisi.to_owned(),
    };
    let titre = match (champs.texte("titre"), ancien) {
        ("", Some(ancien)) => ancien.titre.clone(),
        (choisi, _) => choisi.to_owned(),
    };
    let erreur_fichiers = erreurs.de("fichiers");
    html! {
        (EntetePage::new(if ancien.is_some() { "Remplacer un document" } else { "Déposer des documents" }).parent("Documents", base.clone()))
        (erreurs.resume())
        @if let Some(ancien) = ancien { (Alerte::new(Nature::Info, format!("Le nouveau document remplace « {} ».", ancien.titre)).texte("L'ancien reste lisible parmi les documents remplacés.")) }
        form class="formulaire" method="post" action=(base) enctype="multipart/form-data" {
            (cache("id", &id))
            @if let Some(ancien) = ancien { (cache("remplace", &ancien.id.to_string())) }
            div class="champ" {
                label for="fichiers" { @if ancien.is_some() { "Fichier" } @else { "Fichiers" } }
                p class="champ-aide" id="fichiers-aide" { "PDF, image (PNG, JPEG, WebP) ou document CDA. 50 Mo en tout au plus." }
                @if let Some(phrase) = erreur_fichiers { p class="champ-erreur" id="fichiers-erreur" { (phrase) } }
                input class="saisie-fichier" type="file" id="fichiers" name="fichiers" multiple[ancien.is_none()] required
                    accept=".pdf,.png,.jpg,.jpeg,.webp,.xml,application/pdf,image/png,image/jpeg,image/webp,application/xml,text/xml"
                    aria-describedby="fichiers-aide" aria-invalid=[erreur_fichiers.map(|_| "true")];
            }
            (liste_types("type", "Type de document", &type_code).requis().erreur(erreurs.de("type")))
            (ChampDate::new("date", "Date du document").aide("Celle que porte le document. Vide : celle qu'indique le document CDA, sinon il est rangé à la date du jour, « sans date ».")
                .valeur(champs.texte("date")).jusqu_a(aujourd_hui.to_string()).erreur(erreurs.de("date")))
            (Texte::new("titre", "Titre").aide("Laissez vide pour garder le nom du fichier ou le titre du document.").valeur(titre).erreur(erreurs.de("titre")))
            (Texte::new("auteur", "Auteur").aide("Qui a écrit le document : nom, établissement.").valeur(champs.texte("auteur")).erreur(erreurs.de("auteur")))
            @if erreur_fichiers.is_some_and(|phrase| phrase.contains("au nom de")) {
                (Case::new("malgre_identite", "L'identité est vérifiée : ce document concerne bien cette personne"))
            }
            (boutons(&html! {
                (Bouton::envoyer("Déposer").principal().icone(Icone::Upload))
                (Bouton::lien("Ne rien déposer", base).discret())
            }))
        }
    }
}
