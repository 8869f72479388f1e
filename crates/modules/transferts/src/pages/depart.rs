//! `/residents/{usager}/transfert`: the house left proposes, follows, withdraws.

use kernel::id::{EtablissementId, UsagerId};
use maud::{Markup, html};
use platform::acces::{CibleOpposition, Rattachement};
use platform::prelude::*;
use uuid::Uuid;

use super::imprimer;
use crate::acts;
use crate::document;
use crate::familles::recueillir;
use crate::forms;
use crate::model::Transfert;
use crate::rights::ProposerTransfert;
use crate::views::depart::{self as vue, Ecran};

/// Transfers of a person shown at most.
const MAX: u32 = 50;

type Dossier = DossierOuvert<ProposerTransfert>;

/// The houses which may be asked: those in service, but the one left.
async fn maisons(acces: &Acces<ProposerTransfert>, ici: EtablissementId) -> Resultat<Vec<(EtablissementId, String)>> {
    let toutes = etablissements::etablissements(acces).await?;
    let autres = toutes.into_iter().filter(|lu| lu.actif && lu.value.id != ici);
    Ok(autres.map(|lu| (lu.value.id, lu.nom.as_str().to_owned())).collect())
}

async fn nom_de(acces: &Acces<ProposerTransfert>, etablissement: EtablissementId) -> Resultat<String> {
    let lu = acces.lire::<etablissements::Etablissement>(etablissement).await?.ok_or(Erreur::Introuvable)?;
    Ok(lu.nom.as_str().to_owned())
}

async fn transferts(dossier: &Dossier) -> Resultat<Vec<Stored<Transfert>>> {
    dossier.liste::<Transfert>(|query| query.newest_first().limit(MAX)).await
}

async fn dessiner(acces: &Acces<ProposerTransfert>, dossier: &Dossier, champs: &Champs, erreurs: &Erreurs) -> Resultat<Markup> {
    let usager = dossier.usager();
    let lies = dossier.lien().is_some_and(|lien| lien.etat.en_cours());
    let contenu = recueillir(dossier).await?;
    let resident = sejours::resident(dossier).await?.ok_or(Erreur::Introuvable)?;
    let tous = transferts(dossier).await?;
    let maisons = maisons(acces, resident.sejour.etablissement).await?;
    let ecran = Ecran {
        usager,
        tous: &tous,
        maisons: &maisons,
        contenu: &contenu,
        // Names are for who reads the medical file; the others see how many.
        detail: dossier.consultation().peut_lire(Categorie::Medical),
        possible: lies,
        champs,
        erreurs,
        fuseau: &acces.services().fuseau,
    };
    let actuel = format!("/residents/{usager}/sejour");
    let (page, onglets) = platform::dossier::page(acces, dossier, "Transfert vers un autre établissement", &actuel).await?;
    Ok(page.contenu(html! { (onglets) (vue::page(&ecran)) }).render())
}

/// The form, or where the transfer in progress stands.
pub(crate) async fn page(acces: Acces<ProposerTransfert>, Chemin(usager): Chemin<UsagerId>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let aujourd_hui = kernel::dates::jour_local(acces.now(), &acces.services().fuseau).to_string();
    let champs = Champs::depuis(&[("id", &acces.nouvel_id().to_string()), ("accord_le", &aujourd_hui)]);
    dessiner(&acces, &dossier, &champs, &Erreurs::default()).await.map(Answer::html)
}

/// True if the person does not want that house to see everything.
fn oppose(rattachement: &Rattachement, vers: EtablissementId) -> bool {
    let totale = |opposition: &platform::acces::Opposition| opposition.categories.is_empty();
    rattachement
        .oppositions
        .iter()
        .any(|opposition| opposition.cible == CibleOpposition::Etablissement(vers) && totale(opposition))
}

