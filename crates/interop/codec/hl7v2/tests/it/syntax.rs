//! Separators, line ends, escapes, repetitions, unknown segments.

use hl7v2::{Delimiters, Limits, Message};

use crate::support::{message, msh, read, refusal, with_segment};

fn text_of(raw: &str) -> (String, Vec<String>) {
    let message = with_segment(&format!("NTE|1||{raw}"));
    let text = message.segment("NTE").expect("NTE").field(3).text().into_owned();
    (text, message.warnings().to_vec())
}

#[test]
fn escapes_become_what_they_stand_for() {
    let known = [
        ("a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f", "a|b^c&d~e\\f"),
        ("un\\.br\\deux\\.sp\\trois\\.sp2\\quatre", "un\ndeux\ntrois\n\nquatre"),
        ("\\H\\gras\\N\\ \\.in+4\\retrait\\.ce\\centre", "gras retrait\ncentre"),
        ("\\XC3A9\\t\\XC3\\\\XA9\\ \\X0D0A\\", "été \r\n"),
        ("\\.sp999\\", "\n\n\n\n\n\n\n\n\n\n"),
    ];
    for (raw, expected) in known {
        assert_eq!(text_of(raw), (expected.to_owned(), Vec::new()), "{raw}");
    }
}

#[test]
fn unknown_escapes_are_kept_and_told() {
    for raw in ["C:\\Temp\\x", "100 \\", "\\", "\\\\", "\\Z12\\", "\\X4\\", "\\XFG\\", "\\Cxx\\", "\\P\\", "\\.spx\\", "\\.\\"] {
        let (text, warnings) = text_of(raw);
        assert_eq!(text, raw);
        assert_eq!(warnings, ["NTE-3: an escape sequence is not known and was kept as written"], "{raw}");
    }
    // Bytes that are no text in the charset stay as written: they are a known sequence all the same.
    assert_eq!(text_of("\\XFFFE\\"), ("\\XFFFE\\".to_owned(), Vec::new()));
    // A lone escape does not swallow the sequence after it.
    assert_eq!(text_of("a\\b\\F\\c").0, "a\\b|c");
}

#[test]
fn the_separators_are_those_the_message_declares() {
    let text = "MSH$*/!+$A$B$C$D$20261103$$ADT*A01$1$T$2.5\rPID$1$$7*!T!*x+y!F!z/8\r";
    let message = read(text);
    let expected = Delimiters { field: '$', component: '*', repetition: '/', escape: '!', subcomponent: '+', truncation: None };
    assert_eq!(message.delimiters(), &expected);
    let pid = message.segment("PID").expect("PID");
    let ids: Vec<String> = pid.field(3).repetitions().map(|id| id.component(1).text().into_owned()).collect();
    assert_eq!(ids, ["7", "8"]);
    assert_eq!(pid.field(3).component(2).text(), "+");
    assert_eq!(pid.field(3).component(3).subcomponent(2).text(), "y$z");
    assert_eq!(message.segment("MSH").expect("MSH").field(1).raw(), "$");
    assert_eq!(message.segment("MSH").expect("MSH").field(2).raw(), "*/!+");
    assert_eq!(message.to_bytes().expect("printed"), text.as_bytes());
}

#[test]
fn a_fifth_separator_is_the_truncation() {
    let message = read(msh("ADT^A01").replace("^~\\&", "^~\\&#") + "\rNTE|1||a\\P\\b");
    assert_eq!(message.delimiters().truncation, Some('#'));
    assert_eq!(message.segment("NTE").expect("NTE").field(3).text(), "a#b");
}

#[test]
fn separators_that_are_not_ascii_are_told() {
    // Official ORU messages of version 2.0 have a small tilde there.
    let message = read(msh("ADT^A01").replace('~', "˜") + "\rPID|1||7˜8");
    assert_eq!(message.segment("PID").expect("PID").field(3).repetitions().count(), 2);
    assert_eq!(message.warnings(), ["MSH-2: the separators \"^˜\\&\" are not ASCII"]);
}

