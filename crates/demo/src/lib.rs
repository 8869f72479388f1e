//! The fictitious grappe « Les Sources Vives » as plain data: places, staff, residents and sixty days of history.
//!
//! Pure and deterministic: the same seed and the same instant give the same data. Nothing here knows a module or the store;
//! whoever seeds a database maps these structs to its records. See [`recit::Recit`].

pub mod alea;
pub mod correspondants;
pub mod recit;

pub use recit::Recit;
