//! What a reader opens, how long, and who is told.

use http::StatusCode;
use monde_essai::une_maison::{ANNA, AS, BRUNO, ETAB, IDE};
use platform::acces::{Categorie, CibleOpposition, EtatSejour, Moyen, Opposition};
use platform::worker::Worker;
use testkit::TestStore;

use crate::monde::{ANNA_EXACTE, AUTRE_SAMU, DPO, JEANNE, SAMU, chercher, devenir, homonyme, lectures, monde, opposer};

fn contre(categories: Vec<Categorie>) -> Vec<Opposition> {
    vec![Opposition { cible: CibleOpposition::Profil("lecteur_urgence".into()), categories }]
}

testkit::on_both! {
    async fn the_regulator_reads_the_dlu_for_four_hours_and_nothing_else(store: TestStore) {
        let monde = monde(store).await;
        let (_, vers) = chercher(&monde, SAMU, &ANNA_EXACTE).await;
        let vers = vers.expect("it opens");
        let lu = monde.lire(SAMU, &vers).await;
        assert!(lu.status == StatusCode::OK && lu.texte.contains("BRUMELLE") && lu.texte.contains("Apixaban"), "{}", lu.texte);
        let pdf = monde.lire(SAMU, &format!("{vers}/pdf")).await;
        assert_eq!(pdf.status, StatusCode::OK);
        assert!(pdf.texte.starts_with("%PDF"));
        for page in ["dlu", "urgence", "alertes", "transmissions", "medical", "historique", "bris-de-glace"] {
            let statut = monde.lire(SAMU, &format!("/residents/{ANNA}/{page}")).await.status;
            assert_ne!(statut, StatusCode::OK, "{page}");
        }
        for liste in ["/residents", "/urgence", "/dlu", "/dlu/lectures", "/admin/lecteurs"] {
            assert_eq!(monde.lire(SAMU, liste).await.status, StatusCode::FORBIDDEN, "{liste}");
        }
        assert_eq!(monde.lire(AUTRE_SAMU, &vers).await.status, StatusCode::NOT_FOUND, "somebody else's reading");
        monde.store.clock.advance(4 * 3600 - 1);
        assert_eq!(monde.lire(SAMU, &vers).await.status, StatusCode::OK);
        monde.store.clock.advance(1);
        assert_eq!(monde.lire(SAMU, &vers).await.status, StatusCode::NOT_FOUND);
        assert_eq!(monde.lire(SAMU, &format!("{vers}/pdf")).await.status, StatusCode::NOT_FOUND);
    }

    async fn each_opening_says_who_why_and_until_when_to_the_person_and_to_the_house(store: TestStore) {
        let monde = monde(store).await;
        monde.envoyer(AS, &format!("/residents/{ANNA}/urgence/etape"), &[("quoi", "motif"), ("motif", "chute")]).await;
        let (_, vers) = chercher(&monde, SAMU, &ANNA_EXACTE).await;
        monde.lire(SAMU, &vers.expect("it opens")).await;
        let accordees = monde.lignes(SAMU, "lecture_dlu.accordee").await;
        let ligne = accordees.first().expect("a line");
        assert_eq!((ligne.person, ligne.establishment), (Some(ANNA.0), Some(ETAB.0)));
        let fin = lectures(&monde, ANNA).await[0].expire_le.to_string();
        assert_eq!((ligne.detail("motif"), ligne.detail("jusque")), (Some("regulation".into()), Some(fin)));
        assert_eq!(monde.lignes(SAMU, "lecteurs.lire_dlu").await.len(), 1, "the page read is a line of its own");
        let vu = monde.lire(DPO, &format!("/residents/{ANNA}/historique")).await.texte;
        assert!(vu.contains("Léa Morin, SAMU 63") && vu.contains("Régulation d'un appel au 15, jusqu'à"), "{vu}");
        let maison = monde.lire(IDE, "/dlu/lectures").await.texte;
        assert!(maison.contains("BRUMELLE") && maison.contains("Léa Morin, SAMU 63") && maison.contains("Régulation"), "{maison}");
        let avis = monde.lire(AS, "/dlu/lectures/avis").await.texte;
        assert!(avis.contains("DLU lus hors de la maison") && avis.contains("Léa Morin, SAMU 63"), "{avis}");
        assert!(monde.lire(AS, &format!("/residents/{ANNA}/dlu/liens")).await.texte.contains("Léa Morin, SAMU 63"));
        let mut worker = Worker::default();
        lecteurs::planifier(&mut worker);
        worker.settle(&monde.services).await.expect("told");
        let fiche = monde.lire(AS, &format!("/residents/{ANNA}/urgence")).await.texte;
        assert!(fiche.contains("DLU lu par Léa Morin, SAMU 63 (Régulation d'un appel au 15)"), "{fiche}");
        let releve = monde.lire(IDE, "/releve").await.texte;
        assert!(releve.contains("DLU lu par Léa Morin, SAMU 63"), "{releve}");
    }

    async fn without_an_emergency_no_step_opens_one(store: TestStore) {
        let monde = monde(store).await;
        chercher(&monde, SAMU, &ANNA_EXACTE).await.1.expect("it opens");
        let mut worker = Worker::default();
        lecteurs::planifier(&mut worker);
        worker.settle(&monde.services).await.expect("nothing to tell");
        let fiche = monde.lire(AS, &format!("/residents/{ANNA}/urgence")).await.texte;
        assert!(!fiche.contains("DLU lu par"), "{fiche}");
    }

    async fn the_link_of_the_call_leads_there_too_with_the_year_of_birth(store: TestStore) {
        let monde = monde(store).await;
        let page = monde.envoyer(AS, &format!("/residents/{ANNA}/dlu/liens"), &[]).await.texte;
        let debut = page.find("/liaison/").expect("an address");
        let lien: String = page[debut..].chars().take_while(|c| !matches!(c, '"' | '<')).collect();
        let lien = format!("https://grappe.exemple{lien}");
        let essai = |annee: &'static str| [("lien", lien.clone()), ("annee", annee.to_owned()), ("motif_lien", "intervention".to_owned())];
        let envoyer = async |champs: [(&str, String); 3]| {
            let champs: Vec<(&str, &str)> = champs.iter().map(|(nom, valeur)| (*nom, valeur.as_str())).collect();
            monde.envoyer(SAMU, "/lecture/lien", &champs).await
        };
        let faux = envoyer(essai("1935")).await;
        assert!(faux.status == StatusCode::UNPROCESSABLE_ENTITY && faux.texte.contains("Ce lien ne s'ouvre pas"), "{}", faux.texte);
        assert_eq!(envoyer(essai("1936")).await.status, StatusCode::SEE_OTHER);
        let lues = lectures(&monde, ANNA).await;
        assert_eq!(lues.iter().map(|lue| (lue.moyen, lue.motif.as_str())).collect::<Vec<_>>(), [(Moyen::Lien, "intervention")]);
        let suivi = monde.lire(AS, &format!("/residents/{ANNA}/dlu/liens")).await.texte;
        assert!(suivi.contains("1 essai avec une année fausse") && suivi.contains("par le lien de l'appel"), "{suivi}");
        opposer(&monde, ANNA, contre(Vec::new())).await;
        let ferme = envoyer(essai("1936")).await;
        assert!(ferme.texte.contains("Ce lien ne s'ouvre pas") && lectures(&monde, ANNA).await.len() == 1, "an opposition holds by the link too");
    }

    async fn nobody_several_opposed_and_gone_are_told_in_the_same_words_and_time(store: TestStore) {
        let monde = monde(store).await;
        let memes = async |champs: &[(&str, &str)]| {
            let debut = std::time::Instant::now();
            let (reponse, vers) = chercher(&monde, SAMU, champs).await;
            assert!(debut.elapsed() >= lecteurs::ATTENTE_UNIFORME, "an answer left sooner");
            assert_eq!((reponse.status, vers), (StatusCode::UNPROCESSABLE_ENTITY, None), "{champs:?}");
            monde.store.clock.advance(3_601);
            let (page, nom) = (reponse.texte, champs[0].1);
            page.replace(nom, "#")
        };
        let personne = memes(&[("nom", "Personne"), ("naissance", "12/04/1936"), ("motif", "regulation")]).await;
        assert!(personne.contains("Ces éléments ne désignent pas une seule personne") && personne.contains("ajoutez un prénom"), "{personne}");
        homonyme(&monde).await;
        assert_eq!(memes(&ANNA_EXACTE).await, personne, "two of them");
        opposer(&monde, BRUNO, contre(Vec::new())).await;
        let bruno = [("nom", "Castagnol"), ("naissance", "12/04/1936"), ("motif", "regulation")];
        identifier_bruno(&monde).await;
        assert_eq!(memes(&bruno).await, personne, "opposed");
        assert_eq!(monde.lignes(SAMU, "lecteurs.chercher").await.len(), 1, "the refusal is in the journal of the person");
        opposer(&monde, BRUNO, contre(vec![Categorie::Urgence])).await;
        assert_eq!(memes(&bruno).await, personne, "opposed to the document");
        opposer(&monde, BRUNO, Vec::new()).await;
        devenir(&monde, BRUNO, EtatSejour::Sorti).await;
        assert_eq!(memes(&bruno).await, personne, "gone");
        devenir(&monde, BRUNO, EtatSejour::Hospitalise).await;
        assert!(chercher(&monde, SAMU, &bruno).await.1.is_some(), "in hospital");
    }

    async fn a_first_name_tells_one_from_the_other_and_the_rows_of_that_house_only(store: TestStore) {
        let monde = monde(store).await;
        homonyme(&monde).await;
        let avec = |prenom: &'static str| [ANNA_EXACTE[0], ANNA_EXACTE[1], ANNA_EXACTE[2], ("prenom", prenom)];
        let (_, vers) = chercher(&monde, SAMU, &avec("Jeanne")).await;
        let lu = monde.lire(SAMU, &vers.expect("one of the two")).await.texte;
        assert!(lu.contains("Jeanne") && lu.contains("La Rivière") && !lu.contains("Apixaban"), "{lu}");
        assert_eq!((lectures(&monde, ANNA).await.len(), lectures(&monde, JEANNE).await.len()), (0, 1));
        assert!(chercher(&monde, SAMU, &avec("Odette")).await.1.is_none());
    }

    async fn a_part_the_person_refuses_is_left_out_and_an_opposition_closes_at_once(store: TestStore) {
        let monde = monde(store).await;
        opposer(&monde, ANNA, contre(vec![Categorie::Medical])).await;
        let (_, vers) = chercher(&monde, SAMU, &ANNA_EXACTE).await;
        let vers = vers.expect("the rest opens");
        let lu = monde.lire(SAMU, &vers).await.texte;
        assert!(lu.contains("BRUMELLE") && !lu.contains("Apixaban") && lu.contains("oppose"), "{lu}");
        opposer(&monde, ANNA, contre(Vec::new())).await;
        assert_eq!(monde.lire(SAMU, &vers).await.status, StatusCode::FORBIDDEN);
    }
}

async fn identifier_bruno(monde: &monde_essai::Monde) {
    monde
        .changer::<usagers::Identification>(usagers::Identification::id(BRUNO), |lue| {
            let date = "12/04/1936".parse().expect("a date");
            let lieu = kernel::ins::LieuNaissance::inconnu();
            let traits = kernel::ins::Traits::new("CASTAGNOL", "BRUNO", date, kernel::ins::Sexe::Feminin, lieu).expect("traits");
            lue.identite = kernel::ins::Identite::provisoire(traits);
        })
        .await;
}
