//! Messages of interfaces (HL7 v2): documents they carry, results they are, movements they announce.

use documents::{Accuse, Apercu, Contenu, Issue, MIME_MESSAGE, Nature, Partie, RolePartie, Suite, TableauLu, borner};
use hl7v2::{Ack, AckCode, DocumentAction, DocumentMessage, Limits, Message, Report};

use crate::annonce;
use crate::titre::titre;

/// Results of biology, when the message does not say which (LOINC, JDV_J07).
const BIOLOGIE: &str = "11502-2";

/// True for what begins as a message does, framed or not; also for batches, which are refused by name.
pub(crate) fn ressemble(octets: &[u8]) -> bool {
    let debut =
        octets.strip_prefix(b"\x0b").or_else(|| octets.strip_prefix(b"\xef\xbb\xbf")).unwrap_or(octets).trim_ascii_start();
    [&b"MSH"[..], b"FHS", b"BHS"]
        .iter()
        .any(|nom| debut.starts_with(nom) && debut.get(3).is_some_and(|octet| !octet.is_ascii_alphanumeric()))
}

/// Reads a message.
pub(crate) fn lire(octets: &[u8]) -> Contenu {
    match Message::parse(octets, &Limits::default()) {
        Ok(message) => contenu(&message),
        Err(erreur) => crate::refus(Nature::Message, MIME_MESSAGE, format!("hl7_{}", erreur.code()), &erreur.to_string()),
    }
}

fn contenu(message: &Message) -> Contenu {
    let header = message.header();
    let genre = header.kind.code.as_str();
    let lu = match genre {
        "ADT" | "SIU" => Ok(mouvement(message, &titre(genre, header.kind.event.as_deref().unwrap_or_default()))),
        "ACK" => Ack::read(message).map(|lu| accuse(message, &lu)),
        "MDM" => DocumentMessage::read(message).map(|lu| documents_portes(message, lu)),
        "ORU" => match DocumentMessage::read(message) {
            Ok(lu) if !lu.documents.is_empty() => Ok(documents_portes(message, lu)),
            _ => Report::read(message).map(|lu| resultats(message, &lu)),
        },
        _ => return crate::refus(Nature::Message, MIME_MESSAGE, "hl7_unsupported_message".to_owned(), genre),
    };
    lu.unwrap_or_else(|erreur| crate::refus(Nature::Message, MIME_MESSAGE, format!("hl7_{}", erreur.code()), &erreur.to_string()))
}

fn mouvement(message: &Message, titre: &str) -> Contenu {
    let apercu = Apercu { titre: Some(borner(titre)), suite: Some(Suite::Mouvement), ..entete(message) };
    Contenu { tableaux: vec![annonce::tableau(message, titre)], ..apercu.into() }
}

/// An acknowledgment comes back on the connection of what it answers: received as a file, it is of something sent by others.
fn accuse(message: &Message, lu: &Ack) -> Contenu {
    let titre = "Accusé de réception (ACK)";
    let dit = Accuse {
        reference: format!("hl7:{}", lu.control_id),
        destinataire: String::new(),
        issue: if lu.code == AckCode::Accept { Issue::Integre } else { Issue::Refuse },
        detail: annonce::reponse(lu.code).to_owned(),
    };
    let apercu = Apercu { titre: Some(titre.to_owned()), suite: Some(Suite::Accuses), accuses: vec![dit], ..entete(message) };
    Contenu { tableaux: vec![annonce::tableau_accuse(lu, titre)], ..apercu.into() }
}

/// What any message says of itself.
fn entete(message: &Message) -> Apercu {
    let header = message.header();
    let nom = |autorite: Option<&hl7v2::Authority>| {
        autorite.and_then(|une| une.namespace.clone().or_else(|| une.universal_id.clone())).unwrap_or_default()
    };
    let lieu = nom(header.sending_facility.as_ref());
    let logiciel = nom(header.sending_application.as_ref());
    Apercu {
        auteur: borner(if lieu.is_empty() { &logiciel } else { &lieu }),
        date: header.time.as_ref().and_then(hl7v2::Timestamp::date_iso).and_then(|jour| jour.parse().ok()),
        identifiant: Some(format!("hl7:{}:{logiciel}:{}", lieu, header.control_id)),
        patient: mouvements_hl7v2::identite(message),
        avertissements: message.warnings().iter().take(20).map(|phrase| borner(phrase)).collect(),
        ..Apercu::vide(Nature::Message, MIME_MESSAGE)
    }
}

