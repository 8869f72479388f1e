//! What the demonstration writes is what the modules read back.

mod medical;
