//! A power cut: everything the kernel had not been told to flush is gone.
//!
//! An ext4 image in memory is mounted through a loop device; the writer is stopped, the image is copied as the disk
//! would be found, and the copy is mounted. Needs root and a loop device.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use super::child::Mode;
use super::place::{Base, Folder, Mounted, done};
use super::report::{Count, Expected, Report};
use super::victim::{Start, Victim};
use super::{Dice, Engine, Options, check, has_program};

/// Cuts after which a control which lost nothing is called blind.
const CONTROL_TRIES: u32 = 6;

pub(super) async fn run(engine: Engine, options: &Options, report: &mut Report) -> anyhow::Result<()> {
    let name = format!("{} power cut", engine.name());
    if let Err(error) = can_mount() {
        report.not_run(&name, &error.to_string());
        return Ok(());
    }
    let rounds = match (options.long, engine) {
        (true, _) => 25,
        (false, Engine::Sqlite) => 4,
        (false, Engine::Postgres) => 1,
    };
    let mut dice = Dice(options.seed);
    let mut total = Count::default();
    for _ in 0..rounds {
        total += cut(engine, Mode::Product, &[], 60 + dice.below(700)).await?;
    }
    report.row(&name, rounds, total, Expected::NothingLost);
    let control = match engine {
        Engine::Sqlite => "control: synchronous=NORMAL",
        Engine::Postgres => "control: synchronous_commit=off",
    };
    // On a loaded machine a checkpoint or the kernel may have synced just before the cut: the control is then cut again.
    let mut lazy = Count::default();
    for _ in 0..CONTROL_TRIES {
        lazy = cut(engine, Mode::Unsynced, &[], 300).await?;
        if lazy.lost > 0 {
            break;
        }
    }
    report.row(&format!("{name}, {control}"), 1, lazy, Expected::SomeLost);
    if engine == Engine::Sqlite {
        lying_flush(&name, report).await?;
    }
    Ok(())
}

/// The product itself on a machine whose flushes do nothing and say they did.
async fn lying_flush(name: &str, report: &mut Report) -> anyhow::Result<()> {
    let name = format!("{name}, control: flush does nothing");
    if !has_program("strace") {
        report.not_run(&name, "strace is not installed");
        return Ok(());
    }
    let lie = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync,fsync", "-e", "inject=fdatasync,fsync:retval=0"];
    let lie: Vec<String> = lie.iter().map(|part| (*part).to_owned()).collect();
    let count = cut(Engine::Sqlite, Mode::Product, &lie, 300).await?;
    report.row(&name, 1, count, Expected::SomeLost);
    Ok(())
}

/// True if an image can be mounted here.
fn can_mount() -> anyhow::Result<()> {
    let folder = Folder::new()?;
    let image = folder.path().join("essai.img");
    blank(&image, "8M")?;
    Mounted::mount(&["-o", "loop", &image.display().to_string()], &folder.path().join("m")).map(drop)
}

fn blank(image: &Path, size: &str) -> anyhow::Result<()> {
    let image = image.display().to_string();
    done("truncate", &["-s", size, &image])?;
    done("mkfs.ext4", &["-qF", &image])
}

async fn cut(engine: Engine, mode: Mode, under: &[String], acts: u64) -> anyhow::Result<Count> {
    let folder = Folder::new()?;
    let (disk, found) = (folder.path().join("disque.img"), folder.path().join("retrouve.img"));
    let (size, settings): (_, &[&str]) = match engine {
        Engine::Sqlite => ("96M", &[]),
        Engine::Postgres => ("400M", &["wal_writer_delay=10s"]),
    };
    blank(&disk, size)?;
    let acked = write_and_copy(engine, mode, under, acts, settings, &folder, (&disk, &found))?;
    std::fs::remove_file(&disk)?;
    let after = Mounted::mount(&["-o", "loop", &found.display().to_string()], &folder.path().join("apres"))?;
    let base = Base::on(engine, after.path(), &[])?;
    check::count(mode, &base.url, &acked).await
}

/// Writes until enough is acknowledged, then copies the disk as a cut would leave it.
fn write_and_copy(
    engine: Engine,
    mode: Mode,
    under: &[String],
    acts: u64,
    settings: &[&str],
    folder: &Folder,
    (disk, found): (&Path, &Path),
) -> anyhow::Result<BTreeSet<u64>> {
    // Not synced by the kernel for ten minutes: what reaches the image was asked for.
    let before = Mounted::mount(&["-o", "loop,commit=600", &disk.display().to_string()], &folder.path().join("avant"))?;
    let base = Base::on(engine, before.path(), settings)?;
    let victim = Victim::start(&Start { mode, url: &base.url, writers: 8, from: 0, under })?;
    victim.wait_for(Duration::from_secs(10), |heard| heard.acked.len() > 3)?;
    done("sync", &["-f", &before.path().display().to_string()])?;
    let start = victim.heard().acked.len() as u64;
    victim.wait_for(Duration::from_secs(30), |heard| heard.acked.len() as u64 >= start + acts)?;
    victim.signal("STOP")?;
    if let Some(server) = &base.server {
        server.signal("STOP")?;
    }
    std::fs::copy(disk, found)?;
    let heard = victim.kill()?;
    if let Some(server) = base.server {
        server.crash()?;
    }
    Ok(heard.acked)
}
