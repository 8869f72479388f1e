//! Behaviour of the module: reading apart, matching, the sas, the screens.

mod analyse;
mod depot;
mod isolat;
mod monde;
mod officiels;
mod rapprochement;
mod reception;
