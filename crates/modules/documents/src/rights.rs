//! Rights of the module.

platform::droits! {
    /// The documents of a person.
    LireDocuments = "documents.lire", "Lire les documents d'une personne", Documents, Lire, Dossier;
    /// Put, replace, annul.
    DeposerDocument = "documents.deposer", "Déposer, remplacer et annuler un document", Documents, Ecrire, Dossier;
    /// The queue of received files.
    VoirReceptions = "receptions.voir", "Voir les documents reçus", Echanges, Lire, Structure;
    /// File or refuse what was received.
    ClasserReceptions = "receptions.classer", "Classer ou rejeter un document reçu", Echanges, Ecrire, Structure;
    /// Candidates of the queue, side by side.
    ComparerIdentites = "receptions.comparer", "Comparer l'identité d'un document reçu aux dossiers", Identite, Lire, Perimetre;
    /// The content of a received file before it is filed: medical secrecy.
    OuvrirReception = "receptions.ouvrir", "Ouvrir un document reçu avant son classement", Medical, Lire, Structure;
}
