//! Movements: the movement, the stay and the gate's line change in one act, or not at all.

use jiff::Timestamp;
use jiff::civil::Date;
use kernel::id::UsagerId;
use platform::acces::{Acte, Categorie, DossierOuvert, Droit, EtatSejour};
use platform::erreur::{Erreur, Resultat};
use platform::store::Stored;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::admission::{DemandeAdmission, EtapeAdmission};
use crate::model::{Mouvement, NatureMouvement, Sejour};
use crate::records::rattachement_apres;
use crate::rejeu::{appliquer, rejouer};
use crate::rights::EcrireSejour;

/// What is done to a movement already written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Annulation {
    /// It never happened, and why.
    Annuler(String),
    /// It happened at another time, and why.
    Deplacer(Timestamp, String),
}

async fn mouvements_de<D: Droit>(dossier: &DossierOuvert<D>, sejour: &Sejour) -> Resultat<Vec<Stored<Mouvement>>> {
    let mut mouvements = dossier.liste::<Mouvement>(|query| query).await?;
    mouvements.retain(|mouvement| mouvement.sejour == sejour.id);
    Ok(mouvements)
}

/// Writes a movement; what follows from it is computed from all the movements of the stay.
///
/// # Errors
/// `Demande` with a sentence when it contradicts the others; `DejaPris` when the bed was taken meanwhile.
pub(crate) async fn bouger(
    dossier: &DossierOuvert<EcrireSejour>,
    sejour: &Stored<Sejour>,
    (id, mouvement): (Uuid, &Mouvement),
) -> Resultat<()> {
    let mut acte = dossier.acte(verbe(mouvement.nature));
    inscrire(dossier, &mut acte, sejour, (id, mouvement)).await?;
    dossier.commit(acte).await
}

/// Adds a movement to an act, with what follows from it: the stay, the request of admission, the gate's line.
///
/// For other modules whose act moves a person (an emergency, a transfer).
///
/// # Errors
/// `Demande` with a sentence when it contradicts the other movements of the stay.
pub async fn inscrire<D: Droit>(
    dossier: &DossierOuvert<D>,
    acte: &mut Acte,
    sejour: &Stored<Sejour>,
    (id, mouvement): (Uuid, &Mouvement),
) -> Resultat<()> {
    let connus: Vec<Mouvement> = mouvements_de(dossier, sejour).await?.into_iter().map(|stored| stored.value).collect();
    let coherent = rejouer(sejour, &connus).is_ok_and(|rejoue| rejoue.etat == sejour.etat);
    let apres = if coherent && !connus.is_empty() {
        let tous: Vec<Mouvement> = connus.into_iter().chain([mouvement.clone()]).collect();
        rejouer(sejour, &tous)
    } else {
        appliquer(sejour, mouvement)
    };
    let apres = apres.map_err(|erreur| Erreur::Demande(erreur.phrase()))?;
    acte.create(id, mouvement);
    dire(acte, id, mouvement);
    suivre_demande(dossier, acte, (sejour, &apres), &mouvement.motif).await?;
    poser(dossier, acte, sejour, &apres).await
}

/// Topic of the message sent when somebody leaves for the hospital or comes back.
pub const TOPIC_HOPITAL: &str = "sejours.hopital";

/// Somebody left for the hospital, or came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EtapeHopital {
    /// Who.
    pub usager: UsagerId,
    /// The movement.
    pub mouvement: Uuid,
    /// When it happened.
    pub le: Timestamp,
    /// The hospital, as the movement says it.
    pub lieu: String,
    /// When they came back, if they did.
    pub revenu_le: Option<Timestamp>,
}

fn dire(acte: &mut Acte, id: Uuid, mouvement: &Mouvement) {
    let revenu_le = match mouvement.nature {
        NatureMouvement::Hospitalisation => None,
        NatureMouvement::RetourHospitalisation => Some(mouvement.le),
        _ => return,
    };
    let (usager, le, lieu) = (mouvement.usager, mouvement.le, mouvement.vers.clone());
    acte.send(TOPIC_HOPITAL, format!("hopital/{id}"), &EtapeHopital { usager, mouvement: id, le, lieu, revenu_le });
}

/// Adds to an act the departure of a person to the hospital: the bed is held, the rounds skip the person.
///
/// For who traces an emergency without the right to manage stays.
///
/// # Errors
/// `Demande` with a sentence when it contradicts the other movements of the stay.
pub async fn hospitaliser<D: Droit>(
    dossier: &DossierOuvert<D>,
    acte: &mut Acte,
    sejour: &Stored<Sejour>,
    (id, le): (Uuid, Timestamp),
    (hopital, motif): (&str, &str),
) -> Resultat<()> {
    let mouvement = Mouvement {
        sejour: sejour.value.id,
        usager: dossier.usager(),
        etablissement: sejour.etablissement,
        nature: NatureMouvement::Hospitalisation,
        le,
        de: sejour.lieu.clone(),
        vers: hopital.to_owned(),
        motif: motif.to_owned(),
        annule: None,
        place: None,
        origine: None,
    };
    inscrire(dossier, acte, sejour, (id, &mouvement)).await
}

