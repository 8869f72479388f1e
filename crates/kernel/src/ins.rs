//! National health identity (INS): matricule, strict traits, status of trust, datamatrix.
//!
//! Sources: RNIV (référentiel national d'identitovigilance) and the INS référentiel of the ANS. A number never
//! decides alone: two persons are the same only when people have compared their traits.

mod datamatrix;
mod identite;
mod matricule;
mod traits;

pub use datamatrix::{DatamatrixIns, ErreurDatamatrix};
pub use identite::{DocumentIdentite, ErreurIdentite, Identite, StatutIdentite};
pub use matricule::{ErreurIns, Ins, Matricule, Oid, cle_nir};
pub use traits::{ErreurTraits, LieuNaissance, Sexe, TraitStrict, Traits, ecarts, memes_traits_stricts};
