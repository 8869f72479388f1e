//! Text typed by people: bounded values, folding, word search, extracts, sound keys.
//!
//! The search engines underneath (SQLite and PostgreSQL) treat French in two different ways, so folding and
//! stemming happen here, and both engines only ever see words that come from [`mots`].

mod borne;
mod extrait;
mod phonetique;
mod pliage;
mod racines;

pub use borne::{ErreurTexte, Texte};
pub use extrait::{Morceau, extrait};
pub use phonetique::cle_phonetique;
pub use pliage::{cle_tri, plier};
pub use racines::mots;

pub(crate) use pliage::{est_invisible, sans_diacritiques};
