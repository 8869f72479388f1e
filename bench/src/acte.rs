//! A validated care act, as the product writes it: the record, its journal line, at times a message and a document.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{Batch, Entity, Line, Message, Nature, Scope, Store};
use uuid::Uuid;

/// What a carer validated at the bedside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Validation {
    etablissement: Uuid,
    usager: Uuid,
    unite: String,
    plan: Uuid,
    moment: String,
    prevu: Timestamp,
    fait: Timestamp,
    issue: String,
    quantite: Option<String>,
    commentaire: Option<String>,
    poste: Uuid,
}

impl Entity for Validation {
    const KIND: &'static str = "soin.validation";

    fn scope(&self) -> Scope {
        Scope::of(self.etablissement)
            .person(self.usager)
            .at(self.fait)
            .lane(format!("tour/{}/2026-11-21/{}", self.unite, self.moment))
    }
}

/// A number as an id: the same number gives the same id.
pub(crate) fn id(family: u64, n: u64) -> Uuid {
    Uuid::from_u64_pair(family << 32 | 0x7000, 0x8000_0000_0000_0000 | n)
}

/// Account of a carer.
pub(crate) fn compte(n: u64) -> Uuid {
    id(3, n % 5_000)
}

/// Establishment of a resident.
fn etablissement(usager: u64) -> Uuid {
    id(1, usager % 44)
}

/// The `n`-th act: residents, units and moments turn.
pub(crate) fn validation(n: u64) -> Validation {
    let at = Timestamp::from_microsecond(1_795_244_400_000_000 + i64::try_from(n % 10_000_000).unwrap_or(0) * 1_000)
        .unwrap_or_default();
    let usager = n.wrapping_mul(2_654_435_761) % 3_740;
    Validation {
        etablissement: etablissement(usager),
        usager: id(2, usager),
        unite: format!("U{}", usager % 62),
        plan: id(4, n % 100_000),
        moment: ["matin", "midi", "soir", "nuit"][usize::try_from(n % 4).unwrap_or(0)].into(),
        prevu: at,
        fait: at,
        issue: "fait".into(),
        quantite: n.is_multiple_of(5).then(|| "1 comprimé".into()),
        commentaire: n.is_multiple_of(20).then(|| "Prise avec un peu d’eau gélifiée.".into()),
        poste: id(5, n % 700),
    }
}

/// The journal line of an act.
fn line(act: &Validation, n: u64) -> Line {
    let detail = [("profil", "AS"), ("poste", "tablette 12"), ("motif", "soin"), ("requete", "01JD7Z")];
    Line {
        at: act.fait,
        nature: Nature::Acte,
        verb: "soin.valide".into(),
        account: compte(n),
        establishment: Some(act.etablissement),
        person: Some(act.usager),
        detail: detail.into_iter().map(|(key, value)| (key.to_owned(), value.into())).collect(),
        objects: Vec::new(),
    }
}

/// One act told by its line.
pub(crate) fn batch(id: Uuid, n: u64) -> store::Result<Batch> {
    let act = validation(n);
    let mut batch = Batch::told_by(line(&act, n));
    batch.create(id, compte(n), act.fait, &act)?;
    Ok(batch)
}

/// The journal line of a reading.
pub(crate) fn reading(n: u64) -> Batch {
    let mut line = line(&validation(n), n);
    line.nature = Nature::Consultation;
    line.verb = "dossier.ouvert".into();
    Batch::told_by(line)
}

/// Many acts in one batch told by one line: fills a base.
pub(crate) fn queue(acts: impl IntoIterator<Item = (Uuid, u64)>) -> store::Result<Batch> {
    let mut batch: Option<Batch> = None;
    for (id, n) in acts {
        let act = validation(n);
        let batch = batch.get_or_insert_with(|| Batch::told_by(line(&act, n)));
        batch.create(id, compte(n), act.fait, &act)?;
    }
    Ok(batch.unwrap_or_default())
}

/// True if the `n`-th act of a fault run also sends a message.
pub(crate) fn has_message(n: u64) -> bool {
    n.is_multiple_of(7)
}

/// The document the `n`-th act of a fault run keeps, if any.
pub(crate) fn document(n: u64) -> Option<Vec<u8>> {
    n.is_multiple_of(11).then(|| format!("compte rendu {n}").repeat(40).into_bytes())
}

/// An act with all a batch may hold.
pub(crate) fn full_batch(store: &Store, id: Uuid, n: u64) -> store::Result<Batch> {
    let mut batch = batch(id, n)?;
    if has_message(n) {
        batch.send(Message { topic: "essai".into(), key: id.to_string(), payload: "{}".into() });
    }
    if let Some(bytes) = document(n) {
        batch.keep(store.seal_blob(&bytes)?);
    }
    Ok(batch)
}
