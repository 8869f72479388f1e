//! The table printed, and the ratios between its rows.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use kernel::clock::{Clock, SystemClock};

use crate::stats::Figures;

/// Rows printed so far, by name.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rates: BTreeMap<String, f64>,
}

/// Opens the part of the file which people write.
const READING: &str = "\n## Reading";

/// All that was printed.
static TRANSCRIPT: Mutex<String> = Mutex::new(String::new());

/// Prints a line.
pub(crate) fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
    let mut transcript = TRANSCRIPT.lock().unwrap_or_else(PoisonError::into_inner);
    transcript.push_str(line);
    transcript.push('\n');
}

/// First value of a field of a file of `/proc`.
fn proc_field(file: &str, field: &str) -> String {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with(field));
    line.and_then(|line| line.split_once(':')).map_or_else(|| "unknown".into(), |(_, value)| value.trim().to_owned())
}

/// Writes what was printed, under a head which names the machine.
pub(crate) fn write_down(path: &Path) -> anyhow::Result<()> {
    let transcript = TRANSCRIPT.lock().unwrap_or_else(PoisonError::into_inner);
    let kernel = std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let text = format!(
        "# Measures\n\nMade by `bench measure --ecrire docs/mesures.md` (`cargo build --release -p bench -p grappe` first), on {}.\n\n\
         - Processor: {} × {}\n- Memory: {}\n- Kernel: {}\n- SQLite {}, {}\n- Load average at the end, neighbours included: {}\n\n\
         Rates are of what the row names; CPU is per operation. Client and server share the machine; TLS is off (loopback).\n\
         A rate alone says more of the neighbours than of the product: read the ratios, and the CPU.\n\n```text{}```\n",
        SystemClock.now().strftime("%Y-%m-%d"),
        std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        proc_field("/proc/cpuinfo", "model name"),
        proc_field("/proc/meminfo", "MemTotal"),
        kernel.trim(),
        rusqlite::version(),
        testkit::Installation::find().map_or_else(|| "no PostgreSQL".into(), |found| found.version()),
        load.trim(),
        transcript.as_str(),
    );
    // What people wrote under the figures stays.
    let former = std::fs::read_to_string(path).unwrap_or_default();
    let reading = former.find(READING).map_or("", |at| &former[at..]);
    Ok(std::fs::write(path, format!("{text}{reading}"))?)
}

/// Prints a title and the heads of the columns.
pub(crate) fn title(title: &str) {
    say(&format!("\n{title}\n{:<64} {:>10} {:>9} {:>9} {:>9} {:>7}", "", "per second", "p50 ms", "p99 ms", "CPU ms", "errors"));
}

impl Table {
    /// Prints a row; each operation stands for `each` things counted.
    pub(crate) fn row(&mut self, name: &str, figures: &Figures, each: f64) {
        let rate = figures.rate() * each;
        let (p50, p99, cpu) = (figures.quantile(500), figures.quantile(990), figures.cpu_each() / each);
        // A peer may do less than one a second.
        let decimals = usize::from(rate < 10.0);
        say(&format!("{name:<64} {rate:>10.decimals$} {p50:>9.3} {p99:>9.3} {cpu:>9.4} {:>7}", figures.errors));
        self.rates.insert(name.to_owned(), rate);
    }

    /// Prints the ratio of two rows beside the goal for it.
    pub(crate) fn ratio(&self, what: &str, over: &str, goal: f64) {
        if let (Some(what_rate), Some(over_rate)) = (self.rates.get(what), self.rates.get(over)) {
            let ratio = what_rate / over_rate.max(1e-9);
            let verdict = if ratio >= goal { "reached" } else { "below" };
            say(&format!("{:<100} {ratio:>7.3}  goal {goal:>6.3}  {verdict}", format!("{what}  /  {over}")));
        }
    }
}
