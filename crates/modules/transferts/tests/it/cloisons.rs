//! Nothing but the four families is readable in the other house: looked for on every page, then in the store kind by kind.

use std::collections::BTreeMap;

use http::StatusCode;
use kernel::id::UsagerId;
use monde_essai::Monde;
use platform::acces::Rattachement;
use platform::store::Place;
use testkit::TestStore;

use crate::monde::*;

/// Pages of a record, and what each shows.
const PAGES: [&str; 13] = [
    "",
    "/soins",
    "/journee",
    "/transmissions",
    "/constantes",
    "/medical",
    "/medical/consignes",
    "/vie",
    "/identite",
    "/contacts",
    "/sejour",
    "/documents",
    "/alertes",
];

/// Words of what stays.
fn restent() -> Vec<&'static str> {
    let elements = ELEMENTS.iter().filter(|(.., part)| !part).map(|(_, mots, _)| *mots);
    let documents = DOCUMENTS.iter().filter(|(.., part)| !part).map(|(_, titre, ..)| *titre);
    let autres = ["QCONSIGNE", "QTEXTURE", "QSIGNAL", "QMESURE", "52,4", "QTRANSMISSION", "QPLAN"];
    elements.chain(documents).map(|mots| mots.rsplit(' ').next().unwrap_or(mots)).chain(autres).collect()
}

/// Everything B's coordinating nurse reads of a record, page by page.
async fn tout(monde: &Monde, usager: UsagerId) -> String {
    let mut texte = String::new();
    for page in PAGES {
        let lue = monde.lire(IDEC_B, &format!("/residents/{usager}{page}")).await;
        assert_eq!(lue.status, StatusCode::OK, "{page}");
        texte.push_str(&lue.texte);
    }
    texte
}

/// Kinds of the records of a person, with how many; on PostgreSQL the feed is a moment behind what was written.
async fn genres(monde: &Monde, usager: UsagerId) -> BTreeMap<String, usize> {
    let ecrit = monde.store.health().await.expect("health").seq;
    let lus = loop {
        let lus = monde.store.changes(Place::default(), 10_000).await.expect("changes");
        if lus.iter().any(|lu| lu.seq >= ecrit) {
            break lus;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    };
    let mut genres = BTreeMap::new();
    for lu in lus.iter().filter(|lu| lu.scope.person == Some(usager.0)) {
        *genres.entry(lu.kind.clone()).or_default() += 1;
    }
    genres
}

testkit::on_both! {
    async fn before_the_answer_nothing_of_the_record_is_readable_there(store: TestStore) {
        let monde = monde(store).await;
        proposer(&monde).await;
        let id = recu(&monde).await.id;
        let mut vu = monde.lire(IDEC_B, &format!("/transferts/{id}")).await.texte;
        vu.push_str(&monde.lire(IDEC_B, "/transferts").await.texte);
        for mots in ELEMENTS.iter().map(|(_, mots, _)| *mots).chain(DOCUMENTS.iter().map(|(_, titre, ..)| *titre)).chain(["QALLERGENE"]) {
            assert!(!vu.contains(mots), "{mots}");
        }
        for page in PAGES {
            assert_eq!(monde.lire(IDEC_B, &format!("/residents/{ANNA}{page}")).await.status, StatusCode::NOT_FOUND, "{page}");
        }
    }

    async fn after_the_arrival_the_four_families_are_readable_there_and_nothing_else(store: TestStore) {
        let monde = monde(store).await;
        let avant = genres(&monde, ANNA).await;
        proposer(&monde).await;
        let la = accepter(&monde, &[("lit", &LIT.to_string())]).await;
        livrer(&monde).await;
        arriver(&monde, &[]).await;
        livrer(&monde).await;
        let vu = tout(&monde, la).await;
        for (_, mots, part) in ELEMENTS {
            assert_eq!(vu.contains(mots), part, "{mots}");
        }
        for (_, titre, _, part) in DOCUMENTS {
            assert_eq!(vu.contains(titre), part, "{titre}");
        }
        assert!(vu.contains("QALLERGENE"));
        for mots in restent() {
            assert!(!vu.contains(mots), "{mots} stays in the house left");
        }
        for page in PAGES {
            assert_eq!(monde.lire(IDEC_B, &format!("/residents/{ANNA}{page}")).await.status, StatusCode::NOT_FOUND, "{page}");
        }
        let la_bas = genres(&monde, la).await;
        let attendus = [("alertes", 1), ("demande_admission", 1), ("document_medical", 4), ("element_medical", 7), ("identification", 1),
            ("mouvement", 2), ("rattachement", 1), ("sejour", 1), ("usager", 1)];
        let attendus: BTreeMap<String, usize> = attendus.into_iter().map(|(genre, combien)| (genre.to_owned(), combien)).collect();
        assert_eq!(la_bas, attendus, "no other kind of record exists for the person there");
        let mut apres = genres(&monde, ANNA).await;
        assert_eq!((apres.remove("transfert"), apres.remove("mouvement")), (Some(1), Some(1)));
        assert_eq!(apres, avant, "nothing left the record of the first house");
    }

    async fn oppositions_hold_there_from_the_first_second(store: TestStore) {
        let monde = monde(store).await;
        proposer(&monde).await;
        let la = accepter(&monde, &[]).await;
        let porte = monde.lu::<Rattachement>(Rattachement::id(la)).await;
        assert_eq!(porte.oppositions.len(), 1);
        assert!(porte.liens.iter().all(|lien| lien.etablissement == B), "the gate knows this record in this house only");
    }
}
