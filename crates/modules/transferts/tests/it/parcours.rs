//! Proposed, answered, arrived; withdrawn, refused, given up; known already.

use http::StatusCode;
use kernel::id::UsagerId;
use kernel::ins::Identite;
use medical::Element;
use monde_essai::Resident;
use platform::acces::{CibleOpposition, EtatSejour, Opposition, Rattachement};
use platform::store::{Query, Reach, Stored};
use sejours::NatureMouvement;
use testkit::TestStore;
use transferts::{EtatDepart, EtatRecu, Transfert};
use usagers::{Civilite, Identification, Usager};
use uuid::Uuid;

use crate::monde::*;

testkit::on_both! {
    async fn a_person_goes_from_one_house_to_another_and_nothing_is_typed_twice(store: TestStore) {
        let monde = monde(store).await;
        let page = monde.lire(IDEC_A, &format!("/residents/{ANNA}/transfert")).await.texte;
        assert!(page.contains("La Rivière") && !page.contains("<option value=\"0000000a") && page.contains("QLETTRE") && page.contains("Aucun DLU"), "{page}");
        proposer(&monde).await;
        proposer(&monde).await;
        assert_eq!(arrivees(&monde).await.len(), 1, "the same form twice is one proposal");
        let liste = monde.lire(DIR_B, "/transferts").await.texte;
        assert!(liste.contains("BRUMELLE") && liste.contains("Les Genêts") && liste.contains("à répondre"), "{liste}");
        let id = recu(&monde).await.id;
        let resume = monde.lire(ADM_B, &format!("/transferts/{id}")).await.texte;
        assert!(resume.contains("Rapprochement familial") && resume.contains("12 mars 1936") && resume.contains("Sa fille habite"), "{resume}");
        assert_eq!(monde.lire(ADM_B, &format!("/transferts/{id}/resume")).await.octets.get(..5), Some(b"%PDF-".as_slice()));
        assert_eq!(monde.lire(IDEC_A, &format!("/residents/{ANNA}/transfert/{ID}/resume")).await.octets.get(..5), Some(b"%PDF-".as_slice()));
        let la = accepter(&monde, &[("lit", &LIT.to_string())]).await;
        livrer(&monde).await;
        let usager = monde.lu::<Usager>(la).await;
        assert_eq!((usager.nom_complet().as_str(), usager.etablissement), ("BRUMELLE, Anna (Mme)", B));
        let sejour = sejours_de(&monde, la).await.remove(0);
        assert_eq!((sejour.etat, sejour.lit.map(|lit| lit.0)), (EtatSejour::Preadmis, Some(LIT)), "expected, the bed is held");
        assert_eq!(sejours_de(&monde, ANNA).await[0].etat, EtatSejour::Present, "still there");
        assert!(matches!(monde.lu::<Transfert>(ID).await.etat, EtatDepart::Accepte { .. }));
        let page = monde.lire(IDEC_B, &format!("/residents/{la}/medical")).await.texte;
        assert!(page.contains("QATHOLOGIE") && page.contains("repris de Les Genêts, le 21 nov. 2026"), "{page}");
        let page = monde.lire(IDEC_B, &format!("/residents/{la}/documents")).await.texte;
        assert!(page.contains("QLETTRE") && page.contains("repris de Les Genêts, le 21 nov. 2026"), "{page}");
        let page = monde.lire(IDEC_B, &format!("/residents/{la}")).await.texte;
        assert!(page.contains("QALLERGENE") && page.contains("Allergies reprises de Les Genêts, à vérifier"), "{page}");
        arriver(&monde, &[]).await;
        livrer(&monde).await;
        assert_eq!(sejours_de(&monde, la).await[0].etat, EtatSejour::Present);
        let sorti = sejours_de(&monde, ANNA).await.remove(0);
        assert_eq!((sorti.etat, sorti.sortie_le), (EtatSejour::Sorti, Some(testkit::instant("2026-11-21T06:55:00Z"))));
        assert_eq!(mouvements_de(&monde, ANNA).await, [NatureMouvement::Sortie]);
        let sejour = monde.lire(IDEC_A, &format!("/residents/{ANNA}/sejour")).await.texte;
        assert!(sejour.contains("Transfert vers un établissement de la grappe") && sejour.contains("La Rivière"), "{sejour}");
        assert!(monde.lire(IDEC_A, "/transferts?etat=clos").await.texte.contains("effectué"));
        assert!(monde.lignes(ADM_B, "transferts.").await.len() >= 2, "each house has its acts in its own journal");
    }

    async fn a_carer_proposes_nothing_a_secretary_counts_without_reading(store: TestStore) {
        let monde = monde(store).await;
        assert_eq!(monde.lire(AS_A, &format!("/residents/{ANNA}/transfert")).await.status, StatusCode::FORBIDDEN);
        let page = monde.lire(SEC_A, &format!("/residents/{ANNA}/transfert")).await.texte;
        assert!(page.contains("Comptes rendus") && page.contains("1 élément") && !page.contains("QLETTRE") && !page.contains("QATHOLOGIE"), "{page}");
        proposer(&monde).await;
        let pdf = monde.lire(SEC_A, &format!("/residents/{ANNA}/transfert/{ID}/resume")).await;
        assert_eq!(pdf.status, StatusCode::OK);
        let id = recu(&monde).await.id;
        assert_eq!(monde.envoyer(DIR_B, &format!("/transferts/{id}/accepter"), &[]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(monde.lire(IDEC_A, &format!("/transferts/{id}")).await.status, StatusCode::NOT_FOUND, "what B keeps is B's");
    }

    async fn a_proposal_which_lacks_something_comes_back_with_what_was_typed(store: TestStore) {
        let monde = monde(store).await;
        let adresse = format!("/residents/{ANNA}/transfert");
        let ici = A.to_string();
        let page = monde.envoyer(IDEC_A, &adresse, &[("id", &ID.to_string()), ("vers", &ici), ("precision", "Sa fille"), ("prevu_le", "2020-01-01"), ("accord_le", "2026-11-22")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        for phrase in ["Choisissez l'établissement d'accueil", "aujourd'hui ou dans l'année", "Choisissez le motif", "une fois informé", "dans le futur", "Sa fille"] {
            assert!(page.texte.contains(phrase), "{phrase}");
        }
        let tout = Opposition { cible: CibleOpposition::Etablissement(B), categories: Vec::new() };
        monde.changer::<Rattachement>(Rattachement::id(ANNA), |porte| porte.oppositions = vec![tout]).await;
        let vers = B.to_string();
        let champs: Vec<(&str, &str)> = DEMANDE.into_iter().chain([("vers", vers.as_str())]).collect();
        let page = monde.envoyer(IDEC_A, &adresse, &champs).await;
        assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.texte.contains("La personne s'oppose"), "{}", page.texte);
        assert!(arrivees(&monde).await.is_empty());
    }

    async fn a_refusal_a_withdrawal_and_a_journey_given_up_take_nothing_over(store: TestStore) {
        let monde = monde(store).await;
        proposer(&monde).await;
        let lu = recu(&monde).await;
        let refuser = format!("/transferts/{}/refuser", lu.id);
        let version = lu.version.to_string();
        assert_eq!(monde.envoyer(ADM_B, &refuser, &[("version", &version)]).await.status, StatusCode::UNPROCESSABLE_ENTITY, "a reason is asked");
        monde.envoyer(ADM_B, &refuser, &[("version", &version), ("motif", "Pas de place en UVP")]).await;
        livrer(&monde).await;
        let page = monde.lire(IDEC_A, &format!("/residents/{ANNA}/transfert")).await.texte;
        assert!(page.contains("Pas de place en UVP") && page.contains("Proposer le transfert"), "it may be proposed again");
        let autre = Uuid::from_u128(0xf2);
        let (vers, id) = (B.to_string(), autre.to_string());
        let champs: Vec<(&str, &str)> = DEMANDE.into_iter().filter(|(nom, _)| *nom != "id").chain([("vers", vers.as_str()), ("id", &id)]).collect();
        monde.envoyer(IDEC_A, &format!("/residents/{ANNA}/transfert"), &champs).await;
        monde.envoyer(IDEC_A, &format!("/residents/{ANNA}/transfert/{autre}/retrait"), &[("motif", "Elle reste")]).await;
        livrer(&monde).await;
        let retire = monde.lu::<transferts::TransfertRecu>(Transfert::id_recu(autre)).await;
        assert!(matches!(retire.etat, EtatRecu::Retire { usager: None, .. }));
        assert_eq!(sejours_de(&monde, ANNA).await[0].etat, EtatSejour::Present);
        let elements: Vec<Stored<Element>> = monde.store.list(&Reach::All, &Query::lane(&medical::lane_medical(B))).await.unwrap();
        assert!(elements.is_empty());
    }

    async fn withdrawn_while_it_is_accepted_nothing_is_taken_over(store: TestStore) {
        let monde = monde(store).await;
        proposer(&monde).await;
        monde.envoyer(IDEC_A, &format!("/residents/{ANNA}/transfert/{ID}/retrait"), &[("motif", "Elle reste")]).await;
        let la = accepter(&monde, &[]).await;
        livrer(&monde).await;
        assert!(matches!(recu(&monde).await.etat, EtatRecu::Retire { usager: Some(connu), .. } if connu == la));
        let elements: Vec<Stored<Element>> = monde.store.list(&Reach::All, &Query::person(la)).await.unwrap();
        assert!(elements.is_empty(), "withdrawn before anything was taken over");
    }

    async fn who_does_not_come_stays_where_they_were(store: TestStore) {
        let monde = monde(store).await;
        proposer(&monde).await;
        let la = accepter(&monde, &[]).await;
        livrer(&monde).await;
        let lu = recu(&monde).await;
        let page = monde.envoyer(ADM_B, &format!("/transferts/{}/abandon", lu.id), &[("version", &lu.version.to_string()), ("motif", "Hospitalisée")]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.texte);
        livrer(&monde).await;
        assert_eq!(sejours_de(&monde, la).await[0].etat, EtatSejour::Sorti);
        assert_eq!(sejours_de(&monde, ANNA).await[0].etat, EtatSejour::Present);
        assert!(matches!(monde.lu::<Transfert>(ID).await.etat, EtatDepart::Abandonne { .. }));
    }

    async fn what_changed_until_the_arrival_follows_and_what_was_corrected_there_stays(store: TestStore) {
        let monde = monde(store).await;
        proposer(&monde).await;
        let la = accepter(&monde, &[]).await;
        livrer(&monde).await;
        let (traitement, resultat) = (Uuid::from_u128(0x303), Uuid::from_u128(0x305));
        monde.store.clock.advance(60);
        for (id, mots) in [(traitement, "Apixaban 5 mg"), (resultat, "Clairance 20")] {
            monde.changer::<Element>(id, |element| mots.clone_into(&mut element.libelle)).await;
        }
        let copie = Element::id_de_reprise(la, &format!("{A}/{resultat}"));
        let lue = monde.lu::<Element>(copie).await;
        let page = monde.envoyer(IDEC_B, &format!("/residents/{la}/medical/{copie}"), &[("version", &lue.version.to_string()), ("libelle", "Clairance vérifiée")]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.texte);
        arriver(&monde, &[("lit", &LIT.to_string())]).await;
        livrer(&monde).await;
        assert_eq!(monde.lu::<Element>(copie).await.libelle, "Clairance vérifiée");
        assert_eq!(monde.lu::<Element>(Element::id_de_reprise(la, &format!("{A}/{traitement}"))).await.libelle, "Apixaban 5 mg");
    }

    async fn somebody_who_looks_alike_is_chosen_by_a_person_never_merged(store: TestStore) {
        let monde = monde(store).await;
        let ancienne = UsagerId(Uuid::from_u128(0x20));
        monde.resident(&Resident { id: ancienne, nom: "Brumelle", prenom: "Anna", civilite: Civilite::Madame, lieu: (B, RIVE), chambre: "3" }).await;
        let sejour = sejours_de(&monde, ancienne).await.remove(0);
        monde.changer::<sejours::Sejour>(sejour.id, |sejour| { sejour.etat = EtatSejour::Sorti; sejour.sortie_le = Some(testkit::instant("2025-06-01T10:00:00Z")); }).await;
        let sorti = monde.lu::<sejours::Sejour>(sejour.id).await;
        monde.changer::<Rattachement>(Rattachement::id(ancienne), |porte| *porte = sejours::rattachement(Some(porte), &sorti)).await;
        let identite = Identite::provisoire(traits("BRUMELLE"));
        let identification = Identification { usager: ancienne, etablissement: B, identite, nom_utilise: None, prenom_utilise: None };
        monde.ecrire(Identification::id(ancienne), &identification).await;
        proposer(&monde).await;
        let lu = recu(&monde).await;
        let version = lu.version.to_string();
        let champs = [("version", version.as_str()), ("genre", "permanent"), ("prevu_le", "2026-11-21")];
        let page = monde.envoyer(IDEC_B, &format!("/transferts/{}/accepter", lu.id), &champs).await;
        assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.texte.contains("Dites s'il s'agit de l'une d'elles"), "{}", page.texte);
        let la = accepter(&monde, &[("dossier", &ancienne.to_string())]).await;
        livrer(&monde).await;
        assert_eq!(la, ancienne);
        let etats: Vec<EtatSejour> = sejours_de(&monde, la).await.iter().map(|sejour| sejour.etat).collect();
        assert_eq!(etats, [EtatSejour::Sorti, EtatSejour::Preadmis], "the record is kept, a stay is added");
        let elements: Vec<Stored<Element>> = monde.store.list(&Reach::All, &Query::person(la)).await.unwrap();
        assert_eq!(elements.len(), 7);
    }

    async fn a_qualified_identity_is_not_typed_again_and_is_proven_again(store: TestStore) {
        let monde = monde(store).await;
        let ins = kernel::ins::Ins::new(kernel::ins::Matricule::new("236036311312351").unwrap(), kernel::ins::Oid::Demo).unwrap();
        monde.changer::<Identification>(Identification::id(ANNA), |connue| {
            let obtenue = connue.identite.insi_obtenue(ins.clone(), connue.identite.traits().clone()).unwrap();
            connue.identite = obtenue.document_verifie(kernel::ins::DocumentIdentite::TOUS[0]).unwrap();
        }).await;
        proposer(&monde).await;
        let la = accepter(&monde, &[]).await;
        let connue = monde.lu::<Identification>(Identification::id(la)).await;
        assert_eq!(connue.identite.ins(), Some(&ins));
        assert_eq!(connue.identite.traits(), &traits("BRUMELLE"));
        assert!(connue.identite.ins_transmissible().is_none(), "the document is seen again in this house before the number leaves it");
    }
}
