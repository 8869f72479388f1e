//! Pages: the list of editions, a binder on demand, its download.

use kernel::id::UniteId;
use platform::acces::Acces;
use platform::erreur::{Erreur, Resultat};
use platform::store::Query;
use platform::web::{Answer, Champs, Chemin, page};
use uuid::Uuid;

use crate::fabrique::editer;
use crate::model::{Cause, Edition, lane_editions};
use crate::rights::{OuvrirClasseur, Ressaisir, VoirEditions};
use crate::views;

/// The editions of the establishment and their age.
pub(crate) async fn editions(acces: Acces<VoirEditions>) -> Resultat<Answer> {
    let etablissement = acces.etablissement()?;
    let liste = acces.liste::<Edition>(&Query::lane(&lane_editions(etablissement)).newest_first().limit(200)).await?;
    let unites = acces.services().enseigne.unites(etablissement);
    let contenu = views::editions(
        &liste,
        &unites,
        acces.now(),
        &acces.services().fuseau,
        (acces.peut::<OuvrirClasseur>(), acces.peut::<Ressaisir>()),
        acces.nouvel_id(),
    );
    Ok(Answer::html(page(&acces, "Classeurs de secours", "/secours").contenu(contenu).render()))
}

/// Makes the binder of a unit now.
pub(crate) async fn demander(acces: Acces<OuvrirClasseur>, champs: Champs) -> Resultat<Answer> {
    let etablissement = acces.etablissement()?;
    let unite: UniteId = champs.lire("unite").ok_or_else(|| Erreur::Demande("Choisissez l'unité du classeur.".into()))?;
    atteindre(&acces, unite)?;
    let id: Uuid = champs.lire("id").unwrap_or_else(|| acces.nouvel_id());
    let par = acces.contexte().acteur.nom.clone();
    editer(acces.services(), id, etablissement, unite, Cause::Demandee { par }).await?;
    Ok(Answer::vers("/secours").dit("Classeur édité. Téléchargez-le pour l'imprimer."))
}

/// A unit of the establishment, among those the role reaches; another one does not exist for the reader.
fn atteindre(acces: &Acces<OuvrirClasseur>, unite: UniteId) -> Resultat<()> {
    let etablissement = acces.etablissement()?;
    let connue = acces.services().enseigne.unites(etablissement).iter().any(|(id, _)| *id == unite);
    let atteinte = acces.unites(etablissement).is_none_or(|unites| unites.contains(&unite));
    if connue && atteinte { Ok(()) } else { Err(Erreur::Introuvable) }
}

/// The PDF of an edition; its opening is journalled.
pub(crate) async fn telecharger(acces: Acces<OuvrirClasseur>, Chemin(id): Chemin<Uuid>) -> Resultat<Answer> {
    let edition = acces.lire::<Edition>(id).await?.ok_or(Erreur::Introuvable)?;
    if edition.etablissement != acces.etablissement()? {
        return Err(Erreur::Introuvable);
    }
    atteindre(&acces, edition.unite)?;
    let pdf = acces.piece(&edition.blob).await?.ok_or_else(|| Erreur::Panne("the bytes of a binder are missing".into()))?;
    acces.commit(acces.acte("secours.telecharge").detail("unite", edition.unite.to_string())).await?;
    let jour = kernel::dates::jour_local(edition.edite_le, &acces.services().fuseau);
    Ok(Answer::fichier(pdf, "application/pdf", &format!("classeur-{}-{jour}.pdf", edition.unite_nom), false))
}
