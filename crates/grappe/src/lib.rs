//! The product assembled: configuration, modules, commands.

pub mod archive;
pub mod assemblage;
pub mod commandes;
pub mod config;
mod ecoutes;
pub mod modules;
pub mod porte;
