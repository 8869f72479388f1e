//! One stay told in several announcements, and what our record says beside.

use hospitalisations::{
    Annonce, AnnonceRendezVous, Annoncee, Classe, Desaccord, Effet, EtatEpisode, Hopital, NotreSejour, Sorte, desaccord,
    episodes, rendez_vous,
};
use jiff::Timestamp;
use platform::acces::EtatSejour;

pub(crate) fn a(minutes: i64) -> Timestamp {
    testkit::instant(testkit::START) + jiff::SignedDuration::from_mins(minutes)
}

pub(crate) fn hopital() -> Hopital {
    Hopital { cle: "ORMES".into(), nom: "CH d'Ormes".into() }
}

/// An announcement of the stay 26-1, said at the minute it tells of.
pub(crate) fn dit(sorte: Sorte, effet: Effet, mouvement: Option<&str>, minute: i64) -> Annonce {
    Annonce {
        annoncee_le: a(minute),
        effet,
        le: a(minute),
        sorte,
        hopital: hopital(),
        venue: Some("26-1".into()),
        mouvement: mouvement.map(str::to_owned),
        classe: None,
        service: None,
        deces: false,
        vers: None,
        sortie_prevue: None,
        retour_prevu: None,
        motif: None,
        source: None,
    }
}

fn entree(minute: i64) -> Annonce {
    Annonce {
        classe: Some(Classe::Hospitalisation),
        service: Some("Médecine".into()),
        ..dit(Sorte::Entree, Effet::Nouvelle, Some("M1"), minute)
    }
}

#[test]
fn a_stay_is_followed_from_its_plan_to_its_end() {
    let prevue = dit(Sorte::Prevue, Effet::Nouvelle, Some("M0"), 0);
    assert_eq!(episodes(std::slice::from_ref(&prevue))[0].etat(), EtatEpisode::Prevu);
    let mutation = Annonce { service: Some("Gériatrie".into()), ..dit(Sorte::Mutation, Effet::Nouvelle, Some("M2"), 20) };
    let depart = Annonce { retour_prevu: Some(a(90)), ..dit(Sorte::DepartPermission, Effet::Nouvelle, Some("M3"), 30) };
    let mut dites = vec![prevue, entree(10), mutation, depart];
    let episode = episodes(&dites).remove(0);
    assert_eq!((episode.etat(), episode.debut(), episode.service()), (EtatEpisode::EnPermission, a(10), Some("Gériatrie")));
    assert_eq!((episode.retour_prevu(), episode.fin()), (Some(a(90)), None));
    dites.push(dit(Sorte::RetourPermission, Effet::Nouvelle, Some("M4"), 40));
    assert_eq!(episodes(&dites)[0].etat(), EtatEpisode::EnCours);
    dites.push(Annonce { vers: Some("EHPAD".into()), ..dit(Sorte::Sortie, Effet::Nouvelle, Some("M5"), 50) });
    let episode = episodes(&dites).remove(0);
    assert_eq!((episode.etat(), episode.fin(), episode.vers()), (EtatEpisode::Termine, Some(a(50)), Some("EHPAD")));
    assert_eq!(episode.etapes.len(), 6);
    dites.push(dit(Sorte::Sortie, Effet::Annulation, Some("M5"), 60));
    assert_eq!(episodes(&dites)[0].etat(), EtatEpisode::EnCours);
}

#[test]
fn a_cancellation_known_first_waits_for_what_it_cancels() {
    let annulation = dit(Sorte::Entree, Effet::Annulation, Some("M1"), 15);
    let seule = episodes(std::slice::from_ref(&annulation)).remove(0);
    assert!(seule.etapes[0].orpheline && seule.etat() == EtatEpisode::Annule);
    let complet = episodes(&[annulation, entree(10)]).remove(0);
    assert_eq!((complet.etapes.len(), complet.etat()), (1, EtatEpisode::Annule));
    assert_eq!((complet.etapes[0].orpheline, complet.etapes[0].annulee_le), (false, Some(a(15))));
}

#[test]
fn without_numbers_a_cancellation_takes_the_last_of_its_kind_unless_it_says_when() {
    let sans = |sorte, effet, minute| dit(sorte, effet, None, minute);
    let deux = [sans(Sorte::Mutation, Effet::Nouvelle, 10), sans(Sorte::Mutation, Effet::Nouvelle, 20)];
    let tenues = |annulation: Annonce| -> Vec<Timestamp> {
        let dites = [deux.to_vec(), vec![annulation]].concat();
        episodes(&dites)[0].etapes.iter().filter(|etape| etape.tient()).map(|etape| etape.le).collect()
    };
    assert_eq!(tenues(sans(Sorte::Mutation, Effet::Annulation, 30)), [a(10)]);
    let precise = Annonce { annoncee_le: a(30), ..sans(Sorte::Mutation, Effet::Annulation, 10) };
    assert_eq!(tenues(precise), [a(20)]);
    // Another kind is not touched: the cancellation waits for its own.
    assert_eq!(tenues(sans(Sorte::Entree, Effet::Annulation, 30)), [a(10), a(20)]);
    // A number given by the cancellation alone.
    let numerotee = Annonce { mouvement: Some("M9".into()), annoncee_le: a(30), ..sans(Sorte::Mutation, Effet::Annulation, 20) };
    assert_eq!(tenues(numerotee), [a(10)]);
}

#[test]
fn an_update_replaces_what_it_gives_and_keeps_the_rest() {
    let deplacee = Annonce {
        le: a(5),
        annoncee_le: a(30),
        motif: Some("chute".into()),
        ..dit(Sorte::Entree, Effet::MiseAJour, Some("M1"), 5)
    };
    let episode = episodes(&[entree(10), deplacee]).remove(0);
    assert_eq!((episode.debut(), episode.service(), episode.motif()), (a(5), Some("Médecine"), Some("chute")));
    assert_eq!(episode.etapes.len(), 1);
}

