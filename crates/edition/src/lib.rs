//! One block model for every document the product edits, and its renderings: PDF/A-1b ([`pdf()`]) and HTML ([`html()`]).
//!
//! A document is a value ([`Doc`]); a rendering is a pure function of it. Nothing here reads the clock, the disk or
//! the network: the date of edition is a text given by the caller, the faces are embedded.

mod atelier;
mod bande;
mod encadre;
mod erreur;
mod formes;
mod formulaire;
mod gabarit;
mod html;
mod illustration;
mod image;
mod lignes;
mod modele;
mod pagination;
mod pdf;
mod polices;
mod qr;
mod symboles;
mod tableau;
mod texte;
mod typographie;

pub use erreur::EditionError;
pub use html::{STYLE, html};
pub use modele::{
    Alignement, Bloc, Case, Cases, Colonne, Doc, Encadre, Entete, Figure, Liste, Niveau, Orientation, Section, Segment, Tableau,
    Texte, Ton, texte,
};
pub use pdf::{caracteres_absents, pdf};
pub use typographie::francais;
