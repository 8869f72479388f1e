//! Allergies in their four states, textures, transfers, GIR.

use jiff::civil::Date;
use kernel::id::{EtablissementId, UsagerId};
use platform::web::{Champs, Erreurs};

use super::court;
use crate::{Alertes, Allergie, Allergies, SignalAlerte};

/// Lines of allergies offered by the form beyond those known.
pub(crate) const LIGNES_LIBRES: usize = 2;

/// Reads the form over what is known; chips are written elsewhere and kept as they are.
pub(crate) fn lire(
    champs: &Champs,
    connues: Option<&Alertes>,
    (usager, etablissement): (UsagerId, EtablissementId),
    aujourd_hui: Date,
) -> Result<Alertes, Erreurs> {
    let mut erreurs = Erreurs::default();
    let allergies = lire_allergies(champs, connues, aujourd_hui, &mut erreurs);
    let gir = match champs.texte("gir") {
        "" => None,
        texte => {
            let lu = texte.parse::<u8>().ok().filter(|gir| (1..=6).contains(gir));
            erreurs.exiger("gir", lu.is_some(), "Le GIR va de 1 à 6.");
            lu
        }
    };
    let alertes = Alertes {
        usager,
        etablissement,
        allergies: allergies.unwrap_or(Allergies::NonRenseignees),
        signaux: signaux(connues),
        texture: court::<60>(champs, "texture", &mut erreurs),
        regime: court::<120>(champs, "regime", &mut erreurs),
        boisson: court::<60>(champs, "boisson", &mut erreurs),
        transfert: court::<160>(champs, "transfert", &mut erreurs),
        gir,
    };
    if erreurs.aucune() { Ok(alertes) } else { Err(erreurs) }
}

/// The chips as they are; the one which asks to check what came from elsewhere goes, since somebody just wrote it.
fn signaux(connues: Option<&Alertes>) -> Vec<SignalAlerte> {
    let mut signaux = connues.map(|connues| connues.signaux.clone()).unwrap_or_default();
    signaux.retain(|signal| signal.code != SignalAlerte::ALLERGIES_REPRISES);
    signaux
}

fn lire_allergies(champs: &Champs, connues: Option<&Alertes>, aujourd_hui: Date, erreurs: &mut Erreurs) -> Option<Allergies> {
    let liste = lire_liste(champs, erreurs);
    match champs.texte("allergies") {
        "connues" => {
            erreurs.exiger("agent-0", !liste.is_empty(), "Indiquez au moins une allergie, avec sa réaction.");
            Some(Allergies::Connues { liste })
        }
        "aucune" => {
            erreurs.exiger(
                "allergies",
                liste.is_empty(),
                "Des allergies sont écrites plus bas : effacez-les, ou choisissez « Allergie connue ».",
            );
            let deja = connues.map(|connues| &connues.allergies);
            match deja {
                Some(Allergies::Aucune { verifie_le }) if !champs.coche("reverifie") => {
                    Some(Allergies::Aucune { verifie_le: *verifie_le })
                }
                _ => Some(Allergies::Aucune { verifie_le: aujourd_hui }),
            }
        }
        "indisponible" => Some(Allergies::Indisponible),
        "non_renseignees" => Some(Allergies::NonRenseignees),
        _ => {
            erreurs.ajouter("allergies", "Choisissez l'une des quatre situations : cette information n'est jamais laissée vide.");
            None
        }
    }
}

fn lire_liste(champs: &Champs, erreurs: &mut Erreurs) -> Vec<Allergie> {
    let mut liste = Vec::new();
    for rang in 0..40_usize {
        let nom = |champ: &str| format!("{champ}-{rang}");
        let agent = court::<80>(champs, &nom("agent"), erreurs);
        let reaction = court::<80>(champs, &nom("reaction"), erreurs);
        let annee = champs.texte(&nom("annee"));
        if agent.is_empty() && reaction.is_empty() {
            continue;
        }
        erreurs.exiger(&nom("agent"), !agent.is_empty(), "Indiquez ce qui provoque l'allergie.");
        erreurs.exiger(
            &nom("reaction"),
            !reaction.is_empty(),
            "Indiquez la réaction : « éruption », « anaphylaxie », « inconnue ».",
        );
        let lue = annee.parse::<i16>().ok().filter(|annee| (1900..=2199).contains(annee));
        erreurs.exiger(&nom("annee"), annee.is_empty() || lue.is_some(), "L'année s'écrit sur quatre chiffres.");
        liste.push(Allergie { agent, reaction, annee: lue });
    }
    liste
}

