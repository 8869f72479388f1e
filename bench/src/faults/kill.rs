//! kill -9 at random instants: of our process, and of the database server.
//!
//! It proves atomicity and recovery, and nothing about the disk: see the power cuts.

use std::collections::BTreeSet;
use std::time::Duration;

use super::child::Mode;
use super::place::{Base, Folder};
use super::report::{Expected, Report};
use super::victim::{Start, Victim};
use super::{Dice, Engine, Options, check};

/// Acts of one round start so far from those of the one before.
const ROUND: u64 = 1_000_000;

pub(super) async fn run(engine: Engine, options: &Options, report: &mut Report) -> anyhow::Result<()> {
    let rounds = match (options.long, engine) {
        (true, _) => 60,
        (false, Engine::Sqlite) => 8,
        (false, Engine::Postgres) => 4,
    };
    for (mode, expected) in [(Mode::Product, Expected::NothingLost), (Mode::AckFirst, Expected::SomeLost)] {
        let name = match mode {
            Mode::AckFirst => format!("{} kill -9, control: ack before commit", engine.name()),
            _ => format!("{} kill -9", engine.name()),
        };
        let rounds = if mode == Mode::Product { rounds } else { 8 };
        let mut dice = Dice(options.seed);
        let folder = Folder::new()?;
        let mut acked = BTreeSet::new();
        for round in 0..rounds {
            acked.extend(one(engine, mode, &folder, round, &mut dice)?);
        }
        let base = Base::on(engine, folder.path(), &[])?;
        let count = check::count(mode, &base.url, &acked).await?;
        report.row(&name, rounds, count, expected);
    }
    Ok(())
}

fn one(engine: Engine, mode: Mode, folder: &Folder, round: u64, dice: &mut Dice) -> anyhow::Result<BTreeSet<u64>> {
    let base = Base::on(engine, folder.path(), &[])?;
    let victim = Victim::start(&Start { mode, url: &base.url, writers: 16, from: round * ROUND, under: &[] })?;
    std::thread::sleep(Duration::from_millis(50 + dice.below(350)));
    // Every second round of PostgreSQL it is the server that is killed, while our process goes on.
    match base.server {
        Some(server) if mode == Mode::Product && round % 2 == 1 => {
            server.crash()?;
            std::thread::sleep(Duration::from_millis(100));
        }
        _ => {}
    }
    Ok(victim.kill()?.acked)
}
