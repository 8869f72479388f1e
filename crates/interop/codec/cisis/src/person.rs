//! Names, addresses, telecoms, and the persons around the patient.

use cda_r2::{Address as Written, AddressPart, Code, Entity, Informant, NamePart, NamePartKind, PersonName};
use cda_r2::{Telecom as WrittenTelecom, TelecomKind};

use crate::concept::{Concept, System};
use crate::professional::Organization;

/// Civility (JDV_J245).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Civility {
    /// Monsieur.
    M,
    /// Madame.
    Mme,
}

/// Title of a professional (JDV_J246).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Title {
    /// Docteur.
    Dr,
    /// Professeur.
    Pr,
}

/// Name of a professional or a relative.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HumanName {
    /// Civility.
    pub civility: Option<Civility>,
    /// Title; written for professionals only.
    pub title: Option<Title>,
    /// Family name, required.
    pub family: String,
    /// Given name.
    pub given: Option<String>,
}

impl HumanName {
    /// A name without civility or title.
    pub fn new(family: impl Into<String>, given: Option<&str>) -> Self {
        Self { family: family.into(), given: given.map(str::to_owned), ..Self::default() }
    }

    pub(crate) fn to_name(&self, titled: bool) -> PersonName {
        let civility = self.civility.map(|civility| match civility {
            Civility::M => "M",
            Civility::Mme => "MME",
        });
        let title = self.title.filter(|_| titled).map(|title| match title {
            Title::Dr => "DR",
            Title::Pr => "PR",
        });
        let parts = [
            (NamePartKind::Prefix, civility),
            (NamePartKind::Given, self.given.as_deref()),
            (NamePartKind::Family, Some(self.family.as_str())),
            (NamePartKind::Suffix, title),
        ];
        let written = parts.into_iter().filter_map(|(kind, value)| Some(part(kind, value?, None)));
        PersonName { uses: Vec::new(), parts: written.collect() }
    }
}

pub(crate) fn part(kind: NamePartKind, value: &str, qualifier: Option<&str>) -> NamePart {
    NamePart { kind, value: value.to_owned(), qualifiers: qualifier.map(str::to_owned).into_iter().collect() }
}

/// Where a telecom reaches: the uses the French minimal header admits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    /// Home (`H`).
    Home,
    /// Work (`WP`).
    Work,
    /// Direct line (`DIR`).
    Direct,
    /// Emergency (`EC`): in a DLU, the line answered day and night.
    Emergency,
    /// Mobile (`MC`).
    Mobile,
}

impl Usage {
    fn code(self) -> &'static str {
        match self {
            Self::Home => "H",
            Self::Work => "WP",
            Self::Direct => "DIR",
            Self::Emergency => "EC",
            Self::Mobile => "MC",
        }
    }
}

/// A telecommunication address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Telecom {
    /// A phone number; white space is left out.
    Phone(String, Option<Usage>),
    /// A fax number; white space is left out.
    Fax(String, Option<Usage>),
    /// A mail address; `<INS>@patient.mssante.fr` for the secure box of a patient.
    Mail(String, Option<Usage>),
}

impl Telecom {
    /// Whether it is the secure box of a patient, `<INS>@patient.mssante.fr`.
    pub(crate) fn tells_ins(&self) -> bool {
        matches!(self, Self::Mail(value, _) if value.to_ascii_lowercase().contains("@patient.mssante.fr"))
    }

    /// The value to write; `None` when there is nothing.
    fn written(&self) -> Option<WrittenTelecom> {
        let (kind, value, usage) = match self {
            Self::Phone(value, usage) => (TelecomKind::Phone, value, usage),
            Self::Fax(value, usage) => (TelecomKind::Fax, value, usage),
            Self::Mail(value, usage) => (TelecomKind::Mail, value, usage),
        };
        let value: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        let uses = usage.map(|usage| usage.code().to_owned()).into_iter().collect();
        (!value.is_empty()).then_some(WrittenTelecom { kind, value, uses })
    }
}

pub(crate) fn telecoms<'t>(telecoms: impl IntoIterator<Item = &'t Telecom>) -> Vec<WrittenTelecom> {
    telecoms.into_iter().filter_map(Telecom::written).collect()
}

/// A postal address. Every part is optional; one without any is not written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// Number and street.
    pub street: Option<String>,
    /// Building, staircase, place.
    pub complement: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// Municipality.
    pub city: Option<String>,
    /// Country, when it is not France.
    pub country: Option<String>,
}

impl Address {
    pub(crate) fn written(&self) -> Option<Written> {
        let parts: Vec<AddressPart> = [
            ("additionalLocator", &self.complement),
            ("streetName", &self.street),
            ("postalCode", &self.postal_code),
            ("city", &self.city),
            ("country", &self.country),
        ]
        .into_iter()
        .filter_map(|(kind, value)| {
            let value = value.as_deref().filter(|text| !text.trim().is_empty())?;
            Some(AddressPart { kind: kind.to_owned(), value: value.to_owned() })
        })
        .collect();
        (!parts.is_empty()).then_some(Written { uses: Vec::new(), parts })
    }

