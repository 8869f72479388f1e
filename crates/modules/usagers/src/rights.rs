//! Rights of the module.

platform::droits! {
    /// Reads the identity of a person: strict traits, INS, documents seen.
    LireIdentite = "usagers.lire_identite", "Lire l'identité d'une personne", Identite, Lire, Dossier;
    /// Corrects the identity, enters the INS, notes the document seen.
    EcrireIdentite = "usagers.ecrire_identite", "Corriger l'identité, saisir l'INS, noter la pièce vue", Identite, Ecrire, Dossier;
    /// Reads the queues of identity vigilance of an establishment.
    LireVigilance = "usagers.lire_vigilance", "Lire les files d'identitovigilance", Identite, Lire, Perimetre;
    /// Merges two records of the same person, undoes a merge.
    Fusionner = "usagers.fusionner", "Réunir ou séparer deux dossiers d'une même personne", Identite, Ecrire, Perimetre;
    /// Reads who surrounds the person.
    LireEntourage = "usagers.lire_entourage", "Lire les contacts et la mesure de protection", Administratif, Lire, Dossier;
    /// Writes who surrounds the person.
    EcrireEntourage = "usagers.ecrire_entourage", "Écrire les contacts et la mesure de protection", Administratif, Ecrire, Dossier;
    /// Reads habits and what matters.
    LireVie = "usagers.lire_vie", "Lire les habitudes et ce qui compte pour la personne", Vie, Lire, Dossier;
    /// Writes habits and what matters.
    EcrireVie = "usagers.ecrire_vie", "Écrire les habitudes et ce qui compte pour la personne", Vie, Ecrire, Dossier;
    /// Reads allergies, textures, alert chips.
    LireAlertes = "usagers.lire_alertes", "Lire les allergies et les alertes", Alertes, Lire, Dossier;
    /// Writes allergies, textures, alert chips.
    EcrireAlertes = "usagers.ecrire_alertes", "Écrire les allergies et les alertes", Alertes, Ecrire, Dossier;
    /// Sees the photo of a person.
    VoirPhoto = "usagers.voir_photo", "Voir la photo d'une personne", Presence, Lire, Dossier;
    /// Puts or removes the photo of a person.
    EcrirePhoto = "usagers.ecrire_photo", "Mettre ou retirer la photo d'une personne", Presence, Ecrire, Dossier;
    /// Reads the oppositions of a person.
    LireOppositions = "usagers.lire_oppositions", "Lire les oppositions d'une personne", Administratif, Lire, Dossier;
    /// Records the oppositions of a person.
    EcrireOppositions = "usagers.ecrire_oppositions", "Enregistrer les oppositions d'une personne", Administratif, Ecrire, Dossier;
}