fn documents_portes(message: &Message, lu: DocumentMessage) -> Contenu {
    let mut apercu = entete(message);
    apercu.titre = lu.code.as_ref().and_then(|code| code.label().map(borner));
    apercu.texte = lu.mail.as_ref().map(|mail| mail.body.clone()).filter(|texte| !texte.trim().is_empty());
    if lu.action == DocumentAction::Delete {
        apercu.suite = Some(Suite::Retrait);
        return apercu.into();
    }
    let annonce = Apercu {
        titre: apercu.titre.clone(),
        type_code: lu.code.as_ref().and_then(|code| code.loinc().map(str::to_owned)),
        auteur: apercu.auteur.clone(),
        date: apercu.date,
        patient: apercu.patient.clone(),
        ..Apercu::vide(Nature::Inconnue, MIME_MESSAGE)
    };
    let partie = |(rang, porte): (usize, hl7v2::CarriedDocument)| {
        let mut annonce = annonce.clone();
        annonce.refus = porte.file.damaged.then(|| "hl7_damaged_document".to_owned());
        let extension = if porte.file.is_xml() { "xml" } else { "bin" };
        Partie {
            nom: format!("document-{}.{extension}", rang + 1),
            octets: porte.file.bytes,
            role: RolePartie::Piece,
            annonce: Some(annonce),
        }
    };
    let parties = lu.documents.into_iter().enumerate().map(partie).collect();
    Contenu { apercu, parties, tableaux: Vec::new() }
}

fn resultats(message: &Message, lu: &Report) -> Contenu {
    let premier = lu.orders.first().and_then(|order| order.service.as_ref());
    let titre = premier.and_then(|service| service.label()).map_or_else(|| "Résultats de biologie".to_owned(), borner);
    let apercu = Apercu {
        titre: Some(titre),
        type_code: Some(BIOLOGIE.to_owned()),
        type_libelle: Some("CR d'examens biologiques".to_owned()),
        ..entete(message)
    };
    Contenu { apercu, parties: Vec::new(), tableaux: lu.orders.iter().map(tableau).collect() }
}

fn tableau(order: &hl7v2::Order) -> TableauLu {
    let titre = order.service.as_ref().and_then(|service| service.label()).unwrap_or("Résultats").to_owned();
    let colonnes = ["Examen", "Résultat", "Unité", "Valeurs usuelles", "Signalé", "Commentaire"].map(str::to_owned).to_vec();
    TableauLu { titre: borner(&titre), colonnes, lignes: order.observations.iter().map(ligne).collect() }
}

fn ligne(observation: &hl7v2::Observation) -> Vec<String> {
    let valeurs: Vec<String> = observation.values.iter().map(valeur).collect();
    let texte = |texte: Option<&str>| texte.map(borner).unwrap_or_default();
    vec![
        texte(observation.code.as_ref().and_then(|code| code.label())),
        valeurs.join(" ; "),
        texte(observation.unit.as_ref().and_then(|unite| unite.id.as_deref().or(unite.text.as_deref()))),
        texte(observation.reference_range.as_deref()),
        observation.abnormal_flags.iter().map(|signal| signale(signal)).collect::<Vec<_>>().join(", "),
        borner(&observation.notes.join(" ")),
    ]
}

fn valeur(valeur: &hl7v2::ResultValue) -> String {
    use hl7v2::ResultValue as V;
    match valeur {
        V::Structured { comparator, first, separator, second } => {
            [comparator, first, separator, second].into_iter().flatten().map(|texte| borner(texte)).collect::<String>()
        }
        V::Number(texte) | V::Text(texte) => borner(texte),
        V::Coded(code) => borner(code.label().unwrap_or_default()),
        V::Time(instant) => instant.date_iso().unwrap_or_else(|| borner(&instant.raw)),
        V::File(_) => "fichier joint".to_owned(),
    }
}

/// Abnormal flags (HL7 table 0078) in words.
fn signale(code: &str) -> String {
    match code {
        "L" => "bas".to_owned(),
        "H" => "haut".to_owned(),
        "LL" => "très bas".to_owned(),
        "HH" => "très haut".to_owned(),
        "N" => "normal".to_owned(),
        "A" => "anormal".to_owned(),
        "AA" => "très anormal".to_owned(),
        autre => borner(autre),
    }
}
