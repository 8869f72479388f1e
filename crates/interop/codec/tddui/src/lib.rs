#![doc = include_str!("../README.md")]

mod answer;
mod error;
mod fields;
mod model;
mod read;
mod resources;
mod write;

pub use answer::{Answer, read_answer};
pub use error::TdduiError;
pub use model::{
    Contact, ContactRole, Document, Event, EventStatus, Gender, Insee, Organization, Patient, Qualified, Read, Stay, StayStatus,
    Transfer,
};
pub use read::{Limits, read};
pub use write::write;
