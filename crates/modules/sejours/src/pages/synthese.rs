//! `/residents/{usager}`: the synthesis of a record (ux.md W3).

use kernel::id::UsagerId;
use maud::Markup;
use platform::acces::EtatSejour;
use platform::dossier::{ConsulterDossier, Volet};
use platform::prelude::*;
use platform::web::page;
use usagers::{Alertes, Entourage, Habitudes};

use crate::bandeau::bandeau_avec;
use crate::model::{Mouvement, Sejour};
use crate::onglets::onglets;
use crate::records::{lane_presents, lane_unite};
use crate::residents::resident;
use crate::rights::LireResidents;
use crate::views::synthese::{Piece, Synthese, actions, dessiner, voisinage};

/// Previous and next person in the walking order of the unit.
#[derive(Debug, Clone, Default)]
pub(crate) struct Voisins {
    pub avant: Option<(UsagerId, String)>,
    pub apres: Option<(UsagerId, String)>,
}

/// The synthesis of a person's record.
pub(crate) async fn synthese(acces: Acces<ConsulterDossier>, Chemin(usager): Chemin<UsagerId>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let Some(resident) = resident(&dossier).await? else { return Err(Erreur::Introuvable) };
    let lue = Synthese {
        vie: piece::<Habitudes>(&acces, &dossier, Habitudes::id(usager)).await?,
        alertes: piece::<Alertes>(&acces, &dossier, Alertes::id(usager)).await?,
        entourage: piece::<Entourage>(&acces, &dossier, Entourage::id(usager)).await?,
        mouvements: dossier.liste::<Mouvement>(|query| query.newest_first().limit(6)).await?,
        principal: blocs(&acces, &dossier, Volet::Principal).await,
        cote: blocs(&acces, &dossier, Volet::Cote).await,
    };
    let voisins = voisins(&acces, &resident.sejour).await?;
    let base = format!("/residents/{usager}");
    let bandeau = bandeau_avec(&dossier, voisinage(&voisins)).await?;
    let contenu = dessiner(&dossier, &resident, &lue, &onglets(&dossier, &base), &actions(&dossier));
    let titre = format!("Dossier de {}", resident.usager.nom_parle());
    Ok(Answer::html(page(&acces, &titre, "/residents").bandeau(bandeau).contenu(contenu).render()))
}

/// A sheet and who wrote it last; `None`: the reader may not know.
async fn piece<E: Ecrit>(
    acces: &Acces<ConsulterDossier>,
    dossier: &DossierOuvert<ConsulterDossier>,
    id: uuid::Uuid,
) -> Resultat<Option<Piece<E>>> {
    if !dossier.peut_lire(E::CATEGORIE) {
        return Ok(None);
    }
    let stored = dossier.lire::<E>(id).await?;
    let auteur = match &stored {
        Some(stored) => acces.auteur(stored.author).await?,
        None => String::new(),
    };
    Ok(Some(Piece { stored, auteur }))
}

/// The blocks other modules give; one which fails says so without taking the page with it.
async fn blocs(acces: &Acces<ConsulterDossier>, dossier: &DossierOuvert<ConsulterDossier>, volet: Volet) -> Vec<Markup> {
    let mut dessins = Vec::new();
    for bloc in acces.services().extensions().blocs.iter().filter(|bloc| bloc.volet == volet) {
        match (bloc.dessiner)(acces, dossier).await {
            Ok(dessin) => dessins.extend(dessin),
            Err(erreur) => {
                tracing::error!(%erreur, ?bloc, "a block of the synthesis failed");
                dessins.push(crate::views::synthese::bloc_en_panne());
            }
        }
    }
    dessins
}

async fn voisins(acces: &Acces<ConsulterDossier>, sejour: &Sejour) -> Resultat<Voisins> {
    if !sejour.etat.en_cours() || !acces.peut::<LireResidents>() {
        return Ok(Voisins::default());
    }
    let unites: Vec<_> = sejour.unite.into_iter().collect();
    let Ok(perimetre) = acces.aussi::<LireResidents>().await?.ouvrir_perimetre(sejour.etablissement, &unites).await else {
        return Ok(Voisins::default());
    };
    let mut autour: Vec<Stored<Sejour>> = match sejour.unite {
        Some(unite) => perimetre.liste(&Query::lane2(&lane_unite(unite))).await?,
        None => perimetre.liste(&Query::lane(&lane_presents(sejour.etablissement))).await?,
    };
    autour.retain(|autre| autre.etat != EtatSejour::Preadmis);
    autour.sort_by(|a, b| (a.rang, &a.chambre_libelle).cmp(&(b.rang, &b.chambre_libelle)));
    let Some(ici) = autour.iter().position(|autre| autre.usager == sejour.usager) else { return Ok(Voisins::default()) };
    let a =
        |rang: Option<usize>| rang.and_then(|rang| autour.get(rang)).map(|autre| (autre.usager, autre.chambre_libelle.clone()));
    Ok(Voisins { avant: a(ici.checked_sub(1)), apres: a(Some(ici + 1)) })
}
