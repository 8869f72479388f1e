//! From forms to values: every message says what happened and what to do.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use kernel::decimal::Decimal;
use kernel::texte::Texte;
use platform::web::{Champs, Erreurs};

use crate::model::{Bornes, BornesParType};
use crate::referentiel::{Grandeur, TENSION, TENSION_BASSE};

/// What the carer answered to « is this value right? ».
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Not asked yet.
    Aucun,
    /// Looked at again: right.
    Verifiee,
    /// Kept, to be measured again.
    ARemesurer,
}

/// A value read from a form.
#[derive(Debug, Clone)]
pub(crate) struct ValeurLue {
    /// The quantity.
    pub grandeur: &'static Grandeur,
    /// Its value.
    pub valeur: Decimal,
    /// The diastolic pressure.
    pub valeur2: Option<Decimal>,
}

/// An entry read from a form.
#[derive(Debug, Clone)]
pub(crate) struct SaisieLue {
    /// At least one value.
    pub valeurs: Vec<ValeurLue>,
    /// When it was measured.
    pub mesuree_le: Timestamp,
    /// Circumstances.
    pub contexte: String,
    /// Free words.
    pub commentaire: String,
    /// Answer about surprising values.
    pub verdict: Verdict,
}

/// Circumstances offered as chips.
pub(crate) const CONTEXTES: [&str; 7] = ["Assis", "Couché", "Debout", "Au repos", "Après un effort", "À jeun", "Après un repas"];

/// Reads an entry; empty fields are values which were not measured.
pub(crate) fn lire_saisie(champs: &Champs, now: Timestamp, fuseau: &TimeZone) -> Result<SaisieLue, Erreurs> {
    let mut erreurs = Erreurs::default();
    let valeurs: Vec<ValeurLue> =
        Grandeur::saisies().filter_map(|grandeur| lire_valeur(champs, grandeur, &mut erreurs)).collect();
    if valeurs.is_empty() && erreurs.aucune() {
        let champ = champs.texte("seule");
        erreurs.ajouter(
            if champ.is_empty() { TENSION } else { champ },
            "Aucune valeur n'a été saisie. Remplissez au moins un champ.",
        );
    }
    let mesuree_le = lire_instant(champs, now, fuseau, &mut erreurs);
    let contexte = lire_texte::<80>(champs, "contexte", &mut erreurs);
    let commentaire = lire_texte::<500>(champs, "commentaire", &mut erreurs);
    let verdict = match champs.texte("verdict") {
        "verifiee" => Verdict::Verifiee,
        "a_remesurer" => Verdict::ARemesurer,
        _ => Verdict::Aucun,
    };
    match mesuree_le {
        Some(mesuree_le) if erreurs.aucune() => Ok(SaisieLue { valeurs, mesuree_le, contexte, commentaire, verdict }),
        _ => Err(erreurs),
    }
}

/// Reads one quantity; an empty field is not an error.
pub(crate) fn lire_valeur(champs: &Champs, grandeur: &'static Grandeur, erreurs: &mut Erreurs) -> Option<ValeurLue> {
    let valeur = lire_decimal(champs, &grandeur.code, grandeur.decimales, erreurs);
    if grandeur.code != TENSION {
        return valeur.map(|valeur| ValeurLue { grandeur, valeur, valeur2: None });
    }
    let basse = lire_decimal(champs, TENSION_BASSE, grandeur.decimales, erreurs);
    match (valeur, basse) {
        (Some(valeur), Some(basse)) if basse >= valeur => {
            erreurs.ajouter(TENSION_BASSE, "La tension diastolique est plus haute que la systolique. Vérifiez les deux valeurs.");
            None
        }
        (Some(valeur), basse) => Some(ValeurLue { grandeur, valeur, valeur2: basse }),
        (None, Some(_)) => {
            erreurs.ajouter(TENSION, "Indiquez aussi la tension systolique.");
            None
        }
        (None, None) => None,
    }
}

