//! Behaviour of the module: pure rules against an oracle, then screens and acts through the router on both engines.

mod bibliotheque;
mod doubles;
mod monde;
mod nuit;
mod plan;
mod recurrence;
mod rythmes;
mod terrain;
mod tour;
