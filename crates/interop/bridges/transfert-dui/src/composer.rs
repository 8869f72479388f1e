//! The record as a transfer: two vocabularies side by side, nothing dropped without a word.

use documents::{TypeDocument, documents_de};
use etablissements::Etablissement;
use jiff::tz::TimeZone;
use kernel::dates::{DateNaissance, jour_local};
use kernel::ins::Sexe;
use platform::acces::{DossierOuvert, Droit, EtatSejour};
use platform::erreur::{Erreur, Resultat};
use sejours::{GenreSejour, Mouvement, NatureMouvement, Sejour};
use tddui::{
    Contact, ContactRole, Document, Event, EventStatus, Gender, Organization, Patient, Qualified, Stay, StayStatus, Transfer,
};
use usagers::{Entourage, Identification, RoleContact};
use uuid::Uuid;

/// Kind of the document an export is kept as (JDV_J07).
pub(crate) const TYPE_EXPORT: &str = "EXPORT_DUI";
/// Bytes of documents in one bundle: written in base64, they stay under what a reception accepts (50 MiB).
const OCTETS_MAX: usize = 36 << 20;

/// A transfer ready to be written, and what of the record it does not carry.
#[derive(Debug, Clone)]
pub struct Compose {
    /// The transfer.
    pub transfert: Transfer,
    /// What stays, in words.
    pub restent: Vec<String>,
}

/// Gathers what an opened record holds of the guide's model.
///
/// # Errors
/// `Demande` when the identity is not written, or documents are too heavy for one file.
pub async fn composer<D: Droit>(
    dossier: &DossierOuvert<D>,
    maison: &Etablissement,
    id: Uuid,
    fuseau: &TimeZone,
) -> Resultat<Compose> {
    let usager = dossier.usager();
    let identification = dossier.lire::<Identification>(Identification::id(usager)).await?;
    let identification = identification.ok_or_else(|| {
        Erreur::Demande("L'identité de cette personne n'est pas renseignée. Renseignez-la avant d'exporter son dossier.".into())
    })?;
    let prefixe = format!("3{}/{}", maison.finess.as_str(), usager.0.simple());
    let mut restent = vec![
        "Plan de soins, transmissions, constantes, habitudes de vie et dossier médical structuré : le modèle national n'a pas de place pour eux. Versez un DLU ou une synthèse au dossier : il partira comme document.".to_owned(),
    ];
    let sejours: Vec<Stay> =
        dossier.liste::<Sejour>(|query| query).await?.iter().map(|lu| sejour(&prefixe, lu, fuseau)).collect();
    let mouvements = dossier.liste::<Mouvement>(|query| query).await?;
    let events = evenements(&prefixe, &mouvements.iter().map(|lu| (lu.id, &lu.value)).collect::<Vec<_>>(), fuseau, &mut restent);
    let contacts = if dossier.peut_lire(platform::acces::Categorie::Administratif) {
        dossier.lire::<Entourage>(Entourage::id(usager)).await?
    } else {
        None
    };
    let contacts = contacts.map(|lu| lu.contacts.iter().map(contact).collect()).unwrap_or_default();
    let transfert = Transfer {
        id: id.to_string(),
        patient: patient(&prefixe, &identification),
        organization: Organization { finess: maison.finess.as_str().to_owned(), name: maison.nom.as_str().to_owned() },
        stays: sejours,
        events,
        contacts,
        documents: documents(dossier, fuseau, &mut restent).await?,
    };
    Ok(Compose { transfert, restent })
}

fn patient(prefixe: &str, connue: &Identification) -> Patient {
    let traits = connue.identite.traits();
    let lieu = traits.lieu_naissance();
    let used = (connue.nom_utilise.is_some() || connue.prenom_utilise.is_some()).then(|| {
        let nom = connue.nom_utilise.clone().unwrap_or_else(|| traits.nom_naissance().to_owned());
        (nom, connue.prenom_utilise.clone().unwrap_or_else(|| traits.premier_prenom().to_owned()))
    });
    Patient {
        local_id: prefixe.to_owned(),
        // The number of a qualified identity only (RNIV).
        ins: connue
            .identite
            .ins_transmissible()
            .map(|ins| Qualified { oid: ins.oid().as_str().to_owned(), number: ins.matricule().as_str().to_owned() }),
        family: traits.nom_naissance().to_owned(),
        given: traits.premier_prenom().to_owned(),
        given_names: traits.prenoms_naissance().to_owned(),
        used,
        gender: match traits.sexe() {
            Sexe::Feminin => Gender::Female,
            Sexe::Masculin => Gender::Male,
            Sexe::Indetermine => Gender::Unknown,
        },
        birth_date: naissance(traits.date_naissance()),
        birth_place: (!lieu.est_inconnu()).then(|| lieu.code().to_owned()),
    }
}

/// As much of the date as is known: FHIR has no day 00.
fn naissance(date: DateNaissance) -> String {
    match (date.mois(), date.jour()) {
        (Some(mois), Some(jour)) => format!("{:04}-{mois:02}-{jour:02}", date.annee()),
        (Some(mois), None) => format!("{:04}-{mois:02}", date.annee()),
        _ => format!("{:04}", date.annee()),
    }
}

