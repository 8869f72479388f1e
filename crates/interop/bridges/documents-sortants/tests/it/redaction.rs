//! The other documents, from the list to the signature: what is prefilled, what is missing, who signs, what is kept.

use cda_r2::{Limits, parse};
use documents::Document;
use http::StatusCode;
use kernel::id::CompteId;
use monde_essai::une_maison::{ANNA, AS, ETAB, IDE, SECRETAIRE};
use monde_essai::{Monde, role};
use platform::store::{Query, Reach, Stored};
use testkit::TestStore;
use usagers::Identification;
use uuid::Uuid;

use crate::{cas, identification, monde, remplir};

/// The physician of the house.
pub(crate) const MEDECIN: CompteId = CompteId(Uuid::from_u128(0x23));

pub(crate) fn adresse(volet: &str) -> String {
    format!("/residents/{ANNA}/redaction/{volet}")
}

/// A house where everything is told of Anna, with a physician.
pub(crate) async fn monde_plein(store: TestStore) -> Monde {
    let monde = monde(store).await;
    monde.ecrire(Identification::id(ANNA), &identification(&cas()[0])).await;
    remplir(&monde).await;
    monde.compte(MEDECIN, "Ève Médecin", vec![role("medecin", Some(ETAB), &[])]).await;
    monde
}

/// What each form is sent with, besides what it was prefilled with.
pub(crate) fn saisie(volet: &str) -> Vec<(&'static str, &'static str)> {
    match volet {
        "fludt" => vec![
            ("motif", "Chute avec douleur de hanche"),
            ("circonstances", "Trouvée au sol à 03:10"),
            ("depart_jour", "2026-11-21"),
            ("depart_heure", "03:40"),
            ("destination", "CH de Val-Brumeux"),
            ("transport", "Ambulance"),
            ("conscience", "eveille"),
            ("prise_jour", "2026-11-20"),
            ("prise_heure", "20:00"),
            ("repas_jour", "2026-11-20"),
            ("lunettes", "oui"),
            ("audio_droite", "oui"),
            ("dentier_haut", "non"),
            ("objets", "Canne\nAlliance"),
            ("commentaires", "Ne comprend qu'à voix haute"),
        ],
        "ldl-ees" => vec![
            ("genre", "programmee"),
            ("motif", "Pose d'un stimulateur"),
            ("hopital", "CHU d'essai, cardiologie"),
            ("jour", "2026-12-03"),
            ("heure", "09:00"),
            ("autres", "Accompagnée de sa fille"),
        ],
        "vsm" => vec![("tabac", "Sevré depuis 1990"), ("famille", "AVC chez le père"), ("vigilance", "Insuffisance rénale")],
        _ => vec![
            ("type", "80788-3"),
            ("titre", "Projet personnalisé d'Anna"),
            ("texte", "Anna aime marcher.\n\n# Objectifs\n- sortir chaque jour\n- lire"),
        ],
    }
}

/// Signs a document as somebody, and gives the bytes kept.
pub(crate) async fn signer(monde: &Monde, qui: CompteId, volet: &str, autres: &[(&str, &str)]) -> Vec<u8> {
    let mut champs = saisie(volet);
    champs.push(("geste", "signer"));
    let tous: Vec<(&str, &str)> = autres.iter().copied().chain(champs).collect();
    let page = monde.envoyer(qui, &adresse(volet), &tous).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.texte);
    let lieu = page.lieu.split('?').next().expect("an address").to_owned();
    monde.lire(qui, &format!("{lieu}/fichier")).await.octets
}

async fn produits(monde: &Monde) -> Vec<Stored<documents::DocumentMedical>> {
    monde.store.list(&Reach::All, &Query::person(ANNA)).await.expect("documents")
}

