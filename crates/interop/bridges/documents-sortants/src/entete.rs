//! The header every document of the house shares.

use cda_r2::{Id, InsKind, Timestamp as Moment};
use cisis::{
    Act, Address, Author, CisisError, Confidentiality, Contact, ContactRole, Guardian, Header, HumanName, Organization, Patient,
    PracticeSetting, Profession, Professional, ProfessionalId, QualifiedIns, Representative, Sector, Sex, Signatory, Stay,
    StayKind, StructureId, Telecom, Usage,
};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use kernel::ins::{Oid, Sexe};
use urgences::Dlu;
use usagers::{Contact as Proche, RoleContact};
use uuid::Uuid;

/// Who signs.
#[derive(Debug, Clone)]
pub struct Auteur {
    /// Account: the identifier within the house when there is no national number.
    pub compte: Uuid,
    /// « Prénom NOM ».
    pub nom: String,
    /// Code of the profile.
    pub profil: String,
    /// National number, eleven digits.
    pub rpps: Option<String>,
}

/// What names the document.
#[derive(Debug, Clone)]
pub struct Reference {
    /// The document.
    pub id: Uuid,
    /// All its versions.
    pub ensemble: Uuid,
    /// From 1.
    pub version: u32,
    /// The document it replaces, with its version.
    pub remplace: Option<(Uuid, u32)>,
    /// When it was signed.
    pub le: Timestamp,
}

/// A UUID as an OID of the arc 2.25 (ITU-T X.667): what CDA and XDS take for a unique identifier.
pub(crate) fn oid(id: Uuid) -> Id {
    Id { root: format!("2.25.{}", id.as_u128()), extension: None, authority: None }
}

/// An instant with the offset of the house.
pub(crate) fn instant(le: Timestamp, fuseau: &TimeZone) -> Option<Moment> {
    Moment::parse(&le.to_zoned(fuseau.clone()).strftime("%Y%m%d%H%M%S%z").to_string())
}

/// A partial date: `2021`, `202103`, `20210315`.
pub(crate) fn date(date: kernel::dates::DatePartielle) -> Option<Moment> {
    Moment::parse(&date.to_string().replace('-', ""))
}

fn missing(which: &'static str) -> CisisError {
    CisisError::MissingPart { which }
}

/// The header of a document about the person of a DLU.
pub(crate) fn entete(dlu: &Dlu, auteur: &Auteur, reference: &Reference, fuseau: &TimeZone) -> Result<Header, CisisError> {
    let created = instant(reference.le, fuseau).ok_or(missing("time of the document"))?;
    let signataire = professionnel(auteur, dlu)?;
    let debut = instant(dlu.sejour.entree_le, fuseau);
    Ok(Header {
        id: oid(reference.id),
        set_id: oid(reference.ensemble),
        version: reference.version,
        replaces: reference.remplace.map(|(id, version)| cisis_replaced(id, version)),
        title: None,
        created: created.clone(),
        confidentiality: Confidentiality::Normal,
        patient: patient(dlu)?,
        authors: vec![Author { professional: signataire.clone(), time: created.clone() }],
        custodian: maison(dlu)?,
        signatory: Signatory { professional: signataire.clone(), time: created.clone() },
        attending_physician: dlu.contact(RoleContact::MedecinTraitant).map(traitant),
        referring: None,
        contacts: contacts(dlu),
        recipients: Vec::new(),
        act: Act { start: created, end: None, performer: signataire.clone() },
        stay: Stay {
            id: Some(oid(dlu.sejour.id.0)),
            kind: StayKind::Inpatient,
            start: debut,
            end: None,
            responsible: Some(signataire),
            sector: Sector::ElderlyHome,
            place: Some(dlu.etablissement.nom.as_str().to_owned()),
            address: None,
        },
    })
}

fn cisis_replaced(id: Uuid, version: u32) -> cisis::Replaced {
    cisis::Replaced { id: oid(id), version: Some(version) }
}

/// The patient: the INS leaves only when qualified (RNIV); otherwise the identifier of the house alone.
fn patient(dlu: &Dlu) -> Result<Patient, CisisError> {
    let identification = dlu.identification.as_ref().ok_or(missing("identity of the patient"))?;
    let traits = identification.identite.traits();
    let ins = match identification.identite.ins_transmissible() {
        None => None,
        Some(ins) => Some(QualifiedIns::new(genre(ins.oid()), ins.matricule().as_str())?),
    };
    let jour = traits.date_naissance();
    let partie = |nombre: Option<i8>| nombre.map(|nombre| format!("{nombre:02}")).unwrap_or_default();
    let naissance = format!("{:04}{}{}", jour.annee(), partie(jour.mois()), partie(jour.jour()));
    let lieu = traits.lieu_naissance().code();
    Ok(Patient {
        ins,
        local_id: Some(Id { extension: Some(dlu.id().to_string()), ..oid(kernel::id::derived(dlu.etablissement.id.0, "ipp")) }),
        birth_family: traits.nom_naissance().to_owned(),
        birth_given: traits.prenoms_naissance().split(' ').map(str::to_owned).collect(),
        used_family: identification.nom_utilise.clone(),
        used_given: identification.prenom_utilise.clone(),
        sex: match traits.sexe() {
            Sexe::Feminin => Sex::Female,
            Sexe::Masculin => Sex::Male,
            Sexe::Indetermine => Sex::Undetermined,
        },
        birth_date: Moment::parse(&naissance),
        birth_cog: Some(lieu.to_owned()),
        birth_city: None,
        address: Some(adresse(dlu)),
        telecoms: Vec::new(),
        guardians: tuteurs(dlu),
    })
}

