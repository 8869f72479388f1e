//! The questions asked of values: last ones, thresholds in force, alerts of a unit, ninety days for a tablet.

use std::collections::{BTreeMap, HashMap};

use jiff::{SignedDuration, Timestamp};
use kernel::decimal::Decimal;
use kernel::id::{EtablissementId, UsagerId};
use platform::acces::{Acces, DossierOuvert, Droit, PerimetreOuvert};
use platform::erreur::Resultat;
use platform::store::{Query, Stored};
use sejours::Resident;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::alertes::{Alerte, Mesure, PESEE_JOURS, evaluer};
use crate::model::{Constante, Seuils, SeuilsMaison};
use crate::records::{lane_type, lane_unite};
use crate::referentiel::{POIDS, SELLES};
use crate::seuils::SeuilsEnVigueur;

const JOUR: SignedDuration = SignedDuration::from_hours(24);
/// Weights are read over this many days: both windows of the loss of weight, and their tolerance.
const JOURS_POIDS: i32 = 215;

/// Values of every kind are watched over this many days.
const SEMAINE_JOURS: i32 = 8;

/// An instant so many days before another.
pub(crate) fn avant(now: Timestamp, jours: i32) -> Timestamp {
    now.saturating_sub(JOUR * jours).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// The values of a person since so many days, oldest first, annulled ones included.
pub(crate) async fn depuis<D: Droit>(dossier: &DossierOuvert<D>, jours: i32) -> Resultat<Vec<Stored<Constante>>> {
    let debut = avant(dossier.contexte().now, jours);
    dossier.liste::<Constante>(|query| query.since(debut)).await
}

/// The last value of each quantity of a person over the past year, by code; twins and annulled ones left out.
///
/// # Errors
/// Whatever the store says; `Refus` when the right on vital signs is not held.
pub async fn dernieres<D: Droit>(dossier: &DossierOuvert<D>) -> Resultat<BTreeMap<String, Stored<Constante>>> {
    Ok(par_type(depuis(dossier, 365).await?))
}

pub(crate) fn par_type(valeurs: Vec<Stored<Constante>>) -> BTreeMap<String, Stored<Constante>> {
    valeurs.into_iter().filter(|valeur| valeur.compte()).map(|valeur| (valeur.type_code.clone(), valeur)).collect()
}

/// The thresholds in force for a person.
pub async fn seuils<D: Droit>(acces: &Acces<D>, dossier: &DossierOuvert<D>) -> Resultat<SeuilsEnVigueur> {
    let personne = dossier.lire::<Seuils>(Seuils::id(dossier.usager())).await?;
    let maison = match dossier.etablissement() {
        Some(etablissement) => seuils_maison(acces, etablissement).await?,
        None => None,
    };
    Ok(SeuilsEnVigueur::new(maison.as_ref().map(|lu| &lu.value), personne.as_ref().map(|lu| &lu.value)))
}

pub(crate) async fn seuils_maison<D: Droit>(
    acces: &Acces<D>,
    etablissement: EtablissementId,
) -> Resultat<Option<Stored<SeuilsMaison>>> {
    acces.lire::<SeuilsMaison>(SeuilsMaison::id(etablissement)).await
}

/// The alerts of one person, the most urgent first.
pub async fn alertes_de<D: Droit>(acces: &Acces<D>, dossier: &DossierOuvert<D>) -> Resultat<Vec<Alerte>> {
    let seuils = seuils(acces, dossier).await?;
    let valeurs = depuis(dossier, JOURS_POIDS).await?;
    Ok(evaluer(&mesures(&valeurs), &seuils, acces.now(), &acces.services().fuseau))
}

pub(crate) fn mesures(valeurs: &[Stored<Constante>]) -> Vec<Mesure<'_>> {
    valeurs.iter().map(|valeur| Mesure { id: valeur.id, constante: &valeur.value }).collect()
}

/// What the watch list says of one person.
#[derive(Debug, Clone)]
pub struct Surveillance {
    /// Who, where.
    pub resident: Resident,
    /// Alerts, the most urgent first.
    pub alertes: Vec<Alerte>,
    /// Values which surprised, to be measured again.
    pub a_remesurer: Vec<Stored<Constante>>,
    /// Values which look like another one.
    pub jumelles: Vec<Stored<Constante>>,
    /// The last weight is older than a month, or there is none.
    pub pesee_due: bool,
}

impl Surveillance {
    /// True when nobody has to look.
    pub fn calme(&self) -> bool {
        self.alertes.is_empty() && self.a_remesurer.is_empty() && self.jumelles.is_empty() && !self.pesee_due
    }
}

/// What is to be watched in a perimeter: persons whose first alert is the most urgent come first.
///
/// # Errors
/// Whatever the store says; `Refus` when the right on vital signs is not held.
pub async fn alertes<D: Droit>(acces: &Acces<D>, perimetre: &PerimetreOuvert<D>) -> Resultat<Vec<Surveillance>> {
    let residents = sejours::residents_de(perimetre).await?;
    let now = acces.now();
    let mut par_personne = valeurs_du_perimetre(perimetre, &residents, now, avant(now, SEMAINE_JOURS)).await?;
    let mut en_vigueur = seuils_du_perimetre(acces, perimetre, &residents).await?;
    let mut liste: Vec<Surveillance> = Vec::with_capacity(residents.len());
    for resident in residents.into_iter().filter(Resident::est_present) {
        let valeurs = par_personne.remove(&resident.id()).unwrap_or_default();
        let seuils = en_vigueur.remove(&resident.id()).unwrap_or_default();
        liste.push(surveiller(resident, valeurs, &seuils, now, &acces.services().fuseau));
    }
    liste.sort_by_key(|ligne| ligne.alertes.first().map_or((true, None), |alerte| (false, Some(alerte.rang()))));
    Ok(liste)
}

