//! Reading in numbers: who is there is asked, then no new record opens, and somebody else is told at once (INV-26).

use http::StatusCode;
use kernel::id::UsagerId;
use monde_essai::Monde;
use monde_essai::deux_maisons::{A, AS_VOLCANS, DIRECTION_A, DIRECTION_B, DPO_A, IDE_DOMES, VOLCANS};
use platform::acces::{Compte, EtatSejour, Freinage, Lien, Rattachement};
use platform::store::{JournalFilter, Query, Reach, Stored};
use testkit::TestStore;
use uuid::Uuid;

use crate::monde;

/// What an aide-soignant of one unit opens in an hour without question.
const SEUIL: u128 = 60;
const MOT_DE_PASSE: &str = "les-genets-fleurissent";

fn resident(n: u128) -> UsagerId {
    UsagerId(Uuid::from_u128(0x5000 + n))
}

/// The unit as no EHPAD has it: a hundred and thirty residents.
async fn peuple(store: TestStore) -> Monde {
    let monde = monde(store).await;
    let depuis = testkit::instant(testkit::START);
    for n in 0..130 {
        let lien = Lien { etablissement: A, unite: Some(VOLCANS), etat: EtatSejour::Present, depuis, jusque: None };
        let lui = Rattachement {
            usager: resident(n),
            liens: vec![lien],
            oppositions: Vec::new(),
            fusionne_dans: None,
            absorbes: Vec::new(),
        };
        monde.ecrire(Rattachement::id(resident(n)), &lui).await;
    }
    monde.changer::<Compte>(AS_VOLCANS, |compte| compte.mot_de_passe = platform::web::hacher(MOT_DE_PASSE).unwrap()).await;
    monde
}

/// Opens a record; true when it opens.
async fn ouvre(monde: &Monde, jeton: &str, n: u128) -> bool {
    let reponse = monde.get(jeton, &format!("/residents/{}/bris-de-glace/ouvert", resident(n))).await;
    assert!(reponse.status == StatusCode::SEE_OTHER || reponse.status == StatusCode::FORBIDDEN, "{}", reponse.texte);
    reponse.status == StatusCode::SEE_OTHER
}

async fn ouvre_toutes(monde: &Monde, jeton: &str, rangs: impl Iterator<Item = u128>) {
    for n in rangs {
        assert!(ouvre(monde, jeton, n).await, "{n}");
    }
}

async fn freinages(monde: &Monde) -> Vec<Stored<Freinage>> {
    monde.store.list(&Reach::All, &Query::lane(&Freinage::lane_compte(AS_VOLCANS)).newest_first()).await.unwrap()
}

