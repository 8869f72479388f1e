//! Rights of the module.

platform::droits! {
    /// Curves and values of a person.
    LireConstantes = "constantes.lire", "Lire les constantes d'une personne", Constantes, Lire, Dossier;
    /// Enter, correct, annul.
    SaisirConstantes = "constantes.saisir", "Saisir, corriger et annuler une constante", Constantes, Ecrire, Dossier;
    /// The watch list of units.
    SurveillerConstantes = "constantes.surveiller", "Voir la liste de surveillance des constantes", Constantes, Lire, Perimetre;
    /// Thresholds of a person: medical decision.
    FixerSeuils = "constantes.fixer_seuils", "Fixer les seuils d'alerte d'une personne", Medical, Ecrire, Dossier;
}
