//! Screens of the module.

pub(crate) mod cda;
pub(crate) mod depot;
mod entrees;
pub(crate) mod file;
pub(crate) mod lecture;
pub(crate) mod liste;
mod narratif;
pub(crate) mod reception;

/// « 312 ko », « 4,2 Mo ».
pub(crate) fn taille(octets: u64) -> String {
    match octets {
        0..1_000 => format!("{octets}\u{a0}octets"),
        1_000..1_000_000 => format!("{}\u{a0}ko", octets / 1_000),
        _ => format!("{},{}\u{a0}Mo", octets / 1_000_000, octets % 1_000_000 / 100_000),
    }
}
