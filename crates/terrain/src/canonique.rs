//! One byte sequence for one operation, whatever the order in which its fields were written.

use serde_json::Value;

use crate::Erreur;

/// Canonical JSON: keys in order, no space, integers only (a quantity travels as a decimal string).
/// Same result as `terrain/coeur/canonique.js` for ASCII keys.
pub fn canonique(valeur: &Value) -> Result<String, Erreur> {
    let mut sortie = String::new();
    ecrire(valeur, &mut sortie)?;
    Ok(sortie)
}

fn ecrire(valeur: &Value, sortie: &mut String) -> Result<(), Erreur> {
    match valeur {
        Value::Null | Value::Bool(_) | Value::String(_) => sortie.push_str(&texte(valeur)?),
        Value::Number(nombre) if nombre.is_i64() || nombre.is_u64() => sortie.push_str(&nombre.to_string()),
        Value::Number(_) => return Err(Erreur::Illisible),
        Value::Array(elements) => {
            sortie.push('[');
            for (rang, element) in elements.iter().enumerate() {
                if rang > 0 {
                    sortie.push(',');
                }
                ecrire(element, sortie)?;
            }
            sortie.push(']');
        }
        Value::Object(champs) => {
            let mut cles: Vec<&String> = champs.keys().collect();
            cles.sort_unstable();
            sortie.push('{');
            for (rang, cle) in cles.into_iter().enumerate() {
                if rang > 0 {
                    sortie.push(',');
                }
                sortie.push_str(&texte(&Value::String(cle.clone()))?);
                sortie.push(':');
                ecrire(champs.get(cle).unwrap_or(&Value::Null), sortie)?;
            }
            sortie.push('}');
        }
    }
    Ok(())
}

fn texte(valeur: &Value) -> Result<String, Erreur> {
    serde_json::to_string(valeur).map_err(|_| Erreur::Illisible)
}
