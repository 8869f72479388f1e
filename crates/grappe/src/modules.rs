//! The list of modules, in the order of the menu.

use std::sync::Arc;

use platform::Module;
use platform::offline::Operations;

/// Every module of the product, with the acts tablets may send.
#[derive(Debug)]
pub struct Composition {
    /// The modules.
    pub modules: Vec<Module>,
    /// Acts tablets may send.
    pub operations: Operations,
    /// What the bedside application keeps in memory.
    pub terrain: Arc<terrain_serveur::Etat>,
}

/// The modules of the field; the bedside application comes beside them, see [`composer`].
pub fn modules() -> Vec<Module> {
    vec![
        accueil::module(),
        usagers::module(),
        sejours::module(),
        plan_de_soins::module(),
        transmissions::module(),
        constantes::module(),
        medical::module(),
        propositions::module(),
        urgences::module(),
        lecteurs::module(),
        documents::module(),
        liaisons::module(),
        correspondants::module(),
        hospitalisations::module(),
        cuisine::module(),
        transferts::module(),
        transfert_dui::module(),
        documents_sortants::module(),
        api_fhir::module(),
        secours::module(),
        professionnels::module(),
        etablissements::module(),
        traces::module(),
    ]
}

/// Assembles every module; `cle_terrain` protects the private keys of the bedside protocol.
///
/// # Errors
/// When the key cannot be used.
pub fn composer(cle_terrain: &[u8; 32]) -> anyhow::Result<Composition> {
    let mut modules = modules();
    let mut operations = Operations::default();
    for module in &modules {
        (module.offline)(&mut operations);
    }
    let terrain = terrain_serveur::Etat::new(cle_terrain, operations.noms())?;
    modules.push(terrain_serveur::module(&terrain));
    Ok(Composition { modules, operations, terrain })
}
