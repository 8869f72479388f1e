//! A flush which fails. SQLite: nothing more is acknowledged until a restart. PostgreSQL: the server restarts itself
//! from its log, the store follows. On both nothing acknowledged is lost.

use std::time::Duration;

use super::child::Mode;
use super::place::{Base, Folder};
use super::report::{Count, Expected, Report};
use super::victim::{Start, Victim};
use super::{Dice, Engine, Options, check, has_program};

pub(super) async fn run(engine: Engine, options: &Options, report: &mut Report) -> anyhow::Result<()> {
    let name = format!("{} flush error (EIO)", engine.name());
    if !has_program("strace") {
        report.not_run(&name, "strace is not installed");
        return Ok(());
    }
    match engine {
        Engine::Sqlite => sqlite(&name, options, report).await,
        Engine::Postgres => postgres(&name, options, report).await,
    }
}

/// strace failing every process's `when`-th flush.
fn failing(flags: &[&str], when: u64) -> Vec<String> {
    let trace = ["-f", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync,fsync", "-e"];
    let inject = format!("inject=fdatasync,fsync:error=EIO:when={when}");
    ["strace"].iter().chain(flags).chain(&trace).map(|part| (*part).to_owned()).chain([inject]).collect()
}

async fn sqlite(name: &str, options: &Options, report: &mut Report) -> anyhow::Result<()> {
    let rounds = if options.long { 12 } else { 2 };
    let mut dice = Dice(options.seed);
    let (mut total, mut after, mut stopped) = (Count::default(), 0, 0);
    for _ in 0..rounds {
        let folder = Folder::new()?;
        let base = Base::on(Engine::Sqlite, folder.path(), &[])?;
        let under = failing(&[], 40 + dice.below(200));
        let victim = Victim::start(&Start { mode: Mode::Product, url: &base.url, writers: 8, from: 0, under: &under })?;
        victim.wait_for(Duration::from_secs(20), |heard| heard.stopped > 50)?;
        let heard = victim.kill()?;
        after += heard.acked_after_stop;
        stopped += heard.stopped;
        total += check::count(Mode::Product, &base.url, &heard.acked).await?;
    }
    report.row(name, rounds, total, Expected::NothingLost);
    let detail = format!("{stopped} refused once stopped, {after} acknowledged after;");
    report.fact(&format!("{name}: nothing acknowledged after"), after == 0 && stopped > 0, &detail);
    Ok(())
}

async fn postgres(name: &str, options: &Options, report: &mut Report) -> anyhow::Result<()> {
    let rounds = if options.long { 8 } else { 1 };
    let mut dice = Dice(options.seed);
    let (mut total, mut panics) = (Count::default(), 0);
    for _ in 0..rounds {
        let folder = Folder::new()?;
        drop(Base::on(Engine::Postgres, folder.path(), &[])?);
        let under = failing(&["-D"], 60 + dice.below(60));
        let base = Base::under(&under, Engine::Postgres, folder.path(), &["restart_after_crash=on"])?;
        let victim = Victim::start(&Start { mode: Mode::Product, url: &base.url, writers: 8, from: 0, under: &[] })?;
        std::thread::sleep(Duration::from_secs(3));
        let heard = victim.kill()?;
        if let Some(server) = base.server {
            server.crash()?;
        }
        panics += std::fs::read_to_string(folder.path().join("pg/log"))?.matches("PANIC").count();
        let base = Base::on(Engine::Postgres, folder.path(), &[])?;
        total += check::count(Mode::Product, &base.url, &heard.acked).await?;
    }
    report.row(name, rounds, total, Expected::NothingLost);
    report.fact(&format!("{name}: the server restarted"), panics > 0, &format!("{panics} failed flushes stopped it;"));
    Ok(())
}
