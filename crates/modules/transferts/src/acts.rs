//! What people of both houses do to a transfer. What concerns the other house is done by the worker, see [`crate::suite`].

use jiff::Timestamp;
use jiff::civil::Date;
use kernel::id::UsagerId;
use kernel::ins::Identite;
use platform::acces::{Acces, Acte, DossierOuvert, Droit};
use platform::erreur::{Erreur, Resultat};
use platform::store::Stored;
use sejours::{Accueil, CreerDossier, EcrireSejour, GenreSejour, Mouvement, NatureMouvement, Personne, Place, Sejour};
use usagers::{Connu, Identification, Usager};
use uuid::Uuid;

use crate::familles::recueillir;
use crate::model::{Demande, EtatDepart, EtatRecu, Transfert, TransfertRecu};
use crate::rights::{ProposerTransfert, RepondreTransfert};
use crate::suite::{Suite, TOPIC};

/// Code of the reason of an entry or an exit between houses of a grappe (`referentiels/motifs.toml`).
pub(crate) const MOTIF_MOUVEMENT: &str = "transfert_grappe";

fn dire(acte: &mut Acte, transfert: Uuid, quoi: &str) {
    acte.send(TOPIC, format!("{transfert}/{quoi}"), &Suite { transfert });
}

/// Proposes a transfer: both houses know it in one act.
///
/// # Errors
/// `Demande` when the identity is not written, or the person is opposed to that house.
pub(crate) async fn proposer(
    dossier: &DossierOuvert<ProposerTransfert>,
    id: Uuid,
    (vers, vers_nom, de_nom): (kernel::id::EtablissementId, String, String),
    demande: Demande,
) -> Resultat<()> {
    let usager = dossier.usager();
    let identification = dossier.lire::<Identification>(Identification::id(usager)).await?;
    let identification = identification.ok_or_else(|| {
        Erreur::Demande("L'identité de cette personne n'est pas renseignée. Renseignez-la avant de proposer un transfert.".into())
    })?;
    let connu = dossier.lire::<Usager>(usager).await?.ok_or(Erreur::Introuvable)?;
    let etablissement = dossier.etablissement().ok_or(Erreur::Introuvable)?;
    let transfert = Transfert { usager, etablissement, vers, vers_nom, demande: demande.clone(), etat: EtatDepart::Propose };
    let recu = TransfertRecu {
        transfert: id,
        de: etablissement,
        de_nom,
        dossier_quitte: usager,
        etablissement: vers,
        identification: identification.value,
        civilite: connu.civilite,
        nom: connu.nom_complet(),
        oppositions: dossier.rattachement().oppositions.clone(),
        demande,
        comptes: recueillir(dossier).await?.comptes(),
        repris: None,
        etat: EtatRecu::Propose,
    };
    let mut acte = acte_de(dossier, "transferts.propose", id).detail("vers", vers.to_string());
    acte.create(id, &transfert);
    acte.create(Transfert::id_recu(id), &recu);
    dossier.commit(acte).await
}

fn acte_de<D: Droit>(dossier: &DossierOuvert<D>, verbe: &str, transfert: Uuid) -> Acte {
    dossier.acte(verbe).detail("transfert", transfert.to_string())
}

/// Withdraws what was proposed.
///
/// # Errors
/// `Demande` once it was answered.
pub(crate) async fn retirer(dossier: &DossierOuvert<ProposerTransfert>, lu: &Stored<Transfert>, motif: String) -> Resultat<()> {
    if lu.etat != EtatDepart::Propose {
        return Err(Erreur::Demande("Cette demande a déjà eu sa réponse : elle ne peut plus être retirée.".into()));
    }
    let mut acte = acte_de(dossier, "transferts.retire", lu.id);
    acte.update(lu, &Transfert { etat: EtatDepart::Retire { motif }, ..lu.value.clone() });
    dire(&mut acte, lu.id, "retire");
    dossier.commit(acte).await
}

