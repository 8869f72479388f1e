//! Quantities of a posology in the words a French reader knows.

use cda_r2::{Entry, EntryText, Quantity};

use crate::french;
use crate::measure::Measure;
use crate::treatment::Dose;

/// « 2 à 4 comprimé(s) toutes les 8 h », « 2 comprimé(s) par jour ».
pub fn sentence(dose: &Dose) -> String {
    let low = french::number(dose.low.value.as_str());
    let number = match &dose.high {
        Some(high) if high.value != dose.low.value => format!("{low} à {}", french::number(high.value.as_str())),
        _ => low,
    };
    let taken = format!("{number} {}", unit(&dose.low.unit)).trim_end().to_owned();
    match &dose.period {
        Some(period) => format!("{taken} {}", every(period)),
        None => format!("{taken} par prise"),
    }
}

/// A unit of UCUM as a French reader knows it; an unknown one stays as it is, without its braces.
fn unit(ucum: &str) -> &str {
    match ucum {
        "1" | "{count}" => "",
        "{tablet}" | "{tbl}" => "comprimé(s)",
        "{capsule}" => "gélule(s)",
        "{drop}" | "[drp]" => "goutte(s)",
        "d" => "jour(s)",
        "wk" => "semaine(s)",
        "mo" => "mois",
        "mg/d" => "mg/jour",
        "g/d" => "g/jour",
        other => other.trim_matches(['{', '}']),
    }
}

fn every(period: &Measure) -> String {
    let number = french::number(period.value.as_str());
    match (number.as_str(), period.unit.as_str()) {
        ("1", "d") => "par jour".to_owned(),
        ("1", "wk") => "par semaine".to_owned(),
        ("1", "mo") => "par mois".to_owned(),
        (_, "h" | "min") => format!("toutes les {number} {}", period.unit),
        (_, "d") => format!("tous les {number} jours"),
        (_, "wk") => format!("toutes les {number} semaines"),
        _ => format!("par période de {number} {}", unit(&period.unit)),
    }
}

/// One step of a posology that changes with time.
pub(super) fn step(entry: &Entry, dose: Option<&Dose>) -> Option<String> {
    let dose = dose.map(sentence);
    let times = entry.effective_times.iter().flat_map(|time| std::iter::once(time).chain(&time.parts));
    let (mut start, mut end, mut width) = (None, None, None);
    for time in times {
        start = start.or_else(|| time.low.as_ref().map(|low| format!("à partir du {}", french::time(low))));
        end = end.or_else(|| time.high.as_ref().map(|high| format!("jusqu'au {}", french::time(high))));
        width = width.or_else(|| time.width.as_ref().and_then(quantity).map(|width| format!("pendant {width}")));
    }
    let words: Vec<String> = [dose, start, end, width].into_iter().flatten().collect();
    let bounds = bounds(entry);
    (!words.is_empty()).then(|| words.into_iter().chain(bounds).collect::<Vec<_>>().join(", "))
}

fn quantity(found: &Quantity) -> Option<String> {
    let number = french::number(found.value.as_deref()?);
    let words = unit(found.unit.as_deref().unwrap_or_default());
    Some(format!("{number} {words}").trim_end().to_owned())
}

/// The rate and the largest dose of a statement.
pub(super) fn bounds(entry: &Entry) -> Option<String> {
    let rate = entry.rate.as_ref().and_then(|rate| {
        let (low, high) = (rate.low.as_ref().and_then(quantity), rate.high.as_ref().and_then(quantity));
        match (low, high, rate.value.as_ref().and_then(quantity)) {
            (Some(low), Some(high), _) if low != high => Some(format!("débit {low} à {high}")),
            (Some(one), ..) | (_, Some(one), _) | (_, _, Some(one)) => Some(format!("débit {one}")),
            _ => None,
        }
    });
    let max = entry.max_dose.as_ref().and_then(|(dose, time)| {
        let time = match (time.value.as_deref(), time.unit.as_deref()) {
            (Some("1"), Some("d")) => " par jour".to_owned(),
            _ => quantity(time).map(|time| format!(" en {time}")).unwrap_or_default(),
        };
        quantity(dose).map(|dose| format!("au plus {dose}{time}"))
    });
    let told: Vec<String> = [rate, max].into_iter().flatten().collect();
    (!told.is_empty()).then(|| told.join(", "))
}

/// How often, when no dose says it: in the words of the author, else as a period.
pub(super) fn frequency(entry: &Entry, resolve: impl Fn(&EntryText) -> Option<String>) -> Option<String> {
    let period = entry.effective_times.iter().find_map(|time| time.period.as_ref())?;
    let told = period.told.as_ref().and_then(resolve);
    told.or_else(|| quantity(period).map(|period| format!("fréquence : à lire dans le document (période {period})")))
}
