//! The photo of a person: shown, put with the person's agreement, removed.

use http::header::{CACHE_CONTROL, IF_NONE_MATCH};
use http::{HeaderMap, HeaderValue};
use kernel::id::UsagerId;
use maud::html;
use platform::prelude::*;
use platform::web::Fichiers;
use ui::alerte::{Alerte, Nature};
use ui::bloc::EntetePage;
use ui::boutons::{Bouton, boutons};
use ui::champs::Case;
use ui::photo::{Photo, Taille};

use super::cadre;
use crate::Usager;
use crate::acts::ecrire_photo;
use crate::photo::{mime, nettoyer};
use crate::rights::{EcrirePhoto, VoirPhoto};

/// The photo; the browser keeps it for itself and asks again whether it changed.
pub(crate) async fn voir(acces: Acces<VoirPhoto>, Chemin(usager): Chemin<UsagerId>, entetes: HeaderMap) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let lu = dossier.lire::<Usager>(usager).await?.ok_or(Erreur::Introuvable)?;
    let id = lu.photo.as_ref().ok_or(Erreur::Introuvable)?;
    let etiquette = format!("\"{}\"", id.0);
    let garde =
        |answer: Answer| answer.entete(CACHE_CONTROL, HeaderValue::from_static("private, max-age=86400")).etag(&etiquette);
    if entetes.get(IF_NONE_MATCH).is_some_and(|connue| connue.as_bytes() == etiquette.as_bytes()) {
        return Ok(garde(Answer::inchange()));
    }
    let octets = dossier.document(id).await?.ok_or(Erreur::Introuvable)?;
    let genre = mime(&octets);
    Ok(garde(Answer::fichier(octets, genre, "photo", true)))
}

async fn formulaire<D: Droit>(acces: &Acces<D>, dossier: &DossierOuvert<D>, erreurs: &Erreurs) -> Resultat<maud::Markup> {
    let lu = dossier.lire::<Usager>(dossier.usager()).await?.ok_or(Erreur::Introuvable)?;
    let action = format!("/residents/{}/photo", dossier.usager());
    let source = lu.photo.as_ref().map(|id| format!("{action}?v={}", id.0.get(..12).unwrap_or_default()));
    let contenu = html! {
        (EntetePage::new("Photo").phrase("Une photo dans le bandeau évite de se tromper de personne."))
        (erreurs.resume())
        (Photo::new(lu.nom.as_str(), lu.prenom.as_str()).source(source.clone()).taille(Taille::Grande))
        form class="formulaire" method="post" action=(action) enctype="multipart/form-data" {
            div class="champ" {
                label for="photo" { "Photo JPEG ou PNG, 10 Mo au plus" }
                @if let Some(erreur) = erreurs.de("photo") { p class="champ-erreur" { (erreur) } }
                input class="saisie" type="file" id="photo" name="photo" accept="image/jpeg,image/png" required;
            }
            (Case::new("accord", "La personne, ou qui la représente, est d'accord pour cette photo dans son dossier").erreur(erreurs.de("accord")).requis())
            (Alerte::new(Nature::Info, "Le lieu, l'appareil et la date écrits par l'appareil dans le fichier sont effacés."))
            (boutons(&html! { (Bouton::envoyer("Enregistrer la photo").principal()) }))
        }
        @if source.is_some() {
            form method="post" action=(format!("{action}/retirer")) { (Bouton::envoyer("Retirer la photo").danger().petit()) }
        }
    };
    cadre(acces, dossier, ("Photo", ""), contenu).await
}

/// The form.
pub(crate) async fn modifier(acces: Acces<EcrirePhoto>, Chemin(usager): Chemin<UsagerId>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    Ok(Answer::html(formulaire(&acces, &dossier, &Erreurs::default()).await?))
}

/// Puts the photo.
pub(crate) async fn mettre(acces: Acces<EcrirePhoto>, Chemin(usager): Chemin<UsagerId>, recus: Fichiers) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let mut erreurs = Erreurs::default();
    erreurs.exiger("accord", recus.champs.coche("accord"), "Sans l'accord de la personne, la photo n'est pas gardée.");
    let propre = match recus.fichiers.first() {
        Some(recu) => erreurs.garder("photo", nettoyer(&recu.octets)),
        None => erreurs.garder("photo", Err::<Vec<u8>, _>("Choisissez une photo.")),
    };
    match propre {
        Some(octets) if erreurs.aucune() => {
            ecrire_photo(&dossier, Some(acces.sceller(&octets)?)).await?;
            Ok(Answer::vers(format!("/residents/{usager}")).dit("Photo enregistrée."))
        }
        _ => Ok(Answer::a_corriger(formulaire(&acces, &dossier, &erreurs).await?)),
    }
}

/// Removes the photo: initials are shown again.
pub(crate) async fn retirer(acces: Acces<EcrirePhoto>, Chemin(usager): Chemin<UsagerId>, _champs: Champs) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    ecrire_photo(&dossier, None).await?;
    Ok(Answer::vers(format!("/residents/{usager}")).dit("Photo retirée."))
}