/// Annuls a movement or moves it in time; the former version stays readable.
pub(crate) async fn corriger(
    dossier: &DossierOuvert<EcrireSejour>,
    sejour: &Stored<Sejour>,
    mouvement: &Stored<Mouvement>,
    annulation: Annulation,
) -> Resultat<()> {
    if mouvement.annule.is_some() {
        return Err(Erreur::Demande("Ce mouvement est déjà annulé.".into()));
    }
    let (nouveau, verbe) = match annulation {
        Annulation::Annuler(motif) => (Mouvement { annule: Some(motif), ..mouvement.value.clone() }, "mouvement.annule"),
        Annulation::Deplacer(le, motif) => (Mouvement { le, motif, ..mouvement.value.clone() }, "mouvement.corrige"),
    };
    let autres =
        mouvements_de(dossier, sejour).await?.into_iter().filter(|autre| autre.id != mouvement.id).map(|autre| autre.value);
    let tous: Vec<Mouvement> = autres.chain([nouveau.clone()]).collect();
    let apres = rejouer(sejour, &tous).map_err(|erreur| Erreur::Demande(erreur.phrase()))?;
    let mut acte = dossier.acte(verbe);
    acte.update(mouvement, &nouveau);
    suivre_demande(dossier, &mut acte, (sejour, &apres), "").await?;
    poser(dossier, &mut acte, sejour, &apres).await?;
    dossier.commit(acte).await
}

/// Moves the foreseen end of a temporary stay.
pub(crate) async fn prolonger(dossier: &DossierOuvert<EcrireSejour>, sejour: &Stored<Sejour>, jusque: Date) -> Resultat<()> {
    let mut acte = dossier.acte("sejour.fin_prevue_changee");
    poser(dossier, &mut acte, sejour, &Sejour { sortie_prevue: Some(jusque), ..sejour.value.clone() }).await?;
    dossier.commit(acte).await
}

/// The request of admission follows the stay: entered, closed, or open again after an annulment.
async fn suivre_demande<D: Droit>(
    dossier: &DossierOuvert<D>,
    acte: &mut Acte,
    (avant, apres): (&Sejour, &Sejour),
    reponse: &str,
) -> Resultat<()> {
    if avant.etat == apres.etat || !dossier.peut_lire(Categorie::Administratif) {
        return Ok(());
    }
    let Some(demande) = dossier.lire::<DemandeAdmission>(DemandeAdmission::id(apres.id)).await? else { return Ok(()) };
    let mut suivie = demande.value.clone();
    match apres.etat {
        EtatSejour::Preadmis => suivie.etape = EtapeAdmission::Prevue,
        EtatSejour::Sorti | EtatSejour::Decede if avant.etat == EtatSejour::Preadmis => {
            suivie.etape = EtapeAdmission::Close;
            reponse.clone_into(&mut suivie.reponse);
        }
        _ => suivie.etape = EtapeAdmission::Admise,
    }
    if suivie != demande.value {
        acte.update(&demande, &suivie);
    }
    Ok(())
}

/// Adds to an act the stay as it becomes, and the gate's line about the person.
async fn poser<D: Droit>(dossier: &DossierOuvert<D>, acte: &mut Acte, avant: &Stored<Sejour>, apres: &Sejour) -> Resultat<()> {
    if *apres != avant.value {
        acte.update(avant, apres);
    }
    let porte = dossier.rattachement_lu().await?;
    let nouvelle = rattachement_apres(&porte, avant, apres);
    if nouvelle != porte.value {
        acte.update(&porte, &nouvelle);
    }
    Ok(())
}

fn verbe(nature: NatureMouvement) -> &'static str {
    match nature {
        NatureMouvement::Preadmission => "sejour.preadmis",
        NatureMouvement::Admission => "sejour.admis",
        NatureMouvement::ChangementChambre => "sejour.chambre_changee",
        NatureMouvement::DepartAbsence => "sejour.parti",
        NatureMouvement::RetourAbsence => "sejour.revenu",
        NatureMouvement::Hospitalisation => "sejour.hospitalise",
        NatureMouvement::RetourHospitalisation => "sejour.revenu_hopital",
        NatureMouvement::Sortie => "sejour.sorti",
        NatureMouvement::Deces => "sejour.decede",
    }
}
