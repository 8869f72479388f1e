//! Accounts: the staff of the filled establishments, with their roles.

use demo::Recit;
use demo::recit::Agent;
use jiff::SignedDuration;
use kernel::id::{CompteId, EtablissementId};
use kernel::numeros::{Rpps, Telephone};
use lecteurs::Lecteur;
use platform::acces::{Compte, Habilitation, NatureCompte};
use professionnels::{Civilite, Contrat, NatureContrat, Professionnel};
use uuid::Uuid;

use crate::ids::{compte_id, etablissement_id, professionnel_id, unite_id};
use crate::semeur::{ErreurSemis, Semeur, texte};

/// Password of every account of the demo; its data are fictitious and the page says so.
pub const MOT_DE_PASSE: &str = "les-sources-vives";

const ANCIENNETE: SignedDuration = SignedDuration::from_hours(24 * 400);

pub(crate) async fn semer(semeur: &mut Semeur<'_>, recit: &Recit) -> Result<(), ErreurSemis> {
    semeur.annoncer("comptes");
    let hash = platform::web::hacher(MOT_DE_PASSE).map_err(|error| ErreurSemis::Recit(error.to_string()))?;
    let maintenant = recit.calendrier.maintenant();
    let depuis = maintenant.checked_sub(ANCIENNETE).unwrap_or(maintenant);
    let grappe = etablissements::Grappe::id();
    for (rang, agent) in recit.agents.iter().enumerate() {
        let professionnel = professionnel(recit, rang, agent)?;
        if let Some(professionnel) = &professionnel {
            semeur.poser(professionnel.id, Uuid::nil(), depuis, professionnel).await?;
        }
        let compte = Compte {
            identifiant: agent.identifiant.clone(),
            nom_affiche: nom_affiche(agent),
            professionnel: professionnel.map(|lu| lu.id),
            etablissement: agent.etablissement.map_or(grappe, |rang| Uuid::from(etablissement_id(rang))),
            mot_de_passe: hash.clone(),
            code: None,
            nature: if agent.role == LECTEURS { NatureCompte::Exterieur } else { NatureCompte::Permanent },
            ferme_le: None,
            habilitations: habilitations(agent, depuis),
            demo: agent.demonstration.then(|| format!("{:03}|{}", ordre(agent), mission(recit, agent))),
            preferences: std::collections::BTreeMap::new(),
        };
        semeur.poser(compte_id(rang), Uuid::nil(), depuis, &compte).await?;
        if agent.role == LECTEURS {
            lecteur(semeur, compte_id(rang), depuis).await?;
        }
    }
    Ok(())
}

fn nom_affiche(agent: &Agent) -> String {
    let nom = format!("{} {}", agent.prenom, agent.nom.to_uppercase());
    if agent.role == LECTEURS { format!("{nom}, {ORGANISATION}") } else { nom }
}

/// Who reads the DLU from outside (F017).
async fn lecteur(semeur: &mut Semeur<'_>, compte: CompteId, depuis: jiff::Timestamp) -> Result<(), ErreurSemis> {
    let lecteur = Lecteur {
        compte,
        organisation: texte(ORGANISATION.to_owned().try_into())?,
        nature: "samu".to_owned(),
        fonction: texte("Médecin régulateur".to_owned().try_into())?,
        telephone: String::new(),
        ouvert_le: depuis,
        ouvert_par: "Administration de la grappe".to_owned(),
    };
    semeur.poser(Lecteur::id(compte), Uuid::nil(), depuis, &lecteur).await
}

/// A relative has an account and no contract.
const PROCHES: &str = "famille";
/// Readers of another organisation have an account and no contract here.
const LECTEURS: &str = "lecteur_urgence";
const ORGANISATION: &str = "SAMU de la démonstration";
/// Establishment which lends its staff to the grappe.
const PRETEUR: usize = 0;

