//! The pages: of readers, of houses, of who opens accounts.

pub(crate) mod admin;
pub(crate) mod lecture;
pub(crate) mod maison;
