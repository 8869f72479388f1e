//! Who the person is: FR Core 2.1.0, `fr-core-patient-ins` for a qualified identity, `fr-core-patient` otherwise.
//!
//! Rules: the INS leaves with a qualified identity only (RNIV), and with a former version only while it is still that of the
//! person: a number since taken away was perhaps somebody else's. `VALI` (HL7 table 0445) is told with an INS, since
//! fr-core-1 demands one; the birth list of given names is one string, `given` the first of them.

use fhir_r4::{DateRange, Element, Object, coding, extension, identifier, logical_reference};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use kernel::dates::DateNaissance;
use kernel::ins::{Identite, Ins, Oid, Sexe, StatutIdentite};
use platform::store::Stored;
use usagers::{Identification, Usager};

use super::systemes as s;
use super::{Fiche, Indice, debut};

/// What a patient is made of.
#[derive(Debug, Clone)]
pub(crate) struct Source<'a> {
    pub(crate) usager: &'a Stored<Usager>,
    pub(crate) identification: Option<&'a Stored<Identification>>,
    /// Her identity today; that of `identification` unless a former version is told.
    pub(crate) presente: Option<&'a Identite>,
    /// FINESS and name of the establishment which holds the record.
    pub(crate) etablissement: (&'a str, &'a str),
    pub(crate) fuseau: &'a TimeZone,
}

impl<'a> Source<'a> {
    /// The number which may leave: that of this version when it was qualified, and the person's identity today is, by the same.
    fn ins(&self) -> Option<&'a Ins> {
        let ins = self.identification.and_then(|lue| lue.value.identite.ins_transmissible())?;
        let present = self.presente.and_then(Identite::ins_transmissible)?;
        (present.matricule() == ins.matricule()).then_some(ins)
    }
}

/// The person as a resource. Its version counts those of both records it is made of.
pub(crate) fn patient(source: &Source<'_>) -> Fiche {
    let Source { usager, identification, .. } = source;
    let (version, maj) = (
        usager.version + identification.map_or(0, |lue| lue.version),
        identification.map_or(usager.recorded, |lue| lue.recorded.max(usager.recorded)),
    );
    let identite = identification.map(|lue| &lue.identite);
    let ins = source.ins();
    let profil = if ins.is_some() { s::FR_PATIENT_INS } else { s::FR_PATIENT };
    let id = usager.value.id.to_string();
    let corps = debut("Patient", &id, version, maj, &[profil])
        .with("extension", extensions(source))
        .with("identifier", identifiants(&id, ins))
        .with("active", usager.fusionne_dans.is_none())
        .with("name", noms(source))
        .with("gender", genre(identite.map(|identite| identite.traits().sexe())))
        .with("birthDate", identite.map(|identite| date_naissance(identite.traits().date_naissance())))
        .with(
            "managingOrganization",
            logical_reference("Organization", s::FINESS, source.etablissement.0, source.etablissement.1),
        );
    let indices = indices(source, &id, ins);
    Fiche { genre: "Patient", id, version, maj, rang: Timestamp::UNIX_EPOCH, corps, indices }
}

fn genre(sexe: Option<Sexe>) -> &'static str {
    match sexe {
        Some(Sexe::Feminin) => "female",
        Some(Sexe::Masculin) => "male",
        Some(Sexe::Indetermine) | None => "unknown",
    }
}

/// What is not known is not said: `1931-05`, `1900`.
fn date_naissance(date: DateNaissance) -> String {
    match (date.mois(), date.jour()) {
        (Some(mois), Some(jour)) => format!("{:04}-{mois:02}-{jour:02}", date.annee()),
        (Some(mois), None) => format!("{:04}-{mois:02}", date.annee()),
        _ => format!("{:04}", date.annee()),
    }
}

/// The code of table 0445: one status, the mark which matters most first. A version whose number stays here is told by what is
/// known of the identity today.
fn statut(identite: &Identite, presente: Option<&Identite>, ins: Option<&Ins>) -> (&'static str, &'static str) {
    let revenue = identite.ins_transmissible().is_some() && ins.is_none();
    let marquee = |marque: fn(&Identite) -> bool| marque(identite) || (revenue && presente.is_some_and(marque));
    if marquee(Identite::est_douteuse) {
        return ("DOUT", "Identité douteuse (Attribut d’identité « douteuse »)");
    }
    if marquee(Identite::est_fictive) {
        return ("FICT", "Identité fictive (Attribut d’identité « fictive »)");
    }
    // A demonstration number is that of an invented person, and fr-core-1 (FR Core 2.1.0) forgets its OID beside VALI.
    if ins.is_some_and(|ins| ins.oid() == Oid::Demo) {
        return ("FICT", "Identité fictive (Attribut d’identité « fictive »)");
    }
    match identite.statut() {
        StatutIdentite::Qualifiee if !revenue => ("VALI", "Identité validée"),
        // Validated without INS: fr-core-1 keeps VALI for identities which have one.
        StatutIdentite::Qualifiee | StatutIdentite::Validee | StatutIdentite::Recuperee => {
            ("VIDE", "Identité non encore qualifiée")
        }
        StatutIdentite::Provisoire => ("PROV", "Identité provisoire"),
    }
}

