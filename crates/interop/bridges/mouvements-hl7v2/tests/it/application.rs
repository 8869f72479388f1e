//! From messages to the record: once, in any order, for real messages only.

use documents::{Canal, Reception};
use hospitalisations::{AnnonceGardee, AvisIdentite, NumeroHopital};
use kernel::ins::{DocumentIdentite, Identite, Ins, LieuNaissance, Matricule, Oid, Sexe, Traits};
use monde_essai::une_maison::{ANNA, BRUNO, ETAB, IDE};
use monde_essai::{Monde, une_maison};
use mouvements_hl7v2::{Suite, appliquer};
use platform::store::{Entity, Query, Reach, Stored};
use testkit::TestStore;
use usagers::Identification;
use uuid::Uuid;

use crate::messages::{PID, PV1, avec_champ, message};

async fn monde(store: TestStore, demo: bool) -> Monde {
    let modules = vec![documents::module(), sejours::module(), hospitalisations::module()];
    let monde = une_maison::semer(Monde::nouveau(store, demo, modules)).await;
    let lieu = LieuNaissance::new("51215").expect("place");
    let traits =
        Traits::new("PAT-TROIS", "DOMINIQUE MARIE", "1979-03-28".parse().expect("date"), Sexe::Feminin, lieu).expect("traits");
    let ins = Ins::new(Matricule::new("279035121518989").expect("number"), Oid::Test).expect("ins");
    let identite = Identite::provisoire(traits.clone()).insi_obtenue(ins, traits).expect("insi");
    let identite = identite.document_verifie(DocumentIdentite::Passeport).expect("document");
    let fiche = Identification { usager: ANNA, etablissement: ETAB, identite, nom_utilise: None, prenom_utilise: None };
    monde.ecrire(Identification::id(ANNA), &fiche).await;
    monde
}

async fn noter(monde: &Monde, octets: &[u8]) -> Suite {
    appliquer(&monde.services, ANNA, monde.services.clock.fresh_id(), octets).await.expect("applied")
}

async fn tous<E: Entity>(monde: &Monde) -> Vec<Stored<E>> {
    monde.store.list(&Reach::All, &Query::person(ANNA)).await.expect("list")
}

fn zbe(numero: &str, action: &str, origine: &str, heure: &str) -> String {
    format!("ZBE|{numero}^GAM|202611201{heure}00||{action}|N|{origine}|Médecine^^^^^ORMES&750000999&M^UF^^^2210||HMS")
}

/// A message said at a minute of the morning: EVN-2 and MSH-7 follow.
fn dit(evenement: &str, numero: &str, minute: u32, suite: &[&str]) -> Vec<u8> {
    let texte = String::from_utf8(message(evenement, numero, PID, suite)).expect("UTF-8");
    texte.replace("EVN||20261120101500", &format!("EVN||2026112010{minute:02}00")).into_bytes()
}

/// A stay told in seven messages: entry, transfer cancelled, leave, return, exit cancelled then done again.
fn sejour() -> Vec<Vec<u8>> {
    let dits = [
        ("A01", "1", 1, zbe("M-1", "INSERT", "", "000")),
        ("A02", "2", 2, zbe("M-2", "INSERT", "", "001")),
        ("A12", "3", 3, zbe("M-2", "CANCEL", "A02", "001")),
        ("A21", "4", 4, zbe("M-3", "INSERT", "", "002")),
        ("A22", "5", 5, zbe("M-4", "INSERT", "", "003")),
        ("A03", "6", 6, zbe("M-5", "INSERT", "", "004")),
        ("A13", "7", 7, zbe("M-5", "CANCEL", "A03", "004")),
        ("A03", "8", 8, zbe("M-6", "INSERT", "", "005")),
        ("Z99", "9", 9, zbe("M-6", "UPDATE", "A03", "006")),
    ];
    dits.iter().map(|(evenement, numero, minute, zbe)| dit(evenement, numero, *minute, &[PV1, zbe])).collect()
}

