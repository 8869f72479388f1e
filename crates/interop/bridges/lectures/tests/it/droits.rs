//! Who reads what is proposed, and who takes it.

use http::StatusCode;
use kernel::id::{CompteId, EtablissementId};
use monde_essai::role;
use monde_essai::une_maison::{ANNA, AS, ETAB, IDE, SECRETAIRE};
use platform::acces::{Categorie, CibleOpposition, Opposition, Rattachement};
use testkit::TestStore;
use uuid::Uuid;

use crate::lettre::retour;
use crate::monde::{base, classer, dossier, geste, ligne, monde, proposees};

const CUISINE: CompteId = CompteId(Uuid::from_u128(0x90));
const KINE: CompteId = CompteId(Uuid::from_u128(0x91));
const AILLEURS: CompteId = CompteId(Uuid::from_u128(0x92));
const AUTRE: EtablissementId = EtablissementId(Uuid::from_u128(0x93));

testkit::on_both! {
    async fn who_does_not_read_the_medical_file_reads_no_line(store: TestStore) {
        let monde = monde(store).await;
        monde.compte(CUISINE, "Cyril Cuisine", vec![role("cuisine", Some(ETAB), &[])]).await;
        monde.maison(AUTRE, "EHPAD voisin", "750000026").await;
        monde.compte(AILLEURS, "Zoé Ailleurs", vec![role("ide", Some(AUTRE), &[])]).await;
        let document = classer(&monde, &retour("1.2.3", None)).await;
        let lu = ligne(&monde, "PARACETAMOL").await;
        let une = base(&format!("/{}", lu.id));
        let lectures = format!("/residents/{ANNA}/lectures/{document}");
        for (compte, refus) in [(AS, StatusCode::FORBIDDEN), (SECRETAIRE, StatusCode::FORBIDDEN), (CUISINE, StatusCode::FORBIDDEN), (AILLEURS, StatusCode::NOT_FOUND)] {
            for adresse in [base(""), une.clone(), base(&format!("?document={document}"))] {
                let page = monde.lire(compte, &adresse).await;
                assert_eq!(page.status, refus, "{compte} {adresse}");
                assert!(!page.texte.contains("PARACETAMOL"));
            }
            assert_eq!(monde.envoyer(compte, &une, &geste("accepter", "1")).await.status, refus);
            assert_eq!(monde.envoyer(compte, &base(""), &[("ligne", &format!("{}:1", lu.id))]).await.status, refus);
            assert_eq!(monde.envoyer(compte, &lectures, &[]).await.status, refus);
            let page = monde.lire(compte, &format!("/residents/{ANNA}")).await.texte;
            assert!(!page.contains("attendent qu'on les regarde"), "{compte}");
        }
        assert!(!monde.lire(AILLEURS, "/propositions").await.texte.contains("BRUMELLE"));
        assert_eq!(monde.lire(CUISINE, "/propositions").await.status, StatusCode::FORBIDDEN);
        assert!(proposees(&monde).await.iter().all(|lu| lu.attend()) && dossier(&monde).await.is_empty());
    }

    async fn who_reads_the_medical_file_and_does_not_write_it_takes_nothing(store: TestStore) {
        let monde = monde(store).await;
        monde.compte(KINE, "Karl Kiné", vec![role("kinesitherapeute", Some(ETAB), &[])]).await;
        classer(&monde, &retour("1.2.3", None)).await;
        let lu = ligne(&monde, "PARACETAMOL").await;
        let page = monde.lire(KINE, &base("")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.texte.contains("PARACETAMOL") && !page.texte.contains("value=\"accepter\""), "{}", page.texte);
        assert_eq!(monde.envoyer(KINE, &base(&format!("/{}", lu.id)), &geste("accepter", "1")).await.status, StatusCode::FORBIDDEN);
        assert!(dossier(&monde).await.is_empty());
    }

    async fn an_opposition_to_the_medical_file_holds_for_its_proposals(store: TestStore) {
        let monde = monde(store).await;
        classer(&monde, &retour("1.2.3", None)).await;
        let lu = ligne(&monde, "PARACETAMOL").await;
        assert!(monde.lire(IDE, "/propositions").await.texte.contains("BRUMELLE"));
        monde
            .changer::<Rattachement>(Rattachement::id(ANNA), |lui| {
                lui.oppositions.push(Opposition { cible: CibleOpposition::Profil("ide".into()), categories: vec![Categorie::Medical] });
            })
            .await;
        monde.store.clock.advance(11);
        assert_eq!(monde.lire(IDE, &base("")).await.status, StatusCode::FORBIDDEN);
        assert_eq!(monde.envoyer(IDE, &base(&format!("/{}", lu.id)), &geste("accepter", "1")).await.status, StatusCode::FORBIDDEN);
        assert!(!monde.lire(IDE, "/propositions").await.texte.contains("BRUMELLE"));
        assert!(!monde.lire(IDE, &format!("/residents/{ANNA}")).await.texte.contains("attendent qu'on les regarde"));
    }
}
