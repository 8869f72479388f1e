//! The feed: transmissions of several lists, newest first, filtered and paged without losing nor repeating one.

use std::collections::VecDeque;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kernel::id::{UniteId, UsagerId};
use kernel::texte::plier;
use platform::acces::{Droit, PerimetreOuvert};
use platform::erreur::Resultat;
use platform::store::{Query, Stored};
use serde::Deserialize;

use crate::model::{Importance, Transmission};
use crate::records;

/// Rows read and looked at for one page before it is given as it is, with where to go on.
const REGARDEES: usize = 3_000;
/// Rows asked of a list at once; asked again larger when none of them may be seen.
const LOTS: [u32; 3] = [60, 480, 4_000];

/// Filters of the address, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct Adresse {
    pub(crate) unite: String,
    pub(crate) resident: String,
    pub(crate) theme: String,
    pub(crate) auteur: String,
    pub(crate) importance: String,
    pub(crate) du: String,
    pub(crate) au: String,
    pub(crate) q: String,
    pub(crate) avant: String,
}

impl Adresse {
    /// Fields which filter, with their names.
    pub(crate) fn champs(&self) -> [(&'static str, &str); 8] {
        [
            ("unite", &self.unite),
            ("resident", &self.resident),
            ("theme", &self.theme),
            ("auteur", &self.auteur),
            ("importance", &self.importance),
            ("du", &self.du),
            ("au", &self.au),
            ("q", &self.q),
        ]
    }

    /// The address of a page with these filters, without one of them if named.
    pub(crate) fn vers(&self, chemin: &str, sans: Option<&str>) -> String {
        let champs = self.champs();
        let gardes = champs.iter().filter(|(nom, valeur)| Some(*nom) != sans && !valeur.is_empty());
        let parametres: Vec<String> = gardes.map(|(nom, valeur)| format!("{nom}={}", encoder(valeur))).collect();
        if parametres.is_empty() { chemin.to_owned() } else { format!("{chemin}?{}", parametres.join("&")) }
    }

    /// The unit chosen among those of the reader, as a list for the perimeter.
    pub(crate) fn unite(&self) -> Option<UniteId> {
        self.unite.parse().ok()
    }

    pub(crate) fn filtre(&self, fuseau: &TimeZone) -> Filtre {
        let debut = |jour: Date| kernel::dates::instant_local(jour.at(0, 0, 0, 0), fuseau);
        let lire = |texte: &str| kernel::dates::lire_date(texte).ok();
        Filtre {
            resident: self.resident.parse().ok(),
            theme: Some(self.theme.clone()).filter(|theme| !theme.is_empty()),
            auteur: Some(plier(&self.auteur)).filter(|auteur| !auteur.is_empty()),
            importance: Importance::lire(&self.importance),
            depuis: lire(&self.du).map(debut),
            jusque: lire(&self.au).and_then(|jour| jour.tomorrow().ok()).map(debut),
        }
    }

    /// True if the live list may be followed: first page, no search.
    pub(crate) fn vivante(&self) -> bool {
        self.avant.is_empty() && self.q.is_empty() && self.au.is_empty()
    }
}

/// Percent-encodes a value of an address.
pub(crate) fn encoder(texte: &str) -> String {
    let mut sortie = String::with_capacity(texte.len());
    for octet in texte.bytes() {
        if octet.is_ascii_alphanumeric() || b"-_.~".contains(&octet) {
            sortie.push(char::from(octet));
        } else {
            sortie.push('%');
            sortie.extend([octet >> 4, octet & 15].iter().filter_map(|quartet| char::from_digit(u32::from(*quartet), 16)));
        }
    }
    sortie
}

/// What is kept.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filtre {
    pub(crate) resident: Option<UsagerId>,
    pub(crate) theme: Option<String>,
    pub(crate) auteur: Option<String>,
    pub(crate) importance: Option<Importance>,
    pub(crate) depuis: Option<Timestamp>,
    pub(crate) jusque: Option<Timestamp>,
}

impl Filtre {
    fn garde(&self, une: &Transmission) -> bool {
        self.resident.is_none_or(|usager| une.usager == usager)
            && self.theme.as_deref().is_none_or(|theme| une.theme == theme)
            && self.importance.is_none_or(|importance| une.importance == importance)
            && self.depuis.is_none_or(|depuis| une.fait_le >= depuis)
            && self.jusque.is_none_or(|jusque| une.fait_le < jusque)
            && self.auteur.as_deref().is_none_or(|auteur| plier(&une.auteur_nom).contains(auteur))
    }
}

/// A place in the feed: what comes after it is older.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    at: i64,
    seq: i64,
}

impl Place {
    fn de(lue: &Stored<Transmission>) -> Self {
        Self { at: lue.fait_le.as_microsecond(), seq: lue.seq }
    }

    /// Reads `{microseconds}.{order}`.
    pub(crate) fn lire(texte: &str) -> Option<Self> {
        let (at, seq) = texte.split_once('.')?;
        Some(Self { at: at.parse().ok()?, seq: seq.parse().ok()? })
    }

