//! The person a message is about, for the strict matching of the sas; pure.

use documents::PatientLu;
use hl7v2::{Address, Datatype, Identifier, InsKind, Message, PersonName, Segment, Timestamp};

use crate::temps::propre;

/// Statuses of PID-32 (fr-core-cs-v2-0445) by which the hospital itself doubts who the person is.
const DOUTES: [&str; 12] = ["DOUB", "DOUT", "DOUA", "DPOT", "DESA", "COLP", "COLV", "FICT", "USUR", "ANOM", "INVA", "CACH"];

/// The person of PID, whatever the type of the message; `None` without a PID, or with several.
///
/// An identity the hospital itself doubts gives no INS: somebody must compare it.
pub fn identite(message: &Message) -> Option<PatientLu> {
    let mut segments = message.all("PID");
    let pid = segments.next().filter(|_| segments.next().is_none())?;
    let noms: Vec<PersonName> = tous(pid, 5);
    let naissance = noms.iter().find(|nom| nom.kind.as_deref() == Some("L"));
    let adresses: Vec<Address> = tous(pid, 11);
    let lieu = adresses.iter().find(|adresse| adresse.kind.as_deref() == Some("BDL"));
    let affiche = noms.iter().find(|nom| nom.kind.as_deref() == Some("D")).or(naissance).or(noms.first());
    let sexe = pid.field(8).component(1).opt().map(|code| match code.as_str() {
        "F" | "M" => code,
        _ => "I".to_owned(),
    });
    Some(PatientLu {
        ins: if est_douteuse(pid) { Vec::new() } else { ins(pid) },
        nom_naissance: naissance.and_then(|nom| nom.family.clone()),
        prenoms: naissance.and_then(|nom| nom.given_list.clone()),
        premier_prenom: naissance.and_then(|nom| nom.given.clone()),
        nom_affiche: affiche.and_then(nom_affiche).unwrap_or_default(),
        sexe,
        naissance: pid.field(7).component(1).opt().and_then(|brut| date(&brut)),
        lieu: lieu.and_then(|lieu| lieu.insee_code.clone()),
    })
}

fn tous<T: Datatype>(segment: Segment<'_>, champ: usize) -> Vec<T> {
    segment.field(champ).repetitions().filter_map(T::read).collect()
}

fn est_douteuse(pid: Segment<'_>) -> bool {
    pid.field(32).repetitions().filter_map(|valeur| valeur.opt()).any(|statut| DOUTES.contains(&statut.as_str()))
}

/// The national identities, by the OID of their authority.
fn ins(pid: Segment<'_>) -> Vec<(String, String)> {
    let identifiants: Vec<Identifier> = tous(pid, 3);
    let nationale = |lu: Identifier| {
        let oid = lu.authority.as_ref()?.oid()?.to_owned();
        InsKind::from_oid(&oid)?;
        Some((oid, lu.value))
    };
    let mut lues: Vec<(String, String)> = identifiants.into_iter().filter_map(nationale).collect();
    lues.dedup();
    lues
}

/// `AAAA-MM-JJ`, zeros for what is unknown: lunar dates keep theirs.
fn date(brut: &str) -> Option<String> {
    let lu = Timestamp::parse(brut)?;
    Some(format!("{:04}-{:02}-{:02}", lu.year, lu.month.unwrap_or(0), lu.day.unwrap_or(0)))
}

fn nom_affiche(nom: &PersonName) -> Option<String> {
    let parties = [nom.family.as_deref(), nom.given.as_deref()];
    propre(&parties.into_iter().flatten().collect::<Vec<_>>().join(" "))
}
