//! The official HL7 messages: what each is taken for.

use documents::{Attente, EtatReception, Nature, Suite};
use testkit::TestStore;

use crate::fabrique::racine;
use crate::monde::{IDE, Monde};

fn messages() -> Vec<(String, Vec<u8>)> {
    let mut dossiers = vec![racine().join("hl7v2")];
    let mut lus = Vec::new();
    while let Some(dossier) = dossiers.pop() {
        let Ok(entrees) = std::fs::read_dir(dossier) else { continue };
        for chemin in entrees.filter_map(|entree| Some(entree.ok()?.path())) {
            if chemin.is_dir() {
                dossiers.push(chemin);
            } else if chemin.extension().is_some_and(|extension| extension == "er7" || extension == "hl7") {
                let nom = chemin.strip_prefix(racine()).expect("inside").to_string_lossy().into_owned();
                lus.push((nom, std::fs::read(chemin).expect("bytes")));
            }
        }
    }
    lus.sort();
    if lus.is_empty() {
        eprintln!("official messages absent: set GRAPPE_INTEROP to test them");
    }
    lus
}

#[test]
fn every_official_message_is_understood_for_what_it_is() {
    for (nom, octets) in messages() {
        let lu = receptions::lire(&octets);
        assert_eq!(lu.apercu.nature, Nature::Message, "{nom}");
        if nom.contains("/ack.") {
            assert_eq!((lu.apercu.suite, lu.apercu.accuses.len()), (Some(Suite::Accuses), 1), "{nom}");
            let lignes = &lu.tableaux[0].lignes;
            assert!(lignes.iter().any(|ligne| ligne == &["Réponse", "accepté"]), "{nom}: {lignes:?}");
            continue;
        }
        assert_eq!(lu.apercu.refus, None, "{nom}: {:?}", lu.apercu.detail);
        let patient = lu.apercu.patient.as_ref().expect("a patient");
        assert!(patient.nom_naissance.is_some() || !patient.nom_affiche.is_empty(), "{nom}");
        match lu.apercu.suite {
            Some(Suite::Mouvement) => {
                assert!(nom.contains("sgl") || nom.contains("adt"), "{nom}");
                assert!(lu.tableaux[0].lignes.iter().any(|ligne| ligne[1] == "PAT-TROIS"), "{nom}: {:?}", lu.tableaux);
            }
            Some(Suite::Retrait) => assert!(nom.contains("DEL") || nom.contains("SUPP") || nom.contains("T04"), "{nom}"),
            _ => assert!(!lu.parties.is_empty(), "{nom} carries a document"),
        }
    }
}

/// What becomes of a message, and of the file it holds when it holds one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Attend(Attente),
    Ouvert,
    DejaRecu,
}

fn sort(etat: &EtatReception) -> Sort {
    match etat {
        EtatReception::Ouverte { parties: 1 } => Sort::Ouvert,
        EtatReception::Doublon { .. } => Sort::DejaRecu,
        autre => Sort::Attend(autre.attente().expect("filed, opened, received before, or waiting")),
    }
}

/// Read in the messages. The INS is that of Anna, her place of birth and her first names are not: somebody must look. The second
/// announcement numbered 3975 and the second report 71024000081 bear the number of another; two pairs hold the very same words in
/// place of a document.
const ATTENDUS: [(&str, Sort, Option<Sort>); 17] = {
    use Attente::{FormatInconnu, IdentiteIncertaine, MemeIdentifiant, NonAnalysee};
    use Sort::{Attend, DejaRecu, Ouvert};
    const MOUVEMENT: Sort = Attend(IdentiteIncertaine);
    // Entrusted to who follows what was sent, absent from this world.
    const ACCUSE: Sort = Attend(NonAnalysee);
    [
        ("adt-consentement/ConsentementConsultation_NonOppositionAlimentation.er7", MOUVEMENT, None),
        ("adt-consentement/NonConsentementConsultation_NonOppositionAlimentation.er7", MOUVEMENT, None),
        ("adt-consentement/NonConsentementConsultation_OppositionAlimentation.er7", MOUVEMENT, None),
        ("adt-consentement/NonRecueillieConsentementConsultation_NonOppositionAlimentation.er7", MOUVEMENT, None),
        ("adt-consentement/NonRecueillieConsentementConsultation_NonRecueillieOppositionAlimentation.er7", MOUVEMENT, None),
        ("cda-en-mdm/message_MDM_CR_Radio_INIT_N1.er7", Ouvert, Some(Attend(FormatInconnu))),
        ("cda-en-mdm/message_MDM_CR_Radio_INIT_N1_Base64.er7", Ouvert, Some(Attend(IdentiteIncertaine))),
        ("cda-en-oru/message_ORU_CR_Bio_INIT_N3_SEGUR.hl7", Ouvert, Some(Attend(IdentiteIncertaine))),
        ("depuis-mssante/ack.er7", ACCUSE, None),
        ("depuis-mssante/message_MDM__LPS_MSS_CR_Radio_INIT_N1.er7", Ouvert, Some(DejaRecu)),
        ("depuis-mssante/message_MDM__LPS_MSS_CR_Radio_INIT_N1_Base64.er7", Ouvert, Some(Attend(MemeIdentifiant))),
        ("sgl/admission.er7", Attend(MemeIdentifiant), None),
        ("sgl/sortie.er7", MOUVEMENT, None),
        ("volet-1.2/mdm/ack.hl7", ACCUSE, None),
        ("volet-1.2/mdm/message.hl7", Ouvert, Some(Attend(FormatInconnu))),
        ("volet-1.2/oru/ack.hl7", ACCUSE, None),
        ("volet-1.2/oru/message.hl7", Ouvert, Some(DejaRecu)),
    ]
};

testkit::on_both! {
    async fn every_official_message_and_what_it_holds_waits_for_its_own_reason(store: TestStore) {
        let monde = Monde::new(store).await;
        let mut vus = Vec::new();
        for (nom, octets) in messages() {
            let recue = monde.recevoir(&nom, &octets).await;
            let parties = monde.parties(&recue).await;
            assert!(parties.len() <= 1, "{nom}");
            let partie = parties.first().map(|partie| sort(&partie.etat));
            vus.push((nom.trim_start_matches("hl7v2/").to_owned(), sort(&recue.etat), partie));
            let page = monde.lire(IDE, &format!("/liaisons/reception/{}", recue.id)).await.texte;
            assert!(recue.etat.attente().is_none_or(|raison| page.contains(raison.libelle())), "{nom}: {page}");
        }
        if !vus.is_empty() {
            assert_eq!(vus, ATTENDUS.map(|(nom, sort, partie)| (nom.to_owned(), sort, partie)));
        }
    }
}
