//! Packages of the official examples, judged by an independent validator.

use std::path::{Path, PathBuf};
use std::process::Command;

use xdm::{PatientId, Relation, RelationKind, Subset};

use crate::official_entry::{EXAMPLES, subset};
use crate::support::{beside, origin, pack, read, unpack};

fn python() -> String {
    std::env::var("GRAPPE_PYTHON").unwrap_or_else(|_| "python3".to_owned())
}

/// The validator, when this machine has it and what it needs.
fn validator() -> Option<PathBuf> {
    let script = beside("GRAPPE_CHECK", "check")?.join("xdm.py");
    let ready = Command::new(python()).args(["-c", "import lxml, saxonche"]).output();
    if script.is_file() && ready.is_ok_and(|run| run.status.success()) {
        return Some(script);
    }
    // Where the rules are, not to run them must not look like having passed them.
    assert!(!script.is_file() || std::env::var("CI").as_deref() != Ok("true"), "no Python with lxml and saxonche");
    eprintln!("the validator or its Python packages (lxml, saxonche) are absent: set GRAPPE_CHECK and GRAPPE_PYTHON");
    None
}

/// The submissions of the examples, or `None` when they are absent.
fn submissions() -> Option<Vec<(&'static str, Subset)>> {
    let folder = beside("GRAPPE_INTEROP", "interop")?.join("cda/examples");
    let read = |file: &str| std::fs::read(folder.join(file)).expect("an example");
    Some((1..).zip(&EXAMPLES).map(|(number, example)| (example.file, subset(example, &read(example.file), number))).collect())
}

/// Writes packages, each one under the name of the attachment, and runs the validator on all at once.
fn validate(script: &Path, name: &str, packages: &[Vec<u8>], options: &[&str]) -> (bool, String) {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let mut files = Vec::new();
    for (number, bytes) in packages.iter().enumerate() {
        let folder = root.join(number.to_string());
        std::fs::create_dir_all(&folder).expect("a folder");
        files.push(folder.join("IHE_XDM.ZIP"));
        std::fs::write(&files[number], bytes).expect("a package");
    }
    // It compiles its rules beside them, and removes what it compiled: one run at a time on this machine.
    let lock = std::fs::File::create(std::env::temp_dir().join("cda-rules.lock")).expect("a lock");
    lock.lock().expect("locked");
    let run = Command::new(python()).arg(script).args(options).args(&files).output().expect("the validator runs");
    let told = String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr);
    assert!(!told.contains("Traceback (most recent call last)"), "{told}");
    (run.status.success(), told)
}

#[test]
fn the_validator_finds_nothing_in_the_packages_of_the_official_examples() {
    let (Some(script), Some(mut submissions)) = (validator(), submissions()) else { return };
    let mut replacing = submissions[1].1.clone();
    let target = "urn:uuid:e0000000-0000-4000-8000-000000000001".to_owned();
    replacing.documents[0].entry.relations = vec![Relation { kind: RelationKind::Replaces, target }];
    submissions.push(("a replacement", replacing));
    let mut packages: Vec<_> =
        submissions.iter().map(|(_, s)| xdm::write(std::slice::from_ref(s), &origin()).expect("written")).collect();
    let several: Vec<Subset> = submissions.iter().take(3).map(|(_, s)| s.clone()).collect();
    packages.push(xdm::write(&several, &origin()).expect("written"));
    let (valid, told) = validate(&script, "official", &packages, &[]);
    assert!(valid, "{told}");
    assert_eq!(told.matches("errors=0 warnings=0").count(), packages.len(), "{told}");
}

#[test]
fn the_validator_refuses_broken_copies() {
    let (Some(script), Some(submissions)) = (validator(), submissions()) else { return };
    let good = xdm::write(std::slice::from_ref(&submissions[1].1), &origin()).expect("written");
    let broken = |old: &str, new: &str| {
        let mut files = unpack(&good);
        for (path, content) in &mut files {
            if path.ends_with("METADATA.XML") {
                let text = String::from_utf8(content.clone()).expect("UTF-8");
                assert!(text.contains(old), "{old}");
                *content = text.replace(old, new).into_bytes();
            }
        }
        pack(&files)
    };
    let copies = [
        broken("279035121518989^^^", "279035121518988^^^"),
        broken("AssociationType:HasMember", "AssociationType:Contains"),
        broken("name=\"serviceStartTime\"", "name=\"serviceStart\""),
        broken("nodeRepresentation=\"11490-0\"", "nodeRepresentation=\"74207-2\""),
    ];
    let (valid, told) = validate(&script, "broken", &copies, &["--no-cda"]);
    assert!(!valid && told.matches("INVALID ").count() == copies.len(), "{told}");
}

#[test]
fn a_patient_without_national_identity_gives_a_valid_international_package() {
    let (Some(script), Some(submissions)) = (validator(), submissions()) else { return };
    let mut subset = submissions[0].1.clone();
    let local = subset.documents[0].entry.source_patient_id.clone();
    assert!(local.as_ref().is_some_and(|id: &PatientId| !id.is_ins()));
    subset.documents[0].entry.patient_id.clone_from(&local);
    subset.submission.patient_id = local;
    let package = xdm::write(&[subset], &origin()).expect("written");
    let (valid, told) = validate(&script, "local", &[package], &["--profile", "ihe", "--no-cda"]);
    assert!(valid, "{told}");
}

#[test]
fn the_official_examples_are_read_back_equal() {
    let Some(submissions) = submissions() else { return };
    let subsets: Vec<Subset> = submissions.into_iter().map(|(_, s)| s).collect();
    let package = read(&xdm::write(&subsets, &origin()).expect("written"));
    assert_eq!(package.subsets, subsets);
    assert_eq!(package.warnings, Vec::<String>::new());
}
