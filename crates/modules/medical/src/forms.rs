//! Forms of the medical file: typed values out of fields, French sentences when they cannot be read.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use kernel::dates::DatePartielle;
use kernel::id::{EtablissementId, UsagerId};
use kernel::texte::Texte;
use platform::web::{Champs, Erreurs};

use crate::acts::Fin;
use crate::{Code, Consignes, DIRECTIVES, Directive, Element, Etat, Hopital, Nature, NiveauSoins, OBSERVATIONS, Origine};

/// A short text of at most `N` characters; blank is allowed.
fn court<const N: usize>(champs: &Champs, nom: &str, erreurs: &mut Erreurs) -> String {
    erreurs.garder(nom, Texte::<N>::facultatif(champs.texte(nom))).flatten().map(String::from).unwrap_or_default()
}

/// Reads an entry of a family.
pub(crate) fn lire_element(
    champs: &Champs,
    nature: Nature,
    (usager, etablissement): (UsagerId, EtablissementId),
    (now, aujourd_hui): (Timestamp, Date),
) -> Result<Element, Erreurs> {
    let mut erreurs = Erreurs::default();
    let libelle = court::<300>(champs, "libelle", &mut erreurs);
    erreurs.exiger("libelle", !libelle.is_empty(), "Écrivez de quoi il s'agit.");
    let code = match champs.texte("code") {
        "" => None,
        texte => {
            let code = Code::cim10(texte);
            erreurs.exiger("code", code.is_some(), "Un code de la CIM-10 s'écrit I48 ou U83.71.");
            code
        }
    };
    let debut = match champs.texte("debut") {
        "" => None,
        texte => {
            let lue = DatePartielle::lire(texte);
            erreurs.exiger("debut", lue.is_ok(), "Écrivez une année (2021), un mois (03/2021) ou un jour (15/03/2021).");
            lue.ok()
        }
    };
    erreurs.exiger("debut", debut.is_none_or(|debut| debut.au_plus_tot() <= aujourd_hui), "Cette date est à venir.");
    let element = Element {
        usager,
        etablissement,
        nature,
        libelle,
        code,
        debut,
        detail: court::<1000>(champs, "detail", &mut erreurs),
        precision: court::<2000>(champs, "precision", &mut erreurs),
        a_risque: nature == Nature::Traitement && champs.coche("a_risque"),
        note_le: now,
        origine: Origine::Saisie,
        etat: Etat::EnVigueur,
    };
    if erreurs.aucune() { Ok(element) } else { Err(erreurs) }
}

/// The fields of an entry as they stand.
pub(crate) fn saisie_element(element: &Element, version: i64) -> Champs {
    Champs::depuis(&[
        ("version", &version.to_string()),
        ("nature", element.nature.code()),
        ("libelle", &element.libelle),
        (
            "code",
            element.code.as_ref().filter(|code| code.systeme == Code::CIM10).map(|code| code.code.as_str()).unwrap_or_default(),
        ),
        ("debut", &element.debut.map(en_saisie).unwrap_or_default()),
        ("detail", &element.detail),
        ("precision", &element.precision),
        ("a_risque", if element.a_risque { "on" } else { "" }),
    ])
}

fn en_saisie(date: DatePartielle) -> String {
    match (date.mois(), date.jour()) {
        (Some(mois), Some(jour)) => format!("{jour:02}/{mois:02}/{}", date.annee()),
        (Some(mois), None) => format!("{mois:02}/{}", date.annee()),
        _ => date.annee().to_string(),
    }
}

/// Reads how an entry ends, and why.
pub(crate) fn lire_fin(champs: &Champs, aujourd_hui: Date) -> Result<(Fin, String), Erreurs> {
    let mut erreurs = Erreurs::default();
    let motif = court::<240>(champs, "motif", &mut erreurs);
    let fin = match champs.texte("geste") {
        "terminer" => {
            let le = match champs.texte("le") {
                "" => Some(aujourd_hui),
                texte => erreurs.garder("le", kernel::dates::lire_date(texte)),
            };
            erreurs.exiger("le", le.is_none_or(|le| le <= aujourd_hui), "Cette date est à venir.");
            Fin::Termine(le.unwrap_or(aujourd_hui))
        }
        "annuler" => {
            erreurs.exiger(
                "motif",
                !motif.is_empty(),
                "Dites pourquoi cette ligne est annulée : elle reste lisible dans l'historique.",
            );
            Fin::Annule
        }
        _ => Fin::Reprise,
    };
    if erreurs.aucune() { Ok((fin, motif)) } else { Err(erreurs) }
}

