//! Fields of the pages: a line corrected before it is taken, the lines of « tout accepter ».

use jiff::civil::Date;
use kernel::dates::DatePartielle;
use kernel::texte::Texte;
use platform::web::{Champs, Erreurs};
use uuid::Uuid;

use crate::ligne::{Famille, Ligne};

fn court<const N: usize>(champs: &Champs, nom: &str, erreurs: &mut Erreurs) -> String {
    erreurs.garder(nom, Texte::<N>::facultatif(champs.texte(nom))).flatten().map(String::from).unwrap_or_default()
}

/// Reads the corrected words of a line; its codes stay unless the words changed what they name, which only a person knows.
pub(crate) fn lire_correction(champs: &Champs, ligne: &Ligne, aujourd_hui: Date) -> Result<Ligne, Erreurs> {
    let mut erreurs = Erreurs::default();
    let libelle = court::<300>(champs, "libelle", &mut erreurs);
    erreurs.exiger("libelle", !libelle.is_empty(), "Écrivez de quoi il s'agit.");
    let detail = court::<1000>(champs, "detail", &mut erreurs);
    let precision = court::<2000>(champs, "precision", &mut erreurs);
    let debut = match champs.texte("debut") {
        "" => None,
        texte => {
            let lue = DatePartielle::lire(texte).ok();
            erreurs.exiger("debut", lue.is_some(), "Écrivez une année (2021), un mois (03/2021) ou un jour (15/03/2021).");
            let passe = lue.is_none_or(|debut| debut.au_plus_tot() <= aujourd_hui || ligne.famille.est_traitement());
            erreurs.exiger("debut", passe, "Cette date est à venir.");
            lue
        }
    };
    let garde = champs.texte("code") != "non";
    let codes = if garde { ligne.codes.clone() } else { Vec::new() };
    let lue = Ligne { libelle, codes, debut, detail, precision, ..ligne.clone() };
    if erreurs.aucune() { Ok(lue) } else { Err(erreurs) }
}

/// The fields of a line as the document words it.
pub(crate) fn saisie(ligne: &Ligne, version: i64) -> Champs {
    Champs::depuis(&[
        ("version", &version.to_string()),
        ("libelle", &ligne.libelle),
        ("detail", &ligne.detail),
        ("precision", &ligne.precision),
        ("debut", &ligne.debut.map(en_saisie).unwrap_or_default()),
    ])
}

fn en_saisie(date: DatePartielle) -> String {
    match (date.mois(), date.jour()) {
        (Some(mois), Some(jour)) => format!("{jour:02}/{mois:02}/{}", date.annee()),
        (Some(mois), None) => format!("{mois:02}/{}", date.annee()),
        _ => date.annee().to_string(),
    }
}

/// A line shown on a screen: itself and its version, the treatment beside it and its version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Montree {
    pub id: Uuid,
    pub version: i64,
    pub avant: Option<(Uuid, i64)>,
}

impl Montree {
    /// As a hidden field holds it.
    pub(crate) fn en_champ(self) -> String {
        let avant = self.avant.map(|(id, version)| format!(":{id}:{version}")).unwrap_or_default();
        format!("{}:{}{avant}", self.id, self.version)
    }

    /// Reads a hidden field.
    pub(crate) fn lire(champ: &str) -> Option<Self> {
        let parties: Vec<&str> = champ.split(':').collect();
        let (ici, avant) = match parties.as_slice() {
            [id, version] => ((id, version), None),
            [id, version, avant, vu] => ((id, version), Some((avant.parse().ok()?, vu.parse().ok()?))),
            _ => return None,
        };
        Some(Self { id: ici.0.parse().ok()?, version: ici.1.parse().ok()?, avant })
    }
}

/// Words of the field « detail » for a family.
pub(crate) fn nom_du_detail(famille: Famille) -> &'static str {
    match famille {
        Famille::Allergie => "Réaction",
        Famille::Resultat | Famille::Constante => "Valeur",
        Famille::Dispositif => "Côté ou place",
        famille if famille.est_traitement() => "Posologie",
        _ => "Détail",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const JOUR: Date = date(2026, 11, 21);

    #[test]
    fn what_is_shown_is_what_is_read_back() {
        let mut ligne = Ligne::new("10183-2/1", Famille::TraitementSortie, "Apixaban 5 mg");
        ligne.detail = "1 matin et soir".into();
        ligne.debut = Some("2026-11-20".parse().unwrap());
        assert_eq!(lire_correction(&saisie(&ligne, 1), &ligne, JOUR).unwrap(), ligne);
        let vide = lire_correction(&Champs::depuis(&[("libelle", "  ")]), &ligne, JOUR).unwrap_err();
        assert!(vide.de("libelle").is_some());
    }

    #[test]
    fn a_treatment_may_begin_tomorrow_a_disease_may_not() {
        let champs = Champs::depuis(&[("libelle", "x"), ("debut", "22/11/2026")]);
        assert!(lire_correction(&champs, &Ligne::new("1", Famille::TraitementSortie, "x"), JOUR).is_ok());
        assert!(lire_correction(&champs, &Ligne::new("1", Famille::Pathologie, "x"), JOUR).is_err());
    }

    #[test]
    fn a_line_shown_is_named_with_what_stands_beside_it() {
        let seule = Montree { id: Uuid::from_u128(1), version: 2, avant: None };
        let doublee = Montree { avant: Some((Uuid::from_u128(3), 4)), ..seule };
        assert_eq!([Montree::lire(&seule.en_champ()), Montree::lire(&doublee.en_champ())], [Some(seule), Some(doublee)]);
        assert_eq!(["", "x:1", "x"].map(Montree::lire), [None; 3]);
    }
}
