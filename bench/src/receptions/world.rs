//! The grappe messages come to: houses, residents whose identity is qualified, a secretary a house, a partner application.

use std::collections::BTreeMap;
use std::path::Path;

use etablissements::{Etablissement, Grappe, Organisme, Statut};
use jiff::Timestamp;
use kernel::clock::{Clock, SystemClock};
use kernel::dates::DateNaissance;
use kernel::id::{CompteId, EtablissementId, OrganismeId, SejourId, UniteId, UsagerId};
use kernel::ins::{DocumentIdentite, Identite, Ins, LieuNaissance, Matricule, Oid, Sexe, Traits, cle_nir};
use platform::acces::{Compte, EtatSejour, Habilitation, NatureCompte, Rattachement};
use sejours::{GenreSejour, Sejour, rattachement};
use semis::Semeur;
use store::{MasterKey, Store};
use usagers::{Civilite, Identification, Usager};
use uuid::Uuid;

use crate::acte;

/// Residents of a house.
const RESIDENTS: usize = 85;
pub(crate) const PASSWORD: &str = "receptions-de-la-grappe";
const FAMILIES: [&str; 31] = [
    "OLMEDE",
    "FICELLINE",
    "TARNEQUELLE",
    "ROUMELIAN",
    "VERNISSAN",
    "GRANDELOUX",
    "SERPOLINE",
    "BRUMEVAL",
    "ASTERLANE",
    "CHANTEBRISE",
    "LARGIMELUNE",
    "PETILLARD",
    "MOUSSERAC",
    "CLAPOTINE",
    "DORMEVILLE",
    "FOUGERANT",
    "GIROFLETTE",
    "HUCHEPOT",
    "JONQUERELLE",
    "LANTERNIER",
    "MARJOLAINAC",
    "NOISETIAN",
    "ORTICAIRE",
    "PIMPRENAUD",
    "QUENOUILLET",
    "RUISSELARD",
    "SAPINETTE",
    "TOURNEBRIDE",
    "VALERIANNE",
    "ECUREUILLET",
    "BOUTEFEUILLE",
];
const WOMEN: [&str; 12] = [
    "ODETTE", "SIMONE", "GINETTE", "PAULETTE", "YVETTE", "RAYMONDE", "ANDREE", "HUGUETTE", "COLETTE", "SUZANNE", "LUCETTE",
    "DENISE",
];
const MEN: [&str; 12] =
    ["FERNAND", "MARCEL", "ROGER", "GASTON", "LUCIEN", "EMILE", "ARMAND", "GILBERT", "RAYMOND", "ALBERT", "MAURICE", "LEON"];

/// A resident, as the messages name her.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) id: UsagerId,
    pub(crate) house: EtablissementId,
    pub(crate) family: &'static str,
    pub(crate) given: &'static str,
    /// `AAAAMMJJ`.
    pub(crate) birth: String,
    pub(crate) female: bool,
    /// INSEE code of the place of birth.
    pub(crate) place: String,
    /// Fifteen characters of a test INS.
    pub(crate) ins: String,
}

fn person(n: usize) -> Person {
    let female = !n.is_multiple_of(3);
    let given = if female { WOMEN } else { MEN }[n / 31 % 12];
    let (year, month, day) = (1925 + n * 7 % 25, 1 + n * 5 % 12, 1 + n * 11 % 28);
    let place = format!("63{:03}", 1 + n / 1_000);
    let thirteen = format!("{}{:02}{month:02}{place}{:03}", if female { 2 } else { 1 }, year % 100, n % 1_000);
    let ins = format!("{thirteen}{:02}", cle_nir(&thirteen).unwrap_or(0));
    let birth = format!("{year}{month:02}{day:02}");
    Person {
        id: UsagerId(acte::id(22, n as u64)),
        house: house(n / RESIDENTS),
        family: FAMILIES[n % 31],
        given,
        birth,
        female,
        place,
        ins,
    }
}

/// The `n`-th house.
pub(crate) fn house(n: usize) -> EtablissementId {
    EtablissementId(acte::id(21, n as u64))
}

/// Login of the secretary of a house.
pub(crate) fn secretary(n: usize) -> String {
    format!("accueil-{n}")
}

/// FINESS number of a house.
pub(crate) fn finess(n: usize) -> String {
    format!("9X7{n:06}")
}

