//! What waits for a decision; and the day of a person.

use std::collections::HashMap;

use kernel::dates::jour_local;
use kernel::id::UsagerId;
use platform::acces::Acces;
use platform::erreur::{Erreur, Resultat};
use platform::store::{Query, Stored};
use platform::web::{Answer, Champs, Chemin, Parametres, page};
use serde::Deserialize;
use usagers::Usager;
use uuid::Uuid;

use crate::acts::decider::decider as decider_acte;
use crate::journee::journee;
use crate::records::lane_verifies;
use crate::rights::{LireSoins, LireTour, PlanifierSoins};
use crate::tour::fuseau;
use crate::verification::{AVerifier, Decision};
use crate::views::a_verifier::PageAVerifier;
use crate::views::journee as vue_journee;

async fn dessiner(acces: &Acces<LireTour>, erreur: Option<String>) -> Resultat<maud::Markup> {
    let perimetre = acces.ouvrir_perimetre(acces.etablissement()?, &[]).await?;
    let peut_decider = acces.peut::<PlanifierSoins>();
    let compte = acces.contexte().acteur.compte;
    let mut ouverts = super::tour::a_verifier(acces, &perimetre).await?;
    let mut fermes: Vec<Stored<AVerifier>> =
        perimetre.liste(&Query::lane(&lane_verifies(perimetre.etablissement())).newest_first().limit(30)).await?;
    fermes.retain(|ferme| perimetre.couvre(ferme.unite));
    if !peut_decider {
        ouverts.retain(|ouvert| ouvert.concerne(compte));
        fermes.retain(|ferme| ferme.concerne(compte));
    }
    let ids: Vec<Uuid> = ouverts.iter().chain(&fermes).map(|releve| releve.usager.0).collect();
    let noms: HashMap<UsagerId, String> =
        perimetre.lire::<Usager>(&ids).await?.into_iter().map(|usager| (usager.value.id, usager.nom_complet())).collect();
    let nommer = |releve: Stored<AVerifier>| {
        let nom = noms.get(&releve.usager).cloned().unwrap_or_default();
        (releve, nom)
    };
    let vue = PageAVerifier {
        ouverts: ouverts.into_iter().map(nommer).collect(),
        fermes: fermes.into_iter().map(nommer).collect(),
        peut_decider,
        miens: !peut_decider,
        erreur,
    };
    Ok(page(acces, "À vérifier", "/a-verifier").contenu(vue.render()).render())
}

/// GET `/a-verifier`
pub(crate) async fn afficher(acces: Acces<LireTour>) -> Resultat<Answer> {
    Ok(Answer::html(dessiner(&acces, None).await?))
}

/// POST `/residents/{usager}/a-verifier/{id}`
pub(crate) async fn decider(
    acces: Acces<PlanifierSoins>,
    Chemin((usager, id)): Chemin<(UsagerId, Uuid)>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let decision = match champs.texte("decision") {
        "garder" => Some(Decision::GarderTout),
        "annuler" => Some(Decision::ToutAnnuler),
        texte => texte.parse().ok().map(|validation| Decision::Retenir { validation }),
    };
    let motif: String = champs.texte("motif").chars().take(200).collect();
    let issue = match decision {
        Some(decision) => decider_acte(&acces, &dossier, id, decision, &motif).await,
        None => Err(Erreur::Demande("Choisissez une décision.".into())),
    };
    match issue {
        Err(Erreur::Demande(phrase)) => Ok(Answer::a_corriger(dessiner(&acces.aussi::<LireTour>().await?, Some(phrase)).await?)),
        fin => {
            fin?;
            Ok(Answer::vers("/a-verifier").dit("Décision enregistrée. Toutes les saisies restent lisibles."))
        }
    }
}

/// Which day.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Quand {
    jour: String,
}

/// GET `/residents/{usager}/journee`
pub(crate) async fn jour(
    acces: Acces<LireSoins>,
    Chemin(usager): Chemin<UsagerId>,
    Parametres(quand): Parametres<Quand>,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let jour = quand.jour.parse().unwrap_or_else(|_| jour_local(acces.now(), &fuseau()));
    let lue = journee(&dossier, jour).await?.ok_or(Erreur::Introuvable)?;
    let onglets = sejours::onglets(&dossier, &format!("/residents/{usager}/journee"));
    let contenu = vue_journee::page(&lue, vue_journee::moments(&lue, acces.now()), &onglets);
    Ok(Answer::html(page(&acces, "Journée", "/residents").bandeau(sejours::bandeau(&dossier).await?).contenu(contenu).render()))
}
