//! What is asked of a record or of a house: episodes, appointments, and what does not agree with our stays.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use kernel::id::UsagerId;
use platform::acces::{DossierOuvert, Droit, EtatSejour, PerimetreOuvert};
use platform::erreur::Resultat;
use platform::store::{Query, Stored};
use sejours::{Mouvement, NatureMouvement, Resident, lane_mouvements, residents_nommes};

use crate::annonce::Annonce;
use crate::comparaison::{Desaccord, NotreSejour, desaccord};
use crate::episode::{Episode, episodes};
use crate::records::{AnnonceGardee, RendezVousGarde, annonces_de, annonces_rendez_vous_de, lane_annonces, lane_rendez_vous};
use crate::rendez_vous::{AnnonceRendezVous, RendezVous, rendez_vous};

/// A list of a house goes back so far: longer than any stay in hospital seen from a nursing home.
const RECUL: SignedDuration = SignedDuration::from_hours(24 * 180);
/// Movements of one person read to find the last return.
const MOUVEMENTS_MAX: u32 = 100;

/// What hospitals say of a person, and what our stay says otherwise.
#[derive(Debug)]
pub(crate) struct Suivi {
    /// Newest first.
    pub episodes: Vec<Episode>,
    /// Soonest first.
    pub rendez_vous: Vec<RendezVous>,
    /// The most serious disagreement.
    pub desaccord: Option<Desaccord>,
}

impl Suivi {
    fn nouveau(annonces: &[Annonce], agenda: &[AnnonceRendezVous], notre: Option<NotreSejour>, now: Timestamp) -> Self {
        let episodes = episodes(annonces);
        let desaccord = notre.and_then(|notre| desaccord(&episodes, notre, now));
        Self { rendez_vous: rendez_vous(agenda), episodes, desaccord }
    }

    /// The stay in hospital which goes on, or else the one which is expected.
    pub(crate) fn actuel(&self, now: Timestamp) -> Option<&Episode> {
        let ouvert = self.episodes.iter().find(|episode| episode.est_ouvert(now));
        ouvert.or_else(|| self.episodes.iter().rfind(|episode| episode.est_attendu(now)))
    }

    /// Appointments still to come.
    pub(crate) fn a_venir(&self, now: Timestamp) -> impl Iterator<Item = &RendezVous> {
        self.rendez_vous.iter().filter(move |rendez_vous| rendez_vous.est_a_venir(now))
    }
}

/// When the person last came back from hospital, by our movements.
fn revenu_le<'a>(mouvements: impl Iterator<Item = &'a Mouvement>) -> Option<Timestamp> {
    let retours =
        mouvements.filter(|mouvement| mouvement.nature == NatureMouvement::RetourHospitalisation && mouvement.annule.is_none());
    retours.map(|mouvement| mouvement.le).max()
}

/// What hospitals say of the person of an opened record.
pub(crate) async fn suivi<D: Droit>(dossier: &DossierOuvert<D>, now: Timestamp) -> Resultat<Suivi> {
    let annonces = annonces_de(dossier).await?;
    let agenda = annonces_rendez_vous_de(dossier).await?;
    let notre = match sejours::resident(dossier).await? {
        Some(resident) if !annonces.is_empty() => {
            let mouvements = dossier.liste::<Mouvement>(|query| query.newest_first().limit(MOUVEMENTS_MAX)).await?;
            let revenu_le = revenu_le(mouvements.iter().map(|lu| &lu.value));
            Some(NotreSejour { etat: resident.sejour.etat, parti_le: resident.sejour.parti_le, revenu_le })
        }
        _ => None,
    };
    Ok(Suivi::nouveau(&annonces, &agenda, notre, now))
}

/// A resident of a list, with what hospitals say of them.
pub(crate) struct Ligne {
    pub resident: Resident,
    pub suivi: Suivi,
}

impl Ligne {
    /// In hospital, by the hospital or by our record.
    pub(crate) fn est_a_l_hopital(&self, now: Timestamp) -> bool {
        self.resident.sejour.etat == EtatSejour::Hospitalise || self.suivi.episodes.iter().any(|episode| episode.est_ouvert(now))
    }

    /// True when the list has something to say of them.
    pub(crate) fn compte(&self, now: Timestamp) -> bool {
        self.est_a_l_hopital(now) || self.suivi.desaccord.is_some() || self.suivi.actuel(now).is_some()
    }
}

/// The residents of a list, in walking order, each with what hospitals say of them.
pub(crate) async fn lignes<D: Droit>(perimetre: &PerimetreOuvert<D>, now: Timestamp) -> Resultat<Vec<Ligne>> {
    let etablissement = perimetre.etablissement();
    let depuis = now - RECUL;
    let lues: Vec<Stored<AnnonceGardee>> = perimetre.liste(&Query::lane(&lane_annonces(etablissement)).since(depuis)).await?;
    let agenda: Vec<Stored<RendezVousGarde>> =
        perimetre.liste(&Query::lane(&lane_rendez_vous(etablissement)).since(depuis)).await?;
    let mouvements: Vec<Stored<Mouvement>> = perimetre.liste(&Query::lane(&lane_mouvements(etablissement)).since(depuis)).await?;
    let mut annonces: HashMap<UsagerId, Vec<Annonce>> = HashMap::new();
    for lue in lues.into_iter().filter(|lue| lue.retiree.is_none()) {
        annonces.entry(lue.usager).or_default().push(lue.value.annonce);
    }
    let mut rendez_vous: HashMap<UsagerId, Vec<AnnonceRendezVous>> = HashMap::new();
    for lue in agenda.into_iter().filter(|lue| lue.retiree.is_none()) {
        rendez_vous.entry(lue.usager).or_default().push(lue.value.annonce);
    }
    let residents = residents_nommes(perimetre).await?;
    let ligne = |resident: Resident| {
        let usager = resident.id();
        let siens = mouvements.iter().map(|lu| &lu.value).filter(|mouvement| mouvement.usager == usager);
        let notre = NotreSejour { etat: resident.sejour.etat, parti_le: resident.sejour.parti_le, revenu_le: revenu_le(siens) };
        let annonces = annonces.remove(&usager).unwrap_or_default();
        let agenda = rendez_vous.remove(&usager).unwrap_or_default();
        Ligne { suivi: Suivi::nouveau(&annonces, &agenda, Some(notre), now), resident }
    };
    Ok(residents.into_iter().map(ligne).collect())
}

/// The residents whom a hospital says it has, while our record has them elsewhere than in hospital.
///
/// # Errors
/// The store.
pub async fn entres_selon_l_hopital<D: Droit>(perimetre: &PerimetreOuvert<D>, now: Timestamp) -> Resultat<Vec<UsagerId>> {
    let lignes = lignes(perimetre, now).await?;
    let ailleurs = |ligne: &&Ligne| ligne.resident.sejour.etat != EtatSejour::Hospitalise;
    let entre =
        |ligne: &&Ligne| ligne.suivi.episodes.iter().any(|episode| episode.est_ouvert(now)) && ligne.suivi.desaccord.is_some();
    Ok(lignes.iter().filter(ailleurs).filter(entre).map(|ligne| ligne.resident.id()).collect())
}
