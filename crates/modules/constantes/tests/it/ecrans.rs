//! Screens and acts through the router, on both engines.

use http::StatusCode;
use platform::store::{Query, Reach, Stored};
use testkit::TestStore;

use monde_essai::Monde;
use monde_essai::une_maison::{ANNA, AS, IDE, SECRETAIRE};

async fn toutes(monde: &Monde) -> Vec<Stored<constantes::Constante>> {
    monde.store.list(&Reach::All, &Query::person(ANNA)).await.expect("list")
}

fn base(fin: &str) -> String {
    format!("/residents/{ANNA}/constantes{fin}")
}

testkit::on_both! {
    async fn an_entry_is_written_once_and_shown(store: TestStore) {
        let monde = crate::monde(store).await;
        let (status, page) = monde.lire(AS, &base("")).await.page();
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("Aucune constante n&#39;a encore été mesurée") || page.contains("Aucune constante n'a encore été mesurée"), "{page}");
        let champs = [("id", "01920000-0000-7000-8000-000000000001"), ("poids", "52,4"), ("ta_systolique", "132"), ("ta_diastolique", "74")];
        for _ in 0..2 {
            let (status, lieu, _) = monde.envoyer(AS, &base(""), &champs).await.acte();
            assert_eq!((status, lieu), (StatusCode::SEE_OTHER, base("")));
        }
        let ecrites = toutes(&monde).await;
        assert_eq!(ecrites.len(), 2);
        assert!(ecrites.iter().all(|valeur| !valeur.a_confirmer && valeur.jumelle_de.is_none()));
        let (_, page) = monde.lire(AS, &base("")).await.page();
        assert!(page.contains("52,4 kg") && page.contains("132/74 mmHg"));
    }

    async fn a_surprising_value_is_asked_about_then_kept(store: TestStore) {
        let monde = crate::monde(store).await;
        monde.envoyer(AS, &base(""), &[("poids", "52,4")]).await;
        let (status, _, page) = monde.envoyer(AS, &base(""), &[("poids", "25,4")]).await.acte();
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("25,4 kg ?") && page.contains("Dernier : 52,4 kg"), "{page}");
        assert_eq!(toutes(&monde).await.len(), 1);
        let (status, ..) = monde.envoyer(AS, &base(""), &[("poids", "24,4"), ("verdict", "verifiee"), ("demande", "poids=25,4")]).await.acte();
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "the answer was about another value");
        monde.envoyer(AS, &base(""), &[("poids", "25,4"), ("verdict", "a_remesurer"), ("demande", "poids=25,4")]).await;
        assert_eq!(toutes(&monde).await.iter().filter(|valeur| valeur.a_confirmer).count(), 1);
        let (_, liste) = monde.lire(IDE, "/constantes").await.page();
        assert!(liste.contains("25,4 kg") && liste.contains("BRUMELLE"));
        let douteuse = toutes(&monde).await.into_iter().find(|valeur| valeur.a_confirmer).expect("kept");
        let version = douteuse.version.to_string();
        monde.envoyer(IDE, &base(&format!("/{}/trancher", douteuse.id)), &[("decision", "juste"), ("version", &version)]).await;
        assert!(toutes(&monde).await.iter().all(|valeur| !valeur.a_confirmer));
    }

    async fn a_twin_waits_for_a_word_and_can_be_hidden(store: TestStore) {
        let monde = crate::monde(store).await;
        monde.envoyer(AS, &base(""), &[("temperature", "37,2")]).await;
        monde.store.clock.advance(60);
        monde.envoyer(IDE, &base(""), &[("temperature", "37,2")]).await;
        let double = toutes(&monde).await.into_iter().find(|valeur| valeur.jumelle_de.is_some()).expect("twin");
        let (_, page) = monde.lire(IDE, &base(&format!("/{}", double.id))).await.page();
        assert!(page.contains("Est-ce la même mesure"));
        let version = double.version.to_string();
        monde.envoyer(IDE, &base(&format!("/{}/trancher", double.id)), &[("decision", "meme_mesure"), ("version", &version)]).await;
        let apres = toutes(&monde).await;
        assert_eq!(apres.iter().filter(|valeur| valeur.compte()).count(), 1);
        assert_eq!(apres.len(), 2, "nothing is deleted");
    }

    async fn a_correction_keeps_the_former_value_and_its_reason(store: TestStore) {
        let monde = crate::monde(store).await;
        monde.envoyer(AS, &base(""), &[("poids", "52,4")]).await;
        let lue = toutes(&monde).await.remove(0);
        let corriger = base(&format!("/{}/corriger", lue.id));
        let (status, ..) = monde.envoyer(AS, &corriger, &[("version", "1"), ("poids", "54,2")]).await.acte();
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "a correction needs its reason");
        let (status, ..) = monde.envoyer(AS, &corriger, &[("version", "1"), ("poids", "54,2"), ("motif", "faute de frappe")]).await.acte();
        assert_eq!(status, StatusCode::SEE_OTHER);
        let (_, page) = monde.lire(AS, &base(&format!("/{}", lue.id))).await.page();
        assert!(page.contains("<s>52,4 kg</s>") && page.contains("faute de frappe"), "{page}");
        let (status, ..) = monde.envoyer(AS, &corriger, &[("version", "1"), ("poids", "50"), ("motif", "ancienne page")]).await.acte();
        assert_eq!(status, StatusCode::CONFLICT, "an old form does not win");
        let (status, ..) = monde.envoyer(AS, &base(&format!("/{}/annuler", lue.id)), &[("version", "2"), ("motif", "autre résident")]).await.acte();
        assert_eq!(status, StatusCode::SEE_OTHER);
        let (_, page) = monde.lire(AS, &base("")).await.page();
        assert!(page.contains("autre résident"));
    }

    async fn who_may_not_read_or_set_is_refused(store: TestStore) {
        let monde = crate::monde(store).await;
        for adresse in [base(""), base("/saisir"), "/constantes".to_owned()] {
            assert_eq!(monde.lire(SECRETAIRE, &adresse).await.status, StatusCode::FORBIDDEN, "{adresse}");
        }
        assert_eq!(monde.lire(AS, &base("/seuils")).await.status, StatusCode::FORBIDDEN);
        let (status, ..) = monde.envoyer(SECRETAIRE, &base(""), &[("poids", "50")]).await.acte();
        assert_eq!(status, StatusCode::FORBIDDEN);
        assert!(toutes(&monde).await.is_empty());
    }

    async fn thresholds_of_a_person_change_the_alert(store: TestStore) {
        let monde = crate::monde(store).await;
        monde.envoyer(AS, &base(""), &[("spo2", "89")]).await;
        assert!(monde.lire(IDE, "/constantes").await.texte.contains("Saturation en oxygène 89"));
        let (status, page) = monde.lire(IDE, &base("/seuils")).await.page();
        assert_eq!(status, StatusCode::OK);
        let mut champs: Vec<(String, String)> = Vec::new();
        for grandeur in constantes::Grandeur::toutes() {
            assert!(page.contains(&format!("id=\"{}_bas\"", grandeur.code)));
            let bornes = grandeur.bornes();
            let dire = |valeur: Option<kernel::decimal::Decimal>| valeur.map(|valeur| valeur.to_string()).unwrap_or_default();
            let bas = if grandeur.code == "spo2" { "88".to_owned() } else { dire(bornes.bas) };
            champs.extend([(format!("{}_bas", grandeur.code), bas), (format!("{}_haut", grandeur.code), dire(bornes.haut))]);
        }
        champs.push(("motif".into(), "BPCO".into()));
        let champs: Vec<(&str, &str)> = champs.iter().map(|(nom, valeur)| (nom.as_str(), valeur.as_str())).collect();
        let (status, ..) = monde.envoyer(IDE, &base("/seuils"), &champs).await.acte();
        assert_eq!(status, StatusCode::SEE_OTHER);
        let fixes: Stored<constantes::Seuils> = monde.store.get(&Reach::All, constantes::Seuils::id(ANNA)).await.expect("read").expect("set");
        assert_eq!(fixes.bornes.len(), 1, "only what differs from the house is kept");
        assert!(!monde.lire(IDE, "/constantes").await.texte.contains("Saturation en oxygène 89"));
    }

    async fn bad_input_is_said_field_by_field_and_kept(store: TestStore) {
        let monde = crate::monde(store).await;
        let (status, _, page) = monde.envoyer(AS, &base(""), &[("poids", "cinquante"), ("ta_systolique", "70"), ("ta_diastolique", "90"), ("a", "23:59")]).await.acte();
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("cinquante") && page.contains("La tension diastolique est plus haute") && page.contains("pas encore passée"));
        let (status, _, page) = monde.envoyer(AS, &base(""), &[]).await.acte();
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("Aucune valeur"));
        assert!(toutes(&monde).await.is_empty());
    }

    async fn every_page_of_the_module_answers(store: TestStore) {
        let monde = crate::monde(store).await;
        monde.envoyer(AS, &base(""), &[("poids", "52,4"), ("temperature", "38,6"), ("commentaire", "<script>x</script>")]).await;
        for fin in ["?periode=7", "?periode=365&type=temperature", "?page=9", "/saisir", "/saisir?type=poids", "/saisir?type=ta_systolique", "/saisir?type=rien"] {
            let (status, page) = monde.lire(AS, &base(fin)).await.page();
            assert_eq!(status, StatusCode::OK, "{fin}");
            assert!(!page.contains("<script>x"));
        }
        assert_eq!(monde.lire(AS, &base("/01920000-0000-7000-8000-0000000000ff")).await.status, StatusCode::NOT_FOUND);
    }
}
