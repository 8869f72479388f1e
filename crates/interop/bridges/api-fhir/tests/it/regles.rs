//! The official rules (base R4, FR Core 2.1.0) on what is served, run by an independent program.

use std::path::{Path, PathBuf};

use kernel::id::UsagerId;
use kernel::ins::{DocumentIdentite, Identite, Ins, LieuNaissance, Matricule, Oid, Sexe, Traits};
use monde_essai::Monde;
use monde_essai::une_maison::{ANNA, ETAB};
use platform::acces::{CibleOpposition, Opposition, Rattachement};
use testkit::{Engine, Judgment, Rules, Validator};
use usagers::{Alertes, Allergie, Allergies, Identification};

use crate::monde::{LETTRE, TOUT, TRACES, hopital, jeton, lire, lu, monde, remplir, trouves};

/// A person of the cases: traits, and a test number when she has one.
pub(crate) struct Cas {
    pub(crate) nom: &'static str,
    traits: (String, &'static str, &'static str, Sexe, &'static str),
    ins: Option<(&'static str, Oid)>,
    /// Her document was seen.
    pub(crate) document: bool,
    usuel: Option<(&'static str, &'static str)>,
}

/// Identities at the edges of what names, numbers and dates may be.
pub(crate) fn cas() -> Vec<Cas> {
    let longue = "ABCDEFGHIJ-KLMNOPQRS'TUVWXYZABC ".repeat(4)[..120].trim().to_owned();
    let un = |nom, famille: &str, prenoms, naissance, sexe, lieu, ins, document, usuel| Cas {
        nom,
        traits: (famille.to_owned(), prenoms, naissance, sexe, lieu),
        ins,
        document,
        usuel,
    };
    let feminin = Sexe::Feminin;
    vec![
        un(
            "qualifiee",
            "PAT-TROIS",
            "DOMINIQUE MARIE-LOUISE",
            "28/03/1979",
            feminin,
            "51215",
            Some(("279035121518989", Oid::Test)),
            true,
            Some(("Brumelle", "Anna")),
        ),
        un("corse", "ADRTROIS", "DOMINIQUE", "26/02/1997", feminin, "2A020", Some(("297022A02077878", Oid::Test)), true, None),
        un("demo", "DEMONSTRATION", "ANNE", "01/01/1930", feminin, "99100", Some(("230017511800097", Oid::Demo)), true, None),
        un(
            "recuperee",
            "PAT-TROIS",
            "DOMINIQUE",
            "28/03/1979",
            feminin,
            "51215",
            Some(("279035121518989", Oid::Test)),
            false,
            None,
        ),
        un("validee", "SANSINS", "ANNA", "12/04/1936", feminin, "63113", None, true, None),
        un("provisoire", "SANSINS", "ANNA", "12/04/1936", feminin, "63113", None, false, None),
        un("nom-long", &longue, "ANNE", "01/01/1930", Sexe::Masculin, "99999", None, false, None),
        un("jour-inconnu", "D'OMBRE", "EMILE", "00/05/1931", Sexe::Masculin, "99352", None, false, None),
        un("annee-seule", "O'NEIL", "ZOE", "00/00/1900", Sexe::Indetermine, "99999", None, false, None),
    ]
}

/// Writes the identity of a person.
pub(crate) async fn ecrire_identite(monde: &Monde, cas: &Cas, usager: UsagerId) {
    let (famille, prenoms, naissance, sexe, lieu) = &cas.traits;
    let lieu = LieuNaissance::new(lieu).expect("a place");
    let traits = Traits::new(famille, prenoms, naissance.parse().expect("a date"), *sexe, lieu).expect("traits");
    let mut identite = Identite::provisoire(traits.clone());
    if let Some((numero, oid)) = cas.ins {
        let ins = Ins::new(Matricule::new(numero).expect("a number"), oid).expect("an INS");
        identite = identite.insi_obtenue(ins, traits).expect("INSi");
    }
    if cas.document {
        identite = identite.document_verifie(DocumentIdentite::Passeport).expect("seen");
    }
    let lue = Identification {
        usager,
        etablissement: ETAB,
        identite,
        nom_utilise: cas.usuel.map(|(nom, _)| nom.to_owned()),
        prenom_utilise: cas.usuel.map(|(_, prenom)| prenom.to_owned()),
    };
    monde.ecrire(Identification::id(usager), &lue).await;
}

fn garder(nom: &str, texte: &str) -> PathBuf {
    let dossier = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fhir");
    std::fs::create_dir_all(&dossier).expect("folder");
    let chemin = dossier.join(format!("{nom}.json"));
    std::fs::write(&chemin, texte).expect("written");
    chemin
}

async fn un_monde() -> Monde {
    let monde = monde(testkit::store(Engine::Sqlite).await).await;
    remplir(&monde).await;
    monde
}

#[tokio::test(flavor = "multi_thread")]
async fn every_identity_obeys_fr_core_and_a_broken_one_does_not() {
    let Some(regles) = Validator::find(Rules::Fhir) else { return };
    let mut fichiers = Vec::new();
    for cas in cas() {
        let monde = un_monde().await;
        ecrire_identite(&monde, &cas, ANNA).await;
        let jeton = hopital(&monde, TOUT).await;
        fichiers.push(garder(cas.nom, &lire(&monde, &jeton, &format!("/fhir/Patient/{ANNA}")).await.texte));
    }
    let sans_identite = un_monde().await;
    let jeton = hopital(&sans_identite, TOUT).await;
    fichiers.push(garder("sans-identite", &lire(&sans_identite, &jeton, &format!("/fhir/Patient/{ANNA}")).await.texte));
    let Judgment { valid: bons, told: dit } = regles.run(&["--set", "frcore-2.1.0"], &fichiers);
    assert!(bons, "{dit}");
    let casse = std::fs::read_to_string(&fichiers[0]).expect("read").replace("birthDate", "deceasedDateTime");
    let Judgment { valid: bon, told: dit } = regles.run(&["--set", "frcore-2.1.0"], &[garder("casse", &casse)]);
    assert!(!bon, "the rules see nothing: {dit}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_resource_and_answer_obeys_base_r4() {
    let Some(regles) = Validator::find(Rules::Fhir) else { return };
    let monde = un_monde().await;
    ecrire_identite(&monde, &cas()[0], ANNA).await;
    let opposition = Opposition { cible: CibleOpposition::Profil("ash".into()), categories: Vec::new() };
    monde.changer::<Rattachement>(Rattachement::id(ANNA), |porte| porte.oppositions.push(opposition)).await;
    crate::rendez_vous::tous(&monde).await;
    let hopital = hopital(&monde, TOUT).await;
    let mut fichiers = Vec::new();
    let etats = [
        Allergies::Indisponible,
        Allergies::Aucune { verifie_le: jiff::civil::date(2026, 11, 1) },
        Allergies::Connues { liste: vec![Allergie { agent: "latex".into(), reaction: String::new(), annee: Some(2019) }] },
        Allergies::NonRenseignees,
    ];
    for (rang, etat) in etats.into_iter().enumerate() {
        monde.changer::<Alertes>(Alertes::id(ANNA), |alertes| alertes.allergies = etat).await;
        for (autre, une) in
            trouves(&lu(&monde, &hopital, &format!("/fhir/AllergyIntolerance?patient={ANNA}")).await).iter().enumerate()
        {
            fichiers.push(garder(&format!("allergie-{rang}-{autre}"), &une.to_string()));
        }
    }
    for genre in [
        "Encounter",
        "Appointment",
        "Condition",
        "MedicationStatement",
        "Observation",
        "DocumentReference",
        "CarePlan",
        "Consent",
    ] {
        for (rang, une) in trouves(&lu(&monde, &hopital, &format!("/fhir/{genre}?patient={ANNA}")).await).iter().enumerate() {
            fichiers.push(garder(&format!("{genre}-{rang}"), &une.to_string()));
        }
    }
    let traces = jeton(&monde, TRACES, "partenaire_tracabilite", &[ETAB], TOUT).await;
    let vues = trouves(&lu(&monde, &traces, &format!("/fhir/AuditEvent?patient={ANNA}&_count=3")).await);
    fichiers.extend(vues.iter().enumerate().map(|(rang, une)| garder(&format!("AuditEvent-{rang}"), &une.to_string())));
    for (nom, adresse) in [
        ("metadata", "/fhir/metadata".to_owned()),
        ("tout", format!("/fhir/Patient/{ANNA}/$everything?_count=100")),
        ("histoire", format!("/fhir/DocumentReference/{LETTRE}/_history")),
        ("refus", "/fhir/Patient/inconnu".to_owned()),
        ("page", format!("/fhir/Observation?patient={ANNA}&_count=1&_include=Observation:patient")),
    ] {
        fichiers.push(garder(nom, &lire(&monde, &hopital, &adresse).await.texte));
    }
    let Judgment { valid: bons, told: dit } = regles.run(&["--base"], &fichiers);
    assert!(bons, "{dit}");
    assert!(fichiers.len() >= 19, "{} resources", fichiers.len());
}
