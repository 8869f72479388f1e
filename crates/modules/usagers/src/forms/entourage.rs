//! Contacts, protection measure, advance directives.

use platform::web::{Champs, Erreurs};
use uuid::Uuid;

use super::court;
use crate::{Contact, Entourage, MesureProtection, RoleContact};

/// Reads a contact.
pub(crate) fn lire_contact(champs: &Champs, id: Uuid) -> Result<Contact, Erreurs> {
    let mut erreurs = Erreurs::default();
    let roles: Vec<RoleContact> = RoleContact::TOUS
        .iter()
        .filter(|(_, code, _)| champs.tous("roles").any(|choisi| choisi == *code))
        .map(|(role, ..)| *role)
        .collect();
    let nom = court::<120>(champs, "nom", &mut erreurs);
    let telephone = court::<30>(champs, "telephone", &mut erreurs);
    let courriel = court::<120>(champs, "courriel", &mut erreurs);
    erreurs.exiger("nom", !nom.is_empty(), "Indiquez le nom du contact.");
    erreurs.exiger("roles", !roles.is_empty(), "Choisissez au moins un rôle.");
    let chiffres = telephone.chars().filter(char::is_ascii_digit).count();
    erreurs.exiger(
        "telephone",
        telephone.is_empty() || (3..=15).contains(&chiffres),
        "Le numéro de téléphone compte de 3 à 15 chiffres.",
    );
    erreurs.exiger("courriel", courriel.is_empty() || courriel.contains('@'), "L'adresse électronique contient un « @ ».");
    let appel = roles.iter().any(|role| matches!(role, RoleContact::APrevenir | RoleContact::PersonneDeConfiance));
    let joignable = !telephone.is_empty() || !courriel.is_empty();
    erreurs.exiger(
        "telephone",
        !appel || joignable,
        "Une personne à prévenir ou de confiance a besoin d'un téléphone ou d'une adresse.",
    );
    let contact = Contact {
        id,
        nom,
        lien: court::<80>(champs, "lien", &mut erreurs),
        roles,
        telephone,
        courriel,
        adresse: court::<240>(champs, "adresse", &mut erreurs),
        consigne: court::<240>(champs, "consigne", &mut erreurs),
    };
    if erreurs.aucune() { Ok(contact) } else { Err(erreurs) }
}

/// The fields of a contact as they stand.
pub(crate) fn saisie_contact(contact: &Contact, version: i64) -> Champs {
    let version = version.to_string();
    let mut paires = vec![
        ("version", version.as_str()),
        ("nom", contact.nom.as_str()),
        ("lien", contact.lien.as_str()),
        ("telephone", contact.telephone.as_str()),
        ("courriel", contact.courriel.as_str()),
        ("adresse", contact.adresse.as_str()),
        ("consigne", contact.consigne.as_str()),
    ];
    paires
        .extend(RoleContact::TOUS.iter().filter(|(role, ..)| contact.roles.contains(role)).map(|(_, code, _)| ("roles", *code)));
    Champs::depuis(&paires)
}

/// Reads the protection measure and the advance directives.
pub(crate) fn lire_mesure(champs: &Champs) -> Result<(Option<MesureProtection>, String), Erreurs> {
    let mut erreurs = Erreurs::default();
    let directives = champs.texte("directives").to_owned();
    erreurs.exiger(
        "directives",
        ["oui", "non", "inconnu"].contains(&directives.as_str()),
        "Choisissez l'une des trois réponses.",
    );
    let nature = champs.texte("nature");
    let jour = |nom: &str, erreurs: &mut Erreurs| match champs.texte(nom) {
        "" => None,
        texte => erreurs.garder(nom, kernel::dates::lire_date(texte)),
    };
    let (depuis, jusque) = (jour("depuis", &mut erreurs), jour("jusque", &mut erreurs));
    let mandataire = court::<160>(champs, "mandataire", &mut erreurs);
    erreurs.exiger(
        "jusque",
        depuis.zip(jusque).is_none_or(|(depuis, jusque)| depuis <= jusque),
        "La fin de la mesure précède son début.",
    );
    let mesure = if nature.is_empty() {
        erreurs.exiger("nature", mandataire.is_empty(), "Choisissez la mesure exercée par ce mandataire.");
        None
    } else {
        let connue = MesureProtection::NATURES.iter().any(|(code, _)| *code == nature);
        erreurs.exiger("nature", connue, "Choisissez une mesure de la liste.");
        Some(MesureProtection { nature: nature.to_owned(), mandataire, depuis, jusque })
    };
    if erreurs.aucune() { Ok((mesure, directives)) } else { Err(erreurs) }
}

/// The fields of the measure as they stand.
pub(crate) fn saisie_mesure(entourage: Option<&Entourage>, version: i64) -> Champs {
    let mesure = entourage.and_then(|entourage| entourage.mesure.as_ref());
    let jour = |jour: Option<jiff::civil::Date>| jour.map(|jour| jour.to_string()).unwrap_or_default();
    Champs::depuis(&[
        ("version", &version.to_string()),
        ("nature", mesure.map(|mesure| mesure.nature.as_str()).unwrap_or_default()),
        ("mandataire", mesure.map(|mesure| mesure.mandataire.as_str()).unwrap_or_default()),
        ("depuis", &jour(mesure.and_then(|mesure| mesure.depuis))),
        ("jusque", &jour(mesure.and_then(|mesure| mesure.jusque))),
        ("directives", entourage.map_or("inconnu", |entourage| entourage.directives.as_str())),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_must_be_called_can_be_called() {
        let sans = Champs::depuis(&[("nom", "Anne LARGENTIÈRE"), ("roles", "personne_de_confiance")]);
        assert!(lire_contact(&sans, Uuid::nil()).unwrap_err().de("telephone").is_some());
        let avec = Champs::depuis(&[
            ("nom", "Anne LARGENTIÈRE"),
            ("roles", "proche"),
            ("roles", "personne_de_confiance"),
            ("telephone", "06 39 98 12 34"),
        ]);
        let contact = lire_contact(&avec, Uuid::nil()).unwrap();
        assert_eq!(contact.roles, vec![RoleContact::Proche, RoleContact::PersonneDeConfiance]);
        assert_eq!(lire_contact(&saisie_contact(&contact, 1), Uuid::nil()).unwrap(), contact);
    }

    #[test]
    fn a_measure_has_a_nature_and_an_order_of_dates() {
        let inverse =
            Champs::depuis(&[("directives", "non"), ("nature", "tutelle"), ("depuis", "2026-02-01"), ("jusque", "2025-02-01")]);
        assert!(lire_mesure(&inverse).unwrap_err().de("jusque").is_some());
        let sans = Champs::depuis(&[("directives", "oui"), ("mandataire", "UDAF")]);
        assert!(lire_mesure(&sans).unwrap_err().de("nature").is_some());
        assert_eq!(lire_mesure(&Champs::depuis(&[("directives", "oui")])).unwrap(), (None, "oui".to_owned()));
    }
}
