//! FHIR resources received as files: what they are taken for, what a person reads of them.

use documents::{Contenu, Nature, Suite};

use crate::fabrique::racine;

fn lire(fichier: &str) -> Option<Contenu> {
    let Ok(octets) = std::fs::read(racine().join(fichier)) else {
        eprintln!("{fichier} absent: set GRAPPE_INTEROP to test it");
        return None;
    };
    Some(receptions::lire(&octets))
}

/// Everything a person reads, on one line a row.
fn dit(contenu: &Contenu) -> String {
    let lignes = contenu
        .tableaux
        .iter()
        .flat_map(|tableau| std::iter::once(tableau.titre.clone()).chain(tableau.lignes.iter().map(|ligne| ligne.join(" = "))));
    lignes.collect::<Vec<_>>().join("\n")
}

/// The official resources, a title and rows a person must find.
const LUS: [(&str, &str, &[&str]); 13] = [
    (
        "fhir/eprescription/Bundle-HAS-03-Presc-INNOHEP.json",
        "Prescription de médicament",
        &[
            "Médicament = INNOHEP 14000 INJ SRG0,7ML (3400891846515)",
            "Posologie : rythme = 1 fois par jour",
            "Écrit le = 23 juil. 2025 à 10:33",
        ],
    ),
    ("fhir/eprescription/Bundle-HAS-28-Presc-LOVENOX.json", "Prescription de médicament", &["Médicament = LOVENOX"]),
    (
        "fhir/gap/Appointment-example-req-appointment.json",
        "Rendez-vous",
        &["Participant 2 : qui = Dr Langdon, cabinet Paris", "Durée en minutes = 15"],
    ),
    ("fhir/gap/Slot-example.json", "Créneau", &["Début = 4 janv. 2019 à 09:15", "État = libre"]),
    ("fhir/annuaire/Practitioner-334081.json", "Professionnel : M Saucier Arthur", &["10003461033 (RPPS)"]),
    ("fhir/annuaire/PractitionerRole-1578230.json", "Exercice d'un professionnel", &["Professionnel = Practitioner/334081"]),
    (
        "fhir/cds/CareTeam-cds-careteam-example.json",
        "Équipe de soins : Cercle de soins de Mr Jacques Thobois",
        &["Participant 1"],
    ),
    (
        "fhir/cds/RelatedPerson-cds-relatedperson-example.json",
        "Proche : Lamine CHIBOUT",
        &["Coordonnées = 0602143212 (téléphone)"],
    ),
    ("fhir/mss/Bundle-mss-bundle-bal-per-full.json", "Professionnel", &["sophie.martin@medecin.mssante.fr (courriel)"]),
    ("fhir/pdsm/List-ExampleFolder.json", "Liste de documents : Classeur de suivi diabète", &["État = en vigueur"]),
    (
        "fhir/pdsm/Patient-fr-patient-123.json",
        "Identité d'une personne : Claire Martin",
        &["Naissance = 15 janv. 1980", "Sexe = masculin"],
    ),
    ("tddui-2.4.0/examples/encounter-sejour.json", "Séjour ou venue", &["Fin prévue = 5 mai 2023", "État = en cours"]),
    (
        "fhir/pdsm4dmp/Bundle-example-annexe-searchset-documentreferences.json",
        "Document publié",
        &["Catégorie = Synthèse (11)", "Contenu : document = Synthèse patient 20/11/2024"],
    ),
];

#[test]
fn the_official_resources_are_read_by_a_person() {
    for (fichier, titre, rangees) in LUS {
        let Some(contenu) = lire(fichier) else { continue };
        let apercu = &contenu.apercu;
        assert_eq!(
            (apercu.nature, apercu.suite, apercu.refus.as_deref()),
            (Nature::Fhir, Some(Suite::Ressource), None),
            "{fichier}"
        );
        assert_eq!(apercu.titre.as_deref(), Some(titre), "{fichier}");
        assert!(contenu.parties.is_empty(), "{fichier} carries no document");
        let dit = dit(&contenu);
        for rangee in rangees {
            assert!(dit.contains(rangee), "{fichier}: « {rangee} » is not among:\n{dit}");
        }
    }
}

