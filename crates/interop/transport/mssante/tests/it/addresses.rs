//! Addresses, trusted domains and identifiers.

use mssante::{Address, AddressError, MessageId, TrustedDomains};

#[test]
fn a_citizen_has_an_address_from_an_ins_of_fifteen_characters_only() {
    let address = Address::citizen("279035121518989").expect("an address");
    assert_eq!(address.as_str(), "279035121518989@patient.mssante.fr");
    assert_eq!(Address::citizen("297022A02077878").expect("Corsica").domain(), "patient.mssante.fr");
    for ins in [
        "",
        "27903512151898",
        "2790351215189891",
        "27707279035121518989",
        "27903512151898X",
        "279032C21518989",
        "2790 5121518989",
        "279035121518989@x",
        "２79035121518989",
    ] {
        assert_eq!(Address::citizen(ins), Err(AddressError::NotAnIns), "{ins}");
    }
}

#[test]
fn addresses_are_plain() {
    for text in ["a@b.fr", "prenom.nom@medecin.paca.mssante.fr", "x+y_z@a-b.mssante.fr", "o'brien@hopital.mssante.fr"] {
        assert_eq!(Address::new(text).map(|a| a.to_string()).as_deref(), Ok(text));
    }
    let long = format!("{}@b.fr", "a".repeat(65));
    for text in [
        "",
        "a",
        "@b.fr",
        "a@",
        "a@b",
        "a b@c.fr",
        "a@b c.fr",
        "a@@b.fr",
        ".a@b.fr",
        "a.@b.fr",
        "a..b@c.fr",
        "a@-b.fr",
        "a@b..fr",
        "a@b.fr\r\nBcc: x@y.fr",
        "a\n@b.fr",
        "<a@b.fr>",
        "\"a\"@b.fr",
        "é@b.fr",
        "a@é.fr",
        "a@[127.0.0.1]",
        &long,
    ] {
        assert_eq!(Address::new(text).map_err(|e| e.code()), Err("address"), "{text:?}");
    }
}

#[test]
fn addresses_differ_by_more_than_the_case_of_letters() {
    let address = |text: &str| Address::new(text).expect("an address");
    assert_eq!(address("A.B@C.fr"), address("a.b@c.FR"));
    assert_ne!(address("a.b@c.fr"), address("a.c@c.fr"));
}

#[test]
fn only_trusted_domains_are_trusted() {
    let trusts = |domains: &TrustedDomains, text: &str| domains.trust(&Address::new(text).expect("an address"));
    let default = TrustedDomains::default();
    for text in ["a@x.mssante.fr", "a@x.y.mssante.fr", "a@X.MSSANTE.FR"] {
        assert!(trusts(&default, text), "{text}");
    }
    for text in ["a@mssante.fr", "a@xmssante.fr", "a@x.mssante.fr.exemple.com", "a@mssante.fr.exemple.com", "a@exemple.fr"] {
        assert!(!trusts(&default, text), "{text}");
    }
    let own = TrustedDomains::new(&["exemple.fr", "*.Essai.fr"]).expect("domains");
    assert!(trusts(&own, "a@exemple.fr") && trusts(&own, "a@x.essai.fr"));
    assert!(!trusts(&own, "a@x.exemple.fr") && !trusts(&own, "a@essai.fr") && !trusts(&own, "a@x.mssante.fr"));
    for pattern in ["", "*", "*.", "*.fr.", "a b.fr", "*a.fr", "**.a.fr", "a.*.fr"] {
        assert_eq!(TrustedDomains::new(&[pattern]).map_err(|e| e.code()), Err("domain"), "{pattern}");
    }
}

#[test]
fn identifiers_of_messages_are_plain() {
    assert_eq!(MessageId::new("<a.b@c>").map(|id| id.to_string()).as_deref(), Ok("a.b@c"));
    assert_eq!(MessageId::new("a@c"), MessageId::new("<a@c>"));
    let long = format!("{}@b", "a".repeat(240));
    for text in ["", "a", "<a@b", "a@", "@b", "a b@c", "a@b\r\nX: y", "a<b@c", "é@b", &long] {
        assert_eq!(MessageId::new(text).map_err(|e| e.code()), Err("message_id"), "{text:?}");
    }
}
