//! Allergies taken over from the record another establishment holds.

use jiff::Timestamp;
use platform::acces::{Acte, DossierOuvert, Droit};
use platform::erreur::{Erreur, Resultat};

use crate::{Alertes, Allergies, SignalAlerte};

/// Adds to an act the allergies known elsewhere, with a chip which says so until somebody writes the alerts of this house;
/// gives whether something is written.
///
/// What somebody of this house wrote is never replaced; textures, diets and chips stay where they are (F013).
///
/// # Errors
/// The right, the store.
pub async fn reprendre_allergies<D: Droit>(
    dossier: &DossierOuvert<D>,
    acte: &mut Acte,
    allergies: &Allergies,
    (lieu, le): (&str, Timestamp),
) -> Resultat<bool> {
    if inconnues(allergies) {
        return Ok(false);
    }
    let signal = SignalAlerte {
        code: SignalAlerte::ALLERGIES_REPRISES.into(),
        libelle: format!("Allergies reprises de {lieu}, à vérifier"),
        danger: false,
        depuis: le,
        note_par: dossier.contexte().acteur.nom.clone(),
    };
    let usager = dossier.usager();
    let Some(lues) = dossier.lire::<Alertes>(Alertes::id(usager)).await? else {
        let etablissement = dossier.etablissement().ok_or(Erreur::Introuvable)?;
        let vide = String::new;
        let alertes = Alertes {
            usager,
            etablissement,
            allergies: allergies.clone(),
            signaux: vec![signal],
            texture: vide(),
            regime: vide(),
            boisson: vide(),
            transfert: vide(),
            gir: None,
        };
        acte.create(Alertes::id(usager), &alertes);
        return Ok(true);
    };
    let intactes = lues.author == dossier.contexte().acteur.compte.0;
    if lues.allergies == *allergies || !(intactes || inconnues(&lues.allergies)) {
        return Ok(false);
    }
    let mut alertes = Alertes { allergies: allergies.clone(), ..lues.value.clone() };
    alertes.signaux.retain(|connu| connu.code != SignalAlerte::ALLERGIES_REPRISES);
    alertes.signaux.push(signal);
    acte.update(&lues, &alertes);
    Ok(true)
}

fn inconnues(allergies: &Allergies) -> bool {
    matches!(allergies, Allergies::NonRenseignees | Allergies::Indisponible)
}
