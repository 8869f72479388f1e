//! Everything the outside may send, hostile or not, while the server is killed: nothing is lost, nothing is filed wrongly.

mod check;
mod forge;
mod partner;
mod rate;
mod readings;
mod screen;
mod senders;
mod service;
mod world;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crate::faults::{Base, Dice, Engine, Folder, Report};
use crate::table::say;
use check::{Count, Found};
use forge::{Channel, Forge};
use partner::Partner;
use senders::{Ledger, Sending};
use service::Service;
use world::Person;

/// Options of a run of receptions.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Under a minute, some 300 messages, two kills: what is done unless `--long` is given.
    #[arg(long, conflicts_with = "long")]
    court: bool,
    /// 10,000 messages and forty kills on 44 houses, then the rate of each channel.
    #[arg(long)]
    long: bool,
    /// So many messages instead.
    #[arg(long)]
    messages: Option<usize>,
    /// Only this engine; SQLite when short.
    #[arg(long)]
    engine: Option<Engine>,
    /// Only the rates.
    #[arg(long)]
    rates: bool,
    /// The same seed makes the same messages and kills after as many of them.
    #[arg(long, default_value_t = 20_261_130)]
    seed: u64,
}

/// Every file is read within this (INV-33).
const READER_KIB: u64 = 256 * 1024;
const READER_SECONDS: u64 = 2;
/// Houses of the grappe rates are measured on: 3,740 identities.
const RATE_HOUSES: usize = 44;
/// The server itself, whatever comes.
const SERVER_KIB: u64 = 768 * 1024;

/// Size of a run.
struct Size {
    messages: usize,
    houses: usize,
    kills: usize,
    senders: usize,
}

/// A base, its people, its running server.
struct Place {
    engine: Engine,
    folder: Folder,
    base: Base,
    people: Vec<Person>,
    houses: usize,
    service: Service,
    partner: Arc<Partner>,
}

impl Place {
    async fn new(engine: Engine, houses: usize) -> anyhow::Result<Self> {
        let folder = Folder::new()?;
        let data = folder.path().join("donnees");
        let base = Base::on(engine, folder.path(), &[])?;
        let base = if engine == Engine::Sqlite { base.at(&data.join("grappe.db")) } else { base };
        let people = world::sow(&base.url, &data, houses).await?;
        let service = Service::start(&data, &base.url, engine == Engine::Sqlite).await?;
        let partner = Arc::new(Partner::open(&data, &base.url, &service.addresses)?);
        Ok(Self { engine, folder, base, people, houses, service, partner })
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("donnees")
    }

    /// Messages from `from`, ready to be sent here.
    fn sending(&self, count: usize, seed: u64, from: u64) -> anyhow::Result<Arc<Sending>> {
        let messages = Forge::new(&self.people, seed, from, self.service.addresses.door.is_some()).mix(count)?;
        let ledger = Ledger::new(messages.len());
        let addresses = self.service.addresses.clone();
        Ok(Arc::new(Sending { messages, ledger, addresses, partner: Arc::clone(&self.partner) }))
    }

