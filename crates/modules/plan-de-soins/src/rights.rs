//! What the module opens, and to whom by profession.

platform::droits! {
    /// Reads the plan and the acts of a person.
    LireSoins = "soins.lire", "Lire le plan de soins d'une personne et ce qui a été tracé", Soins, Lire, Dossier;
    /// Reads the round of units.
    LireTour = "soins.tour", "Lire le tour de soins de ses unités", Soins, Lire, Perimetre;
    /// Says what became of an act.
    ValiderSoins = "soins.valider", "Tracer un soin : fait, refusé, reporté, corriger sa saisie", Soins, Ecrire, Dossier;
    /// Validates a night round for several persons.
    ValiderRonde = "soins.ronde", "Valider une ronde de nuit pour plusieurs personnes", Soins, Ecrire, Perimetre;
    /// Shares a round among colleagues.
    RepartirTour = "soins.repartir", "Répartir un tour entre collègues, reprendre celui d'un collègue", Soins, Ecrire, Perimetre;
    /// Decides what is planned for a person (rôle propre et prescriptions : art. R.4311-3 CSP).
    PlanifierSoins = "soins.planifier", "Modifier le plan de soins, décider d'une saisie à vérifier", Medical, Ecrire, Dossier;
    /// Adds acts and templates to those of the grappe.
    CompleterBibliotheque = "soins.bibliotheque", "Ajouter des actes et des plans types propres à l'établissement", Medical, Ecrire, Structure;
    /// Reads acts and templates.
    LireBibliotheque = "soins.catalogue", "Consulter les actes et les plans types", Soins, Lire, Structure;
}