fn surveiller(
    resident: Resident,
    mut valeurs: Vec<Stored<Constante>>,
    seuils: &SeuilsEnVigueur,
    now: Timestamp,
    fuseau: &jiff::tz::TimeZone,
) -> Surveillance {
    let alertes = evaluer(&mesures(&valeurs), seuils, now, fuseau);
    let limite = avant(now, i32::try_from(PESEE_JOURS).unwrap_or(31));
    let pesee_due = !valeurs.iter().any(|valeur| valeur.compte() && valeur.type_code == POIDS && valeur.mesuree_le >= limite)
        && resident.sejour.entree_le < avant(now, 2);
    valeurs.retain(|valeur| valeur.annule.is_none());
    let (jumelles, reste): (Vec<_>, Vec<_>) = valeurs.into_iter().partition(|valeur| valeur.jumelle_de.is_some());
    let a_remesurer = reste.into_iter().filter(|valeur| valeur.a_confirmer).collect();
    Surveillance { resident, alertes, a_remesurer, jumelles, pesee_due }
}

/// The thresholds in force for each person.
pub(crate) async fn seuils_du_perimetre<D: Droit>(
    acces: &Acces<D>,
    perimetre: &PerimetreOuvert<D>,
    residents: &[Resident],
) -> Resultat<HashMap<UsagerId, SeuilsEnVigueur>> {
    let maison = seuils_maison(acces, perimetre.etablissement()).await?;
    let ids: Vec<Uuid> = residents.iter().map(|resident| Seuils::id(resident.id())).collect();
    let propres: HashMap<UsagerId, Stored<Seuils>> =
        perimetre.lire::<Seuils>(&ids).await?.into_iter().map(|seuils| (seuils.usager, seuils)).collect();
    let de =
        |usager: UsagerId| SeuilsEnVigueur::new(maison.as_ref().map(|lu| &lu.value), propres.get(&usager).map(|lu| &lu.value));
    Ok(residents.iter().map(|resident| (resident.id(), de(resident.id()))).collect())
}

/// Every value of the units since an instant, and the longer series the relative rules need.
pub(crate) async fn valeurs_du_perimetre<D: Droit>(
    perimetre: &PerimetreOuvert<D>,
    residents: &[Resident],
    now: Timestamp,
    depuis: Timestamp,
) -> Resultat<HashMap<UsagerId, Vec<Stored<Constante>>>> {
    let mut unites: Vec<_> = residents.iter().filter_map(|resident| resident.sejour.unite).collect();
    unites.sort();
    unites.dedup();
    let mut toutes: BTreeMap<Uuid, Stored<Constante>> = BTreeMap::new();
    for unite in unites {
        let lane = lane_unite(unite);
        let semaine = perimetre.liste::<Constante>(&Query::lane(&lane).since(depuis)).await?;
        toutes.extend(semaine.into_iter().map(|valeur| (valeur.id, valeur)));
    }
    for (type_code, jours) in [(POIDS, JOURS_POIDS), (SELLES, 15)] {
        let lane = lane_type(perimetre.etablissement(), type_code);
        let serie = perimetre.liste::<Constante>(&Query::lane2(&lane).since(avant(now, jours))).await?;
        toutes.extend(serie.into_iter().map(|valeur| (valeur.id, valeur)));
    }
    let mut par_personne: HashMap<UsagerId, Vec<Stored<Constante>>> = HashMap::new();
    for valeur in toutes.into_values() {
        par_personne.entry(valeur.usager).or_default().push(valeur);
    }
    for valeurs in par_personne.values_mut() {
        valeurs.sort_by_key(|valeur| valeur.mesuree_le);
    }
    Ok(par_personne)
}

/// A value as a tablet keeps it: enough for a curve without network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointMesure {
    /// The record.
    pub id: Uuid,
    /// Code of the quantity.
    #[serde(rename = "type")]
    pub type_code: String,
    /// Value.
    pub valeur: Decimal,
    /// Diastolic pressure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valeur2: Option<Decimal>,
    /// Unit.
    pub unite: String,
    /// When it was measured.
    pub le: Timestamp,
    /// Waits to be confirmed.
    #[serde(default)]
    pub a_confirmer: bool,
}

/// Ninety days of values of a person, as data, oldest first; those which do not count are left out.
pub async fn quatre_vingt_dix_jours<D: Droit>(dossier: &DossierOuvert<D>) -> Resultat<Vec<PointMesure>> {
    let valeurs = depuis(dossier, 90).await?;
    Ok(valeurs
        .into_iter()
        .filter(|valeur| valeur.compte())
        .map(|valeur| PointMesure {
            id: valeur.id,
            type_code: valeur.type_code.clone(),
            valeur: valeur.valeur,
            valeur2: valeur.valeur2,
            unite: valeur.unite_mesure.clone(),
            le: valeur.mesuree_le,
            a_confirmer: valeur.a_confirmer,
        })
        .collect())
}
