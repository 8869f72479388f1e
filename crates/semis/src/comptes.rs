//! Accounts: the staff of the filled establishments, with their roles.

use demo::Recit;
use demo::recit::Agent;
use jiff::SignedDuration;
use platform::acces::{Compte, Habilitation, NatureCompte};
use uuid::Uuid;

use crate::ids::{compte_id, etablissement_id, unite_id};
use crate::semeur::{ErreurSemis, Semeur};

/// Password of every account of the demo; its data are fictitious and the page says so.
pub const MOT_DE_PASSE: &str = "les-sources-vives";

const ANCIENNETE: SignedDuration = SignedDuration::from_hours(24 * 400);

pub(crate) async fn semer(semeur: &mut Semeur<'_>, recit: &Recit) -> Result<(), ErreurSemis> {
    semeur.annoncer("comptes");
    let hash = platform::web::hacher(MOT_DE_PASSE).map_err(|error| ErreurSemis::Recit(error.to_string()))?;
    let maintenant = recit.calendrier.maintenant();
    let depuis = maintenant.checked_sub(ANCIENNETE).unwrap_or(maintenant);
    let grappe = etablissements::Grappe::id();
    for (rang, agent) in recit.agents.iter().enumerate() {
        let compte = Compte {
            identifiant: agent.identifiant.clone(),
            nom_affiche: format!("{} {}", agent.prenom, agent.nom.to_uppercase()),
            professionnel: None,
            etablissement: agent.etablissement.map_or(grappe, |rang| Uuid::from(etablissement_id(rang))),
            mot_de_passe: hash.clone(),
            code: None,
            nature: NatureCompte::Permanent,
            ferme_le: None,
            habilitations: habilitations(agent, depuis),
            demo: agent.demonstration.then(|| format!("{:03}|{}", ordre(agent), mission(recit, agent))),
            preferences: std::collections::BTreeMap::new(),
        };
        semeur.poser(compte_id(rang), Uuid::nil(), depuis, &compte).await?;
    }
    Ok(())
}

fn habilitations(agent: &Agent, du: jiff::Timestamp) -> Vec<Habilitation> {
    [Some(agent.role), agent.second_role]
        .into_iter()
        .flatten()
        .map(|profil| Habilitation {
            profil: profil.to_owned(),
            etablissement: agent.etablissement.map(etablissement_id),
            unites: agent.unites.iter().map(|rang| unite_id(*rang)).collect(),
            du,
            au: None,
        })
        .collect()
}

/// Order of the cards: care first, then the others.
fn ordre(agent: &Agent) -> usize {
    const ORDRE: [&str; 12] = [
        "sophie",
        "nadia",
        "karim",
        "largentiere",
        "idec",
        "pharmacienne",
        "cuisine",
        "eric",
        "directrice",
        "lina",
        "claire",
        "projet",
    ];
    ORDRE.iter().position(|nom| *nom == agent.identifiant).unwrap_or(99)
}

fn mission(recit: &Recit, agent: &Agent) -> String {
    let metier = platform::acces::Profils::livres().get(agent.role).map(|profil| profil.libelle.clone()).unwrap_or_default();
    let histoire = recit.histoires.iter().find(|histoire| histoire.compte == agent.identifiant);
    match histoire {
        Some(histoire) => format!("{metier}. {}.", histoire.titre),
        None => format!("{metier}. {}.", agent.mission),
    }
}
