//! Rights of the module.

platform::droits! {
    /// Reads what received documents propose for the record of a person.
    LirePropositions = "propositions.lire", "Lire ce que les documents reçus proposent d'ajouter au dossier", Medical, Lire, Dossier;
    /// Accepts, corrects or sets aside a line of a received document.
    TraiterPropositions = "propositions.traiter", "Accepter, corriger ou écarter une ligne d'un document reçu", Medical, Ecrire, Dossier;
    /// Sees the lines which wait, over the units reached.
    VoirPropositions = "propositions.voir_file", "Voir les lignes de documents reçus qui attendent", Medical, Lire, Perimetre;
}
