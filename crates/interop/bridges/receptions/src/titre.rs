//! What a message is about, as a secretary says it.

/// The title of a message of movements or appointments: « Entrée à l'hôpital (ADT A01) ». Events of PAM.fr 2.11 and of IHE
/// SIU; any other keeps its code alone.
pub(crate) fn titre(genre: &str, evenement: &str) -> String {
    let code = format!("{genre} {evenement}").trim().to_owned();
    match sens(genre, evenement) {
        Some(sens) => format!("{sens} ({code})"),
        None => format!("Message de l'hôpital ({code})"),
    }
}

fn sens(genre: &str, evenement: &str) -> Option<&'static str> {
    Some(match (genre, evenement) {
        ("ADT", "A01") => "Entrée à l'hôpital",
        ("ADT", "A02") => "Changement de service",
        ("ADT", "A03") => "Sortie de l'hôpital",
        ("ADT", "A04") => "Passage en consultation ou aux urgences",
        ("ADT", "A05" | "A14") => "Entrée prévue à l'hôpital",
        ("ADT", "A06") => "Consultation devenue hospitalisation",
        ("ADT", "A07") => "Hospitalisation devenue consultation",
        ("ADT", "A08" | "Z99") => "Mise à jour d'un séjour",
        ("ADT", "A11") => "Entrée annulée",
        ("ADT", "A12") => "Changement de service annulé",
        ("ADT", "A13") => "Sortie annulée",
        ("ADT", "A21") => "Permission de sortie",
        ("ADT", "A22") => "Retour de permission",
        ("ADT", "A28") => "Identité créée à l'hôpital",
        ("ADT", "A31") => "Identité modifiée à l'hôpital",
        ("ADT", "A38") => "Entrée prévue annulée",
        ("ADT", "A40") => "Deux identités réunies à l'hôpital",
        ("ADT", "A44") => "Dossier changé d'identité à l'hôpital",
        ("ADT", "A47") => "Numéro de patient changé",
        ("ADT", "A52" | "A53") => "Permission ou retour annulés",
        ("ADT", "A54" | "A55") => "Changement de médecin responsable",
        ("ADT", "Z80" | "Z81" | "Z82" | "Z83" | "Z84" | "Z85" | "Z86" | "Z87" | "Z88" | "Z89") => {
            "Changement d'unité responsable"
        }
        ("SIU", "S12") => "Rendez-vous pris",
        ("SIU", "S13" | "S14") => "Rendez-vous modifié",
        ("SIU", "S15") => "Rendez-vous annulé",
        ("SIU", "S26") => "Absent au rendez-vous",
        ("SIU", _) => "Rendez-vous",
        _ => return None,
    })
}
