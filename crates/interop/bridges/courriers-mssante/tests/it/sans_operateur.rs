//! Nothing is lost while no operator can be reached; what cannot leave says why.

use liaisons::Suivi;
use testkit::TestStore;

use crate::monde::{ANNA, AS, BOITE, HOPITAL, IDE, Monde};

testkit::on_both! {
    async fn a_dlu_asked_for_waits_and_says_why_until_an_operator_is_set(store: TestStore) {
        let monde = Monde::new(store, None).await;
        monde.demander_dlu().await;
        assert!(monde.travailler().await.is_err(), "the message is tried again later");
        let envois = monde.envois().await;
        assert_eq!(envois.len(), 1);
        assert!(envois[0].urgence && envois[0].attend());
        let page = monde.lire(IDE, &format!("/residents/{ANNA}/envois/{}", envois[0].id)).await;
        assert!(page.texte.contains("Aucun opérateur de messagerie sécurisée") && page.texte.contains("CHU d'essai, urgences"), "{}", page.texte);
        assert!(page.texte.contains("Document de liaison d'urgence, version 1"));
        let pour_as = monde.lire(AS, &format!("/residents/{ANNA}/envois/{}", envois[0].id)).await;
        assert!(pour_as.texte.contains("Document médical") && !pour_as.texte.contains("version 1"), "a title under secrecy is not told");
    }

    async fn a_dlu_which_cannot_be_signed_is_told_where_it_was_asked(store: TestStore) {
        let monde = Monde::sans_identite(store, None).await;
        monde.demander_dlu().await;
        monde.travailler().await.expect("told, not tried again");
        assert!(monde.envois().await.is_empty());
        let fiche = monde.lire(AS, &format!("/residents/{ANNA}/urgence")).await.texte;
        assert!(fiche.contains("DLU non envoyé.") && fiche.contains("Le DLU ne peut pas être signé"), "{fiche}");
    }

    async fn asked_twice_it_is_signed_and_prepared_once(store: TestStore) {
        let monde = Monde::new(store, None).await;
        monde.demander_dlu().await;
        monde.demander_dlu().await;
        let _ = monde.travailler().await;
        let _ = monde.travailler().await;
        assert_eq!(monde.envois().await.len(), 1);
        let liste = monde.lire(IDE, &format!("/residents/{ANNA}/documents")).await.texte;
        assert!(liste.contains("version 1") && !liste.contains("version 2"), "{liste}");
    }

    async fn a_sending_is_asked_from_the_record_and_given_up(store: TestStore) {
        let monde = Monde::new(store, None).await;
        monde.envoyer(IDE, &format!("/residents/{ANNA}/dlu/signature"), &[]).await;
        let formulaire = monde.lire(IDE, &format!("/residents/{ANNA}/envois/nouveau")).await;
        assert!(formulaire.texte.contains(HOPITAL) && formulaire.texte.contains("Mon espace santé"), "{}", formulaire.texte);
        let document = formulaire.texte.split("name=\"documents\" value=\"").nth(1).and_then(|reste| reste.split('"').next()).expect("a document").to_owned();
        let vide = monde.envoyer(IDE, &format!("/residents/{ANNA}/envois"), &[("documents", &document)]).await;
        assert!(vide.texte.contains("Choisissez au moins un destinataire"), "{}", vide.texte);
        let champs = [("id", "00000000-0000-4000-8000-0000000000e1"), ("documents", document.as_str()), ("destinataire-0", "CHU d'essai, urgences <medecin@hopital-test.mssante.fr>"), ("destinataire-1", "ailleurs@gmail.com"), ("accuse", "oui")];
        let fait = monde.envoyer(IDE, &format!("/residents/{ANNA}/envois"), &champs).await;
        assert_eq!(fait.status, http::StatusCode::SEE_OTHER, "{}", fait.texte);
        let envoi = monde.envois().await.remove(0);
        let suite = format!("/residents/{ANNA}/envois/{}/suite", envoi.id);
        let version = envoi.version.to_string();
        assert_eq!(monde.envoyer(AS, &suite, &[("geste", "abandonner"), ("version", &version)]).await.status, http::StatusCode::FORBIDDEN);
        monde.envoyer(IDE, &suite, &[("geste", "abandonner"), ("version", &version)]).await;
        let envoi = monde.envois().await.remove(0);
        assert!(envoi.destinataires.iter().all(|un| un.suivi == Suivi::Abandonne));
        assert_eq!(envoi.depuis, "", "nothing left from {BOITE}");
        let liste = monde.lire(IDE, "/liaisons/envois").await.texte;
        assert!(liste.contains("abandonné"), "{liste}");
    }
}
