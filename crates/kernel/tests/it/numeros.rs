use kernel::numeros::*;

#[test]
fn finess() {
    assert_eq!(Finess::new("63 078 098 9").unwrap().as_str(), "630780989");
    assert_eq!(Finess::new("630780989").unwrap().cle_juste(), Some(true));
    assert_eq!(Finess::new("630780988").unwrap().cle_juste(), Some(false));
    let fictif: Finess = "9x0000017".parse().unwrap();
    assert!(fictif.est_fictif() && fictif.cle_juste().is_none());
    assert!(!Finess::new("2A0000014").unwrap().est_fictif());
    for faux in ["", "63078098", "6307809899", "9Y0000017", "63A780989", "é30780989"] {
        assert_eq!(Finess::new(faux), Err(ErreurNumero::Finess), "{faux}");
    }
    assert_eq!(serde_json::to_string(&fictif).unwrap(), "\"9X0000017\"");
    assert!(serde_json::from_str::<Finess>("\"9Y0000017\"").is_err());
}

#[test]
fn rpps() {
    assert!(!Rpps::new("12345678903").unwrap().est_fictif());
    assert_eq!(Rpps::new("12345678901"), Err(ErreurNumero::CleRpps));
    assert!(Rpps::fictif_permis("12345678901", true).unwrap().est_fictif());
    assert_eq!(Rpps::fictif_permis("12345678901", false), Err(ErreurNumero::CleRpps));
    assert_eq!(Rpps::fictif_permis("1234567890", true), Err(ErreurNumero::Rpps));
    assert_eq!(Rpps::new("1234567890A"), Err(ErreurNumero::Rpps));
    assert!(serde_json::from_str::<Rpps>("\"12345678901\"").unwrap().est_fictif());
}

#[test]
fn telephones() {
    for (ecrit, garde, montre) in [
        ("04 65 71 00 12", "+33465710012", "04 65 71 00 12"),
        ("04.65.71.00.12", "+33465710012", "04 65 71 00 12"),
        ("+33 (0)4 65 71 00 12", "+33465710012", "04 65 71 00 12"),
        ("0033465710012", "+33465710012", "04 65 71 00 12"),
        ("+32 470 12 34 56", "+32470123456", "+32470123456"),
        ("15", "15", "15"),
        ("3919", "3919", "3919"),
    ] {
        let lu = Telephone::new(ecrit).unwrap();
        assert_eq!((lu.as_str(), lu.to_string().replace('\u{a0}', " ").as_str()), (garde, montre));
        assert_eq!(serde_json::from_str::<Telephone>(&serde_json::to_string(&lu).unwrap()).unwrap(), lu);
        assert_eq!(lu.to_string().parse(), Ok(lu));
    }
    for faux in ["", "+", "04 65 71 00", "04 65 71 00 123", "465710012", "+33 4 65", "99", "appeler"] {
        assert_eq!(Telephone::new(faux), Err(ErreurNumero::Telephone), "{faux}");
    }
    assert!(Telephone::new("06 39 98 12 34").unwrap().est_fictif());
    assert!(!Telephone::new("06 39 97 12 34").unwrap().est_fictif());
    assert_eq!(format!("{:?}", Telephone::new("15").unwrap()), "Telephone(…)");
}
