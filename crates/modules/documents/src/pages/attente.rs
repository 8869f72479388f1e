//! What a reception says before it is filed: read on a page, or taken as a file. Under medical secrecy.

use platform::prelude::*;
use platform::web::page;
use uuid::Uuid;

use super::{Maniere, dessiner, se_dessine, servir, servir_piece};
use crate::reception::Reception;
use crate::rights::{OuvrirReception, VoirReceptions};
use crate::views;

/// The bytes of a reception before it is filed.
pub(crate) async fn brut(
    acces: Acces<OuvrirReception>,
    Chemin(id): Chemin<Uuid>,
    Parametres(maniere): Parametres<Maniere>,
) -> Resultat<Answer> {
    let (lue, octets) = ouvrir(&acces, id).await?;
    Ok(servir(octets, &lue.nom, maniere.telecharger != "oui"))
}

/// What a reception says, before it is filed.
pub(crate) async fn lire(acces: Acces<OuvrirReception>, Chemin(id): Chemin<Uuid>) -> Resultat<Answer> {
    let (lue, octets) = ouvrir(&acces, id).await?;
    let base = format!("/liaisons/reception/{id}");
    let apercu = lue.apercu.as_ref().filter(|apercu| apercu.est_lisible());
    let contenu = match apercu.map(|apercu| apercu.nature) {
        Some(nature) if se_dessine(nature) => dessiner(nature, octets, base).await?,
        Some(nature) => views::lecture::fichier(nature, &lue.nom, &base),
        None => return Err(Erreur::Introuvable),
    };
    let markup = views::reception::lecture(&lue, &contenu);
    Ok(Answer::html(page(&acces, "Document reçu", "/liaisons/reception").contenu(markup).render()))
}

/// A piece embedded in a clinical document which waits.
pub(crate) async fn piece(
    acces: Acces<OuvrirReception>,
    Chemin((id, rang)): Chemin<(Uuid, usize)>,
    Parametres(maniere): Parametres<Maniere>,
) -> Resultat<Answer> {
    let (_, octets) = ouvrir(&acces, id).await?;
    servir_piece(octets, rang, maniere.telecharger != "oui").await
}

/// A reception and its bytes, with the line of the journal which says who opened it.
async fn ouvrir(acces: &Acces<OuvrirReception>, id: Uuid) -> Resultat<(Stored<Reception>, Vec<u8>)> {
    let recues: Acces<VoirReceptions> = acces.aussi().await?;
    let lue = recues.lire::<Reception>(id).await?.filter(|lue| lue.visible(acces.contexte())).ok_or(Erreur::Introuvable)?;
    let octets = recues.piece(&lue.blob).await?.ok_or(Erreur::Introuvable)?;
    recues.commit(recues.acte("reception.ouverte").detail("reception", id.to_string())).await?;
    Ok((lue, octets))
}