fn extensions(source: &Source<'_>) -> Vec<Object> {
    let Some(identite) = source.identification.map(|lue| &lue.identite) else { return Vec::new() };
    let (code, display) = statut(identite, source.presente, source.ins());
    let statut = extension("identityStatus", "valueCoding", coding(s::FR_0445, code, display));
    let insee = extension(s::FR_INSEE, "valueCoding", coding(s::COMMUNES, identite.traits().lieu_naissance().code(), ""));
    vec![
        extension(s::FR_FIABILITE, "extension", vec![statut]),
        extension(s::LIEU_NAISSANCE, "valueAddress", Object::new().with("extension", vec![insee])),
    ]
}

fn type_ins(oid: Oid) -> (&'static str, &'static str, &'static str) {
    match oid {
        Oid::Nir => ("official", "INS-NIR", "NIR définitif"),
        Oid::Nia => ("temp", "INS-NIA", "NIR temporaire"),
        Oid::Test => ("official", "INS-NIR-TEST", "NIR TEST"),
        Oid::Demo => ("official", "INS-NIR-DEMO", "NIR DEMO"),
    }
}

fn systeme_ins(oid: Oid) -> &'static str {
    match oid {
        Oid::Nir => "urn:oid:1.2.250.1.213.1.4.8",
        Oid::Nia => "urn:oid:1.2.250.1.213.1.4.9",
        Oid::Test => "urn:oid:1.2.250.1.213.1.4.10",
        Oid::Demo => "urn:oid:1.2.250.1.213.1.4.11",
    }
}

fn identifiants(id: &str, ins: Option<&Ins>) -> Vec<Object> {
    let interne = identifier("usual", coding(s::V2_0203, "PI", "Patient internal identifier"), s::URI, &format!("urn:uuid:{id}"));
    let ins = ins.map(|ins| {
        let (usage, code, display) = type_ins(ins.oid());
        identifier(usage, coding(s::FR_0203, code, display), systeme_ins(ins.oid()), ins.matricule().as_str())
    });
    ins.into_iter().chain([interne]).collect()
}

fn noms(source: &Source<'_>) -> Vec<Object> {
    let usager = &source.usager.value;
    let usuel =
        |famille: &str, prenom: &str| Object::new().with("use", "usual").with("family", famille).with("given", vec![prenom]);
    let Some(lue) = source.identification else { return vec![usuel(usager.nom.as_str(), usager.prenom.as_str())] };
    let traits = lue.identite.traits();
    let officiel = Object::new()
        .with("extension", vec![extension(s::FR_PRENOMS, "valueString", traits.prenoms_naissance())])
        .with("use", "official")
        .with("family", traits.nom_naissance())
        .with("given", vec![traits.premier_prenom()]);
    if lue.nom_utilise.is_none() && lue.prenom_utilise.is_none() {
        return vec![officiel];
    }
    let famille = lue.nom_utilise.as_deref().unwrap_or_else(|| traits.nom_naissance());
    let prenom = lue.prenom_utilise.as_deref().unwrap_or_else(|| traits.premier_prenom());
    vec![officiel, usuel(famille, prenom)]
}

fn indices(source: &Source<'_>, id: &str, ins: Option<&Ins>) -> Vec<(&'static str, Indice)> {
    let usager = &source.usager.value;
    let mut indices = vec![
        ("_id", Indice::Jeton("", id.to_owned())),
        ("identifier", Indice::Jeton(s::URI, format!("urn:uuid:{id}"))),
        ("family", Indice::Mots(usager.nom.as_str().to_owned())),
        ("given", Indice::Mots(usager.prenom.as_str().to_owned())),
    ];
    if let Some(ins) = ins {
        indices.push(("identifier", Indice::Jeton(systeme_ins(ins.oid()), ins.matricule().as_str().to_owned())));
    }
    let Some(lue) = source.identification else {
        indices.push(("gender", Indice::Jeton("", "unknown".to_owned())));
        return indices;
    };
    let traits = lue.identite.traits();
    indices.push(("family", Indice::Mots(traits.nom_naissance().to_owned())));
    indices.push(("given", Indice::Mots(traits.prenoms_naissance().to_owned())));
    indices.push(("gender", Indice::Jeton("", genre(Some(traits.sexe())).to_owned())));
    let naissance = traits.date_naissance();
    if let Some(plage) = DateRange::civil(naissance.annee(), naissance.mois(), naissance.jour(), source.fuseau) {
        indices.push(("birthdate", Indice::Dates(plage)));
    }
    indices
}

/// The person whose record was merged into another: nothing but where to go.
pub(crate) fn reuni(ancien: kernel::id::UsagerId, garde: kernel::id::UsagerId) -> Object {
    let lien = Object::new().with("other", super::vers_patient(garde)).with("type", "replaced-by");
    Object::resource("Patient").with("id", ancien.to_string()).with("active", Element::Bool(false)).with("link", vec![lien])
}
