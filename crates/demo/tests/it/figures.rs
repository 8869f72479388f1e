use std::collections::{HashMap, HashSet};

use demo::recit::{Fait, GENETS, PLAGES_FICTION};

use crate::horloge::samedi;

fn proche(nom: &str, obtenu: usize, voulu: usize) {
    let marge = voulu * 3 / 100;
    assert!(obtenu.abs_diff(voulu) <= marge, "{nom} : {obtenu} au lieu de {voulu} à 3 % près");
}

#[test]
fn sixty_days_have_the_announced_volumes() {
    let recit = samedi().unwrap();
    let (mut validations, mut refus, mut conflits, mut transmissions, mut mesures) = (0, 0, 0, 0, 0);
    for e in recit.evenements() {
        match e.fait {
            Fait::Validation(v) => {
                validations += 1;
                refus += usize::from(v.statut == "refuse");
                conflits += usize::from(v.conflit.is_some());
            }
            Fait::Transmission(_) => transmissions += 1,
            Fait::Mesure(_) => mesures += 1,
            _ => {}
        }
    }
    proche("validations", validations, 610_000);
    proche("transmissions", transmissions, 36_000);
    proche("mesures", mesures, 44_000);
    assert!((27..=33).contains(&(refus * 1000 / validations)), "{refus} refus");
    assert!((3..=5).contains(&(conflits * 1000 / validations)), "{conflits} conflits");
}

#[test]
fn beds_units_and_accounts_are_those_of_the_design() {
    let recit = samedi().unwrap();
    let g = &recit.grappe;
    assert_eq!(g.etablissements.len(), 44);
    let places = |e: usize| g.unites.iter().filter(|u| u.etablissement == e).map(|u| u.places).sum::<u32>();
    assert_eq!((places(0), places(1), places(2)), (312, 86, 64));
    let chez = |double: bool| g.chambres.iter().filter(|c| g.etablissement_de(c.unite) == GENETS && c.double == double).count();
    assert_eq!((chez(false), chez(true)), (258, 27));
    let mut numeros = HashSet::new();
    for c in &g.chambres {
        assert!(numeros.insert((g.etablissement_de(c.unite), c.numero)), "porte {} en double", c.numero);
    }
    let comptes = |e: usize| {
        let dehors = ["famille", "intervenant", "kinesitherapeute"];
        recit.agents.iter().filter(|a| a.etablissement == Some(e) && !dehors.contains(&a.role)).count()
    };
    assert_eq!((comptes(0), comptes(1), comptes(2)), (214, 61, 44));
    let logins: HashSet<_> = recit.agents.iter().map(|a| &a.identifiant).collect();
    assert_eq!(logins.len(), recit.agents.len());
    assert_eq!(recit.agents.iter().filter(|a| a.demonstration).count(), 14);
}

#[test]
fn members_cover_every_family_of_establishments() {
    let recit = samedi().unwrap();
    let genres: HashSet<&str> = recit.grappe.etablissements.iter().map(|e| e.genre.as_str()).collect();
    for attendu in ["ehpad", "ssiad", "fam", "mas", "ime", "sessad", "esat", "csapa"] {
        assert!(genres.contains(attendu), "{attendu}");
    }
    let finess: HashSet<&str> = recit.grappe.etablissements.iter().map(|e| e.finess.as_str()).collect();
    assert_eq!(finess.len(), 44);
    assert!(finess.iter().all(|f| f.len() == 9 && f.starts_with("9X")));
}

#[test]
fn presence_today_fills_every_bed_once() {
    let recit = samedi().unwrap();
    let maintenant = recit.calendrier.maintenant();
    let mut lits: HashMap<usize, usize> = HashMap::new();
    for (i, r) in recit.residents.iter().enumerate() {
        if let Some(o) = r.occupation(maintenant) {
            assert!(lits.insert(o.lit, i).is_none(), "lit {} occupé deux fois", o.lit);
        }
    }
    assert_eq!(lits.len(), 462);
    let jour = recit.residents.iter().filter(|r| r.sejours[0].mode == "accueil_de_jour").count();
    assert_eq!(jour, 10);
}

#[test]
fn no_bed_holds_two_people_at_once() {
    let recit = samedi().unwrap();
    let mut par_lit: HashMap<usize, Vec<_>> = HashMap::new();
    for o in recit.residents.iter().flat_map(|r| &r.sejours).flat_map(|s| &s.occupations) {
        par_lit.entry(o.lit).or_default().push((o.du, o.au));
    }
    for (lit, mut periodes) in par_lit {
        periodes.sort();
        for paire in periodes.windows(2) {
            assert!(paire[0].1.is_some_and(|fin| fin <= paire[1].0), "lit {lit} : {paire:?}");
        }
    }
}

#[test]
fn exits_and_arrivals_are_fourteen_and_fifteen() {
    let recit = samedi().unwrap();
    let depuis = recit.calendrier.depuis();
    let sorties = recit.residents.iter().filter(|r| r.sortie().is_some()).count();
    let entrees = recit.residents.iter().filter(|r| r.sejours[0].entree >= depuis && r.sejours[0].mode != "accueil_de_jour");
    assert_eq!((sorties, entrees.count()), (14, 15));
}

#[test]
fn phones_are_in_the_ranges_of_fiction() {
    let recit = samedi().unwrap();
    let proches = recit.residents.iter().flat_map(|r| &r.contacts).map(|c| &c.telephone);
    let mut vus = 0;
    for numero in proches.chain(recit.agents.iter().map(|a| &a.telephone)) {
        assert!(numero.len() == 10 && PLAGES_FICTION.iter().any(|p| numero.starts_with(p)), "{numero}");
        vus += 1;
    }
    assert!(vus > 800);
}

#[test]
fn profiles_keep_the_announced_proportions() {
    let recit = samedi().unwrap();
    let n = 462;
    let part = |f: &dyn Fn(&demo::recit::Resident) -> bool| recit.residents[..n].iter().filter(|r| f(r)).count() * 1000 / n;
    for (gir, voulu) in [(1, 140), (2, 320), (3, 200), (4, 220), (5, 80), (6, 40)] {
        let obtenu = part(&|r| r.clinique.gir == gir);
        assert!(obtenu.abs_diff(voulu) <= 25, "GIR {gir} : {obtenu}");
    }
    assert!(part(&|r| r.clinique.alertes.contains(&"anticoagulant")).abs_diff(230) <= 40);
    assert!(part(&|r| r.clinique.alertes.contains(&"insuline")).abs_diff(120) <= 30);
    assert!(part(&|r| r.clinique.texture != "normale").abs_diff(310) <= 40);
    assert!(part(&|r| r.protection.is_some()).abs_diff(180) <= 40);
    assert!(part(&|r| r.clinique.isolement.is_some()).abs_diff(90) <= 30);
}
