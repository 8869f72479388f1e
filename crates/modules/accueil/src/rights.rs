//! Rights of the module.

platform::droits! {
    /// One's own home page; each block asks for the right of what it shows.
    VoirAccueil = "accueil.voir", "Ouvrir sa page d'accueil", Personnel, Lire, Soi;
}
