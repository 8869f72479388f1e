//! Opening and withdrawing an application: one act for its record and its account.

use kernel::id::CompteId;
use platform::acces::{Compte, Habilitation, NatureCompte};
use platform::prelude::*;

use crate::records::{Application, Retrait};
use crate::rights::GererApplications;

/// The account of the gate: a role of the application's profile in each establishment, no password.
fn compte(application: &Application) -> Compte {
    let role = |etablissement| Habilitation {
        profil: application.profil.clone(),
        etablissement: Some(etablissement),
        unites: Vec::new(),
        du: application.du,
        au: application.au,
    };
    Compte {
        identifiant: format!("application.{}", application.compte.0.simple()),
        nom_affiche: format!("{} ({})", application.nom, application.organisation),
        professionnel: None,
        etablissement: application.etablissements.first().map_or(uuid::Uuid::nil(), |id| id.0),
        mot_de_passe: String::new(),
        code: None,
        nature: NatureCompte::Application,
        ferme_le: None,
        habilitations: application.etablissements.iter().copied().map(role).collect(),
        demo: None,
        preferences: std::collections::BTreeMap::new(),
    }
}

/// Every establishment of the application must be within the right; the operator's command is asked nothing.
async fn atteindre(acces: &Acces<GererApplications>, application: &Application) -> Resultat<()> {
    if acces.contexte().origine == platform::acces::Origine::Automate {
        return Ok(());
    }
    for etablissement in &application.etablissements {
        acces.exiger_etablissement(*etablissement).await?;
    }
    Ok(())
}

/// Opens an application.
///
/// # Errors
/// A refusal when one of the establishments is out of reach; the store.
pub(crate) async fn ouvrir(acces: &Acces<GererApplications>, application: &Application) -> Resultat<()> {
    atteindre(acces, application).await?;
    let id = application.compte;
    let mut acte = acces.acte("api.application_ouverte").detail("compte", id.to_string());
    acte.create(id.0, &compte(application));
    acte.create(Application::id(id), application);
    acces.commit(acte).await
}

/// Withdraws an application: its tokens die at once, its account is closed.
///
/// # Errors
/// An unknown address when it is out of reach; a sentence when it was withdrawn already.
pub(crate) async fn retirer(acces: &Acces<GererApplications>, id: CompteId, motif: &str) -> Resultat<()> {
    let lue = acces.lire::<Application>(Application::id(id)).await?.ok_or(Erreur::Introuvable)?;
    atteindre(acces, &lue).await?;
    if lue.retrait.is_some() {
        return Err(Erreur::Demande("Cette application est déjà retirée.".into()));
    }
    let connu = acces.lire::<Compte>(id.0).await?.ok_or(Erreur::Introuvable)?;
    let now = acces.now();
    let retrait = Retrait { le: now, par: acces.contexte().acteur.nom.clone(), motif: motif.chars().take(200).collect() };
    let mut ferme = connu.value.clone();
    ferme.ferme_le = Some(ferme.ferme_le.map_or(now, |le| le.min(now)));
    let mut acte = acces.acte("api.application_retiree").detail("compte", id.to_string());
    acte.update(&lue, &Application { retrait: Some(retrait), ..lue.value.clone() });
    acte.update(&connu, &ferme);
    acces.commit(acte).await
}
