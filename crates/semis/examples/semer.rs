//! Sows the demo into a folder and says how long it took: `cargo run --release -p semis --example semer -- DOSSIER`.

#![expect(clippy::print_stderr, reason = "an example speaks")]

use std::path::PathBuf;
use std::time::Instant;

use platform::store::{MasterKey, Store, Target};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let dossier = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "demo-semee".into()));
    std::fs::create_dir_all(&dossier)?;
    let store = Store::open(&Target::Sqlite(dossier.join("grappe.sqlite")), MasterKey::File(dossier.join("cle-maitre"))).await?;
    let debut = Instant::now();
    semis::semer(&store, kernel::clock::Clock::now(&kernel::clock::SystemClock), semis::JOURS, &|_, _| {}).await?;
    eprintln!("{:.1} s", debut.elapsed().as_secs_f32());
    Ok(())
}