#[test]
fn unusable_separators_are_refused() {
    for encoding in ["^~\\", "^~\\&#!", "^^\\&", "^~\\|", "^~a&", "^~ &", "", "^~\\\u{7}"] {
        let text = msh("ADT^A01").replace("^~\\&", encoding);
        assert_eq!(refusal(&text).code(), "bad_delimiters", "{encoding}");
    }
    for start in ["MSHé^~\\&é", "MSH ^~\\& ", "MSHA^~\\&A"] {
        assert_eq!(refusal(start).code(), "bad_delimiters", "{start}");
    }
    assert_eq!(refusal("MSH").code(), "not_hl7");
}

#[test]
fn segments_end_as_msh_does() {
    let segments = ["EVN||20261103", "PID|1||7^^^A^PI", "ZZZ|x|"];
    for end in ["\r", "\n", "\r\n"] {
        let text = message("ADT^A01", &segments).replace('\r', end);
        let read = read(&text);
        assert_eq!(read.warnings(), [""; 0], "{end:?}");
        let kept: Vec<&str> = read.segments().skip(1).map(|s| s.raw()).collect();
        assert_eq!(kept, segments, "{end:?}");
    }
    // The last end may lack, blank lines and framing bytes around are no content.
    let text = format!("\u{b}\r\n{}\u{1c}\r", message("ADT^A01", &segments).replace('\r', "\n\n"));
    assert_eq!(read(&text).segments().count(), 4);
    assert_eq!(read(&text).warnings(), [""; 0]);
    assert_eq!(read(format!("\u{feff}{text}")).segments().count(), 4);
}

#[test]
fn line_breaks_inside_a_value_belong_to_it() {
    // Where carriage returns end the segments, a line feed is data, whatever follows it.
    let crs = read(message("ORU^R01", &["OBX|1|TX|1||Examen :\nRAS\n\nNTE|fin||||||F", "NTE|1||x"]));
    let obx = crs.segment("OBX").expect("OBX");
    assert_eq!(obx.field(5).text(), "Examen :\nRAS\n\nNTE");
    assert_eq!(obx.field(6).raw(), "fin");
    assert_eq!(crs.segments().count(), 3);
    assert_eq!(crs.warnings(), ["OBX-12: line breaks inside the segment were kept as text"]);
    // Where line feeds end them, only what looks like a segment starts one.
    let lfs = read(
        message("ORU^R01", &["OBX|1|TX|1||Examen :", "rien à dire", "RAS", "Fin||||||F", "ZFM", "NTE|1"]).replace('\r', "\n"),
    );
    let names: Vec<&str> = lfs.segments().map(|s| s.name()).collect();
    assert_eq!(names, ["MSH", "OBX", "ZFM", "NTE"]);
    assert_eq!(lfs.segment("OBX").expect("OBX").field(5).text(), "Examen :\nrien à dire\nRAS\nFin");
    assert_eq!(lfs.segment("OBX").expect("OBX").field(11).raw(), "F");
    // Printed again, the breaks are escaped and say the same.
    let again = read(lfs.to_bytes().expect("printed"));
    assert_eq!(again.segment("OBX").expect("OBX").field(5).text(), "Examen :\nrien à dire\nRAS\nFin");
    assert_eq!(again.warnings(), [""; 0]);
}

#[test]
fn lines_after_a_bare_name_are_its_text() {
    let bare = read(message("ADT^A01", &["NTE", "une ligne|deux", "PV1|1"]));
    let nte = bare.segment("NTE").expect("NTE");
    assert_eq!((nte.field(1).text().trim(), nte.field(2).raw()), ("une ligne", "deux"));
    let again = read(bare.to_bytes().expect("printed"));
    assert_eq!(again.segment("NTE").expect("NTE").field(1).text(), nte.field(1).text());
    assert_eq!(again.segments().count(), 3);
}

