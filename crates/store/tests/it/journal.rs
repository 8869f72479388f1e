//! Reading the journal: filters and pages.

use store::{Batch, JournalFilter, Line, LineRow, Nature};
use testkit::{TestStore, instant};
use uuid::Uuid;

use crate::sample::{ROSES, TILLEULS, id, line};

fn all() -> JournalFilter {
    JournalFilter { limit: 1_000, ..JournalFilter::default() }
}

/// Sixty lines: accounts 0–3, persons 0–4 or none, two houses or none, four natures, one a minute.
async fn sixty(store: &TestStore) {
    let natures = [Nature::Acte, Nature::Consultation, Nature::Refus, Nature::Systeme];
    for n in 0..60_usize {
        let told = Line {
            at: instant(&format!("2026-11-21T08:{n:02}:00Z")),
            nature: natures[n % 4],
            verb: ["usager.ouvert", "usager.admis", "note.lue", "note_lue"][n % 4].into(),
            account: id(n as u128 % 4),
            establishment: [Some(TILLEULS), Some(ROSES), None][n % 3],
            person: (!n.is_multiple_of(6)).then(|| id(100 + n as u128 % 5)),
            detail: serde_json::Map::from_iter([("rang".to_owned(), n.into()), ("motif".to_owned(), "l’« urgence »".into())]),
            objects: Vec::new(),
        };
        store.commit(Batch::told_by(told)).await.unwrap();
    }
}

fn ranks(lines: &[LineRow]) -> Vec<usize> {
    lines.iter().map(|line| line.detail("rang").unwrap().parse().unwrap()).collect()
}

async fn matching(store: &TestStore, filter: JournalFilter) -> Vec<usize> {
    ranks(&store.journal(filter).await.unwrap())
}

fn expected(keep: impl Fn(usize) -> bool) -> Vec<usize> {
    (0..60).rev().filter(|n| keep(*n)).collect()
}

testkit::on_both! {
    async fn each_filter_keeps_its_lines(store: TestStore) {
        sixty(&store).await;
        assert_eq!(matching(&store, all()).await, expected(|_| true));
        assert_eq!(matching(&store, JournalFilter { account: Some(id(2)), ..all() }).await, expected(|n| n % 4 == 2));
        assert_eq!(matching(&store, JournalFilter { person: Some(id(103)), ..all() }).await, expected(|n| n % 5 == 3 && n % 6 != 0));
        assert_eq!(matching(&store, JournalFilter { nature: Some(Nature::Refus), ..all() }).await, expected(|n| n % 4 == 2));
        let house = |list: Vec<Uuid>| JournalFilter { establishments: list, ..all() };
        assert_eq!(matching(&store, house(vec![ROSES])).await, expected(|n| n % 3 == 1));
        assert_eq!(matching(&store, house(vec![ROSES, TILLEULS])).await, expected(|n| n % 3 != 2));
        assert!(matching(&store, house(vec![id(404)])).await.is_empty());
    }

    async fn a_verb_is_a_prefix_and_never_a_pattern(store: TestStore) {
        sixty(&store).await;
        let verb = |text: &str| JournalFilter { verb: Some(text.into()), ..all() };
        assert_eq!(matching(&store, verb("usager.")).await, expected(|n| n % 4 < 2));
        assert_eq!(matching(&store, verb("note.lue")).await, expected(|n| n % 4 == 2));
        assert!(matching(&store, verb("lue")).await.is_empty());
        assert_eq!(matching(&store, verb("note_")).await, expected(|n| n % 4 == 3), "_ stands for itself");
        for pattern in ["n%lue", "note?lue", "%lue", "*lue", "[n]ote"] {
            assert!(matching(&store, verb(pattern)).await.is_empty(), "{pattern}");
        }
    }

    async fn a_window_holds_its_start_and_not_its_end(store: TestStore) {
        sixty(&store).await;
        let window = JournalFilter {
            since: Some(instant("2026-11-21T08:10:00Z")),
            until: Some(instant("2026-11-21T08:20:00Z")),
            ..all()
        };
        assert_eq!(matching(&store, window.clone()).await, expected(|n| (10..20).contains(&n)));
        let narrow = JournalFilter { account: Some(id(1)), nature: Some(Nature::Consultation), person: Some(id(103)), ..window };
        assert_eq!(matching(&store, narrow).await, expected(|n| n == 13));
    }

    async fn pages_follow_each_other_without_gap(store: TestStore) {
        sixty(&store).await;
        let (mut seen, mut before) = (Vec::new(), None);
        loop {
            let page = store.journal(JournalFilter { before, limit: 7, ..JournalFilter::default() }).await.unwrap();
            let Some(last) = page.last() else { break };
            before = Some(last.n);
            seen.extend(ranks(&page));
        }
        assert_eq!(seen, expected(|_| true));
    }

    async fn a_line_is_read_back_whole(store: TestStore) {
        sixty(&store).await;
        let lines = store.journal(all()).await.unwrap();
        let first = lines.last().unwrap();
        assert_eq!((first.at, first.nature, first.account), (instant("2026-11-21T08:00:00Z"), Nature::Acte, id(0)));
        assert_eq!((first.establishment, first.person), (Some(TILLEULS), None));
        assert_eq!(first.detail("motif").unwrap(), "l’« urgence »");
        assert!(first.detail("absent").is_none());
        let plain = line("systeme.demarrage");
        store.commit(Batch::told_by(plain)).await.unwrap();
        assert_eq!(store.journal(all()).await.unwrap()[0].detail, "{}");
    }
}
