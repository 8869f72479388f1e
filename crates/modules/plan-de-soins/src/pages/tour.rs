//! The round: its page, one fragment a resident, its progress.

use std::sync::Arc;

use kernel::id::{UniteId, UsagerId};
use platform::acces::{Acces, Droit};
use platform::erreur::{Erreur, Resultat};
use platform::store::{Query, Stored};
use platform::web::{Answer, Chemin, Client, Parametres, etiquette, page};
use uuid::Uuid;

use crate::adresses;
use crate::filtre::{Brut, Filtre, Montrer, TOUTES};
use crate::records::{lane_a_verifier, lane_plans, lane_repartition, lane_reports, lane_soins, lane_tour};
use crate::repartition::Repartition;
use crate::rights::{LireTour, ValiderSoins};
use crate::tour::{ResidentDuTour, Tour, resident_du_tour, tour};
use crate::views::carte::carte;
use crate::views::ligne::Dessin;
use crate::views::tour::{PageTour, avancement};

/// How the lines of a round are drawn for who asks.
pub(crate) fn dessin<D: Droit>(acces: &Acces<D>, retour: String, consignes: bool) -> Dessin {
    Dessin {
        compte: acces.contexte().acteur.compte,
        now: acces.now(),
        retour,
        peut_valider: acces.peut::<ValiderSoins>(),
        consignes,
        ids: Arc::clone(acces.services()),
    }
}

/// Names of the units of a round.
pub(crate) fn lieu<D: Droit>(acces: &Acces<D>, filtre: &Filtre) -> String {
    let noms = acces.services().enseigne.unites(filtre.etablissement);
    let choisis: Vec<String> = noms.into_iter().filter(|(id, _)| filtre.unites.contains(id)).map(|(_, nom)| nom).collect();
    if choisis.is_empty() { "toute la maison".to_owned() } else { choisis.join(" + ") }
}

/// Units which may be chosen, as options of a list.
pub(crate) fn choix_unites<D: Droit>(acces: &Acces<D>, filtre: &Filtre) -> Vec<(String, String)> {
    let atteintes = acces.unites(filtre.etablissement);
    let noms = acces.services().enseigne.unites(filtre.etablissement);
    let permises = noms.into_iter().filter(|(id, _)| atteintes.as_ref().is_none_or(|atteintes| atteintes.contains(id)));
    let mut choix: Vec<(String, String)> = permises.map(|(id, nom)| (id.to_string(), nom)).collect();
    let ensemble: Vec<String> = filtre.unites.iter().map(ToString::to_string).collect();
    if ensemble.len() > 1 {
        choix.insert(0, (ensemble.join("."), "Mes unités".to_owned()));
    }
    if choix.len() > 1 {
        let tout = if atteintes.is_none() { "Toute la maison" } else { "Toutes mes unités" };
        choix.push((TOUTES.to_owned(), tout.to_owned()));
    }
    choix
}

/// How the rounds of these units are shared.
pub(crate) async fn repartitions<D: Droit>(acces: &Acces<D>, filtre: &Filtre, tour: &Tour) -> Resultat<Vec<Repartition>> {
    let mut unites: Vec<UniteId> = tour.residents.iter().filter_map(|resident| resident.resident.sejour.unite).collect();
    unites.sort_unstable();
    unites.dedup();
    let mut toutes = Vec::new();
    for unite in unites {
        let lue: Option<Stored<Repartition>> = acces.lire(Repartition::id(unite, filtre.creneau)).await?;
        toutes.extend(lue.map(|lue| lue.value));
    }
    Ok(toutes)
}

/// Units a round counts: those chosen, else all those of the house and nobody's.
fn suivies(acces: &Acces<LireTour>, filtre: &Filtre) -> Vec<Option<UniteId>> {
    if !filtre.unites.is_empty() {
        return filtre.unites.iter().copied().map(Some).collect();
    }
    let toutes = acces.services().enseigne.unites(filtre.etablissement);
    toutes.into_iter().map(|(id, _)| Some(id)).chain([None]).collect()
}

/// Lists whose movement changes what a round shows.
fn listes(acces: &Acces<LireTour>, filtre: &Filtre) -> Vec<String> {
    let etablissement = filtre.etablissement;
    let mut listes = vec![
        lane_plans(etablissement),
        lane_a_verifier(etablissement),
        format!("mouvements/{etablissement}"),
        format!("alertes/{etablissement}"),
        format!("usagers/{etablissement}"),
        sejours::lane_presents(etablissement),
    ];
    for unite in suivies(acces, filtre) {
        listes.push(lane_tour(unite, etablissement, filtre.creneau));
        listes.push(lane_reports(unite, etablissement, filtre.creneau));
        listes.extend(unite.map(lane_repartition));
    }
    listes
}

/// The version of a round: what moved, and the quarter of an hour, since an act becomes late by itself.
fn version(acces: &Acces<LireTour>, filtre: &Filtre) -> String {
    let quart = acces.now().as_second() / 900;
    let base = etiquette(acces, &listes(acces, filtre));
    format!("\"{}-{quart:x}\"", base.trim_matches('"'))
}

