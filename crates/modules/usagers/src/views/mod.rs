//! Drawings of the module: typed values in, markup out.

pub(crate) mod alertes;
pub(crate) mod contacts;
pub(crate) mod fusion;
pub(crate) mod identite;
pub(crate) mod oppositions;
pub(crate) mod vie;
pub(crate) mod vigilance;

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Day of an instant in the establishment.
pub(crate) fn jour(instant: Timestamp, fuseau: &TimeZone) -> String {
    kernel::dates::date_courte(kernel::dates::jour_local(instant, fuseau))
}
