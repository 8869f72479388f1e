//! What the values say, as pure functions: each alert names its rule and the source of the rule.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use kernel::dates::{date_courte, jour_local};
use kernel::decimal::{Decimal, pourcentage_variation};
use uuid::Uuid;

use crate::model::Constante;
use crate::referentiel::{Grandeur, POIDS, SELLES, TENSION, TENSION_BASSE};
use crate::seuils::SeuilsEnVigueur;

const HEURE: i64 = 3_600;
const JOUR: i64 = 24 * HEURE;
/// A monthly weighing is rarely done on the day: five days are given to both windows.
const TOLERANCE_PESEE_JOURS: i64 = 5;
/// Weights are taken at least once a month in a house (HAS, novembre 2021).
pub(crate) const PESEE_JOURS: i64 = 31;
const HAS_DENUTRITION: &str = "HAS, Diagnostic de la dénutrition chez la personne de 70 ans et plus, novembre 2021.";

/// How soon somebody should look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravite {
    /// Now.
    Danger,
    /// Today.
    Attention,
}

/// What an alert is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Regle {
    /// Last value out of its bounds.
    Seuil,
    /// Loss of weight.
    Poids,
    /// No stool.
    Selles,
}

/// An alert: what, since when, by which rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alerte {
    /// Which rule.
    pub regle: Regle,
    /// How soon somebody should look.
    pub gravite: Gravite,
    /// The quantity.
    pub type_code: String,
    /// « Température 38,6 °C », « Poids −5,4 % en 30 jours ».
    pub phrase: String,
    /// Which rule says so and where it comes from.
    pub source: String,
    /// The value which raised it.
    pub constante: Option<Uuid>,
    /// When it was measured.
    pub le: Timestamp,
}

impl Alerte {
    /// Sorts alerts: the gravest, then by rule; a fresh excess first, a long wait first.
    pub fn rang(&self) -> (Gravite, Regle, i64) {
        let instant = self.le.as_second();
        (self.gravite, self.regle, if self.regle == Regle::Selles { instant } else { -instant })
    }
}

/// A value with its record's id: what alerts and curves are computed from.
#[derive(Debug, Clone, Copy)]
pub struct Mesure<'a> {
    /// The record.
    pub id: Uuid,
    /// The value.
    pub constante: &'a Constante,
}

/// The alerts of one person, the most urgent first. `mesures` in any order; those which do not count are ignored, and
/// those which wait to be confirmed are left out of relative rules.
pub fn evaluer(mesures: &[Mesure<'_>], seuils: &SeuilsEnVigueur, now: Timestamp, fuseau: &TimeZone) -> Vec<Alerte> {
    let mut comptees: Vec<Mesure<'_>> =
        mesures.iter().copied().filter(|mesure| mesure.constante.compte() && mesure.constante.mesuree_le <= now).collect();
    comptees.sort_by_key(|mesure| mesure.constante.mesuree_le);
    let mut alertes: Vec<Alerte> =
        Grandeur::toutes().iter().filter_map(|grandeur| seuil(&comptees, grandeur, seuils, now)).collect();
    alertes.extend(perte_de_poids(&comptees));
    alertes.extend(sans_selles(&comptees, now, fuseau));
    alertes.sort_by_key(Alerte::rang);
    alertes
}

/// The last value of the quantity: the systolic record also carries the diastolic one.
fn derniere<'a>(mesures: &[Mesure<'a>], code: &str) -> Option<(Mesure<'a>, Decimal)> {
    mesures.iter().rev().find_map(|mesure| {
        let constante = mesure.constante;
        match (constante.type_code.as_str(), constante.valeur2) {
            (connu, _) if connu == code => Some((*mesure, constante.valeur)),
            (TENSION, Some(basse)) if code == TENSION_BASSE => Some((*mesure, basse)),
            _ => None,
        }
    })
}

