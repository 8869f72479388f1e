//! `grappe accounts`: the accounts of the demo, for scripts and visitors.

use std::process::ExitCode;

use platform::acces::{Compte, LANE_COMPTES};
use store::{Query, Reach, Stored};

use super::dire;
use crate::assemblage::lire_store;
use crate::config::Config;

pub(crate) async fn executer(config: &Config) -> anyhow::Result<ExitCode> {
    let store = lire_store(config).await?;
    let comptes: Vec<Stored<Compte>> = store.list(&Reach::All, &Query::lane(LANE_COMPTES)).await?;
    let montres = comptes.iter().filter(|compte| compte.demo.is_some());
    if config.json {
        let liste: Vec<_> = montres
            .map(|compte| {
                serde_json::json!({
                    "identifiant": compte.identifiant, "mot_de_passe": semis::MOT_DE_PASSE, "nom": compte.nom_affiche,
                    "profils": compte.habilitations.iter().map(|role| role.profil.clone()).collect::<Vec<_>>(),
                })
            })
            .collect();
        dire(&serde_json::to_string_pretty(&liste)?);
    } else {
        for compte in montres {
            dire(&format!("{:<14} {:<20} {}", compte.identifiant, semis::MOT_DE_PASSE, compte.nom_affiche));
        }
    }
    Ok(ExitCode::SUCCESS)
}
