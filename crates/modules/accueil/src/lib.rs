//! accueil
