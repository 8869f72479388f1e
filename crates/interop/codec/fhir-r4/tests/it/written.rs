//! What is written: order, exact decimals, nothing empty.

use fhir_r4::{Element, Issue, IssueType, Object, coding, outcome, quantity};

#[test]
fn members_keep_their_order_and_empty_ones_are_not_written() {
    let object = Object::resource("Patient")
        .with("id", "1")
        .with("gender", "")
        .with("name", vec![Object::new().with("family", " ")])
        .with("contact", Object::new())
        .with("active", false)
        .with("birthDate", None::<String>)
        .with("telecom", vec![Object::new(), Object::new().with("value", "1")]);
    assert_eq!(object.to_json(), r#"{"resourceType":"Patient","id":"1","active":false,"telecom":[{"value":"1"}]}"#);
}

#[test]
fn decimals_keep_their_digits_and_what_is_not_one_is_refused() {
    for sound in ["0", "52.40", "-0.001", "123456789012345678901234567890.5"] {
        let written = Object::new().with("v", Element::decimal(sound)).to_json();
        assert_eq!(written, format!("{{\"v\":{sound}}}"));
    }
    for wrong in ["", "-", "01", "1.", ".5", "1e3", "1,5", "NaN", " 1", "+1"] {
        assert_eq!(Element::decimal(wrong), None, "{wrong}");
    }
}

#[test]
fn text_is_escaped_and_control_characters_do_not_pass() {
    let written = Object::new().with("v", "a\"b\\c\u{0}d\ne\u{7f}").to_json();
    assert_eq!(written, "{\"v\":\"a\\\"b\\\\c d\\ne \"}");
}

#[test]
fn a_unit_without_code_has_no_system() {
    let plain = quantity(Element::from(3), "verres", "").to_json();
    assert_eq!(plain, r#"{"value":3,"unit":"verres"}"#);
    assert!(!coding("", "x", "").to_json().contains("system"));
}

#[test]
fn an_outcome_has_its_severity_its_code_and_its_sentence() {
    let told = outcome(&[Issue::warning(IssueType::Incomplete, "incomplet")]).to_json();
    assert!(told.contains(r#""severity":"warning","code":"incomplete""#) && told.contains("incomplet"), "{told}");
}
