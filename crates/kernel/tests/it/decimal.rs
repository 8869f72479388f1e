use kernel::decimal::*;
use proptest::prelude::*;

fn d(texte: &str) -> Decimal {
    texte.parse().unwrap()
}

#[test]
fn lecture_et_ecriture() {
    for (ecrit, montre) in [
        ("52,4", "52,4"),
        ("52.4", "52,4"),
        ("0,50", "0,5"),
        ("007", "7"),
        ("-0,0", "0"),
        ("−1,5", "-1,5"),
        ("1 500", "1500"),
        ("1\u{202f}500\u{a0}000,25", "1500000,25"),
        ("0,000001", "0,000001"),
        ("1,0000000", "1"),
        ("9223372036854775807", "9223372036854775807"),
        ("-9223372036854775808", "-9223372036854775808"),
        ("100", "100"),
    ] {
        assert_eq!(d(ecrit).to_string(), montre, "{ecrit}");
    }
    assert_eq!((d("1500").groupe().as_str(), d("-12000,5").groupe().as_str()), ("1\u{202f}500", "-12\u{202f}000,5"));
    assert_eq!((d("999").groupe().as_str(), d("0,123456").groupe().as_str()), ("999", "0,123456"));
    assert_eq!(serde_json::to_string(&d("52,4")).unwrap(), "\"52.4\"");
    assert_eq!(serde_json::from_str::<Decimal>("\"52,40\"").unwrap(), d("52,4"));
    assert!(serde_json::from_str::<Decimal>("52.4").is_err());
}

#[test]
fn refus() {
    for faux in
        ["", " ", "-", ",5", "5,", "1.500,5", "1,2,3", "1e3", "+5", "--5", "5 mg", "15 00", "1500 000", "1 500 00", "٣", "5,4 2"]
    {
        assert_eq!(faux.parse::<Decimal>(), Err(ErreurDecimal::Forme), "{faux}");
    }
    assert_eq!("0,0000001".parse::<Decimal>(), Err(ErreurDecimal::Decimales));
    assert_eq!("9223372036854775808".parse::<Decimal>(), Err(ErreurDecimal::TropGrand));
    assert_eq!(Decimal::new(1, 7), Err(ErreurDecimal::Decimales));
    assert_eq!(ErreurDecimal::Forme.to_string(), "Ce nombre n'est pas compris. Écrivez-le en chiffres, par exemple 52,4.");
}

#[test]
fn calculs_exacts() {
    assert_eq!(d("0,1").plus(d("0,2")), Ok(d("0,3")));
    assert_eq!(d("1").moins(d("0,999999")), Ok(d("0,000001")));
    assert_eq!(d("0,25").fois(d("3")), Ok(d("0,75")));
    assert_eq!(d("0,5").fois(d("0,2")), Ok(d("0,1")));
    assert_eq!(d("0,0001").fois(d("0,0001")), Err(ErreurDecimal::Decimales));
    assert_eq!(d("9223372036854775807").plus(d("1")), Err(ErreurDecimal::TropGrand));
    assert_eq!(d("9223372036854775807").fois(d("10")), Err(ErreurDecimal::TropGrand));
    assert!(d("9,5") < d("10") && d("-1") < d("-0,5") && d("0,5") == d("0,50"));
    assert!(d("9223372036854775807") > d("0,000001"));
    assert_eq!((d("0,25").arrondi(1), d("-0,25").arrondi(1), d("0,24").arrondi(1)), (d("0,3"), d("-0,3"), d("0,2")));
    assert_eq!((d("9,99").arrondi(0), d("1,5").arrondi(4)), (d("10"), d("1,5")));
}

#[test]
fn variations() {
    assert_eq!(pourcentage_variation(d("60"), d("57")), Ok(d("-5")));
    assert_eq!(pourcentage_variation(d("52,4"), d("50,1")), Ok(d("-4,4")));
    assert_eq!(pourcentage_variation(d("3"), d("4")), Ok(d("33,3")));
    assert_eq!(pourcentage_variation(d("2000"), d("2001")), Ok(d("0,1")));
    assert_eq!(pourcentage_variation(d("2000"), d("1999")), Ok(d("-0,1")));
    assert_eq!(pourcentage_variation(d("-10"), d("-5")), Ok(d("50")));
    assert_eq!(pourcentage_variation(d("0"), d("1")), Err(ErreurDecimal::DepuisZero));
}

proptest! {
    #[test]
    fn aller_retour(mantisse: i64, decimales in 0_u8..=6) {
        let valeur = Decimal::new(mantisse, decimales).unwrap();
        prop_assert_eq!(valeur.to_string().parse(), Ok(valeur));
        prop_assert_eq!(valeur.point().parse(), Ok(valeur));
        prop_assert_eq!(valeur.groupe().parse(), Ok(valeur));
        let montre = valeur.to_string();
        prop_assert!(!montre.contains(',') || !montre.ends_with('0'));
    }

    #[test]
    fn plus_puis_moins(a in -1_000_000_000_i64..1_000_000_000, b in -1_000_000_000_i64..1_000_000_000, ea in 0_u8..=6, eb in 0_u8..=6) {
        let (a, b) = (Decimal::new(a, ea).unwrap(), Decimal::new(b, eb).unwrap());
        prop_assert_eq!(a.plus(b).unwrap().moins(b), Ok(a));
        prop_assert_eq!(a.plus(b), b.plus(a));
        prop_assert_eq!(a < b, a.moins(b).unwrap().est_negatif());
    }

    #[test]
    fn lecture_ne_faillit_jamais(texte in "\\PC{0,30}") {
        let _ = texte.parse::<Decimal>();
    }
}
