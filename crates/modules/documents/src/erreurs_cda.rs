//! Why a file could not be read, in French: what happened, what to do.

/// A sentence for each stable code of the readers; a code of a later version has a general one.
pub fn phrase(code: &str) -> &'static str {
    match code {
        "too_large" => "Le fichier dépasse 50 Mo. Demandez à l'expéditeur un document plus léger.",
        "attachments_too_large" => {
            "Les pièces contenues dans le document dépassent 40 Mo. Demandez à l'expéditeur de les envoyer séparément."
        }
        "too_deep" => {
            "Le document est imbriqué sur trop de niveaux pour être lu sans risque. Demandez un nouvel envoi à l'expéditeur."
        }
        "too_many_nodes" | "too_many_records" => {
            "Le document contient trop d'éléments pour être lu sans risque. Demandez un nouvel envoi à l'expéditeur."
        }
        "too_many_attributes" | "too_many_namespaces" => {
            "Le document est construit de façon anormale. Il n'est pas lu par sécurité. Demandez un nouvel envoi à l'expéditeur."
        }
        "dtd_forbidden" => {
            "Le document contient une partie exécutable (DTD), refusée par sécurité. Vérifiez l'expéditeur avant de demander un nouvel envoi."
        }
        "unsupported_charset" => "Le jeu de caractères du document n'est pas connu. Demandez un envoi en UTF-8.",
        "charset_mismatch" => {
            "Le document annonce un jeu de caractères et en utilise un autre : ses accents seraient faux. Demandez un nouvel envoi."
        }
        "double_encoded" => "Les accents du document ont été abîmés avant l'envoi. Demandez un nouvel envoi à l'expéditeur.",
        "not_xml" => "Le fichier est abîmé ou incomplet : il n'est pas lisible. Demandez un nouvel envoi.",
        "not_cda" => "Le fichier n'est pas un document médical structuré (CDA). Classez-le à la main s'il concerne un résident.",
        "missing" => "Il manque au document une information obligatoire. Demandez un nouvel envoi à l'expéditeur.",
        "repeated" => {
            "Une information qui devrait être unique apparaît plusieurs fois dans le document. Demandez un nouvel envoi."
        }
        "invalid" => "Une information obligatoire du document n'a pas la forme attendue. Demandez un nouvel envoi.",
        "several_patients" => {
            "Le document nomme plusieurs patients. Il n'est classé dans aucun dossier. Demandez un document par personne."
        }
        "damaged_body" => "La pièce contenue dans le document est abîmée. Demandez un nouvel envoi.",
        "lecture_interrompue" => {
            "La lecture du fichier a été arrêtée par sécurité. Demandez un nouvel envoi ou vérifiez l'expéditeur."
        }
        "lecture_trop_lourde" => {
            "La lecture du fichier demande plus de mémoire que permis : elle a été arrêtée par sécurité. Demandez un document plus léger ou vérifiez l'expéditeur."
        }
        "lecture_trop_longue" => {
            "La lecture du fichier a pris trop de temps. Demandez un document plus léger ou vérifiez l'expéditeur."
        }
        _ => crate::erreurs_enveloppes::phrase(code)
            .unwrap_or("Le document ne peut pas être lu par cette version. Téléchargez-le ou demandez un nouvel envoi."),
    }
}

/// Every code the readers know today: a new one without a sentence fails a test.
pub const CODES: [&str; 21] = [
    "too_large",
    "attachments_too_large",
    "too_deep",
    "too_many_nodes",
    "too_many_records",
    "too_many_attributes",
    "too_many_namespaces",
    "dtd_forbidden",
    "unsupported_charset",
    "charset_mismatch",
    "double_encoded",
    "not_xml",
    "not_cda",
    "missing",
    "repeated",
    "invalid",
    "several_patients",
    "damaged_body",
    "lecture_interrompue",
    "lecture_trop_longue",
    "lecture_trop_lourde",
];
