//! Lines read of official examples, of hostile files, and their way into a record.

mod officiels;
