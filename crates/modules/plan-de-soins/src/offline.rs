//! Acts made on a tablet, perhaps without network: replayed through the same functions as pages.

use jiff::Timestamp;
use kernel::decimal::Decimal;
use kernel::id::{EtablissementId, UniteId, UsagerId};
use platform::acces::Acces;
use platform::erreur::{Erreur, Resultat};
use platform::offline::{Issue as Suite, Operation, Operations};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::acts::corriger::{Correction, annuler, corriger};
use crate::acts::ronde::{Ronde, valider_ronde};
use crate::acts::valider::{Effet, NOTE_MAX, Saisie, valider};
use crate::cle::Cle;
use crate::mesures::MesureLue;
use crate::nuit::Passage;
use crate::poste::{Creneau, Poste};
use crate::rights::{ValiderRonde, ValiderSoins};
use crate::validation::{FaitSource, Issue};

/// Declares `soin.valider`, `soin.annuler`, `soin.corriger`, `ronde.valider`.
pub(crate) fn declarer(operations: &mut Operations) {
    operations.declarer::<ValiderSoins, _, _>("soin.valider", soin_valider);
    operations.declarer::<ValiderSoins, _, _>("soin.annuler", soin_annuler);
    operations.declarer::<ValiderSoins, _, _>("soin.corriger", soin_corriger);
    operations.declarer::<ValiderRonde, _, _>("ronde.valider", ronde_valider);
}

/// Outcome of an act as a tablet sends it: `issue`, and what goes with it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Dit {
    soin: String,
    occurrence: String,
    issue: String,
    motif: String,
    a: Option<Timestamp>,
    fait_source: FaitSource,
    groupe: bool,
    avec: Option<String>,
    note: Option<String>,
    validation: Option<Uuid>,
    /// Why it is corrected or annulled.
    raison: String,
    /// A value measured with it, or several.
    mesure: Option<UneOuPlusieurs<MesureDite>>,
}

/// A value measured, exact: « 52,4 » or « 52.4 ».
#[derive(Debug, Clone, Deserialize)]
struct MesureDite {
    #[serde(rename = "type")]
    code: String,
    valeur: Decimal,
    #[serde(default)]
    valeur2: Option<Decimal>,
    #[serde(default)]
    a_confirmer: bool,
}

/// Forms send one value alone, or several as a list.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum UneOuPlusieurs<T> {
    Plusieurs(Vec<T>),
    Une(T),
}

impl<T> UneOuPlusieurs<T> {
    fn toutes(self) -> Vec<T> {
        match self {
            Self::Plusieurs(toutes) => toutes,
            Self::Une(une) => vec![une],
        }
    }
}

fn contenu<T: DeserializeOwned>(operation: &Operation) -> Resultat<T> {
    let mut donnees = operation.donnees.clone();
    if let Some(champs) = donnees.as_object_mut() {
        champs.retain(|_, valeur| !valeur.is_null());
    }
    serde_json::from_value(donnees).map_err(|_| illisible())
}

fn illisible() -> Erreur {
    Erreur::Demande("Cette saisie n'a pas la forme attendue. Elle est gardée : tracez de nouveau le soin.".into())
}

fn usager(operation: &Operation) -> Resultat<UsagerId> {
    operation.resident.ok_or_else(illisible)
}

impl Dit {
    fn issue(&self) -> Resultat<Issue> {
        let motif = self.motif.clone();
        match self.issue.as_str() {
            "fait" => Ok(Issue::Fait),
            "fait_en_partie" | "en_partie" => Ok(Issue::FaitEnPartie { note: motif }),
            "refuse" => Ok(Issue::Refuse { motif }),
            "absent" => Ok(Issue::Absent { motif }),
            "non_necessaire" => Ok(Issue::NonNecessaire { motif }),
            "reporte" => Ok(Issue::Reporte { a: self.a.ok_or_else(illisible)?, motif }),
            _ => Err(illisible()),
        }
    }

    fn note(&self) -> String {
        self.note.as_deref().unwrap_or_default().chars().take(NOTE_MAX as usize).collect()
    }

    fn mesures(&self) -> Vec<MesureLue> {
        let dites = self.mesure.clone().map(UneOuPlusieurs::toutes).unwrap_or_default();
        dites
            .into_iter()
            .map(|dite| MesureLue { code: dite.code, valeur: dite.valeur, valeur2: dite.valeur2, a_confirmer: dite.a_confirmer })
            .collect()
    }

    fn avec(&self) -> Option<String> {
        self.avec.clone().filter(|avec| !avec.is_empty()).map(|avec| avec.chars().take(80).collect())
    }

