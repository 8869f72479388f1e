//! A child seen from its parent: started, listened to, stopped or killed.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use clap::ValueEnum;

use super::child::Mode;

/// What a child said.
#[derive(Debug, Default, Clone)]
pub(super) struct Heard {
    pub(super) ready: bool,
    pub(super) acked: BTreeSet<u64>,
    pub(super) stopped: u64,
    /// Acknowledged after it had said that nothing more would be.
    pub(super) acked_after_stop: u64,
    pub(super) errors: u64,
}

impl Heard {
    fn take(&mut self, line: &str) {
        match line.split_once(' ') {
            Some(("ack", n)) => {
                self.acked.extend(n.parse::<u64>());
                self.acked_after_stop += u64::from(self.stopped > 0);
            }
            _ if line == "ready" => self.ready = true,
            _ if line == "stopped" => self.stopped += 1,
            _ => self.errors += 1,
        }
    }
}

/// A running child.
#[derive(Debug)]
pub(super) struct Victim {
    child: Child,
    heard: Arc<Mutex<Heard>>,
    reader: Option<JoinHandle<()>>,
}

/// What to start.
#[derive(Debug, Clone)]
pub(super) struct Start<'a> {
    pub(super) mode: Mode,
    pub(super) url: &'a str,
    pub(super) writers: u64,
    pub(super) from: u64,
    /// A command the child runs under, such as `strace …`.
    pub(super) under: &'a [String],
}

impl Victim {
    /// Starts a child and waits until its store is open.
    pub(super) fn start(start: &Start<'_>) -> anyhow::Result<Self> {
        let own: PathBuf = std::env::current_exe()?;
        let mode = start.mode.to_possible_value().context("mode")?;
        let mut line: Vec<String> = start.under.to_vec();
        line.extend([own.display().to_string(), "child".into(), "--mode".into(), mode.get_name().to_owned()]);
        line.extend(["--url".into(), start.url.to_owned(), "--writers".into(), start.writers.to_string()]);
        line.extend(["--from".into(), start.from.to_string()]);
        let mut child =
            Command::new(&line[0]).args(&line[1..]).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let out = child.stdout.take().context("no output")?;
        let heard = Arc::new(Mutex::new(Heard::default()));
        let reader = std::thread::spawn({
            let heard = Arc::clone(&heard);
            move || {
                for line in BufReader::new(out).lines().map_while(Result::ok) {
                    heard.lock().unwrap_or_else(PoisonError::into_inner).take(&line);
                }
            }
        });
        let victim = Self { child, heard, reader: Some(reader) };
        victim.wait_for(Duration::from_secs(20), |heard| heard.ready)?;
        Ok(victim)
    }

    /// What it said so far.
    pub(super) fn heard(&self) -> Heard {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until it has said enough.
    pub(super) fn wait_for(&self, most: Duration, enough: impl Fn(&Heard) -> bool) -> anyhow::Result<()> {
        let end = Instant::now() + most;
        while !enough(&self.heard()) {
            if Instant::now() > end {
                bail!("the child did not say what was expected in {most:?}: {:?} errors", self.heard().errors);
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        Ok(())
    }

    /// Sends a signal by name to the child and to what it runs under.
    pub(super) fn signal(&self, name: &str) -> anyhow::Result<()> {
        super::signal_tree(self.child.id(), name)
    }

    /// Kills it at once and gives all it said.
    pub(super) fn kill(mut self) -> anyhow::Result<Heard> {
        self.signal("KILL")?;
        self.child.wait()?;
        if let Some(reader) = self.reader.take() {
            let _ = reader.join();
        }
        Ok(self.heard())
    }
}

impl Drop for Victim {
    fn drop(&mut self) {
        let _ = self.signal("KILL");
        let _ = self.child.wait();
    }
}
