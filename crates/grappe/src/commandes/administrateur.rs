//! `grappe administrateur IDENTIFIANT NOM`: the first account of an empty installation.

use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use etablissements::Grappe;
use kernel::clock::{Clock, SystemClock};
use platform::acces::{Compte, Habilitation, NatureCompte};
use store::{Batch, Line, Nature, Reach};
use uuid::Uuid;

use super::dire;
use crate::assemblage::ouvrir_store;
use crate::config::{Config, Options};

#[derive(Debug, Args)]
pub(crate) struct Administrateur {
    /// Identifiant de connexion
    identifiant: String,
    /// Prénom et nom affichés
    nom: String,
    /// Nom de la grappe, à la première fois
    #[arg(long, default_value = "Ma grappe")]
    grappe: String,
}

impl Administrateur {
    /// Creates the account and says its password once; the same login twice is refused by the store.
    pub(crate) async fn executer(self, options: &Options) -> anyhow::Result<ExitCode> {
        let config = Config::lire(options, None)?;
        let store = ouvrir_store(&config).await?;
        let now = SystemClock.now();
        let secret: [u8; 12] = platform::web::hasard().map_err(|error| anyhow::anyhow!(error.to_string()))?;
        let mot_de_passe: String = secret.iter().map(|octet| format!("{octet:02x}")).collect();
        let compte = Compte {
            identifiant: self.identifiant.trim().to_lowercase(),
            nom_affiche: self.nom.clone(),
            professionnel: None,
            etablissement: Grappe::id(),
            mot_de_passe: platform::web::hacher(&mot_de_passe).map_err(|error| anyhow::anyhow!(error.to_string()))?,
            code: None,
            nature: NatureCompte::Permanent,
            ferme_le: None,
            habilitations: vec![Habilitation {
                profil: "admin_grappe".into(),
                etablissement: None,
                unites: Vec::new(),
                du: now,
                au: None,
            }],
            demo: None,
            preferences: std::collections::BTreeMap::new(),
        };
        let mut batch = Batch::default();
        batch.create(SystemClock.fresh_id(), Uuid::nil(), now, &compte)?;
        if store.get::<Grappe>(&Reach::All, Grappe::id()).await?.is_none() {
            let nom = self.grappe.clone().try_into().map_err(|error| anyhow::anyhow!("nom de la grappe : {error}"))?;
            batch.create(Grappe::id(), Uuid::nil(), now, &Grappe { nom })?;
        }
        let line = Line {
            at: now,
            nature: Nature::Systeme,
            verb: "compte.premier".into(),
            account: Uuid::nil(),
            establishment: Some(Grappe::id()),
            person: None,
            detail: serde_json::Map::new(),
            objects: Vec::new(),
        };
        store.commit(batch.with_line(line)).await.context("création du compte (l'identifiant est peut-être déjà pris)")?;
        dire(&format!("Compte {} créé. Mot de passe, montré une seule fois : {mot_de_passe}", compte.identifiant));
        dire("Connectez-vous, changez-le dans « Mon compte », puis créez les établissements dans « Grappe ».");
        Ok(ExitCode::SUCCESS)
    }
}
