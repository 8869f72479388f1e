//! Room kept beside the database for the day the disk is full: acts are then refused, while readings, each of which
//! is a journal line, still find room.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Bytes kept: some ten thousand journal lines.
const SIZE: u64 = 8 << 20;
/// As many again must be free before acts are accepted anew.
const MARGIN: u64 = 8 << 20;
const BLOCK: usize = 1 << 20;
/// Between two attempts to find room again.
const PATIENCE: Duration = Duration::from_secs(1);

/// The file which holds the room.
#[derive(Debug)]
pub(super) struct Reserve {
    file: PathBuf,
    spent: bool,
    tried: Instant,
}

impl Reserve {
    /// Takes the room beside a database; a disk which is full already has none to give.
    pub(super) fn beside(database: &Path) -> Self {
        let file = database.with_extension("reserve");
        let kept = fs::metadata(&file).is_ok_and(|meta| meta.len() == SIZE) || take(&file).is_ok();
        Self { file, spent: !kept, tried: Instant::now() }
    }

    /// True once the room was given up and not found again.
    pub(super) fn is_spent(&self) -> bool {
        self.spent
    }

    /// Gives the room to the database.
    pub(super) fn spend(&mut self) {
        self.spent = true;
        self.tried = Instant::now();
        if let Err(error) = fs::remove_file(&self.file) {
            tracing::warn!(%error, "the reserve could not be given up");
        }
    }

    /// Looks for room again, once a second at most; true when the reserve is whole.
    pub(super) fn take_back(&mut self) -> bool {
        if self.spent && self.tried.elapsed() >= PATIENCE {
            self.tried = Instant::now();
            self.spent = take(&self.file).is_err();
        }
        !self.spent
    }
}

/// Writes the file with its margin, then gives the margin back.
fn take(path: &Path) -> io::Result<()> {
    let filled = fill(path);
    if filled.is_err() {
        let _ = fs::remove_file(path);
    }
    filled
}

fn fill(path: &Path) -> io::Result<()> {
    let mut file = File::create(path)?;
    let block = vec![0; BLOCK];
    for _ in 0..(SIZE + MARGIN) / BLOCK as u64 {
        file.write_all(&block)?;
    }
    file.set_len(SIZE)?;
    file.sync_all()
}
