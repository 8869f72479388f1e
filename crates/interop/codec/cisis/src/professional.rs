//! Professionals and organisations.

use cda_r2::{Entity, Organization as Written};

use crate::concept::{Concept, System, Term};
use crate::error::CisisError;
use crate::identifier::{ProfessionalId, StructureId};
use crate::person::{Address, HumanName, Telecom, addresses, telecoms};

/// Practice setting (JDV_J04).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PracticeSetting {
    /// Health facility.
    HealthFacility,
    /// Social or medico-social establishment or service: a nursing home.
    #[default]
    MedicoSocial,
    /// Private practice.
    Ambulatory,
    /// Hospital at home.
    HospitalAtHome,
    /// SAMU or SMUR.
    Samu,
}

impl PracticeSetting {
    pub(crate) fn concept(self) -> Concept {
        let (code, display) = match self {
            Self::HealthFacility => ("ETABLISSEMENT", "Etablissement de santé"),
            Self::MedicoSocial => ("ESSMS", "Etablissement ou Service Social ou Médico-Social"),
            Self::Ambulatory => ("AMBULATOIRE", "Ambulatoire"),
            Self::HospitalAtHome => ("HAD", "Hospitalisation à domicile"),
            Self::Samu => ("SAMU_SMUR", "SAMU/SMUR"),
        };
        Concept::new(code, display, System::PracticeSetting)
    }
}

/// Sector of activity of a place of care (JDV_J02).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sector {
    /// Public hospital, SA01.
    PublicHospital,
    /// Private facility taking part in the public service, SA03.
    PrivateNonProfit,
    /// Private facility, SA04.
    PrivateForProfit,
    /// Health centre, SA05.
    HealthCentre,
    /// Practice of one professional, SA07.
    Practice,
    /// Establishment for elderly persons, SA17.
    ElderlyHome,
}

impl Sector {
    pub(crate) fn concept(self) -> Concept {
        let (code, display) = match self {
            Self::PublicHospital => ("SA01", "Etablissement public de santé"),
            Self::PrivateNonProfit => ("SA03", "Etablissement privé PSPH"),
            Self::PrivateForProfit => ("SA04", "Etablissement privé non PSPH"),
            Self::HealthCentre => ("SA05", "Centre de santé"),
            Self::Practice => ("SA07", "Cabinet individuel"),
            Self::ElderlyHome => ("SA17", "Etablissement pour personnes âgées"),
        };
        Concept::new(code, display, System::Sector)
    }
}

/// Profession and speciality (JDV_J01), such as `G15_10/SM26`. The caller takes it from the
/// national directory: membership of the value set is not checked here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profession(Term);

impl Profession {
    /// A profession of the directory: codes in `G1…` are professions, the others are authors
    /// without profession, such as `SECRETARIAT_MEDICAL`.
    ///
    /// # Errors
    /// `invalid_code` when the code is empty or holds white space.
    pub fn new(code: &str, label: &str) -> Result<Self, CisisError> {
        let system = if code.starts_with("G1") { System::Profession } else { System::AuthorKind };
        Term::new(system, code, Some(label)).map(Self)
    }

    pub(crate) fn term(&self) -> &Term {
        &self.0
    }
}

/// An organisation: a nursing home, a hospital, a practice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Organization {
    /// National identifier.
    pub id: Option<StructureId>,
    /// Name.
    pub name: String,
    /// Address.
    pub address: Option<Address>,
    /// Telecoms.
    pub telecoms: Vec<Telecom>,
    /// Practice setting.
    pub setting: PracticeSetting,
}

impl Organization {
    /// The organisation to write, with its practice setting where CDA has a place for it.
    pub(crate) fn written(&self, with_setting: bool) -> Written {
        Written {
            ids: self.id.as_ref().map(StructureId::to_id).into_iter().collect(),
            name: Some(self.name.clone()).filter(|name| !name.trim().is_empty()),
            telecoms: telecoms(&self.telecoms),
            addresses: addresses(self.address.as_ref()),
            industry: with_setting.then(|| self.setting.concept().to_code()),
        }
    }
}

/// A professional. The French minimal header requires the identifier of authors, signatories and
/// performers; a worker without national number has [`ProfessionalId::local`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Professional {
    /// Identifier.
    pub id: Option<ProfessionalId>,
    /// Name.
    pub name: HumanName,
    /// Profession and speciality.
    pub profession: Option<Profession>,
    /// Address.
    pub address: Option<Address>,
    /// Telecoms.
    pub telecoms: Vec<Telecom>,
    /// Organisation the professional acts for.
    pub organization: Option<Organization>,
}

impl Professional {
    /// A professional to write, whose identifier is required when `required` says for which part.
    pub(crate) fn written(&self, required: Option<&'static str>) -> Result<Entity, CisisError> {
        if let (Some(which), None) = (required, &self.id) {
            return Err(CisisError::MissingPart { which });
        }
        if self.name.family.trim().is_empty() {
            return Err(CisisError::MissingPart { which: "family name of a professional" });
        }
        Ok(Entity {
            ids: self.id.as_ref().map(ProfessionalId::to_id).into_iter().collect(),
            code: self.profession.as_ref().map(|profession| profession.term().to_code("")),
            names: vec![self.name.to_name(true)],
            addresses: addresses(self.address.as_ref()),
            telecoms: telecoms(&self.telecoms),
            organization: self.organization.as_ref().map(|own| own.written(true)),
            ..Entity::default()
        })
    }
}
