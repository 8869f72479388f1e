//! Rights of the module.

platform::droits! {
    /// Reads the list of the persons of an establishment: who is where.
    LireResidents = "sejours.lire_residents", "Lire la liste des résidents et l'état de présence", Presence, Lire, Perimetre;
    /// Reads the stay of a person and its movements.
    LireSejour = "sejours.lire", "Lire le séjour d'une personne", Presence, Lire, Dossier;
    /// Writes movements: admission, room, absence, hospital, exit.
    EcrireSejour = "sejours.ecrire", "Enregistrer les mouvements d'une personne", Presence, Ecrire, Dossier;
    /// Creates the record of a person, with a request of admission.
    CreerDossier = "sejours.creer_dossier", "Créer le dossier d'une personne", Identite, Ecrire, Perimetre;
    /// Reads the requests of admission of an establishment.
    LireAdmissions = "sejours.lire_admissions", "Lire les demandes d'admission", Administratif, Lire, Perimetre;
    /// Follows a request of admission: steps, tasks, answer.
    EcrireAdmission = "sejours.ecrire_admission", "Suivre une demande d'admission", Administratif, Ecrire, Dossier;
}
