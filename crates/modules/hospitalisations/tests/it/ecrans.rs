//! The screens, through the router, on both engines.

use hospitalisations::{
    Annonce, AnnonceRendezVous, Annoncee, AvisIdentite, Classe, EcartIdentite, Effet, Lot, Note, NoterHospitalisations, Numero,
    NumeroHopital, Sorte, noter,
};
use http::StatusCode;
use kernel::id::UsagerId;
use monde_essai::une_maison::{ANNA, AS, BRUNO, ETAB, IDE, SECRETAIRE, UNITE};
use monde_essai::{Monde, role, une_maison};
use platform::acces::Acces;
use platform::store::{Query, Reach, Stored};
use platform::worker::automate;
use testkit::TestStore;
use uuid::Uuid;

use crate::calculs::{a, dit, hopital};

const IDEC: kernel::id::CompteId = kernel::id::CompteId(Uuid::from_u128(30));
const CUISINE: kernel::id::CompteId = kernel::id::CompteId(Uuid::from_u128(31));
const IDE_AILLEURS: kernel::id::CompteId = kernel::id::CompteId(Uuid::from_u128(32));
const AILLEURS: kernel::id::EtablissementId = kernel::id::EtablissementId(Uuid::from_u128(40));

async fn monde(store: TestStore) -> Monde {
    let modules = vec![hospitalisations::module(), sejours::module(), documents::module()];
    let monde = une_maison::semer(Monde::nouveau(store, true, modules)).await;
    monde.maison(AILLEURS, "Autre maison", "750000026").await;
    monde.compte(IDEC, "Ida Coordo", vec![role("idec", Some(ETAB), &[])]).await;
    monde.compte(CUISINE, "Cyril Cuisine", vec![role("cuisine", Some(ETAB), &[])]).await;
    monde.compte(IDE_AILLEURS, "Zoé Ailleurs", vec![role("ide", Some(AILLEURS), &[])]).await;
    monde
}

fn lot(cle: u128) -> Lot {
    Lot {
        cle: format!("message {cle}"),
        empreinte: cle.to_string(),
        source: Uuid::from_u128(0x5000 + cle),
        hopital: hopital(),
        annonces: Vec::new(),
        rendez_vous: Vec::new(),
        numeros: Vec::new(),
        ecarts: Vec::new(),
        suite: "Noté.".into(),
    }
}

async fn ecrire(monde: &Monde, usager: UsagerId, lot: Lot) -> Note {
    let acces: Acces<NoterHospitalisations> = automate(&monde.services, "essai").await.expect("a key");
    let dossier = acces.ouvrir_dossier(usager).await.expect("opened");
    noter(&dossier, &lot, acces.now()).await.expect("noted")
}

/// An announcement of a message, as the bridge notes it.
async fn annoncer(monde: &Monde, cle: u128, annonce: Annonce) {
    let mut lot = lot(cle);
    lot.annonces.push(Annonce { source: Some(lot.source), ..annonce });
    assert_eq!(ecrire(monde, ANNA, lot).await, Note::Neuf);
}

fn entree(minute: i64) -> Annonce {
    Annonce {
        classe: Some(Classe::Hospitalisation),
        service: Some("Oncologie".into()),
        motif: Some("Bilan d'extension".into()),
        ..dit(Sorte::Entree, Effet::Nouvelle, Some("M1"), minute)
    }
}

fn page() -> String {
    format!("/residents/{ANNA}/hospitalisations")
}

const LISTE: &str = "/liaisons/hospitalisations";