#[test]
fn documents_published_in_a_file_are_opened() {
    for (fichier, nom, extension, octets) in [
        ("fhir/pdsm/Binary-6789.json", "document-1", ".pdf", "Hello World"),
        ("fhir/pdsm/DocumentReference-PDSmSimplifiedExample.json", "Note de suivi du 30 avril 2025", ".pdf", "Hello World"),
        ("fhir/pdsm4dmp/Bundle-example-td2-iti65-lot-soumission.json", "Compte rendu de consultation", ".xml", "<?xml"),
    ] {
        let Some(contenu) = lire(fichier) else { continue };
        assert_eq!(contenu.apercu.suite, None, "{fichier}");
        let [partie] = contenu.parties.as_slice() else { panic!("{fichier}: {:?}", contenu.parties) };
        assert!(partie.nom.starts_with(nom) && partie.nom.ends_with(extension), "{fichier}: {}", partie.nom);
        assert!(partie.octets.starts_with(octets.as_bytes()), "{fichier}");
    }
    let Some(publie) = lire("fhir/pdsm/DocumentReference-PDSmSimplifiedExample.json") else { return };
    let annonce = publie.parties[0].annonce.as_ref().unwrap();
    assert_eq!((annonce.type_code.as_deref(), annonce.date), (Some("15507-7"), Some(jiff::civil::date(2025, 4, 30))));
}

#[test]
fn words_in_place_of_a_document_are_read_as_they_are() {
    assert_eq!(receptions::lire("Pas encore signé.".as_bytes()).apercu.texte.as_deref(), Some("Pas encore signé."));
    assert_eq!(receptions::lire(b"\x00\x01binary").apercu.texte, None);
    assert_eq!(receptions::lire("é".repeat(9_000).as_bytes()).apercu.texte.map(|texte| texte.chars().count()), Some(4_000));
}

#[test]
fn the_person_of_a_resource_is_compared_trait_by_trait() {
    let Some(contenu) = lire("tddui-2.4.0/examples/patient-ins.json") else { return };
    let patient = contenu.apercu.patient.unwrap();
    assert_eq!(patient.ins, [("1.2.250.1.213.1.4.8".to_owned(), "147720425367411".to_owned())]);
    assert_eq!((patient.nom_naissance.as_deref(), patient.prenoms.as_deref()), (Some("DUPONT"), Some("Jean Stéphane Patrick")));
    assert_eq!((patient.naissance.as_deref(), patient.sexe.as_deref()), (Some("1947-04-03"), Some("M")));
    // An identity its sender doubts gives no number: nothing files itself.
    let octets = std::fs::read(racine().join("tddui-2.4.0/examples/patient-ins.json")).unwrap();
    let doute = String::from_utf8(octets).unwrap().replace("\"VALI\"", "\"DOUT\"");
    assert!(doute.contains("DOUT") && receptions::lire(doute.as_bytes()).apercu.patient.unwrap().ins.is_empty());
    // Two persons in a file: nobody's.
    let deux = br#"{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","birthDate":"1940"}},{"resource":{"resourceType":"Patient","birthDate":"1941"}}]}"#;
    assert_eq!(receptions::lire(deux).apercu.patient, None);
}

#[test]
fn hostile_resources_are_bounded_or_refused_by_name() {
    let profond = format!("{{\"resourceType\":\"Patient\",\"a\":{}1{}}}", "[".repeat(5_000), "]".repeat(5_000));
    let coupe = br#"{"resourceType":"Bundle","type":"transac"#;
    for octets in [profond.as_bytes(), coupe] {
        assert_eq!(receptions::lire(octets).apercu.refus.as_deref(), Some("fhir_not_json"));
    }
    let entree = r#"{"resource":{"resourceType":"Observation","note":[{"text":"x"}]}}"#;
    let large = format!("{{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{}]}}", vec![entree; 20_000].join(","));
    assert_eq!(receptions::lire(large.as_bytes()).tableaux.len(), 100);
    let long = format!("{{\"resourceType\":\"Observation\",\"note\":[{{\"text\":\"{}\"}}]}}", "y".repeat(3_000_000));
    let lu = receptions::lire(long.as_bytes());
    assert!(lu.tableaux[0].lignes.iter().flatten().all(|cellule| cellule.chars().count() <= 2_000));
    let emboite = format!("{}{{\"b\":1}}{}", "{\"a\":".repeat(100), "}".repeat(100));
    let lu = receptions::lire(format!("{{\"resourceType\":\"Basic\",\"c\":{emboite}}}").as_bytes());
    assert!(lu.tableaux[0].lignes.is_empty(), "beyond eight levels nothing is followed");
}
