//! Vital signs, weight, stools, pain: entry, curves, thresholds, alerts.

mod model;
mod records;

pub use model::{Bornes, BornesParType, Constante, Seuils, SeuilsMaison};
pub use records::{lane_type, lane_unite};
