//! A search written before it is answered, and the reading it may grant.

use kernel::id::{CompteId, UsagerId};
use platform::acces::{Acces, LectureDlu, Moyen};
use platform::erreur::{Erreur, Resultat};
use platform::store::Stored;
use uuid::Uuid;

use crate::evenements::{DluLu, TOPIC_DLU_LU};
use crate::model::Recherches;
use crate::motifs::libelle;
use crate::rights::{ChercherPersonne, GererLecteurs};

/// Searches of one account at the same instant before the last is asked to try again.
const CONCURRENTES: usize = 8;

/// Why a reader opens a DLU.
#[derive(Debug, Clone)]
pub(crate) struct Pourquoi {
    /// Code of the motive.
    pub(crate) motif: String,
    pub(crate) precision: String,
}

async fn recherches(acces: &Acces<ChercherPersonne>) -> Resultat<(Option<Stored<Recherches>>, Recherches)> {
    let compte = acces.contexte().acteur.compte;
    let lues: Option<Stored<Recherches>> = acces.lire(Recherches::id(compte)).await?;
    let valeur = lues.as_ref().map_or_else(|| Recherches::aucune(compte), |lues| lues.value.clone());
    Ok((lues, valeur))
}

/// Counts one more search, vain until it finds. Several at once are counted one after the other.
///
/// # Errors
/// [`Erreur::Patience`] after several vain ones.
pub(crate) async fn tenter(acces: &Acces<ChercherPersonne>) -> Resultat<()> {
    for _ in 0..CONCURRENTES {
        let (lues, valeur) = recherches(acces).await?;
        let attente = valeur.attente(acces.now());
        if attente > 0 {
            return Err(Erreur::Patience(attente));
        }
        let tentee = valeur.tentee(acces.now(), acces.nouvel_id());
        let mut acte = acces.acte("lecture_dlu.recherche");
        match &lues {
            Some(lues) => acte.update(lues, &tentee),
            None => acte.create(Recherches::id(tentee.compte), &tentee),
        }
        match acces.commit(acte).await {
            Err(Erreur::Conflit) => {}
            fait => return fait,
        }
    }
    Err(Erreur::Conflit)
}

/// Grants the reading, takes its search off the vain ones and asks that the house be told, in one act; gives its id.
pub(crate) async fn accorder(
    acces: &Acces<ChercherPersonne>,
    usager: UsagerId,
    pourquoi: &Pourquoi,
    moyen: Moyen,
) -> Resultat<Uuid> {
    for _ in 0..CONCURRENTES {
        let id = acces.nouvel_id();
        let (mut acte, lecture) = acces.acte_lecture((id, usager), (&pourquoi.motif, &pourquoi.precision), moyen).await?;
        if let (Some(lues), valeur) = recherches(acces).await? {
            acte.update(&lues, &valeur.trouvee(acces.nouvel_id()));
        }
        acte.send(TOPIC_DLU_LU, format!("lecture-dlu/{id}"), &DluLu { usager, lecture: id, qui: dire(&lecture) });
        match acces.commit(acte).await {
            Err(Erreur::Conflit) => {}
            fait => return fait.map(|()| id),
        }
    }
    Err(Erreur::Conflit)
}

/// « Léa Morin, SAMU 63 (Régulation d'un appel au 15) ».
pub(crate) fn dire(lecture: &LectureDlu) -> String {
    format!("{} ({})", lecture.nom, libelle(&lecture.motif))
}

/// An administrator looked at the vain searches of an account: the wait ends.
pub(crate) async fn examiner(acces: &Acces<GererLecteurs>, compte: CompteId) -> Resultat<()> {
    let lues: Stored<Recherches> = acces.lire(Recherches::id(compte)).await?.ok_or(Erreur::Introuvable)?;
    let mut acte = acces.acte("lecture_dlu.recherches_vues").detail("compte", compte.to_string()).detail("vaines", lues.a_voir);
    acte.update(&lues, &lues.vues_par(acces.now(), &acces.contexte().acteur.nom));
    acces.commit(acte).await
}
