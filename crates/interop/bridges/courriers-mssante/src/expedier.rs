//! A sending leaves: documents read, package and mail composed, submitted, and what the operator said written.

use std::sync::Arc;

use cda_r2::Limits;
use correspondants::Messagerie;
use documents::Lu;
use documents_sortants::lisible;
use etablissements::Etablissement;
use jiff::Timestamp;
use liaisons::{AEnvoyer, Envoi, EnvoyerDocuments, Reponse, Suivi};
use mssante::{Address, Correspondent, DocumentMail, DocumentSubject, MessageId, Outcome, OutgoingMail, ReadableCopy};
use platform::Services;
use platform::acces::{Acces, DossierOuvert};
use platform::erreur::{Erreur, Resultat};
use platform::store::{OutboxItem, Stored};
use usagers::{Identification, Usager};
use xdm::Origin;

use crate::colis::{Impossible, Piece, composer};
use crate::pannes;
use crate::reglages::Reglages;

type Dossier = DossierOuvert<EnvoyerDocuments>;

/// Handles a message of `liaisons.envoi`: whoever waits for the operator is tried again later.
///
/// # Errors
/// What must be tried again, in words.
pub async fn expedier(services: &Arc<Services>, message: &OutboxItem, reglages: Option<&Reglages>) -> Resultat<()> {
    let avis = AEnvoyer::lire(message)?;
    let (dossier, lu) = liaisons::ouvrir(services, &avis).await?;
    if !lu.attend() {
        return Ok(());
    }
    let Some(reglages) = reglages else {
        return retarder(&dossier, &lu, "Aucun opérateur de messagerie sécurisée n'est réglé sur ce serveur.").await;
    };
    let acces: Acces<EnvoyerDocuments> = platform::worker::automate(services, "Envoi de documents").await?;
    let Some(boite) = boite(&acces, &lu).await? else {
        let pourquoi = match lu.boite {
            Some(_) => "La messagerie choisie pour cet envoi est fermée.",
            None => "La maison n'a pas de messagerie sécurisée ouverte.",
        };
        return retarder(&dossier, &lu, pourquoi).await;
    };
    let maison = acces.lire::<Etablissement>(lu.etablissement).await?.ok_or(Erreur::Introuvable)?;
    if citoyen_etranger(&dossier, &lu).await? {
        return refuser(&dossier, &lu, "l'INS de la personne n'est plus qualifiée, Mon espace santé ne peut pas être adressé")
            .await;
    }
    let courriel = match composer_courriel(services, &dossier, &lu, (&boite, &maison), reglages).await? {
        Ok(courriel) => courriel,
        Err(Impossible(pourquoi)) => return refuser(&dossier, &lu, &pourquoi).await,
    };
    let octets = courriel.bytes().to_vec();
    let remise = reglages.smtp(&boite.adresse).submit(&courriel).await;
    let suivis: Vec<(String, Suivi, String)> =
        remise.recipients.iter().filter_map(|(adresse, issue)| suivi(adresse, issue)).collect();
    let attend = remise.recipients.iter().find_map(|(_, issue)| match issue {
        Outcome::Later { reason, .. } => Some(pannes::remise(*reason)),
        _ => None,
    });
    let dit = match (&attend, suivis.is_empty()) {
        (Some(pourquoi), true) => format!("Le message n'est pas encore parti. {pourquoi}"),
        (Some(pourquoi), false) => format!("Le message n'est parti que pour certains destinataires. {pourquoi}"),
        (None, _) => "Message remis à l'opérateur.".to_owned(),
    };
    let reponse = Reponse {
        depuis: boite.adresse.clone(),
        reference: courriel.message_id().as_str().to_owned(),
        suivis,
        dit,
        courriel: Some(octets),
    };
    liaisons::noter(&dossier, &lu, reponse).await?;
    // The operator's words may name a recipient: they stay in the record. Every house reads the worker's failures.
    attend.map_or(Ok(()), |_| Err(Erreur::Panne("l'opérateur n'a pas pris le message : le dossier dit pourquoi".into())))
}

/// The mailbox somebody chose, else that of the house.
async fn boite(acces: &Acces<EnvoyerDocuments>, lu: &Envoi) -> Resultat<Option<Stored<Messagerie>>> {
    match lu.boite {
        None => correspondants::messagerie_de(acces, lu.etablissement).await,
        Some(choisie) => {
            let lue = acces.lire::<Messagerie>(choisie).await?;
            Ok(lue.filter(|lue| lue.active && lue.etablissement == lu.etablissement))
        }
    }
}

