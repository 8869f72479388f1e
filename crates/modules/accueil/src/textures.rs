//! What the kitchen needs at a glance: how many of each texture and diet among those present.

use std::collections::BTreeMap;

use maud::{Markup, html};
use sejours::Resident;
use ui::Icone;
use ui::bloc::{Bloc, Chiffre, chiffres};

/// Counts by texture, then by diet, of the persons in the house.
pub(crate) fn bloc(residents: &[Resident]) -> Markup {
    let mut textures: BTreeMap<String, u32> = BTreeMap::new();
    let mut regimes: BTreeMap<String, u32> = BTreeMap::new();
    for alertes in residents.iter().filter(|resident| resident.est_present()).filter_map(|resident| resident.alertes.as_ref()) {
        let texture = if alertes.texture.is_empty() { "normale" } else { alertes.texture.as_str() };
        *textures.entry(texture.to_owned()).or_default() += 1;
        if !alertes.regime.is_empty() {
            *regimes.entry(alertes.regime.clone()).or_default() += 1;
        }
    }
    let en_chiffres = |compte: &BTreeMap<String, u32>| -> Vec<Chiffre> {
        compte.iter().map(|(nom, nombre)| Chiffre::new(nombre.to_string(), nom.clone())).collect()
    };
    let contenu = html! {
        h3 { "Textures" } (chiffres(&en_chiffres(&textures)))
        h3 { "Régimes" } (chiffres(&en_chiffres(&regimes)))
    };
    Bloc::new("Textures et régimes", contenu).icone(Icone::Utensils).render()
}
