//! What a carer does, as requests.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use kernel::clock::{Clock, SystemClock};

use super::server::Server;
use super::session::{Session, all_between};
use crate::client::{closed_loop, fixed_rate};
use crate::table::{self, Table, say};

const CONNECTIONS: [usize; 2] = [1, 16];

/// What the pages of the demo offer.
#[derive(Debug, Default)]
struct World {
    /// Who may open the round.
    carers: Vec<Session>,
    /// `/residents/{id}` of everybody the carers see.
    records: Vec<String>,
    /// `/residents/{id}/soins/{act}/valider` of their round.
    acts: Vec<String>,
}

/// Measures every operation the server offers.
pub(super) async fn measure(name: &str, server: &Server, length: Duration, table: &mut Table) -> anyhow::Result<()> {
    let world = discover(server).await?;
    table::title(&format!(
        "Real server on {name}: {} carers signed in, {} residents seen, {} acts on their rounds; CPU is the server's",
        world.carers.len(),
        world.records.len(),
        world.acts.len()
    ));
    let world = Arc::new(world);
    validate(name, server, &world, length, table).await?;
    let records = world.records.clone();
    pages(name, "open a resident's record", server, &world, records, length, table).await?;
    for (what, path) in [
        ("round of the unit, whole page", "/tour/soins"),
        ("transmissions of the unit", "/transmissions"),
        ("search of two words", "/recherche?q=chute+nuit"),
        ("home page", "/accueil"),
    ] {
        if size(&world, path).await?.is_some() {
            pages(name, what, server, &world, vec![path.to_owned()], length, table).await?;
        }
    }
    unchanged(name, server, &world, length, table).await
}

/// Signs in, and reads what carers see.
async fn discover(server: &Server) -> anyhow::Result<World> {
    let mut world = World::default();
    for person in Session::everybody(server.address).await? {
        let (answer, round) = person.read("/tour/soins").await?;
        if answer.status != 200 {
            continue;
        }
        let acts = all_between(&round, "action=\"/residents/", "/valider\"");
        if acts.is_empty() {
            continue;
        }
        world.acts.extend(acts.iter().map(|act| format!("/residents/{act}/valider")));
        let (_, list) = person.read("/residents").await?;
        let ids = all_between(&list, "href=\"/residents/", "\"").into_iter().filter(|id| id.len() == 36);
        world.records.extend(ids.map(|id| format!("/residents/{id}")));
        world.carers.push(person);
    }
    world.records.sort();
    world.records.dedup();
    anyhow::ensure!(!world.carers.is_empty() && !world.records.is_empty(), "nobody of the demo has a round");
    Ok(world)
}

/// Size of a page in bytes; `None` when the product does not have it.
async fn size(world: &World, path: &str) -> anyhow::Result<Option<usize>> {
    let (answer, text) = world.carers[0].read(path).await?;
    if answer.status == 200 {
        return Ok(Some(text.len()));
    }
    say(&format!("{path} answers {}: not measured", answer.status));
    Ok(None)
}

/// Operation 1: a tap on « fait », each at another minute, so that each is an act of its own.
async fn validate(name: &str, server: &Server, world: &Arc<World>, length: Duration, table: &mut Table) -> anyhow::Result<()> {
    if world.acts.is_empty() {
        return Ok(());
    }
    // Each carer validates on the rounds she sees: taking the acts of all would measure refusals.
    let (_, round) = world.carers[0].read("/tour/soins").await?;
    let acts: Vec<String> = all_between(&round, "action=\"/residents/", "/valider\"").into_iter().map(str::to_owned).collect();
    let count = Arc::new(AtomicU64::new(0));
    let request = {
        let (world, count) = (Arc::clone(world), Arc::clone(&count));
        move |_: usize, _: u64| {
            let n = count.fetch_add(1, Ordering::Relaxed);
            let act = &acts[usize::try_from(n).unwrap_or(0) % acts.len()];
            let minute = n / acts.len() as u64;
            let (day, hour, minute) = (1 + minute / 1_440 % 20, minute / 60 % 24, minute % 60);
            let body = format!(
                "id={}&occurrence=%3F2026-11-{day:02}T{hour:02}%3A{minute:02}&retour=%2Ftour%2Fsoins",
                SystemClock.fresh_id()
            );
            (world.carers[0].post(&format!("/residents/{act}/valider"), &body), 303)
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

/// Pages read in turn by all carers.
async fn pages(
    name: &str,
    what: &str,
    server: &Server,
    world: &Arc<World>,
    paths: Vec<String>,
    length: Duration,
    table: &mut Table,
) -> anyhow::Result<()> {
    let (_, text) = world.carers[0].read(&paths[0]).await?;
    // One carer: another's residents would be refusals.
    let requests: Arc<Vec<Arc<[u8]>>> = Arc::new(paths.iter().map(|path| world.carers[0].get(path)).collect());
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
    let (answer, _) = world.carers[0].read("/tour/soins").await?;
    let Some(etag) = answer.header("etag") else { return Ok(()) };
    let request = world.carers[0].get_unless("/tour/soins", etag);
    for connections in CONNECTIONS {
        let request = Arc::clone(&request);
        let figures =
            closed_loop(server.address, connections, length, Some(server.pid()), move |_, _| (Arc::clone(&request), 304)).await?;
        table.row(&format!("{name}: nothing new on the round, {connections} connection(s)"), &figures, 1.0);
    }
    Ok(())
}