/// Sows an empty database with so many houses; gives the residents.
pub(crate) async fn sow(url: &str, data: &Path, houses: usize) -> anyhow::Result<Vec<Person>> {
    std::fs::create_dir_all(data)?;
    let store = Store::open(&url.parse()?, MasterKey::File(data.join("cle-maitre"))).await?;
    let now = SystemClock.now();
    let mut sower = Semeur::new(&store, now, &|_, _| {});
    sower.poser(Grappe::id(), Uuid::nil(), now, &Grappe { nom: "Grappe des réceptions".to_owned().try_into()? }).await?;
    let organisme = OrganismeId(acte::id(20, 0));
    let body =
        Organisme { nom: "Organisme de mesure".to_owned().try_into()?, finess: "9X9000001".parse()?, statut: Statut::Public };
    sower.poser(organisme, Uuid::nil(), now, &body).await?;
    let hash = platform::web::hacher(PASSWORD).map_err(|error| anyhow::anyhow!("{error}"))?;
    for n in 0..houses {
        sower.poser(house(n), Uuid::nil(), now, &establishment(n, organisme)?).await?;
        sower.poser(CompteId(acte::id(23, n as u64)), Uuid::nil(), now, &account(n, &hash, now)).await?;
    }
    let people: Vec<Person> = (0..houses * RESIDENTS).map(person).collect();
    for (n, person) in people.iter().enumerate() {
        resident(&mut sower, n, person, now).await?;
    }
    sower.finir().await?;
    Ok(people)
}

fn establishment(n: usize, organisme: OrganismeId) -> anyhow::Result<Etablissement> {
    Ok(Etablissement {
        id: house(n),
        organisme,
        nom: format!("Maison {n}").try_into()?,
        finess: finess(n).parse()?,
        genre: "ehpad".into(),
        adresse: "3, rue de la Mesure".into(),
        commune: "63999 Val-Brumeux".into(),
        departement: "63".into(),
        telephone: "04 65 71 00 12".into(),
        acces_nuit: String::new(),
        capacite: if n == 0 { 120 } else { 90 },
        actif: true,
    })
}

fn account(n: usize, hash: &str, now: Timestamp) -> Compte {
    let right =
        Habilitation { profil: "secretaire".to_owned(), etablissement: Some(house(n)), unites: Vec::new(), du: now, au: None };
    Compte {
        identifiant: secretary(n),
        nom_affiche: format!("Camille ACCUEIL {n}"),
        professionnel: None,
        etablissement: Uuid::from(house(n)),
        mot_de_passe: hash.to_owned(),
        code: None,
        nature: NatureCompte::Permanent,
        ferme_le: None,
        habilitations: vec![right],
        demo: None,
        preferences: BTreeMap::new(),
    }
}

async fn resident(sower: &mut Semeur<'_>, n: usize, person: &Person, now: Timestamp) -> anyhow::Result<()> {
    let body = Usager {
        id: person.id,
        etablissement: person.house,
        nom: person.family.to_owned().try_into()?,
        prenom: person.given.to_owned().try_into()?,
        civilite: if person.female { Civilite::Madame } else { Civilite::Monsieur },
        photo: None,
        homonymes: Vec::new(),
        fusionne_dans: None,
    };
    sower.poser(person.id, Uuid::nil(), now, &body).await?;
    sower.poser(Identification::id(person.id), Uuid::nil(), now, &identification(person)?).await?;
    let stay = Sejour {
        id: SejourId(acte::id(24, n as u64)),
        usager: person.id,
        etablissement: person.house,
        genre: GenreSejour::Permanent,
        etat: EtatSejour::Present,
        unite: None::<UniteId>,
        chambre: None,
        lit: None,
        chambre_libelle: (101 + n % RESIDENTS).to_string(),
        rang: 1,
        entree_le: now,
        sortie_prevue: None,
        sortie_le: None,
        parti_le: None,
        lieu: String::new(),
    };
    sower.poser(stay.id, Uuid::nil(), now, &stay).await?;
    sower.poser(Rattachement::id(person.id), Uuid::nil(), now, &rattachement(None, &stay)).await?;
    Ok(())
}

fn identification(person: &Person) -> anyhow::Result<Identification> {
    let (year, month, day) = (person.birth[..4].parse()?, person.birth[4..6].parse()?, person.birth[6..].parse()?);
    let born = DateNaissance::new(year, month, day)?;
    let sex = Sexe::lire(if person.female { "F" } else { "M" })?;
    let traits = Traits::new(person.family, person.given, born, sex, LieuNaissance::new(&person.place)?)?;
    let ins = Ins::new(Matricule::new(&person.ins)?, Oid::Test)?;
    let identity =
        Identite::provisoire(traits.clone()).insi_obtenue(ins, traits)?.document_verifie(DocumentIdentite::Passeport)?;
    Ok(Identification {
        usager: person.id,
        etablissement: person.house,
        identite: identity,
        nom_utilise: None,
        prenom_utilise: None,
    })
}
