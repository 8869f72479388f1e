//! Human acts: put a document, replace it, annul it; file or refuse what was received.

use jiff::Timestamp;
use jiff::civil::Date;
use kernel::fichiers::nom_affichable;
use kernel::id::{EtablissementId, UsagerId};
use platform::acces::{Acces, Categorie, DossierOuvert, Droit};
use platform::erreur::{Erreur, Resultat};
use platform::store::{BlobId, Stored};
use platform::web::{Answer, Champs, Chemin, Erreurs, FichierRecu, Fichiers};
use usagers::Identification;
use uuid::Uuid;

use crate::analyse::{Apercu, Nature};
use crate::contenu::Suite;
use crate::courrier::annoncer;
use crate::erreurs_cda;
use crate::forms::{self, DepotLu};
use crate::isolat::analyser_isole;
use crate::model::{Document, Origine};
use crate::pages;
use crate::reception::{Attente, EtatReception, Reception};
use crate::records::{Avis, TOPIC_RECUE, creer, document_de, ecrire};
use crate::rights::{ClasserReceptions, DeposerDocument};
use crate::traiter::{classer as classer_reception, confier};
use crate::types::{TYPE_PAR_DEFAUT, TypeDocument};

/// Name of who acts, as it is written on the record.
pub(crate) fn signature<D: Droit>(acces: &Acces<D>) -> String {
    acces.contexte().acteur.nom.clone()
}

/// The document made of a reception.
pub(crate) fn document_recu(
    reception: &Reception,
    id: Uuid,
    usager: UsagerId,
    etablissement: EtablissementId,
    now: Timestamp,
    par: &str,
) -> Document {
    let apercu = reception.apercu.as_ref();
    let type_code = apercu.and_then(|apercu| apercu.type_code.clone()).unwrap_or_else(|| TYPE_PAR_DEFAUT.to_owned());
    let recue_le = kernel::dates::jour_local(reception.recue_le, &kernel::clock::fuseau_par_defaut());
    Document {
        usager,
        etablissement,
        titre: apercu
            .and_then(|apercu| apercu.titre.clone().or_else(|| apercu.type_libelle.clone()))
            .unwrap_or_else(|| reception.nom.clone()),
        famille: TypeDocument::famille_de(&type_code),
        type_code,
        date_document: apercu.and_then(|apercu| apercu.date).unwrap_or(recue_le),
        sans_date: apercu.is_none_or(|apercu| apercu.date.is_none()),
        auteur: apercu
            .map(|apercu| apercu.auteur.clone())
            .filter(|auteur| !auteur.is_empty())
            .unwrap_or_else(|| reception.canal.emetteur.clone()),
        origine: Origine::Recu,
        blob: reception.blob.clone(),
        mime: apercu.map_or_else(|| "application/octet-stream".to_owned(), |apercu| apercu.mime.clone()),
        nom_fichier: reception.nom.clone(),
        taille: reception.taille,
        classe_le: now,
        classe_par: par.to_owned(),
        identifiant: apercu.and_then(|apercu| apercu.identifiant.clone()),
        remplace: None,
        remplace_par: None,
        reception: Some(id),
        annule: None,
        repris: None,
        serie: None,
    }
}

/// A file which was looked at before it enters the record.
struct Lue {
    fichier: FichierRecu,
    apercu: Apercu,
}

/// Puts one or several files in a record.
pub(crate) async fn deposer(
    acces: Acces<DeposerDocument>,
    Chemin(usager): Chemin<UsagerId>,
    recus: Fichiers,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let aujourd_hui = kernel::dates::jour_local(acces.now(), &acces.services().fuseau);
    let (depot, lues) = match lire_depot(&dossier, &recus, aujourd_hui).await? {
        Ok(lu) => lu,
        Err(erreurs) => return pages::formulaire(&acces, &dossier, &recus.champs, &erreurs).await.map(Answer::a_corriger),
    };
    let etablissement = dossier.etablissement().ok_or(Erreur::Introuvable)?;
    let saisie: Uuid = recus.champs.lire("id").unwrap_or_else(|| acces.nouvel_id());
    let remplace: Option<Uuid> = recus.champs.lire("remplace").filter(|_| lues.len() == 1);
    let mut acte = dossier.acte("documents.deposes").detail("nombre", lues.len());
    let mut ecrits = 0;
    for lue in lues {
        let blob = BlobId::of(&lue.fichier.octets);
        let id = kernel::id::derived(saisie, &blob.0);
        if document_de(&dossier, id).await?.is_some() {
            continue;
        }
        let mut document =
            document_depose(&lue, &depot, blob, usager, etablissement, acces.now(), &signature(&acces), aujourd_hui);
        if let Some(ancien) = remplacable(&dossier, remplace).await? {
            document.remplace = Some(ancien.id);
            document.famille = ancien.famille;
            ecrire(&mut acte, &ancien, Document { remplace_par: Some(id), ..ancien.value.clone() })?;
        }
        acte.keep(acces.sceller(&lue.fichier.octets)?);
        creer(&mut acte, id, document);
        ecrits += 1;
    }
    if ecrits > 0 {
        dossier.commit(acte).await?;
    }
    let message = match ecrits {
        0 => "Ces documents étaient déjà dans le dossier.".to_owned(),
        1 => "Document déposé.".to_owned(),
        n => format!("{n} documents déposés."),
    };
    Ok(Answer::vers(format!("/residents/{usager}/documents")).dit(message))
}

