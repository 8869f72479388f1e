use std::collections::HashSet;

use demo::Recit;
use demo::recit::medical::{Debut, Element, Nature, Niveau};
use demo::recit::{ErreurDonnees, GENETS, PLAGES_FICTION};

use crate::horloge::samedi;

fn recits() -> Result<Vec<Recit>, ErreurDonnees> {
    let quand = ["2026-11-21T08:12:00Z", "2027-01-01T23:50:00Z", "2026-10-15T23:00:00Z", "2027-06-30T01:00:00Z"];
    quand.into_iter().map(|quand| Recit::construire(quand.parse()?)).collect()
}

fn au_plus_tot(e: &Element) -> Option<jiff::civil::Date> {
    e.debut.map(Debut::au_plus_tot)
}

#[test]
fn nothing_is_to_come_nor_after_the_exit_nor_before_birth() {
    for recit in recits().unwrap() {
        let (maintenant, aujourdhui) = (recit.calendrier.maintenant(), recit.calendrier.date(0));
        for (r, d) in recit.residents.iter().zip(&recit.medical) {
            let nom = r.identite.nom();
            let fin = r.sortie().unwrap_or(maintenant);
            let dernier = recit.calendrier.date(recit.calendrier.jour_de(fin));
            let entree = r.sejours.last().unwrap().entree;
            for e in &d.elements {
                let debut = au_plus_tot(e);
                assert!(debut.is_none_or(|debut| debut < aujourdhui && debut < dernier), "{nom} : {e:?}");
                assert!(debut.is_none_or(|debut| debut > r.identite.naissance), "{nom} : {e:?}");
                assert!(e.note_le >= entree && e.note_le <= fin && e.note_le <= maintenant, "{nom} : {e:?}");
                let ecrit = recit.calendrier.date(recit.calendrier.jour_de(e.note_le));
                assert!(debut.is_none_or(|debut| debut <= ecrit) && e.fin.is_none_or(|fin| fin <= ecrit), "{nom} : {e:?}");
                assert!(e.fin.is_none_or(|fin| debut.is_some_and(|debut| debut <= fin)), "{nom} : {e:?}");
            }
            assert!(d.fiche.ecrite_le >= entree && d.fiche.ecrite_le <= fin, "{nom}");
        }
    }
}

#[test]
fn a_physician_or_the_idec_of_the_house_writes_in_office_hours() {
    for recit in recits().unwrap() {
        let mut roles = HashSet::new();
        let (mut ecrits, mut hors) = (0, 0);
        for (r, d) in recit.residents.iter().zip(&recit.medical) {
            let etablissement = r.sejours.last().unwrap().etablissement;
            let lignes = d.elements.iter().map(|e| (e.auteur, e.note_le));
            for (auteur, quand) in lignes.chain([(d.fiche.auteur, d.fiche.ecrite_le)]) {
                let agent = &recit.agents[auteur];
                assert_eq!(agent.etablissement, Some(etablissement), "{} pour {}", agent.identifiant, r.identite.nom());
                assert!(["medecin", "medecin_co", "idec"].contains(&agent.role), "{}", agent.role);
                roles.insert((etablissement, agent.role));
                let (j, minute) = recit.calendrier.local(quand);
                ecrits += 1;
                hors += usize::from(recit.calendrier.jour_semaine(j) > 4 || !(540..=1020).contains(&minute));
            }
        }
        let medecins = [(0, "medecin"), (0, "medecin_co"), (0, "idec"), (1, "medecin_co"), (1, "idec"), (2, "idec")];
        assert_eq!(roles, medecins.into_iter().collect());
        assert!(hors * 100 <= ecrits * 2, "{hors} sur {ecrits}");
    }
}

