//! A record of another software becomes one of this house: a person accepts, all or nothing, creations only.

use documents::{Document, Famille, Origine, Reprise, TypeDocument, creer};
use jiff::Timestamp;
use jiff::civil::Date;
use kernel::dates::DateNaissance;
use kernel::fichiers::nom_affichable;
use kernel::id::{EtablissementId, UsagerId};
use kernel::ins::{Identite, LieuNaissance, Sexe, Traits};
use platform::acces::{Acces, Acte};
use platform::erreur::{Erreur, Resultat};
use platform::store::{BlobId, Stored};
use sejours::{Accueil, CreerDossier, EcrireSejour, GenreSejour, Personne};
use tddui::{ContactRole, Gender, Patient, Read};
use usagers::{Civilite, Connu, Contact, Entourage, Identification, RoleContact};

use crate::RecevoirEntrants;
use crate::entrants::{DossierEntrant, EtatEntrant};

/// The identity a bundle tells, provisoire whatever it claims: its number is called again from here (RNIV).
///
/// # Errors
/// `Demande` when a trait cannot be kept as it is written.
pub(crate) fn identification(patient: &Patient, usager: UsagerId, etablissement: EtablissementId) -> Resultat<Identification> {
    let illisible = |quoi: &str| {
        Erreur::Demande(format!("L'identité du dossier ne peut pas être reprise : {quoi}. Créez la personne à la main."))
    };
    let mut parts = patient.birth_date.split('-').map(|part| part.parse::<i16>().unwrap_or(0));
    let (annee, mois, jour) = (parts.next().unwrap_or(0), parts.next().unwrap_or(0), parts.next().unwrap_or(0));
    let petit = |nombre: i16| i8::try_from(nombre).unwrap_or(-1);
    let naissance =
        DateNaissance::new(annee, petit(mois), petit(jour)).map_err(|_| illisible("la date de naissance est fausse"))?;
    let sexe = match patient.gender {
        Gender::Male => Sexe::Masculin,
        Gender::Female => Sexe::Feminin,
        Gender::Unknown => Sexe::Indetermine,
    };
    let lieu =
        patient.birth_place.as_deref().and_then(|code| LieuNaissance::new(code).ok()).unwrap_or_else(LieuNaissance::inconnu);
    let traits = Traits::new(&patient.family, &patient.given_names, naissance, sexe, lieu)
        .map_err(|erreur| illisible(&erreur.to_string()))?;
    let (nom_utilise, prenom_utilise) = match &patient.used {
        Some((nom, prenom)) => (plein(nom), plein(prenom)),
        None => (None, None),
    };
    Ok(Identification { usager, etablissement, identite: Identite::provisoire(traits), nom_utilise, prenom_utilise })
}

fn plein(texte: &str) -> Option<String> {
    Some(texte.trim().to_owned()).filter(|texte| !texte.is_empty())
}

/// What a person decides about a record received.
#[derive(Debug)]
pub(crate) struct Decision {
    /// The record of a person whom the house knows; else a new one.
    pub(crate) dossier: Option<UsagerId>,
    pub(crate) genre: GenreSejour,
    pub(crate) prevu_le: Date,
    pub(crate) entree_le: Timestamp,
    pub(crate) sortie_prevue: Option<Date>,
}

/// Accepts: record or stay, contacts, documents, and the last word on the reception, in one act.
///
/// # Errors
/// `DejaPris` when the same record of the other software was taken before; whatever the gate says.
pub(crate) async fn accepter(
    acces: &Acces<RecevoirEntrants>,
    (lu, contenu): (&Stored<DossierEntrant>, &Read),
    decision: Decision,
    connus: &[Connu],
) -> Resultat<UsagerId> {
    let etablissement = lu.etablissement;
    let de = contenu.organizations.first().map(|une| une.name.trim()).filter(|nom| !nom.is_empty());
    let de = de.unwrap_or(&lu.canal.emetteur).chars().take(120).collect::<String>();
    let accueil = Accueil {
        sejour: kernel::id::derived(lu.id, "sejour"),
        genre: decision.genre,
        prevu_le: decision.prevu_le,
        entree_le: decision.entree_le,
        sortie_prevue: decision.sortie_prevue,
        provenance: de.clone(),
        reference: contenu.patient.local_id.chars().take(60).collect(),
        motif: String::new(),
        place: None,
    };
    let par = acces.contexte().acteur.nom.clone();
    let usager = decision.dossier.unwrap_or_else(|| UsagerId(kernel::id::derived(lu.id, "usager")));
    let etat = EtatEntrant::Accepte { usager, par, le: acces.now() };
    let apres = DossierEntrant { etat, ..lu.value.clone() };
    let ou = Ou { usager, etablissement, de: &de };
    if decision.dossier.is_some() {
        let ecrire: Acces<EcrireSejour> = acces.aussi().await?;
        let dossier = ecrire.ouvrir_dossier(usager).await?;
        let mut acte = dossier.acte("dossier_entrant.accepte").detail("entrant", lu.id.to_string());
        sejours::accueillir_encore(&ecrire, &dossier, &mut acte, &accueil).await?;
        verser(acces, &mut acte, contenu, &ou)?;
        acte.update(lu, &apres);
        dossier.commit(acte).await?;
        return Ok(usager);
    }
    let creation: Acces<CreerDossier> = acces.aussi().await?;
    let acte = creation.acte_nouveau_dossier("dossier_entrant.accepte", etablissement, usager).await?;
    let mut acte = acte.detail("entrant", lu.id.to_string());
    let identification = identification(&contenu.patient, usager, etablissement)?;
    let civilite = Civilite::lire("", identification.identite.traits().sexe());
    let personne = Personne { usager, etablissement, identification, civilite, oppositions: Vec::new() };
    sejours::accueillir(&creation, &mut acte, &personne, &accueil, connus).await?;
    // Contacts of a person whom the house knows already stay those of the house.
    if let Some(entourage) = entourage(contenu, usager, etablissement, lu.id) {
        acte.create(Entourage::id(usager), &entourage);
    }
    verser(acces, &mut acte, contenu, &ou)?;
    acte.update(lu, &apres);
    creation.commit(acte).await?;
    Ok(usager)
}

