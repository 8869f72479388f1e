//! An episode in hospital is computed from what was announced: nothing is kept beside the announcements. Pure.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::annonce::{Annonce, Classe, Hopital, Sorte};
use crate::mouvement::{Etape, etapes};

/// A stay of which hospitals rarely tell the end is over after this long.
const UN_JOUR: SignedDuration = SignedDuration::from_hours(24);

/// Where an episode stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EtatEpisode {
    /// Planned.
    Prevu,
    /// In hospital.
    EnCours,
    /// On leave from hospital.
    EnPermission,
    /// Over.
    Termine,
    /// Ended by death.
    Decede,
    /// All that was announced was cancelled.
    Annule,
}

impl EtatEpisode {
    /// Name on screens.
    pub fn libelle(self) -> &'static str {
        match self {
            Self::Prevu => "prévue",
            Self::EnCours => "en cours",
            Self::EnPermission => "en permission",
            Self::Termine => "terminée",
            Self::Decede => "décès",
            Self::Annule => "annulée",
        }
    }
}

/// A stay in hospital, as the hospital tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Episode {
    /// Which hospital.
    pub hopital: Hopital,
    /// Number of the stay there.
    pub venue: Option<String>,
    /// Its movements in the order they happened, cancelled ones included.
    pub etapes: Vec<Etape>,
}

impl Episode {
    fn tenues(&self) -> impl DoubleEndedIterator<Item = &Etape> {
        self.etapes.iter().filter(|etape| etape.tient())
    }

    fn derniere(&self, sorte: Sorte) -> Option<&Etape> {
        self.tenues().rfind(|etape| etape.sorte == sorte)
    }

    /// Where it stands, whatever the hour.
    pub fn etat(&self) -> EtatEpisode {
        if let Some(sortie) = self.derniere(Sorte::Sortie) {
            return if sortie.deces { EtatEpisode::Decede } else { EtatEpisode::Termine };
        }
        let mut dedans = self.tenues().filter(|etape| etape.sorte != Sorte::Prevue).peekable();
        if dedans.peek().is_none() {
            return if self.tenues().next().is_some() { EtatEpisode::Prevu } else { EtatEpisode::Annule };
        }
        let permission = dedans.rfind(|etape| matches!(etape.sorte, Sorte::DepartPermission | Sorte::RetourPermission));
        match permission.map(|etape| etape.sorte) {
            Some(Sorte::DepartPermission) => EtatEpisode::EnPermission,
            _ => EtatEpisode::EnCours,
        }
    }

    /// When the person entered, or is expected; without either, the first instant known of the stay.
    pub fn debut(&self) -> Timestamp {
        let entree = self.derniere(Sorte::Entree);
        let connue = entree.or_else(|| self.tenues().find(|etape| etape.sorte != Sorte::Prevue));
        let connue = connue.or_else(|| self.derniere(Sorte::Prevue)).or(self.etapes.first());
        connue.map(|etape| etape.le).unwrap_or_default()
    }

    /// False when the stay is known by its end or its changes only.
    pub fn entree_connue(&self) -> bool {
        self.derniere(Sorte::Entree).is_some() || matches!(self.etat(), EtatEpisode::Prevu | EtatEpisode::Annule)
    }

    /// When the stay ended.
    pub fn fin(&self) -> Option<Timestamp> {
        self.derniere(Sorte::Sortie).map(|etape| etape.le)
    }

    /// When it should end, as said last.
    pub fn sortie_prevue(&self) -> Option<Timestamp> {
        let dites = self.tenues().filter(|etape| etape.sortie_prevue.is_some());
        dites.max_by_key(|etape| (etape.annoncee_le, etape.le)).and_then(|etape| etape.sortie_prevue)
    }

    /// When the person should be back in hospital, for a leave which goes on.
    pub fn retour_prevu(&self) -> Option<Timestamp> {
        let en_permission = self.etat() == EtatEpisode::EnPermission;
        en_permission.then(|| self.derniere(Sorte::DepartPermission)?.retour_prevu).flatten()
    }

    /// The last service known.
    pub fn service(&self) -> Option<&str> {
        self.tenues().rev().find_map(|etape| etape.service.as_deref())
    }

