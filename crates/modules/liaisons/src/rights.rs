//! Rights of the module.

platform::droits! {
    /// Sees the documents expected from hospitals.
    VoirAttendus = "liaisons.voir_attendus", "Voir les documents attendus des hôpitaux", Documents, Ecrire, Perimetre;
    /// Notes a reminder, closes an expected document.
    SuivreAttendus = "liaisons.suivre_attendus", "Relancer un hôpital, clore un document attendu", Documents, Ecrire, Dossier;
    /// Sees what the house sent and what became of it.
    VoirEnvois = "liaisons.voir_envois", "Voir les documents envoyés et leurs accusés", Documents, Ecrire, Perimetre;
    /// Reads a sending of a person.
    LireEnvoi = "liaisons.lire_envoi", "Lire un envoi et ses accusés", Documents, Lire, Dossier;
    /// Sees how each channel goes.
    VoirInterfaces = "liaisons.voir_interfaces", "Voir l'état des échanges et ce qui n'a pas abouti", Echanges, Lire, Structure;
    /// Tries again what waits.
    RelancerInterfaces = "liaisons.relancer_interfaces", "Relancer un échange qui n'a pas abouti", Echanges, Ecrire, Structure;
    /// Sends documents of a person, tries again, gives up.
    EnvoyerDocuments = "liaisons.envoyer", "Envoyer des documents d'une personne par messagerie sécurisée", Documents, Ecrire, Dossier;
}
