//! Numbers and units, never as floating point.

use cda_r2::write::Element;

use crate::error::{CisisError, excerpt};

/// A decimal number, kept as written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Decimal(String);

impl Decimal {
    /// A number such as `37.2`: digits, at most one point followed by digits, an optional minus.
    ///
    /// # Errors
    /// `invalid_number` when the text has another form, or more than 20 characters.
    pub fn new(text: &str) -> Result<Self, CisisError> {
        let text = text.trim();
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let numeric = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if text.len() <= 20 && numeric(whole) && numeric(fraction) {
            return Ok(Self(text.to_owned()));
        }
        Err(CisisError::InvalidNumber { value: excerpt(text) })
    }

    /// The number as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A quantity with its UCUM unit.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Measure {
    /// Number.
    pub value: Decimal,
    /// UCUM unit, such as `mg` or `{tablet}`; empty for a count.
    pub unit: String,
}

impl Measure {
    /// A quantity of this unit.
    ///
    /// # Errors
    /// `invalid_number` when the number is none, `invalid_code` when the unit holds white space.
    pub fn new(value: &str, unit: &str) -> Result<Self, CisisError> {
        if unit.contains(char::is_whitespace) || unit.len() > 40 {
            return Err(CisisError::InvalidCode { system: "UCUM", value: excerpt(unit) });
        }
        Ok(Self { value: Decimal::new(value)?, unit: unit.to_owned() })
    }

    /// An element of this name that carries the quantity.
    pub(crate) fn element(&self, name: &'static str) -> Element {
        Element::new(name).with("value", self.value.as_str()).with("unit", &self.unit)
    }
}
