//! The rights of traces.

platform::droits! {
    /// Reads the journal of one's establishments; that reading is itself journalled (INV-30).
    LireJournal = "traces.lire_journal", "Lire le journal des accès", Journal, Lire, Perimetre;
    /// Reads who saw and changed the record of a person.
    VoirHistorique = "traces.voir_historique", "Voir qui a consulté un dossier", Journal, Lire, Dossier;
    /// Asks to open a record outside of one's units; granted to health professionals only (INV-21).
    BriserLaGlace = "dossier.briser_la_glace", "Ouvrir un dossier par exception, pour un motif", Presence, Lire, Dossier;
    /// Reviews the records opened by exception.
    RevoirBris = "traces.revoir_bris", "Relire les dossiers ouverts par exception", BrisDeGlace, Ecrire, Perimetre;
    /// Proves again who one is after having opened many records (INV-26).
    ConfirmerIdentite = "traces.confirmer_identite", "Confirmer qui l'on est", Personnel, Ecrire, Soi;
    /// Reads what each profession may do.
    LireDroits = "traces.lire_droits", "Lire la matrice des droits", Comptes, Lire, Structure;
    /// Names a person in the simulator of rights and in the journal.
    NommerPersonne = "traces.nommer_personne", "Nommer une personne dans les traces", Presence, Lire, Perimetre;
}