/// The person's identity may have been doubted since the sending was asked for: their mailbox is named after their INS.
async fn citoyen_etranger(dossier: &Dossier, lu: &Envoi) -> Resultat<bool> {
    let citoyens = |un: &&liaisons::Destinataire| un.suivi == Suivi::Prepare && correspondants::est_citoyen(&un.adresse);
    let Some(un) = lu.destinataires.iter().find(citoyens) else { return Ok(false) };
    let lue = dossier.lire::<Identification>(Identification::id(dossier.usager())).await?;
    let ins = lue.as_ref().and_then(|lue| lue.identite.ins_transmissible());
    let sienne = ins.map(|ins| format!("{}@{}", ins.matricule().as_str(), correspondants::CITOYENS));
    Ok(sienne.is_none_or(|sienne| !sienne.eq_ignore_ascii_case(&un.adresse)))
}

/// Waits, and says why once.
async fn retarder(dossier: &Dossier, lu: &Stored<Envoi>, pourquoi: &str) -> Resultat<()> {
    let reponse =
        Reponse { reference: lu.reference.clone(), depuis: lu.depuis.clone(), dit: pourquoi.to_owned(), ..Reponse::default() };
    liaisons::noter(dossier, lu, reponse).await?;
    Err(Erreur::Panne(pourquoi.to_owned()))
}

/// It will never leave as it is: somebody must look.
async fn refuser(dossier: &Dossier, lu: &Stored<Envoi>, pourquoi: &str) -> Resultat<()> {
    let phrase = format!("L'envoi ne peut pas partir : {pourquoi}.");
    let attendent = lu.destinataires.iter().filter(|un| un.suivi == Suivi::Prepare);
    let reponse = Reponse {
        reference: lu.reference.clone(),
        depuis: lu.depuis.clone(),
        suivis: attendent.map(|un| (un.adresse.clone(), Suivi::Refuse, phrase.clone())).collect(),
        dit: phrase.clone(),
        courriel: None,
    };
    liaisons::noter(dossier, lu, reponse).await
}

fn suivi(adresse: &Address, issue: &Outcome) -> Option<(String, Suivi, String)> {
    let (suivi, detail) = match issue {
        Outcome::Accepted { .. } => (Suivi::Remis, String::new()),
        Outcome::Refused { code, text, .. } => (Suivi::Refuse, refus(*code, text)),
        Outcome::Unknown { .. } => (Suivi::Incertain, "L'opérateur n'a pas dit ce qu'il en a fait.".to_owned()),
        _ => return None,
    };
    Some((adresse.as_str().to_owned(), suivi, detail))
}

/// A refusal, with the operator's own words when they hold no address.
fn refus(code: u16, mots: &str) -> String {
    let dits = pannes::dite(mots).map(|mots| format!(" Ses mots : {mots}")).unwrap_or_default();
    format!("Refusé par l'opérateur (code {code}).{dits}")
}

/// The documents of a sending as clinical documents, each with its readable copy.
async fn pieces(services: &Arc<Services>, dossier: &Dossier, lu: &Envoi) -> Resultat<Result<Vec<Piece>, Impossible>> {
    let mut pieces = Vec::new();
    for envoye in &lu.documents {
        let Some(document) = documents::document_de(dossier, envoye.document).await? else { return Err(Erreur::Introuvable) };
        let octets = dossier.document(&document.blob).await?.ok_or_else(|| Erreur::Panne("a document lost its bytes".into()))?;
        let octets = match document.mime.as_str() {
            "application/xml" => octets,
            mime if mime == "application/pdf" || documents_sortants::IMAGES.contains(&mime) => {
                match documents_sortants::niveau_1(services, dossier.usager(), &document, octets).await? {
                    Ok(octets) => octets,
                    Err(pourquoi) => return Ok(Err(Impossible(pourquoi))),
                }
            }
            _ => {
                return Ok(Err(Impossible(
                    "un fichier n'est ni un document médical, ni un PDF, ni une image PNG ou JPEG".to_owned(),
                )));
            }
        };
        let lisible = lisible(services, &document, octets.clone()).await?;
        pieces.push(Piece { id: document.id, octets, lisible });
    }
    Ok(Ok(pieces))
}

async fn lisible(services: &Arc<Services>, document: &Lu, octets: Vec<u8>) -> Resultat<Option<Vec<u8>>> {
    let edite_le = kernel::dates::date_heure(document.classe_le, &services.fuseau);
    let instant = document.classe_le;
    let dessin = move || {
        let lu = cda_r2::parse(&octets, &Limits::default()).ok()?;
        lisible::copie(&lu, &edite_le, instant)
    };
    tokio::task::spawn_blocking(dessin).await.map_err(|erreur| Erreur::Panne(erreur.to_string()))
}

