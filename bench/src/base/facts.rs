//! What was said of residents in the last two months.

use jiff::Timestamp;
use kernel::clock::fuseau_par_defaut;
use kernel::texte::Texte;
use plan_de_soins::{Cle, FaitSource, Issue, Validation};
use semis::Semeur;
use transmissions::{EtatCible, Importance, Transmission};

use super::people::{LINES, line_id};
use super::{ESTABLISHMENTS, Person, RESIDENTS, account, before, signed};
use crate::acte;

const PEOPLE: u64 = ESTABLISHMENTS * RESIDENTS;
/// Two months, in minutes.
const SPAN: u64 = 60 * 24 * 60;
/// What transmissions say.
pub(crate) const TEXTS: [&str; 6] = [
    "A peu dormi, appels répétés dans la nuit, rassurée par la présence.",
    "Chute sans gravité près du lit cette nuit, pas de plaie, surveillance de 48 heures.",
    "Repas pris à moitié, hydratation encouragée, poids à contrôler en fin de semaine.",
    "Œdèmes des membres inférieurs moins marqués, bas de contention posés le matin.",
    "Visite de sa fille, souriante, a participé à l'atelier de l'après-midi.",
    "Douleur à la mobilisation évaluée à 4, antalgique donné par l'infirmière, soulagée à 15 h.",
];

/// Id of a fact: time first, as devices make them.
fn fact_id(family: u64, n: u64) -> uuid::Uuid {
    acte::id(family, n)
}

pub(super) async fn validations(sower: &mut Semeur<'_>, now: Timestamp, count: u64) -> anyhow::Result<()> {
    for n in 0..count {
        let person = Person::new(n.wrapping_mul(7_919) % PEOPLE);
        // From two months ago to two days ago.
        let done = before(now, 2_880 + SPAN - SPAN * n / count.max(1));
        let body = Validation {
            usager: person.id,
            etablissement: person.establishment,
            unite: Some(person.unit),
            soin: line_id(person.n, n / PEOPLE % LINES),
            libelle: "Aide à la toilette au lavabo".into(),
            occurrence: Cle::libre(fuseau_par_defaut().to_datetime(done)),
            issue: Issue::Fait,
            fait_le: done,
            saisi_le: done,
            fait_source: FaitSource::Maintenant,
            groupe: false,
            avec: None,
            note: String::new(),
            par: signed(person.carer),
            hors_plan: false,
            heure_a_confirmer: false,
            hors_ligne: false,
            annule: None,
            correction: None,
            remplace: None,
            double_de: None,
        };
        sower.poser(fact_id(10, n), account(person.carer).0, done, &body).await?;
    }
    Ok(())
}

pub(super) async fn transmissions(sower: &mut Semeur<'_>, now: Timestamp, count: u64) -> anyhow::Result<()> {
    for n in 0..count {
        let person = Person::new(n.wrapping_mul(7_907) % PEOPLE);
        let done = before(now, 30 + SPAN - SPAN * n / count.max(1));
        let id = fact_id(11, n);
        let text = TEXTS[usize::try_from(n % 6)?];
        let body = Transmission {
            id,
            usager: person.id,
            etablissement: person.establishment,
            unite: Some(person.unit),
            theme: ["sommeil", "chute", "alimentation"][usize::try_from(n % 3)?].to_owned(),
            theme_propose: false,
            cible: None,
            etat: EtatCible::Isolee,
            donnees: Texte::facultatif(text).ok().flatten(),
            actions: None,
            resultat: None,
            importance: Importance::default(),
            consigne: None,
            a_revoir: None,
            liens: Vec::new(),
            fait_le: done,
            saisi_le: done,
            recu_le: None,
            auteur: account(person.carer),
            auteur_nom: format!("Claude SOIGNANT {}", person.carer),
            auteur_profil: "as".to_owned(),
            hors_ligne: false,
            heure_a_confirmer: false,
            corrige: None,
            annule: None,
        };
        sower.poser(id, account(person.carer).0, done, &body).await?;
    }
    Ok(())
}
