//! The DLU as CDA R2 level 3 (CI-SIS, DLU-EHPAD 2022.01).

use cisis::{
    AdvanceDirectives, Allergy, AllergyKind, CisisError, Document, Drug, Establishment, LabResult, MultiResistance,
    PalliativeCare, PatientState, Problem, Recorded, ResultValue, StructureId, System, Telecom, Term, Trait, Treatment,
    Vaccination,
};
use jiff::tz::TimeZone;
use medical::{Consignes, Element, Nature};
use urgences::Dlu;
use usagers::{Allergies, RoleContact};

use crate::entete::{Auteur, Reference, date, entete};

/// The document, signed by its author.
///
/// # Errors
/// [`CisisError`]: what the header lacks (identity, FINESS), a value which has not its form.
pub fn dlu_cda(dlu: &Dlu, auteur: &Auteur, reference: &Reference, fuseau: &TimeZone) -> Result<Document, CisisError> {
    let consignes = dlu.consignes.as_ref();
    let contenu = cisis::Dlu {
        preferred_hospital: consignes.and_then(hopital),
        problems: liste(dlu, &[Nature::Pathologie], probleme),
        history: liste(dlu, &[Nature::Antecedent, Nature::Intervention], probleme),
        allergies: allergies(dlu),
        treatments: liste(dlu, &[Nature::Traitement], traitement),
        palliative_care: consignes.filter(|consignes| !consignes.palliatif.is_empty()).map(|consignes| PalliativeCare {
            under_way: true,
            since: None,
            comment: Some(consignes.palliatif.clone()),
        }),
        directives: directives(dlu),
        state: consignes.map(etat).unwrap_or_default(),
        bacteria: bacteries(dlu),
        results: dlu.de(Nature::Resultat).map(resultat).collect(),
        vaccinations: liste(dlu, &[Nature::Vaccination], vaccination),
        comments: commentaires(dlu),
        annexes: Vec::new(),
    };
    contenu.write(&entete(dlu, auteur, reference, fuseau)?)
}

/// Entries of families; unknown when nothing was written, since nobody said there is none.
pub(crate) fn liste<T>(dlu: &Dlu, natures: &[Nature], vers: impl Fn(&Element) -> T) -> Recorded<T> {
    let elements: Vec<T> = natures.iter().flat_map(|nature| dlu.de(*nature)).map(vers).collect();
    if elements.is_empty() { Recorded::Unknown } else { Recorded::Items(elements) }
}

pub(crate) fn plein(texte: &str) -> Option<String> {
    Some(texte.trim().to_owned()).filter(|texte| !texte.is_empty())
}

/// Details and precision, in one comment.
pub(crate) fn commentaire(element: &Element) -> Option<String> {
    let morceaux: Vec<&str> =
        [element.detail.as_str(), &element.precision].into_iter().filter(|texte| !texte.is_empty()).collect();
    plein(&morceaux.join(". "))
}

pub(crate) fn probleme(element: &Element) -> Problem {
    let code = element
        .code
        .as_ref()
        .filter(|code| code.systeme == medical::Code::CIM10)
        .and_then(|code| Term::new(System::Icd10, &code.code, plein(&code.libelle).as_deref()).ok());
    Problem {
        label: element.libelle.clone(),
        code,
        start: element.debut.and_then(date),
        end: None,
        comment: commentaire(element),
    }
}

pub(crate) fn traitement(element: &Element) -> Treatment {
    let dosage = plein(&element.detail).unwrap_or_else(|| "posologie non notée".to_owned());
    let risque = element.a_risque.then(|| "À dire en premier.".to_owned());
    let note = [risque, plein(&element.precision)].into_iter().flatten().collect::<Vec<_>>().join(" ");
    Treatment {
        drug: Drug { label: element.libelle.clone(), codes: Vec::new() },
        dosage,
        dose: None,
        route: None,
        as_needed: None,
        start: element.debut.and_then(date),
        end: None,
        reason: None,
        comment: plein(&note),
    }
}

fn vaccination(element: &Element) -> Vaccination {
    Vaccination {
        label: element.libelle.clone(),
        given: true,
        product: None,
        lot: None,
        date: element.debut.and_then(date),
        comment: commentaire(element),
    }
}

fn resultat(element: &Element) -> LabResult {
    LabResult {
        label: element.libelle.clone(),
        code: None,
        value: ResultValue::Text(plein(&element.detail).unwrap_or_else(|| "voir la précision".to_owned())),
        date: element.debut.and_then(date),
        comment: plein(&element.precision),
    }
}

