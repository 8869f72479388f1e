//! Opening and withdrawing an application from the command line, as the operator of the installation.

use std::sync::Arc;

use kernel::id::{CompteId, EtablissementId};
use platform::Services;
use platform::prelude::*;
use platform::worker::automate;
use serde::{Deserialize, Serialize};

use crate::acts;
use crate::forms::Lecture;
use crate::rights::GererApplications;

/// Who acts, in the journal and on the page.
const OPERATEUR: &str = "Exploitant (ligne de commande)";

/// What the command says, as it was typed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ouverture {
    /// Name of the application.
    pub nom: String,
    /// Who answers for it.
    pub organisation: String,
    /// FINESS of that organisation; empty: none.
    pub finess: String,
    /// Profile of the gate.
    pub profil: String,
    /// Public keys, as a JWKS.
    pub cles: String,
    /// Certificates it shows, as PEM; empty: none.
    #[serde(default)]
    pub certificats: String,
    /// Scopes, separated by spaces.
    pub portees: String,
    /// FINESS of the establishments it reads.
    pub etablissements: Vec<String>,
    /// Hosts of notifications, separated by spaces.
    pub hotes: String,
    /// Last day; empty: until further notice.
    pub au: String,
}

/// Opens an application; gives its `client_id`.
///
/// # Errors
/// A sentence which names what is wrong.
pub async fn ouvrir(services: &Arc<Services>, ouverture: &Ouverture) -> Resultat<CompteId> {
    let acces = automate::<GererApplications>(services, OPERATEUR).await?;
    let tous = etablissements::etablissements(&acces).await?;
    let mut choisis: Vec<EtablissementId> = Vec::new();
    for finess in &ouverture.etablissements {
        let trouve = tous.iter().find(|un| un.finess.as_str() == finess.trim());
        let inconnu = || Erreur::Demande(format!("Aucun établissement de l'installation ne porte le FINESS {finess}."));
        choisis.push(trouve.ok_or_else(inconnu)?.value.id);
    }
    let textes: Vec<String> = choisis.iter().map(ToString::to_string).collect();
    let mut champs = vec![
        ("nom", ouverture.nom.as_str()),
        ("organisation", &ouverture.organisation),
        ("finess", &ouverture.finess),
        ("profil", &ouverture.profil),
        ("cles", &ouverture.cles),
        ("certificats", &ouverture.certificats),
        ("portees", &ouverture.portees),
        ("hotes", &ouverture.hotes),
        ("au", &ouverture.au),
    ];
    champs.extend(textes.iter().map(|texte| ("etablissement", texte.as_str())));
    let compte = CompteId(acces.nouvel_id());
    let lecture = Lecture { ouverts: &choisis, now: acces.now(), fuseau: &services.fuseau, par: OPERATEUR };
    let application = lecture.application(&Champs::depuis(&champs), compte).map_err(|erreurs| {
        let phrases: Vec<String> = erreurs.toutes().map(|(champ, phrase)| format!("{champ} : {phrase}")).collect();
        Erreur::Demande(phrases.join("\n"))
    })?;
    acts::ouvrir(&acces, &application).await?;
    Ok(compte)
}

/// Withdraws an application.
///
/// # Errors
/// An unknown `client_id`, or one withdrawn already.
pub async fn retirer(services: &Arc<Services>, compte: CompteId, motif: &str) -> Resultat<()> {
    let acces = automate::<GererApplications>(services, OPERATEUR).await?;
    acts::retirer(&acces, compte, motif).await.map_err(|erreur| match erreur {
        Erreur::Introuvable => Erreur::Demande("Aucune application ne porte cet identifiant.".into()),
        autre => autre,
    })
}
