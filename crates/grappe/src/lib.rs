//! The product assembled: configuration, modules, commands.

pub mod archive;
pub mod assemblage;
pub mod commandes;
pub mod config;
pub mod modules;
pub mod porte;
