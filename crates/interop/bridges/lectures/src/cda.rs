//! A CDA to lines, list by list (CI-SIS: DLU, FLUDT, FLUDR, LDL, VSM, prescriptions, laboratory reports; section codes are
//! those of `cisis::read`).

use cda_r2::{ClinicalDocument, Limits, Timestamp};
use cisis::read::{self, Device, Listed, ProblemList};
use cisis::{Allergy, Problem, Recorded, Severity, Surgery, Term, Vaccination, VitalKind, VitalSign};
use kernel::decimal::Decimal;
use medical::Code;
use propositions::{Famille, Ligne, Lu, Mesure};

use crate::dates::{instant, partielle};
use crate::{resultats, traitements};

/// Reads the lines of a document.
pub(crate) fn lire(octets: &[u8]) -> Result<Lu, String> {
    let document = cda_r2::parse(octets, &Limits::default()).map_err(|error| error.code().to_owned())?;
    Ok(lignes(&document))
}

/// Every list of a document, in the order of the screen.
pub(crate) fn lignes(document: &ClinicalDocument) -> Lu {
    let mut lu = Lu::default();
    liste(&mut lu, "48765-2", read::allergies(document), allergie);
    for (section, famille, quelle) in traitements::LISTES {
        liste(&mut lu, section, read::treatments(document, quelle), |traitement, repere| {
            Some(traitements::ligne(traitement, famille, repere))
        });
    }
    for (section, famille, quelle) in PROBLEMES {
        liste(&mut lu, section, read::problems(document, quelle), |un, repere| Some(probleme(un, famille, repere)));
    }
    liste(&mut lu, "47519-4", read::surgeries(document), |acte, repere| Some(intervention(acte, repere)));
    resultats::cda(&mut lu, &read::examinations(document));
    constantes(&mut lu, &read::vital_signs(document));
    liste(&mut lu, "11369-6", read::vaccinations(document), vaccination);
    let dispositifs = read::devices(document);
    lu.non_lues += dispositifs.unread;
    lu.lignes.extend(dispositifs.list.iter().enumerate().map(|(rang, un)| dispositif(un, format!("46264-8/{}", rang + 1))));
    lu
}

/// Lists of problems: section, family, list.
const PROBLEMES: [(&str, Famille, ProblemList); 3] = [
    ("11450-4", Famille::Pathologie, ProblemList::Active),
    ("11535-2", Famille::Pathologie, ProblemList::Diagnosis),
    ("11348-0", Famille::Antecedent, ProblemList::History),
];

/// The items of a list as lines; an item which makes no line is counted as not read.
fn liste<T>(lu: &mut Lu, section: &str, lue: Option<Listed<Recorded<T>>>, vers: impl Fn(&T, String) -> Option<Ligne>) {
    let Some(lue) = lue else { return };
    lu.non_lues += lue.unread;
    for (rang, un) in lue.list.items().iter().enumerate() {
        match vers(un, format!("{section}/{}", rang + 1)) {
            Some(ligne) => lu.lignes.push(ligne),
            None => lu.non_lues += 1,
        }
    }
}

/// A term as a code of the record.
pub(crate) fn code(term: &Term) -> Code {
    Code {
        systeme: term.system().oid().to_owned(),
        code: term.code().to_owned(),
        libelle: term.display().unwrap_or_default().to_owned(),
    }
}

/// Texts one after the other, without the absent ones.
pub(crate) fn suite<'a>(morceaux: impl IntoIterator<Item = Option<&'a str>>) -> String {
    let pleins = morceaux.into_iter().flatten().map(str::trim).filter(|texte| !texte.is_empty());
    pleins.collect::<Vec<_>>().join(" · ")
}

fn date(moment: Option<&Timestamp>) -> Option<kernel::dates::DatePartielle> {
    moment.and_then(partielle)
}

/// An allergy the document says to be over is none to propose.
fn allergie(allergie: &Allergy, repere: String) -> Option<Ligne> {
    if allergie.end.is_some() {
        return None;
    }
    let gravite = allergie.severity.map(|gravite| match gravite {
        Severity::Mild => "légère",
        Severity::Moderate => "modérée",
        Severity::Severe => "grave",
        Severity::Fatal => "mortelle",
    });
    let reaction = match (allergie.reaction.as_deref(), gravite) {
        (Some(reaction), Some(gravite)) => format!("{reaction} ({gravite})"),
        (Some(reaction), None) => reaction.to_owned(),
        (None, Some(gravite)) => format!("réaction {gravite}"),
        (None, None) => String::new(),
    };
    Some(Ligne {
        codes: allergie.agent_code.iter().map(code).collect(),
        debut: date(allergie.start.as_ref()),
        detail: reaction,
        precision: suite([allergie.comment.as_deref()]),
        ..Ligne::new(repere, Famille::Allergie, &allergie.agent)
    })
}