testkit::on_both! {
    async fn an_entry_announced_is_shown_compared_and_changes_no_stay(store: TestStore) {
        let monde = monde(store).await;
        assert!(monde.lire(IDE, &page()).await.texte.contains("Aucun hôpital n'a annoncé de séjour."));
        assert!(!monde.lire(IDE, &format!("/residents/{ANNA}")).await.texte.contains("CH d'Ormes"));
        annoncer(&monde, 1, entree(-60)).await;
        let texte = monde.lire(IDE, &page()).await.texte;
        for mots in ["CH d'Ormes", "en cours", "Oncologie", "Bilan d'extension", "26-1", "L'hôpital annonce une entrée que le séjour ne dit pas."] {
            assert!(texte.contains(mots), "{mots}: {texte}");
        }
        assert!(texte.contains(&format!("/residents/{ANNA}/sejour/hospitalisation\"")));
        let sejours: Vec<Stored<sejours::Sejour>> = monde.store.list(&Reach::All, &Query::person(ANNA)).await.expect("list");
        assert_eq!((sejours.len(), sejours[0].etat, sejours[0].version), (1, platform::acces::EtatSejour::Present, 1));
        let synthese = monde.lire(IDE, &format!("/residents/{ANNA}")).await.texte;
        assert!(synthese.contains("CH d'Ormes") && synthese.contains("Oncologie") && synthese.contains(&page()), "{synthese}");
        let liste = monde.lire(IDE, LISTE).await.texte;
        assert!(liste.contains("BRUMELLE") && !liste.contains("CASTAGNOL") && liste.contains("Enregistrer l'hospitalisation"), "{liste}");
    }

    async fn the_gesture_offered_settles_the_disagreement_and_the_return_too(store: TestStore) {
        let monde = monde(store).await;
        annoncer(&monde, 1, entree(-60)).await;
        bouger(&monde, "hospitalisation", &[("heure", "07:10"), ("lieu", "CH d'Ormes"), ("motif", "urgences")]).await;
        assert!(!monde.lire(IDE, &page()).await.texte.contains("que le séjour ne dit pas"));
        let sortie = Annonce { sortie_prevue: None, ..dit(Sorte::Sortie, Effet::Nouvelle, Some("M2"), -10) };
        annoncer(&monde, 2, sortie).await;
        let ecarts = monde.lire(IDE, &format!("{LISTE}?etat=ecarts")).await.texte;
        assert!(ecarts.contains("BRUMELLE") && ecarts.contains("le séjour dit encore « hospitalisé »") && ecarts.contains("sejour/retour-hopital"), "{ecarts}");
        monde.store.clock.advance(3600);
        bouger(&monde, "retour-hopital", &[("heure", "08:30")]).await;
        assert!(!monde.lire(IDE, &format!("{LISTE}?etat=ecarts")).await.texte.contains("BRUMELLE"));
        assert!(!monde.lire(IDE, LISTE).await.texte.contains("BRUMELLE"), "nothing more to say of her");
    }

    async fn the_list_is_filtered_and_holds_our_own_departures_too(store: TestStore) {
        let monde = monde(store).await;
        bouger(&monde, "hospitalisation", &[("heure", "07:10"), ("lieu", "Clinique du Lac"), ("motif", "urgences")]).await;
        let liste = monde.lire(IDE, LISTE).await.texte;
        assert!(liste.contains("BRUMELLE") && liste.contains("Clinique du Lac"), "{liste}");
        assert!(monde.lire(IDE, &format!("{LISTE}?q=brum&etat=hopital")).await.texte.contains("BRUMELLE, Anna") || monde.lire(IDE, &format!("{LISTE}?q=brum&etat=hopital")).await.texte.contains("BRUMELLE"));
        assert!(!monde.lire(IDE, &format!("{LISTE}?q=casta")).await.texte.contains("Clinique du Lac"));
        assert!(!monde.lire(IDE, &format!("{LISTE}?etat=annonces")).await.texte.contains("Clinique du Lac"));
        let mut prevue = lot(9);
        prevue.annonces.push(Annonce { source: Some(prevue.source), ..dit(Sorte::Prevue, Effet::Nouvelle, Some("M9"), 600) });
        ecrire(&monde, BRUNO, prevue).await;
        let annonces = monde.lire(IDE, &format!("{LISTE}?etat=annonces")).await.texte;
        assert!(annonces.contains("CASTAGNOL") && annonces.contains("prévue"), "{annonces}");
    }

    async fn each_reads_what_their_work_asks_for_and_no_more(store: TestStore) {
        let monde = monde(store).await;
        annoncer(&monde, 1, entree(-60)).await;
        let mut agenda = lot(2);
        agenda.rendez_vous.push(rendez_vous(&agenda, 600));
        ecrire(&monde, ANNA, agenda).await;
        // Dates and place for all; the ward for those who care or organise; the reason under medical secrecy.
        for (compte, service, motif) in [(IDE, true, true), (AS, true, false), (SECRETAIRE, true, false), (CUISINE, false, false)] {
            for adresse in [page(), format!("/residents/{ANNA}"), LISTE.to_owned()] {
                let reponse = monde.lire(compte, &adresse).await;
                assert_eq!(reponse.status, StatusCode::OK, "{adresse}");
                let texte = reponse.texte;
                assert!(texte.contains("CH d'Ormes"), "{compte} {adresse}");
                assert_eq!(texte.contains("Oncologie"), service, "{compte} {adresse}");
                assert_eq!(texte.contains("Consultation de douleur"), service, "{compte} {adresse}");
                let medical = texte.contains("Bilan d'extension") || texte.contains("Suite de chimiothérapie");
                assert!(!medical || motif, "{compte} {adresse}");
            }
            assert_eq!(monde.lire(compte, &page()).await.texte.contains("Bilan d'extension"), motif);
        }
        // What is kept under presence holds no reason, wherever it is read from.
        let gardees: Vec<Stored<hospitalisations::AnnonceGardee>> =
            monde.store.list(&Reach::All, &Query::person(ANNA)).await.expect("list");
        let agenda: Vec<Stored<hospitalisations::RendezVousGarde>> =
            monde.store.list(&Reach::All, &Query::person(ANNA)).await.expect("list");
        assert_eq!((gardees.len(), gardees[0].annonce.motif.as_deref()), (1, None));
        assert_eq!((agenda.len(), agenda[0].annonce.motif.as_deref()), (1, None));
        // A carer may read, not move a stay: the gesture is not offered, the form not taken.
        let carer = monde.lire(AS, &page()).await.texte;
        assert!(!carer.contains("Enregistrer l'hospitalisation") && !carer.contains("Retirer l'annonce"));
        assert!(!carer.contains("/liaisons/attendus") && monde.lire(IDE, &page()).await.texte.contains("/liaisons/attendus"));
        let retrait = format!("{}/retrait", page());
        assert_eq!(monde.envoyer(AS, &retrait, &[("source", "x"), ("motif", "x")]).await.status, StatusCode::FORBIDDEN);
        for adresse in [page(), format!("/residents/{ANNA}")] {
            assert_eq!(monde.lire(IDE_AILLEURS, &adresse).await.status, StatusCode::NOT_FOUND);
        }
        assert!(!monde.lire(IDE_AILLEURS, LISTE).await.texte.contains("BRUMELLE"));
    }

    async fn an_announcement_about_somebody_else_is_taken_back_and_stays_in_history(store: TestStore) {
        let monde = monde(store).await;
        let mut faux = lot(1);
        faux.annonces.push(Annonce { source: Some(faux.source), ..entree(-60) });
        faux.numeros.push(Numero { autorite: "ORMES".into(), numero: "77".into(), remplace_par: None });
        let source = faux.source.to_string();
        assert_eq!(ecrire(&monde, ANNA, faux).await, Note::Neuf);
        // The number is hers: the same for another resident is refused whole.
        let mut meme = lot(2);
        meme.numeros.push(Numero { autorite: "ORMES".into(), numero: "77".into(), remplace_par: None });
        meme.annonces.push(entree(-30));
        assert_eq!(ecrire(&monde, BRUNO, meme.clone()).await, Note::NumeroPris);
        assert!(monde.lire(IDEC, &format!("/residents/{BRUNO}/hospitalisations")).await.texte.contains("Aucun hôpital"));
        let retrait = format!("{}/retrait", page());
        for champs in [[("source", source.as_str()), ("motif", "")], [("source", ""), ("motif", "erreur")]] {
            let reponse = monde.envoyer(IDEC, &retrait, &champs).await;
            assert_eq!(reponse.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(reponse.texte.contains("Oncologie"), "the page stays");
        }
        let inconnue = Uuid::from_u128(1).to_string();
        assert_eq!(monde.envoyer(IDEC, &retrait, &[("source", &inconnue), ("motif", "x")]).await.status, StatusCode::NOT_FOUND);
        let fait = monde.envoyer(IDEC, &retrait, &[("source", &source), ("motif", "homonyme, vu avec le CH")]).await;
        assert_eq!(fait.status, StatusCode::SEE_OTHER);
        assert!(monde.lire(IDEC, &page()).await.texte.contains("Aucun hôpital n'a annoncé de séjour."));
        let gardees: Vec<Stored<hospitalisations::AnnonceGardee>> = monde.store.list(&Reach::All, &Query::person(ANNA)).await.expect("list");
        assert_eq!((gardees[0].version, gardees[0].retiree.as_deref()), (2, Some("homonyme, vu avec le CH")));
        assert_eq!(monde.lignes(IDEC, "hospitalisations.retire").await.len(), 1);
        // The number is free again for whom it belongs to.
        assert_eq!(ecrire(&monde, BRUNO, meme).await, Note::Neuf);
    }

    async fn a_different_identity_is_told_to_those_who_verify_and_changes_nothing(store: TestStore) {
        let monde = monde(store).await;
        let mut avis = lot(1);
        avis.ecarts.push(EcartIdentite { quoi: "Nom de naissance".into(), dit: "BRUMAILLE".into() });
        ecrire(&monde, ANNA, avis.clone()).await;
        // Said again by another message, it is not told twice.
        ecrire(&monde, ANNA, Lot { cle: "autre".into(), ..avis }).await;
        let notes: Vec<Stored<AvisIdentite>> = monde.store.list(&Reach::All, &Query::person(ANNA)).await.expect("list");
        assert_eq!(notes.len(), 1);
        let lu = monde.lire(IDEC, &page()).await.texte;
        assert!(lu.contains("BRUMAILLE") && lu.contains("Ce qui a été vérifié"), "{lu}");
        assert!(monde.lire(IDEC, LISTE).await.texte.contains("nom de naissance"));
        assert!(!monde.lire(CUISINE, &page()).await.texte.contains("BRUMAILLE"));
        assert!(!monde.lire(CUISINE, LISTE).await.texte.contains("Identités différentes"));
        let adresse = format!("{}/avis/{}", page(), notes[0].id);
        assert_eq!(monde.envoyer(IDE, &adresse, &[("note", "vu")]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(monde.envoyer(IDEC, &adresse, &[("note", " ")]).await.status, StatusCode::BAD_REQUEST);
        assert_eq!(monde.envoyer(IDEC, &adresse, &[("note", "erreur du CH, signalée")]).await.status, StatusCode::SEE_OTHER);
        let lu = monde.lire(IDEC, &page()).await.texte;
        assert!(lu.contains("erreur du CH, signalée") && lu.contains("Ida Coordo") && !lu.contains("Ce qui a été vérifié"));
        assert!(!monde.lire(IDEC, LISTE).await.texte.contains("Identités différentes"));
        assert_eq!(monde.envoyer(IDEC, &adresse, &[("note", "encore")]).await.status, StatusCode::BAD_REQUEST);
        let usager = monde.lu::<usagers::Usager>(ANNA).await;
        assert_eq!(usager.version, 1);
    }

    async fn numbers_are_added_and_replaced_never_lost(store: TestStore) {
        let monde = monde(store).await;
        let numero = |numero: &str, par: Option<&str>| Numero { autorite: "ORMES".into(), numero: numero.into(), remplace_par: par.map(str::to_owned) };
        let mut fusion = lot(1);
        fusion.numeros = vec![numero("78", None), numero("77", Some("78"))];
        ecrire(&monde, ANNA, fusion).await;
        // The entry under the former number comes after the merge.
        let mut tardif = lot(2);
        tardif.numeros = vec![numero("77", None)];
        ecrire(&monde, ANNA, tardif).await;
        let connus: Vec<Stored<NumeroHopital>> = monde.store.list(&Reach::All, &Query::person(ANNA)).await.expect("list");
        let mut lus: Vec<(&str, Option<&str>, i64)> = connus.iter().map(|lu| (lu.numero.as_str(), lu.remplace_par.as_deref(), lu.version)).collect();
        lus.sort_unstable();
        assert_eq!(lus, [("77", Some("78"), 1), ("78", None, 1)]);
        assert!(monde.lire(IDE, &page()).await.texte.contains("77, remplacé par 78"));
        assert!(!monde.lire(CUISINE, &page()).await.texte.contains("remplacé par"));
    }

    async fn appointments_to_come_are_on_the_synthesis_and_the_past_is_folded(store: TestStore) {
        let monde = monde(store).await;
        let mut pris = lot(1);
        pris.rendez_vous.push(rendez_vous(&pris, 60 * 26));
        ecrire(&monde, ANNA, pris).await;
        let synthese = monde.lire(AS, &format!("/residents/{ANNA}")).await.texte;
        assert!(synthese.contains("Consultation de douleur") && synthese.contains("CH d'Ormes"), "{synthese}");
        let mut annule = lot(2);
        let annonce = AnnonceRendezVous { dite: Annoncee::Annule, debut: None, annoncee_le: a(30), ..rendez_vous(&annule, 0) };
        annule.rendez_vous.push(annonce);
        ecrire(&monde, ANNA, annule).await;
        assert!(!monde.lire(AS, &format!("/residents/{ANNA}")).await.texte.contains("Consultation de douleur"));
        let lu = monde.lire(AS, &page()).await.texte;
        assert!(lu.contains("Aucun rendez-vous à venir.") && lu.contains("annulé") && lu.contains("Consultation de douleur"), "{lu}");
    }
}

fn rendez_vous(lot: &Lot, minute: i64) -> AnnonceRendezVous {
    AnnonceRendezVous {
        annoncee_le: a(0),
        dite: Annoncee::Pris,
        hopital: hopital(),
        numeros: vec!["agenda/7".into()],
        debut: Some(a(minute)),
        fin: None,
        lieu: Some("bâtiment B".into()),
        service: Some("Consultation de douleur".into()),
        avec: None,
        motif: Some("Suite de chimiothérapie".into()),
        source: Some(lot.source),
    }
}

async fn bouger(monde: &Monde, geste: &str, champs: &[(&str, &str)]) {
    let sejours: Vec<Stored<sejours::Sejour>> = monde.store.list(&Reach::All, &Query::person(ANNA)).await.expect("list");
    let (version, id) = (sejours[0].version.to_string(), monde.services.clock.fresh_id().to_string());
    let mut tous = vec![("jour", "2026-11-21"), ("version", version.as_str()), ("id", id.as_str())];
    tous.extend_from_slice(champs);
    let page = monde.envoyer(IDE, &format!("/residents/{ANNA}/sejour/{geste}"), &tous).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{UNITE}: {}", page.texte);
}
