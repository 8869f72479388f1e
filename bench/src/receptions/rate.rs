//! How many messages a second come in with the hostile mix, channel by channel.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::Place;
use super::forge::Channel;
use super::senders;
use crate::faults::{Engine, Report};
use crate::stats::Figures;
use crate::table::{Table, say};

/// Messages of one row; the mix gives each channel its share.
const MESSAGES: usize = 1_200;
/// What is asked (messages a second, sustained to the last reading).
const GOAL: f64 = 20.0;

/// Prints a row a channel and number of senders: acknowledged, then read to the last.
pub(super) async fn measure(engine: Engine, houses: usize, seed: u64, report: &mut Report) -> anyhow::Result<()> {
    let name = engine.name();
    let mut table = Table::default();
    crate::table::title(&format!("{name}: intake with three hostile messages in ten, {houses} houses of 85 residents"));
    let place = Place::new(engine, houses).await?;
    let mut from = 0;
    let mut slowest = f64::MAX;
    for senders in [1, 8] {
        for channel in [Channel::Mllp, Channel::Door, Channel::Fhir] {
            if channel == Channel::Door && place.service.addresses.door.is_none() {
                continue;
            }
            from += 10_000_000;
            slowest = slowest.min(row(&place, channel, senders, seed + from, from, &mut table).await?);
        }
    }
    let detail = format!("{slowest:.0} messages a second read to the last on the slowest row, {GOAL:.0} asked;");
    report.fact(&format!("{name} receptions: rate"), slowest >= GOAL, &detail);
    Ok(())
}

async fn row(place: &Place, channel: Channel, count: usize, seed: u64, from: u64, table: &mut Table) -> anyhow::Result<f64> {
    let sending = place.sending(MESSAGES, seed, from)?;
    let mine = sending.messages.iter().filter(|one| one.channel == channel).count();
    let (start, cpu) = (Instant::now(), place.service.cpu_seconds());
    senders::send(&Arc::clone(&sending), channel, count).await?;
    let acked = start.elapsed();
    place.settled(Duration::from_mins(10)).await?;
    let read = start.elapsed();
    let used = place.service.cpu_seconds() - cpu;
    let what = format!("{}: {}, {count} sender(s), acknowledged", place.engine.name(), channel.name());
    table.row(&what, &Figures::of(&[sending.ledger.durations()], acked, used, 0), 1.0);
    let rate = per_second(mine, read);
    say(&format!("{:<64} {rate:>10.0} a second read to the last ({mine} messages, {:.1} s)", "", read.as_secs_f64()));
    Ok(rate)
}

#[expect(clippy::cast_precision_loss, reason = "a count of messages of one run")]
fn per_second(count: usize, elapsed: Duration) -> f64 {
    count as f64 / elapsed.as_secs_f64().max(1e-9)
}
