//! `/admissions`: the waiting list by step; `/admissions/{usager}`: the task list of an entry.

use kernel::id::UsagerId;
use maud::html;
use platform::acces::EtatSejour;
use platform::prelude::*;
use platform::web::page;
use usagers::Usager;
use uuid::Uuid;

use crate::acts::{bouger, changer_demande};
use crate::admission::{DemandeAdmission, EtapeAdmission, EtatTache, TACHES, lane_admissions};
use crate::bandeau::bandeau;
use crate::model::{Mouvement, NatureMouvement, Sejour};
use crate::onglets::onglets;
use crate::places::Parc;
use crate::residents::resident;
use crate::rights::{EcrireAdmission, EcrireSejour, LireAdmissions};
use crate::views::admissions::{self as vue, Attente, Suivi};

/// The open requests of the establishment, by step.
pub(crate) async fn admissions(acces: Acces<LireAdmissions>) -> Resultat<Answer> {
    let etablissement = acces.etablissement()?;
    let perimetre = acces.ouvrir_perimetre(etablissement, &[]).await?;
    let demandes: Vec<Stored<DemandeAdmission>> = perimetre.liste(&Query::lane(&lane_admissions(etablissement))).await?;
    let ids: Vec<Uuid> = demandes.iter().map(|demande| demande.usager.0).collect();
    let usagers: Vec<Stored<Usager>> = perimetre.lire(&ids).await?;
    let sejours: Vec<Uuid> = demandes.iter().map(|demande| demande.sejour.0).collect();
    let sejours: Vec<Stored<Sejour>> = perimetre.lire(&sejours).await?;
    let attentes: Vec<Attente<'_>> = demandes
        .iter()
        .filter_map(|demande| {
            let usager = usagers.iter().find(|usager| usager.value.id == demande.usager)?;
            let sejour = sejours.iter().find(|sejour| sejour.value.id == demande.sejour)?;
            Some(Attente { demande, usager, sejour })
        })
        .filter(|attente| attente.sejour.etat == EtatSejour::Preadmis)
        .collect();
    let libres = Parc::lire(&acces).await?.libres().count();
    let peut = acces.peut::<crate::rights::CreerDossier>();
    let contenu = vue::tableau(&attentes, libres, peut, &acces.services().fuseau);
    Ok(Answer::html(page(&acces, "Admissions", "/admissions").contenu(contenu).render()))
}

async fn demande_de<D: Droit>(dossier: &DossierOuvert<D>) -> Resultat<Stored<DemandeAdmission>> {
    let sejour = resident(dossier).await?.ok_or(Erreur::Introuvable)?.sejour;
    dossier.lire::<DemandeAdmission>(DemandeAdmission::id(sejour.value.id)).await?.ok_or(Erreur::Introuvable)
}

/// The task list of an entry.
pub(crate) async fn suivi(acces: Acces<LireAdmissions>, Chemin(usager): Chemin<UsagerId>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let demande = demande_de(&dossier).await?;
    let suivi = Suivi {
        demande: &demande,
        peut: dossier.peut_ecrire(Categorie::Administratif),
        peut_admettre: dossier.peut_ecrire(Categorie::Presence),
        lit: &|famille| dossier.peut_lire(famille),
        fuseau: &acces.services().fuseau,
    };
    let contenu = html! { (onglets(&dossier, &format!("/residents/{usager}/sejour"))) (vue::suivi(&suivi)) };
    Ok(Answer::html(
        page(&acces, "Demande d'admission", "/admissions").bandeau(bandeau(&dossier).await?).contenu(contenu).render(),
    ))
}

fn version(champs: &Champs) -> i64 {
    champs.lire("version").unwrap_or(0)
}

/// Sets the state of a task.
pub(crate) async fn tache(acces: Acces<EcrireAdmission>, Chemin(usager): Chemin<UsagerId>, champs: Champs) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let demande = demande_de(&dossier).await?;
    let code = TACHES.iter().find(|modele| modele.code == champs.texte("tache")).map(|modele| modele.code);
    let etat = EtatTache::TOUS.iter().find(|(_, code, _)| *code == champs.texte("etat")).map(|(etat, ..)| *etat);
    let (Some(code), Some(etat)) = (code, etat) else {
        return Err(Erreur::Demande("Choisissez une tâche et son état. Rien n'a été enregistré.".into()));
    };
    let par = acces.contexte().acteur.nom.clone();
    changer_demande(&dossier, (&demande, version(&champs)), "admission.tache", |demande| {
        demande.poser(code, etat, &par, acces.now());
    })
    .await?;
    Ok(Answer::vers(format!("/admissions/{usager}")).dit("Tâche mise à jour."))
}

/// Moves the request to another step.
pub(crate) async fn etape(acces: Acces<EcrireAdmission>, Chemin(usager): Chemin<UsagerId>, champs: Champs) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let demande = demande_de(&dossier).await?;
    let etape = EtapeAdmission::TOUTES
        .iter()
        .find(|(etape, code, _)| *code == champs.texte("etape") && etape.ouverte())
        .map(|(etape, ..)| *etape);
    let etape = etape.ok_or_else(|| Erreur::Demande("Choisissez une étape de la liste. Rien n'a été enregistré.".into()))?;
    changer_demande(&dossier, (&demande, version(&champs)), "admission.etape", |demande| demande.etape = etape).await?;
    Ok(Answer::vers(format!("/admissions/{usager}")).dit("Étape mise à jour."))
}

/// Closes a request without an entry: the expected stay ends, with the answer given.
pub(crate) async fn clore(acces: Acces<EcrireSejour>, Chemin(usager): Chemin<UsagerId>, champs: Champs) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let demande = demande_de(&dossier).await?;
    let reponse = kernel::texte::Texte::<200>::new(champs.texte("reponse"));
    let reponse =
        reponse.map_err(|_| Erreur::Demande("Écrivez la réponse donnée à la demande. Rien n'a été enregistré.".into()))?;
    let sejour = dossier.lire::<Sejour>(demande.sejour).await?.filter(|sejour| sejour.etat == EtatSejour::Preadmis);
    let sejour = sejour.ok_or_else(|| Erreur::Demande("Cette personne est déjà entrée : sa demande ne se clôt plus.".into()))?;
    if version(&champs) != demande.version {
        return Err(Erreur::Conflit);
    }
    let mouvement = Mouvement {
        sejour: sejour.value.id,
        usager,
        etablissement: sejour.etablissement,
        nature: NatureMouvement::Sortie,
        le: acces.now(),
        de: String::new(),
        vers: String::new(),
        motif: reponse.to_string(),
        annule: None,
        place: None,
        origine: None,
    };
    bouger(&dossier, &sejour, (acces.nouvel_id(), &mouvement)).await?;
    Ok(Answer::vers("/admissions").dit("Demande close."))
}
