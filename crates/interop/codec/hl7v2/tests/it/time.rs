//! Points in time.

use hl7v2::{Precision, Timestamp};

#[test]
fn every_precision_is_read() {
    let cases = [
        ("2026", Precision::Year),
        ("202611", Precision::Month),
        ("20261103", Precision::Day),
        ("2026110310", Precision::Hour),
        ("202611031015", Precision::Minute),
        ("20261103101530", Precision::Second),
        ("20261103101530.1234", Precision::Fraction),
        ("20261103101530+0100", Precision::Second),
        ("20261103-0330", Precision::Day),
    ];
    for (raw, precision) in cases {
        let time = Timestamp::parse(raw).expect(raw);
        assert_eq!((time.precision(), time.raw.as_str(), time.is_calendar_date()), (precision, raw, true));
    }
    let time = Timestamp::parse(" 20261103101530-0330 ").expect("trimmed");
    assert_eq!((time.offset_minutes, time.hour, time.second), (Some(-210), Some(10), Some(30)));
    assert_eq!(time.date_iso().as_deref(), Some("2026-11-03"));
}

#[test]
fn what_is_no_time_is_not_read() {
    let wrong = [
        "",
        "20",
        "20261",
        "2026-11",
        "2026-11-03",
        "20261103T10",
        "2026110324",
        "202611031060",
        "20261103101530.",
        "202611031015.5",
        "20261103101530.1234567890",
        "20261103+01",
        "20261103+1500",
        "20261103+0160",
        "2026+0100",
        "2026110é",
        "mardi",
        "+0100",
    ];
    for raw in wrong {
        assert_eq!(Timestamp::parse(raw), None, "{raw}");
    }
}

#[test]
fn lunar_dates_are_kept() {
    for (raw, iso) in [("19360000", "1936-00-00"), ("19361301", "1936-13-01"), ("19360231", "1936-02-31")] {
        let date = Timestamp::parse(raw).expect(raw);
        assert!(!date.is_calendar_date());
        assert_eq!(date.date_iso().as_deref(), Some(iso));
    }
    assert!(Timestamp::parse("20240229").expect("leap").is_calendar_date());
    assert!(!Timestamp::parse("19000229").expect("not leap").is_calendar_date());
}
