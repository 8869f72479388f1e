//! What is kept is given in its epoch, within its reach, until it moves.

use super::*;
use crate::Scope;

#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
struct Word(String);

impl Entity for Word {
    const KIND: &'static str = "word";

    fn scope(&self) -> Scope {
        Scope::default()
    }
}

const LONG: Duration = Duration::from_mins(1);
const ID: Uuid = Uuid::from_u128(7);

fn given(lately: &Lately) -> bool {
    lately.record::<Word>(ID, None).is_ok()
}

fn keep(lately: &Lately, seen: Seen) {
    lately.keep_record::<Word>(ID, None, seen, 10, Arc::new(None));
}

fn asked(lately: &Lately) -> Seen {
    lately.record::<Word>(ID, None).err().unwrap()
}

#[test]
fn nothing_is_kept_outside_of_an_epoch() {
    let lately = Lately::closed();
    keep(&lately, asked(&lately));
    assert!(!given(&lately));
    let epoch = lately.open(Instant::now(), LONG);
    assert!(!given(&lately));
    keep(&lately, asked(&lately));
    assert!(given(&lately));
    lately.close(epoch);
    assert!(!given(&lately));
}

#[test]
fn what_another_epoch_kept_or_began_to_read_is_never_given() {
    let lately = Lately::closed();
    let first = lately.open(Instant::now(), LONG);
    let begun = asked(&lately);
    keep(&lately, begun);
    lately.close(first);
    let second = lately.open(Instant::now(), LONG);
    assert!(!given(&lately));
    keep(&lately, begun);
    assert!(!given(&lately));
    lately.close(first);
    assert!(lately.is_open(), "an epoch is closed by its own number");
    lately.close(second);
    assert!(!lately.is_open());
}

#[test]
fn what_is_not_confirmed_is_not_given_and_what_is_confirmed_is_given_again() {
    let lately = Lately::closed();
    lately.open(Instant::now(), LONG);
    keep(&lately, asked(&lately));
    lately.until.store(0, Ordering::Release);
    assert!(!given(&lately));
    lately.confirm(Instant::now(), LONG);
    assert!(given(&lately));
}

#[test]
fn a_record_is_known_within_the_reach_it_was_read_in() {
    let lately = Lately::for_good();
    let (here, there) = (Reach::Only(vec![ID]), Reach::Only(vec![]));
    let seen = lately.record::<Word>(ID, Some(&here)).err().unwrap();
    lately.keep_record::<Word>(ID, Some(&here), seen, 10, Arc::new(None));
    assert!(lately.record::<Word>(ID, Some(&here)).is_ok());
    assert!(lately.record::<Word>(ID, Some(&there)).is_err() && lately.record::<Word>(ID, None).is_err());
}

#[test]
fn a_list_is_found_again_by_its_borrowed_question() {
    let lately = Lately::for_good();
    let query = OwnedQuery::from(&crate::Query::lane("U1").newest_first().limit(3));
    let seen = lately.list::<Word>(&query, &Reach::All).err().unwrap();
    lately.keep_list::<Word>(&query, &Reach::All, seen, 10, Arc::default());
    assert!(lately.list::<Word>(&query, &Reach::All).is_ok());
    assert!(lately.list::<Word>(&OwnedQuery::from(&crate::Query::lane("U1")), &Reach::All).is_err());
}