    /// As what the person is there, as said last.
    pub fn classe(&self) -> Option<Classe> {
        self.tenues().rev().find_map(|etape| etape.classe)
    }

    /// Why, as said last: medical.
    pub fn motif(&self) -> Option<&str> {
        self.tenues().rev().find_map(|etape| etape.motif.as_deref())
    }

    /// Where the person went at the end.
    pub fn vers(&self) -> Option<&str> {
        self.derniere(Sorte::Sortie).and_then(|etape| etape.vers.as_deref())
    }

    /// True when the person is in hospital at this instant, on leave included.
    pub fn est_ouvert(&self, now: Timestamp) -> bool {
        if !matches!(self.etat(), EtatEpisode::EnCours | EtatEpisode::EnPermission) {
            return false;
        }
        let d_un_jour = self.classe().is_some_and(Classe::est_d_un_jour);
        !d_un_jour || now.duration_since(self.dernier_instant()) < UN_JOUR
    }

    /// When the last thing known of it happened.
    pub fn dernier_instant(&self) -> Timestamp {
        self.tenues().map(|etape| etape.le).max().unwrap_or_default()
    }

    /// True for an entry announced whose day is not past.
    pub fn est_attendu(&self, now: Timestamp) -> bool {
        self.etat() == EtatEpisode::Prevu && now.duration_since(self.debut()) < UN_JOUR
    }
}

/// The episodes of a person, newest first, whatever the order their announcements came in.
pub fn episodes(annonces: &[Annonce]) -> Vec<Episode> {
    let venues = venues_des_mouvements(annonces);
    let mut groupes: BTreeMap<(&str, Option<&str>), Vec<&Annonce>> = BTreeMap::new();
    for annonce in annonces {
        let cle = annonce.hopital.cle.as_str();
        let numero = annonce.mouvement.as_deref().map(|mouvement| (cle, mouvement));
        let venue = annonce.venue.as_deref().or_else(|| venues.get(&numero?).copied());
        groupes.entry((cle, venue)).or_default().push(annonce);
    }
    let mut trouves: Vec<Episode> = Vec::new();
    for ((_, venue), annonces) in groupes {
        let Some(hopital) = annonces.iter().max().map(|annonce| annonce.hopital.clone()) else { continue };
        let faites = etapes(&annonces);
        let morceaux = if venue.is_some() { vec![faites] } else { decouper(faites) };
        let episode = |etapes| Episode { hopital: hopital.clone(), venue: venue.map(str::to_owned), etapes };
        trouves.extend(morceaux.into_iter().map(episode));
    }
    trouves.sort_by(|a, b| (b.debut(), &b.hopital, &b.venue).cmp(&(a.debut(), &a.hopital, &a.venue)));
    trouves
}

/// The number of the stay of each movement, for what is said later of the movement alone.
fn venues_des_mouvements(annonces: &[Annonce]) -> BTreeMap<(&str, &str), &str> {
    let mut venues = BTreeMap::new();
    for annonce in annonces {
        if let (Some(mouvement), Some(venue)) = (annonce.mouvement.as_deref(), annonce.venue.as_deref()) {
            let connue = venues.entry((annonce.hopital.cle.as_str(), mouvement)).or_insert(venue);
            *connue = venue.min(*connue);
        }
    }
    venues
}

/// Without a number of stay: a new one begins with an entry, or after an end.
fn decouper(etapes: Vec<Etape>) -> Vec<Vec<Etape>> {
    let mut morceaux: Vec<Vec<Etape>> = Vec::new();
    for etape in etapes {
        let a = |sorte| move |connue: &Etape| connue.tient() && connue.sorte == sorte;
        let suite = morceaux.last_mut().filter(|ouvert| {
            let fini = ouvert.iter().any(a(Sorte::Sortie));
            let entre = ouvert.iter().any(a(Sorte::Entree));
            !etape.tient() || !(fini || entre && matches!(etape.sorte, Sorte::Entree | Sorte::Prevue))
        });
        match suite {
            Some(ouvert) => ouvert.push(etape),
            None => morceaux.push(vec![etape]),
        }
    }
    morceaux
}
