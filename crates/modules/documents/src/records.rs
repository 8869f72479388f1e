//! Where documents and receptions stand, and how both families of documents are read as one list.

use platform::acces::{Acte, Categorie, DossierOuvert, Droit, Ecrit, Referentiel};
use platform::erreur::{Erreur, Resultat};
use platform::store::{BlobId, Entity, Scope, Stored};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::model::{Document, DocumentCourant, DocumentMedical, Famille, Serie};
use crate::reception::Reception;
use jiff::civil::Date;

/// The list of the receptions of a place which wait for somebody.
pub fn lane_attente(lieu: Uuid) -> String {
    format!("receptions/{lieu}/attente")
}

/// The list of the receptions of a place which are settled.
pub fn lane_traitees(lieu: Uuid) -> String {
    format!("receptions/{lieu}/traitees")
}

/// The list of what a received file held.
pub fn lane_contenues(enveloppe: Uuid) -> String {
    format!("receptions/dans/{enveloppe}")
}

fn portee(document: &Document) -> Scope {
    Scope::of(document.etablissement)
        .person(document.usager)
        .at(document.classe_le)
        .lane(format!("documents/{}", document.etablissement))
}

macro_rules! famille {
    ($kind:ty, $name:literal, $category:ident) => {
        impl Entity for $kind {
            const KIND: &'static str = $name;
            fn scope(&self) -> Scope {
                portee(&self.0)
            }
            fn claims(&self) -> Vec<String> {
                self.0.serie_propre().iter().map(Serie::clef).collect()
            }
            fn text(&self) -> Option<String> {
                Some(format!("{} {} {}", self.0.titre, self.0.auteur, crate::types::TypeDocument::libelle_de(&self.0.type_code)))
            }
        }
        impl Ecrit for $kind {
            const CATEGORIE: Categorie = Categorie::$category;
        }
    };
}
famille!(DocumentMedical, "document_medical", Medical);
famille!(DocumentCourant, "document", Documents);

impl Entity for Reception {
    const KIND: &'static str = "reception";

    fn scope(&self) -> Scope {
        let liste = if self.etat.attente().is_some() { lane_attente(self.lieu) } else { lane_traitees(self.lieu) };
        let portee = Scope::of(self.lieu).at(self.recue_le).lane(liste);
        match self.dans {
            Some(enveloppe) => portee.lane2(lane_contenues(enveloppe)),
            None => portee,
        }
    }
}

impl Referentiel for Reception {
    const CATEGORIE: Categorie = Categorie::Echanges;
}

/// What was already received: one record a digest, one a document identifier. Its id is made from the key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DejaRecu {
    /// Where the first reception stands.
    pub lieu: Uuid,
    /// The first reception.
    pub reception: Uuid,
    /// Its bytes.
    pub blob: BlobId,
}

impl DejaRecu {
    /// The record's id for these bytes.
    pub fn id_empreinte(blob: &BlobId) -> Uuid {
        kernel::id::derived(Uuid::nil(), &format!("reception/empreinte/{}", blob.0))
    }

    /// The record's id for this document identifier.
    pub fn id_identifiant(identifiant: &str) -> Uuid {
        kernel::id::derived(Uuid::nil(), &format!("reception/identifiant/{identifiant}"))
    }
}

impl Entity for DejaRecu {
    const KIND: &'static str = "deja_recu";

    fn scope(&self) -> Scope {
        Scope::of(self.lieu)
    }
}

impl Referentiel for DejaRecu {
    const CATEGORIE: Categorie = Categorie::Echanges;
}

/// A document of a record, whatever its family.
pub type Lu = Stored<Document>;

/// The documents of a person that may be read, newest document first.
///
/// # Errors
/// Whatever the store says.
pub async fn documents_de<D: Droit>(dossier: &DossierOuvert<D>) -> Resultat<Vec<Lu>> {
    let mut lus = Vec::new();
    if dossier.peut_lire(Categorie::Medical) {
        let medicaux = dossier.liste::<DocumentMedical>(|query| query).await?;
        lus.extend(medicaux.into_iter().map(|lu| lu.map(|document| document.0)));
    }
    if dossier.peut_lire(Categorie::Documents) {
        let courants = dossier.liste::<DocumentCourant>(|query| query).await?;
        lus.extend(courants.into_iter().map(|lu| lu.map(|document| document.0)));
    }
    lus.sort_by_key(|lu| std::cmp::Reverse((lu.date_document, lu.classe_le)));
    Ok(lus)
}

