//! What a carer does, as GNU Health offers it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context, ensure};
use serde_json::{Value, json};
use testkit::Cluster;

use super::base::{Base, Ward};
use super::rpc::{Granted, Session};
use super::server::Server;
use crate::client::closed_loop;
use crate::stats::Figures;
use crate::table::{self, Table, say};

/// One dose told as given, signed by the professional who is signed in: the record its nurses write at the bedside.
pub(super) const LOG: &str = "create one medication administration";
pub(super) const READ: &str = "read one patient, 10 fields";
pub(super) const LINES: &str = "1000 medication lines, 8 columns";

const ADMINISTRATION: &str = "gnuhealth.inpatient.medication.log";
const CONNECTIONS: [usize; 2] = [1, 16];

/// Head of the patient form: who it is, what is critical, allergy, treatments, diseases.
const PATIENT: [&str; 10] = [
    "party.rec_name",
    "puid",
    "gender",
    "dob",
    "age",
    "critical_summary",
    "critical_info",
    "crit_allergic",
    "medications",
    "diseases",
];

/// What a nurse reads on a line of treatment; names come with the numbers, as its own clients ask.
const LINE: [&str; 8] = [
    "registration.rec_name",
    "medicament.rec_name",
    "dose",
    "dose_unit.rec_name",
    "route.rec_name",
    "common_dosage.rec_name",
    "start_treatment",
    "is_active",
];

/// Name of a row of the table.
pub(super) fn row(what: &str, connections: usize) -> String {
    format!("GNU Health: {what}, {connections} connection(s)")
}

/// The requests of an operation, sent in turn.
#[derive(Debug)]
struct Operation {
    what: &'static str,
    requests: Arc<Vec<Arc<[u8]>>>,
}

/// Measures the three operations at 1 and 16 connections.
pub(super) async fn measure(
    base: &Base,
    server: &Server,
    cluster: &Cluster,
    length: Duration,
    table: &mut Table,
) -> anyhow::Result<()> {
    let session = Session::open(server.address, &base.password).await?;
    let size = checked(&session, &base.ward).await?;
    let operations = operations(&session, &base.ward);
    for operation in &operations {
        // Each process fills its own caches, which is not what is measured.
        operation.run(server, cluster, 16, length).await?;
    }
    table::title("GNU Health on PostgreSQL (uWSGI, 4 processes); CPU is that of both");
    let (before, mut created) = (administrations(&session).await?, 0);
    for operation in &operations {
        for connections in CONNECTIONS {
            let figures = operation.run(server, cluster, connections, length).await?;
            table.row(&row(operation.what, connections), &figures, 1.0);
            created += if operation.what == LOG { figures.count() as u64 - figures.errors } else { 0 };
        }
    }
    say(&format!("{:<64} {size:>10} bytes for the medication lines", ""));
    let written = administrations(&session).await? - before;
    ensure!(written == created, "{created} administrations answered, {written} in the base");
    Ok(())
}

impl Operation {
    async fn run(&self, server: &Server, cluster: &Cluster, connections: usize, length: Duration) -> anyhow::Result<Figures> {
        let (requests, next) = (Arc::clone(&self.requests), AtomicU64::new(0));
        closed_loop(server.address, connections, length, [server.pid(), cluster.pid()], move |_, _| {
            let n = usize::try_from(next.fetch_add(1, Ordering::Relaxed)).unwrap_or(0);
            (Arc::clone(&requests[n % requests.len()]), Granted)
        })
        .await
    }
}

fn operations(session: &Session, ward: &Ward) -> [Operation; 3] {
    let logs = ward.medications.iter().map(|line| {
        let dose = json!({ "medication": line, "dose": 500.0, "dose_unit": ward.dose_unit });
        session.prepared(&format!("model.{ADMINISTRATION}.create"), &json!([[dose], {}]))
    });
    let patients = ward.patients.iter().map(|patient| session.prepared(READ_PATIENT, &patient_params(*patient)));
    let lines = session.prepared(SEARCH_LINES, &line_params(ward));
    [
        Operation { what: LOG, requests: Arc::new(logs.collect()) },
        Operation { what: READ, requests: Arc::new(patients.collect()) },
        Operation { what: LINES, requests: Arc::new(vec![lines]) },
    ]
}

const READ_PATIENT: &str = "model.gnuhealth.patient.read";
const SEARCH_LINES: &str = "model.gnuhealth.inpatient.medication.search_read";

fn patient_params(patient: u64) -> Value {
    json!([[patient], PATIENT, {}])
}

fn line_params(ward: &Ward) -> Value {
    json!([[["registration.state", "=", "hospitalized"]], 0, ward.medications.len(), null, LINE, {}])
}

/// Reads once what the rows read, and gives the size of the lines.
async fn checked(session: &Session, ward: &Ward) -> anyhow::Result<usize> {
    let first = ward.patients.first().context("no patient")?;
    let patient = session.call(READ_PATIENT, &patient_params(*first)).await?;
    ensure!(patient[0]["crit_allergic"] == true, "the patient is not the one loaded: {patient}");
    let lines = session.call(SEARCH_LINES, &line_params(ward)).await?;
    let found = lines.as_array().map_or(0, Vec::len);
    ensure!(found == ward.medications.len(), "{found} medication lines");
    Ok(lines.to_string().len())
}

async fn administrations(session: &Session) -> anyhow::Result<u64> {
    let count = session.call(&format!("model.{ADMINISTRATION}.search_count"), &json!([[], 0, null, {}])).await?;
    count.as_u64().context("no count")
}
