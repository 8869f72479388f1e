//! Tests of the whole product through its router, on both engines.

mod couverture;
mod monde;
mod naif;
