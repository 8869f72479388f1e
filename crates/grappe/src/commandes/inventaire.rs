//! `grappe rights` and `grappe routes`: what people review and what tests walk.

use std::process::ExitCode;

use platform::acces::{Profils, matrice_texte};
use platform::web::inventaire;

use super::dire;
use crate::modules::composer;

pub(crate) fn droits() -> anyhow::Result<ExitCode> {
    let inventaire = inventaire(&composer(&[0; 32])?.modules);
    dire(matrice_texte(&Profils::livres(), &inventaire.droits).trim_end());
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn routes(json: bool) -> anyhow::Result<ExitCode> {
    let inventaire = inventaire(&composer(&[0; 32])?.modules);
    if json {
        let liste: Vec<_> = inventaire
            .routes
            .iter()
            .map(|route| serde_json::json!({ "method": route.method, "path": route.path, "right": route.droit.code }))
            .chain(
                inventaire
                    .publiques
                    .iter()
                    .map(|route| serde_json::json!({ "method": route.method, "path": route.path, "public": route.pourquoi })),
            )
            .collect();
        dire(&serde_json::Value::from(liste).to_string());
        return Ok(ExitCode::SUCCESS);
    }
    for route in &inventaire.routes {
        dire(&format!("{:<5} {:<60} {}", route.method, route.path, route.droit.code));
    }
    for route in &inventaire.publiques {
        dire(&format!("{:<5} {:<60} public : {}", route.method, route.path, route.pourquoi));
    }
    Ok(ExitCode::SUCCESS)
}