fn seuil(mesures: &[Mesure<'_>], grandeur: &Grandeur, seuils: &SeuilsEnVigueur, now: Timestamp) -> Option<Alerte> {
    let (mesure, valeur) = derniere(mesures, &grandeur.code)?;
    let age = now.duration_since(mesure.constante.mesuree_le);
    let (bornes, provenance) = seuils.bornes(grandeur);
    if age > SignedDuration::from_hours(grandeur.fraicheur_heures()) || !bornes.depasse(valeur) {
        return None;
    }
    let regle = match (bornes.bas, bornes.haut) {
        (Some(bas), _) if valeur < bas => format!("En dessous de {bas}. "),
        (_, Some(haut)) => format!("À partir de {haut}. "),
        _ => String::new(),
    };
    let unite = match grandeur.unite.as_str() {
        "" => String::new(),
        unite if unite.starts_with('/') => unite.to_owned(),
        unite => format!("\u{a0}{unite}"),
    };
    Some(Alerte {
        regle: Regle::Seuil,
        gravite: if grandeur.vitale() { Gravite::Danger } else { Gravite::Attention },
        type_code: grandeur.code.clone(),
        phrase: format!("{} {valeur}{unite}", grandeur.libelle),
        source: format!("{regle}{}", seuils.source(provenance)),
        constante: Some(mesure.id),
        le: mesure.constante.mesuree_le,
    })
}

/// The thresholds one value is beyond, by itself, when it was measured.
pub(crate) fn depassements(mesure: Mesure<'_>, seuils: &SeuilsEnVigueur) -> Vec<Alerte> {
    let le = mesure.constante.mesuree_le;
    Grandeur::toutes().iter().filter_map(|grandeur| seuil(&[mesure], grandeur, seuils, le)).collect()
}

/// Loss of weight from the highest weight of the window to the last one.
fn perte_de_poids(mesures: &[Mesure<'_>]) -> Option<Alerte> {
    let poids: Vec<&Mesure<'_>> =
        mesures.iter().filter(|mesure| mesure.constante.type_code == POIDS && !mesure.constante.a_confirmer).collect();
    let dernier = poids.last()?;
    let regles = Grandeur::regles();
    let (jours, seuil, gravite) =
        [(180, regles.poids_baisse_180_jours, Gravite::Danger), (30, regles.poids_baisse_30_jours, Gravite::Attention)]
            .into_iter()
            .find(|(jours, seuil, _)| baisse(&poids, *jours).is_some_and(|(baisse, _)| baisse >= *seuil))?;
    let (baisse, avant) = baisse(&poids, jours)?;
    Some(Alerte {
        regle: Regle::Poids,
        gravite,
        type_code: POIDS.to_owned(),
        phrase: format!("Poids −{baisse}\u{a0}% en {jours} jours ({avant} → {}\u{a0}kg)", dernier.constante.valeur),
        source: format!("Perte d'au moins {seuil}\u{a0}% en {jours} jours. {HAS_DENUTRITION}"),
        constante: Some(dernier.id),
        le: dernier.constante.mesuree_le,
    })
}

/// The loss in percent over a window which ends at the last weight, with the weight it is counted from.
fn baisse(poids: &[&Mesure<'_>], jours: i64) -> Option<(Decimal, Decimal)> {
    let dernier = poids.last()?.constante;
    let debut = dernier.mesuree_le - SignedDuration::from_secs((jours + TOLERANCE_PESEE_JOURS) * JOUR);
    let avant = poids.iter().filter(|mesure| mesure.constante.mesuree_le >= debut).map(|mesure| mesure.constante.valeur).max()?;
    let variation = pourcentage_variation(avant, dernier.valeur).ok()?;
    let perte = Decimal::ZERO.moins(variation).ok()?;
    (perte > Decimal::ZERO).then_some((perte, avant))
}

/// No stool for the days of the rule, for those whose stools are followed: noted at least once in the fortnight.
fn sans_selles(mesures: &[Mesure<'_>], now: Timestamp, fuseau: &TimeZone) -> Option<Alerte> {
    let quinzaine = now - SignedDuration::from_secs(14 * JOUR);
    let notees: Vec<&Mesure<'_>> = mesures
        .iter()
        .filter(|mesure| mesure.constante.type_code == SELLES && mesure.constante.mesuree_le >= quinzaine)
        .collect();
    let premiere = notees.first()?.constante.mesuree_le;
    let derniere =
        notees.iter().rev().find(|mesure| mesure.constante.valeur > Decimal::ZERO).map(|mesure| mesure.constante.mesuree_le);
    let depuis = derniere.unwrap_or(premiere);
    let ecart = jour_local(now, fuseau).since(jour_local(depuis, fuseau)).ok()?;
    let jours = i64::from(ecart.get_days());
    let regle = Grandeur::regles().jours_sans_selles;
    (jours >= regle).then(|| Alerte {
        regle: Regle::Selles,
        gravite: Gravite::Attention,
        type_code: SELLES.to_owned(),
        phrase: match derniere {
            Some(le) => format!("Pas de selles depuis {jours} jours (dernières le {})", date_courte(jour_local(le, fuseau))),
            None => format!("Pas de selles notées depuis {jours} jours"),
        },
        source: format!("{regle} jours sans selles chez une personne dont les selles sont suivies. Règle de l'établissement."),
        constante: None,
        le: depuis,
    })
}

/// True if a value is a surprise: out of what is plausible, or a weight which changed by more than a tenth in a month.
pub fn surprenante(grandeur: &Grandeur, valeur: Decimal, derniere: Option<&Constante>, mesuree_le: Timestamp) -> bool {
    if !grandeur.plausible(valeur) {
        return true;
    }
    let Some(derniere) = derniere.filter(|_| grandeur.code == POIDS) else { return false };
    let recente = mesuree_le.duration_since(derniere.mesuree_le).abs() <= SignedDuration::from_secs(60 * JOUR);
    let ecart = pourcentage_variation(derniere.valeur, valeur).and_then(Decimal::valeur_absolue);
    recente && ecart.is_ok_and(|ecart| Decimal::new(10, 0).is_ok_and(|dixieme| ecart > dixieme))
}

/// The earlier value which looks like the same measure: same quantity, same value, two minutes apart at most.
pub fn jumelle<'a>(mesures: &[Mesure<'a>], nouvelle: &Constante) -> Option<Mesure<'a>> {
    mesures.iter().copied().find(|mesure| {
        let connue = mesure.constante;
        connue.compte()
            && connue.type_code == nouvelle.type_code
            && connue.valeur == nouvelle.valeur
            && connue.valeur2 == nouvelle.valeur2
            && connue.mesuree_le.duration_since(nouvelle.mesuree_le).abs() <= SignedDuration::from_secs(120)
    })
}
