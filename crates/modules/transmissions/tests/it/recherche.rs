//! Search: accents, plurals and endings ignored, extracts marked, filters combined.

use testkit::TestStore;

use crate::monde::{ANNA, AS, BRUNO, IDE, Monde};

testkit::on_both! {
    async fn accents_plurals_and_endings_do_not_matter(store: TestStore) {
        let monde = Monde::new(store).await;
        monde.transmettre(AS, ANNA, "Œdèmes des deux chevilles, gonflées ce matin.", &[("theme", "circulation")]).await;
        monde.transmettre(AS, BRUNO, "Nuit calme, a bien dormi.", &[("theme", "sommeil")]).await;
        for mots in ["oedeme", "%C5%93d%C3%A8me", "OEDEMES+cheville", "gonfle", "matin+oedemes"] {
            let page = monde.page(IDE, &format!("/transmissions?q={mots}")).await;
            assert!(page.contains("1 affichée"), "{mots}");
            assert!(page.contains("<mark>"), "{mots} is marked");
        }
        let page = monde.page(IDE, "/transmissions?q=oedeme").await;
        assert!(page.contains("<mark>Œdèmes</mark>"), "{page}");
        assert!(monde.page(IDE, "/transmissions?q=oedeme+calme").await.contains("0 affichée"), "every word is needed");
        assert!(monde.page(IDE, "/transmissions?q=circulation").await.contains("1 affichée"), "the theme is searched too");
    }

    async fn filters_narrow_the_feed_and_the_search(store: TestStore) {
        let monde = Monde::new(store).await;
        monde.transmettre(AS, ANNA, "Douleur à la marche.", &[("theme", "douleur"), ("importance", "alerte")]).await;
        monde.transmettre(IDE, ANNA, "Douleur calmée au repos.", &[("theme", "douleur")]).await;
        monde.transmettre(AS, BRUNO, "Douleur dentaire.", &[("theme", "douleur")]).await;
        let compte = async |parametres: &str| {
            let page = monde.page(IDE, &format!("/transmissions?{parametres}")).await;
            page.split(" affichée").next().and_then(|avant| avant.rsplit(['>', ' ']).next()).and_then(|nombre| nombre.parse::<u32>().ok()).expect("count")
        };
        assert_eq!(compte("theme=douleur").await, 3);
        assert_eq!(compte(&format!("resident={ANNA}")).await, 2);
        assert_eq!(compte("importance=alerte").await, 1);
        assert_eq!(compte("auteur=aubrac").await, 2);
        assert_eq!(compte("auteur=%C3%81UBR&theme=douleur").await, 2);
        assert_eq!(compte("q=douleur&auteur=nadia").await, 1);
        assert_eq!(compte("du=2026-11-22").await, 0);
        assert_eq!(compte("au=2026-11-21&du=2026-11-21").await, 3);
        assert_eq!(compte("au=2026-11-20").await, 0);
    }
}
