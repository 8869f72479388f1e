//! Full-text search: folded French, every word, within lists.

use store::{Reach, SearchQuery};
use testkit::TestStore;

use crate::raw;
use crate::sample::{Note, create, creating, id, note, texts, update};

fn wanted<'a>(text: &'a str, lanes: &'a [String]) -> SearchQuery<'a> {
    SearchQuery { kind: "note", text, lanes, person: None, before: None, limit: 50 }
}

async fn found(store: &TestStore, text: &str) -> Vec<String> {
    let found = store.search::<Note>(&Reach::All, &wanted(text, &[])).await.unwrap();
    texts(&found).into_iter().map(str::to_owned).collect()
}

async fn written(store: &TestStore, list: &[&str]) {
    let notes: Vec<_> = list.iter().enumerate().map(|(rank, text)| (id(rank as u128), note(text))).collect();
    store.commit(creating(&notes)).await.unwrap();
}

const OEDEME: &str = "Œdèmes des membres inférieurs, bas de contention ôtés";
const CHUTE: &str = "A chuté cette nuit ; chutes à répétition, l’IDE prévenue";
const REPAS: &str = "Repas refusé, hydratation 300 mL à 12h30, poids 52,4 kg";

testkit::on_both! {
    async fn accents_capitals_and_ligatures_do_not_matter(store: TestStore) {
        written(&store, &[OEDEME, CHUTE, REPAS]).await;
        for text in ["oedeme", "ŒDÈME", "œdèmes", "inferieur", "OTÉ"] {
            assert_eq!(found(&store, text).await, [OEDEME], "{text}");
        }
    }

    async fn plurals_find_singulars_and_back(store: TestStore) {
        written(&store, &[OEDEME, CHUTE, REPAS]).await;
        for text in ["chute", "chutes", "Répétitions", "nuits"] {
            assert_eq!(found(&store, text).await, [CHUTE], "{text}");
        }
        for text in ["membre", "bas"] {
            assert_eq!(found(&store, text).await, [OEDEME], "{text}");
        }
    }

    async fn every_word_must_be_there(store: TestStore) {
        written(&store, &[OEDEME, CHUTE, REPAS]).await;
        assert_eq!(found(&store, "nuit chute").await, [CHUTE]);
        assert!(found(&store, "nuit oedeme").await.is_empty());
        assert_eq!(found(&store, "hydratation 300 52").await, [REPAS]);
        for nothing in ["", "  ", "…", "?!", "a"] {
            assert!(found(&store, nothing).await.is_empty(), "{nothing:?}");
        }
    }

    async fn words_of_the_engines_own_language_are_plain_words(store: TestStore) {
        written(&store, &[CHUTE]).await;
        for hostile in ["\"", "chute\"", "chute AND", "chute OR nuit", "ch*", "NEAR(chute nuit)", "words:chute -nuit", "chute & !nuit", "'chute':*", "(", "chute | x", "\\"] {
            let _ = found(&store, hostile).await;
        }
        assert!(found(&store, "chute OR absent").await.is_empty());
        assert!(found(&store, "chu*").await.is_empty());
    }

    async fn a_corrected_text_is_no_longer_found_by_its_former_words(store: TestStore) {
        create(&store, id(1), &note("chute dans la salle de bain")).await.unwrap();
        update(&store, id(1), &note("glissade sans chute au sol")).await.unwrap();
        update(&store, id(1), &note("glissade au lit")).await.unwrap();
        assert!(found(&store, "chute").await.is_empty());
        assert!(found(&store, "bain").await.is_empty());
        assert_eq!(found(&store, "glissade").await, ["glissade au lit"]);
        assert_eq!(raw::indexed_texts(&store).unwrap_or(1), 1, "former words leave the index");
    }

    async fn lists_and_people_narrow_the_search(store: TestStore) {
        let notes = [("U1", 1), ("U1", 2), ("U2", 1), ("U3", 3)];
        for (rank, (lane, person)) in notes.into_iter().enumerate() {
            let text = format!("chute {lane} {person}");
            create(&store, id(rank as u128), &note(&text).on(lane).about(id(500 + person))).await.unwrap();
        }
        let lanes = ["U1".to_owned(), "U3".to_owned()];
        let seen = store.search::<Note>(&Reach::All, &wanted("chute", &lanes)).await.unwrap();
        assert_eq!(texts(&seen), ["chute U3 3", "chute U1 2", "chute U1 1"], "newest first");
        let about = SearchQuery { person: Some(id(501)), ..wanted("chute", &[]) };
        assert_eq!(texts(&store.search::<Note>(&Reach::All, &about).await.unwrap()), ["chute U2 1", "chute U1 1"]);
        let both = SearchQuery { person: Some(id(501)), ..wanted("chute", &lanes) };
        assert_eq!(texts(&store.search::<Note>(&Reach::All, &both).await.unwrap()), ["chute U1 1"]);
    }

    async fn pages_follow_each_other_without_gap(store: TestStore) {
        let notes: Vec<_> = (0..25).map(|n| (id(n), note(&format!("chute {n:02}")))).collect();
        store.commit(creating(&notes)).await.unwrap();
        let (mut seen, mut before) = (Vec::new(), None);
        loop {
            let page = SearchQuery { before, limit: 10, ..wanted("chute", &[]) };
            let page = store.search::<Note>(&Reach::All, &page).await.unwrap();
            let Some(last) = page.last() else { break };
            before = Some(last.seq);
            seen.extend(page.into_iter().map(|note| note.value.text));
        }
        let expected: Vec<_> = (0..25).rev().map(|n| format!("chute {n:02}")).collect();
        assert_eq!(seen, expected);
    }

    async fn nobody_types_the_tokens_of_a_list(store: TestStore) {
        // Tokens of the index are made of a letter and sixteen digits: those of a text are other words.
        create(&store, id(1), &note("_ke5d8a8b1c2d3e4f5 knote lzz0 _l0 note")).await.unwrap();
        create(&store, id(2), &note("autre").on("U1")).await.unwrap();
        let lanes = ["U1".to_owned()];
        assert!(store.search::<Note>(&Reach::All, &wanted("note", &lanes)).await.unwrap().is_empty());
        assert_eq!(found(&store, "note").await.len(), 1);
    }
}
