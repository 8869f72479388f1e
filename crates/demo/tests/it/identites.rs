use std::collections::HashSet;

use demo::recit::{OID_INS_DEMONSTRATION, plier};

use crate::horloge::samedi;

/// The most common French surnames: none may appear.
const COURANTS: [&str; 40] = [
    "martin",
    "bernard",
    "thomas",
    "petit",
    "robert",
    "richard",
    "durand",
    "dubois",
    "moreau",
    "laurent",
    "simon",
    "michel",
    "lefebvre",
    "leroy",
    "roux",
    "david",
    "bertrand",
    "morel",
    "fournier",
    "girard",
    "bonnet",
    "dupont",
    "lambert",
    "fontaine",
    "rousseau",
    "vincent",
    "muller",
    "lefevre",
    "faure",
    "andre",
    "mercier",
    "blanc",
    "guerin",
    "boyer",
    "garnier",
    "chevalier",
    "francois",
    "legrand",
    "gauthier",
    "garcia",
];

#[test]
fn no_surname_is_common() {
    let recit = samedi().unwrap();
    let residents = recit.residents.iter().flat_map(|r| [r.identite.nom_naissance.as_str(), r.identite.nom()]);
    let mut vus = HashSet::new();
    for nom in residents.chain(recit.agents.iter().map(|a| a.nom.as_str())) {
        assert!(!COURANTS.contains(&plier(nom).as_str()), "{nom}");
        vus.insert(nom);
    }
    assert!(vus.len() > 900, "{} noms différents", vus.len());
    assert!(!vus.contains("Brumelande"), "la réserve de noms est épuisée");
    let naissance: HashSet<&str> = recit.residents.iter().map(|r| r.identite.nom_naissance.as_str()).collect();
    assert_eq!(naissance.len() + 4, recit.residents.len(), "hors quatre paires d'homonymes, un nom ne sert qu'une fois");
}

#[test]
fn every_ins_is_well_formed_unique_and_impossible() {
    let recit = samedi().unwrap();
    let mut vus = HashSet::new();
    for r in &recit.residents {
        let i = &r.identite;
        assert_eq!((i.ins.len(), i.oid), (15, OID_INS_DEMONSTRATION));
        let mois: u32 = i.ins[3..5].parse().unwrap();
        assert!((13..=19).contains(&mois) && &i.ins[5..7] == "00", "{}", i.ins);
        let (corps, cle): (u64, u64) = (i.ins[..13].parse().unwrap(), i.ins[13..].parse().unwrap());
        assert_eq!(cle, 97 - corps % 97);
        assert_eq!(&i.ins[..1], if i.sexe == 'F' { "2" } else { "1" });
        assert!(i.cog_naissance.starts_with("00") || i.cog_naissance.starts_with("99"));
        assert!(vus.insert(&i.ins));
    }
}

#[test]
fn there_are_homonyms_and_a_couple() {
    let recit = samedi().unwrap();
    let homonymes: Vec<_> = recit.residents.iter().filter(|r| r.identite.homonyme).collect();
    assert!(homonymes.len() >= 6, "{}", homonymes.len());
    for h in &homonymes {
        let pareils = recit
            .residents
            .iter()
            .filter(|r| r.identite.nom_naissance == h.identite.nom_naissance && r.identite.prenoms == h.identite.prenoms);
        assert!(pareils.count() >= 2);
    }
    let couples = recit.residents.iter().filter(|r| r.conjoint.is_some()).count();
    assert_eq!(couples, 2);
    let a = recit.residents.iter().find(|r| r.conjoint.is_some()).unwrap();
    let b = &recit.residents[a.conjoint.unwrap()];
    let porte = |r: &demo::recit::Resident| recit.grappe.numero_du_lit(r.sejours[0].occupations[0].lit);
    assert_eq!((porte(a), a.identite.nom()), (porte(b), b.identite.nom()));
}

#[test]
fn faces_are_small_varied_and_without_markup_to_escape() {
    let recit = samedi().unwrap();
    let dessins: HashSet<String> = recit.residents.iter().map(|r| r.portrait.svg()).collect();
    assert!(dessins.len() > 400);
    for svg in &dessins {
        assert!(svg.len() <= 2048, "{}", svg.len());
        assert!(svg.starts_with("<svg") && svg.ends_with("</svg>") && !svg.contains("script"));
    }
}

#[test]
fn sentences_agree_and_leave_no_slot() {
    let recit = samedi().unwrap();
    let mut phrases = HashSet::new();
    for r in &recit.residents {
        for p in r.vie.compte.iter().chain(r.vie.habitudes.iter().map(|h| &h.1)) {
            assert!(!p.contains('{') && !p.is_empty(), "{p}");
            phrases.insert(p.as_str());
        }
    }
    assert!(phrases.len() >= 80, "{}", phrases.len());
    for e in recit.evenements() {
        if let demo::recit::Fait::Transmission(t) = e.fait {
            assert!(!t.donnees.is_empty());
            for p in [&t.donnees, &t.actions, &t.resultats] {
                assert!(!p.contains('{') && !p.contains('!'), "{p}");
            }
        }
    }
}
