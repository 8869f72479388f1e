//! What the pages show.

pub(crate) mod admin;
pub(crate) mod lecture;
pub(crate) mod maison;
