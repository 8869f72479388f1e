//! Behaviour of the module, through its pure rules and through the HTTP router on both engines.

mod alertes;
mod ecrans;
mod monde;
mod terrain;
