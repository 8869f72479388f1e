//! Filters of the list of residents, all of them in the address.

use kernel::id::UniteId;
use platform::acces::{Acces, Droit, EtatSejour};
use serde::Deserialize;

use crate::annuaire::Ligne;

/// Filters of the list.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Filtre {
    /// Unit; empty: those of the context; `toutes`: every unit reached.
    #[serde(default)]
    pub unite: String,
    /// Code of a state; empty: everybody but those expected.
    #[serde(default)]
    pub etat: String,
    /// Name, birth name or room.
    #[serde(default)]
    pub q: String,
    /// `liste`, `cartes`, `chambres`, `photos`.
    #[serde(default)]
    pub vue: String,
}

/// States offered as a filter: code, label.
pub(crate) const ETATS: [(&str, &str, EtatSejour); 3] = [
    ("present", "Présents", EtatSejour::Present),
    ("hospitalise", "À l'hôpital", EtatSejour::Hospitalise),
    ("absent", "Absents", EtatSejour::Absent),
];

impl Filtre {
    /// The units asked for: those of the context unless the address says otherwise.
    pub(crate) fn unites<D: Droit>(&self, acces: &Acces<D>) -> Vec<UniteId> {
        match self.unite.as_str() {
            "" => acces.contexte().unites.clone(),
            "toutes" => Vec::new(),
            choisie => choisie.parse().map(UniteId).into_iter().collect(),
        }
    }

    /// True if the line answers to the state and the text asked for.
    pub(crate) fn garde(&self, ligne: &Ligne) -> bool {
        let etat = ETATS.iter().find(|(code, ..)| *code == self.etat).map(|(.., etat)| *etat);
        etat.is_none_or(|etat| etat == ligne.etat()) && ligne.reperes.repondent_a(&self.q)
    }

    /// The address of the list with these filters, another state or another face.
    pub(crate) fn adresse(&self, etat: Option<&str>, vue: Option<&str>) -> String {
        let parametres = [
            ("unite", self.unite.as_str()),
            ("etat", etat.unwrap_or(&self.etat)),
            ("q", self.q.as_str()),
            ("vue", vue.unwrap_or(&self.vue)),
        ];
        let mut adresse = "/residents".to_owned();
        for (nom, valeur) in parametres.into_iter().filter(|(_, valeur)| !valeur.is_empty()) {
            adresse.push(if adresse.contains('?') { '&' } else { '?' });
            adresse.push_str(nom);
            adresse.push('=');
            adresse.push_str(&encoder(valeur));
        }
        adresse
    }
}

/// Percent-encodes the value of a parameter.
pub(crate) fn encoder(valeur: &str) -> String {
    let mut sortie = String::with_capacity(valeur.len());
    for octet in valeur.bytes() {
        if octet.is_ascii_alphanumeric() || b"-._".contains(&octet) {
            sortie.push(char::from(octet));
        } else {
            sortie.push_str(&format!("%{octet:02X}"));
        }
    }
    sortie
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_keeps_every_filter() {
        let filtre = Filtre { unite: "toutes".into(), etat: String::new(), q: "D'Artigues é".into(), vue: String::new() };
        assert_eq!(
            filtre.adresse(Some("absent"), Some("photos")),
            "/residents?unite=toutes&etat=absent&q=D%27Artigues%20%C3%A9&vue=photos"
        );
        assert_eq!(Filtre::default().adresse(None, None), "/residents");
    }
}
