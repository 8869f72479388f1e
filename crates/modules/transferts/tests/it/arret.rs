//! The process stops anywhere while the other house is brought up to date: called again, everything ends the same.

use std::future::Future;
use std::pin::pin;
use std::task::Poll;

use medical::Element;
use monde_essai::Monde;
use platform::acces::EtatSejour;
use platform::store::{Query, Reach, Stored};
use testkit::TestStore;
use transferts::{EtatDepart, Transfert};

use crate::monde::*;

/// Lets a future answer « not yet » so many times, then drops it where it stands, as a stop does. `true`: it had ended.
async fn interrompre<F: Future>(travail: F, apres: usize) -> bool {
    let mut travail = pin!(travail);
    let mut attentes = 0;
    futures_util::future::poll_fn(|contexte| match travail.as_mut().poll(contexte) {
        Poll::Ready(_) => Poll::Ready(true),
        Poll::Pending if attentes == apres => Poll::Ready(false),
        Poll::Pending => {
            attentes += 1;
            Poll::Pending
        }
    })
    .await
}

/// What both houses must show in the end.
async fn verifier(monde: &Monde) {
    let la = recu(monde).await.dossier().expect("a record");
    let elements: Vec<Stored<Element>> = monde.store.list(&Reach::All, &Query::person(la)).await.expect("list");
    assert_eq!((elements.len(), elements.iter().filter(|lu| lu.version == 1).count()), (7, 7), "each entry once, written once");
    assert_eq!(sejours_de(monde, ANNA).await[0].etat, EtatSejour::Sorti);
    assert_eq!(mouvements_de(monde, ANNA).await.len(), 1, "one discharge");
    assert!(matches!(&monde.lu::<Transfert>(ID).await.etat, EtatDepart::Effectue { reste, .. } if reste.is_empty()));
}

/// One life of the transfer, stopped after so many waits; gives whether the work had ended by then.
async fn vie(store: TestStore, apres: usize) -> bool {
    let monde = monde(store).await;
    proposer(&monde).await;
    accepter(&monde, &[("lit", &LIT.to_string())]).await;
    arriver(&monde, &[]).await;
    let messages = attente(&monde).await;
    assert_eq!(messages.len(), 2, "accepted, arrived");
    let fini = interrompre(transferts::suivre(&monde.services, ID), apres).await;
    monde.store.clock.advance(30);
    for message in &messages {
        // What was on its way to the disk when it stopped may land now: the worker tries again, so does this.
        let mut essais = 0;
        while let Err(erreur) = transferts::traiter(&monde.services, message).await {
            essais += 1;
            assert!(essais < 5, "{erreur}");
        }
    }
    verifier(&monde).await;
    fini
}

testkit::on_both! {
    async fn stopped_anywhere_it_ends_in_the_same_place(store: TestStore) {
        let engine = store.engine();
        assert!(!vie(store, 0).await, "the work waits at least once");
        for apres in 1_usize.. {
            if vie(testkit::store(engine).await, apres).await {
                // A disk which answers before it is asked again is not waited for: how many waits there are depends on the minute.
                assert!(apres > 1, "stopped in {apres} places");
                break;
            }
        }
    }
}