testkit::on_both! {
    async fn the_list_offers_what_the_profession_signs(store: TestStore) {
        let monde = monde_plein(store).await;
        let documents = monde.lire(IDE, &format!("/residents/{ANNA}/documents")).await.texte;
        assert!(documents.contains(&format!("/residents/{ANNA}/redaction\"")), "{documents}");
        let infirmiere = monde.lire(IDE, &format!("/residents/{ANNA}/redaction")).await.texte;
        let medecin = monde.lire(MEDECIN, &format!("/residents/{ANNA}/redaction")).await.texte;
        for volet in ["fludt", "ldl-ees", "compte-rendu"] {
            assert!(infirmiere.contains(&adresse(volet)) && medecin.contains(&adresse(volet)), "{volet}");
        }
        assert!(medecin.contains(&adresse("vsm")) && !infirmiere.contains(&adresse("vsm")));
        assert_eq!(monde.lire(IDE, &adresse("vsm")).await.status, StatusCode::FORBIDDEN, "a summary is a physician's");
        let force: Vec<(&str, &str)> = saisie("vsm").into_iter().chain([("geste", "signer")]).collect();
        assert_eq!(monde.envoyer(IDE, &adresse("vsm"), &force).await.status, StatusCode::FORBIDDEN);
        for qui in [AS, SECRETAIRE] {
            assert_eq!(monde.lire(qui, &adresse("fludt")).await.status, StatusCode::FORBIDDEN);
            let liste = monde.lire(qui, &format!("/residents/{ANNA}/documents")).await.texte;
            assert!(!liste.contains("/redaction"), "nothing is offered which is refused");
        }
        assert_eq!(monde.lire(IDE, &adresse("inconnu")).await.status, StatusCode::NOT_FOUND);
        assert!(produits(&monde).await.is_empty());
    }

    async fn a_form_is_prefilled_says_what_lacks_and_shows_the_document(store: TestStore) {
        let monde = monde_plein(store).await;
        let page = monde.lire(IDE, &adresse("fludt")).await.texte;
        for dit in ["CH de Val-Brumeux", "Tension de moins de trois jours", "Appareil auditif", "pénicilline", "L'aperçu s'affiche quand"] {
            assert!(page.contains(dit), "{dit}: {page}");
        }
        let vide = monde.envoyer(IDE, &adresse("fludt"), &[("geste", "signer")]).await;
        assert_eq!(vide.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(vide.texte.contains("Écrivez pourquoi la personne part."), "{}", vide.texte);
        let mut champs = saisie("fludt");
        champs.push(("geste", "apercu"));
        let apercu = monde.envoyer(IDE, &adresse("fludt"), &champs).await;
        assert_eq!(apercu.status, StatusCode::OK);
        assert!(apercu.texte.contains("Conscient et éveillé") && apercu.texte.contains("Chute avec douleur de hanche"), "{}", apercu.texte);
        assert!(produits(&monde).await.is_empty(), "nothing is kept before the signature");
        let synthese = monde.lire(MEDECIN, &adresse("vsm")).await.texte;
        assert!(synthese.contains("Fibrillation auriculaire") && synthese.contains("Apixaban 2,5 mg"), "{synthese}");
    }

    async fn what_is_wrong_is_said_where_it_was_typed(store: TestStore) {
        let monde = monde_plein(store).await;
        let longue = "x".repeat(241);
        let faux = [("motif", longue.as_str()), ("depart_jour", "31/02/2026"), ("depart_heure", "25:00"), ("conscience", "autre"), ("lunettes", "peut-être"), ("geste", "signer")];
        let page = monde.envoyer(IDE, &adresse("fludt"), &faux).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        for dit in ["240 caractères au plus", "Écrivez une heure", "Choisissez une réponse de la liste.", "Répondez par oui ou par non."] {
            assert!(page.texte.contains(dit), "{dit}: {}", page.texte);
        }
        assert!(produits(&monde).await.is_empty());
    }

    async fn what_was_signed_says_the_record_and_is_printed(store: TestStore) {
        let monde = monde_plein(store).await;
        let cas: [(CompteId, &str, &[&str]); 4] = [
            (IDE, "fludt", &["Chute avec douleur de hanche", "DLU_002", "Canne", "CH de Val-Brumeux", "279035121518989"]),
            (MEDECIN, "ldl-ees", &["Pose d'un stimulateur", "Apixaban 2,5 mg", "pénicilline", "REFB", "Prothèse de hanche", "CHU d'essai, cardiologie"]),
            (MEDECIN, "vsm", &["Fibrillation auriculaire", "I48.9", "Sevré depuis 1990", "AVC chez le père", "Insuffisance rénale"]),
            (IDE, "compte-rendu", &["80788-3", "Projet personnalisé d'Anna", "application/pdf"]),
        ];
        for (qui, volet, dits) in cas {
            let octets = signer(&monde, qui, volet, &[]).await;
            let lu = parse(&octets, &Limits::default()).unwrap();
            assert!(lu.warnings.is_empty(), "{volet}: {:?}", lu.warnings);
            assert!(lu.header.legal_authenticator.is_some());
            let texte = String::from_utf8(octets).unwrap().replace("&apos;", "'");
            for dit in dits {
                assert!(texte.contains(dit), "{volet}: {dit}");
            }
        }
        let liste = monde.lire(MEDECIN, &format!("/residents/{ANNA}/documents")).await.texte;
        assert!(liste.contains("Fiche de transfert aux urgences") && liste.contains("Volet de synthèse médicale, version 1"), "{liste}");
        for lu in produits(&monde).await {
            let page = monde.lire(IDE, &format!("/residents/{ANNA}/documents/{}", lu.id)).await.texte;
            assert!(page.contains("Version imprimable (PDF)") && page.contains("/envois/nouveau?document="), "{page}");
            let pdf = monde.lire(IDE, &format!("/residents/{ANNA}/documents/{}/pdf", lu.id)).await;
            assert!(pdf.octets.starts_with(b"%PDF-1.4"), "{}", pdf.status);
            assert!(!monde.lire(AS, &format!("/residents/{ANNA}/documents/{}/pdf", lu.id)).await.octets.starts_with(b"%PDF"));
        }
    }

    async fn corrected_it_replaces_the_same_departure_only_and_a_double_click_signs_once(store: TestStore) {
        let monde = monde_plein(store).await;
        let id = Uuid::from_u128(0xABC).to_string();
        signer(&monde, IDE, "fludt", &[("id", &id)]).await;
        signer(&monde, IDE, "fludt", &[("id", &id)]).await;
        assert_eq!(produits(&monde).await.len(), 1, "a double click signs once");
        let second = parse(&signer(&monde, IDE, "fludt", &[]).await, &Limits::default()).unwrap();
        assert_eq!((second.header.version_number, second.header.related_documents.len()), (Some(2), 1));
        let autre = parse(&signer(&monde, IDE, "fludt", &[("depart_jour", "2026-11-22")]).await, &Limits::default()).unwrap();
        assert_eq!((autre.header.version_number, autre.header.related_documents.len()), (Some(1), 0), "another departure is another sheet");
        let courants = produits(&monde).await.into_iter().filter(|lu| Document::est_courant(&lu.0)).count();
        assert_eq!(courants, 2);
    }

    async fn the_dlu_goes_with_it_and_both_are_chosen_in_the_sending(store: TestStore) {
        let monde = monde_plein(store).await;
        let champs: Vec<(&str, &str)> = saisie("ldl-ees").into_iter().chain([("avec_dlu", "oui"), ("geste", "envoyer")]).collect();
        let page = monde.envoyer(IDE, &adresse("ldl-ees"), &champs).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.texte);
        let signes = produits(&monde).await;
        assert_eq!(signes.len(), 2);
        assert!(page.lieu.contains("/envois/nouveau?document="), "{}", page.lieu);
        assert!(signes.iter().all(|lu| page.lieu.contains(&lu.id.to_string())), "{}", page.lieu);
    }
}
