//! What each official example is, and what must become of it for a person known as PAT-TROIS DOMINIQUE MARIE-LOUISE, born in
//! 51215, whose identity is qualified.
//!
//! The examples of CI-SIS are hers, trait for trait. Those of the hospitals' messages give another place of birth (63220) and one
//! first name: the INS is hers, the traits differ, so a person must look. DE VINCI lives nowhere here.

use documents::Attente;
use propositions::Ligne;

/// What becomes of a file, or of one of those it held.
#[derive(Debug, Clone)]
pub(crate) enum Sort {
    /// Filed to her by itself.
    Classe,
    /// Waits, then somebody files it to her.
    ClasseParQuelquUn(Attente),
    /// Waits in sight.
    Attend(Attente),
    /// The very bytes were received before.
    Doublon,
    /// Held files, which follow.
    Ouvert,
}

/// The door a file comes through, and what becomes of it.
#[derive(Debug, Clone)]
pub(crate) enum Devenir {
    /// By disk.
    Fichier(Vec<Sort>),
    /// By MLLP.
    Message(Vec<Sort>),
    /// A record of another software, which waits for a decision.
    Dossier,
    /// Published at this address, answered so; what is kept waits for this reason, or was received before.
    Publication(&'static str, u16, Option<Attente>),
}

/// An example.
#[derive(Debug, Clone)]
pub(crate) struct Attendu {
    pub(crate) fichier: &'static str,
    pub(crate) devenir: Devenir,
    /// Words of it, on its page.
    pub(crate) mots: &'static [&'static str],
}

/// The structured statements of the examples, written from their XML: family, first code or words, value of results and signs.
const LIGNES: &str = include_str!("lignes.txt");

/// The lines expected of a file.
pub(crate) fn lignes(fichier: &str) -> Vec<String> {
    let titre = format!("== {fichier}");
    let suite = LIGNES.lines().skip_while(|ligne| *ligne != titre).skip(1);
    let siennes: Vec<&str> = suite.take_while(|ligne| !ligne.starts_with("== ")).filter(|ligne| !ligne.is_empty()).collect();
    match siennes.as_slice() {
        [seule] if seule.starts_with("comme ") => lignes(seule.trim_start_matches("comme ")),
        toutes => toutes.iter().map(|ligne| (*ligne).to_owned()).collect(),
    }
}

/// A line of ours in the words of the list.
pub(crate) fn dire(ligne: &Ligne) -> String {
    let quoi = ligne.codes.first().map_or(ligne.libelle.as_str(), |code| code.code.as_str());
    let famille = ligne.famille.code();
    let mesure = ["resultat", "constante"].contains(&famille);
    let valeur = if mesure { ligne.detail.split(" · ").next().unwrap_or_default() } else { "" };
    format!("{famille} {quoi} {valeur}").trim_end().to_owned()
}

