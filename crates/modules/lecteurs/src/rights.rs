//! The rights of the module. A reader of another organisation holds none of the others (F017).

platform::droits! {
    /// Asks for the DLU of one person, by their exact identity or by the link of a call.
    ChercherPersonne = "lecteurs.chercher", "Demander le DLU d'une personne par son identité exacte ou par le lien de l'appel", LectureExterne, Ecrire, Structure;
    /// Reads the DLU of a person for whom a reading was granted, and nothing else of the record (ADR 0021).
    LireDluExterne = "lecteurs.lire_dlu", "Lire le DLU d'une personne pour qui une lecture est accordée", LectureExterne, Lire, Dossier + [Urgence, Presence, Identite, Administratif, Alertes, Constantes, Medical];
    /// Compares an identity with those of a house: the system's own work, which no reader reaches (it takes a house).
    RapprocherPersonne = "lecteurs.rapprocher", "Rapprocher une identité exacte de celles d'un établissement (travail du système)", LectureExterne, Ecrire, Perimetre;
    /// Opens, follows and closes the accounts of readers; over the whole grappe only.
    GererLecteurs = "lecteurs.gerer", "Ouvrir et suivre les comptes de lecteurs extérieurs (SAMU, urgences)", Comptes, Ecrire, Structure;
    /// Sees who outside read the DLU of the residents of a house.
    VoirLectures = "lecteurs.voir", "Voir les lectures de DLU par des lecteurs extérieurs", Urgence, Lire, Perimetre;
}
