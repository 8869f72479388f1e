//! Official examples and independent validators, beside the repository or where variables say.
//!
//! A machine without them skips the test and says so. Where they are and `CI=true`, what they lack to run is a failure: rules
//! nobody can run must not look like rules which found nothing.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

/// A validator of `../shared/check`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rules {
    /// `cda.py`: CDA R2 and the French content models.
    Cda,
    /// `xdm.py`: packages of documents.
    Xdm,
    /// `hl7v2.py`: messages, and a peer which speaks MLLP.
    Hl7v2,
    /// `fhir.py`: FHIR R4, FR Core, TDDUI, PDSm.
    Fhir,
}

impl Rules {
    const fn script(self) -> &'static str {
        match self {
            Self::Cda => "cda.py",
            Self::Xdm => "xdm.py",
            Self::Hl7v2 => "hl7v2.py",
            Self::Fhir => "fhir.py",
        }
    }

    const fn modules(self) -> &'static str {
        match self {
            Self::Cda | Self::Xdm => "lxml, saxonche",
            Self::Hl7v2 => "hl7",
            Self::Fhir => "json",
        }
    }
}

/// A folder of the shared material: the variable first, then beside the repository.
fn folder(variable: &str, name: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(name);
    let found = std::env::var_os(variable).map_or(beside, PathBuf::from);
    if found.is_dir() {
        return Some(found);
    }
    say(&format!("{} is absent: set {variable} to test with it", found.display()));
    None
}

/// Official examples (`GRAPPE_INTEROP`, else `../shared/interop`); `None` after having told they are absent.
pub fn interop_or_skip() -> Option<PathBuf> {
    folder("GRAPPE_INTEROP", "interop")
}

/// The folder of the validators and of the peers (`GRAPPE_CHECK`, else `../shared/check`); `None` after having told.
pub fn check_or_skip() -> Option<PathBuf> {
    folder("GRAPPE_CHECK", "check")
}

/// A Python which imports these modules (`GRAPPE_PYTHON`, else `python3`); `None` after having told, a failure with `CI=true`.
pub fn python_or_skip(modules: &str) -> Option<String> {
    let python = std::env::var("GRAPPE_PYTHON").unwrap_or_else(|_| "python3".into());
    let ready = Command::new(&python).args(["-c", &format!("import {modules}")]).output();
    if ready.is_ok_and(|run| run.status.success()) {
        return Some(python);
    }
    lacks(&format!("{python} has not all of {modules}: set GRAPPE_PYTHON"))
}

/// The engine of the FHIR rules (`FHIRVAL`), which the verifier builds; `None` after having told, a failure with `CI=true`.
pub fn fhir_engine_or_skip() -> Option<PathBuf> {
    match std::env::var_os("FHIRVAL").map(PathBuf::from) {
        Some(engine) if engine.is_file() => Some(engine),
        Some(engine) => lacks(&format!("no engine of the FHIR rules at {}", engine.display())),
        None => lacks("the engine of the FHIR rules is named by FHIRVAL (cargo xtask regles makes it)"),
    }
}

/// What cannot run where the rules are: told, and a failure with `CI=true`.
fn lacks<T>(why: &str) -> Option<T> {
    assert!(std::env::var("CI").as_deref() != Ok("true"), "the official rules cannot run: {why}");
    say(why);
    None
}

#[expect(clippy::print_stderr, reason = "what is not tested is told where the test runs")]
fn say(why: &str) {
    eprintln!("official rules or examples: {why}");
}

/// A validator ready to run.
#[derive(Debug)]
pub struct Validator {
    python: String,
    script: PathBuf,
    /// Its own copy of what the rules write beside themselves: two runs at once would remove one another's files.
    own: Option<PathBuf>,
}

impl Validator {
    /// The validator, or `None` after having told why it cannot run; with `CI=true`, only where the rules are absent.
    pub fn find(rules: Rules) -> Option<Self> {
        let check = check_or_skip()?;
        let python = python_or_skip(rules.modules())?;
        if rules == Rules::Fhir {
            fhir_engine_or_skip()?;
        }
        let script = check.join(rules.script());
        assert!(script.is_file(), "{} is absent", script.display());
        if rules == Rules::Cda || rules == Rules::Xdm {
            let own = own_copy(&check);
            return Some(Self { python, script: own.join("check").join(rules.script()), own: Some(own) });
        }
        Some(Self { python, script, own: None })
    }

    /// The command, to be given options and files.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.python);
        command.arg(&self.script).env("PYTHONDONTWRITEBYTECODE", "1");
        command
    }

    /// Runs it on these files; a validator which could not run is a failure, told with its own words.
    pub fn run(&self, options: &[&str], files: &[PathBuf]) -> Judgment {
        let run = kept(self.command().args(options).args(files).output());
        let code = run.status.code();
        assert!(matches!(code, Some(0 | 1)) && !crashed(&run), "{} could not run: {}", self.script.display(), both(&run));
        Judgment { valid: code == Some(0), told: String::from_utf8_lossy(&run.stdout).into_owned() }
    }
}

impl Drop for Validator {
    fn drop(&mut self) {
        if let Some(own) = &self.own {
            let _ = std::fs::remove_dir_all(own);
        }
    }
}

/// What a validator said.
#[derive(Debug, Clone)]
pub struct Judgment {
    /// No file has an error.
    pub valid: bool,
    /// Its report, as printed.
    pub told: String,
}

/// Python ends with 1 as well when it stops on its own fault.
fn crashed(run: &Output) -> bool {
    String::from_utf8_lossy(&run.stderr).contains("Traceback (most recent call last)")
}

fn both(run: &Output) -> String {
    String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr)
}

fn kept<T, E: std::fmt::Display>(found: Result<T, E>) -> T {
    found.unwrap_or_else(|error| panic!("official rules: {error}"))
}

/// The scripts beside their material, as they expect it; only the rules, which they compile in place, are copied.
fn own_copy(check: &Path) -> PathBuf {
    static RANK: AtomicU32 = AtomicU32::new(0);
    let name = format!("grappe-rules-{}-{}", std::process::id(), RANK.fetch_add(1, Ordering::Relaxed));
    let own = std::env::temp_dir().join(name);
    let _ = std::fs::remove_dir_all(&own);
    let interop = kept(interop_or_skip().ok_or("the rules are there without their material (GRAPPE_INTEROP)"));
    for script in ["cda.py", "xdm.py"] {
        kept(std::fs::create_dir_all(own.join("check")));
        kept(std::fs::write(own.join("check").join(script), kept(std::fs::read(check.join(script)))));
    }
    copy(&interop.join("cda/schematrons"), &own.join("interop/cda/schematrons"));
    for entry in ["ebrs", "cda/infrastructure", "cda/jeuxDeValeurs"] {
        let from = kept(std::fs::canonicalize(interop.join(entry)));
        kept(std::os::unix::fs::symlink(from, own.join("interop").join(entry)));
    }
    own
}

fn copy(from: &Path, to: &Path) {
    kept(std::fs::create_dir_all(to));
    for entry in kept(std::fs::read_dir(from)) {
        let path = kept(entry).path();
        let name = path.file_name().unwrap_or_default();
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else {
            kept(std::fs::write(to.join(name), kept(std::fs::read(&path))));
        }
    }
}
