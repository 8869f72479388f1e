//! `grappe verify-journal`: recomputes the journal and compares it with signed heads.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use store::{Holder, Older, Signer, Tampering, Verification, Waiting, verify};

use super::dire;
use crate::assemblage::lire_store;
use crate::config::{Config, Options};

#[derive(Debug, Args)]
pub(crate) struct Verifier {
    /// Têtes signées gardées hors de la base ; sans argument, celles du dossier des témoins
    temoins: Vec<PathBuf>,
    /// Clé publique (fichier) ; sans argument, celle de l'installation
    #[arg(long)]
    cle: Option<PathBuf>,
    /// Vérifie la base de démonstration
    #[arg(long)]
    demo: bool,
}

fn phrase(tampering: &Tampering) -> String {
    match tampering {
        Tampering::Root { size } => format!(
            "Les {size} premières lignes ne donnent pas la tête signée : une ligne a été modifiée, retirée, ajoutée ou déplacée."
        ),
        Tampering::Truncated { expected, found } => format!(
            "Le journal compte {found} lignes, une tête signée en atteste {expected} : il a été tronqué, ou la base est plus ancienne."
        ),
        Tampering::Record { reference } => format!("L'enregistrement {reference} n'est pas celui que le journal a inscrit."),
        Tampering::Missing { reference } => format!("L'enregistrement {reference} inscrit au journal a disparu."),
        Tampering::Document { id } => format!("Le document {id} est abîmé, remplacé ou absent."),
        Tampering::Unsealed { size } => format!("La tête de {size} lignes gardée ailleurs n'est plus dans la base."),
        Tampering::Signature { size } => {
            format!("La tête de {size} lignes gardée dans la base n'est pas signée par la clé de l'installation.")
        }
    }
}

/// What a server's administrator asks it, when the transaction was no longer found.
const QUI: &str =
    "select pid, datname, usename, xact_start from pg_stat_activity where backend_xid is not null order by xact_start;";

/// Which transaction lines wait for, and how it ends.
fn attendue(older: Option<&Older>) -> (String, String) {
    let Some(older) = older else {
        let suite =
            format!("Si l'attente dure, l'administrateur du serveur trouve cette transaction (« {QUI} ») et la fait terminer");
        return (String::new(), suite);
    };
    let (mut dits, suite) = match &older.holder {
        Holder::Session(pid) => (
            vec![format!("session {pid}")],
            format!("Faites-la terminer par qui la tient, ou coupez cette session (« select pg_terminate_backend({pid}); »)"),
        ),
        Holder::Prepared(nom) => (
            vec![format!("transaction préparée « {nom} », que plus personne ne tient")],
            format!("Faites-la terminer (« commit prepared '{nom}'; » ou « rollback prepared '{nom}'; », sur sa base)"),
        ),
    };
    dits.extend(older.database.as_ref().map(|base| format!("base « {base} »")));
    dits.extend(older.login.as_ref().map(|compte| format!("compte « {compte} »")));
    let fuseau = kernel::clock::fuseau_par_defaut();
    dits.extend(older.since.map(|le| format!("depuis le {}", kernel::dates::date_heure(le, &fuseau))));
    (format!(" ({})", dits.join(", ")), suite)
}

fn en_attente(Waiting { lines, behind }: &Waiting) -> String {
    let (qui, suite) = attendue(behind.as_ref());
    let (attendent, elles) = if *lines == 1 {
        ("1 ligne attend".to_owned(), "L'enregistrement qu'elle inscrit est comparé, mais aucune tête signée ne la couvre encore")
    } else {
        (
            format!("{lines} lignes attendent"),
            "Les enregistrements qu'elles inscrivent sont comparés, mais aucune tête signée ne les couvre encore",
        )
    };
    format!(
        "{attendent} une transaction plus ancienne du serveur PostgreSQL{qui}. {elles}. {suite}, puis relancez la vérification."
    )
}

fn lire_temoins(config: &Config, donnes: &[PathBuf]) -> anyhow::Result<Vec<String>> {
    if !donnes.is_empty() {
        return donnes
            .iter()
            .map(|path| std::fs::read_to_string(path).with_context(|| format!("lecture de {}", path.display())))
            .collect();
    }
    let mut notes = Vec::new();
    for dossier in &config.temoins {
        let Ok(liste) = std::fs::read_dir(dossier) else { continue };
        let signees =
            liste.flatten().map(|entree| entree.path()).filter(|chemin| chemin.extension().is_some_and(|suite| suite == "note"));
        for chemin in signees {
            notes.push(std::fs::read_to_string(&chemin).with_context(|| format!("lecture de {}", chemin.display()))?);
        }
    }
    Ok(notes)
}

fn json(resultat: &Verification) -> serde_json::Value {
    serde_json::json!({
        "lignes": resultat.lines, "tetes": resultat.checkpoints, "enregistrements": resultat.records,
        "lignes_en_attente": resultat.waiting.as_ref().map_or(0, |waiting| waiting.lines),
        "attente": resultat.waiting.as_ref().map(en_attente),
        "anomalies": resultat.tamperings.iter().map(phrase).collect::<Vec<_>>(),
    })
}

impl Verifier {
    pub(crate) async fn executer(self, options: &Options) -> anyhow::Result<ExitCode> {
        let config = Config::lire(options, self.demo.then_some("demo"))?;
        let notes = lire_temoins(&config, &self.temoins)?;
        // Before the signature: a folder which is not that of the base must not be given one.
        let store = lire_store(&config).await?;
        let cle = match &self.cle {
            Some(path) => std::fs::read_to_string(path).with_context(|| format!("lecture de {}", path.display()))?,
            None => Signer::open(&config.data.join("signature-journal"), "grappe")?.public_key(),
        };
        let resultat = verify(&store, &cle, &notes).await.context(
            "La vérification n'a pas pu être menée : une tête donnée n'est pas signée par cette clé, ou la base ne se lit pas",
        )?;
        if config.json {
            dire(&json(&resultat).to_string());
        } else {
            dire(&format!(
                "{} lignes relues, {} têtes signées comparées, {} enregistrements comparés.",
                resultat.lines, resultat.checkpoints, resultat.records
            ));
            if let Some(waiting) = &resultat.waiting {
                dire(&en_attente(waiting));
            }
            for anomalie in resultat.tamperings.iter().take(50) {
                dire(&format!("ANOMALIE : {}", phrase(anomalie)));
            }
        }
        if resultat.tamperings.is_empty() {
            if !config.json {
                dire(if notes.is_empty() {
                    "Aucune anomalie, mais aucune tête signée extérieure n'a été donnée."
                } else {
                    "Aucune anomalie."
                });
            }
            return Ok(ExitCode::SUCCESS);
        }
        Ok(ExitCode::FAILURE)
    }
}