/// The fields as they stand in the record.
pub(crate) fn saisie(alertes: Option<&Alertes>, version: i64) -> Champs {
    let mut paires: Vec<(String, String)> = vec![("version".into(), version.to_string())];
    let Some(alertes) = alertes else { return depuis(&paires) };
    let etat = match &alertes.allergies {
        Allergies::Connues { liste } => {
            for (rang, allergie) in liste.iter().enumerate() {
                paires.push((format!("agent-{rang}"), allergie.agent.clone()));
                paires.push((format!("reaction-{rang}"), allergie.reaction.clone()));
                paires.push((format!("annee-{rang}"), allergie.annee.map(|annee| annee.to_string()).unwrap_or_default()));
            }
            "connues"
        }
        Allergies::Aucune { .. } => "aucune",
        Allergies::NonRenseignees => "non_renseignees",
        Allergies::Indisponible => "indisponible",
    };
    paires.push(("allergies".into(), etat.into()));
    let textes = [
        ("texture", &alertes.texture),
        ("regime", &alertes.regime),
        ("boisson", &alertes.boisson),
        ("transfert", &alertes.transfert),
    ];
    paires.extend(textes.into_iter().map(|(nom, valeur)| (nom.to_owned(), valeur.clone())));
    paires.push(("gir".into(), alertes.gir.map(|gir| gir.to_string()).unwrap_or_default()));
    depuis(&paires)
}

fn depuis(paires: &[(String, String)]) -> Champs {
    let paires: Vec<(&str, &str)> = paires.iter().map(|(nom, valeur)| (nom.as_str(), valeur.as_str())).collect();
    Champs::depuis(&paires)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use kernel::uuid::Uuid;

    fn lues(champs: &[(&str, &str)], connues: Option<&Alertes>) -> Result<Alertes, Erreurs> {
        lire(&Champs::depuis(champs), connues, (UsagerId(Uuid::nil()), EtablissementId(Uuid::nil())), date(2026, 11, 21))
    }

    #[test]
    fn allergies_are_never_blank_and_never_without_a_reaction() {
        assert!(lues(&[], None).unwrap_err().de("allergies").is_some());
        assert!(lues(&[("allergies", "connues")], None).unwrap_err().de("agent-0").is_some());
        let sans = lues(&[("allergies", "connues"), ("agent-1", "iode")], None).unwrap_err();
        assert!(sans.de("reaction-1").is_some());
        assert!(lues(&[("allergies", "aucune"), ("agent-0", "iode"), ("reaction-0", "éruption")], None).is_err());
    }

    #[test]
    fn the_day_of_the_check_stays_until_it_is_checked_again() {
        let premier = lues(&[("allergies", "aucune")], None).unwrap();
        let connue = Alertes { allergies: Allergies::Aucune { verifie_le: date(2026, 3, 1) }, ..premier };
        let garde = lues(&[("allergies", "aucune"), ("texture", "mixée")], Some(&connue)).unwrap();
        assert_eq!(garde.allergies, Allergies::Aucune { verifie_le: date(2026, 3, 1) });
        let refait = lues(&[("allergies", "aucune"), ("reverifie", "oui")], Some(&connue)).unwrap();
        assert_eq!(refait.allergies, Allergies::Aucune { verifie_le: date(2026, 11, 21) });
    }

    #[test]
    fn what_is_shown_is_what_is_read_back() {
        let champs = [
            ("allergies", "connues"),
            ("agent-0", "pénicilline"),
            ("reaction-0", "anaphylaxie"),
            ("annee-0", "2019"),
            ("gir", "2"),
            ("texture", "mixée"),
        ];
        let alertes = lues(&champs, None).unwrap();
        let relue = lire(&saisie(Some(&alertes), 3), Some(&alertes), (alertes.usager, alertes.etablissement), date(2027, 1, 1));
        assert_eq!(relue.unwrap(), alertes);
    }
}
