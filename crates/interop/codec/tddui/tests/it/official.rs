//! Official examples are read, and the official rules accept what is written. Skipped with a word where they are absent.

use std::path::{Path, PathBuf};
use std::process::Command;

use tddui::{Limits, Transfer};

use crate::round::{edges, whole};

fn folder(variable: &str, name: &str) -> Option<PathBuf> {
    let near = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../../shared").join(name);
    let folder = std::env::var_os(variable).map_or(near, PathBuf::from);
    folder.is_dir().then_some(folder)
}

#[expect(clippy::print_stderr, reason = "a test which cannot run says so")]
fn skipped(what: &str) {
    eprintln!("{what} absent: not run");
}

#[test]
fn official_examples_are_read_with_their_defects_told() {
    let Some(folder) = folder("GRAPPE_INTEROP", "interop") else { return skipped("official examples") };
    let read = |name: &str| {
        let bytes = std::fs::read(folder.join("tddui-2.4.0/examples").join(name)).expect("an example");
        tddui::read(&bytes, &Limits::default())
    };
    let clean = read("bundle.json").expect("read");
    assert!(clean.defects.is_empty(), "{:?}", clean.defects);
    assert_eq!((clean.patient.family.as_str(), clean.stays.len(), clean.organizations.len()), ("DUPONT", 1, 2));
    let published = read("bundle-as-published.json").expect("read");
    assert_eq!(published.patient, clean.patient);
    assert_eq!(published.defects.len(), 4, "{:?}", published.defects);
    for alone in ["patient-ins.json", "organization.json", "encounter-sejour.json"] {
        assert_eq!(read(alone).expect_err("one resource is no transfer").code(), "not_a_transaction");
    }
}

/// Runs the rules; `None` where they, their engine or Python are absent.
fn judged(files: &[PathBuf]) -> Option<Vec<bool>> {
    let check = folder("GRAPPE_CHECK", "check")?;
    let engine = std::env::var_os("FHIRVAL").map(PathBuf::from).filter(|path| path.is_file());
    // Where the rules are, not to run them must not look like having passed them.
    assert!(engine.is_some() || std::env::var("CI").as_deref() != Ok("true"), "no engine of the FHIR rules (FHIRVAL)");
    let engine = engine?;
    let python = std::env::var("GRAPPE_PYTHON").unwrap_or_else(|_| "python3".into());
    let mut command = Command::new(python);
    command
        .arg(check.join("fhir.py"))
        .args(["--set", "tddui-2.4.0", "--transaction", "--json", "--fhirval"])
        .arg(engine)
        .args(files);
    let output = command.output().ok()?;
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    let judged: Vec<bool> =
        lines.lines().filter(|line| line.starts_with('{')).map(|line| line.contains("\"valid\": true")).collect();
    assert_eq!(judged.len(), files.len(), "{lines} {}", String::from_utf8_lossy(&output.stderr));
    for (file, line) in files.iter().zip(lines.lines()) {
        assert!(line.contains("\"valid\": true") || file.ends_with("broken.json"), "{}: {line}", file.display());
    }
    Some(judged)
}

#[test]
fn what_is_written_passes_the_official_rules_and_a_broken_copy_does_not() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("tddui");
    std::fs::create_dir_all(&folder).expect("a folder");
    let transfers: Vec<Transfer> = std::iter::once(whole()).chain(edges()).collect();
    let mut files = Vec::new();
    for (rank, transfer) in transfers.iter().enumerate() {
        files.push(folder.join(format!("{rank}.json")));
        std::fs::write(&files[rank], tddui::write(transfer).expect("written")).expect("a file");
    }
    let broken = folder.join("broken.json");
    let text = String::from_utf8(tddui::write(&whole()).expect("written")).expect("text");
    std::fs::write(&broken, text.replacen("\"birthDate\"", "\"birthDay\"", 1)).expect("a file");
    files.push(broken);
    let Some(judged) = judged(&files) else { return skipped("official rules (FHIRVAL, GRAPPE_CHECK, GRAPPE_PYTHON)") };
    assert_eq!(judged.iter().filter(|valid| !**valid).count(), 1, "only the broken one");
    assert!(!judged[judged.len() - 1]);
}
