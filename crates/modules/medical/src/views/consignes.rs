//! The instructions for an emergency: level of care, directives, hospital, what to know of the person.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::web::{Champs, Erreurs};
use ui::bloc::EntetePage;
use ui::boutons::{Bouton, boutons};
use ui::champs::{Case, Radios, Texte, ZoneTexte, cache, cote_a_cote, groupe_cadre};
use ui::choix_puces::ChoixPuces;

use crate::{Consignes, DIRECTIVES, NiveauSoins, OBSERVATIONS};

/// The page: the form, or what it says for who may not write.
pub(crate) fn page(
    usager: UsagerId,
    (lues, ecrites): (Option<&Consignes>, Option<(String, Timestamp)>),
    (champs, erreurs): (&Champs, &Erreurs),
    fuseau: &TimeZone,
    peut: bool,
) -> Markup {
    let base = format!("/residents/{usager}/medical");
    let phrase = ecrites.map(|(auteur, quand)| format!("Écrites par {auteur}, {}", kernel::dates::date_heure(quand, fuseau)));
    html! {
        (EntetePage::new("Consignes pour une urgence").phrase(phrase.unwrap_or_default()).parent("Dossier médical", base.clone()))
        (erreurs.resume())
        @if peut { (formulaire(&base, champs, erreurs)) }
        @else if lues.is_none() { p { "Aucune consigne n'est écrite." } }
        @else { p { "Ces consignes se lisent dans le dossier médical ; votre fonction ne les modifie pas." } }
    }
}

fn formulaire(base: &str, champs: &Champs, erreurs: &Erreurs) -> Markup {
    let texte =
        |nom: &str, libelle: &str| Texte::new(nom, libelle).valeur(champs.texte(nom)).erreur(erreurs.de(nom)).completion("off");
    html! {
        form class="formulaire" method="post" action=(format!("{base}/consignes")) {
            (cache("version", champs.texte("version")))
            (Radios::new("niveau", "Niveau de soins").choix(NiveauSoins::TOUS.map(|(_, code, libelle)| (code, libelle)))
                .valeur(champs.texte("niveau")).erreur(erreurs.de("niveau")))
            (texte("niveau_precision", "À ajouter au niveau de soins").maximum(240).aide("« pas d'intubation, antibiotiques oui »"))
            (texte("palliatif", "Soins palliatifs en cours").maximum(240).aide("Vide s'il n'y en a pas."))
            (directives(champs, erreurs))
            (groupe_cadre("Hôpital de préférence", &cote_a_cote(&html! {
                (texte("hopital_nom", "Établissement").maximum(160))
                (texte("hopital_finess", "Numéro FINESS").court().maximum(9))
                (texte("hopital_telephone", "Téléphone du service").maximum(30))
            })))
            (observations(champs))
            (Case::new("bmr_absente", "Aucun portage de bactérie multirésistante connu : vérifié").cochee(champs.coche("bmr_absente")))
            (ZoneTexte::new("commentaire", "Autre chose à dire à l'équipe d'urgence").valeur(champs.texte("commentaire")).erreur(erreurs.de("commentaire")).maximum(1000))
            (boutons(&html! { (Bouton::envoyer("Enregistrer les consignes").principal()) (Bouton::lien("Annuler", base.to_owned()).discret()) }))
        }
    }
}

fn directives(champs: &Champs, erreurs: &Erreurs) -> Markup {
    let lignes = html! {
        @for (code, libelle) in DIRECTIVES {
            @let nom = format!("directive-{code}");
            (Texte::new(nom.clone(), libelle).valeur(champs.texte(&nom)).erreur(erreurs.de(&nom)).maximum(240).completion("off"))
        }
        (Texte::new("directives_ou", "Où est gardé le document signé").valeur(champs.texte("directives_ou")).erreur(erreurs.de("directives_ou")).maximum(160).completion("off"))
    };
    groupe_cadre("Directives anticipées, dans les mots de la personne", &cote_a_cote(&lignes))
}

fn observations(champs: &Champs) -> Markup {
    let lignes = html! {
        @for (code, libelle) in OBSERVATIONS {
            @let nom = format!("observation-{code}");
            (ChoixPuces::un(nom.clone(), libelle).choix([("oui", "Oui"), ("non", "Non"), ("", "Non renseigné")]).valeur(champs.texte(&nom)).sans_mention())
        }
    };
    groupe_cadre("À savoir de la personne", &cote_a_cote(&lignes))
}
