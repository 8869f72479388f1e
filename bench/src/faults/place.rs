//! Folders and small file systems faults happen on, gone when dropped.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Context;
use kernel::clock::{Clock, SystemClock};
use testkit::{Cluster, Installation};

use super::Engine;

/// A folder of one's own, in memory when possible.
#[derive(Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> anyhow::Result<Self> {
        let memory = Path::new("/dev/shm");
        let base = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let folder = base.join(format!("grappe-pannes-{}", SystemClock.fresh_id().simple()));
        std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        Ok(Self(folder))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs a command to its end; its error output becomes the error.
pub(super) fn done(program: &str, arguments: &[&str]) -> anyhow::Result<()> {
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).output().with_context(|| program.to_owned())?;
    anyhow::ensure!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr).trim());
    Ok(())
}

/// A mounted file system, unmounted when dropped.
#[derive(Debug)]
pub(super) struct Mounted(PathBuf);

impl Mounted {
    /// Mounts `what` on a folder which is made for it.
    pub(super) fn mount(arguments: &[&str], on: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(on)?;
        let on_text = on.display().to_string();
        let arguments: Vec<&str> = arguments.iter().copied().chain([on_text.as_str()]).collect();
        done("mount", &arguments)?;
        Ok(Self(on.to_owned()))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        // Lazily, if a process which was just killed still holds a file.
        let path = self.0.display().to_string();
        if done("umount", &[&path]).is_err() {
            let _ = done("umount", &["-l", &path]);
        }
    }
}

/// A database on a folder: a file, or a server of its own.
#[derive(Debug)]
pub(crate) struct Base {
    pub(crate) url: String,
    pub(super) server: Option<Cluster>,
}

impl Base {
    /// Opens what lives in the folder, making it at first use.
    pub(crate) fn on(engine: Engine, folder: &Path, settings: &[&str]) -> anyhow::Result<Self> {
        Self::under(&[], engine, folder, settings)
    }

    /// The same, its file elsewhere: beside the keys, as an installation has it.
    pub(crate) fn at(self, file: &Path) -> Self {
        Self { url: format!("sqlite:{}", file.display()), ..self }
    }

    /// The same, the server running under a command.
    pub(super) fn under(under: &[String], engine: Engine, folder: &Path, settings: &[&str]) -> anyhow::Result<Self> {
        if engine == Engine::Sqlite {
            return Ok(Self { url: format!("sqlite:{}", folder.join("grappe.db").display()), server: None });
        }
        let installation = Installation::find().context("PostgreSQL is not installed")?;
        let small = ["shared_buffers=32MB", "max_wal_size=96MB", "min_wal_size=32MB", "jit=off"];
        let settings: Vec<&str> = small.iter().chain(settings).copied().collect();
        let server = Cluster::start_under(under, &installation, &folder.join("pg"), &settings)?;
        Ok(Self { url: server.url("postgres"), server: Some(server) })
    }
}
