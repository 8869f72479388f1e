//! The queue of receptions, page by page: nothing is missed nor shown twice, filters are kept, counts are true.

use std::collections::BTreeSet;

use documents::{EtatReception, Reception};
use http::StatusCode;
use platform::store::Stored;
use testkit::TestStore;

use crate::monde::{ANNA, IDE, Monde, PDF, SECRETAIRE, cda};

const PRENOMS: &str = "DOMINIQUE MARIE-LOUISE";

/// So many copies of a reception, named in order; all of one instant when `pas` is zero.
async fn copier(monde: &Monde, lue: &Stored<Reception>, nom: &str, combien: i64, pas: i64) {
    for rang in 0..combien {
        let recue_le = lue.recue_le + jiff::SignedDuration::from_secs(pas * rang);
        let copie = Reception { nom: format!("{nom}-{rang:03} c{}.pdf", rang / 100), recue_le, ..lue.value.clone() };
        monde.ecrire(monde.services.clock.fresh_id(), &copie).await;
    }
}

/// Names of the files a page shows, in order.
fn noms(texte: &str, debut: &str) -> Vec<String> {
    let marque = format!(">{debut}-");
    let lus = texte
        .split(&marque)
        .skip(1)
        .filter(|reste| reste.starts_with(|c: char| c.is_ascii_digit()))
        .map(|reste| format!("{debut}-{}", &reste[..3]));
    let mut noms: Vec<String> = lus.collect();
    noms.dedup();
    noms
}

fn suivante(texte: &str) -> Option<String> {
    let lien = texte.split("<a ").find(|lien| lien.contains("rel=\"next\""))?;
    Some(monde_essai::entre(lien, "href=\"", "\"").replace("&amp;", "&"))
}

/// Follows the next page until there is none; the numbers shown, in order.
async fn parcourir(monde: &Monde, depart: &str, debut: &str) -> (Vec<String>, usize) {
    let (mut adresse, mut tous, mut pages) = (Some(depart.to_owned()), Vec::new(), 0);
    while let Some(ici) = adresse {
        let page = monde.lire(IDE, &ici).await;
        assert_eq!(page.status, StatusCode::OK, "{ici}");
        tous.extend(noms(&page.texte, debut));
        adresse = suivante(&page.texte);
        pages += 1;
        assert!(pages < 50, "the pages end");
    }
    (tous, pages)
}

testkit::on_both! {
    async fn what_waits_is_paged_with_its_filters_and_true_counts(store: TestStore) {
        let monde = Monde::new(store).await;
        let lue = monde.recevoir("scan.pdf", PDF).await;
        let inconnue = monde.recevoir("programme.exe", b"MZ\x90\x00").await;
        copier(&monde, &lue, "scan", 119, 1).await;
        copier(&monde, &inconnue, "Élan", 3, 1).await;
        let page = monde.lire(IDE, "/liaisons/reception").await.texte;
        assert!(page.contains("124 documents à classer"), "{page}");
        assert!(page.contains("href=\"/liaisons/reception?raison=sans_identite\"") && page.contains("120"), "{page}");
        let (tous, pages) = parcourir(&monde, "/liaisons/reception", "scan").await;
        assert_eq!((tous.len(), tous.iter().collect::<BTreeSet<_>>().len(), pages), (119, 119, 3));
        assert!(tous.is_sorted(), "the oldest first, across pages");
        let (seuls, pages) = parcourir(&monde, "/liaisons/reception?raison=sans_identite&q=scan-+c0", "scan").await;
        assert_eq!((seuls.len(), pages), (100, 2), "the filters go with the pages");
        let seconde = monde.lire(IDE, "/liaisons/reception?q=scan-+c0&raison=sans_identite&page=2").await.texte;
        assert!(seconde.contains("100 documents à classer") && seconde.contains("value=\"scan- c0\""), "{seconde}");
        assert!(seconde.contains("data-source=\"/liaisons/reception?q=scan-%20c0&amp;raison=sans_identite&amp;page=2\""), "read again as it is: {seconde}");
        let cherche = monde.lire(IDE, "/liaisons/reception?q=elan").await.texte;
        assert!(cherche.contains("3 documents à classer") && !cherche.contains("class=\"pagination\""), "{cherche}");
        assert_eq!(noms(&monde.lire(IDE, "/liaisons/reception?page=99").await.texte, "scan").len(), 24, "the last page");
        assert!(monde.lire(IDE, "/liaisons/reception?q=absent").await.texte.contains("0 document à classer"));
    }

    async fn what_was_settled_is_paged_even_when_much_came_at_once(store: TestStore) {
        let monde = Monde::new(store).await;
        let lue = monde.recevoir("scan.pdf", PDF).await;
        let rejetee = Stored { value: Reception { etat: EtatReception::Rejetee { motif: "publicité".into(), par: "N".into() }, ..lue.value.clone() }, ..lue };
        copier(&monde, &rejetee, "vieux", 230, 0).await;
        copier(&monde, &rejetee, "recent", 61, 60).await;
        let rappel = monde.lire(IDE, "/liaisons/reception").await.texte;
        assert_eq!(noms(&rappel, "recent").len(), 10);
        assert!(rappel.contains("href=\"/liaisons/reception?vue=traites\""), "{rappel}");
        let (vieux, pages) = parcourir(&monde, "/liaisons/reception?vue=traites", "vieux").await;
        assert_eq!((vieux.len(), vieux.iter().collect::<BTreeSet<_>>().len(), pages), (230, 230, 6));
        let (trouves, _) = parcourir(&monde, "/liaisons/reception?vue=traites&q=c1", "vieux").await;
        assert_eq!(trouves.len(), 100);
        assert_eq!(monde.lire(IDE, "/liaisons/reception?vue=traites&avant=abc").await.status, StatusCode::OK);
    }

    async fn a_page_asks_the_gate_once_who_may_open_what_and_the_queue_not_at_all(store: TestStore) {
        let monde = Monde::new(store).await;
        monde.identifier(ANNA, PRENOMS, true).await;
        let classee = monde.recevoir("lettre.xml", &cda("1.2.3", PRENOMS, "Texte.")).await;
        let EtatReception::Classee { document, .. } = &classee.etat else { panic!("{:?}", classee.etat) };
        let attend = monde.recevoir("scan.pdf", PDF).await;
        let lien = format!("/residents/{ANNA}/documents/{document}");
        let lignes = async || monde.lignes(IDE, "documents.lire").await.len() + monde.lignes(IDE, "receptions.comparer").await.len();
        let mut avant = lignes().await;
        for (adresse, nouvelles, offre) in [
            ("/liaisons/reception".to_owned(), 0, false),
            ("/liaisons/reception?vue=traites".to_owned(), 1, true),
            (format!("/liaisons/reception/{}", classee.id), 1, true),
            (format!("/liaisons/reception/{}", attend.id), 1, false),
        ] {
            let page = monde.lire(IDE, &adresse).await.texte;
            let apres = lignes().await;
            assert_eq!((apres - avant, page.contains(&lien)), (nouvelles, offre), "{adresse}");
            avant = apres;
        }
        for adresse in ["/liaisons/reception?vue=traites".to_owned(), format!("/liaisons/reception/{}", classee.id)] {
            let page = monde.lire(SECRETAIRE, &adresse).await.texte;
            assert!(page.contains("classé automatiquement") && !page.contains(&lien), "under medical secrecy: {page}");
        }
    }
}
