//! Values measured with an act: written with it, in one commit, as the vital signs they are.

use constantes::{Constante, Grandeur, TENSION, TENSION_BASSE, dernieres, surprenante};
use jiff::Timestamp;
use kernel::decimal::Decimal;
use platform::acces::{Categorie, DossierOuvert, Droit};
use platform::erreur::Resultat;
use platform::store::Stored;
use platform::web::Champs;
use uuid::Uuid;

use crate::acts::valider::Saisie;
use crate::plan::Signataire;

/// A value read from a form or a tablet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MesureLue {
    /// Code of the quantity.
    pub code: String,
    /// The value, in the unit of the quantity.
    pub valeur: Decimal,
    /// The diastolic pressure, with the systolic one.
    pub valeur2: Option<Decimal>,
    /// To be measured again: shown so.
    pub a_confirmer: bool,
}

/// Name of the field of a quantity in the sheet.
pub(crate) fn champ(code: &str) -> String {
    format!("mesure_{code}")
}

/// Quantities asked by the sheet of an act; the diastolic pressure goes with the systolic one.
pub(crate) fn grandeurs(codes: &[String]) -> Vec<&'static Grandeur> {
    codes.iter().filter_map(|code| Grandeur::get(code)).collect()
}

fn decimal(champs: &Champs, code: &str) -> Result<Option<Decimal>, String> {
    let Some(grandeur) = Grandeur::get(code) else { return Ok(None) };
    match champs.texte(&champ(code)) {
        "" => Ok(None),
        texte => match texte.parse::<Decimal>() {
            Ok(valeur) if !valeur.est_negatif() => Ok(Some(valeur.arrondi(grandeur.decimales))),
            _ => Err(format!("{} : « {texte} » n'est pas une valeur. Écrivez par exemple 52,4.", grandeur.libelle)),
        },
    }
}

/// Reads the values of a sheet.
///
/// # Errors
/// A sentence naming the value which cannot be read.
pub(crate) fn lire(champs: &Champs, codes: &[String]) -> Result<Vec<MesureLue>, String> {
    let mut lues = Vec::new();
    for code in codes.iter().filter(|code| code.as_str() != TENSION_BASSE || !codes.iter().any(|autre| autre == TENSION)) {
        let valeur2 = if code == TENSION { decimal(champs, TENSION_BASSE)? } else { None };
        match decimal(champs, code)? {
            Some(valeur) => lues.push(MesureLue { code: code.clone(), valeur, valeur2, a_confirmer: false }),
            None if valeur2.is_some() => return Err("Indiquez aussi la tension systolique.".into()),
            None => {}
        }
    }
    Ok(lues)
}

type Dernieres = std::collections::BTreeMap<String, Stored<Constante>>;

/// The last value of each quantity, for who may read them.
pub(crate) async fn connues<D: Droit>(dossier: &DossierOuvert<D>) -> Resultat<Dernieres> {
    if dossier.peut_lire(Categorie::Constantes) { dernieres(dossier).await } else { Ok(Dernieres::new()) }
}

/// « 25,4 kg ? Dernier : 52,4 kg »: the values which surprise.
pub(crate) fn surprises(mesures: &[MesureLue], connues: &Dernieres, le: Timestamp) -> Vec<String> {
    let surprise = |mesure: &MesureLue| {
        let grandeur = Grandeur::get(&mesure.code)?;
        let derniere = connues.get(&mesure.code).map(|derniere| &derniere.value);
        let rappel = derniere.map(|derniere| format!(" Dernier : {}.", derniere.lisible())).unwrap_or_default();
        surprenante(grandeur, mesure.valeur, derniere, le).then(|| format!("{}\u{a0}{} ?{rappel}", mesure.valeur, grandeur.unite))
    };
    mesures.iter().filter_map(surprise).collect()
}

/// The records of the values of an act, with their ids: the same word sent twice makes the same records.
pub(crate) fn constantes_de<D: Droit>(
    dossier: &DossierOuvert<D>,
    saisie: &Saisie,
    par: &Signataire,
    connues: &Dernieres,
) -> Vec<(Uuid, Constante)> {
    let Some(etablissement) = dossier.etablissement() else { return Vec::new() };
    let faire = |mesure: &MesureLue| {
        let grandeur = Grandeur::get(&mesure.code)?;
        let derniere = connues.get(&mesure.code);
        let jumelle = derniere.filter(|derniere| {
            derniere.valeur == mesure.valeur
                && derniere.valeur2 == mesure.valeur2
                && derniere.mesuree_le.duration_since(saisie.fait_le).abs().as_secs() <= 120
        });
        let id = kernel::id::derived(saisie.id, &format!("mesure/{}", mesure.code));
        let constante = Constante {
            usager: dossier.usager(),
            etablissement,
            unite: dossier.unite(),
            type_code: mesure.code.clone(),
            valeur: mesure.valeur,
            valeur2: mesure.valeur2,
            unite_mesure: grandeur.unite.clone(),
            mesuree_le: saisie.fait_le,
            saisie_le: saisie.saisi_le,
            contexte: String::new(),
            commentaire: String::new(),
            auteur_nom: par.nom.clone(),
            a_confirmer: mesure.a_confirmer,
            hors_ligne: saisie.hors_ligne,
            heure_a_confirmer: saisie.heure_a_confirmer,
            soin: Some(saisie.soin),
            jumelle_de: jumelle.map(|jumelle| jumelle.id).filter(|jumelle| *jumelle != id),
            annule: None,
            motif: String::new(),
        };
        Some((id, constante))
    };
    saisie.mesures.iter().filter_map(faire).collect()
}
