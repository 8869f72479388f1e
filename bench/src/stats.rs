//! Durations of a run, and the processor time it took.

use std::time::{Duration, Instant};

/// What a run gave.
#[derive(Debug, Clone, Default)]
pub(crate) struct Figures {
    /// Sorted, in nanoseconds.
    durations: Vec<u64>,
    /// From the first to the last answer.
    pub(crate) elapsed: Duration,
    /// Processor time of the process measured, in seconds.
    pub(crate) cpu: f64,
    /// Answers which were not the one expected.
    pub(crate) errors: u64,
}

impl Figures {
    /// Gathers the durations of every client.
    pub(crate) fn of(clients: &[Vec<u64>], elapsed: Duration, cpu: f64, errors: u64) -> Self {
        let mut durations: Vec<u64> = clients.concat();
        durations.sort_unstable();
        Self { durations, elapsed, cpu, errors }
    }

    /// Operations done.
    pub(crate) fn count(&self) -> usize {
        self.durations.len()
    }

    /// Operations a second.
    #[expect(clippy::cast_precision_loss, reason = "counts of a run are far below 2^52")]
    pub(crate) fn rate(&self) -> f64 {
        self.count() as f64 / self.elapsed.as_secs_f64().max(1e-9)
    }

    /// The duration `per_mille` of the operations do not exceed, in milliseconds.
    #[expect(clippy::cast_precision_loss, reason = "durations of a run are far below 2^52 ns")]
    pub(crate) fn quantile(&self, per_mille: usize) -> f64 {
        let last = self.durations.len().saturating_sub(1);
        let rank = (self.durations.len() * per_mille / 1_000).min(last);
        self.durations.get(rank).map_or(0.0, |nanos| *nanos as f64 / 1e6)
    }

    /// Processor milliseconds an operation.
    #[expect(clippy::cast_precision_loss, reason = "counts of a run are far below 2^52")]
    pub(crate) fn cpu_each(&self) -> f64 {
        self.cpu * 1_000.0 / self.count().max(1) as f64
    }
}

/// Processor seconds used so far by a process and its descendants; those which have ended are not counted.
pub(crate) fn cpu_seconds(pid: u32) -> f64 {
    let mut pids = vec![pid];
    let mut ticks = 0_u32;
    let mut rank = 0;
    while rank < pids.len() {
        ticks += own_ticks(&format!("/proc/{}/stat", pids[rank]));
        for task in std::fs::read_dir(format!("/proc/{}/task", pids[rank])).into_iter().flatten().flatten() {
            let children = std::fs::read_to_string(task.path().join("children")).unwrap_or_default();
            pids.extend(children.split_whitespace().filter_map(|pid| pid.parse::<u32>().ok()));
        }
        rank += 1;
    }
    f64::from(ticks) / 100.0
}

/// Waits until a process and its descendants have done nothing for three seconds, ten minutes at most.
pub(crate) async fn until_quiet(pid: u32) {
    let start = Instant::now();
    let (mut used, mut quiet) = (cpu_seconds(pid), 0);
    while quiet < 3 && start.elapsed() < Duration::from_mins(10) {
        tokio::time::sleep(Duration::from_secs(1)).await;
        let now = cpu_seconds(pid);
        quiet = if now - used < 0.05 { quiet + 1 } else { 0 };
        used = now;
    }
}

/// Processor seconds of this process alone.
pub(crate) fn own_cpu_seconds() -> f64 {
    f64::from(own_ticks("/proc/self/stat")) / 100.0
}

/// Ticks of processor, user and system, of the process of this file of `/proc`.
fn own_ticks(stat: &str) -> u32 {
    let stat = std::fs::read_to_string(stat).unwrap_or_default();
    // The name, in brackets, may hold blanks: fields are counted after it.
    let fields = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    fields.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u32>().ok()).sum()
}

/// A stopwatch in nanoseconds.
pub(crate) fn nanos(start: Instant) -> u64 {
    u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX)
}
