//! The rights of the module: one a kind of thing done with transmissions.

platform::droits! {
    /// Reads the transmissions of one person.
    LireTransmissions = "transmissions.lire", "Lire les transmissions d'une personne", Transmissions, Lire, Dossier;
    /// Reads the feed of units.
    LireFil = "transmissions.fil", "Lire et chercher les transmissions de ses unités", Transmissions, Lire, Perimetre;
    /// Writes a transmission, a result, an instruction; closes a target.
    EcrireTransmissions = "transmissions.ecrire", "Écrire une transmission, un résultat, une consigne", Transmissions, Ecrire, Dossier;
    /// Corrects or annuls: the author, the coordinating nurse, the managers of care.
    CorrigerTransmissions = "transmissions.corriger", "Corriger ou annuler une transmission (auteur, IDEC, cadre)", Transmissions, Ecrire, Dossier;
    /// Reads the instructions of units.
    LireConsignes = "consignes.lire", "Lire les consignes de ses unités", Transmissions, Lire, Perimetre;
    /// Ends an instruction before its day.
    LeverConsigne = "consignes.lever", "Mettre fin à une consigne", Transmissions, Ecrire, Dossier;
    /// Reads the digest since one's last visit.
    LireReleve = "releve.lire", "Lire la relève depuis son dernier passage", Transmissions, Lire, Perimetre;
    /// Marks as read, takes note of an alert.
    MarquerLu = "releve.marquer", "Marquer comme lu, prendre connaissance d'une alerte", Transmissions, Lire, Perimetre;
    /// Tells the digest to the next team, or accepts it.
    PresenterReleve = "releve.presenter", "Présenter la relève, l'accepter", Transmissions, Lire, Perimetre;
}
