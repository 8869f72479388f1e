//! `/residents/{usager}/identite` and its acts.

use kernel::id::UsagerId;
use platform::prelude::*;

use super::{cadre, version};
use crate::acts::{self, Etape};
use crate::forms::{self, lire_noms, lire_traits};
use crate::rights::{EcrireIdentite, LireIdentite};
use crate::views::identite::{self as vue, Fiche, Version};
use crate::{Civilite, Identification, Usager};

async fn lire<D: Droit>(dossier: &DossierOuvert<D>) -> Resultat<(Stored<Usager>, Stored<Identification>)> {
    let usager = dossier.lire::<Usager>(dossier.usager()).await?;
    let identification = dossier.lire::<Identification>(Identification::id(dossier.usager())).await?;
    usager.zip(identification).ok_or(Erreur::Introuvable)
}

/// The identity: traits, status, INS when qualified, who changed what.
pub(crate) async fn fiche(acces: Acces<LireIdentite>, Chemin(usager): Chemin<UsagerId>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let (usager, identification) = lire(&dossier).await?;
    let mut versions = Vec::new();
    for stored in dossier.versions::<Identification>(identification.id).await? {
        let auteur = acces.auteur(stored.author).await?;
        versions.push(Version { stored, auteur });
    }
    let fiche = Fiche {
        usager: &usager,
        identification: &identification,
        versions: &versions,
        peut_ecrire: dossier.peut_ecrire(Categorie::Identite),
        fuseau: &acces.services().fuseau,
    };
    Ok(Answer::html(cadre(&acces, &dossier, ("Identité", "identite"), vue::fiche(&fiche)).await?))
}

/// The form which corrects traits and used names.
pub(crate) async fn corriger(acces: Acces<EcrireIdentite>, Chemin(usager): Chemin<UsagerId>) -> Resultat<Answer> {
    let dossier = acces.aussi::<LireIdentite>().await?.ouvrir_dossier(usager).await?;
    let (usager, identification) = lire(&dossier).await?;
    let champs = forms::saisie_identite(&usager, &identification, identification.version);
    let contenu = vue::formulaire(&dossier.usager(), &champs, &Erreurs::default());
    Ok(Answer::html(cadre(&acces, &dossier, ("Corriger l'identité", "identite"), contenu).await?))
}

/// Corrects traits and used names.
pub(crate) async fn corriger_faire(
    acces: Acces<EcrireIdentite>,
    Chemin(usager): Chemin<UsagerId>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let (connu, identification) = lire(&dossier).await?;
    let mut erreurs = Erreurs::default();
    let traits = lire_traits(&champs, &mut erreurs);
    let noms = lire_noms(&champs, &mut erreurs);
    let traits = match traits {
        Some(traits) if erreurs.aucune() => traits,
        _ => {
            let contenu = vue::formulaire(&usager, &champs, &erreurs);
            return Ok(Answer::a_corriger(cadre(&acces, &dossier, ("Corriger l'identité", "identite"), contenu).await?));
        }
    };
    if version(&champs) != identification.version {
        return Err(Erreur::Conflit);
    }
    let civilite = Civilite::lire(champs.texte("civilite"), traits.sexe());
    acts::corriger(&acces, &dossier, (&connu, &identification), (traits, noms, civilite)).await?;
    Ok(Answer::vers(format!("/residents/{usager}/identite")).dit("Identité enregistrée."))
}

/// The form which reports the answer of the téléservice INSi.
pub(crate) async fn ins(acces: Acces<EcrireIdentite>, Chemin(usager): Chemin<UsagerId>) -> Resultat<Answer> {
    let dossier = acces.aussi::<LireIdentite>().await?.ouvrir_dossier(usager).await?;
    let (connu, identification) = lire(&dossier).await?;
    let champs = forms::saisie_identite(&connu, &identification, identification.version);
    let contenu = vue::formulaire_ins(&identification, &champs, &Erreurs::default(), acces.services().demo);
    Ok(Answer::html(cadre(&acces, &dossier, ("INS", "identite"), contenu).await?))
}

/// Reads a code scanned, or reports the INS with its traits.
pub(crate) async fn ins_faire(
    acces: Acces<EcrireIdentite>,
    Chemin(usager): Chemin<UsagerId>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let (connu, identification) = lire(&dossier).await?;
    let demo = acces.services().demo;
    let mut erreurs = Erreurs::default();
    let code = champs.texte("datamatrix").to_owned();
    if champs.texte("etape") == "lire" {
        let lus = forms::saisie_datamatrix(&code, champs.texte("version"));
        let montres = erreurs.garder("datamatrix", lus).unwrap_or(champs);
        let contenu = vue::formulaire_ins(&identification, &montres, &erreurs, demo);
        let markup = cadre(&acces, &dossier, ("INS", "identite"), contenu).await?;
        return Ok(if erreurs.aucune() { Answer::html(markup) } else { Answer::a_corriger(markup) });
    }
    let ins = forms::lire_ins(&champs, demo, &mut erreurs);
    let traits = lire_traits(&champs, &mut erreurs);
    erreurs.exiger(
        "insi",
        champs.coche("insi"),
        "Confirmez que ces traits viennent du téléservice INSi : un code imprimé ou une carte ne suffisent pas.",
    );
    let (Some(ins), Some(traits), true) = (ins, traits, erreurs.aucune()) else {
        let contenu = vue::formulaire_ins(&identification, &champs, &erreurs, demo);
        return Ok(Answer::a_corriger(cadre(&acces, &dossier, ("INS", "identite"), contenu).await?));
    };
    if version(&champs) != identification.version {
        return Err(Erreur::Conflit);
    }
    match acts::reporter_ins(&acces, &dossier, (&connu, &identification), (ins, traits)).await {
        Ok(()) => Ok(Answer::vers(format!("/residents/{usager}/identite")).dit("INS enregistrée.")),
        Err(Erreur::DejaPris(_)) => {
            erreurs.ajouter("matricule", "Un autre dossier de l'établissement porte déjà ce matricule. Cherchez le doublon dans l'identitovigilance avant de continuer.");
            let contenu = vue::formulaire_ins(&identification, &champs, &erreurs, demo);
            Ok(Answer::a_corriger(cadre(&acces, &dossier, ("INS", "identite"), contenu).await?))
        }
        Err(autre) => Err(autre),
    }
}

/// Crosses a step: document seen, doubt, imaginary, INS withdrawn.
pub(crate) async fn etape(acces: Acces<EcrireIdentite>, Chemin(usager): Chemin<UsagerId>, champs: Champs) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let (_, identification) = lire(&dossier).await?;
    let etape = Etape::lire(champs.texte("etape"), champs.texte("document"))
        .ok_or_else(|| Erreur::Demande("Choisissez la pièce d'identité vue. Rien n'a été enregistré.".into()))?;
    if version(&champs) != identification.version {
        return Err(Erreur::Conflit);
    }
    acts::franchir(&dossier, &identification, etape).await?;
    Ok(Answer::vers(format!("/residents/{usager}/identite")).dit(etape.phrase()))
}
