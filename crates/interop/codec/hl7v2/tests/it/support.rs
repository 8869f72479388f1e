//! What the tests share.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use hl7v2::{Hl7Error, Limits, Message};

/// Reads with the default limits.
pub(crate) fn read(text: impl AsRef<[u8]>) -> Message {
    Message::parse(text.as_ref(), &Limits::default()).expect("the message is readable")
}

/// The refusal, with the default limits.
pub(crate) fn refusal(text: impl AsRef<[u8]>) -> Hl7Error {
    Message::parse(text.as_ref(), &Limits::default()).expect_err("the message is refused")
}

/// MSH of a type and event, in UTF-8.
pub(crate) fn msh(kind: &str) -> String {
    format!("MSH|^~\\&|A|B|C|D|20261103101500||{kind}|42|T|2.5|||||FRA|UNICODE UTF-8")
}

/// A message of these segments, MSH first, carriage returns at the ends.
pub(crate) fn message(kind: &str, segments: &[&str]) -> String {
    let mut text = msh(kind);
    for segment in segments {
        text.push('\r');
        text.push_str(segment);
    }
    text.push('\r');
    text
}

/// A message with one segment besides MSH.
pub(crate) fn with_segment(segment: &str) -> Message {
    read(message("ADT^A01^ADT_A01", &[segment]))
}

fn shared(variable: &str, folder: &str) -> Option<PathBuf> {
    let root = std::env::var_os(variable)
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../../shared").join(folder), PathBuf::from);
    if root.is_dir() {
        return Some(root);
    }
    eprintln!("{folder} absent: set {variable} to test with it");
    None
}

/// Folder of the official messages, when this machine has it.
pub(crate) fn official_folder() -> Option<PathBuf> {
    shared("GRAPPE_INTEROP", "interop").map(|root| root.join("hl7v2")).filter(|folder| folder.is_dir())
}

/// The independent validator, when this machine has it and the Python it needs.
pub(crate) struct Validator {
    python: OsString,
    script: PathBuf,
}

impl Validator {
    pub(crate) fn find() -> Option<Self> {
        let script = shared("GRAPPE_CHECK", "check")?.join("hl7v2.py");
        let python = std::env::var_os("GRAPPE_PYTHON").unwrap_or_else(|| "python3".into());
        let ready = Command::new(&python).args(["-c", "import hl7"]).output().is_ok_and(|out| out.status.success());
        if !ready || !script.is_file() {
            // Where the rules are, not to run them must not look like having passed them.
            assert!(!script.is_file() || std::env::var("CI").as_deref() != Ok("true"), "no Python with the package hl7");
            eprintln!("validator absent: set GRAPPE_CHECK, and GRAPPE_PYTHON to a Python with the package hl7");
            return None;
        }
        Some(Self { python, script })
    }

    /// What the validator says of files we send: whether all are valid, and its report.
    pub(crate) fn check(&self, files: &[PathBuf]) -> (bool, String) {
        let out = Command::new(&self.python).arg(&self.script).arg("--sender").args(files).output().expect("validator");
        let report = String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr);
        (out.status.success(), report)
    }
}

/// A folder of this test run, emptied first.
pub(crate) fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("folder");
    folder
}