/// Who stands behind an account, under a contract in force; `None` for a relative and a reader.
fn professionnel(recit: &Recit, rang: usize, agent: &Agent) -> Result<Option<Professionnel>, ErreurSemis> {
    if [PROCHES, LECTEURS].contains(&agent.role) {
        return Ok(None);
    }
    let etablissement = etablissement_id(agent.etablissement.unwrap_or(PRETEUR));
    let rpps = agent.rpps.as_deref().map(|rpps| Rpps::fictif_permis(rpps, true));
    Ok(Some(Professionnel {
        id: professionnel_id(rang),
        etablissement,
        civilite: if agent.sexe == 'F' { Civilite::Madame } else { Civilite::Monsieur },
        nom: texte(agent.nom.clone().try_into())?,
        prenom: texte(agent.prenom.clone().try_into())?,
        metier: agent.role.to_owned(),
        rpps: texte(rpps.transpose())?,
        telephone: Telephone::new(&agent.telephone).ok(),
        courriel: Some(format!("{}@exemple.invalid", agent.identifiant)),
        contrats: contrats(recit, rang, agent, etablissement),
    }))
}

/// Most are permanent; one in seventeen has a fixed term which ends within the quarter, after a former one.
fn contrats(recit: &Recit, rang: usize, agent: &Agent, etablissement: EtablissementId) -> Vec<Contrat> {
    let aujourd_hui = kernel::dates::jour_local(recit.calendrier.maintenant(), &kernel::clock::fuseau_par_defaut());
    let jour =
        |jours: i64| jiff::Span::new().try_days(jours).and_then(|ecart| aujourd_hui.checked_add(ecart)).unwrap_or(aujourd_hui);
    let contrat = |nature, du: i64, au: Option<i64>| Contrat { etablissement, nature, du: jour(du), au: au.map(jour) };
    let anciennete = -i64::try_from(400 + (rang * 97) % 4_200).unwrap_or(400);
    match agent.role {
        "intervenant" | "kinesitherapeute" => vec![contrat(NatureContrat::Liberal, anciennete, None)],
        _ if agent.etablissement.is_none() => vec![contrat(NatureContrat::MiseADisposition, anciennete, None)],
        _ if rang % 17 == 5 && !agent.demonstration => {
            let fin = i64::try_from(10 + rang % 80).unwrap_or(30);
            vec![contrat(NatureContrat::Determine, -500, Some(-120)), contrat(NatureContrat::Determine, -90, Some(fin))]
        }
        _ => vec![contrat(NatureContrat::Permanent, anciennete, None)],
    }
}

fn habilitations(agent: &Agent, du: jiff::Timestamp) -> Vec<Habilitation> {
    [Some(agent.role), agent.second_role]
        .into_iter()
        .flatten()
        .map(|profil| Habilitation {
            profil: profil.to_owned(),
            etablissement: agent.etablissement.map(etablissement_id),
            unites: agent.unites.iter().map(|rang| unite_id(*rang)).collect(),
            du,
            au: None,
        })
        .collect()
}

/// Order of the cards: care first, then the others.
fn ordre(agent: &Agent) -> usize {
    const ORDRE: [&str; 14] = [
        "sophie",
        "nadia",
        "karim",
        "largentiere",
        "idec",
        "pharmacienne",
        "cuisine",
        "eric",
        "directrice",
        "lina",
        "claire",
        "projet",
        "admin",
        "samu",
    ];
    ORDRE.iter().position(|nom| *nom == agent.identifiant).unwrap_or(99)
}

fn mission(recit: &Recit, agent: &Agent) -> String {
    let metier = platform::acces::Profils::livres().get(agent.role).map(|profil| profil.libelle.clone()).unwrap_or_default();
    let histoire = recit.histoires.iter().find(|histoire| histoire.compte == agent.identifiant);
    match histoire {
        Some(histoire) => format!("{metier}. {}.", histoire.titre),
        None => format!("{metier}. {}.", agent.mission),
    }
}
