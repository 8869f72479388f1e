use std::collections::{HashMap, HashSet};

use demo::Recit;
use demo::recit::medical::{Dossier, Element, Nature, Niveau, OBSERVATIONS};
use demo::recit::{Allergies, ErreurDonnees, GRAINE, Resident};

use crate::horloge::samedi;

/// The published story, two others, and hours at the edges of a day, of a season and of a year.
fn recits() -> Result<Vec<Recit>, ErreurDonnees> {
    let cas = [
        ("2026-11-21T08:12:00Z", GRAINE),
        ("2026-11-21T08:12:00Z", 7),
        ("2027-03-28T00:30:00Z", 11),
        ("2027-01-01T21:50:00Z", GRAINE),
        ("2026-10-16T06:00:00Z", GRAINE),
    ];
    cas.into_iter().map(|(quand, graine)| Recit::avec_graine(quand.parse()?, graine)).collect()
}

fn chacun(recit: &Recit) -> impl Iterator<Item = (&Resident, &Dossier)> {
    assert_eq!(recit.residents.len(), recit.medical.len());
    recit.residents.iter().zip(&recit.medical)
}

fn de(dossier: &Dossier, nature: Nature) -> impl Iterator<Item = &Element> {
    dossier.elements.iter().filter(move |e| e.nature == nature)
}

fn traitement(dossier: &Dossier, mots: &[&str]) -> usize {
    de(dossier, Nature::Traitement).filter(|e| mots.iter().any(|mot| e.libelle.to_lowercase().contains(mot))).count()
}

fn code(dossier: &Dossier, debuts: &[&str]) -> bool {
    let codes = dossier.elements.iter().filter_map(|e| e.cim10.as_deref());
    codes.into_iter().any(|code| debuts.iter().any(|debut| code.starts_with(debut)))
}

/// Answer to an observation; `None` when nobody answered.
fn observe(dossier: &Dossier, quoi: &str) -> Option<bool> {
    assert!(OBSERVATIONS.contains(&quoi), "{quoi}");
    dossier.fiche.observations.iter().find(|(vue, _)| *vue == quoi).map(|(_, oui)| *oui)
}

#[test]
fn everybody_has_two_to_nine_lines_and_the_families_are_all_there() {
    for recit in recits().unwrap() {
        let mut familles: HashMap<Nature, usize> = HashMap::new();
        for (r, d) in chacun(&recit) {
            assert!((2..=9).contains(&d.elements.len()), "{} : {}", r.identite.nom(), d.elements.len());
            let libelles: HashSet<_> = d.elements.iter().map(|e| (e.nature, &e.libelle)).collect();
            assert_eq!(libelles.len(), d.elements.len(), "{} : une ligne en double dans {:?}", r.identite.nom(), d.elements);
            d.elements.iter().for_each(|e| *familles.entry(e.nature).or_default() += 1);
        }
        let n = recit.residents.len();
        for (nature, au_moins) in [
            (Nature::Pathologie, n),
            (Nature::Traitement, n),
            (Nature::Vaccination, n),
            (Nature::Dispositif, n / 4),
            (Nature::Resultat, n / 4),
            (Nature::Antecedent, n / 8),
            (Nature::Intervention, n / 8),
        ] {
            assert!(familles[&nature] >= au_moins, "{nature:?} : {}", familles[&nature]);
        }
    }
}

#[test]
fn figures_of_the_medical_file_are_plausible() {
    let recit = samedi().unwrap();
    let n = recit.medical.len();
    let part = |f: &dyn Fn(&Dossier) -> bool| recit.medical.iter().filter(|d| f(d)).count() * 1000 / n;
    for (niveau, voulu, marge) in [(Niveau::A, 380, 60), (Niveau::B, 450, 60), (Niveau::C, 110, 40), (Niveau::D, 10, 9)] {
        let obtenu = part(&|d| d.fiche.niveau == Some(niveau));
        assert!(obtenu.abs_diff(voulu) <= marge, "{niveau:?} : {obtenu}");
    }
    assert!(part(&|d| !d.fiche.directives.is_empty()).abs_diff(310) <= 40);
    assert!(part(&|d| de(d, Nature::Bmr).count() > 0).abs_diff(20) <= 8, "{}", part(&|d| de(d, Nature::Bmr).count() > 0));
    assert!(part(&|d| d.elements.iter().any(|e| e.libelle.starts_with("Grippe"))).abs_diff(740) <= 60);
    assert!(part(&|d| code(d, &["I10"])).abs_diff(480) <= 70, "{}", part(&|d| code(d, &["I10"])));
    let moyenne = recit.medical.iter().map(|d| d.elements.len()).sum::<usize>() * 10 / n;
    assert!((60..=75).contains(&moyenne), "{moyenne}");
    let libelles: HashSet<&str> = recit.medical.iter().flat_map(|d| &d.elements).map(|e| e.libelle.as_str()).collect();
    assert!(libelles.len() >= 110, "{}", libelles.len());
}

