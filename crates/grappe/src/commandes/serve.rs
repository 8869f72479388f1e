//! `grappe serve`.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use kernel::clock::SystemClock;

use super::dire;
use crate::assemblage::{assembler, ouvrir_store};
use crate::config::Config;

pub(crate) async fn executer(config: &Config) -> anyhow::Result<ExitCode> {
    let store = ouvrir_store(config).await?;
    let mut produit = assembler(config, store, Arc::new(SystemClock), false).await?;
    let listener = tokio::net::TcpListener::bind(config.listen).await.with_context(|| format!("écoute sur {}", config.listen))?;
    produit.ecouter(config).await?;
    let _porte = produit.ouvrir_porte(config);
    dire(&format!("Grappe écoute sur http://{}", listener.local_addr()?));
    produit.servir(listener).await?;
    Ok(ExitCode::SUCCESS)
}