    /// The address on one line, for a narrative.
    pub(crate) fn line(&self) -> String {
        let parts = [&self.complement, &self.street, &self.postal_code, &self.city, &self.country];
        let kept: Vec<&str> = parts.into_iter().flatten().map(String::as_str).filter(|text| !text.trim().is_empty()).collect();
        kept.join(" ")
    }
}

pub(crate) fn addresses(address: Option<&Address>) -> Vec<Written> {
    address.and_then(Address::written).into_iter().collect()
}

/// What a relative is to be called for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactRole {
    /// Person to be told in an emergency (`ECON`).
    Emergency,
    /// Trusted person, *personne de confiance* (`NOK`).
    Trusted,
    /// Caregiver, *aidant* (`CAREGIVER`).
    Caregiver,
    /// Any other contact (`CON`).
    Other,
}

/// A relative or contact of the patient. The same person may be given once for each role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Role.
    pub role: ContactRole,
    /// Link with the patient, from [`RELATIONS`].
    pub relation: Option<Concept>,
    /// Name.
    pub name: HumanName,
    /// Address.
    pub address: Option<Address>,
    /// Telecoms.
    pub telecoms: Vec<Telecom>,
}

impl Contact {
    pub(crate) fn to_informant(&self) -> Informant {
        let class = match self.role {
            ContactRole::Emergency => "ECON",
            ContactRole::Trusted => "NOK",
            ContactRole::Caregiver => "CAREGIVER",
            ContactRole::Other => "CON",
        };
        let entity = Entity {
            class_code: Some(class.to_owned()),
            code: self.relation.as_ref().map(|relation| Code { system_name: None, ..relation.to_code() }),
            names: vec![self.name.to_name(false)],
            addresses: addresses(self.address.as_ref()),
            telecoms: telecoms(&self.telecoms),
            ..Entity::default()
        };
        Informant { entity }
    }
}

/// Who represents the patient in law.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Representative {
    /// A person.
    Person(HumanName),
    /// An association or a public body.
    Organization(Organization),
}

/// A legal representative (`guardian`). CDA has no place for the measure of protection: give the
/// person as a [`Contact`] too, whose relation says TUTEUR, CURATEUR or MSVG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guardian {
    /// Who.
    pub who: Representative,
    /// Address.
    pub address: Option<Address>,
    /// Telecoms.
    pub telecoms: Vec<Telecom>,
}

impl Guardian {
    pub(crate) fn to_entity(&self) -> Entity {
        let (names, organization) = match &self.who {
            Representative::Person(name) => (vec![name.to_name(false)], None),
            Representative::Organization(found) => (Vec::new(), Some(found.written(false))),
        };
        let addresses = addresses(self.address.as_ref());
        Entity { names, organization, addresses, telecoms: telecoms(&self.telecoms), ..Entity::default() }
    }
}

const fn relation(code: &'static str, display: &'static str) -> Concept {
    Concept::new(code, display, System::RoleCode)
}

/// Links with the patient (JDV_J11).
pub const RELATIONS: [Concept; 37] = [
    relation("MTH", "Mère"),
    relation("FTH", "Père"),
    relation("NMTH", "Mère biologique"),
    relation("NFTH", "Père biologique"),
    relation("STPMTH", "Belle-mère - épouse du père ou de la mère"),
    relation("STPFTH", "Beau-père - époux du père ou de la mère"),
    relation("GRMTH", "Grand-mère"),
    relation("GRFTH", "Grand-père"),
    relation("GGRMTH", "Arrière-grand-mère"),
    relation("GGRFTH", "Arrière-grand-père"),
    relation("DAU", "Fille biologique"),
    relation("SON", "Fils biologique"),
    relation("BRO", "Frère"),
    relation("SIS", "Soeur"),
    relation("HBRO", "Demi-frère"),
    relation("HSIS", "Demi-soeur"),
    relation("GRNDDAU", "Petite-fille"),
    relation("GRNDSO", "Petit-fils"),
    relation("UNCLE", "Oncle"),
    relation("AUNT", "Tante"),
    relation("NEPHEW", "Neveu"),
    relation("NIECE", "Nièce"),
    relation("HUSB", "Epoux"),
    relation("WIFE", "Epouse"),
    relation("DOMPART", "Concubin(e) ou partenaire PACS"),
    relation("ROOM", "Personne vivant sous le même toit"),
    relation("FRND", "Autre proche"),
    relation("NBOR", "Voisin(e)"),
    relation("FAMMEMB", "Autre membre de la famille"),
    relation("CHILD", "Enfant"),
    relation("COUSN", "Cousin(e)"),
    relation("SIGOTHR", "Conjoint"),
    relation("DAUC", "Fille"),
    relation("SONC", "Fils"),
    Concept::new("TUTEUR", "Tuteur", System::LegalRelation),
    Concept::new("CURATEUR", "Curateur", System::LegalRelation),
    Concept::new("MSVG", "Mandataire de sauvegarde", System::LegalRelation),
];
