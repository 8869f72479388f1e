//! What a carer does, as requests.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use kernel::clock::{Clock, SystemClock};

use super::server::Server;
use super::session::{Session, all_between};
use crate::base;
use crate::client::{closed_loop, fixed_rate};
use crate::table::{self, Table, say};

/// Every act of the shift, whoever does it.
const ROUND: &str = "/tour/soins?metier=tous";
const CONNECTIONS: [usize; 2] = [1, 16];

/// What the pages of the demo offer.
#[derive(Debug)]
struct World {
    /// Whose round it is.
    carer: Session,
    /// `/residents/{id}` of her residents.
    records: Vec<String>,
    /// Acts of her round.
    acts: Vec<Act>,
}

/// An act of a round.
#[derive(Debug)]
struct Act {
    /// `/residents/{id}`.
    resident: String,
    /// Its identifier in the plan.
    planned: String,
}

/// Measures every operation the server offers.
pub(super) async fn measure(name: &str, server: &Server, length: Duration, table: &mut Table) -> anyhow::Result<()> {
    let world = discover(server).await?;
    table::title(&format!(
        "Real server on {name}: a carer's round of {} residents and {} acts to do; CPU is the server's",
        world.records.len(),
        world.acts.len()
    ));
    let world = Arc::new(world);
    validate(name, server, &world, length, table).await?;
    let records = world.records.clone();
    pages(name, "open a resident's record", server, &world, records, length, table).await?;
    for (what, path) in [
        ("round of the unit, whole page", ROUND),
        ("transmissions of the unit", "/transmissions"),
        ("transmissions of the unit, the list alone", "/transmissions/fil"),
        ("search of two words", "/transmissions?q=chute+nuit"),
        ("home page", "/accueil"),
    ] {
        if size(&world, path).await?.is_some() {
            pages(name, what, server, &world, vec![path.to_owned()], length, table).await?;
        }
    }
    unchanged(name, server, &world, length, table).await
}

/// Signs the carer of a unit of sixty in, and reads what she may open and validate.
async fn discover(server: &Server) -> anyhow::Result<World> {
    let carer = Session::open(server.address, base::LOGIN, base::PASSWORD).await?;
    let (answer, round) = carer.read(ROUND).await?;
    let acts = offered(&round);
    anyhow::ensure!(!acts.is_empty(), "the round offers no act ({}): {round}", answer.status);
    let mut records: Vec<String> = acts.iter().map(|act| act.resident.clone()).collect();
    records.dedup();
    Ok(World { carer, records, acts })
}

/// Acts a tap does at once, card by card.
fn offered(round: &str) -> Vec<Act> {
    let cards = round.split("<form method=\"post\" action=\"").filter_map(|card| card.split_once("/soins/pointer\""));
    cards
        .flat_map(|(resident, card)| {
            let acts = all_between(card, "name=\"fait\" value=\"", "|").into_iter();
            acts.map(|planned| Act { resident: resident.to_owned(), planned: planned.to_owned() })
        })
        .collect()
}

/// Size of a page in bytes; `None` when the product does not have it.
async fn size(world: &World, path: &str) -> anyhow::Result<Option<usize>> {
    let (answer, text) = world.carer.read(path).await?;
    if answer.status == 200 {
        return Ok(Some(text.len()));
    }
    say(&format!("{path} answers {}: not measured", answer.status));
    Ok(None)
}

/// Operation 1: a tap on « fait », each at another minute, so that each is an act of its own.
async fn validate(name: &str, server: &Server, world: &Arc<World>, length: Duration, table: &mut Table) -> anyhow::Result<()> {
    let count = Arc::new(AtomicU64::new(0));
    let request = {
        let (world, count) = (Arc::clone(world), Arc::clone(&count));
        move |_: usize, _: u64| {
            let n = count.fetch_add(1, Ordering::Relaxed);
            let act = &world.acts[usize::try_from(n).unwrap_or(0) % world.acts.len()];
            let minute = n / world.acts.len() as u64;
            let (day, hour, minute) = (1 + minute / 1_440 % 20, minute / 60 % 24, minute % 60);
            let body = format!(
                "id={}&fait={}%7C%3F2026-11-{day:02}T{hour:02}%3A{minute:02}&retour=%2Ftour%2Fsoins",
                SystemClock.fresh_id(),
                act.planned
            );
            (world.carer.post(&format!("{}/soins/pointer", act.resident), &body), 303)
        }
    };
    for connections in [1, 16, 64] {
        let figures = closed_loop(server.address, connections, length, Some(server.pid()), request.clone()).await?;
        table.row(&format!("{name}: validate a care act, {connections} connection(s)"), &figures, 1.0);
    }
    let figures = fixed_rate(server.address, 64, 200.0, length, Some(server.pid()), request).await?;
    table.row(&format!("{name}: validate a care act, 200 a second whatever happens"), &figures, 1.0);
    Ok(())
}

/// Pages read in turn.
async fn pages(
    name: &str,
    what: &str,
    server: &Server,
    world: &Arc<World>,
    paths: Vec<String>,
    length: Duration,
    table: &mut Table,
) -> anyhow::Result<()> {
    let (_, text) = world.carer.read(&paths[0]).await?;
    let requests: Arc<Vec<Arc<[u8]>>> = Arc::new(paths.iter().map(|path| world.carer.get(path)).collect());
    for connections in CONNECTIONS {
        let requests = Arc::clone(&requests);
        let figures = closed_loop(server.address, connections, length, Some(server.pid()), move |rank, n| {
            let n = usize::try_from(n).unwrap_or(0) + rank * 7;
            (Arc::clone(&requests[n % requests.len()]), 200)
        })
        .await?;
        table.row(&format!("{name}: {what}, {connections} connection(s)"), &figures, 1.0);
    }
    say(&format!("{:<64} {:>10} bytes before compression", "", text.len()));
    Ok(())
}

/// A round asked for again while nothing moved.
async fn unchanged(name: &str, server: &Server, world: &Arc<World>, length: Duration, table: &mut Table) -> anyhow::Result<()> {
    let (answer, _) = world.carer.read(ROUND).await?;
    let Some(etag) = answer.header("etag") else { return Ok(()) };
    let request = world.carer.get_unless(ROUND, etag);
    for connections in CONNECTIONS {
        let request = Arc::clone(&request);
        let figures =
            closed_loop(server.address, connections, length, Some(server.pid()), move |_, _| (Arc::clone(&request), 304)).await?;
        table.row(&format!("{name}: nothing new on the round, {connections} connection(s)"), &figures, 1.0);
    }
    Ok(())
}
