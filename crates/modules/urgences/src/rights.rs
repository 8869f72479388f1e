//! Rights of the module. What an emergency sheet is made of is read with it, whatever the profession reads by day (ADR 0021).

platform::droits! {
    /// Opens the call sheet and the DLU of a person.
    LireUrgence = "urgences.lire", "Ouvrir la fiche d'appel au 15 et le DLU d'une personne", Urgence, Lire, Dossier + [Presence, Identite, Administratif, Alertes, Constantes, Medical];
    /// Writes the steps of an emergency, the departure to the hospital included.
    TracerUrgence = "urgences.tracer", "Tracer une urgence et le départ à l'hôpital", Urgence, Ecrire, Dossier + [Presence, Identite, Administratif, Alertes, Constantes, Medical];
    /// Finds somebody by room, sees the emergencies in progress of the house.
    VoirUrgences = "urgences.voir", "Voir les urgences en cours de l'établissement", Urgence, Lire, Perimetre;
    /// Sees what every DLU of the house lacks.
    SuivreDlu = "urgences.suivre_dlu", "Voir ce qui manque aux DLU de l'établissement, pour le compléter", Medical, Ecrire, Perimetre;
}
