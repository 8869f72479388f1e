//! Live screens: a page says in a body what it follows, and hears of it, were it the whole house.

use std::time::Duration;

use axum::body::{Body, HttpBody};
use http::{Request, Response, StatusCode, header};
use jiff::Timestamp;
use kernel::id::EtablissementId;
use serde::{Deserialize, Serialize};
use store::{Batch, Entity, Scope};
use testkit::TestStore;
use tower::ServiceExt;
use uuid::Uuid;

use crate::monde::{Monde, ligne};

/// A record on a list, and nothing else.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Bruit {
    ou: EtablissementId,
    liste: String,
}

impl Entity for Bruit {
    const KIND: &'static str = "bruit";

    fn scope(&self) -> Scope {
        Scope::of(self.ou).lane(self.liste.clone())
    }
}

async fn bouger(monde: &Monde, ou: EtablissementId, liste: &str) {
    let now: Timestamp = monde.services.clock.now();
    let mut batch = Batch::told_by(ligne(now));
    batch.create(monde.services.clock.fresh_id(), Uuid::nil(), now, &Bruit { ou, liste: liste.to_owned() }).unwrap();
    monde.services.store.commit(batch).await.unwrap();
}

/// Opens a stream on these lists.
async fn suivre(monde: &Monde, cookie: Option<&str>, listes: &[&str]) -> Response<Body> {
    let champs: Vec<(&str, &str)> = listes.iter().map(|liste| ("liste", *liste)).collect();
    let mut request = Request::post("/direct").header(header::HOST, "essai");
    request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    if let Some(cookie) = cookie {
        request = request.header(header::COOKIE, cookie);
    }
    let request = request.body(Body::from(monde_essai::formulaire(&champs))).unwrap();
    monde.router.clone().oneshot(request).await.unwrap()
}

/// The names of the next message of a stream.
async fn prochain(flux: &mut Body) -> Vec<String> {
    let lire = std::future::poll_fn(|cx| std::pin::Pin::new(&mut *flux).poll_frame(cx));
    let morceau = tokio::time::timeout(Duration::from_mins(1), lire).await.unwrap();
    let texte = String::from_utf8_lossy(&morceau.unwrap().unwrap().into_data().unwrap()).into_owned();
    texte.lines().filter_map(|ligne| ligne.strip_prefix("data: ")).map(str::to_owned).collect()
}

testkit::on_both! {
    async fn a_page_of_the_whole_house_hears_of_its_last_card(store: TestStore) {
        let monde = Monde::nouveau(&store).await;
        let ici = semis::etablissement_id(0);
        let cookie = monde.entrer("idec", ici, Vec::new()).await;
        let (_, page) = monde.lire("/tour/soins?unite=toutes&filtre=tous", &cookie).await;
        let listes: Vec<&str> = page.split("data-suivre=\"").skip(1).flat_map(|reste| reste[..reste.find('"').unwrap()].split(' ')).collect();
        assert!(listes.len() > 200 && listes.concat().len() > 8_192, "{} lists", listes.len());
        let flux = suivre(&monde, Some(&cookie), &listes).await;
        assert_eq!((flux.status(), &flux.headers()[header::CONTENT_TYPE]), (StatusCode::OK, &"text/event-stream".parse().unwrap()));
        let mut flux = flux.into_body();
        assert!(prochain(&mut flux).await.is_empty(), "it speaks at once: a proxy passes the head on with the first bytes");
        bouger(&monde, semis::etablissement_id(1), listes[0]).await;
        bouger(&monde, ici, "une-autre-liste").await;
        bouger(&monde, ici, listes[listes.len() - 1]).await;
        assert_eq!(prochain(&mut flux).await, [listes[listes.len() - 1]], "its own lists, in its own house");
    }

    async fn a_stream_is_for_a_session_and_bounded(store: TestStore) {
        let monde = Monde::nouveau(&store).await;
        let ici = semis::etablissement_id(0);
        let cookie = monde.entrer("idec", ici, Vec::new()).await;
        assert_eq!(suivre(&monde, None, &["a"]).await.status(), StatusCode::UNAUTHORIZED);
        let par_adresse = monde.demander("GET", "/direct?liste=a", Some(&cookie)).await.status();
        assert_eq!(par_adresse, StatusCode::METHOD_NOT_ALLOWED, "no address holds a list any more");
        let noms: Vec<String> = (0..4_001).map(|n| format!("liste/{n}")).collect();
        let noms: Vec<&str> = noms.iter().map(String::as_str).collect();
        assert_eq!(suivre(&monde, Some(&cookie), &noms).await.status(), StatusCode::BAD_REQUEST);
        let long = "l".repeat(300_000);
        assert_eq!(suivre(&monde, Some(&cookie), &[&long]).await.status(), StatusCode::BAD_REQUEST);
        let mut ouverts = Vec::new();
        for _ in 0..40 {
            let flux = suivre(&monde, Some(&cookie), &noms[..4_000]).await;
            assert_eq!(flux.status(), StatusCode::OK);
            ouverts.push(flux);
        }
        assert_eq!(suivre(&monde, Some(&cookie), &["a"]).await.status(), StatusCode::BAD_REQUEST, "as many as a person opens pages");
        let autre = monde.entrer("ide", ici, Vec::new()).await;
        assert_eq!(suivre(&monde, Some(&autre), &["a"]).await.status(), StatusCode::OK, "each session has its own");
        ouverts.pop();
        assert_eq!(suivre(&monde, Some(&cookie), &["a"]).await.status(), StatusCode::OK, "a stream which ends leaves its place");
    }
}