/// Reads the sheet of instructions.
pub(crate) fn lire_consignes(champs: &Champs, usager: UsagerId, etablissement: EtablissementId) -> Result<Consignes, Erreurs> {
    let mut erreurs = Erreurs::default();
    let niveau = NiveauSoins::lire(champs.texte("niveau"));
    erreurs.exiger("niveau", niveau.is_some() || champs.texte("niveau").is_empty(), "Choisissez l'un des niveaux proposés.");
    let directives = DIRECTIVES
        .iter()
        .map(|(sujet, _)| Directive {
            sujet: (*sujet).into(),
            volonte: court::<240>(champs, &format!("directive-{sujet}"), &mut erreurs),
        })
        .filter(|directive| !directive.volonte.is_empty())
        .collect();
    let observations: BTreeMap<String, bool> = OBSERVATIONS
        .iter()
        .filter_map(|(code, _)| match champs.texte(&format!("observation-{code}")) {
            "oui" => Some(((*code).to_owned(), true)),
            "non" => Some(((*code).to_owned(), false)),
            _ => None,
        })
        .collect();
    let finess = champs.texte("hopital_finess").replace(' ', "");
    erreurs.exiger(
        "hopital_finess",
        finess.is_empty() || (finess.len() == 9 && finess.chars().all(|c| c.is_ascii_alphanumeric())),
        "Le numéro FINESS compte neuf caractères.",
    );
    let consignes = Consignes {
        niveau,
        niveau_precision: court::<240>(champs, "niveau_precision", &mut erreurs),
        palliatif: court::<240>(champs, "palliatif", &mut erreurs),
        directives,
        directives_ou: court::<160>(champs, "directives_ou", &mut erreurs),
        hopital: Hopital {
            nom: court::<160>(champs, "hopital_nom", &mut erreurs),
            finess: finess.to_uppercase(),
            telephone: court::<30>(champs, "hopital_telephone", &mut erreurs),
        },
        observations,
        bmr_absente: champs.coche("bmr_absente"),
        commentaire: court::<1000>(champs, "commentaire", &mut erreurs),
        ..Consignes::vides(usager, etablissement)
    };
    if erreurs.aucune() { Ok(consignes) } else { Err(erreurs) }
}

/// The fields of the sheet as they stand.
pub(crate) fn saisie_consignes(consignes: Option<&Consignes>, version: i64) -> Champs {
    let mut paires: Vec<(String, String)> = vec![("version".into(), version.to_string())];
    if let Some(consignes) = consignes {
        let niveau =
            NiveauSoins::TOUS.iter().find(|(niveau, ..)| Some(*niveau) == consignes.niveau).map_or("", |(_, code, _)| code);
        let textes = [
            ("niveau", niveau),
            ("niveau_precision", &consignes.niveau_precision),
            ("palliatif", &consignes.palliatif),
            ("directives_ou", &consignes.directives_ou),
            ("hopital_nom", &consignes.hopital.nom),
            ("hopital_finess", &consignes.hopital.finess),
            ("hopital_telephone", &consignes.hopital.telephone),
            ("commentaire", &consignes.commentaire),
            ("bmr_absente", if consignes.bmr_absente { "on" } else { "" }),
        ];
        paires.extend(textes.into_iter().map(|(nom, valeur)| (nom.to_owned(), valeur.to_owned())));
        paires.extend(consignes.directives.iter().map(|une| (format!("directive-{}", une.sujet), une.volonte.clone())));
        paires.extend(
            consignes
                .observations
                .iter()
                .map(|(code, oui)| (format!("observation-{code}"), if *oui { "oui" } else { "non" }.into())),
        );
    }
    Champs::depuis(&paires.iter().map(|(nom, valeur)| (nom.as_str(), valeur.as_str())).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    const QUI: (UsagerId, EtablissementId) = (UsagerId(Uuid::nil()), EtablissementId(Uuid::nil()));
    const QUAND: (Timestamp, Date) = (Timestamp::UNIX_EPOCH, date(2026, 11, 21));

    fn lu(champs: &[(&str, &str)], nature: Nature) -> Result<Element, Erreurs> {
        lire_element(&Champs::depuis(champs), nature, QUI, QUAND)
    }

    #[test]
    fn an_entry_says_what_it_is_and_never_comes_from_tomorrow() {
        assert!(lu(&[], Nature::Pathologie).unwrap_err().de("libelle").is_some());
        assert!(lu(&[("libelle", "AVC"), ("debut", "12/2026")], Nature::Antecedent).unwrap_err().de("debut").is_some());
        assert!(lu(&[("libelle", "AVC"), ("debut", "hier")], Nature::Antecedent).unwrap_err().de("debut").is_some());
        assert!(lu(&[("libelle", "AVC"), ("code", "I6")], Nature::Antecedent).unwrap_err().de("code").is_some());
        let juste = lu(&[("libelle", "AVC"), ("code", "i63.9"), ("debut", "2021")], Nature::Antecedent).unwrap();
        assert_eq!(juste.phrase(), "AVC · 2021");
    }

    #[test]
    fn only_a_treatment_is_told_first() {
        let champs = [("libelle", "Apixaban"), ("a_risque", "on")];
        assert!(lu(&champs, Nature::Traitement).unwrap().a_risque && !lu(&champs, Nature::Pathologie).unwrap().a_risque);
    }

    #[test]
    fn what_is_shown_is_what_is_read_back() {
        let champs = [("libelle", "Apixaban 2,5 mg"), ("detail", "matin et soir"), ("debut", "03/2021"), ("a_risque", "on")];
        let element = lu(&champs, Nature::Traitement).unwrap();
        assert_eq!(lire_element(&saisie_element(&element, 2), Nature::Traitement, QUI, QUAND).unwrap(), element);
        let consignes = lire_consignes(
            &Champs::depuis(&[
                ("niveau", "b"),
                ("observation-161898004", "oui"),
                ("observation-50239007", "non"),
                ("directive-75779-9", "Non"),
            ]),
            QUI.0,
            QUI.1,
        )
        .unwrap();
        assert_eq!(lire_consignes(&saisie_consignes(Some(&consignes), 1), QUI.0, QUI.1).unwrap(), consignes);
        assert_eq!(consignes.observees(), ["Chutes"]);
    }

    #[test]
    fn an_annulment_has_a_reason_and_an_end_is_not_to_come() {
        assert!(lire_fin(&Champs::depuis(&[("geste", "annuler")]), QUAND.1).is_err());
        assert!(lire_fin(&Champs::depuis(&[("geste", "terminer"), ("le", "22/11/2026")]), QUAND.1).is_err());
        assert!(lire_fin(&Champs::depuis(&[("geste", "terminer")]), QUAND.1).is_ok());
    }
}
