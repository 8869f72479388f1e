//! Other care records, measured in the same run as ours: what a ratio is worth depends on the minute.

pub(crate) mod fhir;
pub(crate) mod gnu_health;
pub(crate) mod hfs;
pub(crate) mod medplum;