async fn remplacable<D: Droit>(dossier: &DossierOuvert<D>, id: Option<Uuid>) -> Resultat<Option<crate::records::Lu>> {
    let Some(id) = id else { return Ok(None) };
    match document_de(dossier, id).await? {
        Some(ancien) if ancien.est_courant() => Ok(Some(ancien)),
        Some(_) => Err(Erreur::Conflit),
        None => Err(Erreur::Introuvable),
    }
}

async fn lire_depot<D: Droit>(
    dossier: &DossierOuvert<D>,
    recus: &Fichiers,
    aujourd_hui: Date,
) -> Resultat<Result<(DepotLu, Vec<Lue>), Erreurs>> {
    let depot = forms::lire_depot(&recus.champs, aujourd_hui);
    let mut erreurs = depot.as_ref().err().cloned().unwrap_or_default();
    erreurs.exiger("fichiers", !recus.fichiers.is_empty(), "Choisissez au moins un fichier.");
    let mut lues = Vec::new();
    for fichier in &recus.fichiers {
        let apercu = analyser_isole(&fichier.octets).await.apercu;
        if let Some(phrase) = refus(dossier, &apercu, recus.champs.coche("malgre_identite")).await? {
            erreurs.ajouter("fichiers", format!("« {} » : {phrase}", nom_affichable(&fichier.nom)));
        }
        lues.push(Lue { fichier: fichier.clone(), apercu });
    }
    match depot {
        Ok(depot) if erreurs.aucune() => Ok(Ok((depot, lues))),
        _ => Ok(Err(erreurs)),
    }
}

/// Why a file does not enter the record, if it does not.
async fn refus<D: Droit>(dossier: &DossierOuvert<D>, apercu: &Apercu, malgre_identite: bool) -> Resultat<Option<String>> {
    if let Some(code) = &apercu.refus {
        return Ok(Some(erreurs_cda::phrase(code).to_owned()));
    }
    if !matches!(apercu.nature, Nature::Pdf | Nature::Image | Nature::Cda) {
        return Ok(Some(
            "ce format n'est pas accepté. Déposez un PDF, une image (PNG, JPEG, WebP) ou un document CDA.".to_owned(),
        ));
    }
    let Some(patient) = apercu.patient.as_ref().filter(|_| !malgre_identite && dossier.peut_lire(Categorie::Identite)) else {
        return Ok(None);
    };
    let identification = dossier.lire::<Identification>(Identification::id(dossier.usager())).await?;
    let meme = identification.as_ref().is_none_or(|connue| patient.traits().is_some_and(|lus| lus == *connue.identite.traits()));
    Ok((!meme).then(|| {
        format!("ce document est au nom de {}. Si c'est bien la même personne, cochez « L'identité est vérifiée » et déposez de nouveau.", patient.nom_affiche)
    }))
}

#[expect(clippy::too_many_arguments, reason = "each is a fact of the document, read at a different place")]
fn document_depose(
    lue: &Lue,
    depot: &DepotLu,
    blob: BlobId,
    usager: UsagerId,
    etablissement: EtablissementId,
    now: Timestamp,
    par: &str,
    aujourd_hui: Date,
) -> Document {
    let nom = nom_affichable(&lue.fichier.nom);
    let titre =
        if depot.titre.is_empty() { lue.apercu.titre.clone().unwrap_or_else(|| nom.clone()) } else { depot.titre.clone() };
    Document {
        usager,
        etablissement,
        titre,
        type_code: depot.type_code.clone(),
        date_document: depot.date.or(lue.apercu.date).unwrap_or(aujourd_hui),
        sans_date: depot.date.or(lue.apercu.date).is_none(),
        auteur: if depot.auteur.is_empty() { lue.apercu.auteur.clone() } else { depot.auteur.clone() },
        origine: Origine::Depose,
        blob,
        mime: lue.apercu.mime.clone(),
        nom_fichier: nom,
        taille: lue.fichier.octets.len() as u64,
        famille: TypeDocument::famille_de(&depot.type_code),
        classe_le: now,
        classe_par: par.to_owned(),
        identifiant: lue.apercu.identifiant.clone(),
        remplace: None,
        remplace_par: None,
        reception: None,
        annule: None,
        repris: None,
        serie: None,
    }
}

