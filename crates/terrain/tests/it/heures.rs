//! Wrong clocks lose nothing and move nothing to a wrong slot.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use terrain::{Doute, HeureJugee, Operation};

const RECU: &str = "2026-11-21T08:00:00Z";

fn operation(saisi: &str, fait: &str, decalage_ms: i64, source: &str) -> Operation {
    let id = "018f0000-0000-7000-8000-000000000001";
    serde_json::from_value(json!({
        "id": id, "type": "soin.valider", "poste": id, "seq": 1, "auteur": id, "session": id, "etablissement": id,
        "fait_a": fait, "fait_source": source, "saisi_a": saisi, "horloge_decalage_ms": decalage_ms, "preuve": "",
    }))
    .unwrap()
}

fn juger(op: &Operation) -> HeureJugee {
    let recu: Timestamp = RECU.parse().unwrap();
    HeureJugee::juger(op, recu, recu - SignedDuration::from_hours(240))
}

#[test]
fn a_measured_gap_is_corrected() {
    let h = juger(&operation("2026-11-22T08:50:03+01:00", "2026-11-22T08:35:00+01:00", 86_400_000, "choisi"));
    assert_eq!(h.doute, None);
    assert_eq!(h.saisi_a.to_string(), "2026-11-21T07:50:03Z");
    assert_eq!(h.fait_a.to_string(), "2026-11-21T07:35:00Z");
    assert_eq!(h.de_reference(), h.fait_a);
}

#[test]
fn doubtful_hours_are_said_and_the_reception_takes_their_place() {
    let recu: Timestamp = RECU.parse().unwrap();
    let demain = juger(&operation("2026-11-22T08:00:00Z", "2026-11-22T08:00:00Z", 0, "maintenant"));
    assert_eq!((demain.doute, demain.de_reference()), (Some(Doute::SaisiApresReception), recu));
    let en_1970 = juger(&operation("1970-01-01T00:10:00Z", "1970-01-01T00:10:00Z", 0, "maintenant"));
    assert_eq!((en_1970.doute, en_1970.de_reference()), (Some(Doute::AvantEnrolement), recu));
    let mut sautee = operation("2026-11-21T07:00:00Z", "2026-11-21T07:00:00Z", 0, "maintenant");
    sautee.heure_a_confirmer = true;
    assert_eq!(juger(&sautee).doute, Some(Doute::HorlogeDeplacee));
}

#[test]
fn two_days_off_line_are_not_doubtful() {
    assert_eq!(juger(&operation("2026-11-19T07:00:00Z", "2026-11-19T06:45:00Z", -1200, "choisi")).doute, None);
}

#[test]
fn an_act_said_done_later_than_entered_is_asked_again() {
    assert_eq!(
        juger(&operation("2026-11-21T07:00:00Z", "2026-11-21T07:30:00Z", 0, "choisi")).doute,
        Some(Doute::FaitApresSaisie)
    );
}

#[test]
fn an_absurd_gap_does_not_panic() {
    let h = juger(&operation("2026-11-21T07:00:00Z", "2026-11-21T07:00:00Z", i64::MAX, "maintenant"));
    assert_eq!(h.doute, None);
}