/// Proposes.
pub(crate) async fn proposer(
    acces: Acces<ProposerTransfert>,
    Chemin(usager): Chemin<UsagerId>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let retour = format!("/residents/{usager}/transfert");
    let id: Uuid =
        champs.lire("id").ok_or_else(|| Erreur::Demande("Ce formulaire est incomplet. Ouvrez-le de nouveau.".into()))?;
    if dossier.lire::<Transfert>(id).await?.is_some() {
        return Ok(Answer::vers(retour).dit("Transfert proposé."));
    }
    let lien = dossier.lien().filter(|lien| lien.etat.en_cours()).cloned();
    let lien =
        lien.ok_or_else(|| Erreur::Demande("Le séjour de cette personne est terminé : il n'y a rien à transférer.".into()))?;
    let resident = sejours::resident(&dossier).await?.ok_or(Erreur::Introuvable)?;
    let maisons = maisons(&acces, lien.etablissement).await?;
    let cadre = forms::Cadre {
        maisons: &maisons,
        genre: resident.sejour.genre,
        par: &acces.contexte().acteur.nom,
        now: acces.now(),
        fuseau: &acces.services().fuseau,
    };
    let mut erreurs = match forms::proposition(&champs, &cadre) {
        Err(erreurs) => erreurs,
        Ok((vers, ..)) if oppose(dossier.rattachement(), vers) => {
            let mut erreurs = Erreurs::default();
            erreurs.ajouter("vers", "La personne s'oppose à ce que cet établissement voie son dossier. Levez l'opposition avec elle, ou choisissez-en un autre.");
            erreurs
        }
        Ok((vers, nom, demande)) => {
            let de_nom = nom_de(&acces, lien.etablissement).await?;
            match acts::proposer(&dossier, id, (vers, nom.clone(), de_nom), demande).await {
                Ok(()) => {
                    return Ok(Answer::vers(retour)
                        .dit(format!("Transfert proposé à {nom}. Rien du dossier n'est lisible là-bas avant la réponse.")));
                }
                Err(Erreur::DejaPris(_)) => un("vers", "Un transfert est déjà en cours pour cette personne."),
                Err(Erreur::Demande(phrase)) => un("vers", &phrase),
                Err(autre) => return Err(autre),
            }
        }
    };
    if erreurs.aucune() {
        erreurs.ajouter("vers", "Choisissez l'établissement d'accueil.");
    }
    dessiner(&acces, &dossier, &champs, &erreurs).await.map(Answer::a_corriger)
}

fn un(champ: &str, phrase: &str) -> Erreurs {
    let mut erreurs = Erreurs::default();
    erreurs.ajouter(champ, phrase);
    erreurs
}

/// Withdraws.
pub(crate) async fn retirer(
    acces: Acces<ProposerTransfert>,
    Chemin((usager, id)): Chemin<(UsagerId, Uuid)>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let lu: Stored<Transfert> = dossier.lire(id).await?.ok_or(Erreur::Introuvable)?;
    match forms::motif(&champs, "Dites pourquoi la demande est retirée : l'autre établissement le lira.") {
        Err(erreurs) => dessiner(&acces, &dossier, &champs, &erreurs).await.map(Answer::a_corriger),
        Ok(motif) => {
            acts::retirer(&dossier, &lu, motif).await?;
            Ok(Answer::vers(format!("/residents/{usager}/transfert")).dit("Demande retirée."))
        }
    }
}

/// The summary on paper.
pub(crate) async fn resume(acces: Acces<ProposerTransfert>, Chemin((usager, id)): Chemin<(UsagerId, Uuid)>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let lu: Stored<Transfert> = dossier.lire(id).await?.ok_or(Erreur::Introuvable)?;
    let contenu = recueillir(&dossier).await?;
    let detail = dossier.consultation().peut_lire(Categorie::Medical);
    let resident = sejours::resident(&dossier).await?.ok_or(Erreur::Introuvable)?;
    let identification = dossier.lire::<usagers::Identification>(usagers::Identification::id(dossier.usager())).await?;
    let resume = document::Resume {
        nom: resident.usager.nom_complet(),
        identification: identification.as_ref().map(|lue| &lue.value),
        de: nom_de(&acces, lu.etablissement).await?,
        vers: lu.vers_nom.clone(),
        demande: &lu.demande,
        etat: vue::phrase(&lu, &acces.services().fuseau),
        comptes: contenu.comptes(),
        detail: detail.then_some(&contenu),
        par: acces.contexte().acteur.nom.clone(),
        now: acces.now(),
        fuseau: &acces.services().fuseau,
    };
    imprimer(document::resume(&resume), "transfert.pdf").await
}
