//! The gate: nobody reads or writes without a right, and every opening is journalled.
//!
//! A handler holds an [`Acces`] of the right its route demands; data about a person is reached only
//! through a [`DossierOuvert`] (one person) or a [`PerimetreOuvert`] (a unit, an establishment).

mod acte;
mod acteur;
mod auteurs;
mod bris;
mod comptes;
mod droit;
mod exception;
mod frein;
mod freinage;
mod lecture;
mod matrice;
mod opposition;
mod origine;
mod ouverture;
mod passage;
mod perimetre;
mod pieces;
mod politique;
mod profils;
mod rattachement;
mod registre;

pub use acte::Acte;
pub use acteur::{Acteur, Compte, Habilitation, LANE_COMPTES, NatureCompte};
pub use bris::{BrisDeGlace, DUREE_BRIS_MINUTES, Revue};
pub use comptes::{CleProvisoire, lane_sessions};
pub use droit::{Categorie, Droit, DroitInfo, Objet, Verbe};
pub use exception::{EffetBris, effet_bris};
pub(crate) use freinage::Lectures;
pub use freinage::{EtapeFreinage, Examen, FENETRE_FREINAGE, Freinage};
pub use lecture::{DUREE_LECTURE, LectureDlu, Moyen};
pub use matrice::{matrice_texte, phrases, signe};
pub use opposition::{CibleOpposition, Opposition};
pub use origine::Origine;
pub use ouverture::{DossierOuvert, Ecrit};
pub(crate) use passage::Passage;
pub use passage::{Acces, Contexte, Referentiel};
pub use perimetre::PerimetreOuvert;
pub use politique::{Decision, MotifAcces, MotifRefus, decider, peut_quelque_part};
pub use profils::{Portee, Profil, Profils};
pub use rattachement::{EtatSejour, Lien, Rattachement};
pub use registre::VerificationJournal;
