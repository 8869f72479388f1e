//! `/consignes`: what the team was asked, until when.

use std::collections::HashMap;

use jiff::SignedDuration;
use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::acces::{Acces, Droit, PerimetreOuvert};
use platform::erreur::{Erreur, Resultat};
use platform::store::{Query, Stored};
use platform::web::{Answer, Champs, Chemin, Erreurs};
use ui::bloc::EntetePage;
use ui::impression::bouton_imprimer;
use uuid::Uuid;

use super::{nom_perimetre, perimetre};
use crate::acts;
use crate::consigne::Consigne;
use crate::forms;
use crate::records;
use crate::rights::{EcrireTransmissions, LeverConsigne, LireConsignes, LireTransmissions};
use crate::views::consignes::{Consignes, consigne, consignes};
use crate::views::formulaire::motif_seul;
use crate::views::{Regard, tirage};

/// Days during which an instruction which ended is still shown.
const TERMINEES_JOURS: i64 = 30;

/// The instructions of a perimeter, those which ended lately included.
pub(crate) async fn de<D: Droit>(perimetre: &PerimetreOuvert<D>) -> Resultat<Vec<Stored<Consigne>>> {
    let etablissement = perimetre.etablissement();
    let depuis = perimetre.contexte().now - SignedDuration::from_hours(24 * (TERMINEES_JOURS + 1));
    let Some(unites) = perimetre.unites() else {
        return perimetre.liste(&Query::lane2(&records::lane_consignes_etablissement(etablissement)).since(depuis)).await;
    };
    let mut toutes = Vec::new();
    for unite in unites {
        toutes.extend(perimetre.liste(&Query::lane(&records::lane_consignes(etablissement, Some(*unite))).since(depuis)).await?);
    }
    toutes.sort_by_key(|lue: &Stored<Consigne>| (lue.jusquau, lue.saisi_le));
    Ok(toutes)
}

/// The page.
pub(crate) async fn liste(acces: Acces<LireConsignes>) -> Resultat<Answer> {
    let perimetre = perimetre(&acces, None).await?;
    let toutes = de(&perimetre).await?;
    let residents = sejours::residents_nommes(&perimetre).await?;
    let noms: HashMap<UsagerId, (String, String)> = residents
        .iter()
        .map(|resident| (resident.id(), (resident.usager.nom_complet(), resident.sejour.chambre_libelle.clone())))
        .collect();
    let jour = kernel::dates::jour_local(acces.now(), &acces.services().fuseau);
    let vue = Consignes { toutes: &toutes, noms: &noms, jour, peut_ecrire: acces.peut::<EcrireTransmissions>() };
    let (entete, pied) = tirage(&acces, "Consignes", "/consignes");
    let contenu = html! {
        (entete)
        (EntetePage::new("Consignes").phrase(nom_perimetre(&acces, &perimetre)).actions(bouton_imprimer()))
        (consignes(&Regard::de(&acces), &vue))
        (pied)
    };
    Ok(Answer::html(platform::web::page(&acces, "Consignes", "/consignes").contenu(contenu).render()))
}

async fn page_lever(acces: &Acces<LeverConsigne>, usager: UsagerId, id: Uuid, erreurs: &Erreurs) -> Resultat<Markup> {
    let dossier = acces.aussi::<LireTransmissions>().await?.ouvrir_dossier(usager).await?;
    let lue = dossier.lire::<Consigne>(id).await?.ok_or(Erreur::Introuvable)?;
    let jour = kernel::dates::jour_local(acces.now(), &acces.services().fuseau);
    let action = format!("/residents/{usager}/consignes/{id}/lever");
    let contenu = html! {
        (EntetePage::new("Mettre fin à une consigne").parent("Consignes", "/consignes"))
        ol class="journal" role="list" { (consigne(&Regard::de(acces), &lue, None, jour, false)) }
        (motif_seul(&action, "/consignes", lue.version, "Mettre fin à la consigne", erreurs))
    };
    let page = platform::web::page(acces, "Mettre fin à une consigne", "/consignes").bandeau(sejours::bandeau(&dossier).await?);
    Ok(page.contenu(contenu).render())
}

/// The form which asks why an instruction ends.
pub(crate) async fn lever(acces: Acces<LeverConsigne>, Chemin((usager, id)): Chemin<(UsagerId, Uuid)>) -> Resultat<Answer> {
    acces.ouvrir_dossier(usager).await?;
    Ok(Answer::html(page_lever(&acces, usager, id, &Erreurs::default()).await?))
}

/// An instruction ends before its day.
pub(crate) async fn levee(
    acces: Acces<LeverConsigne>,
    Chemin((usager, id)): Chemin<(UsagerId, Uuid)>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let mut erreurs = Erreurs::default();
    let Some(motif) = forms::motif(&champs, &mut erreurs) else {
        return Ok(Answer::a_corriger(page_lever(&acces, usager, id, &erreurs).await?));
    };
    acts::lever(&dossier, id, motif).await?;
    Ok(Answer::vers("/consignes").dit("La consigne a pris fin. Elle reste lisible parmi les terminées."))
}
