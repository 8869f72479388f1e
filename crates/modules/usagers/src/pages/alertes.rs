//! `/residents/{usager}/alertes`: allergies, textures, chips with their proof.

use kernel::id::UsagerId;
use platform::prelude::*;

use super::{cadre, version};
use crate::acts::ecrire_alertes;
use crate::forms::{lire_alertes, saisie_alertes};
use crate::rights::{EcrireAlertes, LireAlertes};
use crate::views::alertes::{self as vue, Ecran};
use crate::{Alertes, SignalAlerte};

/// The page: what is known, who noted it, the form for those who may write.
pub(crate) async fn alertes(acces: Acces<LireAlertes>, Chemin(usager): Chemin<UsagerId>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let lue = dossier.lire::<Alertes>(Alertes::id(usager)).await?;
    let champs = saisie_alertes(lue.as_ref().map(|lue| &lue.value), lue.as_ref().map_or(0, |lue| lue.version));
    montrer(&acces, &dossier, lue, &champs, &Erreurs::default()).await.map(Answer::html)
}

async fn montrer<D: Droit>(
    acces: &Acces<D>,
    dossier: &DossierOuvert<D>,
    lue: Option<Stored<Alertes>>,
    champs: &Champs,
    erreurs: &Erreurs,
) -> Resultat<maud::Markup> {
    let auteur = match &lue {
        Some(lue) => acces.auteur(lue.author).await?,
        None => String::new(),
    };
    let peut = dossier.peut_ecrire(Categorie::Alertes);
    let ecran =
        Ecran { usager: dossier.usager(), lue: lue.as_ref(), auteur, champs, erreurs, peut, fuseau: &acces.services().fuseau };
    cadre(acces, dossier, ("Allergies et alertes", ""), vue::page(&ecran)).await
}

/// Writes allergies, textures, transfers, GIR.
pub(crate) async fn ecrire(acces: Acces<EcrireAlertes>, Chemin(usager): Chemin<UsagerId>, champs: Champs) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let etablissement = dossier.etablissement().ok_or(Erreur::Introuvable)?;
    let lue = dossier.lire::<Alertes>(Alertes::id(usager)).await?;
    let aujourd_hui = kernel::dates::jour_local(acces.now(), &acces.services().fuseau);
    match lire_alertes(&champs, lue.as_ref().map(|lue| &lue.value), (usager, etablissement), aujourd_hui) {
        Err(erreurs) => montrer(&acces, &dossier, lue, &champs, &erreurs).await.map(Answer::a_corriger),
        Ok(nouvelle) => {
            ecrire_alertes(&dossier, lue, &nouvelle, ("alertes.ecrites", version(&champs))).await?;
            Ok(Answer::vers(format!("/residents/{usager}/alertes")).dit("Allergies et alertes enregistrées."))
        }
    }
}

/// Puts up a chip, or takes one down.
pub(crate) async fn signal(acces: Acces<EcrireAlertes>, Chemin(usager): Chemin<UsagerId>, champs: Champs) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let etablissement = dossier.etablissement().ok_or(Erreur::Introuvable)?;
    let lue = dossier.lire::<Alertes>(Alertes::id(usager)).await?;
    let vide = Alertes::vides(usager, etablissement);
    let mut nouvelle = lue.as_ref().map_or(vide, |lue| lue.value.clone());
    let (code, lever) = (champs.texte("code").to_owned(), champs.texte("lever").to_owned());
    let verbe = if lever.is_empty() {
        let connu = SignalAlerte::CONNUS.iter().find(|(connu, ..)| *connu == code);
        let (code, libelle, danger) =
            connu.ok_or_else(|| Erreur::Demande("Choisissez une alerte de la liste. Rien n'a été enregistré.".into()))?;
        nouvelle.signaux.retain(|signal| signal.code != *code);
        let note_par = acces.contexte().acteur.nom.clone();
        nouvelle.signaux.push(SignalAlerte {
            code: (*code).to_owned(),
            libelle: (*libelle).to_owned(),
            danger: *danger,
            depuis: acces.now(),
            note_par,
        });
        "alertes.signal_pose"
    } else {
        nouvelle.signaux.retain(|signal| signal.code != lever);
        "alertes.signal_leve"
    };
    ecrire_alertes(&dossier, lue, &nouvelle, (verbe, version(&champs))).await?;
    Ok(Answer::vers(format!("/residents/{usager}/alertes")).dit("Alertes mises à jour."))
}