#[test]
fn stays_without_a_number_are_told_apart_by_entries_and_ends() {
    let sans = |sorte, minute| Annonce { venue: None, mouvement: None, ..dit(sorte, Effet::Nouvelle, None, minute) };
    let dites = [sans(Sorte::Entree, 10), sans(Sorte::Sortie, 20), sans(Sorte::Entree, 30), sans(Sorte::Mutation, 40)];
    let trouves = episodes(&dites);
    assert_eq!(
        trouves.iter().map(|episode| (episode.debut(), episode.fin())).collect::<Vec<_>>(),
        [(a(30), None), (a(10), Some(a(20)))]
    );
    // What is said of a movement alone joins the stay of that movement.
    let tardive = Annonce { venue: None, ..dit(Sorte::Entree, Effet::Annulation, Some("M1"), 90) };
    assert_eq!(episodes(&[tardive, entree(10)]).len(), 1);
}

#[test]
fn a_consultation_nobody_ends_is_over_the_next_day() {
    let consultation = Annonce { classe: Some(Classe::Consultation), ..entree(0) };
    let episode = episodes(&[consultation]).remove(0);
    assert!(episode.est_ouvert(a(60)) && !episode.est_ouvert(a(60 * 25)));
    assert!(episodes(&[entree(0)])[0].est_ouvert(a(60 * 24 * 40)));
}

#[test]
fn the_hospital_and_our_stay_are_compared_and_nothing_else() {
    let notre = |etat| NotreSejour { etat, parti_le: None, revenu_le: None };
    let dedans = episodes(&[entree(0)]);
    let dehors = episodes(&[entree(0), dit(Sorte::Sortie, Effet::Nouvelle, Some("M5"), 50)]);
    let mort = episodes(&[entree(0), Annonce { deces: true, ..dit(Sorte::Sortie, Effet::Nouvelle, Some("M5"), 50) }]);
    let now = a(100);
    let cas = [
        (&dedans, notre(EtatSejour::Present), Some(Desaccord::EntreeNonNotee)),
        (&dedans, notre(EtatSejour::Absent), Some(Desaccord::EntreeNonNotee)),
        (&dedans, notre(EtatSejour::Hospitalise), None),
        (&dedans, NotreSejour { revenu_le: Some(a(60)), ..notre(EtatSejour::Present) }, Some(Desaccord::SortieNonAnnoncee)),
        (&dehors, notre(EtatSejour::Hospitalise), Some(Desaccord::RetourNonNote)),
        (&dehors, NotreSejour { parti_le: Some(a(-10)), ..notre(EtatSejour::Hospitalise) }, Some(Desaccord::RetourNonNote)),
        // Left again after that end: another stay, of which nothing was announced.
        (&dehors, NotreSejour { parti_le: Some(a(60)), ..notre(EtatSejour::Hospitalise) }, None),
        (&dehors, notre(EtatSejour::Present), None),
        (&mort, notre(EtatSejour::Hospitalise), Some(Desaccord::DecesNonNote)),
        (&mort, notre(EtatSejour::Decede), None),
    ];
    for (episodes, sejour, attendu) in cas {
        assert_eq!(desaccord(episodes, sejour, now), attendu, "{sejour:?}");
    }
    let consultation = episodes(&[Annonce { classe: Some(Classe::Consultation), ..entree(0) }]);
    assert_eq!(desaccord(&consultation, notre(EtatSejour::Present), a(10)), None);
    let permission = episodes(&[entree(0), dit(Sorte::DepartPermission, Effet::Nouvelle, Some("M3"), 30)]);
    assert_eq!(desaccord(&permission, notre(EtatSejour::Present), now), None);
}

fn rdv(dite: Annoncee, numeros: &[&str], minute: i64, debut: Option<i64>) -> AnnonceRendezVous {
    AnnonceRendezVous {
        annoncee_le: a(minute),
        dite,
        hopital: hopital(),
        numeros: numeros.iter().map(|numero| (*numero).to_owned()).collect(),
        debut: debut.map(a),
        fin: None,
        lieu: None,
        service: None,
        avec: None,
        motif: None,
        source: None,
    }
}

#[test]
fn an_appointment_is_moved_then_cancelled_whatever_numbers_are_used() {
    let pris = AnnonceRendezVous {
        service: Some("Cardiologie".into()),
        ..rdv(Annoncee::Pris, &["agenda/7", "demande/1"], 0, Some(600))
    };
    let deplace = rdv(Annoncee::Deplace, &["demande/1"], 10, Some(900));
    let mut dits = vec![deplace, pris];
    let suivi = rendez_vous(&dits).remove(0);
    assert_eq!((suivi.debut, suivi.avant, suivi.service.as_deref()), (Some(a(900)), Some(a(600)), Some("Cardiologie")));
    assert!(suivi.est_a_venir(a(800)) && !suivi.est_a_venir(a(901)));
    dits.insert(0, rdv(Annoncee::Annule, &["agenda/7"], 20, None));
    let suivi = rendez_vous(&dits);
    assert_eq!((suivi.len(), suivi[0].etat, suivi[0].est_a_venir(a(0))), (1, Annoncee::Annule, false));
    // Two numbers first thought to be two appointments are one once a message gives both.
    let lies = [
        rdv(Annoncee::Pris, &["a"], 0, Some(1)),
        rdv(Annoncee::Pris, &["b"], 1, Some(1)),
        rdv(Annoncee::Modifie, &["a", "b"], 2, None),
    ];
    assert_eq!(rendez_vous(&lies).len(), 1);
}