#[test]
fn a_treatment_never_begins_before_its_disease() {
    let couples = [
        ("I48", "Apixaban"),
        ("I48", "Warfarine"),
        ("E03", "Lévothyroxine"),
        ("G20", "Lévodopa"),
        ("D50", "Sulfate ferreux"),
        ("N39", "Fosfomycine"),
        ("H40", "Latanoprost"),
        ("E43", "Complément"),
    ];
    let mut vus = HashSet::new();
    for recit in recits().unwrap() {
        for d in &recit.medical {
            for (code, mot) in couples {
                let de = |f: &dyn Fn(&&Element) -> bool| d.elements.iter().find(f).and_then(au_plus_tot);
                let maladie = de(&|e| e.cim10.as_deref().is_some_and(|c| c.starts_with(code)));
                let traitement = de(&|e| e.nature == Nature::Traitement && e.libelle.starts_with(mot));
                if let (Some(maladie), Some(traitement)) = (maladie, traitement) {
                    assert!(maladie <= traitement, "{mot} {traitement} avant {code} {maladie}");
                    vus.insert(mot);
                }
            }
        }
    }
    assert_eq!(vus.len(), couples.len(), "{vus:?}");
}

#[test]
fn the_flu_season_is_the_last_campaign_begun() {
    for (recit, saisons) in recits().unwrap().into_iter().zip([
        &["Grippe, saison 2026-2027"][..],
        &["Grippe, saison 2026-2027"],
        &["Grippe, saison 2026-2027", "Grippe, saison 2025-2026"],
        &["Grippe, saison 2026-2027"],
    ]) {
        let fin_octobre = recit.calendrier.date(-5);
        let mut vus = 0;
        for (r, d) in recit.residents.iter().zip(&recit.medical).filter(|(r, _)| r.sortie().is_none()) {
            for e in d.elements.iter().filter(|e| e.libelle.starts_with("Grippe")) {
                assert!(saisons.contains(&e.libelle.as_str()), "{} : {} {fin_octobre}", r.identite.nom(), e.libelle);
                let debut = au_plus_tot(e).unwrap();
                assert!((10..=11).contains(&debut.month()), "{debut}");
                assert!(e.libelle.contains(&format!("saison {}-", debut.year())));
                vus += 1;
            }
        }
        assert!(vus > 250);
    }
}

#[test]
fn codes_are_well_formed_and_every_disease_has_one() {
    let recit = samedi().unwrap();
    for e in recit.medical.iter().flat_map(|d| &d.elements) {
        let oblige = matches!(e.nature, Nature::Pathologie | Nature::Antecedent | Nature::Bmr);
        assert!(!oblige || e.cim10.is_some(), "{}", e.libelle);
        assert!(e.nature != Nature::Bmr || e.cim10.as_deref() == Some("U83.71"));
        if let Some(code) = &e.cim10 {
            let (tete, queue) = code.split_once('.').unwrap_or((code, "0"));
            let tete = tete.as_bytes();
            assert!(tete.len() == 3 && tete[0].is_ascii_uppercase() && tete[1..].iter().all(u8::is_ascii_digit), "{code}");
            assert!((1..=2).contains(&queue.len()) && queue.bytes().all(|o| o.is_ascii_digit()), "{code}");
        }
    }
}

/// Brands: a drug is named by its common name.
const MARQUES: [&str; 30] = [
    "doliprane",
    "dafalgan",
    "efferalgan",
    "eliquis",
    "xarelto",
    "coumadine",
    "previscan",
    "pradaxa",
    "kardegic",
    "plavix",
    "lasilix",
    "aldactone",
    "lantus",
    "levemir",
    "novorapid",
    "novomix",
    "humalog",
    "levothyrox",
    "amlor",
    "coversyl",
    "aprovel",
    "fludex",
    "zoloft",
    "norset",
    "modopar",
    "forlax",
    "inexium",
    "clamoxyl",
    "augmentin",
    "ebixa",
];

