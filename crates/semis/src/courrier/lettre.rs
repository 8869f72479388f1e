//! A discharge letter (LDL-SES of the CI-SIS): one treatment kept, one changed, one new, one stopped.

use cda_r2::{Id, InsKind, Timestamp as Moment};
use cisis::{
    Act, AdmissionMode, Author, CisisError, Confidentiality, DischargeMode, Drug, Header, HumanName, LdlSes, LetterStatus,
    Organization, Patient, PracticeSetting, Profession, Professional, ProfessionalId, QualifiedIns, Recorded, Sector, Sex,
    Signatory, Stay, StayKind, StructureId, Synthesis, Treatment,
};
use demo::Recit;
use demo::recit::Resident;
use demo::recit::medical::Nature;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::{FINESS, HOPITAL, instant, jour};
use crate::ids::usager_id;
use crate::semeur::ErreurSemis;

/// Names and doses of the treatments in force.
fn traitements(recit: &Recit, rang: usize) -> Vec<(&str, &str)> {
    let elements = recit.medical.get(rang).map(|dossier| dossier.elements.as_slice()).unwrap_or_default();
    let en_cours = elements.iter().filter(|element| element.nature == Nature::Traitement && element.fin.is_none());
    en_cours.map(|element| (element.libelle.as_str(), element.detail.as_str())).collect()
}

/// Enough for a letter to have something to say.
pub(super) fn a_des_traitements(recit: &Recit, rang: usize) -> bool {
    traitements(recit, rang).len() >= 3
}

/// The letter; with `erronee`, the day of birth is not that of the record.
pub(super) fn sortie(
    recit: &Recit,
    (rang, resident): (usize, &Resident),
    (le, fuseau): (Timestamp, &TimeZone),
    erronee: bool,
) -> Result<String, ErreurSemis> {
    let refus = |erreur: CisisError| ErreurSemis::Recit(erreur.to_string());
    let entete = entete(resident, (rang, le, fuseau), erronee).map_err(refus)?;
    let pris = traitements(recit, rang);
    let mut gardes: Vec<Treatment> =
        pris.iter().take(pris.len().saturating_sub(1)).map(|(nom, dose)| traitement(nom, dose)).collect();
    if let Some(change) = gardes.last_mut() {
        change.dosage = "1 le soir".into();
    }
    gardes.push(traitement("Tramadol 50 mg gélule", "1 si douleur, 3 par jour au plus"));
    let arretes = pris.last().map(|(nom, dose)| traitement(nom, dose)).into_iter().collect();
    let lettre = LdlSes {
        status: LetterStatus::Final,
        reason: Some("Chute avec traumatisme de la hanche droite, sans fracture.".into()),
        synthesis: Synthesis {
            admission: AdmissionMode::Emergency,
            admitted: moment(le.checked_sub(SignedDuration::from_hours(96)).unwrap_or(le), fuseau),
            discharge: DischargeMode::NursingHome,
            discharged: moment(le, fuseau),
            synthesis: "Radiographies sans fracture. Antalgiques adaptés, reprise de la marche avec aide au troisième jour. Retour dans l'établissement, état stable.".into(),
            bacteria_searched: Some(false),
            transfusion: Some(false),
            ..Synthesis::default()
        },
        stopped: Recorded::Items(arretes),
        treatments: Recorded::Items(gardes),
        expected_results: None,
        follow_ups: Vec::new(),
        allergies: Recorded::Unknown,
    };
    let document = lettre.write(&entete).map_err(refus)?;
    String::from_utf8(document.bytes).map_err(|erreur| ErreurSemis::Recit(erreur.to_string()))
}

fn traitement(nom: &str, dose: &str) -> Treatment {
    Treatment {
        drug: Drug { label: nom.into(), codes: Vec::new() },
        dosage: dose.into(),
        dose: None,
        route: None,
        as_needed: None,
        start: None,
        end: None,
        reason: None,
        comment: None,
    }
}

fn moment(le: Timestamp, fuseau: &TimeZone) -> Option<Moment> {
    Moment::parse(&instant(le, fuseau))
}

fn oid(quoi: &str, rang: usize) -> Id {
    let id = kernel::id::derived(usager_id(rang).0, quoi);
    Id { root: format!("2.25.{}", id.as_u128()), extension: None, authority: None }
}

fn hopital() -> Result<Organization, CisisError> {
    Ok(Organization {
        id: Some(StructureId::finess(FINESS)?),
        name: HOPITAL.into(),
        address: None,
        telecoms: Vec::new(),
        setting: PracticeSetting::HealthFacility,
    })
}

fn medecin() -> Result<Professional, CisisError> {
    Ok(Professional {
        id: Some(ProfessionalId::rpps("99900000019")?),
        name: HumanName::new("FONTANILLE", Some("Ariane")),
        profession: Some(Profession::new("G15_10/SM18", "Médecin - Gériatrie (SM)")?),
        address: None,
        telecoms: Vec::new(),
        organization: Some(hopital()?),
    })
}

fn entete(resident: &Resident, (rang, le, fuseau): (usize, Timestamp, &TimeZone), erronee: bool) -> Result<Header, CisisError> {
    let cree = moment(le, fuseau).ok_or(CisisError::MissingPart { which: "time of the letter" })?;
    let signataire = medecin()?;
    Ok(Header {
        id: oid("lettre", rang),
        set_id: oid("lettres", rang),
        version: 1,
        replaces: None,
        title: None,
        created: cree.clone(),
        confidentiality: Confidentiality::Normal,
        patient: patient(resident, rang, erronee)?,
        authors: vec![Author { professional: signataire.clone(), time: cree.clone() }],
        custodian: hopital()?,
        signatory: Signatory { professional: signataire.clone(), time: cree.clone() },
        attending_physician: None,
        referring: None,
        contacts: Vec::new(),
        recipients: Vec::new(),
        act: Act { start: cree, end: None, performer: signataire.clone() },
        stay: Stay {
            id: Some(oid("sejour", rang)),
            kind: StayKind::Inpatient,
            start: None,
            end: None,
            responsible: Some(signataire),
            sector: Sector::PublicHospital,
            place: Some(HOPITAL.into()),
            address: None,
        },
    })
}

fn patient(resident: &Resident, rang: usize, erronee: bool) -> Result<Patient, CisisError> {
    let identite = &resident.identite;
    let naissance = if erronee { identite.naissance.tomorrow().unwrap_or(identite.naissance) } else { identite.naissance };
    Ok(Patient {
        ins: Some(QualifiedIns::new(InsKind::Demo, &identite.ins)?),
        local_id: Some(Id { extension: Some(format!("VB{}", identite.ins)), ..oid("ipp", rang) }),
        birth_family: identite.nom_naissance.clone(),
        birth_given: identite.prenoms.clone(),
        used_family: identite.nom_utilise.clone(),
        used_given: identite.prenom_utilise.clone(),
        sex: if identite.sexe == 'F' { Sex::Female } else { Sex::Male },
        birth_date: Moment::parse(&jour(naissance)),
        birth_cog: Some(identite.cog_naissance.into()),
        birth_city: None,
        address: None,
        telecoms: Vec::new(),
        guardians: Vec::new(),
    })
}