fn cda(fichier: &'static str, mots: &'static [&'static str]) -> Attendu {
    Attendu { fichier, devenir: Devenir::Fichier(vec![Sort::Classe]), mots }
}

fn message(fichier: &'static str, sorts: Vec<Sort>) -> Attendu {
    Attendu { fichier, devenir: Devenir::Message(sorts), mots: &[] }
}

/// A movement of hers which waits: read before anybody settles it.
fn mouvement(fichier: &'static str, raison: Attente) -> Attendu {
    Attendu { fichier, devenir: Devenir::Message(vec![Sort::Attend(raison)]), mots: &["PAT-TROIS", "Nature du séjour"] }
}

fn accuse(fichier: &'static str) -> Attendu {
    let devenir = Devenir::Message(vec![Sort::Attend(Attente::AccuseInconnu)]);
    Attendu { fichier, devenir, mots: &["Message dont il parle", "accepté"] }
}

/// A message whose document waits, then is filed by somebody.
fn porte_un(fichier: &'static str, raison: Attente, mots: &'static [&'static str]) -> Attendu {
    Attendu { fichier, devenir: Devenir::Message(vec![Sort::Ouvert, Sort::ClasseParQuelquUn(raison)]), mots }
}

fn documents_cda() -> Vec<Attendu> {
    let incertain = || Sort::ClasseParQuelquUn(Attente::IdentiteIncertaine);
    let fichier = |fichier, sort, mots| Attendu { fichier, devenir: Devenir::Fichier(vec![sort]), mots };
    vec![
        cda("cda/examples/BIO-CR-BIO_2024.01_Microbiologie_V2.xml", &["PAT-TROIS", "Escherichia coli", "Amoxicilline"]),
        cda("cda/examples/BIO-CR-BIO_2024.01_TSH_1.xml", &["PAT-TROIS", "Thyréostimuline"]),
        cda("cda/examples/DLU-EHPAD-DLU_2022.01.xml", &["PAT-TROIS", "AMPICILLINE", "Infarctus"]),
        cda("cda/examples/DLU-EHPAD-FLUDR_2022.01.xml", &["PAT-TROIS", "AMPICILLINE", "Bronchite"]),
        cda("cda/examples/DLU-EHPAD-FLUDT_2022.01.xml", &["PAT-TROIS", "avant-bras"]),
        cda("cda/examples/DOC_NON_STRUCTURE_CDA-R2-N1.xml", &["PAT-TROIS", "examens biologiques"]),
        cda("cda/examples/IMG_CR_IMG_2024.01_CDA-R2-Niveau-1.xml", &["PAT-TROIS", "Scanner"]),
        cda("cda/examples/IPS-FR_2024.01_DLU.xml", &["PAT-TROIS", "LEVOTHYROX", "Epilepsie"]),
        cda("cda/examples/LDL-EES_2022.01.xml", &["PAT-TROIS", "SOLIAN", "Pyélonéphrite"]),
        cda("cda/examples/LDL-SES_2022.01.xml", &["PAT-TROIS", "LEPONEX", "psychiatre"]),
        cda("cda/examples/VAC_2023.01.xml", &["PAT-TROIS", "BCG"]),
        cda("cda/examples/VSM_1.4_2022.01.xml", &["PAT-TROIS", "PLAVIX", "COUMADINE"]),
        cda("cda/examples/eP-MED-DM_2024.01_PosoStruct.xml", &["PAT-TROIS", "PARACETAMOL"]),
        fichier("hl7v2/cda-en-mdm/CR_Radio_CDAN1_v1.XML", incertain(), &["PAT-TROIS", "Radio de hanche"]),
        fichier("hl7v2/cda-en-oru/SEGUR_CR-BIO_2023.01_Electrophorese.xml", incertain(), &["PAT-TROIS", "Albumine"]),
        // The same identifier as the report of the other folder, with other bytes.
        fichier(
            "hl7v2/depuis-mssante/CR_Radio_CDAN1_v1.XML",
            Sort::ClasseParQuelquUn(Attente::MemeIdentifiant),
            &["Pelvis Masculin"],
        ),
    ]
}

/// Messages: documents they carry, movements, acknowledgments which answer nothing of ours.
fn messages() -> Vec<Attendu> {
    let incertain = Attente::IdentiteIncertaine;
    let porte = |raison| vec![Sort::Ouvert, Sort::Attend(raison)];
    vec![
        mouvement("hl7v2/adt-consentement/ConsentementConsultation_NonOppositionAlimentation.er7", incertain),
        mouvement("hl7v2/adt-consentement/NonConsentementConsultation_NonOppositionAlimentation.er7", incertain),
        mouvement("hl7v2/adt-consentement/NonConsentementConsultation_OppositionAlimentation.er7", incertain),
        mouvement("hl7v2/adt-consentement/NonRecueillieConsentementConsultation_NonOppositionAlimentation.er7", incertain),
        mouvement(
            "hl7v2/adt-consentement/NonRecueillieConsentementConsultation_NonRecueillieOppositionAlimentation.er7",
            incertain,
        ),
        // Words in place of a document.
        message("hl7v2/cda-en-mdm/message_MDM_CR_Radio_INIT_N1.er7", porte(Attente::FormatInconnu)),
        // The report of the folder, with other ends of lines: the same identifier, other bytes.
        porte_un(
            "hl7v2/cda-en-mdm/message_MDM_CR_Radio_INIT_N1_Base64.er7",
            Attente::MemeIdentifiant,
            &["PAT-TROIS", "Radio de hanche"],
        ),
        // The report of the folder, under another identifier.
        porte_un(
            "hl7v2/cda-en-oru/message_ORU_CR_Bio_INIT_N3_SEGUR.hl7",
            Attente::IdentiteIncertaine,
            &["PAT-TROIS", "Albumine"],
        ),
        accuse("hl7v2/depuis-mssante/ack.er7"),
        // The same words.
        message("hl7v2/depuis-mssante/message_MDM__LPS_MSS_CR_Radio_INIT_N1.er7", vec![Sort::Ouvert, Sort::Doublon]),
        porte_un(
            "hl7v2/depuis-mssante/message_MDM__LPS_MSS_CR_Radio_INIT_N1_Base64.er7",
            Attente::MemeIdentifiant,
            &["Pelvis Masculin"],
        ),
        // MSH-10 of the first consent, from the same application.
        mouvement("hl7v2/sgl/admission.er7", Attente::MemeIdentifiant),
        mouvement("hl7v2/sgl/sortie.er7", incertain),
        accuse("hl7v2/volet-1.2/mdm/ack.hl7"),
        message("hl7v2/volet-1.2/mdm/message.hl7", porte(Attente::FormatInconnu)),
        accuse("hl7v2/volet-1.2/oru/ack.hl7"),
        message("hl7v2/volet-1.2/oru/message.hl7", vec![Sort::Ouvert, Sort::Doublon]),
    ]
}

/// Records of other software, documents published, and resources which are neither: each waits where somebody reads it.
fn fhir() -> Vec<Attendu> {
    let dossier = |fichier| Attendu { fichier, devenir: Devenir::Dossier, mots: &["DUPONT"] };
    let publie = |fichier, adresse, statut, raison| {
        let devenir = Devenir::Publication(adresse, statut, raison);
        Attendu { fichier, devenir, mots: &[] }
    };
    let seul = "/fhir/DocumentReference";
    let mut tous = vec![
        dossier("tddui-2.4.0/examples/bundle.json"),
        dossier("tddui-2.4.0/examples/bundle-as-published.json"),
        // Words in place of a PDF.
        publie("fhir/pdsm/DocumentReference-PDSmSimplifiedExample.json", seul, 201, Some(Attente::FormatInconnu)),
        // A clinical document with nothing in it, then the very same bytes in a transaction.
        publie(
            "fhir/pdsm4dmp/DocumentReference-example-td2-iti105-publication-simplifiee.json",
            seul,
            201,
            Some(Attente::Illisible),
        ),
        publie("fhir/pdsm4dmp/Bundle-example-td2-iti65-lot-soumission.json", "/fhir", 200, None),
    ];
    tous.extend(contenus());
    tous.extend(ressources());
    tous
}

/// Documents alone: the words of the one published above, then pieces of XML.
fn contenus() -> Vec<Attendu> {
    let contenu = |fichier, sort| Attendu { fichier, devenir: Devenir::Fichier(vec![Sort::Ouvert, sort]), mots: &[] };
    vec![
        contenu("fhir/pdsm/Binary-6789.json", Sort::Doublon),
        contenu("fhir/pdsm4dmp/Binary-AuthorDispositif.json", Sort::Attend(Attente::FormatInconnu)),
        contenu("fhir/pdsm4dmp/Binary-AuthorStructure.json", Sort::Doublon),
    ]
}

/// Data, with words a person reads of them.
fn ressources() -> Vec<Attendu> {
    let lues: [(&str, &[&str]); 22] = [
        ("tddui-2.4.0/examples/patient-ins.json", &["DUPONT", "3 avr. 1947"]),
        ("tddui-2.4.0/examples/organization.json", &["Établissement"]),
        ("tddui-2.4.0/examples/encounter-sejour.json", &["Séjour ou venue", "14 avr. 2023"]),
        ("fhir/annuaire/Organization-481677.json", &["Établissement"]),
        ("fhir/annuaire/Practitioner-334081.json", &["Saucier", "10003461033"]),
        ("fhir/annuaire/Practitioner-334081DP.json", &["Professionnel"]),
        ("fhir/annuaire/PractitionerRole-1578230.json", &["Exercice d'un professionnel"]),
        ("fhir/annuaire/PractitionerRole-1578230DP.json", &["Exercice d'un professionnel"]),
        ("fhir/cds/CareTeam-cds-careteam-example.json", &["Cercle de soins de Mr Jacques Thobois"]),
        ("fhir/cds/RelatedPerson-cds-relatedperson-example.json", &["CHIBOUT", "0602143212"]),
        ("fhir/eprescription/Bundle-HAS-03-Presc-INNOHEP.json", &["INNOHEP 14000", "1 fois par jour"]),
        ("fhir/eprescription/Bundle-HAS-11-2-Presc-EVRA.json", &["EVRA"]),
        ("fhir/eprescription/Bundle-HAS-28-Presc-LOVENOX.json", &["LOVENOX"]),
        ("fhir/eprescription/Bundle-HAS-33-Presc-VERSATIS.json", &["VERSATIS"]),
        ("fhir/gap/Appointment-example-req-appointment.json", &["Rendez-vous", "Dr Langdon"]),
        ("fhir/gap/Slot-example.json", &["Créneau", "libre"]),
        ("fhir/mss/Bundle-mss-bundle-bal-per-full.json", &["sophie.martin@medecin.mssante.fr"]),
        ("fhir/mss/Practitioner-mss-practitioner-bal-per-dupont.json", &["dupont"]),
        ("fhir/pdsm/Bundle-a9c10f8a-882d-4000-a280-7150e0aeb478.json", &["List/1"]),
        ("fhir/pdsm/List-ExampleFolder.json", &["Classeur de suivi diabète"]),
        ("fhir/pdsm/Patient-fr-patient-123.json", &["Claire", "15 janv. 1980"]),
        ("fhir/pdsm4dmp/Bundle-example-annexe-searchset-documentreferences.json", &["Synthèse patient 20/11/2024"]),
    ];
    lues.map(|(fichier, mots)| {
        let devenir = Devenir::Fichier(vec![Sort::Attend(Attente::Donnees)]);
        Attendu { fichier, devenir, mots }
    })
    .into()
}

/// Every example, in the order it is received.
pub(crate) fn tous() -> Vec<Attendu> {
    [documents_cda(), messages(), fhir()].concat()
}