/// The four states of our record, told apart.
pub(crate) fn allergies(dlu: &Dlu) -> Recorded<Allergy> {
    match dlu.alertes.as_ref().map(|alertes| &alertes.allergies) {
        Some(Allergies::Connues { liste }) => Recorded::Items(liste.iter().map(allergie).collect()),
        Some(Allergies::Aucune { .. }) => Recorded::NoneKnown,
        Some(Allergies::NonRenseignees) => Recorded::NotAsked,
        Some(Allergies::Indisponible) | None => Recorded::Unknown,
    }
}

fn allergie(allergie: &usagers::Allergie) -> Allergy {
    let start = allergie.annee.and_then(|annee| kernel::dates::DatePartielle::new(annee, None, None).ok()).and_then(date);
    Allergy {
        kind: AllergyKind::Unspecified,
        agent: allergie.agent.clone(),
        agent_code: None,
        reaction: plein(&allergie.reaction),
        severity: None,
        start,
        end: None,
        comment: None,
    }
}

fn hopital(consignes: &Consignes) -> Option<Establishment> {
    let name = plein(&consignes.hopital.nom)?;
    Some(Establishment {
        id: StructureId::finess(&consignes.hopital.finess).ok(),
        name,
        sector: None,
        address: None,
        telecoms: plein(&consignes.hopital.telephone).map(|numero| Telecom::Phone(numero, None)).into_iter().collect(),
    })
}

fn directives(dlu: &Dlu) -> AdvanceDirectives {
    let redigees = dlu.entourage.as_ref().map(|entourage| entourage.directives.as_str());
    let dites = dlu.consignes.as_ref().is_some_and(|consignes| !consignes.directives.is_empty());
    AdvanceDirectives {
        exist: match redigees {
            Some("oui") => Some(true),
            _ if dites => Some(true),
            Some("non") => Some(false),
            _ => None,
        },
        date: None,
        place: dlu.consignes.as_ref().and_then(|consignes| plein(&consignes.directives_ou)),
        trusted_person: dlu.contact(RoleContact::PersonneDeConfiance).map(|contact| contact.nom.clone()),
        directives: Vec::new(),
    }
}

/// Codes of our observations, in the order of the fifteen traits of the model.
const TRAITS: [(&str, Trait); 15] = [
    ("288575003", Trait::CanAlert),
    ("247663003", Trait::Oriented),
    ("62476001", Trait::Disoriented),
    ("24199005", Trait::Agitated),
    ("248043008", Trait::Opposing),
    ("425104003", Trait::Suicidal),
    ("397540003", Trait::SightLoss),
    ("15188001", Trait::HearingLoss),
    ("62305002", Trait::LanguageDisorder),
    ("161898004", Trait::Falls),
    ("50239007", Trait::Wandering),
    ("248046000", Trait::RunningAway),
    ("386423001", Trait::Restraint),
    ("285304000", Trait::PressureUlcerRisk),
    ("249492002", Trait::SwallowingRisk),
];

fn etat(consignes: &Consignes) -> PatientState {
    let traits = TRAITS.into_iter().filter_map(|(code, un)| Some((un, *consignes.observations.get(code)?))).collect();
    PatientState { traits, others: Vec::new() }
}

fn bacteries(dlu: &Dlu) -> MultiResistance {
    let portees: Vec<String> = dlu.de(Nature::Bmr).map(Element::phrase).collect();
    let absente = dlu.consignes.as_ref().is_some_and(|consignes| consignes.bmr_absente);
    MultiResistance {
        carrier: if portees.is_empty() { absente.then_some(false) } else { Some(true) },
        detail: plein(&portees.join(" ; ")),
        date: None,
    }
}

/// What the model has no place for: level of care, directives in the person's words, habits, devices.
pub(crate) fn commentaires(dlu: &Dlu) -> Option<String> {
    let mut lignes = vec![dlu.niveau()];
    if let Some(consignes) = &dlu.consignes {
        lignes.extend(consignes.directives.iter().map(|une| format!("{} : {}", une.libelle(), une.volonte)));
        lignes.extend(plein(&consignes.commentaire));
    }
    if let Some(alertes) = &dlu.alertes {
        lignes.extend(plein(&alertes.essentiel()));
    }
    lignes.extend(dlu.de(Nature::Dispositif).map(Element::phrase));
    plein(&lignes.join("\n"))
}
