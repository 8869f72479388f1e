//! Care plans: one record a person, lines of the story mapped to recurrences.

use std::sync::Arc;

use demo::Recit;
use demo::recit::{Frequence, LignePlan};
use jiff::civil::{Date, Time};
use kernel::clock::fuseau_par_defaut;
use kernel::dates::jour_local;
use plan_de_soins::{ActeCatalogue, Jour, Plan, Recurrence, Rythme, SoinPrevu, actes_partages};
use uuid::Uuid;

use crate::agents::Auteur;
use crate::ids::{etablissement_id, usager_id};
use crate::personnes::etablissement_de;
use crate::semeur::{ErreurSemis, Semeur};

/// Id of a plan line of the story.
pub(crate) fn soin_id(ligne: usize) -> Uuid {
    kernel::id::derived(Uuid::nil(), &format!("demo/soin/{ligne}"))
}

pub(crate) async fn semer(semeur: &mut Semeur<'_>, recit: &Recit, auteurs: &[Auteur]) -> Result<(), ErreurSemis> {
    semeur.annoncer("plans de soins");
    let catalogue = actes_partages();
    let mut lignes: Vec<Vec<Arc<SoinPrevu>>> = vec![Vec::new(); recit.residents.len()];
    let mut signataires: Vec<Option<&Auteur>> = vec![None; recit.residents.len()];
    for (rang, ligne) in recit.lignes.iter().enumerate() {
        let Some(acte) = recit.actes.get(ligne.acte).and_then(|acte| catalogue.iter().find(|connu| connu.code == acte.code))
        else {
            continue;
        };
        if let Some(liste) = lignes.get_mut(ligne.resident) {
            liste.push(Arc::new(soin(rang, ligne, acte)));
        }
        if let Some(place) = signataires.get_mut(ligne.resident) {
            *place = auteurs.get(ligne.auteur);
        }
    }
    for ((rang, lignes), signataire) in lignes.into_iter().enumerate().zip(signataires) {
        let Some(resident) = recit.residents.get(rang).filter(|_| !lignes.is_empty()) else { continue };
        let le = recit.lignes.iter().filter(|ligne| ligne.resident == rang).map(|ligne| ligne.debut).max();
        let plan = Plan {
            usager: usager_id(rang),
            etablissement: etablissement_id(etablissement_de(resident)),
            lignes,
            changement: "Plan établi à l'admission".into(),
            signe: signataire.map(Auteur::signataire),
        };
        let auteur = signataire.map_or(Uuid::nil(), |auteur| auteur.compte.0);
        semeur.poser(Plan::id(plan.usager), auteur, le.unwrap_or_else(|| recit.calendrier.maintenant()), &plan).await?;
    }
    Ok(())
}

fn soin(rang: usize, ligne: &LignePlan, acte: &ActeCatalogue) -> SoinPrevu {
    let fuseau = fuseau_par_defaut();
    let du = jour_local(ligne.debut, &fuseau);
    SoinPrevu {
        id: soin_id(rang),
        acte: acte.code.clone(),
        libelle: acte.libelle.clone(),
        icone: acte.icone.clone(),
        categorie: acte.categorie.clone(),
        consigne: acte.consigne.clone(),
        metiers: acte.metiers.clone(),
        recurrence: recurrence(ligne, du),
        du,
        au: ligne.fin.map(|fin| jour_local(fin, &fuseau)),
        ajoute_le: Some(ligne.debut),
        arret: None,
        mesures: acte.mesures.clone(),
        a_risque: acte.a_risque,
        observation: acte.observation,
        duree_min: acte.duree_min,
        origine: Some(format!("plan-type/{}", ligne.plan)),
    }
}

fn recurrence(ligne: &LignePlan, du: Date) -> Recurrence {
    let heures: Vec<Time> = ligne
        .heures
        .iter()
        .filter_map(|minutes| Time::new(i8::try_from(minutes / 60).ok()?, i8::try_from(minutes % 60).ok()?, 0, 0).ok())
        .collect();
    let rythme = match ligne.frequence {
        Frequence::Quotidien => Rythme::Quotidien,
        Frequence::Semaine(masque) => Rythme::Hebdomadaire {
            jours: Jour::TOUS.iter().enumerate().filter(|(n, _)| masque >> n & 1 == 1).map(|(_, (jour, ..))| *jour).collect(),
        },
        Frequence::Intervalle(n, phase) => {
            Rythme::Intervalle { tous_les: u16::try_from(n).unwrap_or(1), depuis: premier_jour(du, n, phase) }
        }
        Frequence::Mensuel(jour) => Rythme::Mensuel { jour },
    };
    Recurrence::de(rythme, &heures)
}

/// First day on or after `du` on which an interval of the story falls.
fn premier_jour(du: Date, n: i64, phase: i64) -> Date {
    let epoque = Date::constant(1970, 1, 1);
    let mut jour = du;
    for _ in 0..n.max(1) {
        let depuis = i64::from(epoque.until(jour).map_or(0, |span| span.get_days()));
        if (depuis + phase).rem_euclid(n.max(1)) == 0 {
            return jour;
        }
        jour = jour.tomorrow().unwrap_or(jour);
    }
    jour
}
