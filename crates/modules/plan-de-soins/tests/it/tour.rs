//! The round: what is shown, ticked, grouped, put off, omitted; who may see it.

use http::StatusCode;
use jiff::SignedDuration;
use plan_de_soins::{FaitSource, Issue, NatureEcart};
use platform::acces::EtatSejour;
use testkit::TestStore;
use uuid::Uuid;

use crate::monde::{
    AILLEURS, ANNA, BRUNO, CLARA, CUISINE, DOMES, IDE, KARIM, MUSIQUE, Monde, PESEE, SOPHIE, TALONS, TOILETTE, TRANSFERT, VOLCANS,
};

const TOILETTE_CLE: &str = "2026-11-21T08:30";

testkit::on_both! {
    async fn the_round_shows_what_is_due_and_a_tap_does_it(store: TestStore) {
        let monde = Monde::new(store).await;
        let (statut, page) = monde.lire(SOPHIE, "/tour/soins").await;
        assert_eq!(statut, StatusCode::OK);
        assert!(page.contains("BRUMELLE") && page.contains("CASTAGNOL") && !page.contains("DORIAZ"), "one's own unit only");
        assert!(page.contains("0 soin fait sur 8") && page.contains("Toilette au lavabo, aide partielle"), "{page}");
        let adresse = format!("/residents/{ANNA}/soins/pointer");
        let vise = format!("{TOILETTE}|{TOILETTE_CLE}");
        let (statut, lieu, _) = monde.envoyer(SOPHIE, &adresse, &[("id", &Uuid::from_u128(1000).to_string()), ("fait", &vise), ("retour", "/tour/soins?filtre=tous")]).await;
        assert_eq!(statut, StatusCode::SEE_OTHER);
        let (_, page) = monde.lire(SOPHIE, lieu.split('#').next().unwrap()).await;
        assert!(page.contains("fait 08:00 · S. V.") && page.contains("1 soin fait sur 8") && page.contains("Annuler"), "{page}");
        monde.store.clock.advance(5);
        let annuler = format!("/residents/{ANNA}/validations/{}/annuler", Uuid::from_u128(1000));
        assert_eq!(monde.envoyer(SOPHIE, &annuler, &[]).await.0, StatusCode::SEE_OTHER, "undone at once without a reason");
        assert_eq!(monde.cocher(SOPHIE, 1001, ANNA, TOILETTE, TOILETTE_CLE).await, StatusCode::SEE_OTHER, "and done again");
        assert_eq!(monde.validations(ANNA).await.iter().filter(|validation| validation.compte()).count(), 1);
    }

    async fn the_progress_of_the_whole_house_follows_each_of_its_units(store: TestStore) {
        let monde = Monde::new(store).await;
        for adresse in ["/tour/soins?unite=toutes", "/tour/soins/compte?unite=toutes"] {
            let page = monde.lire(IDE, adresse).await.1;
            let suivies = monde_essai::entre(&page, "id=\"avancement\" data-suivre=\"", "\"");
            for unite in [VOLCANS, DOMES] {
                assert!(suivies.split(' ').any(|liste| liste.contains(&unite.to_string())), "{adresse}: {suivies}");
            }
        }
    }

    async fn a_round_of_the_whole_house_is_read_again_whole(store: TestStore) {
        let monde = Monde::new(store).await;
        let page = monde.lire(IDE, "/tour/soins?unite=toutes&metier=tous").await.1;
        let phrase = |page: &str| monde_essai::entre(page, "<progress", "</div>").to_owned();
        let sources: Vec<String> = page.split("data-source=\"").skip(1).map(|suite| suite[..suite.find('"').unwrap()].replace("&amp;", "&")).collect();
        assert!(sources.len() > 2 && sources.iter().all(|source| source.ends_with("unite=toutes")), "{sources:?}");
        let relue = monde.lire(IDE, &sources[0]).await.1;
        assert_eq!(phrase(&relue), phrase(&page), "the bar goes on counting every unit");
        assert!(page.contains("<option value=\"toutes\" selected"), "and the choice of the page says so");
    }

    async fn rights_hold_for_pages_fragments_and_acts(store: TestStore) {
        let monde = Monde::new(store).await;
        let fragment = format!("/tour/soins/resident/{ANNA}");
        for adresse in [format!("/residents/{ANNA}/soins"), fragment.clone(), format!("/residents/{ANNA}/journee"), format!("/tour/soins?unite={VOLCANS}")] {
            assert_eq!(monde.lire(AILLEURS, &adresse).await.0, StatusCode::FORBIDDEN, "{adresse}");
            assert_eq!(monde.lire(SOPHIE, &adresse).await.0, StatusCode::OK, "{adresse}");
        }
        assert_eq!(monde.cocher(AILLEURS, 1, ANNA, TOILETTE, TOILETTE_CLE).await, StatusCode::FORBIDDEN);
        for adresse in ["/tour/soins", "/tour/nuit", "/tour/omissions", "/a-verifier"] {
            assert_eq!(monde.lire(CUISINE, adresse).await.0, StatusCode::FORBIDDEN, "{adresse}");
        }
        assert_eq!(monde.cocher(CUISINE, 2, ANNA, TOILETTE, TOILETTE_CLE).await, StatusCode::FORBIDDEN);
        assert!(monde.validations(ANNA).await.is_empty());
        let ajouter = format!("/residents/{ANNA}/soins/ajouter");
        assert_eq!(monde.lire(SOPHIE, &ajouter).await.0, StatusCode::FORBIDDEN, "an aide does not plan");
        assert_eq!(monde.lire(IDE, &ajouter).await.0, StatusCode::OK);
    }

    async fn done_together_leaves_out_measures_observations_risks_and_what_is_out_of_its_window(store: TestStore) {
        let monde = Monde::new(store).await;
        monde.store.clock.advance(45 * 60);
        let demandes = [(TOILETTE, TOILETTE_CLE), (TALONS, "2026-11-21T08:40"), (TALONS, "2026-11-21T19:40"), (PESEE, "2026-11-21T09:00"), (TRANSFERT, "2026-11-21T08:20")];
        let demandes = demandes.map(|(soin, cle)| format!("{soin}|{cle}")).join(" ");
        let geste = Uuid::from_u128(900).to_string();
        for _ in 0..2 {
            let envoi = [("geste", geste.as_str()), ("tout", demandes.as_str())];
            assert_eq!(monde.envoyer(SOPHIE, &format!("/residents/{ANNA}/soins/pointer"), &envoi).await.0, StatusCode::SEE_OTHER);
        }
        let faites = monde.validations(ANNA).await;
        let cles: Vec<(Uuid, String)> = faites.iter().map(|validation| (validation.soin, validation.occurrence.to_string())).collect();
        assert_eq!(cles, [(TOILETTE, TOILETTE_CLE.to_owned())]);
        assert!(faites.iter().all(|validation| validation.groupe && validation.issue == Issue::Fait));
    }

    async fn a_card_ticks_two_acts_once_each_whatever_is_sent_twice(store: TestStore) {
        let monde = Monde::new(store).await;
        let (_, page) = monde.lire(SOPHIE, "/tour/soins").await;
        let (_, carte) = page.split_once(&format!("/residents/{ANNA}/soins/pointer")).expect("the form of Anna's card");
        let (_, geste) = carte.split_once("name=\"geste\" value=\"").expect("its gesture");
        let geste = &geste[..36];
        for vise in [format!("{TOILETTE}|{TOILETTE_CLE}"), format!("{TALONS}|2026-11-21T08:40")] {
            assert!(carte.contains(&format!("name=\"fait\" value=\"{vise}\"")), "{carte}");
            for _ in 0..2 {
                let envoi = [("geste", geste), ("fait", vise.as_str())];
                assert_eq!(monde.envoyer(SOPHIE, &format!("/residents/{ANNA}/soins/pointer"), &envoi).await.0, StatusCode::SEE_OTHER);
            }
        }
        assert_eq!(monde.validations(ANNA).await.len(), 2);
        let illisible = monde.envoyer(SOPHIE, &format!("/residents/{ANNA}/soins/pointer"), &[("fait", "demain|matin")]).await;
        assert_eq!(illisible.0, StatusCode::BAD_REQUEST);
    }

    async fn a_late_entry_shows_both_hours(store: TestStore) {
        let monde = Monde::new(store).await;
        monde.store.clock.advance(72 * 60);
        monde.tracer(SOPHIE, 1, TOILETTE, TOILETTE_CLE, &[("choix", "fait"), ("quand", "prevue"), ("avec", "Karim")]).await;
        let faite = monde.validations(ANNA).await.remove(0);
        assert_eq!((faite.fait_source, faite.avec.as_deref()), (FaitSource::Choisi, Some("Karim")));
        let (_, page) = monde.lire(SOPHIE, "/tour/soins").await;
        assert!(page.contains("fait 08:30, saisi 09:12 · S. V."), "{page}");
        let autre = monde.tracer(SOPHIE, 2, TALONS, "2026-11-21T08:40", &[("choix", "fait"), ("quand", "autre"), ("heure", "08:55")]).await;
        assert_eq!(autre.0, StatusCode::SEE_OTHER);
        let talons = monde.validations(ANNA).await.into_iter().find(|validation| validation.soin == TALONS).unwrap();
        assert_eq!(talons.fait_le, testkit::instant("2026-11-21T07:55:00Z"));
    }

    async fn a_refusal_needs_its_reason_and_twice_offers_a_transmission(store: TestStore) {
        let monde = Monde::new(store).await;
        let (statut, _, page) = monde.tracer(SOPHIE, 1, TOILETTE, TOILETTE_CLE, &[("choix", "refuse:"), ("note", "Préfère plus tard")]).await;
        assert!(statut == StatusCode::UNPROCESSABLE_ENTITY && page.contains("Choisissez une raison") && page.contains("Préfère plus tard"), "{page}");
        monde.tracer(SOPHIE, 1, TOILETTE, TOILETTE_CLE, &[("choix", "refuse:fatigue")]).await;
        monde.store.clock.advance(24 * 3600);
        monde.tracer(SOPHIE, 2, TOILETTE, "2026-11-22T08:30", &[("choix", "refuse:douleur")]).await;
        let (_, fiche) = monde.lire(SOPHIE, &format!("/residents/{ANNA}/soins/{TOILETTE}?occurrence=2026-11-22T08%3A30")).await;
        assert!(fiche.contains("refusé deux fois de suite") && fiche.contains("Douleur pendant le soin"), "{fiche}");
    }

    async fn what_is_put_off_comes_back_at_its_new_time(store: TestStore) {
        let monde = Monde::new(store).await;
        monde.tracer(SOPHIE, 1, TOILETTE, TOILETTE_CLE, &[("choix", "reporte:dort"), ("reporte_a", "14:30")]).await;
        let (_, matin) = monde.lire(SOPHIE, "/tour/soins").await;
        assert!(matin.contains("reporté à 14:30 : La personne dort"), "{matin}");
        let (_, soir) = monde.lire(SOPHIE, "/tour/soins?poste=apres-midi&filtre=a-faire").await;
        assert!(soir.contains("Toilette au lavabo, aide partielle (reporté)"), "{soir}");
        monde.store.clock.advance(6 * 3600);
        let reportee = "2026-11-21T08:30>2026-11-21T14:30";
        assert_eq!(monde.cocher(KARIM, 2, ANNA, TOILETTE, reportee).await, StatusCode::SEE_OTHER);
        assert!(monde.a_verifier().await.is_empty(), "this is the plan, not beside it");
        let (_, soir) = monde.lire(SOPHIE, "/tour/soins?poste=apres-midi").await;
        assert!(soir.contains("fait 14:00 · K. B."), "{soir}");
        let annuler = format!("/residents/{ANNA}/validations/{}/annuler", Uuid::from_u128(1));
        monde.envoyer(SOPHIE, &annuler, &[("motif", "erreur_saisie")]).await;
        monde.envoyer(KARIM, &format!("/residents/{ANNA}/validations/{}/annuler", Uuid::from_u128(2)), &[("motif", "doublon")]).await;
        let (_, soir) = monde.lire(SOPHIE, "/tour/soins?poste=apres-midi").await;
        assert!(!soir.contains("(reporté)"), "an annulled postponement no longer comes back");
    }

    async fn without_a_trace_is_never_done_and_is_listed_at_the_end_of_the_shift(store: TestStore) {
        let monde = Monde::new(store).await;
        monde.cocher(SOPHIE, 1, ANNA, TOILETTE, TOILETTE_CLE).await;
        monde.store.clock.advance(6 * 3600);
        let adresse = "/tour/omissions?jour=2026-11-21&poste=matin";
        let (_, page) = monde.lire(SOPHIE, adresse).await;
        assert!(page.contains("non tracé") && page.contains("Pesée") && page.contains("sans trace"), "{page}");
        let (_, tour) = monde.lire(SOPHIE, "/tour/soins?jour=2026-11-21&poste=matin&metier=tous").await;
        assert!(tour.contains("1 soin fait sur 8 · 7 sans trace"), "{tour}");
        monde.tracer(SOPHIE, 2, TALONS, "2026-11-21T08:40", &[("choix", "fait"), ("quand", "prevue")]).await;
        let (_, tour) = monde.lire(SOPHIE, "/tour/soins?jour=2026-11-21&poste=matin&metier=tous").await;
        assert!(tour.contains("2 soins faits sur 8 · 6 sans trace"), "{tour}");
    }

    async fn who_is_away_owes_nothing_and_a_word_about_them_is_raised(store: TestStore) {
        let monde = Monde::new(store).await;
        let parti = testkit::instant("2026-11-21T07:35:00Z");
        monde.store.clock.advance(3600);
        monde.sejour(ANNA, |sejour| {
            sejour.etat = EtatSejour::Hospitalise;
            sejour.parti_le = Some(parti);
            sejour.lieu = "CH de Thiers".into();
        }).await;
        let (_, page) = monde.lire(SOPHIE, "/tour/soins?metier=tous").await;
        assert!(page.contains("hospitalisé, CH de Thiers"), "{page}");
        assert!(page.contains("0 soin fait sur 6 · 2 en retard · 2 non dus (absence)") || page.contains("2 non dus (absence)"), "{page}");
        assert_eq!(monde.cocher(SOPHIE, 1, ANNA, TOILETTE, TOILETTE_CLE).await, StatusCode::SEE_OTHER, "the word is kept");
        let leves = monde.a_verifier().await;
        assert!(leves.len() == 1 && leves[0].nature == NatureEcart::PersonneAbsente, "{leves:?}");
        let avant = parti.checked_sub(SignedDuration::from_mins(20)).unwrap();
        assert!(avant < parti);
        let (statut, ..) = monde.tracer(SOPHIE, 2, TRANSFERT, "2026-11-21T08:20", &[("choix", "fait"), ("quand", "autre"), ("heure", "08:15")]).await;
        assert_eq!((statut, monde.a_verifier().await.len()), (StatusCode::SEE_OTHER, 1), "done before leaving: nothing to decide");
    }

    async fn a_stopped_act_ticked_meanwhile_is_kept_off_plan_and_raised(store: TestStore) {
        let monde = Monde::new(store).await;
        monde.changer_plan(ANNA, |plan| {
            let arret = plan_de_soins::Arret { le: testkit::instant("2026-11-21T07:20:00Z"), par: "Nadia R.".into(), motif: "Prise en charge à l'hôpital".into() };
            std::sync::Arc::make_mut(&mut plan.lignes[0]).arret = Some(arret);
        }).await;
        monde.store.clock.advance(1800);
        assert_eq!(monde.cocher(SOPHIE, 1, ANNA, TOILETTE, TOILETTE_CLE).await, StatusCode::SEE_OTHER);
        let gardee = monde.validations(ANNA).await.remove(0);
        assert!(gardee.hors_plan && gardee.compte());
        let leves = monde.a_verifier().await;
        assert!(leves.len() == 1 && leves[0].nature == NatureEcart::HorsPlan && leves[0].contexte.contains("Nadia R."));
        let (_, page) = monde.lire(SOPHIE, "/tour/soins").await;
        assert!(page.contains("à vérifier"), "{page}");
        let inconnu = Uuid::from_u128(999);
        assert_eq!(monde.cocher(SOPHIE, 2, ANNA, inconnu, TOILETTE_CLE).await, StatusCode::BAD_REQUEST, "never an act of somebody else");
    }

    async fn what_is_done_when_needed_never_competes(store: TestStore) {
        let monde = Monde::new(store).await;
        for id in [1, 2] {
            let (statut, ..) = monde.tracer(SOPHIE, id, MUSIQUE, "", &[("choix", "fait"), ("note", "A demandé sa radio")]).await;
            assert_eq!(statut, StatusCode::SEE_OTHER);
        }
        let faites = monde.validations(ANNA).await;
        assert!(faites.len() == 2 && faites.iter().all(|faite| faite.double_de.is_none() && !faite.hors_plan));
        let (_, page) = monde.lire(SOPHIE, "/tour/soins").await;
        assert!(page.contains("A demandé sa radio"), "{page}");
    }

    async fn a_round_is_shared_then_taken_over(store: TestStore) {
        let monde = Monde::new(store).await;
        let lieu = [("unite", VOLCANS.to_string()), ("jour", "2026-11-21".to_owned()), ("poste", "matin".to_owned())];
        let avec = |suite: &[(&str, String)]| {
            let tous: Vec<(String, String)> = lieu.iter().map(|(nom, valeur)| ((*nom).to_owned(), valeur.clone())).chain(suite.iter().map(|(nom, valeur)| ((*nom).to_owned(), valeur.clone()))).collect();
            tous
        };
        let envoyer = async |compte, adresse: &str, champs: Vec<(String, String)>| {
            let champs: Vec<(&str, &str)> = champs.iter().map(|(nom, valeur)| (nom.as_str(), valeur.as_str())).collect();
            monde.envoyer(compte, adresse, &champs).await.0
        };
        assert_eq!(envoyer(SOPHIE, "/tour/repartition", avec(&[("resident", ANNA.to_string()), ("equipier", "moi".into())])).await, StatusCode::SEE_OTHER);
        assert_eq!(envoyer(KARIM, "/tour/repartition", avec(&[("resident", BRUNO.to_string()), ("equipier", "moi".into())])).await, StatusCode::SEE_OTHER);
        let (_, mien) = monde.lire(SOPHIE, "/tour/soins?filtre=mes").await;
        assert!(mien.contains("BRUMELLE") && !mien.contains("CASTAGNOL"), "{mien}");
        assert_eq!(envoyer(SOPHIE, "/tour/repartition/reprendre", avec(&[("de", "1".into())])).await, StatusCode::SEE_OTHER);
        let (_, mien) = monde.lire(SOPHIE, "/tour/soins?filtre=mes").await;
        assert!(mien.contains("BRUMELLE") && mien.contains("CASTAGNOL"));
        assert_eq!(envoyer(AILLEURS, "/tour/repartition", avec(&[("resident", ANNA.to_string()), ("equipier", "moi".into())])).await, StatusCode::FORBIDDEN);
    }

    async fn who_changes_unit_in_the_middle_of_a_shift_keeps_what_was_done(store: TestStore) {
        let monde = Monde::new(store).await;
        monde.cocher(SOPHIE, 1, ANNA, TOILETTE, TOILETTE_CLE).await;
        monde.store.clock.advance(600);
        monde.sejour(ANNA, |sejour| sejour.unite = Some(crate::monde::DOMES)).await;
        let (_, page) = monde.lire(AILLEURS, "/tour/soins").await;
        assert!(page.contains("BRUMELLE") && page.contains("fait 08:00 · S. V."), "{page}");
        assert_eq!(monde.lire(SOPHIE, &format!("/residents/{ANNA}/soins")).await.0, StatusCode::FORBIDDEN);
        assert_eq!(monde.lire(AILLEURS, &format!("/residents/{CLARA}/soins")).await.0, StatusCode::OK);
    }

    async fn a_measured_act_writes_its_value_with_it_and_asks_about_a_surprise(store: TestStore) {
        let monde = Monde::new(store).await;
        let cle = "2026-11-21T09:00";
        let (statut, _, page) = monde.tracer(SOPHIE, 1, PESEE, cle, &[("choix", "fait")]).await;
        assert!(statut == StatusCode::UNPROCESSABLE_ENTITY && page.contains("Indiquez la valeur mesurée"), "{page}");
        assert_eq!(monde.tracer(SOPHIE, 1, PESEE, cle, &[("choix", "fait"), ("mesure_poids", "cinquante")]).await.0, StatusCode::UNPROCESSABLE_ENTITY);
        for _ in 0..2 {
            assert_eq!(monde.tracer(SOPHIE, 1, PESEE, cle, &[("choix", "fait"), ("mesure_poids", "52,4")]).await.0, StatusCode::SEE_OTHER);
            monde.store.clock.advance(60);
        }
        let pesees: Vec<platform::store::Stored<constantes::Constante>> =
            monde.store.list(&platform::store::Reach::All, &platform::store::Query::person(ANNA)).await.unwrap();
        assert_eq!((pesees.len(), pesees[0].lisible().replace('\u{a0}', " "), pesees[0].soin), (1, "52,4 kg".to_owned(), Some(PESEE)));
        monde.store.clock.advance(24 * 3600);
        let demain = "2026-11-22T09:00";
        let (statut, _, page) = monde.tracer(SOPHIE, 2, PESEE, demain, &[("choix", "fait"), ("mesure_poids", "25,4")]).await;
        assert!(statut == StatusCode::UNPROCESSABLE_ENTITY && page.contains("25,4 kg ?") && page.contains("52,4 kg"), "{page}");
        assert_eq!(monde.tracer(SOPHIE, 2, PESEE, demain, &[("choix", "fait"), ("mesure_poids", "25,4"), ("verifiee", "oui")]).await.0, StatusCode::SEE_OTHER);
        assert_eq!(monde.validations(ANNA).await.len(), 2);
    }

    async fn nothing_new_is_not_sent_again(store: TestStore) {
        let monde = Monde::new(store).await;
        let adresse = format!("/tour/soins/resident/{ANNA}?poste=matin");
        let mut etag = monde.etag(SOPHIE, &adresse, None).await.1;
        // On PostgreSQL what was written before is told a little later.
        for _ in 0..100 {
            let (statut, suivante) = monde.etag(SOPHIE, &adresse, Some(&etag)).await;
            if statut == StatusCode::NOT_MODIFIED {
                break;
            }
            etag = suivante;
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert_eq!(monde.etag(SOPHIE, &adresse, Some(&etag)).await.0, StatusCode::NOT_MODIFIED);
        monde.cocher(KARIM, 1, ANNA, TOILETTE, TOILETTE_CLE).await;
        assert_eq!(monde.etag(SOPHIE, &adresse, Some(&etag)).await.0, StatusCode::OK, "a colleague's word is news");
    }
}