/// One document of a person, if it may be read.
///
/// # Errors
/// Whatever the store says.
pub async fn document_de<D: Droit>(dossier: &DossierOuvert<D>, id: Uuid) -> Resultat<Option<Lu>> {
    if dossier.peut_lire(Categorie::Documents)
        && let Ok(Some(lu)) = dossier.lire::<DocumentCourant>(id).await
    {
        return Ok(Some(lu.map(|document| document.0)));
    }
    if dossier.peut_lire(Categorie::Medical) {
        return Ok(dossier.lire::<DocumentMedical>(id).await?.map(|lu| lu.map(|document| document.0)));
    }
    Ok(None)
}

/// Topic of the message sent when a file was kept and is still to be read.
pub const TOPIC_RECUE: &str = "documents.recue";
/// Topic of the message sent when somebody else must do what a received file asks for.
pub const TOPIC_CONFIEE: &str = "documents.confiee";

/// A reception a message is about.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Avis {
    /// The reception.
    pub reception: Uuid,
}

impl Avis {
    /// Reads the payload of a message.
    ///
    /// # Errors
    /// `Panne` when it is not one.
    pub fn lire(message: &platform::store::OutboxItem) -> Resultat<Self> {
        serde_json::from_str(&message.payload).map_err(|erreur| Erreur::Panne(erreur.to_string()))
    }
}

/// Topic of the message sent when a document enters a record.
pub const TOPIC_CLASSE: &str = "documents.classe";

/// A document entered a record.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Classe {
    /// Whose.
    pub usager: kernel::id::UsagerId,
    /// The document.
    pub document: Uuid,
    /// Its kind, a code of JDV_J07.
    pub type_code: String,
    /// Its own date; none when only the day it came is known.
    #[serde(default)]
    pub date: Option<Date>,
}

/// Creates a document under its family.
pub fn creer(acte: &mut Acte, id: Uuid, document: Document) {
    let date = (!document.sans_date).then_some(document.date_document);
    let classe = Classe { usager: document.usager, document: id, type_code: document.type_code.clone(), date };
    acte.send(TOPIC_CLASSE, format!("classe/{id}"), &classe);
    match document.famille {
        Famille::Medical => acte.create(id, &DocumentMedical(document)),
        Famille::Courant => acte.create(id, &DocumentCourant(document)),
    }
}

/// Adds a document made here to an act; the one it replaces is marked, never changed otherwise.
///
/// # Errors
/// When the two are not of the same family.
pub fn produire(acte: &mut Acte, id: Uuid, document: Document, ancien: Option<Lu>) -> Resultat<()> {
    if let Some(ancien) = ancien {
        ecrire(acte, &ancien, Document { remplace_par: Some(id), ..ancien.value.clone() })?;
    }
    match document.famille {
        Famille::Medical => acte.create(id, &DocumentMedical(document)),
        Famille::Courant => acte.create(id, &DocumentCourant(document)),
    }
    Ok(())
}

/// Adds to an act the document taken over from another record (F013); gives whether something is written.
///
/// Its bytes are already kept, under the same address. One annulled there since is annulled here, unless somebody did.
///
/// # Errors
/// The right, the store; a document which does not say where it is taken from.
pub async fn reprendre<D: Droit>(dossier: &DossierOuvert<D>, acte: &mut Acte, document: Document) -> Resultat<bool> {
    let Some(repris) = &document.repris else {
        return Err(Erreur::Panne("a document taken over names where from".into()));
    };
    let id = Document::id_de_reprise(dossier.usager(), &repris.source);
    match document_de(dossier, id).await? {
        None if document.annule.is_some() => Ok(false),
        None => produire(acte, id, document, None).map(|()| true),
        Some(connu) if connu.annule.is_none() && document.annule.is_some() => {
            ecrire(acte, &connu, Document { annule: document.annule, ..connu.value.clone() }).map(|()| true)
        }
        Some(_) => Ok(false),
    }
}

/// Writes the next version of a document; its family never changes.
pub(crate) fn ecrire(acte: &mut Acte, lu: &Lu, document: Document) -> Resultat<()> {
    if lu.famille != document.famille {
        return Err(Erreur::Panne("a document changed family".into()));
    }
    match document.famille {
        Famille::Medical => acte.update(&lu.clone().map(DocumentMedical), &DocumentMedical(document)),
        Famille::Courant => acte.update(&lu.clone().map(DocumentCourant), &DocumentCourant(document)),
    }
    Ok(())
}
