//! `/admin/lecteurs`: accounts of other organisations, opened and followed by who administers the grappe.

use kernel::id::CompteId;
use platform::acces::Compte;
use platform::prelude::*;
use platform::web::page;

use crate::acts;
use crate::forms::lire_lecteur;
use crate::model::{LANE_LECTEURS, Lecteur, Recherches};
use crate::rights::GererLecteurs;
use crate::views::admin::{self as vue, Suivi};

/// Every reader, with how their searches go. The reading of names is a line of the journal.
pub(crate) async fn liste(acces: Acces<GererLecteurs>) -> Resultat<Answer> {
    acces.exiger_grappe().await?;
    let lecteurs: Vec<Stored<Lecteur>> = acces.liste(&Query::lane(LANE_LECTEURS)).await?;
    let comptes: Vec<Stored<Compte>> = acces.comptes().await?;
    let mut suivis = Vec::with_capacity(lecteurs.len());
    for lecteur in lecteurs {
        let Some(compte) = comptes.iter().find(|compte| compte.id == lecteur.compte.0) else { continue };
        let recherches: Option<Stored<Recherches>> = acces.lire(Recherches::id(lecteur.compte)).await?;
        suivis.push(Suivi {
            nom: compte.nom_affiche.clone(),
            ouvert: compte.ouvert(acces.now()),
            recherches: recherches.map(|lues| lues.value),
            lecteur: lecteur.value,
        });
    }
    // Those whose searches nobody looked at come first.
    suivis.sort_by_key(|suivi| (std::cmp::Reverse(suivi.vaines()), suivi.nom.clone()));
    let contenu = vue::liste(&suivis, acces.now(), &acces.services().fuseau);
    Ok(Answer::html(page(&acces, "Lecteurs extérieurs", "/admin/lecteurs").contenu(contenu).render()))
}

/// The form of a new account.
pub(crate) async fn nouveau(acces: Acces<GererLecteurs>) -> Resultat<Answer> {
    acces.exiger_grappe().await?;
    Ok(Answer::html(montrer(&acces, &Champs::default(), &Erreurs::default())))
}

fn montrer(acces: &Acces<GererLecteurs>, champs: &Champs, erreurs: &Erreurs) -> maud::Markup {
    let id = champs.lire("id").unwrap_or_else(|| acces.nouvel_id());
    page(acces, "Nouveau lecteur extérieur", "/admin/lecteurs").contenu(vue::formulaire(id, champs, erreurs)).render()
}

/// Opens the account; gives the slip to hand over.
pub(crate) async fn ouvrir(acces: Acces<GererLecteurs>, champs: Champs) -> Resultat<Answer> {
    acces.exiger_grappe().await?;
    let compte = CompteId(champs.lire("id").unwrap_or_else(|| acces.nouvel_id()));
    let par = acces.contexte().acteur.nom.clone();
    let (qui, lecteur) = match lire_lecteur(&champs, compte, (acces.now(), &par)) {
        Ok(lus) => lus,
        Err(erreurs) => return Ok(Answer::a_corriger(montrer(&acces, &champs, &erreurs))),
    };
    match professionnels::ouvrir_exterieur(&acces, &qui, |acte| acte.create(Lecteur::id(compte), &lecteur)).await {
        Err(Erreur::Conflit) => Ok(Answer::vers("/admin/lecteurs").dit("Ce compte vient d'être ouvert.")),
        bon => bon.map(Answer::html),
    }
}

/// The vain searches of an account were looked at.
pub(crate) async fn examiner(acces: Acces<GererLecteurs>, Chemin(compte): Chemin<CompteId>) -> Resultat<Answer> {
    acces.exiger_grappe().await?;
    acts::examiner(&acces, compte).await?;
    Ok(Answer::vers("/admin/lecteurs").dit("Recherches vues : le compte peut chercher sans attendre."))
}
