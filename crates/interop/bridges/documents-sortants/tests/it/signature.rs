//! Signing: versions which replace one another, what is told, who may.

use cda_r2::{Limits, parse};
use http::StatusCode;
use monde_essai::une_maison::{ANNA, AS, IDE};
use testkit::TestStore;
use usagers::Identification;

use crate::{cas, identification, monde, remplir, signer};

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

    async fn without_an_identity_it_is_said_and_a_carer_does_not_sign(store: TestStore) {
        let monde = monde(store).await;
        let adresse = format!("/residents/{ANNA}/dlu/signature");
        let page = monde.envoyer(IDE, &adresse, &[]).await;
        assert!(page.status == StatusCode::BAD_REQUEST && page.texte.contains("identité de la personne"), "{}", page.texte);
        assert_eq!(monde.envoyer(AS, &adresse, &[]).await.status, StatusCode::FORBIDDEN);
    }
}