fn genre(oid: Oid) -> InsKind {
    match oid {
        Oid::Nir => InsKind::Nir,
        Oid::Nia => InsKind::Nia,
        Oid::Test => InsKind::Test,
        Oid::Demo => InsKind::Demo,
    }
}

fn adresse(dlu: &Dlu) -> Address {
    let plein = |texte: &str| Some(texte.to_owned()).filter(|texte| !texte.is_empty());
    let house = &dlu.etablissement;
    let (code, ville) = house.commune.split_once(' ').unwrap_or(("", &house.commune));
    Address { street: plein(&house.adresse), complement: None, postal_code: plein(code), city: plein(ville), country: None }
}

/// The house.
pub(crate) fn maison(dlu: &Dlu) -> Result<Organization, CisisError> {
    let house = &dlu.etablissement;
    let telephone = (!house.telephone.is_empty()).then(|| Telecom::Phone(house.telephone.clone(), Some(Usage::Work)));
    Ok(Organization {
        id: Some(StructureId::finess(house.finess.as_str())?),
        name: house.nom.as_str().to_owned(),
        address: Some(adresse(dlu)),
        telecoms: telephone.into_iter().collect(),
        setting: PracticeSetting::MedicoSocial,
    })
}

pub(crate) fn professionnel(auteur: &Auteur, dlu: &Dlu) -> Result<Professional, CisisError> {
    let (prenom, nom) = auteur.nom.split_once(' ').unwrap_or(("", &auteur.nom));
    let id = match &auteur.rpps {
        Some(rpps) => ProfessionalId::rpps(rpps)?,
        None => ProfessionalId::local(dlu.etablissement.finess.as_str(), &auteur.compte.simple().to_string())?,
    };
    Ok(Professional {
        id: Some(id),
        name: HumanName::new(nom, Some(prenom).filter(|prenom| !prenom.is_empty())),
        profession: profession(&auteur.profil)?,
        address: None,
        telecoms: Vec::new(),
        organization: Some(maison(dlu)?),
    })
}

/// The profession of a profile (JDV_J01); none for a profile the value set does not know.
fn profession(profil: &str) -> Result<Option<Profession>, CisisError> {
    let (code, libelle) = match profil {
        "medecin" | "medecin_co" => ("G15_10/SM26", "Médecin - Qualifié en Médecine Générale (SM)"),
        "pharmacien" => ("G15_21", "Pharmacien"),
        "ide" | "idec" | "cadre_sante" | "cadre_superieure" => ("G15_60", "Infirmier"),
        _ => return Ok(None),
    };
    Profession::new(code, libelle).map(Some)
}

fn telecoms(contact: &Proche) -> Vec<Telecom> {
    let telephone = (!contact.telephone.is_empty()).then(|| Telecom::Phone(contact.telephone.clone(), None));
    let courriel = (!contact.courriel.is_empty()).then(|| Telecom::Mail(contact.courriel.clone(), None));
    telephone.into_iter().chain(courriel).collect()
}

/// « Claire BRUMELLE » or « BRUMELLE »: the last word is the family name.
fn nom_de(contact: &Proche) -> HumanName {
    let nom = contact.nom.trim().trim_start_matches("Dr ");
    match nom.split_once(' ') {
        Some((prenom, famille)) => HumanName::new(famille, Some(prenom)),
        None => HumanName::new(nom, None),
    }
}

pub(crate) fn traitant(contact: &Proche) -> Professional {
    Professional {
        id: None,
        name: nom_de(contact),
        profession: None,
        address: None,
        telecoms: telecoms(contact),
        organization: None,
    }
}

fn contacts(dlu: &Dlu) -> Vec<Contact> {
    let proches = dlu.entourage.iter().flat_map(|entourage| &entourage.contacts);
    let role = |contact: &Proche| {
        let tient = |role| contact.roles.contains(&role);
        if tient(RoleContact::PersonneDeConfiance) {
            Some(ContactRole::Trusted)
        } else if tient(RoleContact::APrevenir) {
            Some(ContactRole::Emergency)
        } else {
            tient(RoleContact::Proche).then_some(ContactRole::Other)
        }
    };
    proches
        .filter_map(|contact| Some((role(contact)?, contact)))
        .filter(|(_, contact)| !contact.nom.trim().is_empty())
        .map(|(role, contact)| Contact {
            role,
            relation: None,
            name: nom_de(contact),
            address: None,
            telecoms: telecoms(contact),
        })
        .collect()
}

fn tuteurs(dlu: &Dlu) -> Vec<Guardian> {
    let mesure = dlu.entourage.as_ref().and_then(|entourage| entourage.mesure.as_ref());
    let nom = mesure.map(|mesure| mesure.mandataire.trim()).filter(|nom| !nom.is_empty());
    let telephone = dlu.contact(RoleContact::Mandataire).map(telecoms).unwrap_or_default();
    nom.map(|nom| Guardian { who: Representative::Person(HumanName::new(nom, None)), address: None, telecoms: telephone })
        .into_iter()
        .collect()
}
