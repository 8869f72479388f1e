//! What the emergency document of a resident tells: history, allergies, treatments, as an ordinary file of a nursing home.

use jiff::Timestamp;
use medical::{Element, Etat, Nature, Origine};
use semis::Semeur;
use uuid::Uuid;

use super::{Person, UNIT, before, people};
use crate::acte;

/// Entries of one file.
const FILE: [(Nature, &str, &str); 14] = [
    (Nature::Antecedent, "Fibrillation auriculaire", ""),
    (Nature::Antecedent, "Accident vasculaire cérébral ischémique", "2021"),
    (Nature::Antecedent, "Fracture du col du fémur", "2023"),
    (Nature::Pathologie, "Diabète de type 2", ""),
    (Nature::Dispositif, "Appareil auditif", "deux côtés"),
    (Nature::Traitement, "Apixaban 2,5 mg", "1 matin et soir"),
    (Nature::Traitement, "Furosémide 40 mg", "1 le matin"),
    (Nature::Traitement, "Bisoprolol 2,5 mg", "1 le matin"),
    (Nature::Traitement, "Paracétamol 1 g", "1 matin, midi et soir"),
    (Nature::Traitement, "Metformine 500 mg", "1 matin et soir"),
    (Nature::Traitement, "Macrogol 10 g", "1 sachet le matin"),
    (Nature::Traitement, "Ramipril 2,5 mg", "1 le matin"),
    (Nature::Traitement, "Atorvastatine 20 mg", "1 le soir"),
    (Nature::Vaccination, "Grippe saisonnière", "octobre"),
];

/// The files of the unit whose documents are measured.
pub(super) async fn sow(sower: &mut Semeur<'_>, now: Timestamp) -> anyhow::Result<()> {
    let written = before(now, 60 * 24 * 90);
    for person in people().take(usize::try_from(UNIT)?) {
        for (rank, entry) in (0..).zip(FILE) {
            let element = element(person, entry, written);
            sower.poser(acte::id(14, person.n * 100 + rank), Uuid::nil(), written, &element).await?;
        }
    }
    Ok(())
}

fn element(person: Person, (nature, words, detail): (Nature, &str, &str), written: Timestamp) -> Element {
    Element {
        usager: person.id,
        etablissement: person.establishment,
        nature,
        libelle: words.to_owned(),
        code: None,
        debut: None,
        detail: detail.to_owned(),
        precision: String::new(),
        a_risque: words.starts_with("Apixaban"),
        note_le: written,
        origine: Origine::Saisie,
        etat: Etat::EnVigueur,
    }
}
