//! Rights of the interface: who opens it to programs. What a program reads is asked of the rights of the modules.

platform::droits! {
    /// Reads the partner applications, their keys and what they may ask.
    LireApplications = "api.lire_applications", "Voir les applications partenaires", Comptes, Lire, Structure;
    /// Opens and withdraws partner applications.
    GererApplications = "api.gerer_applications", "Ouvrir et retirer les applications partenaires", Comptes, Ecrire, Structure;
}
