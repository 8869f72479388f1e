//! GET and POST handlers: what leaves, what comes.

pub(crate) mod entrant;
pub(crate) mod sortant;