/// `/tour/soins`
pub(crate) async fn afficher(acces: Acces<LireTour>, Parametres(brut): Parametres<Brut>, client: Client) -> Resultat<Answer> {
    let filtre = Filtre::lire(&acces, &brut)?;
    let etag = version(&acces, &filtre);
    if client.fragment && client.tient(&etag) {
        return Ok(Answer::inchange().etag(&etag));
    }
    let perimetre = acces.ouvrir_perimetre(filtre.etablissement, &filtre.unites).await?;
    let mut tour = tour(&perimetre, filtre.creneau).await?;
    let effectif = tour.residents.len();
    let compte = acces.contexte().acteur.compte;
    let repartitions = repartitions(&acces, &filtre, &tour).await?;
    let a_part = repartitions.iter().any(|repartition| repartition.a_part(compte));
    tour.garder(|_, soin| filtre.est_du_metier(soin));
    if filtre.montrer == Montrer::Miens {
        let est_mien = |resident: &ResidentDuTour| {
            repartitions.iter().any(|repartition| {
                Some(repartition.unite) == resident.resident.sejour.unite && repartition.est_a(compte, resident.id())
            })
        };
        tour.residents.retain(|resident| a_part && est_mien(resident));
        tour.recompter();
    }
    let total = tour.compte;
    tour.garder(|_, soin| filtre.montrer.garde(soin));
    tour.compte = total;
    let dessin = dessin(&acces, filtre.adresse(), filtre.remplacant);
    let vue = PageTour {
        filtre: &filtre,
        tour: &tour,
        dessin: &dessin,
        lieu: lieu(&acces, &filtre),
        unites: choix_unites(&acces, &filtre),
        suivies: suivies(&acces, &filtre),
        effectif,
        a_part,
    };
    let mut sortie = page(&acces, "Tour de soins", "/tour/soins").contenu(vue.render());
    if let (Ok(fait), Ok(pour)) = (brut.fait.parse::<Uuid>(), brut.pour.parse::<UsagerId>()) {
        sortie = sortie.fait("Soin validé.", Some(adresses::annuler(pour, fait)));
    }
    Ok(Answer::html(sortie.render()).etag(&etag))
}

/// `/tour/soins/compte`: the bar of progress.
pub(crate) async fn compte(acces: Acces<LireTour>, Parametres(brut): Parametres<Brut>) -> Resultat<Answer> {
    let filtre = Filtre::lire(&acces, &brut)?;
    let perimetre = acces.ouvrir_perimetre(filtre.etablissement, &filtre.unites).await?;
    let mut tour = tour(&perimetre, filtre.creneau).await?;
    tour.garder(|_, soin| filtre.est_du_metier(soin));
    Ok(Answer::html(avancement(&filtre, &suivies(&acces, &filtre), tour.compte)))
}

/// `/tour/soins/resident/{usager}`: the card of a resident.
pub(crate) async fn resident(
    acces: Acces<LireTour>,
    Chemin(usager): Chemin<UsagerId>,
    Parametres(brut): Parametres<Brut>,
    client: Client,
) -> Resultat<Answer> {
    let filtre = Filtre::lire(&acces, &brut)?;
    let quart = acces.now().as_second() / 900;
    let listes = [
        lane_soins(usager),
        format!("usagers/{}", filtre.etablissement),
        format!("alertes/{}", filtre.etablissement),
        usager.to_string(),
    ];
    let etag = format!("\"{}-{quart:x}\"", etiquette(&acces, &listes).trim_matches('"'));
    if client.tient(&etag) {
        return Ok(Answer::inchange().etag(&etag));
    }
    Ok(Answer::html(fragment(&acces, usager, &filtre).await?).etag(&etag))
}

/// The card of a resident, read again.
pub(crate) async fn fragment<D: Droit>(acces: &Acces<D>, usager: UsagerId, filtre: &Filtre) -> Resultat<maud::Markup> {
    let lecture = acces.aussi::<LireTour>().await?;
    let dossier = lecture.ouvrir_dossier(usager).await?;
    let Some(mut resident) = resident_du_tour(&dossier, filtre.creneau).await? else { return Err(Erreur::Introuvable) };
    resident.soins.retain(|soin| filtre.est_du_metier(soin) && filtre.montrer.garde(soin));
    let source = format!("/tour/soins/resident/{usager}?{}", filtre.parametres());
    Ok(carte(&resident, &dessin(acces, filtre.adresse(), filtre.remplacant), Some(&source)))
}

/// What waits for a decision, for the chip of menus.
pub(crate) async fn a_verifier<D: Droit>(
    acces: &Acces<D>,
    perimetre: &platform::acces::PerimetreOuvert<D>,
) -> Resultat<Vec<Stored<crate::verification::AVerifier>>> {
    let mut ouverts = perimetre.liste(&Query::lane(&lane_a_verifier(perimetre.etablissement()))).await?;
    ouverts.retain(|ouvert: &Stored<crate::verification::AVerifier>| {
        perimetre.couvre(ouvert.unite) && ouvert.leve_le <= acces.now()
    });
    Ok(ouverts)
}
