//! Persons accompanied: who they are, what nobody may ignore about them, who surrounds them, what matters to them.

mod acts;
mod alertes;
mod bandeau;
mod entourage;
mod forms;
mod homonymes;
mod identification;
mod pages;
mod photo;
mod recherche;
mod records;
mod rights;
mod routes;
mod usager;
mod vie;
mod views;

pub use acts::{AjoutAllergies, Connu, accorder_homonymes, ajouter_allergies, connus, reprendre_allergies, voisins};
pub use alertes::{Alertes, Allergie, Allergies, SignalAlerte};
pub use bandeau::{allergies as allergies_ui, identite_courte, puces as puces_ui, statut_ins};
pub use entourage::{Contact, Entourage, MesureProtection, RoleContact};
pub use forms::{NomsUtilises, lire_noms, lire_traits, nom_affiche, prenom_affiche};
pub use homonymes::{Empreinte, Proximite};
pub use identification::Identification;
pub use recherche::Reperes;
pub use records::{lane_identites, lane_usagers};
pub use rights::*;
pub use usager::{Civilite, Usager};
pub use vie::{Contenu as ContenuVie, Habitudes};
pub use views::identite::{champs_noms, champs_traits};

/// The module as the product assembles it.
pub fn module() -> platform::Module {
    use platform::acces::Droit;
    platform::Module::new("usagers", DROITS, routes::routes()).nav(
        "Régler",
        "Identitovigilance",
        "/admin/ins",
        ui::Icone::Fingerprint,
        LireVigilance::INFO,
    )
}
