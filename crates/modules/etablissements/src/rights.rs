//! The rights of the structure.

platform::droits! {
    /// Reads the structure: establishments, units, rooms. No person is named.
    LireStructure = "etablissements.lire", "Lire la structure : établissements, unités, chambres", Organisation, Lire, Structure;
    /// Edits an establishment, its units and rooms; creates establishments when held for the whole grappe.
    GererStructure = "etablissements.gerer", "Modifier un établissement, ses unités et ses chambres", Organisation, Ecrire, Structure;
}
