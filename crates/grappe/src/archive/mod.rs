//! The whole base as one archive: an open format (POSIX tar of NDJSON and documents, with a manifest of hashes), sealed by a key
//! made for it unless asked otherwise (ADR 0023).

mod ecrire;
mod lire;
mod manifeste;
mod mots;
mod sceau;

pub use ecrire::{Bilan, Ecriture, exporter};
pub use lire::{controler, importer};
pub use manifeste::{Manifeste, Membre};
pub use mots::mots;

/// Members an archive holds: folder, what a line or a file is.
pub(crate) const DOSSIERS: [(&str, &str); 7] = [
    ("history", "former versions of records"),
    ("records", "present versions of records"),
    ("claims", "uniqueness keys"),
    ("journal", "lines of the journal, in the order of its tree"),
    ("heads", "signed heads of the journal"),
    ("messages", "messages of the outbox"),
    ("blobs", "documents, named by their SHA-256"),
];

/// Name of the manifest, the last member.
pub(crate) const MANIFESTE: &str = "manifest.json";
/// Name of the explanation, the first member.
pub(crate) const LISEZMOI: &str = "LISEZMOI.txt";
/// Folder of the installation's own secrets, in a sealed archive only.
pub(crate) const INSTALLATION: &str = "installation";
/// Files of the data folder which belong to the base: without the first the journal cannot be signed on, without the second
/// tablets enrolled before are strangers.
pub(crate) const SECRETS: [&str; 2] = ["signature-journal", "cle-terrain"];
/// Bytes of a member of lines at most: it is held in memory.
pub(crate) const MEMBRE_MAX: usize = 4 << 20;
