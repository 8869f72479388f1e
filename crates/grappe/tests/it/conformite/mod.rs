//! Everything the product sends, on residents of the demonstration and on identities at the edges, judged by programs of others.
//!
//! Documents leave by the real routes and the real worker, through a real operator of mail; what is judged are the bytes which
//! arrived. A broken copy of each kind must fail: a validator which sees nothing proves nothing.

pub(crate) mod maisons;
mod personnes;
mod produits;
mod verdicts;

use std::time::Instant;

use testkit::{Engine, Rules, Validator};

use maisons::Maisons;
use produits::Produits;

/// Days of history told: measures, transmissions.
const JOURS: u32 = 2;

/// What the run says of itself: instances by kind, seconds.
#[expect(clippy::print_stderr, reason = "the figures of docs/conformance are read there")]
fn dire(texte: &str) {
    eprintln!("{texte}");
}

#[test]
fn everything_sent_passes_its_validator_and_broken_copies_do_not() {
    let Some(operateur) = maisons::operateur() else { return };
    let tous = [Rules::Cda, Rules::Cda, Rules::Xdm, Rules::Hl7v2, Rules::Fhir].map(Validator::find);
    let [Some(pairs), Some(impairs), Some(xdm), Some(hl7), Some(fhir)] = tous else { return };
    let depart = Instant::now();
    let mut produits = Produits::dans("conformite");
    testkit::run(Engine::Sqlite, |store| async {
        let maisons = Maisons::ouvrir(store, JOURS, Some(operateur)).await;
        dire(&format!("sown: {} s", depart.elapsed().as_secs()));
        let personnes = personnes::choisir(&maisons).await;
        assert!(personnes.len() >= 56, "{}", personnes.len());
        produits.produire(&maisons, &personnes).await;
        produits.regle_de_l_ins();
        dire(&format!("produced: {} s", depart.elapsed().as_secs()));
    });
    // Two processors: half of the clinical documents on each, they are the long part.
    let lignes = std::thread::scope(|portee| {
        let ailleurs = portee.spawn(|| verdicts::documents(&impairs, &produits, 1));
        let mut lignes = verdicts::autres(&xdm, &hl7, &fhir, &produits);
        lignes.extend(verdicts::documents(&pairs, &produits, 0));
        lignes.extend(ailleurs.join().unwrap());
        lignes
    });
    for ligne in &lignes {
        dire(ligne);
    }
    dire(&format!("judged: {} s", depart.elapsed().as_secs()));
}