/// What is decided when a transfer is accepted.
#[derive(Debug)]
pub(crate) struct Acceptation {
    /// The record of a person whom the house knows already; else a new one.
    pub(crate) dossier: Option<UsagerId>,
    pub(crate) genre: GenreSejour,
    pub(crate) prevu_le: Date,
    pub(crate) entree_le: Timestamp,
    pub(crate) sortie_prevue: Option<Date>,
    pub(crate) place: Option<Place>,
}

/// Accepts: the record and the expected stay are opened by who accepts; the four families follow.
///
/// # Errors
/// `DejaPris` when the bed or the INS was taken; whatever the gate says.
pub(crate) async fn accepter(
    acces: &Acces<RepondreTransfert>,
    lu: &Stored<TransfertRecu>,
    voulu: Acceptation,
    connus: &[Connu],
) -> Resultat<UsagerId> {
    let sejour = kernel::id::derived(lu.id, "sejour");
    let accueil = Accueil {
        sejour,
        genre: voulu.genre,
        prevu_le: voulu.prevu_le,
        entree_le: voulu.entree_le,
        sortie_prevue: voulu.sortie_prevue,
        provenance: lu.de_nom.clone(),
        reference: String::new(),
        motif: MOTIF_MOUVEMENT.into(),
        place: voulu.place,
    };
    let par = acces.contexte().acteur.nom.clone();
    let accepte = |usager| EtatRecu::Accepte { usager, sejour, par: par.clone(), le: acces.now() };
    if let Some(usager) = voulu.dossier {
        let ecrire: Acces<EcrireSejour> = acces.aussi().await?;
        let dossier = ecrire.ouvrir_dossier(usager).await?;
        let mut acte = acte_de(&dossier, "transferts.accepte", lu.transfert);
        sejours::accueillir_encore(&ecrire, &dossier, &mut acte, &accueil).await?;
        acte.update(lu, &TransfertRecu { etat: accepte(usager), ..lu.value.clone() });
        dire(&mut acte, lu.transfert, "accepte");
        dossier.commit(acte).await?;
        return Ok(usager);
    }
    let usager = UsagerId(kernel::id::derived(lu.id, "usager"));
    let creer: Acces<CreerDossier> = acces.aussi().await?;
    let acte = creer.acte_nouveau_dossier("transferts.accepte", lu.etablissement, usager).await?;
    let mut acte = acte.detail("transfert", lu.transfert.to_string());
    sejours::accueillir(&creer, &mut acte, &personne(lu, usager)?, &accueil, connus).await?;
    acte.update(lu, &TransfertRecu { etat: accepte(usager), ..lu.value.clone() });
    dire(&mut acte, lu.transfert, "accepte");
    creer.commit(acte).await?;
    Ok(usager)
}

/// The person as this house begins to know them: traits and INS are not typed again, the proofs are this house's own (RNIV:
/// whoever holds the record answers for the document seen).
fn personne(recu: &TransfertRecu, usager: UsagerId) -> Resultat<Personne> {
    let connue = &recu.identification.identite;
    let neuve = Identite::provisoire(connue.traits().clone());
    let identite = if connue.est_douteuse() {
        neuve.marquer_douteuse()
    } else if connue.est_fictive() {
        neuve.marquer_fictive().map_err(|erreur| Erreur::Demande(erreur.to_string()))?
    } else if let Some(ins) = connue.ins() {
        let traits = connue.traits().clone();
        neuve.insi_obtenue(ins.clone(), traits).map_err(|erreur| Erreur::Demande(erreur.to_string()))?
    } else {
        neuve
    };
    let identification = Identification { usager, etablissement: recu.etablissement, identite, ..recu.identification.clone() };
    let (etablissement, civilite) = (recu.etablissement, recu.civilite);
    Ok(Personne { usager, etablissement, identification, civilite, oppositions: recu.oppositions.clone() })
}

/// Refuses, with the reason.
pub(crate) async fn refuser(acces: &Acces<RepondreTransfert>, lu: &Stored<TransfertRecu>, motif: String) -> Resultat<()> {
    let par = acces.contexte().acteur.nom.clone();
    let mut acte = acces.acte("transferts.refuse").detail("transfert", lu.transfert.to_string());
    acte.update(lu, &TransfertRecu { etat: EtatRecu::Refuse { motif, par }, ..lu.value.clone() });
    dire(&mut acte, lu.transfert, "refuse");
    acces.commit(acte).await
}

