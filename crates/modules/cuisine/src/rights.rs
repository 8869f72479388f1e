//! The rights of the module.

platform::droits! {
    /// Sees who eats here and who does not, diets and textures if the profession reads them.
    VoirRepas = "cuisine.voir", "Voir qui mange dans la maison et ce qui a changé", Repas, Lire, Perimetre;
    /// Acknowledges, for the kitchen, that somebody eats elsewhere or again here.
    AccuserRepas = "cuisine.accuser", "Accuser réception, pour la cuisine, d'un départ ou d'un retour", Repas, Ecrire, Perimetre;
}
