//! Signing: versions which replace one another, what is told, who may.

use cda_r2::{Limits, parse};
use http::StatusCode;
use monde_essai::une_maison::{ANNA, AS, IDE};
use testkit::TestStore;
use usagers::Identification;

use crate::{cas, identification, monde, remplir, signer, signer_en};

testkit::on_both! {
    async fn the_document_says_what_the_record_says(store: TestStore) {
        let monde = monde(store).await;
        monde.ecrire(Identification::id(ANNA), &identification(&cas()[0])).await;
        remplir(&monde).await;
        let octets = signer(&monde).await;
        let lu = parse(&octets, &Limits::default()).unwrap();
        assert!(lu.warnings.is_empty(), "{:?}", lu.warnings);
        assert_eq!(lu.header.patient.birth_family(), Some("PAT-TROIS"));
        assert_eq!((lu.header.version_number, lu.header.legal_authenticator.is_some()), (Some(1), true));
        let texte = String::from_utf8(octets).unwrap();
        for dit in ["279035121518989", "I48.9", "Apixaban 2,5 mg", "pénicilline", "anaphylaxie", "CH de Val-Brumeux", "Pas de réanimation", "UDAF fictive"] {
            assert!(texte.contains(dit), "{dit}");
        }
    }

    async fn an_identity_which_is_not_qualified_never_takes_the_number_out(store: TestStore) {
        let monde = monde(store).await;
        let mut identification = identification(&cas()[0]);
        identification.identite = identification.identite.marquer_douteuse();
        monde.ecrire(Identification::id(ANNA), &identification).await;
        let texte = String::from_utf8(signer(&monde).await).unwrap();
        assert!(!texte.contains("279035121518989") && !texte.contains("1.2.250.1.213.1.4.10"));
    }

    async fn the_next_one_replaces_the_last_and_both_stay(store: TestStore) {
        let monde = monde(store).await;
        monde.ecrire(Identification::id(ANNA), &identification(&cas()[1])).await;
        let premier = parse(&signer(&monde).await, &Limits::default()).unwrap();
        let second = parse(&signer(&monde).await, &Limits::default()).unwrap();
        assert_eq!((premier.header.version_number, second.header.version_number), (Some(1), Some(2)));
        assert_eq!(premier.header.set_id, second.header.set_id);
        assert_eq!(second.header.related_documents.len(), 1);
        let liste = monde.lire(IDE, &format!("/residents/{ANNA}/documents")).await.texte;
        assert!(liste.contains("version 2") && liste.contains("signé ici"), "{liste}");
    }

    async fn signed_at_the_same_instant_no_number_is_given_twice(store: TestStore) {
        let monde = monde(store).await;
        monde.ecrire(Identification::id(ANNA), &identification(&cas()[1])).await;
        let ensemble = (0..12).map(|_| signer(&monde));
        let lus: Vec<_> = futures_util::future::join_all(ensemble).await.iter().map(|octets| parse(octets, &Limits::default()).unwrap()).collect();
        let mut numeros: Vec<_> = lus.iter().filter_map(|lu| lu.header.version_number).collect();
        numeros.sort_unstable();
        assert_eq!(numeros, (1..=12).collect::<Vec<_>>());
        for lu in lus.iter().filter(|lu| lu.header.version_number > Some(1)) {
            let remplace = lu.header.related_documents[0].version_number;
            assert_eq!(remplace, lu.header.version_number.map(|numero| numero - 1));
        }
        let liste = monde.lire(IDE, &format!("/residents/{ANNA}/documents")).await.texte;
        assert!(liste.contains("version 12") && !liste.contains("version 11"), "{liste}");
    }

    async fn a_version_annulled_keeps_its_number(store: TestStore) {
        let monde = monde(store).await;
        monde.ecrire(Identification::id(ANNA), &identification(&cas()[1])).await;
        let premier = signer_en(&monde).await;
        let page = monde.envoyer(IDE, &format!("{premier}/annuler"), &[("motif", "Erreur de personne"), ("version", "1")]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.texte);
        let second = parse(&signer(&monde).await, &Limits::default()).unwrap();
        assert_eq!((second.header.version_number, second.header.related_documents.len()), (Some(2), 1));
    }

    async fn without_an_identity_it_is_said_and_a_carer_does_not_sign(store: TestStore) {
        let monde = monde(store).await;
        let adresse = format!("/residents/{ANNA}/dlu/signature");
        let page = monde.envoyer(IDE, &adresse, &[]).await;
        assert!(page.status == StatusCode::BAD_REQUEST && page.texte.contains("identité de la personne"), "{}", page.texte);
        assert_eq!(monde.envoyer(AS, &adresse, &[]).await.status, StatusCode::FORBIDDEN);
    }
}
