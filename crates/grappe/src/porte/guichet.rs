//! Where a command is served: by the running service, else by a product it opens for itself.

use std::sync::Arc;
use std::time::Duration;

use anyhow::bail;
use kernel::clock::SystemClock;
use secours::Classeur;
use store::Error as Refus;

use super::client::Client;
use super::trame::{Demande, Reponse};
use super::travaux::{self, Recu};
use crate::assemblage::{Produit, assembler, essayer_store};
use crate::config::Config;

/// A service which starts or ends holds the database without a door for a moment.
const ESSAIS: u32 = 20;
const ATTENTE: Duration = Duration::from_millis(250);

/// Who does the work.
#[derive(Debug)]
pub(crate) enum Guichet {
    /// The service which runs.
    Service(Box<Client>),
    /// This process.
    Ici(Box<Produit>),
}

impl Guichet {
    /// Goes to the service which holds the database, else opens the database.
    pub(crate) async fn ouvrir(config: &Config, demo: bool) -> anyhow::Result<Self> {
        for essai in 0.. {
            if let Some(porte) = super::adresse(&config.target)
                && let Some(client) = Client::frapper(&porte).await?
            {
                return Ok(Self::Service(Box::new(client)));
            }
            match essayer_store(config).await? {
                Ok(store) => {
                    let produit = assembler(config, store, Arc::new(SystemClock), demo).await?;
                    return Ok(Self::Ici(Box::new(produit)));
                }
                Err(Refus::Held(_)) if essai < ESSAIS => tokio::time::sleep(ATTENTE).await,
                Err(Refus::Held(_)) => break,
                Err(Refus::Occupied(session)) => bail!(crate::assemblage::occupee(session)),
                Err(autre) => return Err(autre.into()),
            }
        }
        bail!(
            "Un autre programme tient la base sans répondre : un démarrage, un arrêt ou une autre commande. Recommencez dans un instant."
        )
    }

    /// Receives a file.
    pub(crate) async fn recevoir(&mut self, expediteur: &str, nom: &str, octets: &[u8]) -> anyhow::Result<Recu> {
        if octets.len() > documents::FICHIER_MAX {
            let etat = "Le fichier est trop volumineux (50 Mo au plus). Rien n'a été gardé.".to_owned();
            return Ok(Recu { garde: false, etat });
        }
        let client = match self {
            Self::Ici(produit) => return Ok(travaux::recevoir(&produit.services, expediteur, nom, octets).await),
            Self::Service(client) => client,
        };
        client.demander(Demande::Recevoir { nom: nom.to_owned(), expediteur: expediteur.to_owned() }, octets).await?;
        match client.reponse().await?.0 {
            Reponse::Recu(recu) => Ok(recu),
            autre => bail!(hors_propos(&autre)),
        }
    }

    /// Draws the binder of each unit and hands it over; a unit which fails gives its sentence instead.
    pub(crate) async fn classeurs(
        &mut self,
        donner: &mut (dyn FnMut(Result<Classeur, String>) -> anyhow::Result<()> + Send),
    ) -> anyhow::Result<()> {
        let client = match self {
            Self::Ici(produit) => return tirer_ici(produit, donner).await,
            Self::Service(client) => client,
        };
        client.demander(Demande::Classeurs, &[]).await?;
        loop {
            match client.reponse().await? {
                (Reponse::Fin, _) => return Ok(()),
                (Reponse::Classeur { chemin }, pdf) => donner(Ok(Classeur { chemin: chemin.into(), pdf }))?,
                (Reponse::SansClasseur { phrase }, _) => donner(Err(phrase))?,
                (autre, _) => bail!(hors_propos(&autre)),
            }
        }
    }

    /// Makes the first account; gives its password.
    pub(crate) async fn administrateur(&mut self, identifiant: &str, nom: &str, grappe: &str) -> anyhow::Result<String> {
        let client = match self {
            Self::Ici(produit) => {
                let store = &produit.services.store;
                return travaux::administrateur(store, identifiant, nom, grappe).await.map_err(anyhow::Error::msg);
            }
            Self::Service(client) => client,
        };
        let (identifiant, nom, grappe) = (identifiant.to_owned(), nom.to_owned(), grappe.to_owned());
        client.demander(Demande::Administrateur { identifiant, nom, grappe }, &[]).await?;
        match client.reponse().await?.0 {
            Reponse::Compte { mot_de_passe } => Ok(mot_de_passe),
            autre => bail!(hors_propos(&autre)),
        }
    }
}

impl Guichet {
    /// Opens a partner application; gives its identifier.
    pub(crate) async fn ouvrir_application(&mut self, ouverture: api_fhir::Ouverture) -> anyhow::Result<String> {
        let client = match self {
            Self::Ici(produit) => {
                return travaux::ouvrir_application(&produit.services, &ouverture).await.map_err(anyhow::Error::msg);
            }
            Self::Service(client) => client,
        };
        client.demander(Demande::OuvrirApplication { ouverture: Box::new(ouverture) }, &[]).await?;
        match client.reponse().await?.0 {
            Reponse::Application { identifiant } => Ok(identifiant),
            autre => bail!(hors_propos(&autre)),
        }
    }

    /// Withdraws a partner application.
    pub(crate) async fn retirer_application(&mut self, compte: &str, motif: &str) -> anyhow::Result<()> {
        let client = match self {
            Self::Ici(produit) => {
                return travaux::retirer_application(&produit.services, compte, motif).await.map_err(anyhow::Error::msg);
            }
            Self::Service(client) => client,
        };
        client.demander(Demande::RetirerApplication { compte: compte.to_owned(), motif: motif.to_owned() }, &[]).await?;
        match client.reponse().await?.0 {
            Reponse::Fin => Ok(()),
            autre => bail!(hors_propos(&autre)),
        }
    }
}

async fn tirer_ici(
    produit: &Produit,
    donner: &mut (dyn FnMut(Result<Classeur, String>) -> anyhow::Result<()> + Send),
) -> anyhow::Result<()> {
    let unites = secours::unites(&produit.services).await.map_err(|erreur| anyhow::Error::msg(travaux::phrase(&erreur)))?;
    for unite in unites {
        let tire = secours::tirer_un(&produit.services, &unite).await;
        donner(tire.map_err(|erreur| format!("{} : {}", unite.nom, travaux::phrase(&erreur))))?;
    }
    Ok(())
}

fn hors_propos(reponse: &Reponse) -> String {
    format!("Le service a répondu hors de propos ({reponse:?}). Vérifiez qu'il est de la même version que cette commande.")
}