    /// The planned act and the time: in the content, or in the target as `act|time`; without a time, when needed.
    fn cible(&self, operation: &Operation) -> Resultat<(Uuid, Cle)> {
        let nomme = if self.soin.is_empty() { operation.cible.as_deref().unwrap_or_default() } else { &self.soin };
        let (soin, cle) = nomme.split_once('|').unwrap_or((nomme, ""));
        let texte = if self.occurrence.is_empty() { cle } else { &self.occurrence };
        let occurrence = match texte {
            "" => Cle::libre(crate::tour::fuseau().to_datetime(operation.fait_a)),
            texte => texte.parse().map_err(|_| illisible())?,
        };
        Ok((soin.parse().map_err(|_| illisible())?, occurrence))
    }

    /// The validation aimed at: in the content, or as the target.
    fn visee(&self, operation: &Operation) -> Resultat<Uuid> {
        self.validation.or_else(|| operation.cible.as_deref().and_then(|cible| cible.parse().ok())).ok_or_else(illisible)
    }
}

async fn soin_valider(acces: Acces<ValiderSoins>, operation: Operation) -> Resultat<Suite> {
    let dit: Dit = contenu(&operation)?;
    let (soin, occurrence) = dit.cible(&operation)?;
    let saisie = Saisie {
        id: operation.id,
        soin,
        occurrence,
        issue: dit.issue()?,
        fait_le: operation.fait_a,
        fait_source: dit.fait_source,
        saisi_le: operation.saisi_a,
        groupe: dit.groupe,
        avec: dit.avec(),
        note: dit.note(),
        mesures: dit.mesures(),
        heure_a_confirmer: operation.heure_a_confirmer,
        hors_ligne: operation.hors_ligne,
    };
    let dossier = acces.ouvrir_dossier(usager(&operation)?).await?;
    Ok(match valider(&acces, &dossier, saisie).await? {
        Effet::Ecrite | Effet::AussiValide(_) => Suite::Appliquee,
        Effet::Deja => Suite::Deja,
        Effet::AVerifier(nature) => Suite::Conflit(format!("Saisie gardée. {} : à vérifier.", nature.libelle()), "/a-verifier"),
    })
}

async fn soin_annuler(acces: Acces<ValiderSoins>, operation: Operation) -> Resultat<Suite> {
    let dit: Dit = contenu(&operation)?;
    let dossier = acces.ouvrir_dossier(usager(&operation)?).await?;
    let motif =
        [&dit.raison, &dit.motif].into_iter().find(|mots| !mots.is_empty()).map_or("annulé sur la tablette", String::as_str);
    annuler(&acces, &dossier, dit.visee(&operation)?, motif).await.map(|()| Suite::Appliquee)
}

async fn soin_corriger(acces: Acces<ValiderSoins>, operation: Operation) -> Resultat<Suite> {
    let dit: Dit = contenu(&operation)?;
    let dossier = acces.ouvrir_dossier(usager(&operation)?).await?;
    let correction = Correction {
        issue: dit.issue()?,
        fait_le: operation.fait_a,
        avec: dit.avec(),
        note: dit.note(),
        motif: if dit.raison.is_empty() { "corrigé sur la tablette".to_owned() } else { dit.raison.clone() },
    };
    corriger(&acces, &dossier, dit.visee(&operation)?, correction).await.map(|()| Suite::Appliquee)
}

/// A round as a tablet sends it: a unit or one resident, the part of the night, the exceptions.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct RondeDite {
    unite: Option<UniteId>,
    jour: String,
    passage: String,
    sauf: Option<UneOuPlusieurs<UsagerId>>,
    seulement: Option<UneOuPlusieurs<UsagerId>>,
}

async fn ronde_valider(acces: Acces<ValiderRonde>, operation: Operation) -> Resultat<Suite> {
    let dite: RondeDite = contenu(&operation)?;
    let fait = crate::tour::fuseau().to_datetime(operation.fait_a);
    let etablissement: EtablissementId = operation.etablissement;
    let ronde = Ronde {
        id: operation.id,
        etablissement,
        unite: dite.unite.ok_or_else(illisible)?,
        creneau: Creneau { jour: dite.jour.parse().unwrap_or(Creneau::de(fait).jour), poste: Poste::Nuit },
        passage: dite.passage.parse().unwrap_or_else(|()| Passage::de(fait)),
        sauf: dite.sauf.map(UneOuPlusieurs::toutes).unwrap_or_default(),
        seulement: dite.seulement.map(UneOuPlusieurs::toutes).or_else(|| operation.resident.map(|resident| vec![resident])),
        fait_le: operation.fait_a,
        saisi_le: operation.saisi_a,
        heure_a_confirmer: operation.heure_a_confirmer,
        hors_ligne: operation.hors_ligne,
    };
    let faite = valider_ronde(&acces, &ronde).await?;
    Ok(if faite.vus == 0 { Suite::Deja } else { Suite::Appliquee })
}
