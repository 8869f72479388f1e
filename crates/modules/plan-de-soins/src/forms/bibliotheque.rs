//! Fields of a local act and of a local template.

use platform::web::{Champs, Erreurs};

use crate::acts::bibliotheque::code_local;
use crate::bibliotheque::{ActeCatalogue, Bibliotheque, CATEGORIES, LigneType, PlanType, lire_heure};
use crate::recurrence::Jour;

fn nom(champs: &Champs, erreurs: &mut Erreurs) -> String {
    let libelle = champs.texte("libelle").to_owned();
    erreurs.exiger("libelle", !libelle.is_empty(), "Indiquez le nom.");
    erreurs.exiger("libelle", libelle.chars().count() <= 120, "Le nom dépasse 120 caractères. Raccourcissez-le.");
    libelle
}

/// Reads a local act.
pub(crate) fn lire_acte(champs: &Champs) -> Result<ActeCatalogue, Erreurs> {
    let mut erreurs = Erreurs::default();
    let libelle = nom(champs, &mut erreurs);
    let categorie = champs.texte("categorie");
    erreurs.exiger("categorie", CATEGORIES.iter().any(|(code, _)| *code == categorie), "Choisissez une famille.");
    let duree_min = champs.lire::<u16>("duree_min").filter(|minutes| (1..=240).contains(minutes));
    erreurs.exiger("duree_min", duree_min.is_some(), "Indiquez une durée de 1 à 240 minutes.");
    let consigne = champs.texte("consigne").to_owned();
    erreurs.exiger("consigne", consigne.chars().count() <= 500, "La consigne dépasse 500 caractères. Raccourcissez-la.");
    if !erreurs.aucune() {
        return Err(erreurs);
    }
    Ok(ActeCatalogue {
        code: code_local(&libelle),
        libelle,
        categorie: categorie.to_owned(),
        icone: crate::bibliotheque::actes_partages()
            .iter()
            .find(|acte| acte.categorie == categorie)
            .map_or_else(|| "list-checks".to_owned(), |acte| acte.icone.clone()),
        metiers: champs.tous("metiers").filter(|metier| !metier.is_empty()).map(str::to_owned).collect(),
        duree_min: duree_min.unwrap_or(10),
        mesures: Vec::new(),
        a_risque: champs.coche("a_risque"),
        observation: champs.coche("observation"),
        consigne,
    })
}

/// Reads a local template: one line an act, « code ; heures ; rythme ».
pub(crate) fn lire_plan(champs: &Champs, bibliotheque: &Bibliotheque) -> Result<PlanType, Erreurs> {
    let mut erreurs = Erreurs::default();
    let libelle = nom(champs, &mut erreurs);
    let mut lignes = Vec::new();
    for rang in 0..NOMBRE_LIGNES {
        let acte = champs.texte(&format!("acte{rang}")).to_owned();
        if acte.is_empty() {
            continue;
        }
        let heures: Vec<String> = champs
            .texte(&format!("heures{rang}"))
            .split([',', ';', ' '])
            .filter(|heure| !heure.is_empty())
            .map(str::to_owned)
            .collect();
        let champ = format!("heures{rang}");
        erreurs.exiger(
            &champ,
            !heures.is_empty() && heures.iter().all(|heure| lire_heure(heure).is_some()),
            "Indiquez une ou plusieurs heures : 08:30, 12:00.",
        );
        erreurs.exiger(&format!("acte{rang}"), bibliotheque.acte(&acte).is_some(), "Choisissez un soin du catalogue.");
        lignes.push(ligne(champs, rang, acte, heures));
    }
    erreurs.exiger("acte0", !lignes.is_empty(), "Un plan type contient au moins un soin.");
    if !erreurs.aucune() {
        return Err(erreurs);
    }
    Ok(PlanType {
        code: code_local(&libelle),
        libelle,
        indication: champs.texte("indication").chars().take(200).collect(),
        icone: "clipboard-list".to_owned(),
        lignes,
    })
}

/// Lines offered by the form of a template.
pub(crate) const NOMBRE_LIGNES: usize = 8;

fn ligne(champs: &Champs, rang: usize, acte: String, heures: Vec<String>) -> LigneType {
    let code = champs.texte(&format!("rythme{rang}")).to_owned();
    let jours: Vec<Jour> = Jour::TOUS.iter().filter(|(_, connu, _)| *connu == code).map(|(jour, ..)| *jour).collect();
    let rythme = match code.as_str() {
        "mensuel" => "mensuel",
        "intervalle2" => "intervalle",
        _ if !jours.is_empty() => "hebdomadaire",
        _ => "quotidien",
    };
    LigneType { acte, heures, rythme: rythme.to_owned(), jours, tous_les: if rythme == "intervalle" { 2 } else { 0 } }
}

/// Rhythms of a line of template, with their label.
pub(crate) fn rythmes() -> Vec<(&'static str, String)> {
    let mut rythmes = vec![("quotidien", "chaque jour".to_owned()), ("intervalle2", "un jour sur deux".to_owned())];
    rythmes.extend(Jour::TOUS.map(|(_, code, libelle)| (code, format!("le {libelle}"))));
    rythmes.push(("mensuel", "chaque mois".to_owned()));
    rythmes
}
