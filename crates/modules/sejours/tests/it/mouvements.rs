//! Movements: one act, one truth; beds held once; annulments replay (INV-09).

use http::StatusCode;
use kernel::id::{CompteId, UsagerId};
use platform::acces::{EtatSejour, Rattachement};
use sejours::{Mouvement, Sejour};
use testkit::TestStore;

use crate::monde::{ADMISSIONS, ANNA, BRUNO, CLAIRE, IDEC, LITS, Monde, Reponse, cache};

async fn bouger(monde: &Monde, compte: CompteId, usager: UsagerId, geste: &str, plus: &[(&str, &str)]) -> Reponse {
    let chemin = format!("/residents/{usager}/sejour/{geste}");
    let page = monde.get(compte, &chemin).await;
    assert_eq!(page.status, StatusCode::OK, "{geste}: {}", page.texte);
    let (version, id) = (cache(&page.texte, "version"), cache(&page.texte, "id"));
    let mut champs = vec![("version", version.as_str()), ("id", id.as_str())];
    for champ in [("jour", "2026-11-21"), ("heure", "07:45")] {
        if !plus.iter().any(|(nom, _)| *nom == champ.0) {
            champs.push(champ);
        }
    }
    champs.extend_from_slice(plus);
    monde.post(compte, &chemin, &champs).await
}

async fn sejour(monde: &Monde, usager: UsagerId) -> platform::store::Stored<Sejour> {
    monde.lire(kernel::id::derived(usager.0, "sejour")).await
}

async fn etat_a_la_porte(monde: &Monde, usager: UsagerId) -> EtatSejour {
    let porte = monde.lire::<Rattachement>(Rattachement::id(usager)).await;
    assert_eq!(porte.liens.len(), 1, "one stay, one link");
    porte.courant().expect("a link").etat
}

fn dernier_mouvement(texte: &str) -> String {
    let reste = texte.split_once("/sejour/mouvements/").expect("a movement to correct").1;
    reste.split('"').next().expect("its id").to_owned()
}

