//! Movements, appointments and acknowledgments (HL7 v2.5, PAM.fr 2.11) as a person reads them.

use documents::{PatientLu, TableauLu, borner};
use hl7v2::{Ack, AckCode, Appointment, Message, ResourceKind, Segment, Timestamp};

type Lignes = Vec<(&'static str, String)>;

/// A movement or an appointment, as one table.
pub(crate) fn tableau(message: &Message, titre: &str) -> TableauLu {
    let mut lignes = personne(mouvements_hl7v2::identite(message).as_ref());
    lignes.extend(venue(message));
    lignes.extend(mouvement(message));
    if let Ok(rendez_vous) = Appointment::read(message) {
        lignes.extend(rendez_vous_de(&rendez_vous));
    }
    fiche(titre, lignes)
}

/// An acknowledgment, as one table.
pub(crate) fn tableau_accuse(accuse: &Ack, titre: &str) -> TableauLu {
    let mut lignes = vec![("Réponse", reponse(accuse.code).to_owned()), ("Message dont il parle", accuse.control_id.clone())];
    lignes.extend(accuse.faults.iter().filter_map(|faute| Some(("Motif", faute.user_message.clone()?))));
    fiche(titre, lignes)
}

/// What an acknowledgment answers.
pub(crate) fn reponse(code: AckCode) -> &'static str {
    match code {
        AckCode::Accept => "accepté",
        AckCode::Error => "refusé : le message est en cause",
        AckCode::Reject => "refusé : le destinataire n'a pas pu le prendre",
    }
}

fn fiche(titre: &str, lignes: Lignes) -> TableauLu {
    let dites = lignes.into_iter().filter(|(_, valeur)| !valeur.trim().is_empty());
    TableauLu {
        titre: borner(titre),
        colonnes: vec!["Élément".to_owned(), "Valeur".to_owned()],
        lignes: dites.map(|(nom, valeur)| vec![nom.to_owned(), borner(&valeur)]).collect(),
    }
}

fn personne(patient: Option<&PatientLu>) -> Lignes {
    let Some(patient) = patient else { return Vec::new() };
    let naissance = patient
        .naissance
        .as_deref()
        .map(|iso| iso.parse::<kernel::dates::DateNaissance>().map_or_else(|_| iso.to_owned(), |date| date.jj_mm_aaaa()));
    vec![
        ("Nom de naissance", patient.nom_naissance.clone().unwrap_or_default()),
        ("Prénoms", patient.prenoms.clone().or_else(|| patient.premier_prenom.clone()).unwrap_or_default()),
        ("Naissance", naissance.unwrap_or_default()),
        ("Sexe", patient.sexe.clone().unwrap_or_default()),
        ("INS", patient.ins.iter().map(|(_, numero)| numero.as_str()).collect::<Vec<_>>().join(", ")),
    ]
}

/// PV1 and PV2: the stay.
fn venue(message: &Message) -> Lignes {
    let Some(pv1) = message.segment("PV1") else { return Vec::new() };
    let nature = match texte(pv1, 2, 1).as_str() {
        "I" => "hospitalisation".to_owned(),
        "E" => "urgences".to_owned(),
        "O" => "consultation ou soins externes".to_owned(),
        autre => autre.to_owned(),
    };
    let lieu = [1, 2, 3].map(|rang| texte(pv1, 3, rang)).into_iter().filter(|partie| !partie.is_empty()).collect::<Vec<_>>();
    let medecin = [7, 17].map(|champ| [3, 2].map(|rang| texte(pv1, champ, rang)).join(" ").trim().to_owned());
    let [premier, second] = medecin;
    let motif = message.segment("PV2").map(|pv2| texte(pv2, 12, 1)).unwrap_or_default();
    vec![
        ("Nature du séjour", nature),
        ("Service, chambre, lit", lieu.join(", ")),
        ("Médecin", if premier.is_empty() { second } else { premier }),
        ("Numéro de séjour", texte(pv1, 19, 1)),
        ("Entrée", quand(pv1, 44)),
        ("Sortie", quand(pv1, 45)),
        ("Motif", motif),
    ]
}

/// ZBE: the movement itself.
fn mouvement(message: &Message) -> Lignes {
    let Some(zbe) = message.segment("ZBE") else { return Vec::new() };
    vec![
        ("Mouvement le", quand(zbe, 2)),
        ("Unité médicale responsable", texte(zbe, 7, 1)),
        ("Unité de soins responsable", texte(zbe, 8, 1)),
    ]
}

fn rendez_vous_de(rendez_vous: &Appointment) -> Lignes {
    let dit = |code: &Option<hl7v2::Code>| code.as_ref().and_then(|code| code.label()).unwrap_or_default().to_owned();
    let nom =
        |qui: &hl7v2::Professional| [qui.given.clone(), qui.family.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let avec = rendez_vous.resources.iter().flat_map(|ressource| match &ressource.kind {
        ResourceKind::Persons(qui, _) => qui.iter().map(nom).collect(),
        _ => Vec::new(),
    });
    let mut lignes = vec![
        ("Début", rendez_vous.start.as_ref().map(dater).unwrap_or_default()),
        ("Fin", rendez_vous.end.as_ref().map(dater).unwrap_or_default()),
        ("Nature du rendez-vous", dit(&rendez_vous.kind)),
        ("Motif", dit(&rendez_vous.reason)),
        ("Pourquoi ce message", dit(&rendez_vous.event_reason)),
        ("État", dit(&rendez_vous.status)),
        ("Avec", avec.collect::<Vec<_>>().join(", ")),
    ];
    lignes.extend(rendez_vous.notes.iter().map(|note| ("Note", note.clone())));
    lignes
}

fn texte(segment: Segment<'_>, champ: usize, rang: usize) -> String {
    segment.field(champ).component(rang).opt().unwrap_or_default()
}

fn quand(segment: Segment<'_>, champ: usize) -> String {
    Timestamp::parse(&texte(segment, champ, 1)).as_ref().map(dater).unwrap_or_default()
}

/// « 6 mars 2024 à 11:00 », in the hour of the hospital, as it wrote it.
fn dater(moment: &Timestamp) -> String {
    let jour = moment.date_iso().and_then(|iso| iso.parse::<jiff::civil::Date>().ok()).map(kernel::dates::date_courte);
    match (jour, moment.hour, moment.minute) {
        (Some(jour), Some(heure), Some(minute)) => format!("{jour} à {heure:02}:{minute:02}"),
        (Some(jour), _, _) => jour,
        (None, _, _) => String::new(),
    }
}
