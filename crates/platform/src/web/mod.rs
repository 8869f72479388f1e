//! HTTP: routes tied to rights, sessions, the page shell, French errors.

mod answer;
mod application;
pub mod connexion;
mod coquille;
mod direct;
pub(crate) mod erreurs;
mod extraits;
pub(crate) mod mot_de_passe;
mod porte;
mod routes;
mod securite;
mod session;
mod statiques;

pub use answer::Answer;
pub use application::{Application, PUBLIQUES, RoutePublique};
pub use connexion::CarteDemo;
pub use coquille::page;
pub use direct::etiquette;
pub use extraits::{Champs, Chemin, Corps, Erreurs, FichierRecu, Fichiers, Parametres};
pub use mot_de_passe::{hacher, hacher_a_part};
pub use porte::Porte;
pub use routes::{EntreeRoute, Routes};
pub use session::{Methode, Session, ouvrir_session};
