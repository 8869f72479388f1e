//! Writing: one sentence is enough, nothing is written twice, targets go on and are closed.

use http::StatusCode;
use testkit::TestStore;
use transmissions::{Cible, EtatCible, Importance, Transmission};

use crate::monde::{ANNA, AS, BRUNO, CLAIRE, FORMATEUR, IDE, Monde, SECRETAIRE};

fn dossier() -> String {
    format!("/residents/{ANNA}/transmissions")
}

testkit::on_both! {
    async fn one_sentence_is_enough_and_its_theme_is_found(store: TestStore) {
        let monde = Monde::new(store).await;
        let formulaire = monde.page(AS, &format!("/transmissions/nouvelle?resident={ANNA}")).await;
        assert!(formulaire.contains("BRUMELLE") && formulaire.contains("Visible par"));
        let id = monde.transmettre(AS, ANNA, "Grimace au transfert, se tient la hanche droite.", &[]).await;
        let lue = monde.relire::<Transmission>(id).await.expect("written");
        assert_eq!((lue.theme.as_str(), lue.theme_propose, lue.importance), ("douleur", true, Importance::Info));
        assert_eq!((lue.auteur, lue.auteur_nom.as_str(), lue.auteur_profil.as_str()), (AS, "Sophie Aubrac", "as"));
        let page = monde.page(AS, &dossier()).await;
        assert!(page.contains("se tient la hanche droite") && page.contains("Sophie Aubrac, AS"), "{page}");
    }

    async fn the_same_form_sent_twice_counts_once(store: TestStore) {
        let monde = Monde::new(store).await;
        let id = monde.services.clock.fresh_id().to_string();
        let anna = ANNA.to_string();
        let champs = [("id", id.as_str()), ("resident", anna.as_str()), ("donnees", "Rougeur au talon."), ("theme", "peau")];
        for _ in 0..2 {
            let reponse = monde.envoyer(AS, "/transmissions/nouvelle", &champs).await;
            assert_eq!((reponse.status, reponse.lieu), (StatusCode::SEE_OTHER, dossier()));
        }
        assert_eq!(monde.ecrits(ANNA).await.len(), 1);
    }

    async fn an_incomplete_form_says_what_to_change_and_keeps_what_was_typed(store: TestStore) {
        let monde = Monde::new(store).await;
        let id = monde.services.clock.fresh_id().to_string();
        let champs = [("id", id.as_str()), ("donnees", ""), ("actions", "Installée au fauteuil"), ("consigne", "Surveiller"), ("fait_heure", "25:99")];
        let reponse = monde.envoyer(AS, "/transmissions/nouvelle", &champs).await;
        assert_eq!(reponse.status, StatusCode::UNPROCESSABLE_ENTITY);
        for phrase in ["Choisissez au moins un résident", "en une phrase", "le dernier jour de la consigne", "HH:MM", "Installée au fauteuil"] {
            assert!(reponse.texte.contains(phrase), "{phrase} is missing");
        }
    }

    async fn several_residents_get_each_their_own_record(store: TestStore) {
        let monde = Monde::new(store).await;
        let id = monde.services.clock.fresh_id().to_string();
        let (anna, bruno) = (ANNA.to_string(), BRUNO.to_string());
        let champs = [("id", id.as_str()), ("resident", &anna), ("resident", &bruno), ("donnees", "A chanté à l'atelier.")];
        for _ in 0..2 {
            monde.envoyer(AS, "/transmissions/nouvelle", &champs).await;
        }
        assert_eq!((monde.ecrits(ANNA).await.len(), monde.ecrits(BRUNO).await.len()), (1, 1));
    }

    async fn one_resident_out_of_reach_refuses_the_whole_writing(store: TestStore) {
        let monde = Monde::new(store).await;
        let id = monde.services.clock.fresh_id().to_string();
        let (anna, claire) = (ANNA.to_string(), CLAIRE.to_string());
        let champs = [("id", id.as_str()), ("resident", &anna), ("resident", &claire), ("donnees", "A chanté à l'atelier.")];
        let reponse = monde.envoyer(AS, "/transmissions/nouvelle", &champs).await;
        assert_eq!(reponse.status, StatusCode::FORBIDDEN);
        assert!(monde.ecrits(ANNA).await.is_empty() && monde.ecrits(CLAIRE).await.is_empty());
    }

    async fn near_same_words_are_offered_to_be_joined_or_kept_apart(store: TestStore) {
        let monde = Monde::new(store).await;
        let premiere = monde.transmettre(AS, ANNA, "Grimace au transfert, se tient la hanche droite.", &[]).await;
        let id = monde.services.clock.fresh_id().to_string();
        let anna = ANNA.to_string();
        let mut champs = vec![("id", id.as_str()), ("resident", anna.as_str()), ("donnees", "Grimaces au transfert, tient sa hanche droite")];
        let reponse = monde.envoyer(IDE, "/transmissions/nouvelle", &champs).await;
        assert_eq!(reponse.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(reponse.texte.contains("Sophie Aubrac a écrit presque la même chose à 08:00"), "{}", reponse.texte);
        let fil = premiere.to_string();
        champs.push(("joindre", &fil));
        assert_eq!(monde.envoyer(IDE, "/transmissions/nouvelle", &champs).await.status, StatusCode::SEE_OTHER);
        let ecrits = monde.ecrits(ANNA).await;
        assert_eq!(ecrits.len(), 2);
        assert!(ecrits.iter().all(|lue| lue.fil() == premiere && lue.theme == "douleur"));
        let cible = monde.relire::<Cible>(Cible::id(premiere)).await.expect("target");
        assert_eq!((cible.nombre, cible.etat), (2, EtatCible::Suivie));
        monde.store.clock.advance(21 * 60);
        monde.transmettre(AS, ANNA, "Grimace au transfert, se tient la hanche droite.", &[]).await;
        assert_eq!(monde.ecrits(ANNA).await.len(), 3, "after twenty minutes nothing is asked");
    }

    async fn a_target_waits_for_its_result_then_is_closed_and_reopened(store: TestStore) {
        let monde = Monde::new(store).await;
        let fil = monde.transmettre(AS, ANNA, "Rougeur au talon droit.", &[("theme", "peau"), ("importance", "a_suivre")]).await;
        let etat = async || monde.relire::<Cible>(Cible::id(fil)).await.expect("target").value.etat;
        assert_eq!(etat().await, EtatCible::Ouverte);
        assert!(monde.page(IDE, &dossier()).await.contains("résultat attendu"));
        let suite = format!("/residents/{ANNA}/cibles/{fil}");
        let id = monde.services.clock.fresh_id().to_string();
        let reponse = monde.envoyer(IDE, &suite, &[("id", &id), (&format!("resultat-{fil}"), "Talon rosé, décharge posée.")]).await;
        assert_eq!(reponse.status, StatusCode::SEE_OTHER, "{}", reponse.texte);
        assert_eq!(etat().await, EtatCible::Suivie);
        monde.store.clock.advance(60);
        let id = monde.services.clock.fresh_id().to_string();
        monde.envoyer(IDE, &suite, &[("id", &id), ("resultat", "Peau saine."), ("clore", "oui")]).await;
        assert_eq!(etat().await, EtatCible::Close);
        let page = monde.page(IDE, &dossier()).await;
        assert!(page.contains("Cibles closes") && page.contains("Peau saine."));
        let fil_texte = fil.to_string();
        monde.transmettre(AS, ANNA, "De nouveau rouge.", &[("cible", &fil_texte), ("importance", "a_suivre")]).await;
        assert_eq!(etat().await, EtatCible::Ouverte, "new data reopen a closed target");
        let vide = monde.services.clock.fresh_id().to_string();
        assert_eq!(monde.envoyer(IDE, &suite, &[("id", &vide)]).await.status, StatusCode::BAD_REQUEST);
    }

    async fn two_people_writing_on_one_target_at_once_are_both_kept(store: TestStore) {
        let monde = Monde::new(store).await;
        let fil = monde.transmettre(AS, ANNA, "Rougeur au talon droit.", &[("theme", "peau"), ("importance", "a_suivre")]).await;
        let suite = format!("/residents/{ANNA}/cibles/{fil}");
        let ids: Vec<String> = (0..6).map(|_| monde.services.clock.fresh_id().to_string()).collect();
        let ecrire = async |rang: usize| {
            let resultat = format!("Contrôle {rang}");
            monde.envoyer(if rang.is_multiple_of(2) { AS } else { IDE }, &suite, &[("id", &ids[rang]), ("resultat", &resultat)]).await.status
        };
        let (a, b, c, d) = tokio::join!(ecrire(0), ecrire(1), ecrire(2), ecrire(3));
        assert_eq!([a, b, c, d], [StatusCode::SEE_OTHER; 4]);
        assert_eq!(monde.relire::<Cible>(Cible::id(fil)).await.expect("target").nombre, 5);
    }

    async fn who_only_reads_or_nothing_at_all_does_not_write(store: TestStore) {
        let monde = Monde::new(store).await;
        for compte in [FORMATEUR, SECRETAIRE] {
            let (id, anna) = (monde.services.clock.fresh_id().to_string(), ANNA.to_string());
            let champs = [("id", id.as_str()), ("resident", &anna), ("donnees", "A bien dormi.")];
            assert_eq!(monde.envoyer(compte, "/transmissions/nouvelle", &champs).await.status, StatusCode::FORBIDDEN);
            assert_eq!(monde.lire(compte, "/transmissions/nouvelle").await.status, StatusCode::FORBIDDEN);
        }
        assert!(monde.ecrits(ANNA).await.is_empty());
        assert!(monde.page(FORMATEUR, "/transmissions").await.contains("Aucune transmission dans vos unités"));
    }

    async fn words_being_typed_propose_a_theme_and_a_choice_by_hand_stays(store: TestStore) {
        let monde = Monde::new(store).await;
        let coche = |page: &str, theme: &str| page.contains(&format!("value=\"{theme}\" checked"));
        let reponse = monde.envoyer(AS, "/transmissions/theme", &[("donnees", "A glissé, retrouvée au sol")]).await;
        assert!(coche(&reponse.texte, "chute") && reponse.texte.contains("Proposé d'après vos mots"), "{}", reponse.texte);
        let reponse = monde.envoyer(AS, "/transmissions/theme", &[("donnees", "Douleur à la hanche"), ("theme", "chute"), ("propose", "chute")]).await;
        assert!(coche(&reponse.texte, "douleur"), "what was only proposed follows the words");
        let reponse = monde.envoyer(AS, "/transmissions/theme", &[("donnees", "Douleur à la hanche"), ("theme", "famille"), ("propose", "chute")]).await;
        assert!(coche(&reponse.texte, "famille") && !coche(&reponse.texte, "douleur"));
        let lexique = monde.page(AS, "/transmissions/themes.json").await;
        let lexique: serde_json::Value = serde_json::from_str(&lexique).expect("json");
        assert!(lexique["themes"].as_array().is_some_and(|themes| themes.len() > 15));
    }
}