testkit::on_both! {
    async fn hospital_and_back_move_stay_and_gate_together(store: TestStore) {
        let monde = Monde::new(store).await;
        let parti = bouger(&monde, IDEC, ANNA, "hospitalisation", &[("motif", "urgences"), ("lieu", "CH de Val-Brumeux")]).await;
        assert_eq!(parti.status, StatusCode::SEE_OTHER, "{}", parti.texte);
        let lu = sejour(&monde, ANNA).await;
        assert_eq!((lu.etat, lu.lieu.as_str(), lu.lit), (EtatSejour::Hospitalise, "CH de Val-Brumeux", Some(LITS[0])), "the bed is held");
        assert_eq!(etat_a_la_porte(&monde, ANNA).await, EtatSejour::Hospitalise);
        assert!(monde.get(IDEC, "/presence").await.texte.contains("CH de Val-Brumeux"));
        assert!(monde.get(IDEC, &format!("/residents/{ANNA}")).await.texte.contains("hospitalisée depuis le 21 nov. 2026"));
        let refus = monde.get(IDEC, &format!("/residents/{ANNA}/sejour/absence")).await;
        assert_eq!(refus.status, StatusCode::SEE_OTHER, "a departure is not offered from hospital");
        let retour = bouger(&monde, IDEC, ANNA, "retour-hopital", &[("heure", "07:50")]).await;
        assert_eq!(retour.status, StatusCode::SEE_OTHER, "{}", retour.texte);
        assert_eq!(sejour(&monde, ANNA).await.etat, EtatSejour::Present);
        assert_eq!(etat_a_la_porte(&monde, ANNA).await, EtatSejour::Present);
    }

    async fn a_bed_is_held_once(store: TestStore) {
        let monde = Monde::new(store).await;
        let chemin = |usager| format!("/residents/{usager}/sejour/chambre");
        let (a, b) = (monde.get(IDEC, &chemin(ANNA)).await.texte, monde.get(IDEC, &chemin(CLAIRE)).await.texte);
        let lit = LITS[2].to_string();
        let champs = |page: &str| [("version", cache(page, "version")), ("id", cache(page, "id")), ("jour", "2026-11-21".into()), ("heure", "07:45".into()), ("lit", lit.clone()), ("motif", "besoin_soins".into())];
        let poster = async |usager, page: &str| {
            let champs = champs(page);
            let champs: Vec<(&str, &str)> = champs.iter().map(|(nom, valeur)| (*nom, valeur.as_str())).collect();
            monde.post(IDEC, &chemin(usager), &champs).await
        };
        assert_eq!(poster(ANNA, &a).await.status, StatusCode::SEE_OTHER);
        let pris = poster(CLAIRE, &b).await;
        assert_eq!(pris.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(pris.texte.contains("vient d'être attribué"));
        assert_eq!(sejour(&monde, CLAIRE).await.chambre_libelle, "201", "nothing was written");
        assert_eq!(sejour(&monde, ANNA).await.chambre_libelle, "102 F");
        assert_eq!(poster(ANNA, &a).await.status, StatusCode::SEE_OTHER, "the same form sent twice counts once");
        assert_eq!(sejour(&monde, ANNA).await.version, 2);
    }

    async fn two_live_in_a_double_room(store: TestStore) {
        let monde = Monde::new(store).await;
        let lit = LITS[2].to_string();
        bouger(&monde, IDEC, ANNA, "chambre", &[("lit", &lit), ("motif", "rapprochement_couple")]).await;
        let plan = monde.get(IDEC, "/mouvements/plan").await.texte;
        assert!(plan.contains("2 lits tenus sur 3"), "101 is free again");
        let refus = monde.get(IDEC, "/recherche?q=102").await;
        assert_eq!(refus.status, StatusCode::OK, "two persons: the list is shown");
        assert!(refus.texte.contains("CASTAGNOL") && refus.texte.contains("LARGENTIÈRE"));
    }

    async fn an_annulled_change_gives_the_room_back_unless_it_is_taken(store: TestStore) {
        let monde = Monde::new(store).await;
        let lit = LITS[2].to_string();
        bouger(&monde, IDEC, ANNA, "chambre", &[("lit", &lit), ("motif", "travaux")]).await;
        let fiche = format!("/residents/{ANNA}/sejour");
        let id = dernier_mouvement(&monde.get(IDEC, &fiche).await.texte);
        let chemin = format!("{fiche}/mouvements/{id}");
        let version = monde.champ(IDEC, &chemin, "version").await;
        let ancien = LITS[0].to_string();
        bouger(&monde, IDEC, CLAIRE, "chambre", &[("lit", &ancien), ("motif", "travaux")]).await;
        let champs = [("version", version.as_str()), ("geste", "annuler"), ("motif", "erreur de personne")];
        let pris = monde.post(IDEC, &chemin, &champs).await;
        assert!(pris.status == StatusCode::UNPROCESSABLE_ENTITY && pris.texte.contains("occupé"));
        assert_eq!(sejour(&monde, ANNA).await.chambre_libelle, "102 F");
        let retour = LITS[3].to_string();
        bouger(&monde, IDEC, CLAIRE, "chambre", &[("lit", &retour), ("motif", "travaux"), ("heure", "07:50")]).await;
        let annule = monde.post(IDEC, &chemin, &champs).await;
        assert_eq!(annule.status, StatusCode::SEE_OTHER, "{}", annule.texte);
        let lu = sejour(&monde, ANNA).await;
        assert_eq!((lu.chambre_libelle.as_str(), lu.lit), ("101", Some(LITS[0])));
        let page = monde.get(IDEC, &fiche).await.texte;
        assert!(page.contains("Mouvement annulé") && page.contains("erreur de personne"), "still readable, with its reason");
        assert_eq!(monde.post(IDEC, &chemin, &[("version", "2"), ("geste", "annuler"), ("motif", "encore")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    async fn exit_and_death_free_the_bed_close_the_writing_and_can_be_undone(store: TestStore) {
        let monde = Monde::new(store).await;
        let mort = bouger(&monde, IDEC, BRUNO, "deces", &[("lieu", "dans sa chambre")]).await;
        assert_eq!(mort.status, StatusCode::SEE_OTHER, "{}", mort.texte);
        let lu = sejour(&monde, BRUNO).await;
        assert_eq!((lu.etat, lu.lit), (EtatSejour::Decede, None));
        assert_eq!(etat_a_la_porte(&monde, BRUNO).await, EtatSejour::Decede);
        assert!(monde.get(IDEC, &format!("/residents/{BRUNO}")).await.texte.contains("Écriture close"));
        assert_eq!(monde.post(IDEC, &format!("/residents/{BRUNO}/vie/modifier"), &[("version", "0"), ("parole", "x")]).await.status, StatusCode::FORBIDDEN);
        assert!(!monde.get(IDEC, "/presence/evacuation").await.texte.contains("CASTAGNOL"));
        let fiche = format!("/residents/{BRUNO}/sejour");
        let id = dernier_mouvement(&monde.get(IDEC, &fiche).await.texte);
        let chemin = format!("{fiche}/mouvements/{id}");
        let version = monde.champ(IDEC, &chemin, "version").await;
        let annule = monde.post(IDEC, &chemin, &[("version", &version), ("geste", "annuler"), ("motif", "erreur de dossier")]).await;
        assert_eq!(annule.status, StatusCode::SEE_OTHER, "{}", annule.texte);
        let lu = sejour(&monde, BRUNO).await;
        assert_eq!((lu.etat, lu.lit, lu.sortie_le), (EtatSejour::Present, Some(LITS[1]), None));
        assert_eq!(etat_a_la_porte(&monde, BRUNO).await, EtatSejour::Present);
    }

    async fn a_late_entry_takes_its_place_and_a_contradiction_is_said(store: TestStore) {
        let monde = Monde::new(store).await;
        let futur = bouger(&monde, IDEC, ANNA, "absence", &[("jour", "2026-11-22"), ("motif", "convenance"), ("lieu", "en famille")]).await;
        assert!(futur.status == StatusCode::UNPROCESSABLE_ENTITY && futur.texte.contains("futur"));
        let avant = bouger(&monde, IDEC, ANNA, "absence", &[("jour", "2024-11-22"), ("motif", "convenance")]).await;
        assert_eq!(avant.status, StatusCode::UNPROCESSABLE_ENTITY, "before the admission");
        assert!(avant.texte.contains("ne peut pas suivre"));
        let juste = bouger(&monde, IDEC, ANNA, "absence", &[("jour", "2026-11-19"), ("motif", "convenance"), ("lieu", "chez sa fille")]).await;
        assert_eq!(juste.status, StatusCode::SEE_OTHER, "{}", juste.texte);
        let depart = dernier_mouvement(&monde.get(IDEC, &format!("/residents/{ANNA}/sejour")).await.texte);
        bouger(&monde, IDEC, ANNA, "retour", &[("jour", "2026-11-20")]).await;
        let chemin = format!("/residents/{ANNA}/sejour/mouvements/{depart}");
        let version = monde.champ(IDEC, &chemin, "version").await;
        let seul = monde.post(IDEC, &chemin, &[("version", &version), ("geste", "annuler"), ("motif", "jamais partie")]).await;
        assert!(seul.status == StatusCode::UNPROCESSABLE_ENTITY && seul.texte.contains("annulez d'abord"));
        let deplace = [("version", version.as_str()), ("geste", "deplacer"), ("motif", "partie la veille"), ("jour", "2026-11-18"), ("heure", "18:00")];
        assert_eq!(monde.post(IDEC, &chemin, &deplace).await.status, StatusCode::SEE_OTHER);
        let mouvement: platform::store::Stored<Mouvement> = monde.lire(depart.parse::<uuid::Uuid>().unwrap()).await;
        assert_eq!(mouvement.le.to_string(), "2026-11-18T17:00:00Z");
    }

    async fn who_left_comes_back_without_a_second_record(store: TestStore) {
        let monde = Monde::new(store).await;
        bouger(&monde, IDEC, BRUNO, "sortie", &[("motif", "retour_domicile"), ("lieu", "chez lui")]).await;
        let chemin = format!("/residents/{BRUNO}/sejour/reprendre");
        let id = monde.champ(ADMISSIONS, &chemin, "id").await;
        let champs = [("id", id.as_str()), ("genre", "temporaire"), ("souhaitee_le", "2026-12-01"), ("sortie_prevue", "2026-12-20")];
        let sans_fin = monde.post(ADMISSIONS, &chemin, &champs[..3]).await;
        assert_eq!(sans_fin.status, StatusCode::UNPROCESSABLE_ENTITY);
        let ouverte = monde.post(ADMISSIONS, &chemin, &champs).await;
        assert_eq!(ouverte.status, StatusCode::SEE_OTHER, "{}", ouverte.texte);
        assert_eq!(monde.lire::<Rattachement>(Rattachement::id(BRUNO)).await.liens.len(), 2);
        assert!(monde.get(ADMISSIONS, "/admissions").await.texte.contains("CASTAGNOL"));
        let admis = bouger(&monde, ADMISSIONS, BRUNO, "admission", &[("lit", &LITS[1].to_string()), ("motif", "domicile"), ("heure", "07:55")]).await;
        assert_eq!(admis.status, StatusCode::SEE_OTHER, "{}", admis.texte);
        let liens = monde.lire::<Rattachement>(Rattachement::id(BRUNO)).await.liens.clone();
        assert_eq!(liens.iter().map(|lien| lien.etat).collect::<Vec<_>>(), vec![EtatSejour::Sorti, EtatSejour::Present]);
    }
}