fn sejour(prefixe: &str, sejour: &Sejour, fuseau: &TimeZone) -> Stay {
    let jour = |instant| jour_local(instant, fuseau).to_string();
    Stay {
        id: format!("{prefixe}-SEJOUR-{}", sejour.id.0.simple()),
        status: match sejour.etat {
            EtatSejour::Preadmis => StayStatus::Planned,
            EtatSejour::Sorti | EtatSejour::Decede => StayStatus::Finished,
            EtatSejour::Present | EtatSejour::Absent | EtatSejour::Hospitalise => StayStatus::InProgress,
        },
        class: match sejour.genre {
            GenreSejour::Permanent | GenreSejour::Temporaire => "IMP",
            GenreSejour::AccueilDeJour => "AMB",
            GenreSejour::Domicile => "HH",
        }
        .into(),
        start: Some(jour(sejour.entree_le)),
        end: sejour.sortie_le.map(jour),
        planned_end: sejour.sortie_prevue.map(|jour| jour.to_string()),
        entry: sejour.genre.libelle().to_owned(),
        exit: match (sejour.etat, sejour.lieu.as_str()) {
            (EtatSejour::Decede, _) => "Décès".into(),
            (EtatSejour::Sorti, lieu) => lieu.to_owned(),
            _ => String::new(),
        },
    }
}

/// Absences and stays in hospital which are over, changes of room; those in progress have no end, which the model demands.
fn evenements(prefixe: &str, mouvements: &[(Uuid, &Mouvement)], fuseau: &TimeZone, restent: &mut Vec<String>) -> Vec<Event> {
    let mut valides: Vec<_> = mouvements.iter().filter(|(_, mouvement)| mouvement.annule.is_none()).collect();
    valides.sort_by_key(|(_, mouvement)| mouvement.le);
    let ecrire = |instant: jiff::Timestamp| instant.to_zoned(fuseau.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
    let mut events = Vec::new();
    for (rang, (id, depart)) in valides.iter().enumerate() {
        let retour = match depart.nature {
            NatureMouvement::DepartAbsence => NatureMouvement::RetourAbsence,
            NatureMouvement::Hospitalisation => NatureMouvement::RetourHospitalisation,
            NatureMouvement::ChangementChambre => NatureMouvement::ChangementChambre,
            _ => continue,
        };
        let fin = if retour == depart.nature {
            Some(depart.le)
        } else {
            let suite = valides.get(rang + 1..).unwrap_or_default();
            suite
                .iter()
                .find(|(_, mouvement)| mouvement.sejour == depart.sejour && mouvement.nature == retour)
                .map(|(_, mouvement)| mouvement.le)
        };
        let Some(fin) = fin else {
            restent.push(format!("{} en cours : le modèle national exige une date de fin.", depart.nature.libelle()));
            continue;
        };
        let vers = if depart.vers.is_empty() { String::new() } else { format!(", {}", depart.vers) };
        events.push(Event {
            id: format!("{prefixe}-EVN-{}", id.simple()),
            label: format!("{}{vers}", depart.nature.libelle()),
            status: EventStatus::Finished,
            start: ecrire(depart.le),
            end: ecrire(fin),
        });
    }
    events
}

fn contact(contact: &usagers::Contact) -> Contact {
    let roles: Vec<&str> = contact.roles.iter().map(|role| role.libelle()).collect();
    let lien = [contact.lien.as_str()].into_iter().chain(roles.iter().copied()).filter(|mots| !mots.is_empty());
    Contact {
        id: contact.id.to_string(),
        role: if contact.roles.contains(&RoleContact::PersonneDeConfiance) {
            ContactRole::Trusted
        } else if contact.roles.contains(&RoleContact::APrevenir) {
            ContactRole::Emergency
        } else {
            ContactRole::Other
        },
        link: lien.collect::<Vec<_>>().join(", "),
        name: contact.nom.clone(),
        phone: contact.telephone.clone(),
        email: contact.courriel.clone(),
        address: contact.adresse.clone(),
        comment: contact.consigne.clone(),
    }
}

async fn documents<D: Droit>(
    dossier: &DossierOuvert<D>,
    fuseau: &TimeZone,
    restent: &mut Vec<String>,
) -> Resultat<Vec<Document>> {
    if !dossier.peut_lire(platform::acces::Categorie::Medical) {
        restent.push("Les documents médicaux : la personne s'oppose à ce que votre profession les lise.".into());
    }
    let mut prets = Vec::new();
    let mut octets = 0;
    for lu in documents_de(dossier).await? {
        if !lu.est_courant() || lu.type_code == TYPE_EXPORT {
            continue;
        }
        let bytes =
            dossier.document(&lu.blob).await?.ok_or_else(|| Erreur::Panne("the bytes of a document are missing".into()))?;
        octets += bytes.len();
        if octets > OCTETS_MAX {
            return Err(Erreur::Demande(
                "Les documents de ce dossier dépassent 36 Mo : ils ne tiennent pas dans un seul envoi. Annulez ou remplacez ceux qui ne servent plus.".into(),
            ));
        }
        if bytes.is_empty() {
            continue;
        }
        let date = lu.date_document.at(12, 0, 0, 0);
        prets.push(Document {
            id: format!("urn:uuid:{}", lu.id),
            title: lu.titre.clone(),
            kind: (lu.type_code.clone(), TypeDocument::libelle_de(&lu.type_code).to_owned()),
            date: kernel::dates::instant_local(date, fuseau)
                .to_zoned(fuseau.clone())
                .strftime("%Y-%m-%dT%H:%M:%S%:z")
                .to_string(),
            author: lu.auteur.clone(),
            media_type: lu.mime.clone(),
            bytes,
        });
    }
    Ok(prets)
}
