//! Behaviour of the record of a person, through the HTTP router on both engines.

mod creation;
mod droits;
mod fusion;
mod identite;
mod monde;
mod mouvements;
