//! Rights of the module.

platform::droits! {
    /// Reads the medical file of a person.
    LireMedical = "medical.lire", "Lire le dossier médical : pathologies, antécédents, traitements, résultats, consignes", Medical, Lire, Dossier;
    /// Writes the medical file of a person.
    EcrireMedical = "medical.ecrire", "Écrire le dossier médical : pathologies, antécédents, traitements, résultats, consignes", Medical, Ecrire, Dossier;
}
