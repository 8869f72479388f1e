//! Keys: rotation, retention, protection at rest, what a device and a person are given.

use jiff::{SignedDuration, Timestamp};
use kernel::id::{CompteId, EtablissementId, PosteId};
use kernel::uuid::Uuid;
use ring::rand::SystemRandom;
use terrain::{
    CleMaitre, ClesEtablissement, Compartiment, Erreur, GARDE_JOURS, Poste, ROTATION_JOURS, SessionTerrain, SignaturePoste,
};

fn maitre() -> CleMaitre {
    CleMaitre::new(&[1; 32]).unwrap()
}

fn t0() -> Timestamp {
    "2026-11-21T08:00:00Z".parse().unwrap()
}

fn jours(n: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * n)
}

fn poste() -> Poste {
    let id = PosteId(Uuid::from_u128(7));
    let par = (CompteId(Uuid::from_u128(3)), t0());
    Poste::enroler(id, "Tablette 7".into(), EtablissementId(Uuid::from_u128(1)), par, &maitre(), &SystemRandom::new()).unwrap()
}

#[test]
fn a_key_turns_after_a_month_and_still_opens_for_ninety_days() {
    let (maitre, hasard) = (maitre(), SystemRandom::new());
    let mut cles = ClesEtablissement::default();
    assert!(cles.a_tourner(t0()));
    cles.tourner(t0(), &maitre, &hasard).unwrap();
    let premiere = cles.courante().unwrap().kid.clone();
    assert!(!cles.a_tourner(t0() + jours(ROTATION_JOURS) - SignedDuration::from_secs(1)));
    assert!(cles.a_tourner(t0() + jours(ROTATION_JOURS)));
    cles.tourner(t0() + jours(30), &maitre, &hasard).unwrap();
    assert_ne!(cles.courante().unwrap().kid, premiere);
    cles.tourner(t0() + jours(30 + GARDE_JOURS) - SignedDuration::from_secs(1), &maitre, &hasard).unwrap();
    cles.privee(&premiere, &maitre).unwrap();
    cles.tourner(t0() + jours(30 + GARDE_JOURS), &maitre, &hasard).unwrap();
    assert_eq!(cles.privee(&premiere, &maitre).unwrap_err(), Erreur::CleInconnue);
}

#[test]
fn nothing_opens_without_the_master_key_nor_at_another_place() {
    let (maitre, hasard) = (maitre(), SystemRandom::new());
    let mut cles = ClesEtablissement::default();
    cles.tourner(t0(), &maitre, &hasard).unwrap();
    let kid = cles.courante().unwrap().kid.clone();
    let relu: ClesEtablissement = serde_json::from_str(&serde_json::to_string(&cles).unwrap()).unwrap();
    relu.privee(&kid, &maitre).unwrap();
    let voleur = CleMaitre::new(&[2; 32]).unwrap();
    assert_eq!(relu.privee(&kid, &voleur).unwrap_err(), Erreur::Altere);
    let garde = maitre.proteger(b"secret", "ici", &hasard).unwrap();
    assert_eq!(maitre.ouvrir(&garde, "ici").unwrap(), b"secret");
    assert_eq!(maitre.ouvrir(&garde, "ailleurs").unwrap_err(), Erreur::Altere);
    assert_eq!(format!("{garde:?} {maitre:?}"), "Protege(…) CleMaitre(…)");
}

#[test]
fn people_share_the_compartments_of_a_device_and_keep_their_own() {
    let (maitre, mut poste) = (maitre(), poste());
    let (sophie, karim) = (CompteId(Uuid::from_u128(84)), CompteId(Uuid::from_u128(85)));
    let a = poste.deks(sophie, "as", &[Compartiment::Soins, Compartiment::Perso], &maitre).unwrap();
    let b = poste.deks(karim, "as", &[Compartiment::Soins, Compartiment::Perso, Compartiment::Vie], &maitre).unwrap();
    assert_eq!(a[&Compartiment::Soins], b[&Compartiment::Soins]);
    assert_ne!(a[&Compartiment::Perso], b[&Compartiment::Perso]);
    assert_ne!(b[&Compartiment::Soins], b[&Compartiment::Vie]);
    assert!(!a.contains_key(&Compartiment::Vie));
    let nadia = poste.deks(karim, "ide", &[Compartiment::Soins], &maitre).unwrap();
    assert_ne!(a[&Compartiment::Soins], nadia[&Compartiment::Soins]);
    let requete = poste.cle_requete(&maitre).unwrap();
    poste.generation += 1;
    assert_ne!(a[&Compartiment::Soins], poste.deks(sophie, "as", &[Compartiment::Soins], &maitre).unwrap()[&Compartiment::Soins]);
    assert_eq!(requete, poste.cle_requete(&maitre).unwrap());
}

#[test]
fn a_session_opens_nothing_after_its_end() {
    let fin = t0() + SignedDuration::from_hours(14);
    let id = Uuid::from_u128(9);
    let (p, c) = (PosteId(Uuid::from_u128(7)), CompteId(Uuid::from_u128(84)));
    let mut session = SessionTerrain::ouvrir(id, p, c, (t0(), fin), &maitre(), &SystemRandom::new()).unwrap();
    assert_eq!(session.cle(&maitre()).unwrap().len(), 32);
    assert!(session.vivante(fin - SignedDuration::from_secs(1)));
    assert!(!session.vivante(fin));
    session.fermee_a = Some(t0());
    assert!(!session.vivante(t0()));
}

#[test]
fn a_signature_opens_something_for_five_minutes_only() {
    let t = t0();
    let signature = |ms: i64| {
        let entete = format!("Terrain poste={},instant={ms},mac=AAAA", Uuid::from_u128(7));
        SignaturePoste::lire(&entete).unwrap().fraiche(t)
    };
    assert_eq!(signature(t.as_millisecond() + 299_000), Ok(()));
    assert_eq!(signature(t.as_millisecond() - 301_000), Err(Erreur::Perimee));
    assert_eq!(signature(i64::MIN), Err(Erreur::Perimee));
}