fn lire_decimal(champs: &Champs, nom: &str, decimales: u8, erreurs: &mut Erreurs) -> Option<Decimal> {
    let brut = champs.texte(nom);
    if brut.is_empty() {
        return None;
    }
    let valeur: Decimal = erreurs.garder(nom, brut.parse())?;
    if valeur.est_negatif() {
        erreurs.ajouter(nom, "Cette valeur ne peut pas être négative.");
        return None;
    }
    if valeur.decimales() > decimales {
        erreurs.ajouter(
            nom,
            match decimales {
                0 => "Cette valeur s'écrit sans décimale.".to_owned(),
                1 => "Cette valeur s'écrit avec une décimale au plus.".to_owned(),
                n => format!("Cette valeur s'écrit avec {n} décimales au plus."),
            },
        );
        return None;
    }
    Some(valeur)
}

/// Date and hour of the measure; now when both are left empty.
pub(crate) fn lire_instant(champs: &Champs, now: Timestamp, fuseau: &TimeZone, erreurs: &mut Erreurs) -> Option<Timestamp> {
    let (jour, heure) = (champs.texte("le"), champs.texte("a"));
    if jour.is_empty() && heure.is_empty() {
        return Some(now);
    }
    let ici = now.to_zoned(fuseau.clone());
    let date: Date = if jour.is_empty() { ici.date() } else { erreurs.garder("le", kernel::dates::lire_date(jour))? };
    let Ok(temps) = (if heure.is_empty() { Ok(ici.time()) } else { heure.parse::<Time>() }) else {
        erreurs.ajouter("a", "L'heure n'est pas lisible. Écrivez-la comme 08:30.");
        return None;
    };
    // The form shows minutes: what is entered within the present minute is now, not the past.
    let lu = kernel::dates::instant_local(date.to_datetime(temps), fuseau);
    if lu.as_second().div_euclid(60) == now.as_second().div_euclid(60) {
        return Some(now);
    }
    if lu > now {
        erreurs.ajouter("a", "Cette heure n'est pas encore passée. Indiquez l'heure de la mesure.");
        return None;
    }
    if date.year() < ici.date().year() - 1 {
        erreurs.ajouter("le", "Cette date a plus d'un an. Vérifiez l'année.");
        return None;
    }
    Some(lu)
}

/// An optional text of at most `N` characters; empty when absent.
pub(crate) fn lire_texte<const N: usize>(champs: &Champs, nom: &str, erreurs: &mut Erreurs) -> String {
    let brut = champs.texte(nom);
    if brut.is_empty() {
        return String::new();
    }
    erreurs.garder(nom, Texte::<N>::new(brut)).map(|texte| texte.as_str().to_owned()).unwrap_or_default()
}

/// A reason: required, three characters at least.
pub(crate) fn lire_motif(champs: &Champs, phrase: &str) -> Result<String, Erreurs> {
    let mut erreurs = Erreurs::default();
    let motif = lire_texte::<300>(champs, "motif", &mut erreurs);
    if erreurs.aucune() {
        erreurs.exiger("motif", motif.chars().count() >= 3, phrase);
    }
    if erreurs.aucune() { Ok(motif) } else { Err(erreurs) }
}

/// The thresholds typed for a person: only those which differ from the house's are kept.
pub(crate) fn lire_seuils(champs: &Champs, defaut: impl Fn(&Grandeur) -> Bornes) -> Result<BornesParType, Erreurs> {
    let mut erreurs = Erreurs::default();
    let mut bornes = BornesParType::new();
    for grandeur in Grandeur::toutes() {
        let (bas, haut) = (format!("{}_bas", grandeur.code), format!("{}_haut", grandeur.code));
        let lues = Bornes {
            bas: lire_decimal(champs, &bas, grandeur.decimales, &mut erreurs),
            haut: lire_decimal(champs, &haut, grandeur.decimales, &mut erreurs),
        };
        if let (Some(min), Some(max)) = (lues.bas, lues.haut) {
            erreurs.exiger(&haut, min < max, "Le seuil haut doit dépasser le seuil bas.");
        }
        if lues != defaut(grandeur) {
            bornes.insert(grandeur.code.clone(), lues);
        }
    }
    if erreurs.aucune() { Ok(bornes) } else { Err(erreurs) }
}
