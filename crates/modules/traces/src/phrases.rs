//! Journal lines in words: for a DPO, and for the person the record is about.

use platform::Services;
use platform::acces::Categorie;
use platform::store::{LineRow, Nature};

/// Words of the acts' names, with their accents.
const MOTS: [(&str, &str); 66] = [
    ("signale", "signalé"),
    ("confirme", "confirmé"),
    ("examine", "examiné"),
    ("redigee", "rédigée"),
    ("ecrite", "écrite"),
    ("ecrites", "écrites"),
    ("cree", "créé"),
    ("creee", "créée"),
    ("creees", "créées"),
    ("modifie", "modifié"),
    ("modifiee", "modifiée"),
    ("valide", "validé"),
    ("validee", "validée"),
    ("annule", "annulé"),
    ("annulee", "annulée"),
    ("corrige", "corrigé"),
    ("corrigee", "corrigée"),
    ("ferme", "fermé"),
    ("fermee", "fermée"),
    ("rouverte", "rouverte"),
    ("deplacee", "déplacée"),
    ("donnee", "donnée"),
    ("finie", "finie"),
    ("choisi", "choisi"),
    ("reinitialise", "réinitialisé"),
    ("verifie", "vérifié"),
    ("exporte", "exporté"),
    ("saisies", "saisies"),
    ("saisie", "saisie"),
    ("fixes", "fixés"),
    ("tranchee", "tranchée"),
    ("classee", "classée"),
    ("gardee", "gardée"),
    ("identifiee", "identifiée"),
    ("acceptee", "acceptée"),
    ("presentee", "présentée"),
    ("lue", "lue"),
    ("publie", "publié"),
    ("retire", "retiré"),
    ("levee", "levée"),
    ("signe", "signé"),
    ("reparti", "réparti"),
    ("sejour", "séjour"),
    ("releve", "relève"),
    ("reception", "réception"),
    ("refusee", "refusée"),
    ("ouverte", "ouverte"),
    ("ouvert", "ouvert"),
    ("relu", "relu"),
    ("preferences", "préférences"),
    ("bibliotheque", "bibliothèque"),
    ("etablissement", "établissement"),
    ("unite", "unité"),
    ("identite", "identité"),
    ("verifiee", "vérifiée"),
    ("qualifiee", "qualifiée"),
    ("fusionne", "fusionné"),
    ("admis", "admis"),
    ("depose", "déposé"),
    ("versee", "versée"),
    ("seuils", "seuils"),
    ("alerte", "alerte"),
    ("vue", "vue"),
    ("accordee", "accordée"),
    ("prevenue", "prévenue"),
    ("dlu", "DLU"),
];

fn accents(texte: &str) -> String {
    let mot =
        |mot: &str| MOTS.iter().find(|(sans, _)| *sans == mot).map_or_else(|| mot.to_owned(), |(_, avec)| (*avec).to_owned());
    texte.split('_').map(mot).collect::<Vec<_>>().join(" ")
}

/// « transmission : rédigée », from `transmission.redigee`.
fn acte(verbe: &str) -> String {
    match verbe.split_once('.') {
        Some((quoi, fait)) => format!("{} : {}", accents(quoi), accents(fait)),
        None => accents(verbe),
    }
}

/// What a line tells, for somebody who knows the product.
pub(crate) fn phrase(services: &Services, ligne: &LineRow) -> String {
    let droit = services.droit(&ligne.verb).map(|droit| droit.libelle.to_owned());
    match ligne.nature {
        Nature::Consultation => droit.unwrap_or_else(|| acte(&ligne.verb)),
        Nature::Refus => format!("Refusé : {}", droit.unwrap_or_else(|| acte(&ligne.verb))),
        Nature::Acte | Nature::Systeme => acte(&ligne.verb),
        Nature::Inconnue => "Ligne illisible".to_owned(),
    }
}

/// The word of a nature.
pub(crate) fn nature(nature: Nature) -> &'static str {
    match nature {
        Nature::Acte => "écriture",
        Nature::Consultation => "lecture",
        Nature::Refus => "refus",
        Nature::Systeme => "système",
        Nature::Inconnue => "illisible",
    }
}

/// The part of the record a line is about, in words a resident understands.
pub(crate) fn famille(services: &Services, ligne: &LineRow) -> &'static str {
    let categorie = services.droit(&ligne.verb).map(|droit| droit.categorie);
    let sujet = ligne.verb.split(['.', '_']).next().unwrap_or_default();
    match (categorie, sujet) {
        (Some(Categorie::Presence), _) | (None, "sejour" | "sejours" | "mouvement" | "presence") => {
            "votre présence et votre séjour"
        }
        (Some(Categorie::Identite), _) | (None, "identite" | "usager" | "ins") => "votre identité",
        (Some(Categorie::Administratif), _) | (None, "entourage" | "contact" | "oppositions") => "vos contacts et vos papiers",
        (Some(Categorie::Alertes), _) | (None, "alertes") => "vos allergies et vos alertes",
        (Some(Categorie::Repas), _) | (None, "cuisine") => "vos repas",
        (Some(Categorie::Vie), _) | (None, "vie" | "habitudes") => "vos habitudes de vie",
        (Some(Categorie::Soins), _) | (None, "soin" | "plan" | "tour" | "ronde") => "vos soins",
        (Some(Categorie::Constantes), _) | (None, "constantes" | "constante") => "vos mesures : tension, poids, température",
        (Some(Categorie::Transmissions), _) | (None, "transmission" | "transmissions" | "releve") => {
            "les transmissions de l'équipe"
        }
        (Some(Categorie::Medical), _) | (None, "medical" | "reception") => "vos données médicales",
        (Some(Categorie::Urgence | Categorie::LectureExterne), _) | (None, "urgence" | "dlu" | "lecture" | "hospitalisation") => {
            "votre fiche d'urgence"
        }
        (Some(Categorie::Documents), _) | (None, "document" | "documents") => "vos documents",
        (Some(Categorie::Psychologie), _) => "votre suivi psychologique",
        (Some(Categorie::Social), _) => "votre suivi social",
        (Some(Categorie::Journal), _) => "cet historique",
        (_, "dossier" | "bris") => "l'ouverture de votre dossier par exception",
        _ => "votre dossier",
    }
}

/// Why a record was open, in words; nothing for the usual team.
pub(crate) fn motif(ligne: &LineRow) -> Option<String> {
    let code = ligne.detail("motif")?;
    let mots = match code.as_str() {
        "equipe" => return None,
        "sejour_passe" => "séjour terminé".to_owned(),
        "bris_de_glace" => "accès par exception".to_owned(),
        "lecture_accordee" => "lecture accordée pour quatre heures".to_owned(),
        "inconnu" => "hors de ses établissements".to_owned(),
        "profession" => "fonction non habilitée".to_owned(),
        "hors_unite" => "hors de ses unités".to_owned(),
        "opposition" => "opposition de la personne".to_owned(),
        "clos" => "séjour clos".to_owned(),
        autre => crate::motifs::libelle(autre).to_owned(),
    };
    Some(mots)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acts_are_told_with_their_accents() {
        assert_eq!(acte("transmission.redigee"), "transmission : rédigée");
        assert_eq!(acte("compte.mot_de_passe_reinitialise"), "compte : mot de passe réinitialisé");
    }
}
