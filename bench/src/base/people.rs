//! Residents: identity, alerts, stay, plan of seventeen lines in the present shift.

use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};
use kernel::clock::fuseau_par_defaut;
use kernel::dates::{DateNaissance, jour_local};
use kernel::id::SejourId;
use kernel::ins::{Identite, LieuNaissance, Sexe, Traits};
use plan_de_soins::{ActeCatalogue, Plan, Recurrence, Rythme, SoinPrevu, actes_partages};
use platform::acces::{EtatSejour, Rattachement};
use sejours::{GenreSejour, Sejour, rattachement};
use semis::Semeur;
use usagers::{Alertes, Allergies, Civilite, Identification, Usager};
use uuid::Uuid;

use super::{Person, account, before, people, signed};
use crate::acte;

/// Lines of a plan.
pub(super) const LINES: u64 = 17;
const NAMES: [&str; 12] = [
    "OLMÈDE",
    "FICELLINE",
    "TARNEQUELLE",
    "ROUMÉLIAN",
    "VERNISSAN",
    "GRANDELOUX",
    "SERPOLINE",
    "BRUMEVAL",
    "ASTERLANE",
    "CHANTEBRISE",
    "LARGIMELUNE",
    "PÉTILLARD",
];

/// Id of a line of a plan.
pub(super) fn line_id(person: u64, line: u64) -> Uuid {
    acte::id(8, person * LINES + line)
}

pub(super) async fn sow(sower: &mut Semeur<'_>, now: Timestamp) -> anyhow::Result<()> {
    let acts = actes_partages();
    let arrived = before(now, 60 * 24 * 200);
    for person in people() {
        let usager = usager(person)?;
        sower.poser(person.id, Uuid::nil(), arrived, &usager).await?;
        sower.poser(Identification::id(person.id), Uuid::nil(), arrived, &identification(person)?).await?;
        sower.poser(Alertes::id(person.id), Uuid::nil(), arrived, &alertes(person)).await?;
        let sejour = sejour(person, arrived);
        sower.poser(sejour.id, Uuid::nil(), arrived, &sejour).await?;
        sower.poser(Rattachement::id(person.id), Uuid::nil(), arrived, &rattachement(None, &sejour)).await?;
        let plan = plan(person, acts, now)?;
        sower.poser(Plan::id(person.id), account(person.carer).0, arrived, &plan).await?;
    }
    Ok(())
}

fn name(person: Person) -> String {
    let rank = usize::try_from(person.n % 12).unwrap_or(0);
    format!("{}-{}", NAMES[rank], NAMES[(rank + 5) % 12])
}

fn usager(person: Person) -> anyhow::Result<Usager> {
    Ok(Usager {
        id: person.id,
        etablissement: person.establishment,
        nom: name(person).try_into()?,
        prenom: if person.n.is_multiple_of(2) { "Odette" } else { "Fernand" }.to_owned().try_into()?,
        civilite: if person.n.is_multiple_of(2) { Civilite::Madame } else { Civilite::Monsieur },
        photo: None,
        homonymes: Vec::new(),
        fusionne_dans: None,
    })
}

fn identification(person: Person) -> anyhow::Result<Identification> {
    let born = DateNaissance::new(
        1930 + i16::try_from(person.n % 15)?,
        1 + i8::try_from(person.n % 12)?,
        1 + i8::try_from(person.n % 28)?,
    )?;
    let (sex, first) = if person.n.is_multiple_of(2) { ("F", "ODETTE") } else { ("M", "FERNAND") };
    let traits = Traits::new(NAMES[usize::try_from(person.n % 12)?], first, born, Sexe::lire(sex)?, LieuNaissance::inconnu())?;
    Ok(Identification {
        usager: person.id,
        etablissement: person.establishment,
        identite: Identite::provisoire(traits),
        nom_utilise: Some(name(person)),
        prenom_utilise: Some(first.to_owned()),
    })
}

fn alertes(person: Person) -> Alertes {
    Alertes {
        usager: person.id,
        etablissement: person.establishment,
        allergies: Allergies::NonRenseignees,
        signaux: Vec::new(),
        texture: String::new(),
        regime: String::new(),
        boisson: String::new(),
        transfert: "déambulateur".into(),
        gir: Some(3),
    }
}

fn sejour(person: Person, arrived: Timestamp) -> Sejour {
    let room = u32::try_from(person.n % 85).unwrap_or(0) + 101;
    Sejour {
        id: SejourId(acte::id(9, person.n)),
        usager: person.id,
        etablissement: person.establishment,
        genre: GenreSejour::Permanent,
        etat: EtatSejour::Present,
        unite: Some(person.unit),
        chambre: None,
        lit: None,
        chambre_libelle: room.to_string(),
        rang: room,
        entree_le: arrived,
        sortie_prevue: None,
        sortie_le: None,
        parti_le: None,
        lieu: String::new(),
    }
}

/// Times spread over the next hours: acts to come and acts to do, as in the middle of a round.
fn times(now: Timestamp) -> Vec<Time> {
    let start = now.checked_sub(SignedDuration::from_mins(30)).unwrap_or(now);
    let zone = fuseau_par_defaut();
    (0..LINES)
        .filter_map(|line| start.checked_add(SignedDuration::from_mins(i64::try_from(line * 5).ok()?)).ok())
        .map(|at| zone.to_datetime(at).time())
        .filter_map(|time| Time::new(time.hour(), time.minute(), 0, 0).ok())
        .collect()
}

fn plan(person: Person, acts: &[ActeCatalogue], now: Timestamp) -> anyhow::Result<Plan> {
    let from = jour_local(before(now, 60 * 24 * 90), &fuseau_par_defaut());
    // Acts which ask for a measure open a form: a tap is not enough.
    let plain: Vec<&ActeCatalogue> = acts.iter().filter(|act| act.mesures.is_empty() && !act.a_risque).collect();
    anyhow::ensure!(!plain.is_empty(), "the shared list of acts is empty");
    let lines = times(now).into_iter().zip(0..).map(|(time, line)| {
        let act = plain[usize::try_from(line + person.n).unwrap_or(0) % plain.len()];
        planned(line_id(person.n, line), act, time, from)
    });
    Ok(Plan {
        usager: person.id,
        etablissement: person.establishment,
        lignes: lines.map(std::sync::Arc::new).collect(),
        changement: "Plan établi à l'admission".into(),
        signe: Some(signed(person.carer)),
    })
}

fn planned(id: Uuid, act: &ActeCatalogue, time: Time, from: Date) -> SoinPrevu {
    SoinPrevu {
        id,
        acte: act.code.clone(),
        libelle: act.libelle.clone(),
        icone: act.icone.clone(),
        categorie: act.categorie.clone(),
        consigne: act.consigne.clone(),
        metiers: act.metiers.clone(),
        recurrence: Recurrence::de(Rythme::Quotidien, &[time]),
        du: from,
        au: None,
        ajoute_le: None,
        arret: None,
        mesures: Vec::new(),
        a_risque: false,
        observation: act.observation,
        duree_min: act.duree_min,
        origine: None,
    }
}
