//! What each reading of a file cost, as the server's log tells it.

use std::collections::BTreeMap;
use std::path::Path;

/// The readings of a run.
#[derive(Debug, Default)]
pub(crate) struct Readings {
    pub(crate) count: u64,
    /// Those which were stopped.
    pub(crate) stopped: BTreeMap<String, u64>,
    /// Most processor time of one which ended, in microseconds.
    pub(crate) processor_us: u64,
    /// Most memory of one which ended, in KiB.
    pub(crate) memory_kib: u64,
    /// Processor time of all which ended, in microseconds.
    pub(crate) total_us: u64,
}

impl Readings {
    /// Reads the log of a server.
    pub(crate) fn of(log: &Path) -> Self {
        let text = String::from_utf8_lossy(&std::fs::read(log).unwrap_or_default()).into_owned();
        let mut readings = Self::default();
        for line in text.lines().filter(|line| line.contains("a received file was read apart")) {
            let value = |name: &str| line.split_once(&format!("{name}=")).and_then(|(_, rest)| rest.split_whitespace().next());
            let number = |name: &str| value(name).and_then(|value| value.parse().ok()).unwrap_or(0);
            readings.count += 1;
            let issue = value("issue").unwrap_or_default().trim_matches('"');
            if issue != "read" {
                *readings.stopped.entry(issue.to_owned()).or_default() += 1;
            }
            readings.processor_us = readings.processor_us.max(number("processeur_us"));
            readings.memory_kib = readings.memory_kib.max(number("memoire_kio"));
            readings.total_us += number("processeur_us");
        }
        readings
    }
}
