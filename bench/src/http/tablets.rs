//! Operation 2: every tablet of the grappe comes back at once with the acts of an hour without network.
//!
//! The queues are replayed by the function the sync endpoint calls once it has unsealed them, in this process: the
//! cost of unsealing (one ECDH and one AES-GCM an envelope) is left out.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use grappe::assemblage::{assembler, ouvrir_store};
use grappe::config::{Config, Options};
use jiff::Timestamp;
use kernel::clock::{Clock, SystemClock};
use kernel::id::PosteId;
use platform::Services;
use platform::offline::{Demande, Etat, Operation, attendre_son_tour, rejouer_file};

use crate::acte;
use crate::base::{self, Place};
use crate::stats::{Figures, nanos, own_cpu_seconds};
use crate::table::{self, Table, say};

const TABLETS: u64 = 352;
const ACTS: u64 = 76;

/// Measures the return of all tablets, then their second return with the same queues.
pub(super) async fn measure(name: &str, url: &str, data: &Path, table: &mut Table) -> anyhow::Result<()> {
    let options = Options { database_url: Some(url.to_owned()), data: Some(data.to_owned()), ..Options::default() };
    let config = Config::lire(&options, None)?;
    let store = ouvrir_store(&config).await?;
    let product = assembler(&config, store, Arc::new(SystemClock), false).await?;
    table::title(&format!("{name}: {TABLETS} tablets return with {ACTS} acts each (in process; CPU is client and server)"));
    for (what, expected) in [("acts of returning tablets", Etat::Appliquee), ("the same acts sent again", Etat::Deja)] {
        let before = product.services.store.health().await?.seq;
        let (figures, elapsed) = all(&product.services, expected).await?;
        table.row(&format!("{name}: {what}"), &figures, f64::from(u32::try_from(ACTS)?));
        let written = product.services.store.health().await?.seq - before;
        say(&format!("{:<64} {:>10.2} s for {} acts, {written} records written", "", elapsed.as_secs_f64(), TABLETS * ACTS));
    }
    Ok(())
}

async fn all(services: &Arc<Services>, expected: Etat) -> anyhow::Result<(Figures, Duration)> {
    let (start, cpu) = (Instant::now(), own_cpu_seconds());
    let running = (0..TABLETS).map(|tablet| {
        let (services, expected) = (Arc::clone(services), expected.clone());
        tokio::spawn(async move { one(&services, tablet, &expected).await })
    });
    let (mut durations, mut errors) = (Vec::new(), 0);
    for tablet in running.collect::<Vec<_>>() {
        let (duration, wrong) = tablet.await??;
        durations.push(duration);
        errors += wrong;
    }
    Ok((Figures::of(&[durations], start.elapsed(), own_cpu_seconds() - cpu, errors), start.elapsed()))
}

/// One tablet's queue, in its order; timed from its turn.
async fn one(services: &Arc<Services>, tablet: u64, expected: &Etat) -> anyhow::Result<(u64, u64)> {
    let _turn = attendre_son_tour(services, usize::try_from(ACTS)?).await;
    let start = Instant::now();
    let queue = (0..ACTS).map(|n| queued(tablet, n)).collect();
    let answers = rejouer_file(services, queue).await;
    let wrong = answers.iter().filter(|answer| answer.etat != *expected).count();
    Ok((nanos(start), u64::try_from(wrong)?))
}

fn queued(tablet: u64, n: u64) -> Demande {
    let Place { author, establishment, person, line } = base::place(tablet, n);
    let at: Timestamp = SystemClock.now();
    let (day, hour, minute) = (1 + tablet / 88, n / 60 + tablet % 20, n % 60);
    let operation = Operation {
        id: acte::id(12, tablet * 1_000 + n),
        nom: "soin.valider".into(),
        v: 1,
        etablissement: establishment,
        resident: Some(person),
        cible: Some(format!("{line}|?2026-10-{day:02}T{hour:02}:{minute:02}")),
        fait_a: at,
        saisi_a: at,
        heure_a_confirmer: false,
        hors_ligne: true,
        donnees: serde_json::json!({ "issue": "fait" }),
    };
    Demande { auteur: author, poste: PosteId(acte::id(5, tablet)), operation }
}
