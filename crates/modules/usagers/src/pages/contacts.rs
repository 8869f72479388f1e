//! `/residents/{usager}/contacts`: contacts, personne de confiance, protection measure, directives.

use kernel::id::UsagerId;
use platform::prelude::*;
use uuid::Uuid;

use super::{cadre, version};
use crate::acts::modifier_entourage;
use crate::forms::{lire_contact, lire_mesure, saisie_contact, saisie_mesure};
use crate::rights::{EcrireEntourage, LireEntourage};
use crate::views::contacts::{self as vue, Fiche};
use crate::{Contact, Entourage};

const ONGLET: (&str, &str) = ("Entourage", "contacts");

async fn lue<D: Droit>(dossier: &DossierOuvert<D>) -> Resultat<Option<Stored<Entourage>>> {
    dossier.lire::<Entourage>(Entourage::id(dossier.usager())).await
}

/// The contacts, in the order to call them.
pub(crate) async fn contacts(acces: Acces<LireEntourage>, Chemin(usager): Chemin<UsagerId>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let lue = lue(&dossier).await?;
    let auteur = match &lue {
        Some(lue) => acces.auteur(lue.author).await?,
        None => String::new(),
    };
    let peut = dossier.peut_ecrire(Categorie::Administratif);
    let fiche = Fiche { usager, lue: lue.as_ref(), auteur, peut, fuseau: &acces.services().fuseau };
    Ok(Answer::html(cadre(&acces, &dossier, ONGLET, vue::page(&fiche)).await?))
}

/// The form of a new contact.
pub(crate) async fn nouveau(acces: Acces<EcrireEntourage>, Chemin(usager): Chemin<UsagerId>) -> Resultat<Answer> {
    let dossier = acces.aussi::<LireEntourage>().await?.ouvrir_dossier(usager).await?;
    let version = lue(&dossier).await?.map_or(0, |lue| lue.version).to_string();
    let champs = Champs::depuis(&[("version", &version)]);
    let contenu = vue::formulaire((usager, acces.nouvel_id()), true, &champs, &Erreurs::default());
    Ok(Answer::html(cadre(&acces, &dossier, ONGLET, contenu).await?))
}

/// The form of a known contact.
pub(crate) async fn modifier(acces: Acces<EcrireEntourage>, Chemin((usager, id)): Chemin<(UsagerId, Uuid)>) -> Resultat<Answer> {
    let dossier = acces.aussi::<LireEntourage>().await?.ouvrir_dossier(usager).await?;
    let lue = lue(&dossier).await?.ok_or(Erreur::Introuvable)?;
    let contact = lue.contacts.iter().find(|contact| contact.id == id).ok_or(Erreur::Introuvable)?;
    let champs = saisie_contact(contact, lue.version);
    let contenu = vue::formulaire((usager, id), false, &champs, &Erreurs::default());
    Ok(Answer::html(cadre(&acces, &dossier, ONGLET, contenu).await?))
}

/// Writes a contact: a new one at the end, a known one in its place.
pub(crate) async fn ecrire(
    acces: Acces<EcrireEntourage>,
    Chemin((usager, id)): Chemin<(UsagerId, Uuid)>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let connu = lue(&dossier).await?.is_some_and(|lue| lue.contacts.iter().any(|contact| contact.id == id));
    let contact = match lire_contact(&champs, id) {
        Ok(contact) => contact,
        Err(erreurs) => {
            let contenu = vue::formulaire((usager, id), !connu, &champs, &erreurs);
            return Ok(Answer::a_corriger(cadre(&acces, &dossier, ONGLET, contenu).await?));
        }
    };
    modifier_entourage(&dossier, ("entourage.contact_ecrit", version(&champs)), |entourage| {
        poser(&mut entourage.contacts, contact);
    })
    .await?;
    Ok(Answer::vers(format!("/residents/{usager}/contacts")).dit("Contact enregistré."))
}

fn poser(contacts: &mut Vec<Contact>, nouveau: Contact) {
    match contacts.iter_mut().find(|contact| contact.id == nouveau.id) {
        Some(connu) => *connu = nouveau,
        None => contacts.push(nouveau),
    }
}

/// Moves a contact up in the order of calls, or takes it away.
pub(crate) async fn ordonner(
    acces: Acces<EcrireEntourage>,
    Chemin((usager, id)): Chemin<(UsagerId, Uuid)>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let retirer = champs.texte("geste") == "retirer";
    let verbe = if retirer { "entourage.contact_retire" } else { "entourage.contact_remonte" };
    modifier_entourage(&dossier, (verbe, version(&champs)), |entourage| {
        let contacts = &mut entourage.contacts;
        match contacts.iter().position(|contact| contact.id == id) {
            Some(rang) if retirer => drop(contacts.remove(rang)),
            Some(rang) if rang > 0 => contacts.swap(rang - 1, rang),
            _ => {}
        }
    })
    .await?;
    let mots =
        if retirer { "Contact retiré. Il reste lisible dans l'historique du dossier." } else { "Ordre d'appel modifié." };
    Ok(Answer::vers(format!("/residents/{usager}/contacts")).dit(mots))
}

/// The form of the protection measure and of the directives.
pub(crate) async fn mesure(acces: Acces<EcrireEntourage>, Chemin(usager): Chemin<UsagerId>) -> Resultat<Answer> {
    let dossier = acces.aussi::<LireEntourage>().await?.ouvrir_dossier(usager).await?;
    let lue = lue(&dossier).await?;
    let champs = saisie_mesure(lue.as_ref().map(|lue| &lue.value), lue.as_ref().map_or(0, |lue| lue.version));
    Ok(Answer::html(cadre(&acces, &dossier, ONGLET, vue::formulaire_mesure(usager, &champs, &Erreurs::default())).await?))
}

/// Writes the protection measure and the directives.
pub(crate) async fn mesure_faire(
    acces: Acces<EcrireEntourage>,
    Chemin(usager): Chemin<UsagerId>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    match lire_mesure(&champs) {
        Err(erreurs) => {
            let contenu = vue::formulaire_mesure(usager, &champs, &erreurs);
            Ok(Answer::a_corriger(cadre(&acces, &dossier, ONGLET, contenu).await?))
        }
        Ok((mesure, directives)) => {
            modifier_entourage(&dossier, ("entourage.mesure_ecrite", version(&champs)), |entourage| {
                entourage.mesure = mesure;
                entourage.directives = directives;
            })
            .await?;
            Ok(Answer::vers(format!("/residents/{usager}/contacts")).dit("Protection et directives enregistrées."))
        }
    }
}