    pub(crate) fn ecrire(self) -> String {
        format!("{}.{}", self.at, self.seq)
    }
}

/// A page of the feed.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) lignes: Vec<Stored<Transmission>>,
    /// Where the next one begins.
    pub(crate) suite: Option<String>,
}

/// The list a feed reads.
#[derive(Debug, Clone)]
enum Liste {
    Personne(UsagerId),
    Etablissement(String),
    Unite(String),
}

impl Liste {
    fn query(&self) -> Query<'_> {
        match self {
            Self::Personne(usager) => Query::person(*usager),
            Self::Etablissement(lane) => Query::lane2(lane),
            Self::Unite(lane) => Query::lane(lane),
        }
    }
}

/// One list being read downwards.
struct Source {
    liste: Liste,
    tampon: VecDeque<Stored<Transmission>>,
    place: Option<Place>,
    finie: bool,
}

impl Source {
    async fn remplir<D: Droit>(&mut self, perimetre: &PerimetreOuvert<D>, filtre: &Filtre) -> Resultat<()> {
        if self.finie || !self.tampon.is_empty() {
            return Ok(());
        }
        for lot in LOTS {
            let mut query = self.liste.query().newest_first().limit(lot);
            query.since = filtre.depuis;
            let avant = self.place.and_then(|place| Timestamp::from_microsecond(place.at + 1).ok());
            query.until = [avant, filtre.jusque].into_iter().flatten().min();
            let lues: Vec<Stored<Transmission>> = perimetre.liste(&query).await?;
            let neuves = lues.into_iter().filter(|lue| self.place.is_none_or(|place| Place::de(lue) < place));
            self.tampon.extend(neuves);
            if let Some(derniere) = self.tampon.back() {
                self.place = Some(Place::de(derniere));
                return Ok(());
            }
        }
        self.finie = true;
        Ok(())
    }
}

fn sources<D: Droit>(perimetre: &PerimetreOuvert<D>, filtre: &Filtre, place: Option<Place>) -> Vec<Source> {
    let etablissement = perimetre.etablissement();
    let listes = match (filtre.resident, perimetre.unites()) {
        (Some(usager), _) => vec![Liste::Personne(usager)],
        (None, None) => vec![Liste::Etablissement(records::lane_etablissement(etablissement))],
        (None, Some(unites)) => unites.iter().map(|unite| Liste::Unite(records::lane_fil(etablissement, Some(*unite)))).collect(),
    };
    listes.into_iter().map(|liste| Source { liste, tampon: VecDeque::new(), place, finie: false }).collect()
}

/// A page of the feed: at most `taille` transmissions older than the cursor.
pub(crate) async fn lire<D: Droit>(
    perimetre: &PerimetreOuvert<D>,
    filtre: &Filtre,
    avant: &str,
    taille: usize,
) -> Resultat<Page> {
    let mut sources = sources(perimetre, filtre, Place::lire(avant));
    let mut page = Page::default();
    for _ in 0..REGARDEES {
        for source in &mut sources {
            source.remplir(perimetre, filtre).await?;
        }
        let tetes = sources.iter_mut().filter(|source| !source.tampon.is_empty());
        let Some(source) = tetes.max_by_key(|source| source.tampon.front().map(Place::de)) else { return Ok(page) };
        let Some(lue) = source.tampon.pop_front() else { return Ok(page) };
        if page.lignes.len() == taille {
            page.suite = page.lignes.last().map(|derniere| Place::de(derniere).ecrire());
            return Ok(page);
        }
        page.suite = Some(Place::de(&lue).ecrire());
        if filtre.garde(&lue) {
            page.lignes.push(lue);
        }
    }
    Ok(page)
}

/// A page of the search: transmissions which hold every word, last written first.
pub(crate) async fn chercher<D: Droit>(
    perimetre: &PerimetreOuvert<D>,
    texte: &str,
    filtre: &Filtre,
    avant: &str,
    taille: usize,
) -> Resultat<Page> {
    let etablissement = perimetre.etablissement();
    let lanes: Vec<String> =
        perimetre.unites().unwrap_or_default().iter().map(|unite| records::lane_fil(etablissement, Some(*unite))).collect();
    let mut place: Option<i64> = avant.parse().ok();
    let mut page = Page::default();
    let mut regardees = 0;
    while regardees < REGARDEES {
        let mut lues: Vec<Stored<Transmission>> = Vec::new();
        for lot in LOTS {
            lues = perimetre.chercher(texte, &lanes, place, lot).await?;
            if !lues.is_empty() {
                break;
            }
        }
        if lues.is_empty() {
            page.suite = None;
            return Ok(page);
        }
        for lue in lues {
            if page.lignes.len() == taille {
                return Ok(page);
            }
            regardees += 1;
            place = Some(lue.seq);
            page.suite = Some(lue.seq.to_string());
            if filtre.garde(&lue) {
                page.lignes.push(lue);
            }
        }
    }
    Ok(page)
}
