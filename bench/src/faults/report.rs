//! What a run of faults found, printed as it goes.

use std::io::Write;
use std::ops::AddAssign;

/// Acts after a fault.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Count {
    /// Acknowledged to the sender.
    pub(super) acked: u64,
    /// Acknowledged and there.
    pub(super) kept: u64,
    /// Acknowledged and gone.
    pub(super) lost: u64,
    /// There without having been acknowledged: allowed, the sender sends again.
    pub(super) beyond: u64,
    /// Half there: an act without its line, its message or its document, or another content.
    pub(super) broken: u64,
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.acked += other.acked;
        self.kept += other.kept;
        self.lost += other.lost;
        self.beyond += other.beyond;
        self.broken += other.broken;
    }
}

/// What is asked of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expected {
    /// Nothing acknowledged may be lost.
    NothingLost,
    /// A control, which must lose something: a harness which sees no loss there sees none anywhere.
    SomeLost,
}

/// The rows printed so far.
#[derive(Debug, Default)]
pub(crate) struct Report {
    failures: Vec<String>,
    not_run: Vec<String>,
}

fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

impl Report {
    pub(super) fn start() -> Self {
        say(&format!(
            "{:<46} {:>7} {:>9} {:>9} {:>7} {:>7} {:>7}  verdict",
            "fault", "rounds", "acked", "kept", "lost", "beyond", "broken"
        ));
        Self::default()
    }

    /// Prints a row and judges it.
    pub(super) fn row(&mut self, name: &str, rounds: u64, count: Count, expected: Expected) {
        let good = match expected {
            Expected::NothingLost => count.lost == 0 && count.broken == 0 && count.acked > 0,
            Expected::SomeLost => count.lost > 0,
        };
        let verdict = match (expected, good) {
            (Expected::NothingLost, true) => "ok",
            (Expected::NothingLost, false) => "FAILED",
            (Expected::SomeLost, true) => "control: loss seen",
            (Expected::SomeLost, false) => "CONTROL BLIND",
        };
        let Count { acked, kept, lost, beyond, broken } = count;
        say(&format!("{name:<46} {rounds:>7} {acked:>9} {kept:>9} {lost:>7} {beyond:>7} {broken:>7}  {verdict}"));
        if !good {
            self.failures.push(name.to_owned());
        }
    }

    /// Prints a statement which is true or not.
    pub(crate) fn fact(&mut self, name: &str, holds: bool, detail: &str) {
        say(&format!("{name:<46} {detail}  {}", if holds { "ok" } else { "FAILED" }));
        if !holds {
            self.failures.push(name.to_owned());
        }
    }

    /// Says loudly that a fault could not be made here.
    pub(crate) fn not_run(&mut self, name: &str, why: &str) {
        say(&format!("{name:<46} NOT RUN: {why}"));
        self.not_run.push(name.to_owned());
    }

    /// An error if something failed, or if something was not run while `GRAPPE_FAULTS=require`.
    pub(crate) fn end(self) -> anyhow::Result<()> {
        let required = std::env::var("GRAPPE_FAULTS").is_ok_and(|value| value == "require");
        if !self.not_run.is_empty() {
            say(&format!("*** {} fault(s) were NOT RUN on this machine: {}", self.not_run.len(), self.not_run.join(", ")));
            anyhow::ensure!(!required, "GRAPPE_FAULTS=require and these were not run: {}", self.not_run.join(", "));
        }
        anyhow::ensure!(self.failures.is_empty(), "failed: {}", self.failures.join(", "));
        Ok(())
    }
}
