//! Re-entry: what was ticked becomes traces marked as late, and only that.

use http::StatusCode;
use plan_de_soins::{FaitSource, Validation};
use platform::store::{Query, Reach, Stored};
use testkit::TestStore;

use crate::monde::{ANNA, AS, Monde, SECRETAIRE, UNITE};

async fn traces(monde: &Monde) -> Vec<Stored<Validation>> {
    monde.store.list(&Reach::All, &Query::person(ANNA)).await.expect("list")
}

/// The names of the choices of a page.
fn champs(page: &str, debut: &str) -> Vec<String> {
    let mut noms: Vec<String> = page
        .split("name=\"")
        .filter_map(|reste| reste.split_once('"').map(|(nom, _)| nom.replace("&gt;", ">")))
        .filter(|nom| nom.starts_with(debut))
        .collect();
    noms.dedup();
    noms
}

testkit::on_both! {
    async fn what_is_ticked_becomes_a_late_trace(store: TestStore) {
        let monde = Monde::new(store).await;
        monde.planifier(ANNA, "Toilette au lavabo", &[7, 9, 15]).await;
        monde.store.clock.set(testkit::instant("2026-11-21T11:00:00Z"));
        let adresse = format!("/secours/ressaisie?unite={UNITE}&jour=2026-11-21&poste=matin");
        let (status, page) = monde.lire(AS, &adresse).await.page();
        assert_eq!(status, StatusCode::OK);
        let issues = champs(&page, "issue-");
        assert_eq!(issues.len(), 2, "what is due in the morning and has no word");
        let unite = UNITE.to_string();
        let par = format!("par-{ANNA}");
        let heure = issues[0].replacen("issue-", "heure-", 1);
        let base = [("unite", unite.as_str()), ("jour", "2026-11-21"), ("poste", "matin"), ("id", "01920000-0000-7000-8000-000000000001")];
        let mut envoi = base.to_vec();
        envoi.extend([(issues[0].as_str(), "fait"), (heure.as_str(), "13:30"), (issues[1].as_str(), "")]);
        let (status, _, page) = monde.envoyer(AS, "/secours/ressaisie", &envoi).await.acte();
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("pas encore passée"));
        let mut envoi = base.to_vec();
        envoi.extend([(issues[0].as_str(), "fait"), (heure.as_str(), "07:20"), (issues[1].as_str(), ""), (par.as_str(), "S. V.")]);
        let (status, ..) = monde.envoyer(AS, "/secours/ressaisie", &envoi).await.acte();
        assert_eq!(status, StatusCode::SEE_OTHER);
        let ecrites = traces(&monde).await;
        assert_eq!(ecrites.len(), 1, "what has no tick stays without a trace");
        assert_eq!(ecrites[0].fait_le, testkit::instant("2026-11-21T06:20:00Z"));
        assert_eq!(ecrites[0].fait_source, FaitSource::Choisi);
        assert!(ecrites[0].note.contains("Saisi après coup") && ecrites[0].note.contains("S. V."));
        assert_eq!(champs(&monde.lire(AS, &adresse).await.texte, "issue-").len(), 1);
    }

    async fn nothing_ticked_or_no_right_writes_nothing(store: TestStore) {
        let monde = Monde::new(store).await;
        monde.planifier(ANNA, "Toilette au lavabo", &[7]).await;
        let (status, ..) = monde.envoyer(AS, "/secours/ressaisie", &[("jour", "2026-11-21"), ("poste", "matin")]).await.acte();
        assert_eq!(status, StatusCode::BAD_REQUEST);
        assert_eq!(monde.lire(SECRETAIRE, "/secours/ressaisie").await.status, StatusCode::FORBIDDEN);
        assert!(traces(&monde).await.is_empty());
    }
}
