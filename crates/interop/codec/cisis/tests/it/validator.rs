//! The official rules, run by an independent program in one process for all files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the rules say of one document: the model they applied, and the errors.
pub(crate) struct Verdict {
    pub(crate) model: Option<String>,
    pub(crate) errors: Vec<String>,
}

/// A folder beside this repository, or where the environment says.
fn shared(variable: &str, name: &str) -> PathBuf {
    std::env::var_os(variable)
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../../shared").join(name), PathBuf::from)
}

/// The verdict on each document, by its name; `None` when this machine cannot run the rules.
pub(crate) fn validate(documents: &[(String, Vec<u8>)]) -> Option<BTreeMap<String, Verdict>> {
    let program = shared("GRAPPE_CHECK", "check").join("cda.py");
    let python = std::env::var("GRAPPE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    if !program.is_file() || !shared("GRAPPE_INTEROP", "interop").join("cda").is_dir() {
        eprintln!("official rules absent: set GRAPPE_CHECK and GRAPPE_INTEROP to run them");
        return None;
    }
    let works = Command::new(&python).args(["-c", "import lxml, saxonche"]).output();
    if !works.is_ok_and(|output| output.status.success()) {
        // Where the rules are, not to run them must not look like having passed them.
        assert!(std::env::var("CI").as_deref() != Ok("true"), "no Python with lxml and saxonche (GRAPPE_PYTHON)");
        eprintln!("no Python with lxml and saxonche: set GRAPPE_PYTHON to run the official rules");
        return None;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cisis");
    std::fs::create_dir_all(&folder).expect("folder");
    let mut command = Command::new(python);
    // No model covers a level 1 document; the tests check which model was applied to the others.
    command.arg(program).args(["--json", "--no-volet-ok"]);
    for (name, bytes) in documents {
        let path = folder.join(format!("{name}.xml"));
        std::fs::write(&path, bytes).expect("written");
        command.arg(path);
    }
    Some(read_report(&run(&mut command)))
}

/// The report of the program.
fn run(command: &mut Command) -> serde_json::Value {
    let _alone = alone();
    let output = command.output().expect("the rules run");
    let told = String::from_utf8_lossy(&output.stderr);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {told}"))
}

/// The program compiles the rules beside them, and removes what it compiled: one run at a time on this machine.
fn alone() -> std::fs::File {
    let file = std::fs::File::create(std::env::temp_dir().join("cda-rules.lock")).expect("a lock");
    file.lock().expect("locked");
    file
}

fn read_report(report: &serde_json::Value) -> BTreeMap<String, Verdict> {
    report.as_object().expect("a report").iter().map(|(path, found)| (stem(path), verdict(found))).collect()
}

fn stem(path: &str) -> String {
    Path::new(path).file_stem().expect("a name").to_string_lossy().into_owned()
}

fn verdict(found: &serde_json::Value) -> Verdict {
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let error = |error: &serde_json::Value| {
        let path = text(&error["where"]);
        format!("[{}] {path}: {}", text(&error["layer"]), text(&error["text"]).chars().take(300).collect::<String>())
    };
    let errors: Vec<String> = found["errors"].as_array().expect("errors").iter().map(error).collect();
    let warnings = found["warnings"].as_u64().unwrap_or_default();
    let told = (warnings > 0).then(|| format!("{warnings} warnings"));
    Verdict { model: found["volet"].as_str().map(str::to_owned), errors: errors.into_iter().chain(told).collect() }
}
