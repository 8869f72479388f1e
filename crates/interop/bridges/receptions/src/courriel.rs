//! Mails: the documents they carry, the receipts they are, the words they say.

use documents::{Accuse, Apercu, Contenu, Issue, MIME_COURRIEL, Nature, Partie, RolePartie, Suite, borner};
use mssante::{
    Attachment, DeliveryAction, DeliveryReport, DispositionReport, DispositionType, Limits, Mail, MailKind, SubjectKind,
};

/// Characters of a mail's text kept beside the mail itself.
const TEXTE_MAX: usize = 20_000;
/// Headers one of which any mail has, in lower case.
const ENTETES: [&str; 7] = ["from:", "received:", "return-path:", "message-id:", "mime-version:", "delivered-to:", "subject:"];

/// True for what begins as a mail does: headers, one of which mails have.
pub(crate) fn ressemble(octets: &[u8]) -> bool {
    let debut = String::from_utf8_lossy(octets.get(..octets.len().min(4096)).unwrap_or_default()).to_lowercase();
    let mut lignes = debut.lines();
    let premiere = lignes.next().unwrap_or_default();
    let nom = premiere.split_once(':').map(|(nom, _)| nom);
    let entete =
        nom.is_some_and(|nom| !nom.is_empty() && nom.bytes().all(|octet| octet.is_ascii_alphanumeric() || octet == b'-'));
    entete && debut.lines().any(|ligne| ENTETES.iter().any(|connu| ligne.starts_with(connu)))
}

/// Reads a mail.
pub(crate) fn lire(octets: &[u8]) -> Contenu {
    match mssante::parse(octets, &Limits::default()) {
        Ok(mail) => contenu(mail),
        Err(erreur) => crate::refus(Nature::Courriel, MIME_COURRIEL, format!("courriel_{}", erreur.code()), &erreur.to_string()),
    }
}

fn contenu(mail: Mail) -> Contenu {
    let texte = mail.text.as_deref().map(|texte| texte.chars().take(TEXTE_MAX).collect::<String>());
    let mut apercu = Apercu {
        titre: Some(borner(&mail.subject)).filter(|objet| !objet.is_empty()),
        auteur: mail.from.first().map(|from| borner(from.name.as_deref().unwrap_or(&from.address))).unwrap_or_default(),
        date: mail
            .date
            .and_then(|le| jiff::Timestamp::from_second(le).ok())
            .map(|le| le.to_zoned(jiff::tz::TimeZone::UTC).date()),
        texte: texte.filter(|texte| !texte.trim().is_empty()),
        avertissements: mail.warnings.iter().take(20).map(|phrase| borner(phrase)).collect(),
        ..Apercu::vide(Nature::Courriel, MIME_COURRIEL)
    };
    apercu.accuses = accuses(&mail);
    if !apercu.accuses.is_empty() {
        apercu.suite = Some(Suite::Accuses);
        return apercu.into();
    }
    let colis = matches!(mail.kind, MailKind::Documents { .. });
    let parties: Vec<Partie> = mail.attachments.into_iter().enumerate().map(|(rang, piece)| partie(rang, piece, colis)).collect();
    if parties.is_empty() {
        apercu.suite = Some(Suite::Message);
    }
    if parties.len() > documents::PARTIES_MAX {
        return crate::refus(Nature::Courriel, MIME_COURRIEL, "courriel_too_many_parts".to_owned(), "too many attachments");
    }
    Contenu { apercu, parties, tableaux: Vec::new() }
}

/// An attachment. Beside a package, a PDF is the readable copy the sender joins for people without software.
fn partie(rang: usize, piece: Attachment, colis: bool) -> Partie {
    let role = if colis && piece.is_pdf() { RolePartie::Copie } else { RolePartie::Piece };
    let nom = piece.name.unwrap_or_else(|| format!("piece-{}", rang + 1));
    let annonce = piece
        .damaged
        .then(|| Apercu { refus: Some("courriel_damaged".to_owned()), ..Apercu::vide(Nature::Inconnue, &piece.media_type) });
    Partie { nom, octets: piece.bytes, role, annonce }
}

/// The receipts a mail is, if it is one.
fn accuses(mail: &Mail) -> Vec<Accuse> {
    match &mail.kind {
        MailKind::Delivery(rapport) => distributions(rapport, mail),
        MailKind::Disposition(rapport) => vec![disposition(rapport, mail)],
        MailKind::Refusal => vec![refus(mail)],
        _ => Vec::new(),
    }
}

/// What a receipt is about: the message it names, else the one the mail answers.
fn reference(nommee: Option<&String>, mail: &Mail) -> String {
    let repondue = mail.in_reply_to.first().or_else(|| mail.references.last());
    nommee.or(repondue).map(|reference| borner(reference)).unwrap_or_default()
}

fn distributions(rapport: &DeliveryReport, mail: &Mail) -> Vec<Accuse> {
    let reference = reference(rapport.original_message_id.as_ref(), mail);
    let un = |destinataire: &mssante::DeliveryRecipient| Accuse {
        reference: reference.clone(),
        destinataire: destinataire.original_address.clone().unwrap_or_else(|| destinataire.address.clone()),
        issue: match destinataire.action {
            DeliveryAction::Failed => Issue::Refuse,
            DeliveryAction::Delivered | DeliveryAction::Relayed | DeliveryAction::Expanded => Issue::Distribue,
            _ => Issue::Retarde,
        },
        detail: borner(&format!("{} {}", destinataire.status, destinataire.diagnostic.clone().unwrap_or_default())),
    };
    rapport.recipients.iter().map(un).collect()
}

fn disposition(rapport: &DispositionReport, mail: &Mail) -> Accuse {
    let issue = match (&rapport.failure, rapport.disposition) {
        (Some(_), _) => Issue::Refuse,
        (None, DispositionType::Displayed) => Issue::Lu,
        (None, DispositionType::Processed | DispositionType::Dispatched) => Issue::Integre,
        (None, _) => Issue::Distribue,
    };
    let destinataire =
        rapport.original_recipient.as_ref().or(rapport.recipient.as_ref()).or(mail.from.first().map(|from| &from.address));
    Accuse {
        reference: reference(rapport.original_message_id.as_ref(), mail),
        destinataire: destinataire.cloned().unwrap_or_default(),
        issue,
        detail: rapport.failure.as_ref().map(|refus| borner(&refus.text)).unwrap_or_default(),
    }
}

fn refus(mail: &Mail) -> Accuse {
    let code = match &mail.subject_kind {
        SubjectKind::Refusal { code, .. } => code.map(|code| code.number().to_string()).unwrap_or_default(),
        _ => String::new(),
    };
    Accuse {
        reference: reference(None, mail),
        destinataire: mail.from.first().map(|from| from.address.clone()).unwrap_or_default(),
        issue: Issue::Refuse,
        detail: borner(&format!("{code} {}", mail.text.as_deref().unwrap_or_default())),
    }
}
