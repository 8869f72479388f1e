//! What vital signs bring to the handover digest: values beyond their thresholds, losses of weight, days without stools.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kernel::dates::{instant_local, jour_local};
use kernel::id::UsagerId;
use platform::acces::Acces;
use platform::erreur::Resultat;
use platform::releve::{EvenementReleve, FenetreReleve, SourcesReleve};
use platform::store::Stored;

use crate::alertes::{Alerte, Mesure, Regle, depassements, evaluer};
use crate::model::Constante;
use crate::questions::{avant, mesures, seuils_du_perimetre, valeurs_du_perimetre};
use crate::referentiel::Grandeur;
use crate::rights::SurveillerConstantes;
use crate::seuils::SeuilsEnVigueur;

const TEMPERATURE: &str = "temperature";
/// A value may have been measured so long before it became known: a tablet which came back late.
const MARGE_JOURS: i32 = 7;

/// Declares the source.
pub(crate) fn declarer(sources: &mut SourcesReleve) {
    sources.declarer::<SurveillerConstantes, _, _>(evenements);
}

async fn evenements(acces: Acces<SurveillerConstantes>, fenetre: FenetreReleve) -> Resultat<Vec<EvenementReleve>> {
    let perimetre = acces.ouvrir_perimetre(fenetre.etablissement, &fenetre.unites).await?;
    let residents = sejours::residents_de(&perimetre).await?;
    let depuis = avant(fenetre.depuis, MARGE_JOURS);
    let mut valeurs = valeurs_du_perimetre(&perimetre, &residents, fenetre.jusque, depuis).await?;
    let seuils = seuils_du_perimetre(&acces, &perimetre, &residents).await?;
    let fuseau = &acces.services().fuseau;
    let mut dits = Vec::new();
    for (usager, seuils) in &seuils {
        let siennes = valeurs.remove(usager).unwrap_or_default();
        dits.extend(de_la_personne(*usager, &siennes, seuils, &fenetre, fuseau));
    }
    Ok(dits)
}

/// When a value became known: once written, or measured if the clock of its author was ahead.
fn connue_le(valeur: &Stored<Constante>) -> Timestamp {
    valeur.recorded.max(valeur.mesuree_le)
}

/// The events of one person: the last value beyond its thresholds for each quantity, and the rules over time.
fn de_la_personne(
    usager: UsagerId,
    valeurs: &[Stored<Constante>],
    seuils: &SeuilsEnVigueur,
    fenetre: &FenetreReleve,
    fuseau: &TimeZone,
) -> Vec<EvenementReleve> {
    let dans_la_fenetre = |le: Timestamp| fenetre.depuis < le && le <= fenetre.jusque;
    let mut par_grandeur: BTreeMap<String, (Alerte, Timestamp)> = BTreeMap::new();
    for valeur in valeurs.iter().filter(|valeur| valeur.compte() && dans_la_fenetre(connue_le(valeur))) {
        let mesure = Mesure { id: valeur.id, constante: &valeur.value };
        for alerte in depassements(mesure, seuils) {
            par_grandeur.insert(alerte.type_code.clone(), (alerte, connue_le(valeur)));
        }
    }
    let suivies = evaluer(&mesures(valeurs), seuils, fenetre.jusque, fuseau).into_iter().filter_map(|alerte| {
        let connu = match alerte.regle {
            Regle::Seuil => return None,
            Regle::Poids => connue_le(valeurs.iter().find(|valeur| Some(valeur.id) == alerte.constante)?),
            Regle::Selles => attente_revolue(alerte.le, fuseau)?,
        };
        Some((alerte, connu))
    });
    let tous = par_grandeur.into_values().chain(suivies).filter(|(_, connu_le)| dans_la_fenetre(*connu_le));
    tous.map(|(alerte, connu_le)| evenement(usager, &alerte, connu_le)).collect()
}

/// The morning the days without stools reach those of the rule.
fn attente_revolue(depuis: Timestamp, fuseau: &TimeZone) -> Option<Timestamp> {
    let jours = jiff::Span::new().try_days(Grandeur::regles().jours_sans_selles).ok()?;
    let jour = jour_local(depuis, fuseau).checked_add(jours).ok()?;
    Some(instant_local(jour.to_datetime(jiff::civil::Time::midnight()), fuseau))
}

fn evenement(usager: UsagerId, alerte: &Alerte, connu_le: Timestamp) -> EvenementReleve {
    let genre = match alerte.regle {
        Regle::Poids => "poids",
        Regle::Selles => "elimination",
        // A low temperature is no fever.
        Regle::Seuil if alerte.type_code == TEMPERATURE && alerte.source.starts_with("À partir") => "temperature",
        Regle::Seuil => "constante",
    };
    EvenementReleve {
        usager,
        le: if alerte.regle == Regle::Selles { connu_le } else { alerte.le },
        connu_le,
        genre: genre.to_owned(),
        libelle: alerte.phrase.clone(),
        href: Some(format!("/residents/{usager}/constantes")),
    }
}