#[test]
fn words_are_whole_and_name_neither_a_brand_nor_a_person() {
    let recit = samedi().unwrap();
    let noms: HashSet<String> = recit.agents.iter().map(|a| a.nom.to_lowercase()).collect();
    for d in &recit.medical {
        let f = &d.fiche;
        let textes = d.elements.iter().flat_map(|e| [&e.libelle, &e.detail]);
        let textes = textes.chain([&f.niveau_precision, &f.palliatif, &f.directives_ou, &f.commentaire]);
        for texte in textes.chain(f.directives.iter().map(|(_, mots)| mots)) {
            let bas = texte.to_lowercase();
            assert!(!texte.contains(['{', '}', '!']) && texte.trim() == texte, "{texte}");
            assert!(MARQUES.iter().all(|marque| !bas.contains(marque)), "{texte}");
            assert!(!texte.contains("Dr ") && bas.split(' ').all(|mot| !noms.contains(mot)), "{texte}");
        }
        assert!(d.elements.iter().all(|e| !e.libelle.is_empty() && e.libelle.chars().count() <= 200));
        for e in d.elements.iter().filter(|e| matches!(e.nature, Nature::Traitement | Nature::Resultat | Nature::Bmr)) {
            assert!(!e.detail.is_empty(), "{}", e.libelle);
        }
        if let Some(hopital) = &f.hopital {
            let chiffres: String = hopital.telephone.chars().filter(char::is_ascii_digit).collect();
            assert!(chiffres.len() == 10 && PLAGES_FICTION.iter().any(|p| chiffres.starts_with(p)), "{chiffres}");
            assert!(hopital.finess.len() == 9 && hopital.finess.starts_with("9X") && hopital.nom.ends_with("Val-Brumeux"));
        }
    }
}

#[test]
fn people_of_the_stories_are_those_of_the_design() {
    let recit = samedi().unwrap();
    let chez = |porte: u32| &recit.medical[recit.grappe.lit_de(GENETS, porte).unwrap()];
    let a = |porte: u32, libelle: &str, annee: Option<i16>, detail: &str| {
        let elements = &chez(porte).elements;
        let trouve =
            elements.iter().find(|e| e.libelle == libelle).unwrap_or_else(|| panic!("{porte} : {libelle} dans {elements:?}"));
        assert!(annee.is_none_or(|annee| trouve.debut.is_some_and(|d| d.annee == annee)), "{trouve:?}");
        assert!(trouve.detail.starts_with(detail), "{trouve:?}");
    };
    a(214, "AVC ischémique", Some(2021), "");
    a(214, "Fibrillation auriculaire", None, "");
    a(214, "Fracture du poignet droit", Some(2023), "");
    a(214, "Apixaban 2,5 mg", None, "1 comprimé matin et soir");
    a(214, "Clairance de la créatinine", None, "34 mL/min");
    a(214, "Appareil auditif", None, "oreille gauche");
    let brumelle = &chez(214).fiche;
    assert_eq!(brumelle.niveau, Some(Niveau::B));
    assert!(brumelle.directives.contains(&("reanimation", "pas de réanimation".to_owned())));
    assert!(brumelle.observations.contains(&("chutes", true)) && brumelle.observations.contains(&("fausse_route", true)));
    a(207, "Bronchopneumopathie chronique obstructive", None, "");
    a(207, "Insuffisance cardiaque", None, "");
    assert!(chez(207).fiche.niveau.is_some() && chez(207).fiche.hopital.is_some(), "il est parti avec un dossier complet");
    a(218, "Insuffisance rénale chronique, stade 4", None, "");
    a(218, "Clairance de la créatinine", None, "21 mL/min");
    a(218, "Infection urinaire", None, "");
    assert!(chez(218).elements.iter().all(|e| !e.libelle.contains("floxacine")), "la pharmacie ne l'a pas encore validée");
    assert!(chez(218).fiche.observations.contains(&("chutes", true)));
    a(220, "Dénutrition modérée", None, "");
    a(117, "Maladie d'Alzheimer", None, "");
    a(117, "Ulcère veineux de la jambe gauche", None, "");
    a(215, "Déambulateur", None, "");
    a(308, "Chutes à répétition", None, "");
    assert_eq!(chez(209).fiche.niveau, None, "arrivée il y a deux jours");
}
