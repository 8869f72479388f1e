//! Rights of the module.

platform::droits! {
    /// The list of editions and their age.
    VoirEditions = "secours.voir", "Voir l'âge des classeurs de secours", Soins, Lire, Structure;
    /// The binder gathers every family of data the bedside needs: nurses, coordinators, physicians.
    OuvrirClasseur = "secours.ouvrir", "Éditer et télécharger un classeur de secours", Medical, Lire, Structure;
    /// Read what the binder prints.
    LireClasseur = "secours.composer", "Composer le classeur de secours d'une unité", Soins, Lire, Perimetre;
    /// Enter after an outage what was ticked on paper.
    Ressaisir = "secours.ressaisir", "Ressaisir après une panne ce qui a été noté sur papier", Soins, Ecrire, Perimetre;
}