async fn composer_courriel(
    services: &Arc<Services>,
    dossier: &Dossier,
    lu: &Stored<Envoi>,
    (boite, maison): (&Messagerie, &Etablissement),
    reglages: &Reglages,
) -> Resultat<Result<OutgoingMail, Impossible>> {
    let pieces = match pieces(services, dossier, lu).await? {
        Ok(pieces) => pieces,
        Err(pourquoi) => return Ok(Err(pourquoi)),
    };
    let origine = Origin {
        institution: maison.nom.to_string(),
        contact: kernel::numeros::telephone_lisible(&maison.telephone),
        software: concat!("Grappe ", env!("CARGO_PKG_VERSION")).to_owned(),
    };
    let colis = match composer(lu.id, &pieces, lu.demande_le, &origine) {
        Ok(colis) => colis,
        Err(pourquoi) => return Ok(Err(pourquoi)),
    };
    let sujet = sujet(dossier, lu).await?;
    let lisible = pieces.iter().find_map(|piece| piece.lisible.clone());
    Ok(courriel(lu, boite, &sujet, (&colis, lisible.as_deref()), reglages).map_err(Impossible))
}

/// Title of the first document, and the person as their identity says (volet « Transmission d'un document CDA »).
async fn sujet(dossier: &Dossier, lu: &Envoi) -> Resultat<DocumentSubject> {
    let usager = dossier.usager();
    let title = lu.documents.first().map(|un| un.titre.clone()).unwrap_or_default();
    if let Some(lue) = dossier.lire::<Identification>(Identification::id(usager)).await? {
        let traits = lue.identite.traits();
        return Ok(DocumentSubject {
            title,
            family: traits.nom_naissance().to_owned(),
            given: traits.premier_prenom().to_owned(),
            birth: traits.date_naissance().jj_mm_aaaa(),
        });
    }
    let nom = dossier.lire::<Usager>(usager).await?.map(|lu| lu.value.nom_complet()).unwrap_or_default();
    Ok(DocumentSubject { title, family: nom, given: String::new(), birth: String::new() })
}

fn courriel(
    lu: &Stored<Envoi>,
    boite: &Messagerie,
    sujet: &DocumentSubject,
    (colis, lisible): (&[u8], Option<&[u8]>),
    reglages: &Reglages,
) -> Result<OutgoingMail, String> {
    let depuis = Address::new(&boite.adresse).map_err(|_| format!("l'adresse {} n'est pas une adresse", boite.adresse))?;
    let reference = format!("{}@{}", lu.id.simple(), depuis.domain());
    let message_id = MessageId::new(&reference).map_err(|erreur| erreur.to_string())?;
    let attendent = lu.destinataires.iter().filter(|un| un.suivi == Suivi::Prepare);
    let to: Vec<Address> = attendent
        .map(|un| Address::new(&un.adresse).map_err(|_| format!("l'adresse {} n'est pas une adresse", un.adresse)))
        .collect::<Result<_, _>>()?;
    let citoyen = to.iter().any(|adresse| correspondants::est_citoyen(adresse.as_str()));
    let from = Correspondent::named(depuis, boite.nom.clone());
    let mail = DocumentMail {
        message_id: &message_id,
        date: date(lu.demande_le),
        from: &from,
        reply_to: None,
        to: &to,
        subject: sujet,
        text: &texte(lu, boite),
        package: colis,
        readable: lisible.map(|bytes| ReadableCopy { name: "document.pdf", bytes }),
        in_reply_to: None,
        closes_exchange: citoyen,
        wants_receipt: lu.accuse && !citoyen,
        wants_delivery_report: lu.accuse,
    };
    mail.compose(&reglages.politique).map_err(|erreur| match erreur.code() {
        "untrusted_domain" => "un destinataire n'est pas dans l'espace de confiance MSSanté (adresse en .mssante.fr)".to_owned(),
        "too_large" => "les documents dépassent les 10 Mo qu'un opérateur accepte : envoyez-les en plusieurs fois".to_owned(),
        _ => format!("le courriel ne peut pas être fait ({erreur})"),
    })
}

fn date(le: Timestamp) -> std::time::SystemTime {
    le.into()
}

fn texte(lu: &Envoi, boite: &Messagerie) -> String {
    let nombre = lu.documents.len();
    let quoi = if nombre == 1 { "un document".to_owned() } else { format!("{nombre} documents") };
    let urgence = if lu.urgence { "Envoi lié à une urgence en cours.\n\n" } else { "" };
    let medical = lu.documents.iter().any(|un| un.medical);
    let secret = if medical { "\nCes documents sont couverts par le secret médical.\n" } else { "" };
    let message = if lu.message.is_empty() { String::new() } else { format!("\n{}\n", lu.message) };
    format!(
        "Bonjour,\n\n{urgence}{} vous adresse {quoi} (IHE_XDM.zip, copie lisible en PDF).\n{message}{secret}\n{}\n",
        boite.nom, lu.demande_par
    )
}
