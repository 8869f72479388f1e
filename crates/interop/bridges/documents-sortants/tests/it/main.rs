//! A DLU signed through the router, read again by us and by the official rules when they are there.

#![expect(clippy::expect_used, reason = "in a fixture a failure is a failed test, told where it happened")]

mod redaction;
mod regles;
mod signature;

use jiff::civil::date;
use kernel::ins::{DocumentIdentite, Identite, Ins, LieuNaissance, Matricule, Oid, Sexe, Traits};
use medical::{Code, Consignes, Directive, Element, Etat, Hopital, Nature, NiveauSoins, OBSERVATIONS, Origine};
use monde_essai::une_maison::{ANNA, ETAB};
use monde_essai::{Monde, une_maison};
use testkit::TestStore;
use usagers::{Alertes, Allergie, Allergies, Contact, Entourage, Identification, MesureProtection, RoleContact};
use uuid::Uuid;

async fn monde(store: TestStore) -> Monde {
    let modules = vec![
        documents_sortants::module(),
        urgences::module(),
        medical::module(),
        documents::module(),
        sejours::module(),
        usagers::module(),
    ];
    une_maison::semer(Monde::nouveau(store, true, modules)).await
}

/// A person of the cases: traits, and a test number when she is qualified.
struct Cas {
    nom: &'static str,
    traits: (String, String, &'static str, Sexe, &'static str),
    ins: Option<(&'static str, Oid)>,
    plein: bool,
}

fn cas() -> Vec<Cas> {
    let court = |nom, prenoms| (String::from(nom), String::from(prenoms));
    let un = |nom, (famille, prenoms): (String, String), naissance, sexe, lieu, ins, plein| Cas {
        nom,
        traits: (famille, prenoms, naissance, sexe, lieu),
        ins,
        plein,
    };
    let longue = "ABCDEFGHIJ-KLMNOPQRS'TUVWXYZABC ".repeat(4)[..120].trim().to_owned();
    vec![
        un(
            "qualifiee",
            court("PAT-TROIS", "DOMINIQUE MARIE-LOUISE"),
            "28/03/1979",
            Sexe::Feminin,
            "51215",
            Some(("279035121518989", Oid::Test)),
            true,
        ),
        un("sans-ins", court("BRUMELLE", "ANNA"), "12/04/1936", Sexe::Feminin, "63113", None, true),
        un(
            "corse",
            court("ADRTROIS", "DOMINIQUE"),
            "26/02/1997",
            Sexe::Feminin,
            "2A020",
            Some(("297022A02077878", Oid::Test)),
            false,
        ),
        un("nom-long", (longue.clone(), "ANNE".into()), "01/01/1930", Sexe::Masculin, "99999", None, true),
        un("jour-inconnu", court("D'OMBRE", "EMILE"), "00/05/1931", Sexe::Masculin, "99352", None, false),
        un("annee-seule", court("O'NEIL", "ZOE"), "00/00/1900", Sexe::Indetermine, "99999", None, true),
    ]
}

fn identification(cas: &Cas) -> Identification {
    let (famille, prenoms, naissance, sexe, lieu) = &cas.traits;
    let traits =
        Traits::new(famille, prenoms, naissance.parse().expect("a date"), *sexe, LieuNaissance::new(lieu).expect("a place"))
            .expect("traits");
    let mut identite = Identite::provisoire(traits.clone());
    if let Some((numero, oid)) = cas.ins {
        let ins = Ins::new(Matricule::new(numero).expect("a number"), oid).expect("an INS");
        identite =
            identite.insi_obtenue(ins, traits).expect("INSi").document_verifie(DocumentIdentite::Passeport).expect("qualified");
    }
    Identification { usager: ANNA, etablissement: ETAB, identite, nom_utilise: None, prenom_utilise: None }
}

fn element(rang: u128, nature: Nature, libelle: &str, detail: &str) -> (Uuid, Element) {
    let element = Element {
        usager: ANNA,
        etablissement: ETAB,
        nature,
        libelle: libelle.into(),
        code: (nature == Nature::Pathologie).then(|| Code::cim10("I48.9").expect("a code")),
        debut: Some("2021-03".parse().expect("a date")),
        detail: detail.into(),
        precision: "Suivi par « l'hôpital » & <le médecin> traitant".into(),
        a_risque: nature == Nature::Traitement,
        note_le: "2026-11-01T08:00:00Z".parse().expect("an instant"),
        origine: Origine::Saisie,
        etat: Etat::EnVigueur,
    };
    (Uuid::from_u128(0x700 + rang), element)
}

fn contact(nom: &str, role: RoleContact) -> Contact {
    Contact {
        id: Uuid::from_u128(role as u128 + 0x900),
        nom: nom.into(),
        lien: "fille".into(),
        roles: vec![role],
        telephone: "06 39 98 00 01".into(),
        courriel: String::new(),
        adresse: String::new(),
        consigne: String::new(),
    }
}

/// A record where everything is told.
async fn remplir(monde: &Monde) {
    let natures = [
        (Nature::Pathologie, "Fibrillation auriculaire", ""),
        (Nature::Antecedent, "AVC", ""),
        (Nature::Intervention, "Prothèse de hanche", ""),
        (Nature::Traitement, "Apixaban 2,5 mg", "1 matin et 1 soir"),
        (Nature::Bmr, "BLSE", "urines"),
        (Nature::Resultat, "Clairance", "34 mL/min"),
        (Nature::Vaccination, "Grippe", ""),
        (Nature::Dispositif, "Appareil auditif", "droite"),
    ];
    for (rang, (nature, libelle, detail)) in natures.into_iter().enumerate() {
        let (id, element) = element(rang as u128, nature, libelle, detail);
        monde.ecrire(id, &element).await;
    }
    let observations = OBSERVATIONS.iter().enumerate().map(|(rang, (code, _))| ((*code).to_owned(), rang % 2 == 0)).collect();
    let consignes = Consignes {
        niveau: Some(NiveauSoins::B),
        palliatif: "Équipe mobile".into(),
        directives: vec![Directive { sujet: "75779-9".into(), volonte: "Pas de réanimation".into() }],
        directives_ou: "coffre de l'unité".into(),
        hopital: Hopital { nom: "CH de Val-Brumeux".into(), finess: "999999999".into(), telephone: "04 65 71 00 15".into() },
        observations,
        commentaire: "Ne comprend qu'à voix haute".into(),
        ..Consignes::vides(ANNA, ETAB)
    };
    monde.ecrire(Consignes::id(ANNA), &consignes).await;
    let allergies = Allergies::Connues {
        liste: vec![Allergie { agent: "pénicilline".into(), reaction: "anaphylaxie".into(), annee: Some(2019) }],
    };
    let alertes = Alertes {
        usager: ANNA,
        etablissement: ETAB,
        allergies,
        signaux: Vec::new(),
        texture: "mixée".into(),
        regime: String::new(),
        boisson: String::new(),
        transfert: String::new(),
        gir: Some(2),
    };
    monde.ecrire(Alertes::id(ANNA), &alertes).await;
    let mesure = MesureProtection {
        nature: "tutelle".into(),
        mandataire: "UDAF fictive".into(),
        depuis: Some(date(2020, 1, 1)),
        jusque: None,
    };
    let contacts = vec![
        contact("Claire BRUMELLE", RoleContact::PersonneDeConfiance),
        contact("PROCHE", RoleContact::APrevenir),
        contact("Dr Jeanne TRAITANT", RoleContact::MedecinTraitant),
    ];
    let entourage = Entourage { usager: ANNA, etablissement: ETAB, contacts, mesure: Some(mesure), directives: "oui".into() };
    monde.ecrire(Entourage::id(ANNA), &entourage).await;
}

/// Signs the DLU of the person and gives the bytes kept.
async fn signer(monde: &Monde) -> Vec<u8> {
    let lieu = signer_en(monde).await;
    monde.lire(une_maison::IDE, &format!("{lieu}/fichier")).await.octets
}

/// The address of the DLU just signed.
async fn signer_en(monde: &Monde) -> String {
    let page = monde.envoyer(une_maison::IDE, &format!("/residents/{ANNA}/dlu/signature"), &[]).await;
    assert_eq!(page.status, http::StatusCode::SEE_OTHER, "{}", page.texte);
    page.lieu.split('?').next().expect("an address").to_owned()
}
