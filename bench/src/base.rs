//! A base as large as the grappe's: 44 establishments, 3,740 residents, their plans, what was said of them.

mod facts;
mod medical_file;
mod people;
mod structure;

use std::path::Path;
use std::time::Instant;

use jiff::{SignedDuration, Timestamp};
use kernel::clock::{Clock, SystemClock};
use kernel::id::{CompteId, EtablissementId, UniteId, UsagerId};
use plan_de_soins::Signataire;
use semis::Semeur;
use store::{MasterKey, Store};

use crate::acte;

pub(crate) use facts::TEXTS;

/// Login of the carer who is measured.
pub(crate) const LOGIN: &str = "soin-0";
/// Login of the nurse of the same residents, who signs documents.
pub(crate) const NURSE: &str = "infirmiere-0";
/// FINESS number of her house.
pub(crate) const FINESS: &str = "9X8000000";
/// Password of every account of this base.
pub(crate) const PASSWORD: &str = "mesure-de-la-grappe";

const ESTABLISHMENTS: u64 = 44;
/// Residents of one establishment: a unit of 60 and one of 25.
const RESIDENTS: u64 = 85;
const UNIT: u64 = 60;

/// What is already there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    pub(crate) validations: u64,
    pub(crate) transmissions: u64,
}

/// The `n`-th resident and where he lives.
#[derive(Debug, Clone, Copy)]
struct Person {
    n: u64,
    id: UsagerId,
    establishment: EtablissementId,
    unit: UniteId,
    carer: u64,
}

impl Person {
    fn new(n: u64) -> Self {
        let house = n / RESIDENTS;
        let second = n % RESIDENTS >= UNIT;
        Self {
            n,
            id: UsagerId(acte::id(2, n)),
            establishment: establishment(house),
            unit: unit(house, second),
            carer: house * 2 + u64::from(second),
        }
    }
}

fn establishment(n: u64) -> EtablissementId {
    EtablissementId(acte::id(1, n))
}

fn unit(house: u64, second: bool) -> UniteId {
    UniteId(acte::id(6, house * 2 + u64::from(second)))
}

fn account(carer: u64) -> CompteId {
    CompteId(acte::id(3, carer))
}

fn signed(carer: u64) -> Signataire {
    Signataire { compte: account(carer), nom: format!("Claude SOIGNANT {carer}"), metier: "AS".into() }
}

/// Whom the `n`-th act of a tablet is about, and who did it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) author: CompteId,
    pub(crate) establishment: EtablissementId,
    pub(crate) person: UsagerId,
    /// The line of the plan.
    pub(crate) line: uuid::Uuid,
}

/// Four tablets a unit, each with the residents of a quarter of it.
pub(crate) fn place(tablet: u64, n: u64) -> Place {
    let units = ESTABLISHMENTS * 2;
    let (carer, quarter) = (tablet % units, tablet / units % 4);
    let (first, size) = if carer.is_multiple_of(2) { (0, UNIT / 4) } else { (UNIT, (RESIDENTS - UNIT) / 4) };
    let person = Person::new(carer / 2 * RESIDENTS + first + quarter * size + n % size);
    let line = people::line_id(person.n, n / size % people::LINES);
    Place { author: account(person.carer), establishment: person.establishment, person: person.id, line }
}

fn people() -> impl Iterator<Item = Person> {
    (0..ESTABLISHMENTS * RESIDENTS).map(Person::new)
}

/// The residents whose files are filled.
pub(crate) fn unit_of_sixty() -> impl Iterator<Item = UsagerId> {
    (0..UNIT).map(|n| Person::new(n).id)
}

fn before(now: Timestamp, minutes: u64) -> Timestamp {
    let minutes = i64::try_from(minutes).unwrap_or(0);
    now.checked_sub(SignedDuration::from_mins(minutes)).unwrap_or(now)
}

/// Sows an empty database; says what it did.
pub(crate) async fn sow(url: &str, data: &Path, size: Size) -> anyhow::Result<String> {
    let start = Instant::now();
    let store = Store::open(&url.parse()?, MasterKey::File(data.join("cle-maitre"))).await?;
    let now = SystemClock.now();
    let mut sower = Semeur::new(&store, now, &|_, _| {});
    structure::sow(&mut sower, now).await?;
    people::sow(&mut sower, now).await?;
    medical_file::sow(&mut sower, now).await?;
    facts::validations(&mut sower, now, size.validations).await?;
    facts::transmissions(&mut sower, now, size.transmissions).await?;
    sower.finir().await?;
    Ok(format!(
        "sown in {:.0} s: {} residents, {} validations, {} transmissions",
        start.elapsed().as_secs_f64(),
        ESTABLISHMENTS * RESIDENTS,
        size.validations,
        size.transmissions
    ))
}
