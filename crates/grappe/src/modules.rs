//! The list of modules, in the order of the menu.

use platform::Module;

/// Every module of the product.
pub fn modules() -> Vec<Module> {
    vec![
        accueil::module(),
        sejours::module(),
        constantes::module(),
        documents::module(),
        etablissements::module(),
    ]
}
