//! The queue of receptions, page by page: what waits, oldest first; what was settled, newest first.

use jiff::Timestamp;
use kernel::texte::plier;
use platform::acces::Acces;
use platform::erreur::Resultat;
use platform::store::{Query, Stored};
use platform::web::{Answer, Parametres, page};
use serde::Deserialize;

use crate::ouvrables::{Ouvrables, ouvrables};
use crate::reception::Reception;
use crate::records::{lane_attente, lane_traitees};
use crate::rights::VoirReceptions;
use crate::views;

/// Receptions on a page.
pub(crate) const PAR_PAGE: usize = 50;
/// Settled ones recalled under those which wait.
pub(crate) const RAPPEL: usize = 10;
/// Read at once from the list of those settled.
const LOT: u32 = 200;
/// Read for one page of a search at most, then one may search further.
const LUES_MAX: usize = 4_000;

pub(crate) const ADRESSE: &str = "/liaisons/reception";

/// What the queue shows.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct FiltreFile {
    /// Words of the document, of the person it names, of its sender.
    #[serde(default)]
    pub(crate) q: String,
    /// Code of a reason to wait.
    #[serde(default)]
    pub(crate) raison: String,
    /// `traites`: settled ones.
    #[serde(default)]
    pub(crate) vue: String,
    /// Page of those which wait, from 1.
    #[serde(default)]
    pub(crate) page: u32,
    /// Where a page of those settled begins: `{microseconds}.{order}`.
    #[serde(default)]
    pub(crate) avant: String,
}

impl FiltreFile {
    pub(crate) fn traites(&self) -> bool {
        self.vue == "traites"
    }

    /// The address of the queue with these filters and others, ready for the value of `suite`.
    pub(crate) fn vers(&self, suite: &str) -> String {
        let champs = [("q", self.q.as_str()), ("raison", self.raison.as_str()), ("vue", self.vue.as_str())];
        let mut adresse = ADRESSE.to_owned();
        let mut lien = '?';
        for (nom, valeur) in champs.into_iter().filter(|(_, valeur)| !valeur.is_empty()) {
            adresse.push_str(&format!("{lien}{nom}={}", encoder(valeur)));
            lien = '&';
        }
        if suite.is_empty() { adresse } else { format!("{adresse}{lien}{suite}=") }
    }

    fn garde(&self, lue: &Reception) -> bool {
        if self.q.trim().is_empty() {
            return true;
        }
        let (quoi, nom) = (views::file::quoi(lue), views::file::nom(lue).unwrap_or_default());
        let texte = plier(&format!("{quoi} {nom} {} {}", lue.nom, lue.canal.emetteur));
        plier(&self.q).split_whitespace().all(|mot| texte.contains(mot))
    }
}

fn encoder(texte: &str) -> String {
    let sur = |octet: u8| octet.is_ascii_alphanumeric() || b"-_.~".contains(&octet);
    texte.bytes().map(|octet| if sur(octet) { char::from(octet).to_string() } else { format!("%{octet:02X}") }).collect()
}

/// A place in the list of those settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    at: i64,
    seq: i64,
}

impl Place {
    fn de(lue: &Stored<Reception>) -> Self {
        Self { at: lue.recue_le.as_microsecond(), seq: lue.seq }
    }

    fn lire(texte: &str) -> Option<Self> {
        let (at, seq) = texte.split_once('.')?;
        Some(Self { at: at.parse().ok()?, seq: seq.parse().ok()? })
    }
}

/// A page of those settled.
#[derive(Debug, Default)]
pub(crate) struct Traites {
    pub(crate) lues: Vec<Stored<Reception>>,
    /// Where the next page begins.
    pub(crate) suite: Option<String>,
}

/// Those settled after a place, newest first, which the person may see and which the filters keep.
async fn traites(acces: &Acces<VoirReceptions>, lane: &str, filtre: &FiltreFile, combien: usize) -> Resultat<Traites> {
    let mut page = Traites::default();
    let mut place = Place::lire(&filtre.avant);
    let (mut lot, mut examinees) = (LOT, 0);
    loop {
        let mut query = Query::lane(lane).newest_first().limit(lot);
        if let Some(fin) = place.and_then(|place| Timestamp::from_microsecond(place.at.saturating_add(1)).ok()) {
            query = query.until(fin);
        }
        let lues: Vec<Stored<Reception>> = acces.liste(&query).await?;
        let dernieres = lues.len() < lot as usize;
        let suivantes: Vec<_> = lues.into_iter().filter(|lue| place.is_none_or(|place| Place::de(lue) < place)).collect();
        // Many of one instant: the whole lot was seen already.
        lot = if suivantes.is_empty() { lot.saturating_mul(2) } else { LOT };
        for lue in suivantes {
            let ici = Place::de(&lue);
            if page.lues.len() == combien || examinees >= LUES_MAX {
                page.suite = place.map(|place| format!("{}.{}", place.at, place.seq));
                return Ok(page);
            }
            place = Some(ici);
            examinees += 1;
            if lue.visible(acces.contexte()) && filtre.garde(&lue) {
                page.lues.push(lue);
            }
        }
        if dernieres {
            return Ok(page);
        }
    }
}

/// What the page is drawn from.
pub(crate) struct Ecran<'a> {
    /// All of those which wait and which the search keeps, whatever their reason.
    pub(crate) attente: &'a [Stored<Reception>],
    pub(crate) traites: &'a Traites,
    pub(crate) ouvrables: &'a Ouvrables,
    pub(crate) filtre: &'a FiltreFile,
    pub(crate) fuseau: &'a jiff::tz::TimeZone,
    pub(crate) lane: &'a str,
}

/// The queue of receptions.
pub(crate) async fn file(acces: Acces<VoirReceptions>, Parametres(filtre): Parametres<FiltreFile>) -> Resultat<Answer> {
    let lieu = acces.etablissement()?.0;
    let lane = lane_attente(lieu);
    let (mut attente, mut ouvrent) = (Vec::new(), Ouvrables::new());
    let traites = if filtre.traites() {
        let traites = traites(&acces, &lane_traitees(lieu), &filtre, PAR_PAGE).await?;
        // Only here: who may open which record is asked of the gate, and journalled.
        ouvrent = ouvrables(&acces, traites.lues.iter()).await?;
        traites
    } else {
        attente = acces.liste::<Reception>(&Query::lane(&lane)).await?;
        attente.retain(|lue| lue.visible(acces.contexte()) && filtre.garde(lue));
        traites(&acces, &lane_traitees(lieu), &FiltreFile::default(), RAPPEL).await?
    };
    let fuseau = &acces.services().fuseau;
    let ecran = Ecran { attente: &attente, traites: &traites, ouvrables: &ouvrent, filtre: &filtre, fuseau, lane: &lane };
    Ok(Answer::html(page(&acces, "Documents reçus", ADRESSE).contenu(views::file::page(&ecran)).render()))
}
