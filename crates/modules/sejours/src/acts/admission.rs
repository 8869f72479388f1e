//! Requests of admission: steps, tasks, a new request for a person who came before.

use platform::acces::{Acces, DossierOuvert};
use platform::erreur::{Erreur, Resultat};
use platform::store::Stored;
use uuid::Uuid;

use super::creation::{demande_de, sejour_de};
use crate::admission::DemandeAdmission;
use crate::forms::DemandeLue;
use crate::model::{Mouvement, NatureMouvement, Sejour};
use crate::records::rattachement;
use crate::rights::{EcrireAdmission, EcrireSejour};

/// Writes the next version of a request.
pub(crate) async fn changer_demande(
    dossier: &DossierOuvert<EcrireAdmission>,
    (lue, version): (&Stored<DemandeAdmission>, i64),
    verbe: &str,
    change: impl FnOnce(&mut DemandeAdmission),
) -> Resultat<()> {
    if lue.version != version {
        return Err(Erreur::Conflit);
    }
    let mut nouvelle = lue.value.clone();
    change(&mut nouvelle);
    if nouvelle == lue.value {
        return Ok(());
    }
    let mut acte = dossier.acte(verbe);
    acte.update(lue, &nouvelle);
    dossier.commit(acte).await
}

/// A new request for a person whose stays are over.
pub(crate) async fn reprendre(
    acces: &Acces<EcrireSejour>,
    dossier: &DossierOuvert<EcrireSejour>,
    id: Uuid,
    demande: &DemandeLue,
) -> Resultat<()> {
    let porte = dossier.rattachement_lu().await?;
    if porte.liens.iter().any(|lien| Some(lien.etablissement) == dossier.etablissement() && lien.etat.en_cours()) {
        return Err(Erreur::Demande("Cette personne a déjà un séjour en cours dans l'établissement.".into()));
    }
    let etablissement = dossier.etablissement().ok_or(Erreur::Introuvable)?;
    let sejour: Sejour = sejour_de((id, dossier.usager(), etablissement), demande);
    let mut acte = dossier.acte("sejour.preadmis");
    acte.create(sejour.id, &sejour);
    acte.create(kernel::id::derived(id, "preadmission"), &preadmission(&sejour, acces.now(), demande));
    acte.create(DemandeAdmission::id(sejour.id), &demande_de(&sejour, demande, acces.now()));
    acte.update(&porte, &rattachement(Some(&porte), &sejour));
    dossier.commit(acte).await
}

/// The movement which opens a request.
pub(crate) fn preadmission(sejour: &Sejour, le: jiff::Timestamp, demande: &DemandeLue) -> Mouvement {
    Mouvement {
        sejour: sejour.id,
        usager: sejour.usager,
        etablissement: sejour.etablissement,
        nature: NatureMouvement::Preadmission,
        le,
        de: demande.provenance.clone(),
        vers: String::new(),
        motif: String::new(),
        annule: None,
        place: None,
        origine: None,
    }
}