/// What the page of the person says of her stay, without what moves from a run to the other.
async fn recit(monde: &Monde) -> String {
    let texte = monde.lire(IDE, &format!("/residents/{ANNA}/hospitalisations")).await.texte;
    let debut = texte.find("Ce que l'hôpital a annoncé");
    assert!(debut.is_some(), "{texte}");
    texte[debut.unwrap_or_default()..].split("</ol>").next().expect("a timeline").to_owned()
}

testkit::on_both! {
    async fn a_stay_is_the_same_whatever_the_order_and_the_repetitions(store: TestStore) {
        let monde = monde(store, true).await;
        let dits = sejour();
        for octets in &dits {
            assert!(matches!(noter(&monde, octets).await, Suite::Faite(_)));
        }
        let droit = recit(&monde).await;
        for mots in ["Entrée à l'hôpital", "Annulé par l'hôpital", "Départ en permission", "Retour de permission", "Sortie de l'hôpital"] {
            assert!(droit.contains(mots), "{mots}: {droit}");
        }
        assert_eq!(droit.matches("frise-titre").count(), 6, "{droit}");
        let gardees = tous::<AnnonceGardee>(&monde).await.len();
        assert_eq!(gardees, dits.len());
        for octets in dits.iter().rev() {
            noter(&monde, octets).await;
        }
        assert_eq!(tous::<AnnonceGardee>(&monde).await.len(), gardees, "nothing twice");
        assert_eq!(recit(&monde).await, droit);
    }

    async fn the_reverse_order_tells_the_same_stay(store: TestStore) {
        let monde = monde(store, true).await;
        let dits = sejour();
        let mut phrases = Vec::new();
        for octets in dits.iter().rev() {
            phrases.push(noter(&monde, octets).await.phrase().to_owned());
        }
        assert!(phrases[0].starts_with("Correction d'un mouvement inconnu (sortie)"), "{phrases:?}");
        assert!(phrases.iter().any(|phrase| phrase == "Annulation d'un mouvement inconnu (sortie) : gardée."), "{phrases:?}");
        assert_eq!(phrases.last().map(String::as_str), Some("Entrée à l'hôpital : notée."));
        let page = recit(&monde).await;
        assert_eq!(page.matches("frise-titre").count(), 6, "{page}");
        assert_eq!(page.matches("Annulé par l'hôpital").count(), 2, "{page}");
        assert!(!page.contains("Annulation reçue sans"), "{page}");
    }

    async fn messages_at_the_same_time_are_each_noted_once(store: TestStore) {
        let monde = monde(store, true).await;
        let dits = sejour();
        let envois: Vec<_> = dits.iter().chain(&dits).map(|octets| {
            let (services, octets) = (std::sync::Arc::clone(&monde.services), octets.clone());
            let reception = services.clock.fresh_id();
            tokio::spawn(async move { appliquer(&services, ANNA, reception, &octets).await })
        }).collect();
        for envoi in envois {
            assert!(matches!(envoi.await.expect("no panic").expect("applied"), Suite::Faite(_)));
        }
        assert_eq!(tous::<AnnonceGardee>(&monde).await.len(), dits.len());
        assert_eq!(recit(&monde).await.matches("frise-titre").count(), 6);
    }

    async fn the_same_number_with_other_words_is_for_somebody_to_compare(store: TestStore) {
        let monde = monde(store, true).await;
        let premier = dit("A01", "1", 1, &[PV1, &zbe("M-1", "INSERT", "", "000")]);
        let suite = noter(&monde, &premier).await;
        assert_eq!(suite, Suite::Faite("Entrée à l'hôpital : notée.".into()));
        assert_eq!(noter(&monde, &premier).await, suite, "said again, it answers the same");
        let autre = dit("A01", "1", 1, &[PV1, &zbe("M-1", "INSERT", "", "009")]);
        assert!(matches!(noter(&monde, &autre).await, Suite::AVoir(phrase) if phrase.contains("même numéro")));
        assert_eq!(tous::<AnnonceGardee>(&monde).await.len(), 1);
    }

    async fn only_production_messages_change_a_record_in_production(store: TestStore) {
        let monde = monde(store, false).await;
        let essai = dit("A01", "1", 1, &[PV1, &zbe("M-1", "INSERT", "", "000")]);
        assert!(matches!(noter(&monde, &essai).await, Suite::SansEffet(phrase) if phrase.contains("essai")));
        let texte = String::from_utf8(essai).expect("UTF-8");
        assert!(matches!(noter(&monde, texte.replace("|1|T|", "|1||").as_bytes()).await, Suite::AVoir(phrase) if phrase.contains("MSH-11")));
        assert!(tous::<AnnonceGardee>(&monde).await.is_empty());
        assert!(matches!(noter(&monde, texte.replace("|1|T|", "|1|P|").as_bytes()).await, Suite::Faite(_)));
        assert_eq!(tous::<AnnonceGardee>(&monde).await.len(), 1);
    }

    async fn what_is_not_understood_is_told_and_writes_nothing(store: TestStore) {
        let monde = monde(store, true).await;
        let insert = zbe("M-1", "INSERT", "", "000");
        let mort = avec_champ(PID, 30, "Y");
        let cas: [(Vec<u8>, &str); 9] = [
            (dit("A97", "1", 1, &[PV1, &insert]), "« A97 » inconnu"),
            (dit("A44", "2", 1, &["MRG|77000^^^ORMES^PI||F-1"]), "déplace un séjour"),
            (dit("Z99", "3", 1, &[PV1, &zbe("M-1", "UPDATE", "", "000")]), "sans dire lequel"),
            (message("A31", "4", &mort, &[]), "signale un décès"),
            (dit("A01", "5", 1, &[PID, PV1, &insert]), "plusieurs personnes"),
            (dit("A01", "6", 1, &[&insert]), "n'a pas pu être lu (missing)"),
            (dit("A01", "7", 1, &[PV1, &insert]).into_iter().chain(vec![b' '; 1 << 20]).collect(), "trop long"),
            (b"bonjour".to_vec(), "n'a pas pu être lu (not_hl7)"),
            (String::from_utf8(dit("A01", "8", 1, &[])).expect("UTF-8").replace("ADT^A01", "ORU^R01").into_bytes(), "ni un mouvement"),
        ];
        for (octets, dit) in &cas {
            let suite = noter(&monde, octets).await;
            assert!(suite.attend_quelqu_un() && suite.phrase().contains(dit), "{dit}: {suite:?}");
        }
        let medecin = noter(&monde, &dit("A54", "9", 1, &[PV1, &insert])).await;
        assert!(matches!(&medecin, Suite::Faite(phrase) | Suite::SansEffet(phrase) if phrase.contains("médecin")), "{medecin:?}");
        assert!(tous::<AnnonceGardee>(&monde).await.is_empty());
        assert!(appliquer(&monde.services, kernel::id::UsagerId(Uuid::from_u128(99)), Uuid::nil(), &sejour()[0]).await.is_err());
    }

    async fn an_identity_which_differs_is_told_and_ours_stays(store: TestStore) {
        let monde = monde(store, true).await;
        let meme = noter(&monde, &message("A31", "1", PID, &[])).await;
        assert_eq!(meme.phrase(), "Identité reçue de l'hôpital.");
        let autre = PID.replace("19790328", "19790329").replace("|F|", "|M|");
        let suite = noter(&monde, &message("A08", "2", &autre, &[PV1])).await;
        assert!(matches!(&suite, Suite::Faite(phrase) if phrase.contains("date de naissance, sexe")), "{suite:?}");
        assert!(!suite.phrase().contains("1979"), "no trait of a person in the sentence");
        let avis = tous::<AvisIdentite>(&monde).await;
        assert_eq!(avis.len(), 1);
        assert_eq!(avis[0].ecarts.iter().map(|ecart| ecart.dit.as_str()).collect::<Vec<_>>(), ["29/03/1979", "M"]);
        // Fewer given names said is a difference of the list; the first alone, without the list, is not.
        let sans_liste = PID.replace("^DOMINIQUE MARIE^", "^^");
        noter(&monde, &message("A31", "3", &sans_liste, &[])).await;
        assert_eq!(tous::<AvisIdentite>(&monde).await.len(), 1);
        assert_eq!(monde.lu::<Identification>(Identification::id(ANNA)).await.version, 1);
    }

    async fn a_merge_renumbers_and_a_number_of_somebody_else_is_refused(store: TestStore) {
        let monde = monde(store, true).await;
        let suite = noter(&monde, &message("A40", "1", PID, &["MRG|77000^^^ORMES&750000999&M^PI"])).await;
        assert_eq!(suite, Suite::Faite("Numéro de la personne à l'hôpital remplacé : noté.".into()));
        let mut numeros: Vec<(String, Option<String>)> =
            tous::<NumeroHopital>(&monde).await.into_iter().map(|lu| (lu.value.numero, lu.value.remplace_par)).collect();
        numeros.sort();
        assert_eq!(numeros, [("77000".into(), Some("77001".into())), ("77001".into(), None)]);
        let octets = dit("A01", "2", 1, &[PV1, &zbe("M-1", "INSERT", "", "000")]);
        let autre = appliquer(&monde.services, BRUNO, Uuid::nil(), &octets).await.expect("applied");
        assert!(matches!(autre, Suite::AVoir(phrase) if phrase.contains("autre résident")));
        let chez_bruno: Vec<Stored<AnnonceGardee>> = monde.store.list(&Reach::All, &Query::person(BRUNO)).await.expect("list");
        assert!(chez_bruno.is_empty());
    }

    async fn the_hospital_bears_the_name_the_house_gave_its_listener(store: TestStore) {
        let monde = monde(store, true).await;
        let octets = &sejour()[0];
        let canal = Canal { code: "mllp".into(), etablissement: Some(ETAB), emetteur: "Centre hospitalier d'Ormes".into() };
        let recue: Stored<Reception> = documents::recevoir(&monde.services, canal, "a.hl7", octets).await.expect("kept");
        appliquer(&monde.services, ANNA, recue.id, octets).await.expect("applied");
        let page = monde.lire(IDE, &format!("/residents/{ANNA}/hospitalisations")).await.texte;
        assert!(page.contains("Centre hospitalier d'Ormes"), "{page}");
    }

    async fn an_appointment_is_noted_moved_and_cancelled(store: TestStore) {
        let monde = monde(store, true).await;
        let siu = |evenement: &str, numero: &str, heure: &str, quand: &str| {
            let sch = format!("SCH|D-1^DUI|A-9^ORMES|||||CHUTE^Bilan de chute^L|CONS^Consultation de gériatrie^L|45|min|^^^{quand}");
            let texte = String::from_utf8(message(evenement, numero, &sch, &[PID])).expect("UTF-8");
            texte.replace("20261120103000", heure).into_bytes()
        };
        let dits = [
            siu("S12", "1", "20261120080000", "20261202140000"),
            siu("S13", "2", "20261120090000", "20261203100000"),
            siu("S15", "3", "20261120100000", "20261203100000"),
        ];
        assert_eq!(noter(&monde, &dits[1]).await.phrase(), "Rendez-vous déplacé, qui n'était pas connu : gardé.");
        assert_eq!(noter(&monde, &dits[0]).await.phrase(), "Rendez-vous à l'hôpital : noté.");
        let page = || async { monde.lire(IDE, &format!("/residents/{ANNA}/hospitalisations")).await.texte };
        let avant = page().await;
        assert!(avant.contains("jeudi 3 déc") || avant.contains("3 déc") || avant.contains("03/12"), "{avant}");
        assert!(avant.contains("déplacé") && avant.contains("Bilan de chute") && avant.contains("(avant : "), "{avant}");
        assert_eq!(noter(&monde, &dits[2]).await.phrase(), "Rendez-vous annulé : noté.");
        assert!(page().await.contains("Aucun rendez-vous à venir."));
    }
}
