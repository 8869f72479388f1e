//! Why a mail, a package of documents or a message of an interface could not be opened, in French.

/// The sentence of a code of what carries documents (`courriel_…`, `xdm_…`, `hl7_…`); none for another code.
pub(crate) fn phrase(code: &str) -> Option<&'static str> {
    if code == "trop_imbrique" {
        return Some(
            "Ce fichier en contient d'autres sur trop de niveaux pour être ouvert sans risque. Demandez un nouvel envoi à l'expéditeur.",
        );
    }
    let (genre, reste) = code.split_once('_')?;
    match genre {
        "courriel" => Some(courriel(reste)),
        "xdm" => Some(colis(reste)),
        "hl7" => Some(message(reste)),
        "fhir" => Some(
            "Ce fichier n'est pas du JSON lisible, ou il est imbriqué au-delà du raisonnable. Demandez un nouvel envoi à l'expéditeur.",
        ),
        _ => None,
    }
}

fn courriel(code: &str) -> &'static str {
    match code {
        "too_large" | "header_too_large" | "too_many_parts" => {
            "Ce courriel est trop gros ou contient trop de pièces pour être ouvert sans risque. Demandez plusieurs envois à l'expéditeur."
        }
        "damaged" => "La pièce jointe a été abîmée pendant l'envoi. Demandez un nouvel envoi à l'expéditeur.",
        _ => "Ce courriel n'est pas lisible. Téléchargez-le, ou demandez un nouvel envoi à l'expéditeur.",
    }
}

fn colis(code: &str) -> &'static str {
    match code {
        "patient_different" => {
            "Le colis annonce une personne et le document en nomme une autre. Il n'est classé dans aucun dossier : prévenez l'expéditeur."
        }
        "hash_mismatch" | "size_mismatch" => {
            "Un document du colis n'est pas celui qui a été envoyé (empreinte différente). Demandez un nouvel envoi à l'expéditeur."
        }
        "unsafe_path"
        | "special_file"
        | "encrypted"
        | "nested_archive"
        | "too_compressed"
        | "duplicate_path"
        | "inconsistent_archive"
        | "dtd_forbidden" => {
            "Ce colis est construit de façon dangereuse : il n'est pas ouvert, par sécurité. Vérifiez l'expéditeur avant de demander un nouvel envoi."
        }
        "several_patients" => "Ce colis mélange les documents de plusieurs personnes. Demandez un envoi par personne.",
        "no_document" | "missing_file" | "shared_file" => {
            "Ce colis annonce des documents qu'il ne contient pas. Demandez un nouvel envoi à l'expéditeur."
        }
        "too_large" | "file_too_large" | "total_too_large" | "too_many_entries" | "too_many_documents" | "too_many_subsets"
        | "too_complex" => "Ce colis est trop gros pour être ouvert sans risque. Demandez plusieurs envois à l'expéditeur.",
        _ => "Ce colis de documents est abîmé ou incomplet. Demandez un nouvel envoi à l'expéditeur.",
    }
}

fn message(code: &str) -> &'static str {
    match code {
        "several_patients" => {
            "Ce message nomme plusieurs patients. Il n'est classé dans aucun dossier. Prévenez le service informatique de l'hôpital."
        }
        "unsupported_version" | "unsupported_message" | "unsupported_event" => {
            "Ce type de message n'est pas traité par Grappe. Il est gardé : rejetez-le s'il ne concerne aucun résident."
        }
        "unsupported_charset" | "undeclared_charset" | "charset_mismatch" | "double_encoded" => {
            "Les accents de ce message seraient faux : son jeu de caractères n'est pas celui qu'il annonce. Prévenez le service informatique de l'hôpital."
        }
        "damaged_document" => "Le document porté par ce message est abîmé. Demandez un nouvel envoi à l'hôpital.",
        "batch" | "several_messages" => "Ce fichier contient plusieurs messages à la suite. Ils doivent être envoyés un par un.",
        "too_large" | "attachments_too_large" | "too_many_segments" | "too_many_values" => {
            "Ce message est trop gros pour être lu sans risque. Prévenez le service informatique de l'hôpital."
        }
        _ => "Ce message d'interface est incomplet ou mal formé. Prévenez le service informatique de l'hôpital.",
    }
}
