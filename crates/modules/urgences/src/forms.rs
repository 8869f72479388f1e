//! The forms of an emergency: a step out of fields, whether a page or a tablet sent them.

use kernel::texte::Texte;
use platform::web::Champs;
use serde_json::Value;

use crate::etape::Quoi;

/// Words of a field, at most `N` characters; longer ones are refused with the rest of the form.
fn court<const N: usize>(champs: &Champs, nom: &str) -> Result<String, String> {
    let lu = Texte::<N>::facultatif(champs.texte(nom)).map_err(|erreur| erreur.to_string())?;
    Ok(lu.map(String::from).unwrap_or_default())
}

/// Reads a step; an unknown one is a sentence for the person.
pub(crate) fn lire_quoi(champs: &Champs) -> Result<Quoi, String> {
    let texte = |nom: &str| champs.texte(nom).to_owned();
    let quoi = match champs.texte("quoi") {
        "motif" => Quoi::Motif { motif: texte("motif") },
        "observation" => Quoi::Observation { question: texte("question"), oui: champs.texte("oui") == "oui" },
        "appel15" => Quoi::Appel15,
        "reponse" => Quoi::Reponse { decision: texte("decision"), dossier: court::<40>(champs, "dossier")? },
        "proche" => Quoi::Proche { nom: court::<120>(champs, "nom")?, resultat: texte("resultat") },
        "dlu" => Quoi::Dlu {
            comment: "demande".into(),
            a_qui: court::<160>(champs, "a_qui")?,
            adresse: court::<254>(champs, "adresse")?,
        },
        "note" => Quoi::Note { texte: court::<1000>(champs, "texte")? },
        _ => return Err("Cette étape n'est pas connue de ce serveur. Elle est gardée pour vérification.".into()),
    };
    if quoi.connu() { Ok(quoi) } else { Err("Choisissez l'une des réponses proposées, ou écrivez une note.".into()) }
}

/// The content of an operation of a tablet as fields.
pub(crate) fn champs_de(donnees: &Value) -> Champs {
    let objet = donnees.as_object();
    let paires: Vec<(&str, &str)> =
        objet.into_iter().flatten().filter_map(|(nom, valeur)| valeur.as_str().map(|texte| (nom.as_str(), texte))).collect();
    Champs::depuis(&paires)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_step_is_read_the_same_from_a_page_and_from_a_tablet() {
        let page = lire_quoi(&Champs::depuis(&[("quoi", "observation"), ("question", "parle"), ("oui", "non")]));
        let tablette = lire_quoi(&champs_de(&json!({ "quoi": "observation", "question": "parle", "oui": "non", "autre": null })));
        assert_eq!(page, Ok(Quoi::Observation { question: "parle".into(), oui: false }));
        assert_eq!(page, tablette);
    }

    #[test]
    fn what_is_not_known_is_said() {
        for champs in [
            &[("quoi", "motif"), ("motif", "ennui")][..],
            &[("quoi", "reponse"), ("decision", "")],
            &[("quoi", "note"), ("texte", "  ")],
            &[("quoi", "depart")],
            &[],
        ] {
            assert!(lire_quoi(&Champs::depuis(champs)).is_err(), "{champs:?}");
        }
    }
}
