//! Fields of the sheet of an act: outcome, real hour, reason, colleague, note.

use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};
use kernel::dates::instant_local;
use platform::web::Champs;

use crate::acts::valider::NOTE_MAX;
use crate::bibliotheque::lire_heure;
use crate::cle::Cle;
use crate::motifs::{famille, motifs};
use crate::tour::fuseau;
use crate::validation::{FaitSource, Issue};

/// What the sheet says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lue {
    pub(crate) issue: Issue,
    pub(crate) fait_le: Timestamp,
    pub(crate) fait_source: FaitSource,
    pub(crate) avec: Option<String>,
    pub(crate) note: String,
}

/// Reads the sheet; the first sentence which says what is missing otherwise.
pub(crate) fn lire(champs: &Champs, occurrence: &Cle, now: Timestamp) -> Result<Lue, String> {
    let (fait_le, fait_source) = heure(champs, occurrence, now)?;
    let note = champs.texte("note").to_owned();
    if note.chars().count() > NOTE_MAX as usize {
        return Err(format!("La note dépasse {NOTE_MAX} caractères. Raccourcissez-la ou écrivez une transmission."));
    }
    let avec = Some(champs.texte("avec").to_owned()).filter(|avec| !avec.is_empty());
    Ok(Lue { issue: issue(champs, occurrence, fait_le)?, fait_le, fait_source, avec, note })
}

/// The outcome: `choix` is `fait`, or `refuse:fatigue` (outcome and reason in one tap).
fn issue(champs: &Champs, occurrence: &Cle, fait_le: Timestamp) -> Result<Issue, String> {
    let (code, motif) = champs.texte("choix").split_once(':').unwrap_or((champs.texte("choix"), ""));
    let motif = motif.to_owned();
    let connu = famille(code).is_none_or(|famille| motifs(famille).any(|connu| connu.code == motif));
    if !connu && code != "fait_en_partie" {
        return Err("Choisissez une raison.".into());
    }
    match code {
        "fait" => Ok(Issue::Fait),
        "fait_en_partie" => Ok(Issue::FaitEnPartie { note: motif }),
        "refuse" => Ok(Issue::Refuse { motif }),
        "absent" => Ok(Issue::Absent { motif }),
        "non_necessaire" => Ok(Issue::NonNecessaire { motif }),
        "reporte" => Ok(Issue::Reporte { a: report(champs, occurrence, fait_le)?, motif }),
        _ => Err("Choisissez ce qui s'est passé.".into()),
    }
}

/// The next time the clock shows this hour, after the present one.
fn report(champs: &Champs, occurrence: &Cle, apres: Timestamp) -> Result<Timestamp, String> {
    let heure = lire_heure(champs.texte("reporte_a")).ok_or("Indiquez la nouvelle heure du soin.")?;
    let jour = occurrence.attendue().date().max(fuseau().to_datetime(apres).date());
    let meme_jour = instant_local(jour.to_datetime(heure), &fuseau());
    if meme_jour > apres {
        return Ok(meme_jour);
    }
    let lendemain = jour.tomorrow().map_err(|_| "Indiquez la nouvelle heure du soin.")?;
    Ok(instant_local(lendemain.to_datetime(heure), &fuseau()))
}

/// The real hour: `quand` is `maintenant`, `15`, `60` (minutes ago), `prevue` or `autre` with `heure`.
fn heure(champs: &Champs, occurrence: &Cle, now: Timestamp) -> Result<(Timestamp, FaitSource), String> {
    let il_y_a = |minutes| now.checked_sub(SignedDuration::from_mins(minutes)).unwrap_or(now);
    match champs.texte("quand") {
        "" | "maintenant" => Ok((now, FaitSource::Maintenant)),
        "15" => Ok((il_y_a(15), FaitSource::Choisi)),
        "60" => Ok((il_y_a(60), FaitSource::Choisi)),
        "prevue" => Ok((occurrence.due(&fuseau()).min(now), FaitSource::Choisi)),
        _ => {
            let heure = lire_heure(champs.texte("heure")).ok_or("Indiquez l'heure réelle du soin.")?;
            Ok((passee(occurrence.attendue().date(), heure, now), FaitSource::Choisi))
        }
    }
}

/// The last time the clock showed this hour, near the day of the act.
fn passee(jour: Date, heure: Time, now: Timestamp) -> Timestamp {
    let present = fuseau().to_datetime(now).date();
    let candidats = [jour.tomorrow().ok(), Some(present), Some(jour), present.yesterday().ok(), jour.yesterday().ok()];
    let instants = candidats.into_iter().flatten().map(|jour| instant_local(jour.to_datetime(heure), &fuseau()));
    let due = instant_local(jour.to_datetime(Time::midnight()), &fuseau());
    let passes = instants.filter(|instant| *instant <= now);
    passes
        .min_by_key(|instant| {
            (instant.duration_since(due).abs() > SignedDuration::from_hours(36), instant.duration_since(now).abs())
        })
        .unwrap_or(now)
}