/// Annuls a document: it stays readable, struck through.
pub(crate) async fn annuler(
    acces: Acces<DeposerDocument>,
    Chemin((usager, id)): Chemin<(UsagerId, Uuid)>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let lu = document_de(&dossier, id).await?.ok_or(Erreur::Introuvable)?;
    let adresse = format!("/residents/{usager}/documents/{id}");
    if lu.annule.is_some() {
        return Ok(Answer::vers(adresse).dit("Ce document était déjà annulé."));
    }
    if champs.lire::<i64>("version") != Some(lu.version) {
        return Err(Erreur::Conflit);
    }
    let motif = match forms::lire_motif(&champs, "Dites pourquoi le document est annulé.") {
        Ok(motif) => motif,
        Err(erreurs) => return pages::document_rendu(&acces, &dossier, &lu, &erreurs).await.map(Answer::a_corriger),
    };
    let mut acte = dossier.acte("documents.annule");
    ecrire(&mut acte, &lu, Document { annule: Some(motif), ..lu.value.clone() })?;
    dossier.commit(acte).await?;
    Ok(Answer::vers(adresse).dit("Document annulé. Il reste lisible, barré."))
}

async fn en_attente(acces: &Acces<ClasserReceptions>, id: Uuid, champs: &Champs) -> Resultat<Stored<Reception>> {
    let lue = acces.lire::<Reception>(id).await?.filter(|lue| lue.visible(acces.contexte())).ok_or(Erreur::Introuvable)?;
    if lue.etat.attente().is_none() || champs.lire::<i64>("version") != Some(lue.version) {
        return Err(Erreur::Conflit);
    }
    Ok(lue)
}

/// Files a reception in the record a human chose.
pub(crate) async fn classer(acces: Acces<ClasserReceptions>, Chemin(id): Chemin<Uuid>, champs: Champs) -> Resultat<Answer> {
    let lue = en_attente(&acces, id, &champs).await?;
    let Some(usager) = champs.lire::<UsagerId>("usager") else {
        return Err(Erreur::Demande("Choisissez la personne à qui appartient le document.".into()));
    };
    if lue.etat.attente() == Some(Attente::NonAnalysee) {
        return Err(Erreur::Demande("Ce fichier est en cours de lecture. Attendez une minute.".into()));
    }
    let mut reception = lue.value.clone();
    if let (Some(connu), Some(apercu)) = (TypeDocument::get(champs.texte(&format!("type-{usager}"))), reception.apercu.as_mut()) {
        apercu.type_code = Some(connu.code.clone());
    }
    let par = signature(&acces);
    if reception.apercu.as_ref().and_then(|apercu| apercu.suite) == Some(Suite::Mouvement) {
        confier(&acces, &lue, reception, Suite::Mouvement, Some(usager)).await?;
        return Ok(Answer::vers("/liaisons/reception").dit("Message confié : ce qu'il annonce sera noté dans le dossier."));
    }
    let document = classer_reception(&acces, &lue, reception, usager, false, &par).await?;
    let retour = if acces.peut::<crate::rights::LireDocuments>() {
        format!("/residents/{usager}/documents/{document}")
    } else {
        "/liaisons/reception".to_owned()
    };
    Ok(Answer::vers(retour).dit("Document classé dans le dossier."))
}

/// Reads a reception again, as if it had just come.
pub(crate) async fn relire(acces: Acces<ClasserReceptions>, Chemin(id): Chemin<Uuid>, champs: Champs) -> Resultat<Answer> {
    let lue = en_attente(&acces, id, &champs).await?;
    if !lue.etat.attente().is_some_and(Attente::relisible) {
        return Err(Erreur::Demande("Ce fichier est lu : il attend une décision, pas une nouvelle lecture.".into()));
    }
    let mut acte = acces.acte("reception.relue");
    acte.update(&lue, &Reception { etat: EtatReception::Recue, apercu: None, ..lue.value.clone() });
    acte.send(TOPIC_RECUE, format!("recue/{id}/{}", lue.version), &Avis { reception: id });
    acces.commit(acte).await?;
    Ok(Answer::vers(format!("/liaisons/reception/{id}")).dit("Nouvelle lecture demandée."))
}

/// Refuses a reception, with the reason; its bytes stay.
pub(crate) async fn rejeter(acces: Acces<ClasserReceptions>, Chemin(id): Chemin<Uuid>, champs: Champs) -> Resultat<Answer> {
    let lue = en_attente(&acces, id, &champs).await?;
    let motif = match forms::lire_motif(&champs, "Dites pourquoi le document est rejeté.") {
        Ok(motif) => motif,
        Err(erreurs) => return pages::reception_rendue(&acces, &lue, "", &erreurs).await.map(Answer::a_corriger),
    };
    let etat = EtatReception::Rejetee { motif, par: signature(&acces) };
    let mut acte = acces.acte("reception.rejetee");
    let rejetee = Reception { etat, ..lue.value.clone() };
    annoncer(&mut acte, &lue, &rejetee);
    acte.update(&lue, &rejetee);
    acces.commit(acte).await?;
    Ok(Answer::vers("/liaisons/reception").dit("Document rejeté. Il reste consultable dans les documents traités."))
}
