//! The act a tablet may send: `constante.ajouter`.

use kernel::decimal::Decimal;
use platform::acces::Acces;
use platform::erreur::{Erreur, Resultat};
use platform::offline::{Issue, Operation, Operations};
use serde::Deserialize;
use uuid::Uuid;

use crate::acts::{connues, constantes, signature};
use crate::forms::{SaisieLue, ValeurLue, Verdict};
use crate::model::Constante;
use crate::referentiel::Grandeur;
use crate::rights::SaisirConstantes;

/// Content of the operation, version 1.
#[derive(Debug, Clone, Deserialize)]
struct Donnees {
    /// Code of the quantity.
    #[serde(rename = "type")]
    type_code: String,
    /// A decimal string, « 52.4 » or « 52,4 ».
    valeur: Decimal,
    #[serde(default)]
    valeur2: Option<Decimal>,
    #[serde(default)]
    contexte: String,
    #[serde(default)]
    commentaire: String,
    #[serde(default)]
    soin: Option<Uuid>,
    /// The carer looked at a surprising value again and said it is right.
    #[serde(default)]
    verifiee: bool,
}

/// Declares the act.
pub(crate) fn declarer(operations: &mut Operations) {
    operations.declarer::<SaisirConstantes, _, _>("constante.ajouter", ajouter);
}

async fn ajouter(acces: Acces<SaisirConstantes>, operation: Operation) -> Resultat<Issue> {
    let illisible = || Erreur::Demande("Cette mesure n'a pas la forme attendue. Saisissez-la de nouveau.".into());
    let usager = operation.resident.ok_or_else(illisible)?;
    let donnees: Donnees = serde_json::from_value(operation.donnees.clone()).map_err(|_| illisible())?;
    let grandeur = Grandeur::get(&donnees.type_code).ok_or_else(illisible)?;
    let dossier = acces.ouvrir_dossier(usager).await?;
    if dossier.lire::<Constante>(operation.id).await?.is_some() {
        return Ok(Issue::Deja);
    }
    let saisie = SaisieLue {
        valeurs: vec![ValeurLue { grandeur, valeur: donnees.valeur.arrondi(grandeur.decimales), valeur2: donnees.valeur2 }],
        mesuree_le: operation.fait_a.min(acces.now()),
        contexte: donnees.contexte.chars().take(80).collect(),
        commentaire: donnees.commentaire.chars().take(500).collect(),
        verdict: if donnees.verifiee { Verdict::Verifiee } else { Verdict::ARemesurer },
    };
    let connues = connues(&dossier, acces.now()).await?;
    let mut nouvelles = constantes(&dossier, &saisie, &connues, &signature(&acces))?;
    let Some(nouvelle) = nouvelles.pop() else { return Err(illisible()) };
    let nouvelle = Constante {
        saisie_le: operation.saisi_a.min(acces.now()),
        hors_ligne: operation.hors_ligne,
        heure_a_confirmer: operation.heure_a_confirmer || operation.fait_a > acces.now(),
        soin: donnees.soin,
        ..nouvelle
    };
    let mut acte = dossier.acte("constantes.saisies");
    acte.create(operation.id, &nouvelle);
    dossier.commit(acte).await?;
    Ok(match (nouvelle.jumelle_de, nouvelle.a_confirmer) {
        (Some(_), _) => {
            Issue::Conflit("Une mesure identique existe déjà à la même heure. Dites si c'est la même.".into(), "/constantes")
        }
        (None, true) => Issue::Conflit("Valeur inhabituelle : elle est enregistrée, à remesurer.".into(), "/constantes"),
        (None, false) => Issue::Appliquee,
    })
}
