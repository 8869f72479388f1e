//! Any text ends in a value or a named error.

use fhir_r4::publish::{simplified, transaction};
use fhir_r4::{DateFilter, Element, Object, Scope, Search};
use jiff::tz::TimeZone;
use proptest::prelude::*;

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in ".{0,300}") {
        let _ = DateFilter::read(&text, &TimeZone::UTC);
        let _ = text.parse::<Scope>();
        let _ = Element::decimal(&text);
        let _ = simplified(text.as_bytes());
        let _ = transaction(text.as_bytes());
        if let Ok(search) = Search::read(&text) {
            let again = Search::read(&search.without(&[])).map_err(|error| TestCaseError::fail(error.to_string()))?;
            // What has no value left is written without any.
            prop_assert_eq!(again.parameters.len(), search.parameters.len());
        }
    }

    #[test]
    fn any_text_written_is_json_again(text in ".{0,200}") {
        let written = Object::new().with("a", text.as_str()).with("b", true).to_json();
        let read: serde_json::Value = serde_json::from_str(&written).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(&read["b"], true);
    }
}
