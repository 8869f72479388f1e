//! Correcting and annulling: by the author or the managers of care, with a reason, the former kept.

use http::StatusCode;
use testkit::TestStore;
use transmissions::{Cible, EtatCible, Transmission};

use crate::monde::{ANNA, AS, IDE, IDEC, Monde};

testkit::on_both! {
    async fn a_correction_keeps_the_former_struck_through_with_its_reason(store: TestStore) {
        let monde = Monde::new(store).await;
        let id = monde.transmettre(AS, ANNA, "Rougeur au talon gauche.", &[("theme", "peau")]).await;
        let page = format!("/residents/{ANNA}/transmissions/{id}");
        let texte = id.to_string();
        let champs = [("id", texte.as_str()), ("version", "1"), ("theme", "peau"), ("donnees", "Rougeur au talon droit."), ("motif", "Mauvais côté")];
        let sans_motif = monde.envoyer(AS, &format!("{page}/corriger"), &champs[..4]).await;
        assert_eq!(sans_motif.status, StatusCode::UNPROCESSABLE_ENTITY);
        let reponse = monde.envoyer(AS, &format!("{page}/corriger"), &champs).await;
        assert_eq!((reponse.status, reponse.lieu.as_str()), (StatusCode::SEE_OTHER, page.as_str()), "{}", reponse.texte);
        let lue = monde.page(IDE, &page).await;
        for mot in ["talon droit", "talon gauche", "Mauvais côté", "Sophie Aubrac", "journal-ligne--annulee"] {
            assert!(lue.contains(mot), "{mot}");
        }
        let stale = monde.envoyer(AS, &format!("{page}/corriger"), &champs).await;
        assert_eq!(stale.status, StatusCode::CONFLICT, "the version read is no longer the current one");
        let cherche = monde.page(IDE, "/transmissions?q=gauche").await;
        assert!(cherche.contains("0 affichée"), "the search knows the corrected words");
    }

    async fn a_colleague_does_not_correct_and_learns_who_can(store: TestStore) {
        let monde = Monde::new(store).await;
        let id = monde.transmettre(AS, ANNA, "Rougeur au talon gauche.", &[("theme", "peau")]).await;
        let page = format!("/residents/{ANNA}/transmissions/{id}");
        let champs = [("version", "1"), ("motif", "Mauvais résident")];
        for fin in ["annuler", "corriger"] {
            let reponse = monde.envoyer(IDE, &format!("{page}/{fin}"), &champs).await;
            assert_eq!(reponse.status, StatusCode::FORBIDDEN);
            assert!(reponse.texte.contains("Seuls l'auteur, l'infirmier coordinateur et le cadre de santé"));
        }
        assert!(!monde.page(IDE, &page).await.contains("Annuler cette transmission"));
        assert!(monde.relire::<Transmission>(id).await.expect("kept").annule.is_none());
        assert_eq!(monde.envoyer(IDEC, &format!("{page}/annuler"), &champs).await.status, StatusCode::SEE_OTHER);
        let lue = monde.relire::<Transmission>(id).await.expect("kept");
        assert_eq!(lue.annule.as_ref().map(|trace| (trace.motif.as_str(), trace.par.as_str())), Some(("Mauvais résident", "Claire Fontan")));
        assert_eq!(lue.auteur, AS, "the author stays the author");
        let page = monde.page(IDE, "/transmissions").await;
        assert!(page.contains("Rougeur au talon gauche") && page.contains("Annulée par Claire Fontan"));
    }

    async fn annulling_the_last_writing_of_a_target_gives_it_its_former_state(store: TestStore) {
        let monde = Monde::new(store).await;
        let fil = monde.transmettre(AS, ANNA, "Rougeur au talon.", &[("theme", "peau"), ("importance", "a_suivre")]).await;
        let id = monde.services.clock.fresh_id().to_string();
        monde.envoyer(IDE, &format!("/residents/{ANNA}/cibles/{fil}"), &[("id", &id), ("resultat", "Guéri"), ("clore", "oui")]).await;
        let etat = async || monde.relire::<Cible>(Cible::id(fil)).await.expect("target").value.etat;
        assert_eq!(etat().await, EtatCible::Close);
        let adresse = format!("/residents/{ANNA}/transmissions/{id}/annuler");
        assert_eq!(monde.envoyer(IDE, &adresse, &[("version", "1"), ("motif", "Erreur")]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(etat().await, EtatCible::Ouverte);
        let adresse = format!("/residents/{ANNA}/transmissions/{fil}/annuler");
        monde.envoyer(AS, &adresse, &[("version", "1"), ("motif", "Erreur")]).await;
        assert_eq!(etat().await, EtatCible::Close, "nothing is awaited of a target without writing");
    }
}
