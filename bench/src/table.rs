//! The table printed, and the ratios between its rows.

use std::collections::BTreeMap;
use std::io::Write;

use crate::stats::Figures;

/// Rows printed so far, by name.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rates: BTreeMap<String, f64>,
}

/// Prints a line.
pub(crate) fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
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
        say(&format!("{name:<64} {rate:>10.0} {p50:>9.3} {p99:>9.3} {cpu:>9.4} {:>7}", figures.errors));
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
