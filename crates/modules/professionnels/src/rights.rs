//! The rights of accounts.

platform::droits! {
    /// Lists the accounts of one's establishments.
    LireComptes = "comptes.lire", "Voir les comptes et les habilitations", Comptes, Lire, Structure;
    /// Creates, changes and closes any account of one's establishments.
    GererComptes = "comptes.gerer", "Créer, modifier et fermer les comptes", Comptes, Ecrire, Structure;
    /// Opens and closes the account of a temporary worker (F242).
    OuvrirRemplacement = "comptes.remplacement", "Ouvrir et fermer le compte d'un remplaçant", Remplacements, Ecrire, Structure;
}
