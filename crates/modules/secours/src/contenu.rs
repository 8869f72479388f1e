//! What a binder says, gathered once for a unit.

use std::collections::HashMap;

use constantes::{Constante, Grandeur};
use etablissements::{Etablissement, Unite};
use jiff::Timestamp;
use kernel::id::{UniteId, UsagerId};
use plan_de_soins::{Creneau, ResidentDuTour, tour_de};
use platform::acces::{Acces, Ecrit, PerimetreOuvert};
use platform::erreur::{Erreur, Resultat};
use platform::store::{Entity, Query, Stored};
use sejours::Resident;
use transmissions::{Cible, Consigne, EtatConsigne};
use usagers::{Entourage, Habitudes, Identification};
use uuid::Uuid;

use crate::rights::LireClasseur;

/// Shifts printed: one whole day from the edition.
const CRENEAUX: usize = 4;

/// A person of the binder.
#[derive(Debug)]
pub(crate) struct Personne {
    pub(crate) resident: Resident,
    pub(crate) identification: Option<Identification>,
    pub(crate) entourage: Option<Entourage>,
    pub(crate) habitudes: Option<Habitudes>,
    /// By shift, what is due.
    pub(crate) soins: Vec<(Creneau, ResidentDuTour)>,
    pub(crate) cibles: Vec<Cible>,
    pub(crate) consignes: Vec<Consigne>,
    /// Last value of each quantity, in the order of the file.
    pub(crate) constantes: Vec<Constante>,
}

/// Everything a binder says.
#[derive(Debug)]
pub(crate) struct Contenu {
    pub(crate) etablissement: Etablissement,
    pub(crate) unite: Unite,
    pub(crate) unite_id: UniteId,
    pub(crate) now: Timestamp,
    pub(crate) personnes: Vec<Personne>,
}

async fn par_usager<E: Ecrit>(
    perimetre: &PerimetreOuvert<LireClasseur>,
    residents: &[Resident],
    id: impl Fn(UsagerId) -> Uuid,
) -> Resultat<HashMap<UsagerId, E>> {
    let ids: Vec<Uuid> = residents.iter().map(|resident| id(resident.id())).collect();
    let lus: Vec<Stored<E>> = perimetre.lire(&ids).await?;
    Ok(lus.into_iter().filter_map(|lu| Some((UsagerId(lu.value.scope().person?), lu.value))).collect())
}

fn ranger<E: Entity>(lus: Vec<Stored<E>>) -> HashMap<UsagerId, Vec<E>> {
    let mut rangs: HashMap<UsagerId, Vec<E>> = HashMap::new();
    for lu in lus {
        if let Some(personne) = lu.value.scope().person {
            rangs.entry(UsagerId(personne)).or_default().push(lu.value);
        }
    }
    rangs
}

/// Gathers the binder of a unit as it is now.
pub(crate) async fn lire(
    acces: &Acces<LireClasseur>,
    etablissement: kernel::id::EtablissementId,
    unite_id: UniteId,
) -> Resultat<Contenu> {
    let etablissement = acces.lire::<Etablissement>(etablissement).await?.ok_or(Erreur::Introuvable)?.value;
    let unite = acces.lire::<Unite>(unite_id).await?.ok_or(Erreur::Introuvable)?.value;
    let perimetre = acces.ouvrir_perimetre(etablissement.id, &[unite_id]).await?;
    let now = acces.now();
    let residents = sejours::residents_de(&perimetre).await?;
    let mut identifications = par_usager::<Identification>(&perimetre, &residents, Identification::id).await?;
    let mut entourages = par_usager::<Entourage>(&perimetre, &residents, Entourage::id).await?;
    let mut habitudes = par_usager::<Habitudes>(&perimetre, &residents, Habitudes::id).await?;
    let lane = transmissions::lane_cibles(etablissement.id, Some(unite_id));
    let mut cibles = ranger(perimetre.liste::<Cible>(&Query::lane(&lane)).await?);
    let lane = transmissions::lane_consignes(etablissement.id, Some(unite_id));
    let mut consignes = ranger(perimetre.liste::<Consigne>(&Query::lane(&lane)).await?);
    let lane = constantes::lane_unite(unite_id);
    let semaine = now - jiff::SignedDuration::from_hours(24 * 14);
    let mut valeurs = ranger(perimetre.liste::<Constante>(&Query::lane(&lane).since(semaine)).await?);
    let mut soins = soins(&perimetre, &residents, now, &acces.services().fuseau).await?;
    let aujourd_hui = kernel::dates::jour_local(now, &acces.services().fuseau);
    let personnes = residents
        .into_iter()
        .map(|resident| {
            let id = resident.id();
            let mut consignes = consignes.remove(&id).unwrap_or_default();
            consignes.retain(|consigne| consigne.etat(aujourd_hui) != EtatConsigne::Terminee && consigne.du <= aujourd_hui);
            Personne {
                identification: identifications.remove(&id),
                entourage: entourages.remove(&id),
                habitudes: habitudes.remove(&id),
                soins: soins.remove(&id).unwrap_or_default(),
                cibles: cibles.remove(&id).unwrap_or_default(),
                consignes,
                constantes: dernieres(valeurs.remove(&id).unwrap_or_default()),
                resident,
            }
        })
        .collect();
    Ok(Contenu { etablissement, unite, unite_id, now, personnes })
}

async fn soins(
    perimetre: &PerimetreOuvert<LireClasseur>,
    residents: &[Resident],
    now: Timestamp,
    fuseau: &jiff::tz::TimeZone,
) -> Resultat<HashMap<UsagerId, Vec<(Creneau, ResidentDuTour)>>> {
    let mut creneau = Creneau::a(now, fuseau);
    let mut par_personne: HashMap<UsagerId, Vec<(Creneau, ResidentDuTour)>> = HashMap::new();
    for _ in 0..CRENEAUX {
        for du_tour in tour_de(perimetre, creneau, residents.to_vec()).await?.residents {
            par_personne.entry(du_tour.id()).or_default().push((creneau, du_tour));
        }
        creneau = creneau.suivant();
    }
    Ok(par_personne)
}

fn dernieres(valeurs: Vec<Constante>) -> Vec<Constante> {
    let mut connues: HashMap<String, Constante> = HashMap::new();
    for valeur in valeurs.into_iter().filter(Constante::compte) {
        connues.insert(valeur.type_code.clone(), valeur);
    }
    Grandeur::toutes().iter().filter_map(|grandeur| connues.remove(&grandeur.code)).collect()
}
