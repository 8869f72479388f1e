//! Faults done on purpose to the store, each with a control which must lose something.

pub(crate) mod child;

mod check;
mod disk_full;
mod flush_error;
mod kill;
mod place;
mod power;
mod report;
mod victim;

use std::process::{Command, Stdio};

pub(crate) use place::{Base, Folder};
pub(crate) use report::Report;

/// Options of a run of faults.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// About a minute: what is done unless `--long` is given.
    #[arg(long, conflicts_with = "long")]
    court: bool,
    /// Several minutes instead of one.
    #[arg(long)]
    long: bool,
    /// Only this engine.
    #[arg(long)]
    engine: Option<Engine>,
    /// Only faults whose name holds this.
    #[arg(long)]
    only: Option<String>,
    /// The same seed kills at the same instants.
    #[arg(long, default_value_t = 20_261_121)]
    seed: u64,
}

/// Where faults happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Engine {
    /// The embedded database.
    Sqlite,
    /// A server started for it.
    Postgres,
}

impl Engine {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

/// Pseudo-random numbers (xorshift): runs can be repeated.
#[derive(Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    /// One for each seed; zero would give zeros only.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(crate) fn below(&mut self, most: u64) -> u64 {
        self.next() % most
    }
}

/// Signals a process and all its descendants, ancestors first.
pub(crate) fn signal_tree(pid: u32, name: &str) -> anyhow::Result<()> {
    let mut pids = vec![pid];
    let mut rank = 0;
    while rank < pids.len() {
        for task in std::fs::read_dir(format!("/proc/{}/task", pids[rank])).into_iter().flatten().flatten() {
            let children = std::fs::read_to_string(task.path().join("children")).unwrap_or_default();
            pids.extend(children.split_whitespace().filter_map(|pid| pid.parse::<u32>().ok()));
        }
        rank += 1;
    }
    for pid in pids {
        Command::new("kill").arg(format!("-{name}")).arg(pid.to_string()).stderr(Stdio::null()).status()?;
    }
    Ok(())
}

/// True if a program of this name is in the path.
fn has_program(name: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(name).exists()))
}

/// Runs every fault on both engines and prints a row each.
pub(crate) async fn run(options: &Options) -> anyhow::Result<()> {
    let mut report = Report::start();
    let wanted = |name: &str| options.only.as_ref().is_none_or(|only| name.contains(only.as_str()));
    for engine in
        [Engine::Sqlite, Engine::Postgres].into_iter().filter(|engine| options.engine.is_none_or(|only| only == *engine))
    {
        if engine == Engine::Postgres && testkit::Installation::find().is_none() {
            report.not_run("postgres", "PostgreSQL is not installed");
            continue;
        }
        if wanted("kill") {
            kill::run(engine, options, &mut report).await?;
        }
        if wanted("power") {
            power::run(engine, options, &mut report).await?;
        }
        if wanted("full") {
            disk_full::run(engine, &mut report).await?;
        }
        if wanted("flush") {
            flush_error::run(engine, options, &mut report).await?;
        }
    }
    report.end()
}
