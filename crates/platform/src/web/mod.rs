//! HTTP: routes tied to rights, sessions, the page shell, French errors.

mod answer;
mod application;
mod compression;
pub mod connexion;
mod coquille;
pub(crate) mod direct;
pub(crate) mod erreurs;
mod extraits;
mod inventaire;
pub(crate) mod mot_de_passe;
mod porte;
mod routes;
mod securite;
mod session;
mod statiques;

pub use answer::Answer;
pub use application::{Application, ENTETE_REQUETE, PUBLIQUES, RoutePublique, brute, champs_de};
pub use connexion::CarteDemo;
pub(crate) use coquille::offre_urgence;
pub use coquille::{page, places};
pub use direct::etiquette;
pub use extraits::{Champs, Chemin, Client, Corps, Erreurs, FichierRecu, Fichiers, Parametres};
pub use inventaire::{Inventaire, RouteGardee, inventaire};
pub use mot_de_passe::{hacher, hacher_a_part, hasard, hasard_lisible};
pub use porte::Porte;
pub use routes::{EntreeRoute, Routes};
pub use session::{
    Incarne, Methode, Personne, Session, cookie_de_session, fermer_session, groupe_de_droits, ouvrir_session, personne_de,
    session_de,
};