/// The person is there: the stay begins here; the one left is closed by the worker.
///
/// # Errors
/// `Demande` when the stay contradicts it; `DejaPris` when the bed was taken.
pub(crate) async fn arriver(
    acces: &Acces<RepondreTransfert>,
    lu: &Stored<TransfertRecu>,
    le: Timestamp,
    place: Option<Place>,
) -> Resultat<()> {
    let EtatRecu::Accepte { usager, sejour: id, .. } = &lu.etat else { return Err(Erreur::Conflit) };
    let ecrire: Acces<EcrireSejour> = acces.aussi().await?;
    let dossier = ecrire.ouvrir_dossier(*usager).await?;
    let sejour: Stored<Sejour> = dossier.lire(*id).await?.ok_or(Erreur::Introuvable)?;
    let mut acte = acte_de(&dossier, "transferts.arrive", lu.transfert);
    let mut arrive_le = sejour.entree_le;
    if NatureMouvement::Admission.possible(sejour.etat) {
        arrive_le = le;
        let mouvement = mouvement(&sejour, NatureMouvement::Admission, le, place);
        sejours::inscrire(&dossier, &mut acte, &sejour, (kernel::id::derived(lu.id, "admission"), &mouvement)).await?;
    }
    let par = acces.contexte().acteur.nom.clone();
    let etat = EtatRecu::Arrive { usager: *usager, sejour: *id, par, le: arrive_le };
    acte.update(lu, &TransfertRecu { etat, ..lu.value.clone() });
    dire(&mut acte, lu.transfert, "arrive");
    dossier.commit(acte).await
}

/// The person will not come: the expected stay is closed, the one left goes on.
///
/// # Errors
/// `Demande` when the stay contradicts it.
pub(crate) async fn abandonner(acces: &Acces<RepondreTransfert>, lu: &Stored<TransfertRecu>, motif: String) -> Resultat<()> {
    let EtatRecu::Accepte { usager, sejour: id, .. } = &lu.etat else { return Err(Erreur::Conflit) };
    let ecrire: Acces<EcrireSejour> = acces.aussi().await?;
    let dossier = ecrire.ouvrir_dossier(*usager).await?;
    let sejour: Stored<Sejour> = dossier.lire(*id).await?.ok_or(Erreur::Introuvable)?;
    let mut acte = acte_de(&dossier, "transferts.abandonne", lu.transfert);
    match sejour.etat {
        platform::acces::EtatSejour::Preadmis => {
            let sortie = Mouvement { motif: motif.clone(), ..mouvement(&sejour, NatureMouvement::Sortie, acces.now(), None) };
            sejours::inscrire(&dossier, &mut acte, &sejour, (kernel::id::derived(lu.id, "abandon"), &sortie)).await?;
        }
        etat if etat.en_cours() => {
            return Err(Erreur::Demande(
                "La personne est déjà entrée : confirmez son arrivée, ou corrigez d'abord son séjour.".into(),
            ));
        }
        _ => {}
    }
    let par = acces.contexte().acteur.nom.clone();
    acte.update(lu, &TransfertRecu { etat: EtatRecu::Abandonne { usager: *usager, motif, par }, ..lu.value.clone() });
    dire(&mut acte, lu.transfert, "abandonne");
    dossier.commit(acte).await
}

/// A movement of a stay, with the reason of transfers.
pub(crate) fn mouvement(sejour: &Stored<Sejour>, nature: NatureMouvement, le: Timestamp, place: Option<Place>) -> Mouvement {
    Mouvement {
        sejour: sejour.value.id,
        usager: sejour.usager,
        etablissement: sejour.etablissement,
        nature,
        le,
        de: sejour.chambre_libelle.clone(),
        vers: place.as_ref().map(|place| place.libelle.clone()).unwrap_or_default(),
        motif: MOTIF_MOUVEMENT.into(),
        annule: None,
        place,
        origine: None,
    }
}
