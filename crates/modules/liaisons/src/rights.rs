//! Rights of the module.

platform::droits! {
    /// Sees the documents expected from hospitals.
    VoirAttendus = "liaisons.voir_attendus", "Voir les documents attendus des hôpitaux", Documents, Ecrire, Perimetre;
    /// Notes a reminder, closes an expected document.
    SuivreAttendus = "liaisons.suivre_attendus", "Relancer un hôpital, clore un document attendu", Documents, Ecrire, Dossier;
}
