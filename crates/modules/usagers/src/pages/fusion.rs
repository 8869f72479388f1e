//! `/admin/ins/fusion`: two records side by side, the one kept, and the way back.

use kernel::id::UsagerId;
use platform::prelude::*;
use platform::web::page;
use serde::Deserialize;

use crate::acts::{Paire, reunir, separer};
use crate::rights::{Fusionner, LireIdentite};
use crate::views::fusion::{Cote, dessiner};
use crate::{Identification, Usager};

/// The two persons compared.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(crate) struct Deux {
    a: UsagerId,
    b: UsagerId,
}

async fn cote(acces: &Acces<LireIdentite>, id: UsagerId) -> Resultat<Cote> {
    let dossier = acces.ouvrir_dossier(id).await?;
    let usager = dossier.lire::<Usager>(id).await?.ok_or(Erreur::Introuvable)?;
    let identification = dossier.lire::<Identification>(Identification::id(id)).await?.ok_or(Erreur::Introuvable)?;
    Ok(Cote { usager, identification, lien: dossier.lien().cloned() })
}

/// Both records, trait by trait.
pub(crate) async fn comparer(acces: Acces<Fusionner>, Parametres(deux): Parametres<Deux>) -> Resultat<Answer> {
    montrer(&acces, deux, &Champs::default(), &Erreurs::default()).await.map(Answer::html)
}

async fn montrer(acces: &Acces<Fusionner>, deux: Deux, champs: &Champs, erreurs: &Erreurs) -> Resultat<maud::Markup> {
    if deux.a == deux.b {
        return Err(Erreur::Demande("Choisissez deux dossiers différents.".into()));
    }
    let lecture = acces.aussi::<LireIdentite>().await?;
    let (a, b) = (cote(&lecture, deux.a).await?, cote(&lecture, deux.b).await?);
    let contenu = dessiner(&a, &b, champs, erreurs, &acces.services().fuseau);
    Ok(page(acces, "Comparer deux dossiers", "/admin/ins").contenu(contenu).render())
}

/// Merges the record set aside into the one kept.
pub(crate) async fn fusionner(acces: Acces<Fusionner>, champs: Champs) -> Resultat<Answer> {
    let lu = |nom: &str| {
        champs.lire::<UsagerId>(nom).ok_or_else(|| Erreur::Demande("Les deux dossiers à comparer ne sont pas connus.".into()))
    };
    let deux = Deux { a: lu("a")?, b: lu("b")? };
    let mut erreurs = Erreurs::default();
    let garde = champs.lire::<UsagerId>("garde").filter(|garde| [deux.a, deux.b].contains(garde));
    erreurs.exiger("garde", garde.is_some(), "Choisissez le dossier à garder.");
    erreurs.exiger(
        "verifie",
        champs.coche("verifie"),
        "Confirmez que les traits ont été vérifiés : un nom seul ne suffit jamais.",
    );
    let motif = kernel::texte::Texte::<200>::new(champs.texte("motif"));
    let motif = erreurs.garder("motif", motif);
    let (Some(garde), Some(motif), true) = (garde, motif, erreurs.aucune()) else {
        return montrer(&acces, deux, &champs, &erreurs).await.map(Answer::a_corriger);
    };
    let ecarte = if garde == deux.a { deux.b } else { deux.a };
    let paire = Paire { garde: acces.ouvrir_dossier(garde).await?, absorbe: acces.ouvrir_dossier(ecarte).await? };
    if let Some(phrase) = paire.empechement().await? {
        erreurs.ajouter("garde", phrase);
        return montrer(&acces, deux, &champs, &erreurs).await.map(Answer::a_corriger);
    }
    reunir(&paire, motif.as_str()).await?;
    Ok(Answer::vers(format!("/residents/{garde}/identite"))
        .dit("Dossiers réunis. Ils peuvent être séparés depuis l'identitovigilance."))
}

/// Takes two merged records apart.
pub(crate) async fn demeler(acces: Acces<Fusionner>, champs: Champs) -> Resultat<Answer> {
    let lu = |nom: &str| {
        champs.lire::<UsagerId>(nom).ok_or_else(|| Erreur::Demande("Les dossiers à séparer ne sont pas connus.".into()))
    };
    let (garde, ecarte) = (lu("garde")?, lu("ecarte")?);
    let paire = Paire { garde: acces.ouvrir_dossier(garde).await?, absorbe: acces.ouvrir_dossier_fusionne(ecarte).await? };
    separer(&paire).await?;
    Ok(Answer::vers("/admin/ins?file=doublons").dit("Dossiers séparés : chacun est redevenu ce qu'il était."))
}