    /// What the base says, once everything received was read.
    async fn settled(&self, most: Duration) -> anyhow::Result<Found> {
        let start = Instant::now();
        let store = check::beside(&self.base.url, &self.data()).await?;
        loop {
            let waiting = store.outbox_waiting(i64::MAX).await?;
            if waiting.iter().any(|one| one.topic.starts_with("documents.re")) && start.elapsed() < most {
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
            let found = Found::read(&store).await?;
            if found.unsettled() == 0 || start.elapsed() > most {
                return Ok(found);
            }
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
    }
}

/// Runs the proof, then the rates.
pub(crate) async fn run(options: &Options) -> anyhow::Result<()> {
    let mut report = Report::default();
    let (messages, houses, kills) = if options.long { (10_000, 44, 40) } else { (300, 3, 2) };
    let size = Size { messages: options.messages.unwrap_or(messages), houses, kills, senders: 4 };
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let wanted = options.engine.map_or(options.long || engine == Engine::Sqlite, |only| only == engine);
        if !wanted {
            continue;
        }
        if engine == Engine::Postgres && testkit::Installation::find().is_none() {
            report.not_run("postgres", "PostgreSQL is not installed");
            continue;
        }
        if !options.rates {
            proof(engine, &size, options.seed, &mut report).await?;
        }
        if options.long || options.rates {
            rate::measure(engine, RATE_HOUSES, options.seed, &mut report).await?;
        }
    }
    say("mails by IMAP: not in this run; mails are given as files, the real mailbox is in the tests of courriers-mssante");
    report.end()
}

async fn proof(engine: Engine, size: &Size, seed: u64, report: &mut Report) -> anyhow::Result<()> {
    let name = engine.name();
    let mut place = Place::new(engine, size.houses).await?;
    let sending = place.sending(size.messages, seed, 0)?;
    let start = Instant::now();
    intake(&mut place, &sending, size, seed).await?;
    let sent = start.elapsed();
    let found = place.settled(Duration::from_mins(5)).await?;
    let elapsed = start.elapsed();
    place.service.answers().await?;
    let store = check::beside(&place.base.url, &place.data()).await?;
    let count = found.count(&store, &sending, 0).await?;
    let hostile = sending.messages.iter().filter(|one| one.hostile).count();
    let refused: u32 = sending.ledger.refused.iter().map(|one| one.load(Ordering::Relaxed)).sum();
    let attempts: u32 = sending.ledger.attempts.iter().map(|one| one.load(Ordering::Relaxed)).sum();
    let detail = format!(
        "{} messages, {hostile} hostile, {} kills, {attempts} attempts, {refused} refused in words, {:.0} s + {:.0} s to the last reading;",
        sending.messages.len(),
        place.service.kills,
        sent.as_secs_f64(),
        elapsed.saturating_sub(sent).as_secs_f64()
    );
    report.fact(&format!("{name} receptions: sent"), place.service.kills >= size.kills as u64, &detail);
    balance(name, &count, report);
    let (hidden, seen) = screen::hidden(place.service.addresses.http, place.houses, &found).await?;
    let detail = format!("{seen} receptions seen by a secretary with their reason, {hidden} not;");
    report.fact(&format!("{name} receptions: queue on screen"), hidden == 0 && seen == count.queued, &detail);
    readers(name, &place, report);
    let blind = found.count(&store, &sending, 1).await?;
    let detail = format!("{} filed wrongly when each message is about another person;", blind.wrong_person);
    report.fact(&format!("{name} receptions: control, persons"), blind.wrong_person > 0 && !blind.is_good(), &detail);
    drop((store, place));
    careless(engine, seed, report).await
}

fn balance(name: &str, count: &Count, report: &mut Report) {
    let Count { received, filed, opened, queued, duplicates, hostile_filed, .. } = count;
    let detail = format!(
        "{received} received = {filed} filed + {queued} queued + {duplicates} linked duplicates + {opened} opened or copies; lost {}, in limbo {}, twice {}, broken links {} {:?};",
        count.lost, count.limbo, count.twice, count.broken, count.why
    );
    report.fact(&format!("{name} receptions: balance"), count.is_good() && *filed > 0 && *queued > 0, &detail);
    let detail =
        format!("{} in the record of somebody else {:?}, {hostile_filed} hostile ones filed;", count.wrong_person, count.wrong);
    report.fact(&format!("{name} receptions: right person"), count.wrong_person == 0 && *hostile_filed == 0, &detail);
}

/// Time and memory of the readers, and memory of the server.
fn readers(name: &str, place: &Place, report: &mut Report) {
    let read = readings::Readings::of(&place.service.log());
    let peaks = &place.service.peaks;
    let (server, reader) = (peaks.server.load(Ordering::Relaxed), peaks.reader.load(Ordering::Relaxed));
    let ticks = peaks.ticks.load(Ordering::Relaxed);
    let most = reader.max(read.memory_kib);
    let detail = format!(
        "{} readings, stopped: {:?}; at most {} ms and {} MiB for one which ended, {} ms and {} MiB seen for any; {:.1} ms on average;",
        read.count,
        read.stopped,
        read.processor_us / 1_000,
        read.memory_kib / 1_024,
        ticks * 10,
        most / 1_024,
        thousandths(read.total_us, read.count)
    );
    // A tick of the kernel more: time is looked at when it passes. One message of the run must have been stopped.
    let within = most <= READER_KIB && ticks <= READER_SECONDS * 100 + 5 && !read.stopped.is_empty();
    report.fact(&format!("{name} receptions: readers bounded"), within, &detail);
    let detail = format!("{} MiB at most;", server / 1_024);
    report.fact(&format!("{name} receptions: server bounded"), server > 0 && server <= SERVER_KIB, &detail);
}

#[expect(clippy::cast_precision_loss, reason = "a count of microseconds of one run")]
fn thousandths(total: u64, count: u64) -> f64 {
    total as f64 / 1_000.0 / count.max(1) as f64
}

/// Sends everything by every channel at once, and kills meanwhile.
async fn intake(place: &mut Place, sending: &Arc<Sending>, size: &Size, seed: u64) -> anyhow::Result<()> {
    let running: Vec<_> = [Channel::Mllp, Channel::Door, Channel::Fhir]
        .into_iter()
        .map(|channel| {
            let (sending, senders) = (Arc::clone(sending), size.senders);
            tokio::spawn(async move { senders::send(&sending, channel, senders).await })
        })
        .collect();
    let mut dice = Dice::new(seed);
    for kill in 1..=size.kills {
        let after = sending.messages.len() * kill / (size.kills + 1);
        while sending.ledger.done.load(Ordering::Relaxed) < after && !running.iter().all(tokio::task::JoinHandle::is_finished) {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        tokio::time::sleep(Duration::from_millis(dice.below(250))).await;
        place.service.kill_and_restart().await?;
    }
    for sender in running {
        sender.await??;
    }
    Ok(())
}

/// Control: an engine which does not wait for acknowledgments must lose something, and it must be seen.
async fn careless(engine: Engine, seed: u64, report: &mut Report) -> anyhow::Result<()> {
    let mut place = Place::new(engine, 1).await?;
    let mut lost = 0;
    for round in 1..=6 {
        let mut messages = Forge::new(&place.people, seed + round, round * 1_000_000, false).mix(400)?;
        messages.retain(|one| one.channel == Channel::Mllp && !one.hostile);
        let ledger = Ledger::new(messages.len());
        let (addresses, partner) = (place.service.addresses.clone(), Arc::clone(&place.partner));
        let sending = Arc::new(Sending { messages, ledger, addresses, partner });
        let sender = tokio::spawn({
            let sending = Arc::clone(&sending);
            async move { senders::careless(&sending).await }
        });
        tokio::time::sleep(Duration::from_millis(30)).await;
        place.service.kill_and_restart().await?;
        sender.await??;
        let found = place.settled(Duration::from_secs(30)).await?;
        let store = check::beside(&place.base.url, &place.data()).await?;
        lost = found.count(&store, &sending, 0).await?.lost;
        if lost > 0 {
            break;
        }
    }
    let detail = format!("{lost} messages lost by an engine which does not wait for acknowledgments;");
    report.fact(&format!("{} receptions: control, no wait", engine.name()), lost > 0, &detail);
    Ok(())
}