testkit::on_both! {
    async fn past_the_number_of_the_profession_who_is_there_is_asked_then_nothing_new_opens(store: TestStore) {
        let monde = peuple(store).await;
        let jeton = monde.session(AS_VOLCANS).await;
        ouvre_toutes(&monde, &jeton, 0..SEUIL).await;
        ouvre_toutes(&monde, &jeton, 0..SEUIL).await;
        assert!(freinages(&monde).await.is_empty(), "the same records again are not more records");
        let refus = monde.get(&jeton, &format!("/residents/{}/bris-de-glace/ouvert", resident(SEUIL))).await;
        assert_eq!(refus.status, StatusCode::FORBIDDEN);
        assert!(refus.texte.contains(&format!("/confirmer?usager={}", resident(SEUIL))), "{}", refus.texte);
        assert!(!ouvre(&monde, &jeton, SEUIL + 1).await && ouvre(&monde, &jeton, 3).await, "known records stay open");
        assert_eq!(freinages(&monde).await.len(), 1, "told once");
        let faux = monde.post(Some(&jeton), "/confirmer", &[("mot_de_passe", "les-genets")]).await;
        assert_eq!(faux.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!ouvre(&monde, &jeton, SEUIL).await, "a wrong password opens nothing");
        let usager = resident(SEUIL).to_string();
        let juste = monde.post(Some(&jeton), "/confirmer", &[("mot_de_passe", MOT_DE_PASSE), ("usager", &usager)]).await;
        assert_eq!(juste.lieu, format!("/residents/{usager}"), "{}", juste.texte);
        ouvre_toutes(&monde, &jeton, SEUIL..2 * SEUIL).await;
        assert!(!ouvre(&monde, &jeton, 2 * SEUIL).await && ouvre(&monde, &jeton, 7).await);
        let encore = monde.post(Some(&jeton), "/confirmer", &[("mot_de_passe", MOT_DE_PASSE)]).await;
        assert_eq!(encore.status, StatusCode::SEE_OTHER);
        assert!(!ouvre(&monde, &jeton, 2 * SEUIL).await, "a password does not undo the stop");
        assert!(!ouvre(&monde, &monde.session(AS_VOLCANS).await, 2 * SEUIL).await, "nor does a new session");
        monde.store.clock.advance(3_601);
        assert!(ouvre(&monde, &jeton, 2 * SEUIL).await, "an hour later");
        assert_eq!(freinages(&monde).await.len(), 1);
    }

    async fn those_who_review_are_told_and_let_go(store: TestStore) {
        let monde = peuple(store).await;
        let jeton = monde.session(AS_VOLCANS).await;
        ouvre_toutes(&monde, &jeton, 0..SEUIL).await;
        assert!(!monde.lire(DIRECTION_A, "/admin/bris-de-glace/lectures/avis").await.texte.contains("Lectures en nombre"));
        assert!(!ouvre(&monde, &jeton, SEUIL).await);
        for relecteur in [DIRECTION_A, DPO_A] {
            for adresse in ["/admin/bris-de-glace/lectures/avis", "/admin/bris-de-glace"] {
                let page = monde.lire(relecteur, adresse).await;
                assert!(page.texte.contains("Sophie VOLCAN") && page.texte.contains("60"), "{adresse} {}", page.texte);
            }
        }
        assert!(!monde.lire(DIRECTION_B, "/admin/bris-de-glace").await.texte.contains("VOLCAN"), "not the other house's business");
        let id = freinages(&monde).await[0].id;
        let (envoi, avis, mots) = (format!("/admin/bris-de-glace/lectures/{id}"), format!("avis-{id}"), format!("commentaire-{id}"));
        assert_eq!(monde.envoyer(AS_VOLCANS, &envoi, &[(&avis, "oui")]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(monde.envoyer(DIRECTION_B, &envoi, &[(&avis, "oui")]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(monde.envoyer(DIRECTION_A, &envoi, &[(&avis, "non")]).await.status, StatusCode::BAD_REQUEST, "a « no » is explained");
        assert!(!ouvre(&monde, &jeton, SEUIL).await);
        assert_eq!(monde.envoyer(DIRECTION_A, &envoi, &[(&avis, "oui"), (&mots, "Relecture des plans")]).await.lieu, "/admin/bris-de-glace");
        assert_eq!(monde.envoyer(DPO_A, &envoi, &[(&avis, "oui")]).await.status, StatusCode::CONFLICT);
        assert!(monde.lire(DPO_A, "/admin/bris-de-glace").await.texte.contains("Relecture des plans"));
        monde.store.clock.advance(1);
        ouvre_toutes(&monde, &jeton, 10..10 + SEUIL).await;
        assert!(!ouvre(&monde, &jeton, 0).await, "counted anew since then");
        assert_eq!(freinages(&monde).await.len(), 2);
    }

    async fn a_restart_does_not_let_go(store: TestStore) {
        let monde = peuple(store).await;
        ouvre_toutes(&monde, &monde.session(AS_VOLCANS).await, 0..SEUIL).await;
        let apres = Monde::nouveau(monde.fermer(), false, vec![traces::module(), professionnels::module()]);
        let jeton = apres.session(AS_VOLCANS).await;
        assert!(ouvre(&apres, &jeton, 5).await && !ouvre(&apres, &jeton, SEUIL).await);
        let lignes = apres.store.journal(JournalFilter { verb: Some("freinage.signale".into()), limit: 10, ..JournalFilter::default() }).await.unwrap();
        assert_eq!(lignes.len(), 1);
        assert_eq!(lignes[0].detail("dossiers").as_deref(), Some("60"));
    }

    async fn nobody_else_is_braked_and_nobody_is_asked_for_nothing(store: TestStore) {
        let monde = peuple(store).await;
        ouvre_toutes(&monde, &monde.session(AS_VOLCANS).await, 0..SEUIL).await;
        assert!(!ouvre(&monde, &monde.session(AS_VOLCANS).await, SEUIL).await);
        assert_eq!(monde.lire(DPO_A, &format!("/residents/{}/historique", resident(1))).await.status, StatusCode::OK, "the others read as before");
        assert_eq!(monde.lire(IDE_DOMES, "/confirmer").await.lieu, "/accueil");
        assert_eq!(monde.lire(AS_VOLCANS, "/confirmer").await.status, StatusCode::OK);
    }
}
