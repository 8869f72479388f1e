//! Rights of the bedside application.

platform::droits! {
    /// Prepares the device in hand, and takes one's keys on it.
    PreparerPoste = "terrain.preparer", "Préparer un poste pour travailler sans réseau", Personnel, Ecrire, Structure;
    /// Reads one's own entries sent by tablets.
    MesSaisies = "terrain.mes_saisies", "Relire ses saisies envoyées par une tablette", Personnel, Lire, Soi;
    /// Reads the entries a tablet sent which could not be written.
    LireSaisiesRefusees = "terrain.lire_saisies", "Lire les saisies de tablettes à revoir", Medical, Lire, Perimetre;
    /// Says what becomes of an entry which could not be written.
    ClorreSaisie = "terrain.clore_saisie", "Décider d'une saisie de tablette à revoir", Medical, Ecrire, Perimetre;
    /// Reads the devices of an establishment and what they have not sent yet.
    LirePostes = "terrain.lire_postes", "Lire la liste des tablettes et postes préparés", Organisation, Lire, Structure;
    /// Declares a device lost, or withdraws it.
    GererPostes = "terrain.gerer_postes", "Déclarer une tablette perdue, la retirer", Comptes, Ecrire, Structure;
    /// Reads who is in one's units, for a tablet.
    LirePortee = "terrain.portee", "Copier sur une tablette la liste des résidents de ses unités", Presence, Lire, Perimetre;
}
