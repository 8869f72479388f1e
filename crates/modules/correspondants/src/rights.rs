//! Rights of the module.

platform::droits! {
    /// Reads the directory of correspondents.
    VoirCorrespondants = "correspondants.voir", "Voir l'annuaire des correspondants", Echanges, Lire, Structure;
    /// Adds, corrects, withdraws a correspondent.
    TenirCorrespondants = "correspondants.tenir", "Tenir l'annuaire des correspondants", Echanges, Ecrire, Structure;
    /// Reads the list of our mailboxes and their state.
    VoirMessageries = "messageries.voir", "Voir les messageries sécurisées de la grappe", Echanges, Lire, Structure;
    /// Opens and closes our mailboxes.
    TenirMessageries = "messageries.tenir", "Ouvrir et fermer les messageries sécurisées", Organisation, Ecrire, Structure;
}
