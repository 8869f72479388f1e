//! Several mailboxes in a house: who sends from each, who reads what comes to it, who opens them; the citizen's only with a
//! qualified INS.

use correspondants::{GenreMessagerie, Messagerie};
use documents::{Canal, Courrier, Reserve};
use http::StatusCode;
use kernel::id::CompteId;
use monde_essai::role;
use monde_essai::une_maison::SECRETAIRE;
use testkit::TestStore;
use usagers::Identification;
use uuid::Uuid;

use crate::monde::{ANNA, BOITE, ETAB, HOPITAL, IDE, Monde, identite};

const MEDECIN: CompteId = CompteId(Uuid::from_u128(0x23));
const DIRECTION: CompteId = CompteId(Uuid::from_u128(0x24));
const SIENNE: &str = "eve.medecin@ehpad-test.mssante.fr";
const SOIGNANTE: &str = "soins@ehpad-test.mssante.fr";
const CITOYEN: &str = "279035121518989@patient.mssante.fr";

async fn monde(store: TestStore) -> Monde {
    let monde = Monde::new(store, None).await;
    monde.compte(MEDECIN, "Ève Médecin", vec![role("medecin", Some(ETAB), &[])]).await;
    monde.compte(DIRECTION, "Dina Direction", vec![role("direction", Some(ETAB), &[])]).await;
    let boite = |adresse: &str, genre, titulaire, profils: &[&str]| Messagerie {
        adresse: adresse.into(),
        nom: adresse.split('@').next().unwrap_or_default().into(),
        genre,
        etablissement: ETAB,
        titulaire,
        profils: profils.iter().map(|code| (*code).to_owned()).collect(),
        active: true,
    };
    monde.ecrire(Uuid::from_u128(0xB1), &boite(SIENNE, GenreMessagerie::Personne, Some(MEDECIN), &[])).await;
    monde.ecrire(Uuid::from_u128(0xB2), &boite(SOIGNANTE, GenreMessagerie::Role, None, &["ide", "idec"])).await;
    monde.envoyer(IDE, &format!("/residents/{ANNA}/dlu/signature"), &[]).await;
    monde
}

async fn document(monde: &Monde) -> String {
    let formulaire = monde.lire(IDE, &format!("/residents/{ANNA}/envois/nouveau")).await.texte;
    let debut = formulaire.split("name=\"documents\" value=\"").nth(1).expect("a document");
    debut.split('"').next().expect("its id").to_owned()
}