#[test]
fn unknown_segments_stay_in_their_place() {
    let read = read(message("ADT^A01", &["PID|1||7^^^A^PI", "QQQ|a|b", "ZPX|c", "PV1|1|I", "QQQ|d", "ZBE|"]));
    let names: Vec<&str> = read.segments().map(|s| s.name()).collect();
    assert_eq!(names, ["MSH", "PID", "QQQ", "ZPX", "PV1", "QQQ", "ZBE"]);
    let raws: Vec<&str> = read.all("QQQ").map(|s| s.raw()).collect();
    assert_eq!(raws, ["QQQ|a|b", "QQQ|d"]);
    assert_eq!(read.warnings(), ["QQQ: HL7 defines no such segment"]);
    assert_eq!(read.all("QQQ").map(|s| s.path(2)).collect::<Vec<_>>(), ["QQQ[1]-2", "QQQ[2]-2"]);
}

#[test]
fn absent_empty_and_erased_are_told_apart() {
    let read = with_segment("PID|1||7^^^A^PI||\"\"|  |19360101|||||x||\"\"");
    let pid = read.segment("PID").expect("PID");
    assert!(pid.field(5).is_null() && !pid.field(5).is_empty() && pid.field(5).opt().is_none());
    assert!(pid.field(6).is_empty() && !pid.field(6).is_null());
    assert!(pid.field(40).is_empty() && pid.field(0).is_empty());
    assert_eq!(pid.field(3).component(9).raw(), "");
    assert_eq!(pid.field(3).component(0).raw(), "");
    assert_eq!((pid.field_count(), pid.field(3).component_count()), (14, 5));
    assert_eq!(pid.field(6).repetitions().count(), 0);
    assert_eq!(read.erased_fields(), ["PID-5", "PID-14"]);
}

#[test]
fn text_with_stray_separators_is_whole() {
    let read = with_segment("NTE|1||Durand & fils ^ co ~ suite");
    assert_eq!(read.segment("NTE").expect("NTE").field(3).text(), "Durand & fils ^ co ~ suite");
}

#[test]
fn what_is_not_one_message_is_refused_by_name() {
    let one = message("ADT^A01", &[]);
    let cases = [
        (String::new(), "not_hl7"),
        ("PID|1||7".to_owned(), "not_hl7"),
        ("GET / HTTP/1.1".to_owned(), "not_hl7"),
        (format!("FHS|^~\\&\rBHS|^~\\&\r{one}"), "batch"),
        (format!("BHS|^~\\&\r{one}"), "batch"),
        (format!("{one}{one}"), "several_messages"),
        (format!("{one}pid|1||7\r"), "broken_header"),
        (one.replace("|T|", "|\r|T|"), "broken_header"),
        (one.replace("|2.5|", "|3.0|"), "unsupported_version"),
        (one.replace("|2.5|", "||"), "missing"),
        (one.replace("|42|", "||"), "missing"),
        (one.replace("ADT^A01", ""), "missing"),
        (one.replace("|T|", "|X|"), "invalid"),
    ];
    for (text, code) in cases {
        assert_eq!(refusal(&text).code(), code, "{text}");
    }
    assert_eq!(read(one.replace("|T|", "||")).warnings(), ["MSH-11: the field is empty"]);
    assert_eq!(read(one.replace("|2.5|", "|2.3.1|")).header().version.number, "2.3.1");
}

#[test]
fn limits_are_named() {
    let text = message("ADT^A01", &["PID|1||7~8~9^a^b&c", "PV1|1|I"]);
    let refused = |limits: Limits| Message::parse(text.as_bytes(), &limits).expect_err("refused").code();
    let limits = Limits::default();
    assert_eq!(refused(Limits { max_bytes: text.len() - 1, ..limits }), "too_large");
    assert_eq!(refused(Limits { max_segments: 2, ..limits }), "too_many_segments");
    // MSH has 18 fields and 4 separators inside, MSH-2 included; PID 3 and 5; PV1 2.
    let values = 18 + 4 + 3 + 5 + 2;
    assert_eq!(refused(Limits { max_values: values - 1, ..limits }), "too_many_values");
    assert!(Message::parse(text.as_bytes(), &Limits { max_values: values, ..limits }).is_ok());
    let odd = message("ADT^A01", &["QQA|\\", "QQB|\\", "QQC|\\"]);
    let few = Message::parse(odd.as_bytes(), &Limits { max_warnings: 2, ..limits }).expect("read");
    assert_eq!(few.warnings().len(), 3);
    assert_eq!(few.warnings()[2], "other warnings were left out");
}
