//! A document entered a record: its lines are kept as proposals. Called by who knows how to read documents.
//!
//! A message may come again: ids are those of the lines of the document, what exists is never written again.

use std::sync::Arc;

use documents::{Classe, Document, document_de};
use kernel::id::UsagerId;
use medical::elements;
use platform::Services;
use platform::acces::{Acces, Acte, DossierOuvert};
use platform::erreur::{Erreur, Resultat};
use platform::store::Stored;
use platform::worker::automate;
use usagers::Alertes;
use uuid::Uuid;

use crate::ligne::Ligne;
use crate::model::{Etat, Lecture, Proposition, Source};
use crate::rapprochement::{Connaissances, Deja, deja};
use crate::rights::TraiterPropositions;

const NOM: &str = "Lecture des documents reçus";
/// Lines kept of one document; more are counted as not read.
const LIGNES_MAX: usize = 500;

/// What was read of a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lu {
    /// Its lines, in its order.
    pub lignes: Vec<Ligne>,
    /// How many of its statements could not be told as lines.
    pub non_lues: usize,
}

async fn ouvrir(services: &Arc<Services>, usager: UsagerId) -> Resultat<DossierOuvert<TraiterPropositions>> {
    let acces: Acces<TraiterPropositions> = automate(services, NOM).await?;
    match acces.ouvrir_dossier(usager).await {
        Err(Erreur::Fusionne { garde, .. }) => acces.ouvrir_dossier(garde).await,
        autre => autre,
    }
}

/// The bytes of a document which entered a record, to be read; `None` when it was read already, or is gone from the record.
///
/// # Errors
/// Whatever the store says: the message is tried again.
pub async fn octets(services: &Arc<Services>, classe: &Classe) -> Resultat<Option<Vec<u8>>> {
    let dossier = ouvrir(services, classe.usager).await?;
    if dossier.lire::<Lecture>(Lecture::id(classe.document)).await?.is_some() {
        return Ok(None);
    }
    let Some(document) = document_de(&dossier, classe.document).await? else { return Ok(None) };
    let octets = dossier.document(&document.blob).await?;
    octets.map(Some).ok_or_else(|| Erreur::Panne("the bytes of a document are missing".into()))
}

/// Keeps what was read of a document as proposals; the pending lines of the document it replaces are withdrawn.
///
/// `Err` names why nothing could be read: a person is told to read the document itself.
///
/// # Errors
/// Whatever the store says: the message is tried again.
pub async fn proposer(services: &Arc<Services>, classe: &Classe, lu: Result<Lu, String>) -> Resultat<()> {
    let dossier = ouvrir(services, classe.usager).await?;
    if dossier.lire::<Lecture>(Lecture::id(classe.document)).await?.is_some() {
        return Ok(());
    }
    let Some(document) = document_de(&dossier, classe.document).await? else { return Ok(()) };
    let (lu, echec) = match lu {
        Ok(lu) => (lu, None),
        Err(code) => (Lu::default(), Some(code)),
    };
    let (propositions, non_lues) = composer(&dossier, &document, lu).await?;
    let mut acte = dossier.acte("propositions.lues").detail("lignes", propositions.len()).detail("non_lues", non_lues);
    for proposition in &propositions {
        acte.create(Proposition::id(document.id, &proposition.ligne.repere), proposition);
    }
    let lecture = Lecture {
        usager: dossier.usager(),
        etablissement: dossier.etablissement().ok_or(Erreur::Introuvable)?,
        source: source(&document),
        lue_le: dossier.contexte().now,
        lignes: propositions.len(),
        non_lues,
        echec,
        remplacee_par: document.remplace_par,
        vue: None,
    };
    acte.create(Lecture::id(document.id), &lecture);
    retirer(&dossier, &mut acte, &document).await?;
    match dossier.commit(acte).await {
        // The same message handled twice at the same instant: the other one wrote it.
        Err(Erreur::Conflit) if dossier.lire::<Lecture>(Lecture::id(classe.document)).await?.is_some() => Ok(()),
        autre => autre,
    }
}

fn source(document: &Stored<Document>) -> Source {
    Source { document: document.id, titre: document.titre.clone(), auteur: document.auteur.clone(), date: document.date_document }
}

/// The lines as proposals, and how many statements must be read in the document itself. A document replaced or annulled
/// meanwhile proposes nothing.
async fn composer(
    dossier: &DossierOuvert<TraiterPropositions>,
    document: &Stored<Document>,
    lu: Lu,
) -> Resultat<(Vec<Proposition>, usize)> {
    let etablissement = dossier.etablissement().ok_or(Erreur::Introuvable)?;
    let elements = elements(dossier).await?;
    let alertes = dossier.lire::<Alertes>(Alertes::id(dossier.usager())).await?;
    let connu = Connaissances { elements: &elements, allergies: alertes.as_ref().map(|lue| &lue.allergies) };
    let mut propositions: Vec<Proposition> = Vec::new();
    let mut non_lues = lu.non_lues;
    for mut ligne in lu.lignes {
        let double = propositions.iter().any(|une| une.ligne.repere == ligne.repere);
        if double || propositions.len() == LIGNES_MAX {
            non_lues += 1;
            continue;
        }
        non_lues += usize::from(ligne.borner());
        let (usager, proposee_le) = (dossier.usager(), dossier.contexte().now);
        let etat = premier_etat(&ligne, connu);
        propositions.push(Proposition { usager, etablissement, source: source(document), ligne, proposee_le, etat });
    }
    if !document.est_courant() {
        propositions.clear();
    }
    Ok((propositions, non_lues))
}

/// A line is first proposed, or known already.
fn premier_etat(ligne: &Ligne, connu: Connaissances<'_>) -> Etat {
    match deja(ligne, connu) {
        Some(Deja::Entree(entree)) => Etat::Connue { entree: Some(entree), par: String::new() },
        Some(Deja::Allergies) => Etat::Connue { entree: None, par: String::new() },
        None => Etat::Proposee,
    }
}

/// Withdraws what waits of the document this one replaces; what a person decided stays.
async fn retirer(dossier: &DossierOuvert<TraiterPropositions>, acte: &mut Acte, document: &Stored<Document>) -> Resultat<()> {
    let Some(ancien) = document.remplace else { return Ok(()) };
    let le = dossier.contexte().now;
    for lu in de_document(dossier, ancien).await?.iter().filter(|lu| lu.ouverte()) {
        acte.update(lu, &Proposition { etat: Etat::Retiree { par_document: document.id, le }, ..lu.value.clone() });
    }
    if let Some(lecture) = dossier.lire::<Lecture>(Lecture::id(ancien)).await? {
        acte.update(&lecture, &Lecture { remplacee_par: Some(document.id), ..lecture.value.clone() });
    }
    Ok(())
}

async fn de_document(dossier: &DossierOuvert<TraiterPropositions>, document: Uuid) -> Resultat<Vec<Stored<Proposition>>> {
    let mut lues = dossier.liste::<Proposition>(|query| query).await?;
    lues.retain(|lu| lu.source.document == document);
    Ok(lues)
}
