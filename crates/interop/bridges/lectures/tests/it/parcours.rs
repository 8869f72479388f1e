//! A letter comes back from the hospital: its lines, what a nurse makes of them, where they end.

use http::StatusCode;
use kernel::id::CompteId;
use medical::{Etat as EtatElement, Nature, Origine};
use monde_essai::role;
use monde_essai::une_maison::{ANNA, ETAB, IDE};
use propositions::{Etat, Famille};
use testkit::TestStore;
use usagers::{Alertes, Allergies};
use uuid::Uuid;

use crate::lettre::{lettre, retour, section, traitement};
use crate::monde::{base, classer, connu, dossier, geste, lecture, ligne, monde, proposees};

testkit::on_both! {
    async fn a_letter_is_proposed_once_and_nothing_enters_by_itself(store: TestStore) {
        let monde = monde(store).await;
        let document = classer(&monde, &retour("1.2.3", None)).await;
        let lues = proposees(&monde).await;
        let familles: Vec<Famille> = lues.iter().map(|lu| lu.ligne.famille).collect();
        assert_eq!(
            familles,
            [Famille::TraitementSortie, Famille::TraitementSortie, Famille::Pathologie, Famille::TraitementArrete, Famille::Allergie, Famille::Constante],
            "the message came twice"
        );
        assert!(lues.iter().all(|lu| lu.etat == Etat::Proposee && lu.source.document == document));
        assert_eq!(lecture(&monde, document).await.non_lues, 1, "a negated disease is left to the reader");
        assert!(dossier(&monde).await.is_empty());
        let page = monde.lire(IDE, &base("")).await.texte;
        for dit in ["6 lignes attendent", "1 ligne du document n'a pas pu être lue", "APIXABAN 5 mg, comprimé", "1 matin et soir", "urticaire", "52,4 kg", "ESSAI"] {
            assert!(page.contains(dit), "{dit}: {page}");
        }
        assert!(!page.contains("Diabète"));
        let page = monde.lire(IDE, &format!("/residents/{ANNA}")).await.texte;
        assert!(page.contains("6 lignes de documents reçus attendent"), "{page}");
        let page = monde.lire(IDE, &format!("/residents/{ANNA}/documents/{document}")).await.texte;
        assert!(page.contains("Lignes lues : 6, à traiter : 6") && page.contains("n'a pas pu être lue"), "{page}");
        let file = monde.lire(IDE, "/propositions").await.texte;
        assert!(file.contains("BRUMELLE") && file.contains("3 traitements, 1 allergie, 1 résultat, 1 autre"), "{file}");
        assert!(monde.lire(IDE, "/propositions?q=brumelle&quoi=allergies").await.texte.contains("BRUMELLE"));
        assert!(!monde.lire(IDE, "/propositions?q=castagnol").await.texte.contains("BRUMELLE"));
    }

    async fn a_line_accepted_enters_the_file_with_its_origin_and_once(store: TestStore) {
        let monde = monde(store).await;
        let document = classer(&monde, &retour("1.2.3", None)).await;
        let lu = ligne(&monde, "Fibrillation").await;
        for _ in 0..2 {
            let page = monde.envoyer(IDE, &base(&format!("/{}", lu.id)), &geste("accepter", "1")).await;
            assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.texte);
        }
        let elements = dossier(&monde).await;
        let [element] = elements.as_slice() else { panic!("{elements:?}") };
        assert_eq!((element.nature, element.libelle.as_str()), (Nature::Pathologie, "Fibrillation auriculaire"));
        assert_eq!(element.code.as_ref().map(|code| code.code.as_str()), Some("I48.9"));
        assert_eq!(element.origine, Origine::Document { document, repere: lu.ligne.repere.clone() });
        let Etat::Acceptee { entree, par, .. } = ligne(&monde, "Fibrillation").await.etat.clone() else { panic!("accepted") };
        assert_eq!((entree, par.as_str()), (Some(element.id), "Essai ide"));
        let page = monde.lire(IDE, &format!("/residents/{ANNA}/medical")).await.texte;
        assert!(page.contains("Fibrillation auriculaire") && page.contains("repris d'un document reçu"), "{page}");
        assert_eq!(monde.lignes(IDE, "propositions.acceptees").await.len(), 1);
    }

    async fn treatments_stand_side_by_side_and_a_change_ends_the_former_one(store: TestStore) {
        let monde = monde(store).await;
        let apixaban = connu(&monde, 1, Nature::Traitement, "Apixaban 2,5 mg", "1 matin et soir").await;
        let furosemide = connu(&monde, 2, Nature::Traitement, "Furosémide 40 mg", "1 le matin").await;
        let lactulose = connu(&monde, 3, Nature::Traitement, "Lactulose", "1 sachet").await;
        let document = classer(&monde, &retour("1.2.3", None)).await;
        let page = monde.lire(IDE, &base(&format!("?document={document}"))).await.texte;
        for dit in ["changés : 1, nouveaux : 1, arrêtés : 1", "Apixaban 2,5 mg · 1 matin et soir", "absent du dossier", "non cité par le document"] {
            assert!(page.contains(dit), "{dit}: {page}");
        }
        assert!(page.contains(&format!("value=\"{apixaban}:1\"")), "the treatment beside the line is named: {page}");
        let change = ligne(&monde, "APIXABAN").await;
        let avant = format!("{apixaban}:1");
        let champs = [("geste", "accepter"), ("version", "1"), ("avant", avant.as_str())];
        assert_eq!(monde.envoyer(IDE, &base(&format!("/{}", change.id)), &champs).await.status, StatusCode::SEE_OTHER);
        let arret = ligne(&monde, "FUROSEMIDE").await;
        let avant = format!("{furosemide}:1");
        let champs = [("geste", "accepter"), ("version", "1"), ("avant", avant.as_str())];
        assert_eq!(monde.envoyer(IDE, &base(&format!("/{}", arret.id)), &champs).await.status, StatusCode::SEE_OTHER);
        let elements = dossier(&monde).await;
        let de = |id| elements.iter().find(|lu| lu.id == id).expect("there").value.clone();
        assert!(matches!(&de(apixaban).etat, EtatElement::Termine { motif, .. } if motif.contains("Lettre de sortie")));
        assert!(matches!(&de(furosemide).etat, EtatElement::Termine { motif, .. } if motif.starts_with("Arrêté pendant")));
        assert!(de(lactulose).en_vigueur(), "what the letter does not name stays");
        let nouveau = elements.iter().find(|lu| lu.libelle.starts_with("APIXABAN")).expect("taken");
        assert!(nouveau.en_vigueur() && nouveau.detail == "1 matin et soir");
        assert_eq!(elements.len(), 4, "a stopped treatment makes no new entry");
        let page = monde.lire(IDE, &base(&format!("?document={document}"))).await.texte;
        assert!(page.contains("terminé le") && page.contains("acceptée par Essai ide"), "{page}");
    }

    async fn what_the_record_says_already_is_shown_as_such_and_never_hidden(store: TestStore) {
        let monde = monde(store).await;
        connu(&monde, 1, Nature::Traitement, "Apixaban 5 mg, comprimé", "1 matin et soir").await;
        connu(&monde, 2, Nature::Pathologie, "fibrillation  AURICULAIRE", "").await;
        classer(&monde, &retour("1.2.3", None)).await;
        for mots in ["APIXABAN", "Fibrillation"] {
            assert!(matches!(&ligne(&monde, mots).await.etat, Etat::Connue { entree: Some(_), par } if par.is_empty()), "{mots}");
        }
        let page = monde.lire(IDE, &base("")).await.texte;
        assert!(page.contains("4 lignes attendent") && page.contains("déjà au dossier") && page.contains("Fibrillation auriculaire"), "{page}");
        // Another dose is no known treatment; a line which became known since is told, and one may say so.
        connu(&monde, 3, Nature::Traitement, "Paracétamol 1 g", "1 matin, midi et soir").await;
        let lu = ligne(&monde, "PARACETAMOL").await;
        assert_eq!(lu.etat, Etat::Proposee);
        assert!(monde.lire(IDE, &base("")).await.texte.contains("value=\"connue\""));
        monde.envoyer(IDE, &base(&format!("/{}", lu.id)), &geste("connue", "1")).await;
        assert!(matches!(&ligne(&monde, "PARACETAMOL").await.etat, Etat::Connue { par, .. } if par == "Essai ide"));
        assert_eq!(dossier(&monde).await.len(), 3);
    }

    async fn a_line_is_left_with_its_reason_and_may_come_back(store: TestStore) {
        let monde = monde(store).await;
        classer(&monde, &retour("1.2.3", None)).await;
        let lu = ligne(&monde, "PARACETAMOL").await;
        let une = base(&format!("/{}", lu.id));
        let champs = [("geste", "ecarter"), ("version", "1"), ("motif", "déjà prescrit autrement")];
        monde.envoyer(IDE, &une, &champs).await;
        assert!(matches!(&ligne(&monde, "PARACETAMOL").await.etat, Etat::Ecartee { motif, .. } if motif == "déjà prescrit autrement"));
        assert!(monde.lire(IDE, &base("")).await.texte.contains("écartée par Essai ide : déjà prescrit autrement"));
        monde.envoyer(IDE, &une, &geste("revoir", "2")).await;
        assert_eq!(ligne(&monde, "PARACETAMOL").await.etat, Etat::Proposee);
        assert!(dossier(&monde).await.is_empty());
        assert_eq!(monde.envoyer(IDE, &une, &geste("accepter", "1")).await.status, StatusCode::CONFLICT, "an old screen");
        assert_eq!(monde.envoyer(IDE, &une, &geste("jeter", "3")).await.status, StatusCode::BAD_REQUEST);
    }

    async fn words_are_corrected_before_they_are_taken_and_the_line_keeps_its_own(store: TestStore) {
        let monde = monde(store).await;
        classer(&monde, &retour("1.2.3", None)).await;
        let lu = ligne(&monde, "PARACETAMOL").await;
        let une = base(&format!("/{}", lu.id));
        let page = monde.lire(IDE, &une).await.texte;
        assert!(page.contains("value=\"PARACETAMOL 1 g\"") && page.contains("CIS 60000002"), "{page}");
        let champs = |libelle| [("geste", "accepter"), ("version", "1"), ("corrige", "oui"), ("libelle", libelle), ("detail", "si douleur"), ("debut", "18/11/2026"), ("a_risque", "on")];
        let page = monde.envoyer(IDE, &une, &champs("  ")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.texte.contains("Écrivez de quoi il s'agit") && page.texte.contains("si douleur"), "{}", page.texte);
        assert_eq!(monde.envoyer(IDE, &une, &champs("Paracétamol 1 g")).await.status, StatusCode::SEE_OTHER);
        let elements = dossier(&monde).await;
        assert_eq!((elements[0].libelle.as_str(), elements[0].detail.as_str(), elements[0].a_risque), ("Paracétamol 1 g", "si douleur", true));
        assert_eq!(ligne(&monde, "PARACETAMOL").await.ligne, lu.ligne);
    }

    async fn an_allergy_where_none_was_known_is_confirmed_first(store: TestStore) {
        let monde = monde(store).await;
        let alertes = Alertes { allergies: Allergies::Aucune { verifie_le: "2026-01-02".parse().expect("a date") }, ..Alertes::vides(ANNA, ETAB) };
        monde.ecrire(Alertes::id(ANNA), &alertes).await;
        classer(&monde, &retour("1.2.3", None)).await;
        let lu = ligne(&monde, "Amoxicilline").await;
        let une = base(&format!("/{}", lu.id));
        let page = monde.envoyer(IDE, &une, &geste("accepter", "1")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.texte.contains("aucune allergie connue") && page.texte.contains("2 janv. 2026"), "{}", page.texte);
        assert!(matches!(monde.lu::<Alertes>(Alertes::id(ANNA)).await.allergies, Allergies::Aucune { .. }));
        let champs = [("geste", "accepter"), ("version", "1"), ("corrige", "oui"), ("confirme", "oui"), ("libelle", "Amoxicilline"), ("detail", "urticaire"), ("debut", "2019")];
        assert_eq!(monde.envoyer(IDE, &une, &champs).await.status, StatusCode::SEE_OTHER);
        let Allergies::Connues { liste } = monde.lu::<Alertes>(Alertes::id(ANNA)).await.allergies.clone() else { panic!("known") };
        assert_eq!((liste.len(), liste[0].agent.as_str(), liste[0].reaction.as_str(), liste[0].annee), (1, "Amoxicilline", "urticaire", Some(2019)));
        // The next letter says the same: known, and never twice.
        classer(&monde, &retour("1.2.4", None)).await;
        let etats: Vec<Etat> = proposees(&monde).await.iter().filter(|lu| lu.ligne.famille == Famille::Allergie).map(|lu| lu.etat.clone()).collect();
        assert!(etats.iter().any(|etat| matches!(etat, Etat::Connue { .. })), "{etats:?}");
    }

    async fn a_weight_goes_to_the_vital_signs(store: TestStore) {
        let monde = monde(store).await;
        classer(&monde, &retour("1.2.3", None)).await;
        let lu = ligne(&monde, "Poids").await;
        for _ in 0..2 {
            monde.envoyer(IDE, &base(&format!("/{}", lu.id)), &geste("accepter", "1")).await;
        }
        let page = monde.lire(IDE, &format!("/residents/{ANNA}/constantes")).await.texte;
        assert!(page.contains("52,4"), "{page}");
        let mesures: Vec<platform::store::Stored<constantes::Constante>> = monde.store.list(&platform::store::Reach::All, &platform::store::Query::person(ANNA)).await.expect("list");
        assert!(mesures.len() == 1 && mesures[0].commentaire.contains("Lettre de sortie") && !mesures[0].heure_a_confirmer);
        assert_eq!(mesures[0].mesuree_le, testkit::instant("2026-11-18T08:00:00Z"));
    }

    async fn everything_on_screen_is_taken_and_nothing_else(store: TestStore) {
        let monde = monde(store).await;
        let section = section("10183-2", &[traitement("A 1 mg", "60000011", "1"), traitement("B 1 mg", "60000012", "1"), traitement("C 1 mg", "60000013", "1")]);
        classer(&monde, &lettre("1.2.9", None, &[section])).await;
        let page = monde.lire(IDE, &base("")).await.texte;
        let lignes: Vec<String> = page.split("name=\"ligne\" value=\"").skip(1).filter_map(|suite| suite.split('"').next()).map(str::to_owned).collect();
        assert_eq!(lignes.len(), 3, "{page}");
        let ailleurs = format!("/residents/{}/propositions", monde_essai::une_maison::BRUNO);
        assert_eq!(monde.envoyer(IDE, &ailleurs, &[("ligne", lignes[0].as_str())]).await.status, StatusCode::NOT_FOUND, "lines of somebody else");
        let deux: Vec<(&str, &str)> = lignes[..2].iter().map(|ligne| ("ligne", ligne.as_str())).collect();
        assert_eq!(monde.envoyer(IDE, &base(""), &deux).await.status, StatusCode::SEE_OTHER);
        assert_eq!(monde.envoyer(IDE, &base(""), &deux).await.status, StatusCode::SEE_OTHER, "sent twice");
        assert_eq!(dossier(&monde).await.len(), 2);
        assert_eq!(proposees(&monde).await.iter().filter(|lu| lu.attend()).count(), 1);
        assert_eq!(monde.envoyer(IDE, &base(""), &[("ligne", "x")]).await.status, StatusCode::BAD_REQUEST);
    }

    async fn two_persons_settle_the_same_line_at_once_and_the_second_is_told(store: TestStore) {
        let monde = monde(store).await;
        monde.compte(MEDECIN, "Maud Médecin", vec![role("medecin", Some(ETAB), &[])]).await;
        let traitements: Vec<String> = (0..12).map(|rang| traitement(&format!("PRODUIT {rang}"), &format!("600000{rang:02}"), "1")).collect();
        classer(&monde, &lettre("1.2.9", None, &[section("10183-2", &traitements)])).await;
        // Signed in before: the acts alone are at once.
        let (ide, medecin) = (monde.session(IDE).await, monde.session(MEDECIN).await);
        for lu in proposees(&monde).await {
            let une = base(&format!("/{}", lu.id));
            let (prendre, laisser) = (geste("accepter", "1"), geste("ecarter", "1"));
            let (a, b) = tokio::join!(monde.post(Some(&ide), &une, &prendre), monde.post(Some(&medecin), &une, &laisser));
            assert_eq!([a.status, b.status], [StatusCode::SEE_OTHER; 2], "{} {}", a.texte, b.texte);
        }
        let lues = proposees(&monde).await;
        let prises = lues.iter().filter(|lu| matches!(lu.etat, Etat::Acceptee { .. })).count();
        assert!(lues.iter().all(|lu| lu.version == 2), "one of them wrote, the other is told");
        assert_eq!(dossier(&monde).await.len(), prises, "what the physician left first is not taken");
        assert_eq!(monde.lignes(IDE, "propositions.acceptees").await.len(), prises);
    }

    async fn a_message_which_comes_again_undoes_nothing_of_what_was_decided(store: TestStore) {
        let monde = monde(store).await;
        let document = classer(&monde, &retour("1.2.3", None)).await;
        let lu = ligne(&monde, "PARACETAMOL").await;
        monde.envoyer(IDE, &base(&format!("/{}", lu.id)), &geste("ecarter", "1")).await;
        monde.store.clock.advance(3600);
        let classe = documents::Classe { usager: ANNA, document, type_code: "11490-0".into(), date: None };
        propositions::proposer(&monde.services, &classe, lectures::lire(&retour("1.2.3", None)).expect("structured")).await.expect("said again");
        assert!(matches!(ligne(&monde, "PARACETAMOL").await.etat, Etat::Ecartee { .. }));
        assert_eq!(proposees(&monde).await.len(), 6);
    }
}

const MEDECIN: CompteId = CompteId(Uuid::from_u128(0x94));
