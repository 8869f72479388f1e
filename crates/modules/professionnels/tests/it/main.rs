//! Behaviour of accounts, through the HTTP router on both engines.

mod depart;
mod gestion;
mod monde;
mod remplacant;
mod soi;

fn modules() -> Vec<platform::Module> {
    vec![professionnels::module()]
}