#[test]
fn a_few_sheets_are_left_to_finish_and_the_others_are_whole() {
    for recit in recits().unwrap() {
        let mut inacheves = 0;
        for (r, d) in chacun(&recit) {
            let f = &d.fiche;
            let redigees = r.consentements.directives == "redigees";
            assert!(redigees || f.directives.is_empty(), "{} n'a rien écrit", r.identite.nom());
            assert_eq!(f.directives.is_empty(), f.directives_ou.is_empty());
            let porteur = de(d, Nature::Bmr).count() > 0;
            assert!(!(porteur && f.bmr_absente), "{}", r.identite.nom());
            if f.niveau.is_none() || (redigees && f.directives.is_empty()) {
                inacheves += 1;
            } else {
                assert_eq!(f.observations.len(), 15, "{}", r.identite.nom());
                assert!(porteur || f.bmr_absente);
                assert!(f.hopital.is_some());
            }
            let sujets: HashSet<_> = f.directives.iter().map(|(sujet, _)| sujet).collect();
            assert_eq!(sujets.len(), f.directives.len());
            let reanimation = f.directives.iter().find(|(sujet, _)| *sujet == "reanimation");
            let refus = reanimation.is_some_and(|(_, mots)| !mots.starts_with("Tout tenter"));
            assert!(!(refus && matches!(f.niveau, None | Some(Niveau::A))), "{} : niveau contre directive", r.identite.nom());
        }
        let pour_mille = inacheves * 1000 / recit.medical.len();
        assert!((35..=85).contains(&pour_mille), "{pour_mille}");
    }
}

#[test]
fn alert_chips_have_their_treatment_and_their_reason() {
    for recit in recits().unwrap() {
        for (r, d) in chacun(&recit) {
            let nom = r.identite.nom();
            let puce = |code: &str| r.clinique.alertes.contains(&code);
            let anticoagulants =
                traitement(d, &["apixaban", "rivaroxaban", "warfarine", "dabigatran", "fluindione", "énoxaparine"]);
            assert_eq!(anticoagulants, usize::from(puce("anticoagulant")), "{nom}");
            assert_eq!(
                puce("anticoagulant"),
                code(d, &["I48", "I26", "Z95.2"]),
                "{nom} : anticoagulant sans motif, ou l'inverse"
            );
            let antiagregants = traitement(d, &["acétylsalicylique", "clopidogrel"]);
            assert!(antiagregants <= usize::from(!puce("anticoagulant")), "{nom}");
            assert_eq!(d.elements.iter().any(|e| e.libelle == "INR"), traitement(d, &["warfarine"]) == 1, "{nom}");
            assert_eq!(puce("insuline"), traitement(d, &["insuline"]) == 1, "{nom}");
            assert!(!puce("insuline") || code(d, &["E10", "E11"]), "{nom}");
            assert!(traitement(d, &["metformine", "gliclazide"]) == 0 || code(d, &["E11"]), "{nom}");
            assert_eq!(puce("oxygene"), traitement(d, &["oxygène"]) == 1, "{nom}");
            assert!(!puce("oxygene") || code(d, &["J44", "J96"]), "{nom}");
            assert_eq!(puce("fin_de_vie"), !d.fiche.palliatif.is_empty(), "{nom}");
            assert!(!puce("fin_de_vie") || traitement(d, &["morphine", "fentanyl"]) == 1, "{nom}");
            let plan = |code: &str| r.clinique.plans.contains(&code);
            assert!(!plan("insuffisance_cardiaque") || code(d, &["I50"]), "{nom}");
            assert!(!plan("denutrition") || code(d, &["E4"]), "{nom} {:?} {:?}", r.clinique, d.elements);
        }
    }
}

#[test]
fn what_is_told_first_is_anticoagulant_insulin_opioid_or_methotrexate() {
    let dangers = ["apixaban", "rivaroxaban", "warfarine", "insuline", "morphine", "fentanyl", "oxycodone", "méthotrexate"];
    let mut vus: HashSet<&str> = HashSet::new();
    let recits = recits().unwrap();
    for e in recits.iter().flat_map(|recit| &recit.medical).flat_map(|d| &d.elements) {
        let danger = dangers.iter().find(|mot| e.nature == Nature::Traitement && e.libelle.to_lowercase().contains(**mot));
        assert_eq!(e.a_risque, danger.is_some(), "{}", e.libelle);
        vus.extend(danger);
    }
    assert_eq!(vus.len(), dangers.len(), "{vus:?}");
}

