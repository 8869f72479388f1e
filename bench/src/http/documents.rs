//! Operation 7 of the yardstick: the emergency document, signed as a clinical document and drawn on paper.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::server::Server;
use super::session::Session;
use crate::base;
use crate::client::{closed_loop, sequences};
use crate::table::{self, Table, say};

/// Measures the DLU of the residents of a unit of sixty.
pub(super) async fn measure(name: &str, server: &Server, length: Duration, table: &mut Table) -> anyhow::Result<()> {
    let nurse = Session::open(server.address, base::NURSE, base::PASSWORD).await?;
    let records: Arc<Vec<String>> = Arc::new(base::unit_of_sixty().map(|id| format!("/residents/{id}")).collect());
    table::title(&format!("Emergency documents on {name}: {} residents with 14 entries in their file", records.len()));
    say(&signed_size(&nurse, &records[0]).await?);
    for connections in [1, 16] {
        let sign = asks(&records, |record| (nurse.post(&format!("{record}/dlu/signature"), "a=1"), 303));
        let figures = closed_loop(server.address, connections, length, Some(server.pid()), sign).await?;
        table.row(&format!("{name}: DLU signed (CDA, kept, versioned), {connections} connection(s)"), &figures, 1.0);
        let draw = asks(&records, |record| (nurse.get(&format!("{record}/dlu/pdf")), 200));
        let figures = closed_loop(server.address, connections, length, Some(server.pid()), draw).await?;
        table.row(&format!("{name}: DLU on paper (PDF), {connections} connection(s)"), &figures, 1.0);
        let whole = whole(&nurse, &records);
        let figures = sequences(server.address, connections, length, Some(server.pid()), whole).await?;
        table.row(&format!("{name}: a DLU whole (CDA signed, then PDF), {connections} connection(s)"), &figures, 1.0);
    }
    Ok(())
}

type Asked = (Arc<[u8]>, u16);

/// Each request is about the next resident.
fn asks(records: &[String], request: impl Fn(&String) -> Asked) -> impl Fn(usize, u64) -> Asked + Send + Sync + 'static {
    let requests: Vec<Asked> = records.iter().map(request).collect();
    let count = AtomicU64::new(0);
    move |_, _| {
        let n = count.fetch_add(1, Ordering::Relaxed);
        requests[usize::try_from(n).unwrap_or(0) % requests.len()].clone()
    }
}

/// Signs then draws, the same resident: what the crew and the hospital receive.
fn whole(nurse: &Session, records: &[String]) -> impl Fn(usize, u64) -> [Asked; 2] + Send + Sync + 'static {
    let asked = |record: &String| {
        [(nurse.post(&format!("{record}/dlu/signature"), "a=1"), 303), (nurse.get(&format!("{record}/dlu/pdf")), 200)]
    };
    let pairs: Vec<[Asked; 2]> = records.iter().map(asked).collect();
    move |rank, n| pairs[(usize::try_from(n).unwrap_or(0) + rank * 7) % pairs.len()].clone()
}

/// What one document weighs: a row without its size says little.
async fn signed_size(nurse: &Session, record: &str) -> anyhow::Result<String> {
    let (answer, text) = nurse.read(&format!("{record}/dlu/pdf")).await?;
    anyhow::ensure!(answer.status == 200, "the nurse cannot draw a DLU ({}): {text}", answer.status);
    Ok(format!("{:<64} {:>10} bytes of PDF", "", answer.body.len()))
}