testkit::on_both! {
    async fn one_sends_from_the_mailboxes_that_are_theirs(store: TestStore) {
        let monde = monde(store).await;
        let nouveau = format!("/residents/{ANNA}/envois/nouveau");
        let (infirmiere, medecin) = (monde.lire(IDE, &nouveau).await.texte, monde.lire(MEDECIN, &nouveau).await.texte);
        assert!(infirmiere.contains(SOIGNANTE) && infirmiere.contains(BOITE) && !infirmiere.contains(SIENNE), "{infirmiere}");
        assert!(medecin.contains(SIENNE) && medecin.contains(BOITE) && !medecin.contains(SOIGNANTE), "{medecin}");
        let document = document(&monde).await;
        let (sienne, soignante) = (Uuid::from_u128(0xB1).to_string(), Uuid::from_u128(0xB2).to_string());
        let envoi = |boite: &str| vec![("documents".to_owned(), document.clone()), ("destinataire-0".to_owned(), HOPITAL.to_owned()), ("boite".to_owned(), boite.to_owned())];
        let adresse = format!("/residents/{ANNA}/envois");
        for (qui, boite, permis) in [(IDE, &sienne, false), (MEDECIN, &soignante, false), (IDE, &soignante, true), (MEDECIN, &sienne, true)] {
            let champs = envoi(boite);
            let prets: Vec<(&str, &str)> = champs.iter().map(|(nom, valeur)| (nom.as_str(), valeur.as_str())).collect();
            let page = monde.envoyer(qui, &adresse, &prets).await;
            if permis {
                assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.texte);
            } else {
                assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
                assert!(page.texte.contains("ne vous est pas ouverte"), "{}", page.texte);
            }
        }
        let choisies: Vec<Option<Uuid>> = monde.envois().await.iter().map(|lu| lu.boite).collect();
        assert!(choisies.len() == 2 && choisies.contains(&Some(Uuid::from_u128(0xB1))) && choisies.contains(&Some(Uuid::from_u128(0xB2))), "{choisies:?}");
    }

    async fn what_comes_to_a_mailbox_is_read_by_whom_it_is_for(store: TestStore) {
        let monde = monde(store).await;
        let medecin = Reserve { compte: Some(MEDECIN), profils: Vec::new() };
        let soins = Reserve { compte: None, profils: vec!["ide".into(), "idec".into()] };
        let mut recus = Vec::new();
        for (boite, reserve, objet) in [(SIENNE, medecin, "Pour vous seule"), (SOIGNANTE, soins, "Pour les soins"), (BOITE, Reserve::default(), "Pour la maison")] {
            let octets = format!("From: <{HOPITAL}>\r\nTo: <{boite}>\r\nSubject: {objet}\r\nMessage-ID: <a@b.fr>\r\n\r\nBonjour.\r\n");
            let canal = Canal { code: "mssante".into(), etablissement: Some(ETAB), emetteur: HOPITAL.into() };
            let courrier = Courrier { boite: boite.into(), reserve, accuse: false };
            recus.push(documents::garder_courrier(&monde.services, (canal, courrier), "c.eml", octets.as_bytes()).await.expect("kept"));
        }
        let _ = monde.travailler().await;
        let voit = async |qui| {
            let liste = monde.lire(qui, "/liaisons/reception").await.texte;
            ["Pour vous seule", "Pour les soins", "Pour la maison"].map(|objet| liste.contains(objet))
        };
        assert_eq!(voit(MEDECIN).await, [true, false, true]);
        assert_eq!(voit(IDE).await, [false, true, true]);
        assert_eq!(voit(SECRETAIRE).await, [false, false, true]);
        for (qui, rang, permis) in [(MEDECIN, 0, true), (IDE, 0, false), (IDE, 1, true), (SECRETAIRE, 1, false)] {
            let page = monde.lire(qui, &format!("/liaisons/reception/{}", recus[rang])).await;
            assert_eq!(page.status == StatusCode::OK, permis, "{rang}");
        }
        assert_eq!(monde.lire(IDE, &format!("/liaisons/reception/{}/fichier", recus[0])).await.status, StatusCode::NOT_FOUND);
        let rejet = monde.envoyer(SECRETAIRE, &format!("/liaisons/reception/{}/rejeter", recus[0]), &[("version", "2"), ("motif", "x")]).await;
        assert_eq!(rejet.status, StatusCode::NOT_FOUND);
    }

    async fn they_are_opened_on_their_page_for_a_role_or_a_person(store: TestStore) {
        let monde = monde(store).await;
        let maison = ETAB.to_string();
        let base = [("adresse", "idec@ehpad-test.mssante.fr"), ("nom", "IDEC"), ("etablissement", maison.as_str())];
        let avec = |autres: &[(&'static str, &'static str)]| base.iter().copied().chain(autres.iter().copied()).collect::<Vec<_>>();
        let adresse = "/liaisons/messageries";
        let sans = monde.envoyer(DIRECTION, adresse, &avec(&[("genre", "role")])).await;
        assert!(sans.texte.contains("Choisissez au moins une fonction"), "{}", sans.texte);
        let sans = monde.envoyer(DIRECTION, adresse, &avec(&[("genre", "personne")])).await;
        assert!(sans.texte.contains("Choisissez la personne"), "{}", sans.texte);
        assert_eq!(monde.envoyer(IDE, adresse, &avec(&[("genre", "role"), ("profils", "ide")])).await.status, StatusCode::FORBIDDEN);
        let fait = monde.envoyer(DIRECTION, adresse, &avec(&[("genre", "role"), ("profils", "idec")])).await;
        assert_eq!(fait.status, StatusCode::SEE_OTHER, "{}", fait.texte);
        // Another house of the grappe, first in the alphabet: the form still begins by the one where one is.
        monde.maison(kernel::id::EtablissementId(Uuid::from_u128(0xACAC)), "Acacias", "750000026").await;
        let page = monde.lire(DIRECTION, adresse).await.texte;
        assert!(page.contains("Acacias") && page.contains(&format!("value=\"{ETAB}\" selected")), "{page}");
        assert!(page.contains("d'une fonction : Infirmier·ère coordinateur·rice") && page.contains("d'une personne : Ève Médecin"), "{page}");
    }

    async fn a_citizen_is_written_to_with_a_qualified_number_only(store: TestStore) {
        let monde = monde(store).await;
        let nouveau = format!("/residents/{ANNA}/envois/nouveau");
        assert!(monde.lire(IDE, &nouveau).await.texte.contains("Mon espace santé de la personne"));
        let (document, adresse) = (document(&monde).await, format!("/residents/{ANNA}/envois"));
        let autre = "180035121518989@patient.mssante.fr";
        let page = monde.envoyer(IDE, &adresse, &[("documents", &document), ("destinataire-0", autre)]).await;
        assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.texte.contains("INS qualifiée"), "{}", page.texte);
        let page = monde.envoyer(IDE, &adresse, &[("documents", &document), ("citoyen", "oui")]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.texte);
        assert_eq!(monde.envois().await[0].destinataires[0].adresse, CITOYEN);

        monde.changer(Identification::id(ANNA), |fiche: &mut Identification| fiche.identite = identite().marquer_douteuse()).await;
        assert!(!monde.lire(IDE, &nouveau).await.texte.contains("Mon espace santé de la personne"));
        for champs in [[("destinataire-0", CITOYEN)], [("citoyen", "oui")]] {
            let page = monde.envoyer(IDE, &adresse, &[("documents", document.as_str()), champs[0]]).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", page.texte);
        }
        assert_eq!(monde.envois().await.len(), 1);
        let entree = [("nom", "Anna"), ("genre", "autre"), ("adresse-0", CITOYEN)];
        let page = monde.envoyer(SECRETAIRE, &format!("/liaisons/correspondants/{}", Uuid::from_u128(0xC1)), &entree).await;
        assert!(page.texte.contains("n'est pas un correspondant"), "{}", page.texte);
    }
}
