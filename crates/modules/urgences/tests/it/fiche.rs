//! The call sheet and its acts.

use http::StatusCode;
use monde_essai::une_maison::{ANNA, AS, BRUNO, IDE, SECRETAIRE};
use platform::acces::{Categorie, CibleOpposition, Opposition, Rattachement};
use platform::store::{Query, Reach, Stored};
use sejours::{Mouvement, Sejour};
use testkit::TestStore;
use transmissions::Transmission;
use urgences::Quoi;

use crate::{dossier, etapes, lisible, monde};

fn base(fin: &str) -> String {
    format!("/residents/{ANNA}/urgence{fin}")
}

testkit::on_both! {
    async fn a_carer_reads_what_the_centre_15_asks_and_nothing_more(store: TestStore) {
        let monde = monde(store).await;
        dossier(&monde).await;
        let page = monde.lire(AS, &base("")).await;
        assert_eq!(page.status, StatusCode::OK);
        let texte = lisible(&page.texte);
        for dit in ["Apixaban matin et soir", "Fibrillation auriculaire", "Niveau B", "Allergies non renseignées", "tel:15", "EHPAD d'essai"] {
            assert!(texte.contains(dit) || texte.contains(&dit.replace('\'', "&#39;")), "{dit}: {texte}");
        }
        assert_eq!(monde.lire(AS, &format!("/residents/{ANNA}/medical")).await.status, StatusCode::FORBIDDEN, "the file itself stays closed");
        assert_eq!(monde.lignes(AS, "urgences.lire").await.len(), 1);
        assert!(!monde.lire(AS, &format!("/residents/{BRUNO}/urgence")).await.texte.contains("Apixaban"));
        for adresse in [base(""), format!("/residents/{ANNA}/dlu"), format!("/residents/{ANNA}/dlu/pdf"), "/urgence".into(), "/dlu".into()] {
            assert_eq!(monde.lire(SECRETAIRE, &adresse).await.status, StatusCode::FORBIDDEN, "{adresse}");
        }
    }

    async fn the_person_is_still_heard_when_opposed(store: TestStore) {
        let monde = monde(store).await;
        dossier(&monde).await;
        monde.changer::<Rattachement>(Rattachement::id(ANNA), |lui| {
            lui.oppositions.push(Opposition { cible: CibleOpposition::Profil("as".into()), categories: vec![Categorie::Medical] });
        }).await;
        let page = monde.lire(AS, &base("")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.texte.contains("Apixaban") && page.texte.contains("oppose à la lecture de"), "{}", page.texte);
        assert!(monde.lire(IDE, &base("")).await.texte.contains("Apixaban"));
        monde.changer::<Rattachement>(Rattachement::id(ANNA), |lui| {
            lui.oppositions.push(Opposition { cible: CibleOpposition::Profil("as".into()), categories: vec![Categorie::Urgence] });
        }).await;
        assert_ne!(monde.lire(AS, &base("")).await.status, StatusCode::OK);
    }

    async fn each_tap_is_a_fact_with_its_hour_and_a_double_tap_counts_once(store: TestStore) {
        let monde = monde(store).await;
        let chute = [("id", "01920000-0000-7000-8000-000000000001"), ("quoi", "motif"), ("motif", "chute")];
        for _ in 0..2 {
            assert_eq!(monde.envoyer(AS, &base("/etape"), &chute).await.status, StatusCode::SEE_OTHER);
        }
        monde.store.clock.advance(120);
        monde.envoyer(AS, &base("/etape"), &[("quoi", "appel15")]).await;
        monde.envoyer(AS, &base("/etape"), &[("quoi", "observation"), ("question", "conscient"), ("oui", "oui")]).await;
        assert_eq!(etapes(&monde).await.len(), 3);
        let page = lisible(&monde.lire(IDE, &base("")).await.texte);
        assert!(page.contains("Chute à") && page.contains("Appel au 15") && page.contains("Conscient·e : oui") && page.contains("Essai as"), "{page}");
        let en_cours = monde.lire(IDE, "/urgence").await.texte;
        assert!(en_cours.contains("En cours") && en_cours.contains("Chute"), "{en_cours}");
        assert_eq!(monde.envoyer(AS, &base("/etape"), &[("quoi", "motif"), ("motif", "ennui")]).await.status, StatusCode::BAD_REQUEST);
    }

    async fn a_departure_holds_the_bed_and_the_end_tells_the_team(store: TestStore) {
        let monde = monde(store).await;
        monde.envoyer(AS, &base("/etape"), &[("quoi", "motif"), ("motif", "chute")]).await;
        monde.store.clock.advance(600);
        assert_eq!(monde.envoyer(AS, &base("/depart"), &[("hopital", "CH de Val-Brumeux, urgences")]).await.status, StatusCode::SEE_OTHER);
        let sejours: Vec<Stored<Sejour>> = monde.store.list(&Reach::All, &Query::person(ANNA)).await.unwrap();
        assert_eq!(sejours[0].etat, platform::acces::EtatSejour::Hospitalise);
        assert_eq!((sejours[0].chambre_libelle.as_str(), sejours[0].lieu.as_str()), ("214", "CH de Val-Brumeux, urgences"), "the bed is held");
        let mouvements: Vec<Stored<Mouvement>> = monde.store.list(&Reach::All, &Query::person(ANNA)).await.unwrap();
        assert!(mouvements.iter().any(|mouvement| mouvement.motif == "Chute"));
        monde.envoyer(AS, &base("/fin"), &[]).await;
        let ecrites: Vec<Stored<Transmission>> = monde.store.list(&Reach::All, &Query::person(ANNA)).await.unwrap();
        let dit = ecrites[0].donnees.as_ref().unwrap().as_str();
        assert!(dit.contains("Chute") && dit.contains("CH de Val-Brumeux") && dit.contains("hospitalisé"), "{dit}");
        assert!(matches!(etapes(&monde).await.last().unwrap().quoi, Quoi::Fin { .. }));
        assert_eq!(monde.envoyer(AS, &base("/fin"), &[]).await.status, StatusCode::BAD_REQUEST, "it is over");
        assert!(!monde.lire(IDE, "/urgence").await.texte.contains("En cours"));
    }

    async fn a_step_taken_back_stays_readable(store: TestStore) {
        let monde = monde(store).await;
        monde.envoyer(AS, &base("/etape"), &[("quoi", "motif"), ("motif", "chute")]).await;
        let id = etapes(&monde).await[0].id;
        let annulation = base(&format!("/{id}/annulation"));
        assert_eq!(monde.envoyer(AS, &annulation, &[]).await.status, StatusCode::BAD_REQUEST);
        monde.envoyer(AS, &annulation, &[("motif", "mauvaise touche")]).await;
        monde.envoyer(AS, &base("/etape"), &[("quoi", "motif"), ("motif", "malaise")]).await;
        let page = monde.lire(IDE, &base("")).await.texte;
        assert!(page.contains("<del>Chute</del>") && page.contains("mauvaise touche"), "{page}");
        assert_eq!(monde.lignes(AS, "urgence.etape_annulee").await.len(), 1);
    }

    async fn a_long_silence_closes_an_emergency_by_itself(store: TestStore) {
        let monde = monde(store).await;
        monde.envoyer(AS, &base("/etape"), &[("quoi", "motif"), ("motif", "chute")]).await;
        monde.store.clock.advance(13 * 3600);
        assert!(!monde.lire(IDE, "/urgence").await.texte.contains("En cours"));
        monde.envoyer(AS, &base("/etape"), &[("quoi", "motif"), ("motif", "malaise")]).await;
        let page = monde.lire(IDE, &base("")).await.texte;
        assert!(page.contains("Malaise à") && !page.contains("Chute à"), "{page}");
    }
}
