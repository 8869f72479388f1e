//! HL7 points in time.

use cda_r2::{Precision, Timestamp};

#[test]
fn every_precision_is_read() {
    let cases = [
        ("1979", Precision::Year),
        ("197903", Precision::Month),
        ("19790328", Precision::Day),
        ("1979032810", Precision::Hour),
        ("197903281030+0100", Precision::Minute),
        ("20200312111700+0100", Precision::Second),
        ("20200312111700.000-0930", Precision::Fraction),
    ];
    for (raw, precision) in cases {
        let stamp = Timestamp::parse(raw).expect(raw);
        assert_eq!(stamp.precision(), precision, "{raw}");
        assert_eq!(stamp.raw, raw);
        assert!(stamp.is_calendar_date(), "{raw}");
    }
    assert_eq!(Timestamp::parse("2020031211-0930").and_then(|t| t.offset_minutes), Some(-570));
    assert_eq!(Timestamp::parse("2020031211+02").and_then(|t| t.offset_minutes), Some(120));
    assert_eq!(Timestamp::parse("20200312").and_then(|t| t.offset_minutes), None);
}

#[test]
fn lunar_dates_are_kept_as_written() {
    for (raw, month, day) in [("19310000", 0, 0), ("19312300", 23, 0), ("19310231", 2, 31), ("19990031", 0, 31)] {
        let stamp = Timestamp::parse(raw).expect(raw);
        assert_eq!((stamp.month, stamp.day), (Some(month), Some(day)));
        assert!(!stamp.is_calendar_date(), "{raw}");
    }
    assert_eq!(Timestamp::parse("19312300").and_then(|t| t.date_iso()).as_deref(), Some("1931-23-00"));
    assert!(Timestamp::parse("20240229").is_some_and(|t| t.is_calendar_date()));
    assert!(Timestamp::parse("19000229").is_some_and(|t| !t.is_calendar_date()));
    assert!(Timestamp::parse("20000229").is_some_and(|t| t.is_calendar_date()));
}

#[test]
fn other_formats_are_refused() {
    for raw in [
        "",
        "79",
        "197",
        "19790",
        "1979-03-28",
        "2020-01",
        "20200312+0100",
        "1979032824",
        "197903281060",
        "20200312111761",
        "20200312.5",
        "20200312111700.",
        "20200312111700+1500",
        "20200312111700+0160",
        "20200312111700Z",
        "20200312111700+1",
        "１９７９",
        "20200312111700.0000000000",
    ] {
        assert_eq!(Timestamp::parse(raw), None, "{raw}");
    }
}
