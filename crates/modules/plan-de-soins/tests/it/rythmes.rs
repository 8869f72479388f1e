//! Weighing a plan, so that a template is not applied blindly.

use jiff::civil::{date, time};
use plan_de_soins::{Recurrence, actes_partages, charge};
use uuid::Uuid;

#[test]
fn a_daily_act_weighs_its_minutes_in_its_shift_and_a_stopped_one_nothing() {
    let acte = actes_partages().iter().find(|acte| acte.code == "toilette_lit_complete").unwrap();
    let jour = date(2026, 11, 21);
    let now = testkit::instant(testkit::START);
    let mut soin = acte.prevoir(Uuid::from_u128(1), Recurrence::quotidien(&[time(8, 30, 0, 0), time(23, 0, 0, 0)]), jour);
    let lourd = charge([&soin], jour, now);
    assert_eq!(lourd.minutes, [u32::from(acte.duree_min), 0, u32::from(acte.duree_min)]);
    assert_eq!(lourd.actes, [7, 0, 7]);
    soin.arret = Some(plan_de_soins::Arret { le: now, par: "Nadia".into(), motif: "fini".into() });
    assert_eq!(charge([&soin], jour, now), plan_de_soins::Charge::default());
}
