//! What a digest is made of, read through the gate.

use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};
use kernel::id::{EtablissementId, UniteId, UsagerId};
use platform::acces::{Acces, PerimetreOuvert};
use platform::erreur::Resultat;
use platform::releve::{EvenementReleve, FenetreReleve};
use platform::store::{Query, Stored};
use sejours::{Mouvement, NatureMouvement, Resident, Sejour};
use usagers::Usager;

use super::calcul::{Matiere, Personne};
use super::mouvements;
use super::poids::Poids;
use crate::cible::Cible;
use crate::consigne::Consigne;
use crate::lecture::{DernierPassage, Lecture};
use crate::model::Transmission;
use crate::records;
use crate::rights::LireReleve;

/// From when the reader wants to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum ChoixFenetre {
    /// Since one's last visit.
    #[default]
    DernierPassage,
    /// These last hours, read or not.
    Heures(i64),
}

impl ChoixFenetre {
    /// The choice of the address: `24h`, `72h`, `7j`; anything else is the last visit.
    pub(crate) fn lire(texte: &str) -> Self {
        match texte {
            "24h" => Self::Heures(24),
            "72h" => Self::Heures(72),
            "7j" => Self::Heures(7 * 24),
            _ => Self::DernierPassage,
        }
    }

    /// Its code in addresses.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Heures(24) => "24h",
            Self::Heures(72) => "72h",
            Self::Heures(_) => "7j",
            Self::DernierPassage => "",
        }
    }
}

/// The matter of a digest, and what its screen says of the window.
#[derive(Debug)]
pub(crate) struct Recueil {
    pub(crate) matiere: Matiere,
    /// The earliest beginning among the persons.
    pub(crate) depuis: Timestamp,
    /// The reader never marked this perimeter as read.
    pub(crate) jamais_lu: bool,
}

/// Reads everything a digest is made of, as known at `now`: the instant of the request, or that of a telling in progress.
pub(crate) async fn recueillir(
    acces: &Acces<LireReleve>,
    perimetre: &PerimetreOuvert<LireReleve>,
    choix: ChoixFenetre,
    now: Timestamp,
) -> Resultat<Recueil> {
    let poids = Poids::livres();
    let residents = sejours::residents_de(perimetre).await?;
    let lus = Lus::lire(perimetre).await?;
    let jamais_lu = lus.est_vide();
    let mut personnes: Vec<Personne> = residents.iter().map(|resident| personne(resident, &lus, choix, now)).collect();
    let plus_ancien = personnes.iter().map(|personne| personne.depuis).min();
    let depuis = plus_ancien.unwrap_or_else(|| lus.debut(None, None, choix, now));
    let mouvements = mouvements_de(perimetre, depuis - poids.marge()).await?;
    ajouter_partis(perimetre, |usager, unite| lus.debut(Some(usager), unite, choix, now), &mouvements, &mut personnes).await?;
    let connus: HashSet<UsagerId> = personnes.iter().map(|personne| personne.usager).collect();
    let mut evenements: Vec<EvenementReleve> =
        mouvements.iter().filter(|lu| connus.contains(&lu.usager)).filter_map(mouvements::evenement).collect();
    let fenetre = FenetreReleve {
        etablissement: perimetre.etablissement(),
        unites: perimetre.unites().map(<[UniteId]>::to_vec).unwrap_or_default(),
        depuis,
        jusque: now,
    };
    let autres = acces.services().extensions().releve.recueillir(acces, &fenetre).await?;
    evenements.extend(autres.into_iter().filter(|un| connus.contains(&un.usager)));
    let transmissions = transmissions(perimetre, depuis - poids.marge(), &mouvements, &connus).await?;
    let (cibles, consignes) = suivis(perimetre, &connus, now).await?;
    Ok(Recueil { matiere: Matiere { personnes, transmissions, cibles, consignes, evenements }, depuis, jamais_lu })
}

/// What the reader already read.
struct Lus {
    personnes: HashMap<UsagerId, Timestamp>,
    unites: HashMap<Option<UniteId>, Timestamp>,
}

impl Lus {
    async fn lire(perimetre: &PerimetreOuvert<LireReleve>) -> Resultat<Self> {
        let (compte, etablissement) = (perimetre.contexte().acteur.compte, perimetre.etablissement());
        let lectures: Vec<Stored<Lecture>> =
            perimetre.liste(&Query::lane(&records::lane_lectures(compte, etablissement))).await?;
        let passages: Vec<Stored<DernierPassage>> =
            perimetre.liste(&Query::lane(&records::lane_passages(compte, etablissement))).await?;
        Ok(Self {
            personnes: lectures.iter().map(|lue| (lue.usager, lue.jusqua)).collect(),
            unites: passages.iter().map(|lu| (lu.unite, lu.jusqua)).collect(),
        })
    }

    fn est_vide(&self) -> bool {
        self.personnes.is_empty() && self.unites.is_empty()
    }

    fn debut(&self, usager: Option<UsagerId>, unite: Option<UniteId>, choix: ChoixFenetre, now: Timestamp) -> Timestamp {
        let poids = Poids::livres();
        if let ChoixFenetre::Heures(heures) = choix {
            return now - SignedDuration::from_hours(heures);
        }
        let personne = usager.and_then(|usager| self.personnes.get(&usager).copied());
        let lu = [personne, self.unites.get(&unite).copied()].into_iter().flatten().max();
        lu.unwrap_or_else(|| poids.premiere(now)).max(poids.plancher(now))
    }
}

