use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use demo::Recit;
use demo::recit::{Fait, JOURS, Poste};

use crate::horloge::samedi;

fn empreinte(recit: &Recit) -> u64 {
    let mut h = DefaultHasher::new();
    (&recit.grappe, &recit.agents, &recit.residents, &recit.lignes, &recit.medical).hash(&mut h);
    for e in recit.evenements() {
        e.hash(&mut h);
    }
    h.finish()
}

#[test]
fn the_same_seed_and_clock_give_the_same_story() {
    let (a, b) = (samedi().unwrap(), samedi().unwrap());
    assert_eq!(empreinte(&a), empreinte(&b));
    let autre = Recit::avec_graine("2026-11-21T08:12:00Z".parse().unwrap(), 7).unwrap();
    assert_ne!(empreinte(&a), empreinte(&autre));
}

#[test]
fn a_later_start_gives_the_same_facts() {
    let recit = samedi().unwrap();
    let depuis = recit.calendrier.instant(-3, 0);
    let pose = |e: &demo::recit::Evenement| matches!(e.fait, Fait::LignePosee(_));
    let tout: Vec<_> = recit.evenements().filter(|e| e.survenu_le >= depuis && !pose(e)).map(|e| format!("{e:?}")).collect();
    let fin: Vec<_> = recit.evenements_depuis(depuis).filter(|e| !pose(e)).map(|e| format!("{e:?}")).collect();
    assert_eq!(tout.len(), fin.len());
    assert!(tout == fin);
}

#[test]
fn facts_are_in_order_inside_stays_and_signed_by_people_on_duty() {
    let recit = samedi().unwrap();
    let maintenant = recit.calendrier.maintenant();
    let mut precedent = None;
    let mut tardives = 0;
    for e in recit.evenements() {
        assert!(precedent.is_none_or(|p| p <= e.survenu_le));
        assert!(e.survenu_le <= e.saisi_le && e.saisi_le <= maintenant);
        precedent = Some(e.survenu_le);
        tardives += usize::from(e.saisi_le.as_second() - e.survenu_le.as_second() > 900);
        let r = &recit.residents[e.resident];
        let avant_entree = matches!(&e.fait, Fait::Mouvement(_));
        if !avant_entree {
            assert!(r.entree().is_some_and(|x| x <= e.survenu_le), "avant l'entrée : {e:?}");
            assert!(r.sortie().is_none_or(|x| e.survenu_le < x), "après la sortie : {e:?}");
            let lit = r.occupation(e.survenu_le).map(|o| o.lit).unwrap();
            assert_eq!(e.unite, Some(recit.grappe.unite_du_lit(lit)));
        }
        let agent = &recit.agents[e.auteur];
        let unite = e.unite.unwrap();
        assert_eq!(recit.grappe.etablissement_de(unite), e.etablissement);
        assert!(agent.travaille(e.etablissement, unite), "{} pour {e:?}", agent.identifiant);
        if !matches!(e.fait, Fait::LignePosee(_)) {
            let (j, minute) = recit.calendrier.local(e.survenu_le);
            assert!(recit.planning.en_poste_le(e.auteur, j, minute), "{} hors poste : {e:?}", agent.identifiant);
        }
    }
    assert!(tardives > 50_000, "{tardives}");
}

#[test]
fn validations_answer_planned_occurrences_once() {
    let recit = samedi().unwrap();
    let mut reponses: HashMap<(usize, i64), usize> = HashMap::new();
    for e in recit.evenements() {
        let Fait::Validation(v) = e.fait else {
            continue;
        };
        let ligne = &recit.lignes[v.ligne];
        assert_eq!(ligne.resident, e.resident);
        let (j, minute) = recit.calendrier.local(v.prevu_le);
        assert!(recit.occurrences(ligne, j).contains(&minute), "{v:?}");
        *reponses.entry((v.ligne, v.prevu_le.as_second())).or_default() += 1;
    }
    assert!(reponses.len() > 500_000);
    assert!(reponses.values().all(|n| *n == 1));
}

#[test]
fn every_unit_has_carers_morning_evening_and_night() {
    let recit = samedi().unwrap();
    for j in -JOURS..=30 {
        for (u, unite) in recit.grappe.unites.iter().enumerate().filter(|(_, u)| u.places > 0) {
            for (minute, roles) in
                [(600, ["as", "aes"]), (1080, ["as", "aes"]), (180, ["as_nuit", "as_nuit"]), (600, ["ide", "ide"])]
            {
                let presents = recit.en_poste(recit.calendrier.instant(j, minute));
                let trouve = presents.iter().any(|a| {
                    let a = &recit.agents[*a];
                    roles.contains(&a.role) && a.travaille(unite.etablissement, u)
                });
                assert!(trouve, "{} J{j} {minute} {roles:?}", unite.nom);
            }
        }
    }
    let nuit = recit.en_poste(recit.calendrier.instant(-1, 1380));
    let genets = nuit.iter().filter(|a| recit.agents[**a].role == "as_nuit" && recit.agents[**a].etablissement == Some(0));
    assert!((7..=8).contains(&genets.count()));
}

#[test]
fn the_stories_are_there() {
    let recit = samedi().unwrap();
    let nadia = recit.agent("nadia").unwrap();
    assert_eq!(recit.derniere_lecture(nadia), Some(recit.calendrier.instant(-4, 850)));
    for j in -3..=-1 {
        assert_eq!(recit.planning.poste(nadia, j), Poste::Conge, "J{j}");
    }
    for login in ["sophie", "nadia", "lina"] {
        assert!(recit.en_poste(recit.calendrier.maintenant()).contains(&recit.agent(login).unwrap()), "{login}");
    }
    let brumelle = recit.histoires[0].resident.unwrap();
    let valmorin = recit.histoires[2].resident.unwrap();
    let mut chute = false;
    let mut poids = Vec::new();
    for e in recit.evenements() {
        match e.fait {
            Fait::Chute(c) if e.resident == brumelle => {
                chute = c.appel_15;
                assert_eq!(e.survenu_le.to_string(), "2026-11-21T02:12:00Z");
                assert_eq!(recit.agents[e.auteur].identifiant, "karim");
            }
            Fait::Mesure(m) if e.resident == valmorin && m.constante == "poids" => {
                poids.push(m.valeur);
            }
            _ => {}
        }
    }
    assert!(chute);
    assert_eq!((poids.first().map(String::as_str), poids.last().map(String::as_str)), (Some("62.8"), Some("59.4")));
    let pelisson = &recit.residents[recit.histoires[1].resident.unwrap()];
    assert!(pelisson.absent(recit.calendrier.maintenant()));
    let transfert = &recit.residents[recit.histoires[6].resident.unwrap()];
    assert_eq!(transfert.sejours[0].motif_sortie, "transfert_grappe");
    assert_eq!(transfert.identite.nom(), "Sauvanelle");
}

#[test]
fn the_story_stands_at_any_hour() {
    for quand in ["2026-11-21T01:00:00Z", "2026-03-29T00:30:00Z", "2026-10-25T01:30:00Z", "2027-01-01T21:50:00Z"] {
        let recit = Recit::construire(quand.parse().unwrap()).unwrap();
        let depuis = recit.calendrier.instant(-2, 0);
        assert!(recit.evenements_depuis(depuis).filter(|e| matches!(e.fait, Fait::Validation(_))).count() > 15_000, "{quand}");
        assert!(recit.agent("karim").is_some());
    }
}
