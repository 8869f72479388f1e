//! The list of modules, in the order of the menu.

use platform::Module;

/// Every module of the product.
pub fn modules() -> Vec<Module> {
    vec![
        accueil::module(),
        usagers::module(),
        sejours::module(),
        plan_de_soins::module(),
        transmissions::module(),
        constantes::module(),
        documents::module(),
        professionnels::module(),
        etablissements::module(),
        traces::module(),
    ]
}