struct Ou<'a> {
    usager: UsagerId,
    etablissement: EtablissementId,
    de: &'a str,
}

fn entourage(contenu: &Read, usager: UsagerId, etablissement: EtablissementId, entrant: uuid::Uuid) -> Option<Entourage> {
    let contacts: Vec<Contact> = contenu
        .contacts
        .iter()
        .filter(|contact| !contact.name.is_empty())
        .map(|contact| Contact {
            id: kernel::id::derived(entrant, &format!("contact/{}", contact.id)),
            nom: contact.name.clone(),
            lien: contact.link.clone(),
            roles: vec![match contact.role {
                ContactRole::Trusted => RoleContact::PersonneDeConfiance,
                ContactRole::Emergency => RoleContact::APrevenir,
                ContactRole::Other => RoleContact::Proche,
            }],
            telephone: contact.phone.clone(),
            courriel: contact.email.clone(),
            adresse: contact.address.clone(),
            consigne: contact.comment.clone(),
        })
        .collect();
    (!contacts.is_empty()).then(|| Entourage { usager, etablissement, contacts, mesure: None, directives: "inconnu".into() })
}

/// Every document, under a type recognised from its bytes, never the one declared.
fn verser(acces: &Acces<RecevoirEntrants>, acte: &mut Acte, contenu: &Read, ou: &Ou<'_>) -> Resultat<()> {
    let maintenant = acces.now();
    let aujourd_hui = kernel::dates::jour_local(maintenant, &acces.services().fuseau);
    let mut ids = std::collections::HashSet::new();
    for recu in &contenu.documents {
        let source = format!("tddui/{}/{}", contenu.patient.local_id, recu.id);
        let id = Document::id_de_reprise(ou.usager, &source);
        if !ids.insert(id) {
            continue;
        }
        let (code, libelle) = &recu.kind;
        let type_code = TypeDocument::get(code).map_or(documents::TYPE_PAR_DEFAUT, |connu| connu.code.as_str()).to_owned();
        let (_, mime) = documents::Nature::de(&recu.bytes);
        let titre = [recu.title.as_str(), libelle, "Document repris"]
            .into_iter()
            .find(|mots| !mots.trim().is_empty())
            .unwrap_or_default();
        let titre: String = titre.chars().take(200).collect();
        let document = Document {
            usager: ou.usager,
            etablissement: ou.etablissement,
            nom_fichier: nom_affichable(&titre),
            titre,
            // A kind which is not in the list is medical: the secrecy first.
            famille: if TypeDocument::get(code).is_some() { TypeDocument::famille_de(code) } else { Famille::Medical },
            type_code,
            date_document: recu.date.get(..10).and_then(|jour| jour.parse().ok()).unwrap_or(aujourd_hui),
            auteur: if recu.author.is_empty() { ou.de.to_owned() } else { recu.author.chars().take(200).collect() },
            origine: Origine::Recu,
            blob: BlobId::of(&recu.bytes),
            mime: mime.to_owned(),
            taille: recu.bytes.len() as u64,
            classe_le: maintenant,
            classe_par: acces.contexte().acteur.nom.clone(),
            identifiant: Some(recu.id.clone()),
            remplace: None,
            remplace_par: None,
            sans_date: false,
            reception: None,
            annule: None,
            repris: Some(Reprise { de: ou.de.to_owned(), le: maintenant, source }),
            serie: None,
        };
        acte.keep(acces.sceller(&recu.bytes)?);
        creer(acte, id, document);
    }
    Ok(())
}