#[test]
fn the_level_of_care_is_never_wider_than_the_story_says() {
    for recit in recits().unwrap() {
        for (r, d) in chacun(&recit) {
            let plancher = match r.clinique.niveau_soins {
                'C' => Niveau::C,
                'B' => Niveau::B,
                _ => Niveau::A,
            };
            assert!(d.fiche.niveau.is_none_or(|niveau| niveau >= plancher), "{}", r.identite.nom());
            let confort = r.clinique.alertes.contains(&"fin_de_vie");
            assert!(confort || d.fiche.niveau != Some(Niveau::D), "{}", r.identite.nom());
        }
    }
}

#[test]
fn observations_agree_with_alerts_equipment_and_diseases() {
    for recit in recits().unwrap() {
        for (r, d) in chacun(&recit) {
            let nom = r.identite.nom();
            let puce = |code: &str| r.clinique.alertes.contains(&code);
            let accord = |quoi: &str, attendu: bool| observe(d, quoi).is_none_or(|oui| oui == attendu);
            let au_moins = |quoi: &str, oui: bool| !oui || accord(quoi, true);
            let trouble = code(d, &["G30", "F01", "F03", "G31.8"]);
            assert!(accord("desoriente", trouble) && accord("oriente", !trouble), "{nom}");
            assert!(!puce("risque_sortie") || trouble, "{nom}");
            assert!(accord("errance", puce("risque_sortie")), "{nom}");
            assert!(accord("contention", puce("contention")), "{nom}");
            assert!(accord("fausse_route", puce("fausse_route")), "{nom}");
            assert!(au_moins("chutes", puce("chute_recente") || code(d, &["R29.6"])), "{nom}");
            assert!(au_moins("escarre", r.clinique.plans.contains(&"escarre") || r.clinique.gir == 1), "{nom}");
            let porte = |code: &str| r.clinique.equipements.contains(&code);
            assert!(au_moins("surdite", porte("appareil_auditif")), "{nom}");
            for (libelle, equipement) in [
                ("Appareil auditif", "appareil_auditif"),
                ("Lunettes", "lunettes"),
                ("Prothèse dentaire", "dentier"),
                ("Déambulateur", "deambulateur"),
                ("Fauteuil roulant", "fauteuil_roulant"),
            ] {
                assert!(de(d, Nature::Dispositif).all(|e| e.libelle != libelle) || porte(equipement), "{nom} : {libelle}");
            }
        }
    }
}

/// What must never be given to who is allergic; written apart from the catalogue.
const INTERDITS: [(&str, &[&str]); 6] = [
    ("pénicilline", &["cilline", "clavulanique"]),
    ("sulfamides", &["sulfam", "furosémide", "gliclazide", "indapamide", "tamsulosine", "hydrochlorothiazide"]),
    ("aspirine", &["acétylsalicylique", "ibuprofène", "kétoprofène", "naproxène"]),
    ("iode", &["amiodarone", "iodé"]),
    ("œuf", &["grippe"]),
    ("sparadrap", &["transdermique"]),
];

#[test]
fn no_treatment_contradicts_an_allergy() {
    let mut donnes: HashSet<&str> = HashSet::new();
    let mut proteges = 0;
    for recit in recits().unwrap() {
        for (r, d) in chacun(&recit) {
            let agents: Vec<&str> = match &r.clinique.allergies {
                Allergies::Connues(liste) => liste.iter().map(|a| a.agent).collect(),
                _ => Vec::new(),
            };
            for (allergene, mots) in INTERDITS {
                let trouve = d.elements.iter().find_map(|e| {
                    let libelle = e.libelle.to_lowercase();
                    let pris = matches!(e.nature, Nature::Traitement | Nature::Vaccination);
                    pris.then(|| mots.iter().find(|mot| libelle.contains(**mot))).flatten()
                });
                let allergique = agents.iter().any(|agent| agent.starts_with(allergene));
                assert!(!(allergique && trouve.is_some()), "{} : {allergene} et {trouve:?}", r.identite.nom());
                proteges += usize::from(allergique);
                donnes.extend(trouve.map(|_| allergene));
            }
        }
    }
    assert_eq!(donnes.len(), INTERDITS.len(), "chaque interdit existe chez quelqu'un d'autre : {donnes:?}");
    assert!(proteges > 200, "{proteges}");
}