fn probleme(probleme: &Problem, famille: Famille, repere: String) -> Ligne {
    Ligne {
        codes: probleme.code.iter().map(code).collect(),
        debut: date(probleme.start.as_ref()),
        fin: date(probleme.end.as_ref()),
        precision: suite([probleme.comment.as_deref()]),
        ..Ligne::new(repere, famille, &probleme.label)
    }
}

fn intervention(acte: &Surgery, repere: String) -> Ligne {
    Ligne {
        codes: acte.code.iter().map(code).collect(),
        debut: date(acte.date.as_ref()),
        precision: suite([acte.comment.as_deref()]),
        ..Ligne::new(repere, Famille::Intervention, &acte.label)
    }
}

/// A vaccination which was not given is no vaccination: a person reads why.
fn vaccination(vaccination: &Vaccination, repere: String) -> Option<Ligne> {
    if !vaccination.given {
        return None;
    }
    let produit = vaccination.product.as_ref();
    let lot = vaccination.lot.as_ref().map(|lot| format!("lot {lot}"));
    let nom = produit.map(|produit| produit.label.as_str()).filter(|nom| *nom != vaccination.label);
    Some(Ligne {
        codes: produit.into_iter().flat_map(|produit| &produit.codes).map(code).collect(),
        debut: date(vaccination.date.as_ref()),
        detail: suite([nom, lot.as_deref()]),
        precision: suite([vaccination.comment.as_deref()]),
        ..Ligne::new(repere, Famille::Vaccination, &vaccination.label)
    })
}

fn dispositif(un: &Device, repere: String) -> Ligne {
    Ligne {
        codes: un.code.iter().map(code).collect(),
        debut: date(un.start.as_ref()),
        fin: date(un.end.as_ref()),
        detail: suite([un.site.as_deref()]),
        precision: suite([un.comment.as_deref()]),
        ..Ligne::new(repere, Famille::Dispositif, &un.label)
    }
}

/// Kinds of vital signs: ours, their words, their unit.
const GRANDEURS: [(VitalKind, &str, &str, &str); 9] = [
    (VitalKind::Weight, "poids", "Poids", "kg"),
    (VitalKind::Height, "taille", "Taille", "cm"),
    (VitalKind::Systolic, "ta_systolique", "Tension", "mmHg"),
    (VitalKind::Diastolic, "ta_diastolique", "Tension diastolique", "mmHg"),
    (VitalKind::HeartRate, "frequence_cardiaque", "Fréquence cardiaque", "/min"),
    (VitalKind::RespiratoryRate, "frequence_respiratoire", "Fréquence respiratoire", "/min"),
    (VitalKind::Temperature, "temperature", "Température", "°C"),
    (VitalKind::OxygenSaturation, "spo2", "Saturation en oxygène", "%"),
    (VitalKind::BodyMassIndex, "imc", "Indice de masse corporelle", "kg/m²"),
];

/// Vital signs; the two pressures of one moment are one blood pressure, as the record keeps it.
fn constantes(lu: &mut Lu, lues: &Listed<Vec<VitalSign>>) {
    lu.non_lues += lues.unread;
    let mut prises: Vec<usize> = Vec::new();
    for (rang, signe) in lues.list.iter().enumerate() {
        if prises.contains(&rang) {
            continue;
        }
        let basse = (signe.kind == VitalKind::Systolic)
            .then(|| lues.list.iter().enumerate().find(|(_, un)| un.kind == VitalKind::Diastolic && un.time == signe.time))
            .flatten();
        prises.extend(basse.map(|(autre, _)| autre));
        match constante(signe, basse.map(|(_, un)| un), format!("8716-3/{}", rang + 1)) {
            Some(ligne) => lu.lignes.push(ligne),
            None => lu.non_lues += 1,
        }
    }
}

fn constante(signe: &VitalSign, basse: Option<&VitalSign>, repere: String) -> Option<Ligne> {
    let (_, grandeur, libelle, unite) = GRANDEURS.into_iter().find(|(kind, ..)| *kind == signe.kind)?;
    let valeur: Decimal = signe.value.as_str().parse().ok()?;
    let valeur2: Option<Decimal> = match basse {
        Some(basse) => Some(basse.value.as_str().parse().ok()?),
        None => None,
    };
    let nombre = valeur2.map_or_else(|| valeur.to_string(), |basse| format!("{valeur}/{basse}"));
    // Computed from others, or half of a pressure: shown, never entered by itself.
    let saisie = !matches!(signe.kind, VitalKind::BodyMassIndex | VitalKind::Diastolic)
        && (signe.kind != VitalKind::Systolic || valeur2.is_some());
    let mesure = signe.time.as_ref().and_then(instant).filter(|_| saisie).map(|(mesuree_le, heure_inconnue)| Mesure {
        grandeur: grandeur.to_owned(),
        valeur,
        valeur2,
        mesuree_le,
        heure_inconnue,
    });
    let colle = if unite.starts_with('/') { "" } else { " " };
    Some(Ligne {
        debut: date(signe.time.as_ref()),
        detail: format!("{nombre}{colle}{unite}"),
        mesure,
        ..Ligne::new(repere, Famille::Constante, libelle)
    })
}
