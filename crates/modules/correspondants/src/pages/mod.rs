//! The directory of correspondents.

pub(crate) mod messageries;

use kernel::texte::cle_tri;
use maud::Markup;
use platform::prelude::*;
use platform::web::{Erreurs, page};
use serde::Deserialize;
use uuid::Uuid;

use crate::forms::{lire_correspondant, saisie};
use crate::model::Correspondant;
use crate::records::correspondants;
use crate::rights::{TenirCorrespondants, VoirCorrespondants};
use crate::views::{self, Formulaire};

pub(crate) const ADRESSE: &str = "/liaisons/correspondants";

/// What is looked for.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Filtre {
    #[serde(default)]
    pub(crate) q: String,
    #[serde(default)]
    pub(crate) genre: String,
}

/// The directory.
pub(crate) async fn liste(acces: Acces<VoirCorrespondants>, Parametres(filtre): Parametres<Filtre>) -> Resultat<Answer> {
    let mut connus = correspondants(&acces).await?;
    let mots = cle_tri(&filtre.q);
    connus.retain(|lu| {
        let texte =
            cle_tri(&format!("{} {}", lu.nom, lu.adresses.iter().map(|une| une.adresse.as_str()).collect::<Vec<_>>().join(" ")));
        texte.contains(&mots) && (filtre.genre.is_empty() || lu.genre == filtre.genre)
    });
    let contenu = views::liste(&connus, &filtre, acces.peut::<TenirCorrespondants>());
    Ok(Answer::html(page(&acces, "Correspondants", ADRESSE).contenu(contenu).render()))
}

async fn dessiner<D: Droit>(acces: &Acces<D>, id: Uuid, champs: &Champs, erreurs: &Erreurs, neuf: bool) -> Resultat<Markup> {
    let maisons = etablissements::etablissements(acces).await?;
    let maisons: Vec<(String, String)> =
        maisons.into_iter().filter(|lu| lu.actif).map(|lu| (lu.value.id.to_string(), lu.value.nom.to_string())).collect();
    let formulaire = Formulaire { id, champs, erreurs, maisons: &maisons, neuf, peut: acces.peut::<TenirCorrespondants>() };
    Ok(page(acces, "Correspondant", ADRESSE).contenu(views::fiche(&formulaire)).render())
}

/// The form of a new one.
pub(crate) async fn nouveau(acces: Acces<TenirCorrespondants>) -> Resultat<Answer> {
    let vide = Champs::depuis(&[("genre", "hopital")]);
    dessiner(&acces, acces.nouvel_id(), &vide, &Erreurs::default(), true).await.map(Answer::html)
}

/// A correspondent.
pub(crate) async fn fiche(acces: Acces<VoirCorrespondants>, Chemin(id): Chemin<Uuid>) -> Resultat<Answer> {
    let lu = acces.lire::<Correspondant>(id).await?.ok_or(Erreur::Introuvable)?;
    dessiner(&acces, id, &saisie(&lu, lu.version), &Erreurs::default(), false).await.map(Answer::html)
}

/// Writes a correspondent: a new one, or a correction.
pub(crate) async fn ecrire(acces: Acces<TenirCorrespondants>, Chemin(id): Chemin<Uuid>, champs: Champs) -> Resultat<Answer> {
    let lu = acces.lire::<Correspondant>(id).await?;
    let correspondant = match lire_correspondant(&champs) {
        Ok(correspondant) => correspondant,
        Err(erreurs) => return dessiner(&acces, id, &champs, &erreurs, lu.is_none()).await.map(Answer::a_corriger),
    };
    let nom = correspondant.nom.clone();
    let mut acte = acces.acte("correspondants.ecrit");
    match lu {
        None => acte.create(id, &correspondant),
        Some(lu) if champs.lire::<i64>("version") == Some(lu.version) => acte.update(&lu, &correspondant),
        Some(_) => return Err(Erreur::Conflit),
    }
    acces.commit(acte).await?;
    Ok(Answer::vers(ADRESSE).dit(format!("{nom} : enregistré.")))
}
