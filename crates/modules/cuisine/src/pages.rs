//! `/cuisine`: who eats here, what moved, to acknowledge; followed live, printable.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};
use platform::prelude::*;
use platform::web::{etiquette, page as coquille};
use sejours::{Mouvement, Resident, lane_mouvements, lane_presents, residents_de};
use uuid::Uuid;

use crate::acts;
use crate::avis::{Avis, avis};
use crate::model::{Accuse, lane_accuses};
use crate::rights::{AccuserRepas, VoirRepas};
use crate::views::{self, Ecran};

/// A movement older than this is no news for a kitchen.
const FRAICHEUR: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What moved and was not acknowledged; the person of an annulled admission may be on no list any more.
async fn a_accuser<D: Droit>(perimetre: &PerimetreOuvert<D>, now: Timestamp) -> Resultat<Vec<Avis>> {
    let depuis = now.saturating_sub(FRAICHEUR).unwrap_or(Timestamp::UNIX_EPOCH);
    let lieu = perimetre.etablissement();
    let mouvements: Vec<Stored<Mouvement>> = perimetre.liste(&Query::lane(&lane_mouvements(lieu)).since(depuis)).await?;
    let accuses: Vec<Stored<Accuse>> = perimetre.liste(&Query::lane(&lane_accuses(lieu)).since(depuis)).await?;
    let sus: BTreeSet<(Uuid, bool)> = accuses.iter().map(|accuse| (accuse.mouvement, accuse.annule)).collect();
    let passes = mouvements.iter().filter(|mouvement| mouvement.le <= now);
    Ok(avis(passes.map(|mouvement| (mouvement.id, &mouvement.value)), &sus))
}

/// Reads what a page shows, and draws it.
async fn dessiner(acces: &Acces<VoirRepas>, vue: impl Fn(&Ecran<'_>, &str) -> Markup) -> Resultat<(Markup, [String; 3])> {
    let lieu = acces.etablissement()?;
    let perimetre = acces.ouvrir_perimetre(lieu, &[]).await?;
    let residents: Vec<Resident> = residents_de(&perimetre).await?;
    let avis = a_accuser(&perimetre, acces.now()).await?;
    let ids: Vec<Uuid> = avis.iter().map(|avis| avis.usager.0).collect();
    let personnes: Vec<Stored<usagers::Usager>> = perimetre.lire(&ids).await?;
    let annonces = hospitalisations::entres_selon_l_hopital(&perimetre, acces.now()).await?;
    let unites = acces.services().enseigne.unites(lieu);
    let ecran = Ecran {
        residents: &residents,
        avis: &avis,
        personnes: &personnes,
        annonces: &annonces,
        unites: &unites,
        peut: acces.peut::<AccuserRepas>(),
        lit_regimes: acces.peut::<usagers::LireAlertes>(),
        now: acces.now(),
        fuseau: &acces.services().fuseau,
    };
    let lanes = [lane_presents(lieu), lane_mouvements(lieu), lane_accuses(lieu)];
    Ok((vue(&ecran, &lanes[0]), lanes))
}

fn tirage(acces: &Acces<VoirRepas>, titre: &str, adresse: &str) -> Resultat<ui::impression::Tirage> {
    Ok(ui::impression::Tirage {
        etablissement: acces.services().enseigne.etablissement(acces.etablissement()?).unwrap_or_default(),
        titre: titre.to_owned(),
        auteur: acces.contexte().acteur.nom.clone(),
        date: kernel::dates::date_heure(acces.now(), &acces.services().fuseau),
        adresse: adresse.to_owned(),
    })
}

/// The page.
pub(crate) async fn page(acces: Acces<VoirRepas>) -> Resultat<Answer> {
    let (tableau, _) = dessiner(&acces, views::tableau).await?;
    let tirage = tirage(&acces, "Cuisine, qui mange dans la maison", "/cuisine")?;
    let contenu = html! { (views::entete(&tirage)) (tableau) (tirage.pied()) };
    Ok(Answer::html(coquille(&acces, "Cuisine", "/cuisine").contenu(contenu).render()))
}

/// The sheet, person by person, to be printed.
pub(crate) async fn feuille(acces: Acces<VoirRepas>) -> Resultat<Answer> {
    let (feuille, _) = dessiner(&acces, |ecran, _| views::feuille(ecran)).await?;
    let tirage = tirage(&acces, "Feuille de service", "/cuisine/feuille")?;
    let contenu = html! { (views::entete_feuille(&tirage)) (feuille) (tirage.pied()) };
    Ok(Answer::html(coquille(&acces, "Feuille de service", "/cuisine").contenu(contenu).render()))
}

/// The board alone, read again when somebody moves.
pub(crate) async fn fragment(acces: Acces<VoirRepas>) -> Resultat<Answer> {
    let (tableau, lanes) = dessiner(&acces, views::tableau).await?;
    Ok(Answer::html(tableau).etag(&etiquette(&acces, &lanes)))
}

/// Acknowledges the changes ticked on the page, or the one of its button.
pub(crate) async fn accuser(acces: Acces<AccuserRepas>, champs: Champs) -> Resultat<Answer> {
    let voulus: BTreeSet<Uuid> = champs.tous("mouvement").filter_map(|texte| texte.parse().ok()).collect();
    let perimetre = acces.ouvrir_perimetre(acces.etablissement()?, &[]).await?;
    let mut combien = 0;
    for avis in a_accuser(&perimetre, acces.now()).await?.iter().filter(|avis| voulus.contains(&avis.mouvement)) {
        acts::accuser(&acces, &perimetre, avis).await?;
        combien += 1;
    }
    let dit = match combien {
        0 => "Rien de nouveau : ces changements étaient déjà notés.".to_owned(),
        1 => "Noté : la cuisine le sait.".to_owned(),
        plusieurs => format!("Noté : la cuisine sait ces {plusieurs} changements."),
    };
    Ok(Answer::vers("/cuisine").dit(dit))
}