fn personne(resident: &Resident, lus: &Lus, choix: ChoixFenetre, now: Timestamp) -> Personne {
    let unite = resident.sejour.unite;
    fiche(&resident.usager, &resident.sejour, lus.debut(Some(resident.id()), unite, choix, now))
}

fn fiche(usager: &Usager, sejour: &Sejour, depuis: Timestamp) -> Personne {
    Personne {
        usager: usager.id,
        nom: usager.nom_complet(),
        nom_court: usager.nom.as_str().to_uppercase(),
        chambre: sejour.chambre_libelle.clone(),
        unite: sejour.unite,
        depuis,
    }
}

async fn mouvements_de(perimetre: &PerimetreOuvert<LireReleve>, depuis: Timestamp) -> Resultat<Vec<Stored<Mouvement>>> {
    perimetre.liste(&Query::lane(&format!("mouvements/{}", perimetre.etablissement())).since(depuis)).await
}

/// Persons who left or died within the window no longer stand on the list of presences: they are added at its end.
async fn ajouter_partis(
    perimetre: &PerimetreOuvert<LireReleve>,
    debut: impl Fn(UsagerId, Option<UniteId>) -> Timestamp,
    mouvements: &[Stored<Mouvement>],
    personnes: &mut Vec<Personne>,
) -> Resultat<()> {
    let partis: Vec<&Stored<Mouvement>> = mouvements
        .iter()
        .filter(|lu| lu.annule.is_none() && matches!(lu.nature, NatureMouvement::Sortie | NatureMouvement::Deces))
        .filter(|lu| personnes.iter().all(|connue| connue.usager != lu.usager))
        .collect();
    if partis.is_empty() {
        return Ok(());
    }
    let ids: Vec<uuid::Uuid> = partis.iter().map(|lu| lu.sejour.0).collect();
    let sejours: Vec<Stored<Sejour>> = perimetre.lire(&ids).await?;
    let ids: Vec<uuid::Uuid> = sejours.iter().map(|sejour| sejour.usager.0).collect();
    let fiches: Vec<Stored<Usager>> = perimetre.lire(&ids).await?;
    for usager in fiches {
        let Some(sejour) = sejours.iter().find(|sejour| sejour.usager == usager.value.id) else { continue };
        if perimetre.couvre(sejour.unite) {
            let depuis = debut(usager.value.id, sejour.unite);
            personnes.push(fiche(&usager, sejour, depuis));
        }
    }
    Ok(())
}

/// The transmissions of the persons since an instant, whatever the unit they were in when these were written.
async fn transmissions(
    perimetre: &PerimetreOuvert<LireReleve>,
    depuis: Timestamp,
    mouvements: &[Stored<Mouvement>],
    connus: &HashSet<UsagerId>,
) -> Resultat<Vec<Transmission>> {
    let etablissement = perimetre.etablissement();
    let mut lues: Vec<Stored<Transmission>> = Vec::new();
    match perimetre.unites() {
        None => lues = perimetre.liste(&Query::lane2(&records::lane_etablissement(etablissement)).since(depuis)).await?,
        Some(unites) => {
            for unite in unites {
                lues.extend(perimetre.liste(&Query::lane(&records::lane_fil(etablissement, Some(*unite))).since(depuis)).await?);
            }
            let venus = mouvements.iter().filter(|lu| lu.nature == NatureMouvement::ChangementChambre).map(|lu| lu.usager);
            for usager in venus.filter(|usager| connus.contains(usager)).collect::<HashSet<_>>() {
                lues.extend(perimetre.liste(&Query::person(usager).since(depuis)).await?);
            }
        }
    }
    let mut vues = HashSet::new();
    Ok(lues
        .into_iter()
        .map(|lue| lue.value)
        .filter(|lue: &Transmission| lue.etablissement == etablissement && connus.contains(&lue.usager) && vues.insert(lue.id))
        .collect())
}

/// The open targets and the instructions in force of the persons.
///
/// Read over the establishment: a person who changed unit keeps targets opened in the former one.
async fn suivis(
    perimetre: &PerimetreOuvert<LireReleve>,
    connus: &HashSet<UsagerId>,
    now: Timestamp,
) -> Resultat<(Vec<Cible>, Vec<Consigne>)> {
    let etablissement: EtablissementId = perimetre.etablissement();
    let cibles: Vec<Stored<Cible>> = perimetre.liste(&Query::lane2(&records::lane_cibles_etablissement(etablissement))).await?;
    let hier = now - SignedDuration::from_hours(24);
    let lane = records::lane_consignes_etablissement(etablissement);
    let consignes: Vec<Stored<Consigne>> = perimetre.liste(&Query::lane2(&lane).since(hier)).await?;
    Ok((
        cibles.into_iter().map(|lue| lue.value).filter(|cible| connus.contains(&cible.usager)).collect(),
        consignes.into_iter().map(|lue| lue.value).filter(|consigne| connus.contains(&consigne.usager)).collect(),
    ))
}
