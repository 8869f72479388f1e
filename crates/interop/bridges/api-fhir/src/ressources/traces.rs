//! Lines of the journal about a person as `AuditEvent`: who read, wrote, or was refused.

use fhir_r4::{DateRange, Object, coding, concept_text};
use kernel::id::UsagerId;
use platform::store::{LineRow, Nature};

use super::{Fiche, Indice, debut, vers_patient};

const TYPE: &str = "http://terminology.hl7.org/CodeSystem/audit-event-type";

/// Code of the action and of its outcome (0: done; 4: refused).
fn action(nature: Nature) -> (&'static str, &'static str) {
    match nature {
        Nature::Consultation => ("R", "0"),
        Nature::Refus => ("E", "4"),
        _ => ("U", "0"),
    }
}

/// The line; `auteur` is the name shown of the account.
pub(crate) fn ligne(usager: UsagerId, lue: &LineRow, auteur: &str, profil: Option<&str>) -> Fiche {
    let id = format!("{usager}.{}", lue.n);
    let (action, issue) = action(lue.nature);
    let compte = Object::new().with("identifier", Object::new().with("value", lue.account.to_string())).with("display", auteur);
    let agent =
        Object::new().with("role", profil.map(|profil| vec![concept_text(profil)])).with("who", compte).with("requestor", true);
    let motif = lue.detail("motif").map(|motif| vec![concept_text(&motif)]);
    let corps = debut("AuditEvent", &id, 1, lue.at, &[])
        .with("type", coding(TYPE, "rest", "RESTful Operation"))
        .with("subtype", vec![coding("", &lue.verb, "")])
        .with("action", action)
        .with("recorded", lue.at)
        .with("outcome", issue)
        .with("purposeOfEvent", motif)
        .with("agent", vec![agent])
        .with("source", Object::new().with("observer", Object::new().with("display", "Grappe")))
        .with("entity", vec![Object::new().with("what", vers_patient(usager))]);
    let indices = vec![
        ("_id", Indice::Jeton("", id.clone())),
        ("action", Indice::Jeton("", action.to_owned())),
        ("date", Indice::Dates(DateRange::instant(lue.at))),
    ];
    Fiche { genre: "AuditEvent", id, version: 1, maj: lue.at, rang: lue.at, corps, indices }
}
