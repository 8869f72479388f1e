//! Which records of the grappe a received identity may be about, without reading them all at each reception.
//!
//! For each house, keys of its identities (INS, and two traits together) lead to persons. Keys are made again when the list
//! of the house's identities moved. They only choose what is read: who is whose is decided on the records themselves, read
//! through the gate at that instant.

use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use kernel::id::{EtablissementId, UsagerId};
use kernel::texte::cle_tri;
use platform::acces::Acces;
use platform::erreur::Resultat;
use platform::store::{Query, Stored};
use usagers::{Identification, lane_identites};

use crate::analyse::PatientLu;
use crate::rapprochement::Fiche;
use crate::rights::ComparerIdentites;

/// Keys older than this are made again, moved or not: another node may have written, and its feed be late.
const CONFIANCE: SignedDuration = SignedDuration::from_mins(1);

/// The keys of every house read so far.
#[derive(Debug, Default)]
pub(crate) struct Reperes(Mutex<HashMap<EtablissementId, Arc<Maison>>>);

#[derive(Debug)]
struct Maison {
    /// Movements of the list when it was read.
    vus: u64,
    lue_le: Timestamp,
    personnes: HashMap<u64, Vec<UsagerId>>,
}

impl Reperes {
    fn connue(&self, id: EtablissementId, vus: u64, now: Timestamp) -> Option<Arc<Maison>> {
        let maisons = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let tient =
            |maison: &Arc<Maison>| maison.vus == vus && maison.lue_le <= now && now.duration_since(maison.lue_le) < CONFIANCE;
        maisons.get(&id).filter(|maison| tient(maison)).cloned()
    }

    fn garder(&self, id: EtablissementId, maison: &Arc<Maison>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id, Arc::clone(maison));
    }
}

/// Two records which share one of these may be the same person: exactly what [`crate::decider`] and
/// [`crate::candidats`] look at.
#[derive(Hash)]
enum Repere<'a> {
    Ins(&'a str),
    NomNaissance(&'a str, &'a str),
    NomPrenom(&'a str, &'a str),
    PrenomNaissance(&'a str, &'a str),
}

impl Repere<'_> {
    fn cle(&self) -> u64 {
        let mut hacheur = DefaultHasher::new();
        self.hash(&mut hacheur);
        hacheur.finish()
    }
}

fn cles_de(fiche: &Identification) -> Vec<u64> {
    let traits = fiche.identite.traits();
    let (nom, prenom) = (cle_tri(traits.nom_naissance()), cle_tri(traits.premier_prenom()));
    cles(
        fiche.identite.ins().map(|ins| ins.matricule().as_str()),
        Some(&nom),
        Some(&prenom),
        Some(&traits.date_naissance().iso()),
    )
}

fn cles_du(patient: &PatientLu) -> Vec<u64> {
    let (nom, prenom) = (patient.nom_naissance.as_deref().map(cle_tri), patient.premier_prenom.as_deref().map(cle_tri));
    let ins = patient.ins_unique();
    let ins = ins.as_ref().map(|ins| ins.matricule().as_str());
    cles(ins, nom.as_deref(), prenom.as_deref(), patient.naissance.as_deref())
}

fn cles(ins: Option<&str>, nom: Option<&str>, prenom: Option<&str>, naissance: Option<&str>) -> Vec<u64> {
    let reperes = [
        ins.map(Repere::Ins),
        nom.zip(naissance).map(|(nom, naissance)| Repere::NomNaissance(nom, naissance)),
        nom.zip(prenom).map(|(nom, prenom)| Repere::NomPrenom(nom, prenom)),
        prenom.zip(naissance).map(|(prenom, naissance)| Repere::PrenomNaissance(prenom, naissance)),
    ];
    reperes.iter().flatten().map(Repere::cle).collect()
}

/// The records of these houses which may be about this person; a list is told to the journal when something of it is read.
pub(crate) async fn fiches_proches(
    comparer: &Acces<ComparerIdentites>,
    maisons: &[EtablissementId],
    patient: &PatientLu,
) -> Resultat<Vec<Fiche>> {
    let cherchees = cles_du(patient);
    let mut fiches = Vec::new();
    for id in maisons {
        let maison = maison(comparer, *id).await?;
        let proches: BTreeSet<UsagerId> =
            cherchees.iter().filter_map(|cle| maison.personnes.get(cle)).flatten().copied().collect();
        if proches.is_empty() {
            continue;
        }
        let perimetre = comparer.ouvrir_perimetre(*id, &[]).await?;
        let ids: Vec<uuid::Uuid> = proches.into_iter().map(Identification::id).collect();
        fiches.extend(fiches_de(perimetre.lire::<Identification>(&ids).await?));
    }
    Ok(fiches)
}

async fn maison(comparer: &Acces<ComparerIdentites>, id: EtablissementId) -> Resultat<Arc<Maison>> {
    let reperes = comparer.services().memoire::<Reperes>();
    let lane = lane_identites(id);
    // Counted before it is read: a movement meanwhile makes it read again.
    let vus = comparer.mouvements(&lane);
    if let Some(connue) = reperes.connue(id, vus, comparer.now()) {
        return Ok(connue);
    }
    let perimetre = comparer.ouvrir_perimetre(id, &[]).await?;
    let mut personnes: HashMap<u64, Vec<UsagerId>> = HashMap::new();
    for lue in perimetre.liste::<Identification>(&Query::lane(&lane)).await? {
        for cle in cles_de(&lue) {
            personnes.entry(cle).or_default().push(lue.usager);
        }
    }
    let maison = Arc::new(Maison { vus, lue_le: comparer.now(), personnes });
    reperes.garder(id, &maison);
    Ok(maison)
}

/// Identities as the matching sees them.
pub(crate) fn fiches_de(identifications: Vec<Stored<Identification>>) -> Vec<Fiche> {
    let fiche = |lue: Stored<Identification>| Fiche {
        usager: lue.value.usager,
        etablissement: lue.value.etablissement,
        identite: lue.value.identite,
    };
    identifications.into_iter().map(fiche).collect()
}
