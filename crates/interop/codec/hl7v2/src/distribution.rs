//! Codes `MetaDMPMSS`: how a document may be shared and shown (CI-SIS volets on CDA in HL7 v2).

/// What an OBX of the table `MetaDMPMSS` says yes or no to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Distribution {
    /// `MASQUE_PS`: hidden from professionals.
    HiddenFromProfessionals,
    /// `INVISIBLE_PATIENT`: hidden from the patient.
    HiddenFromPatient,
    /// `INVISIBLE_REP_LEGAUX`: hidden from the legal representatives.
    HiddenFromRepresentatives,
    /// `CONNEXION_SECRETE`: sent to the DMP by a secret connection.
    SecretConnection,
    /// `MODIF_CONF_CODE`: only the confidentiality changes.
    ConfidentialityChange,
    /// `DESTDMP`: to be sent to the DMP.
    ToDmp,
    /// `DESTMSSANTEPS`: to be sent by MSSanté to professionals or organisations.
    ToProfessionals,
    /// `DESTMSSANTEPAT`: to be sent by MSSanté to the patient.
    ToPatient,
    /// `ACK_RECEPTION`: an acknowledgment of receipt is wanted.
    ReceiptWanted,
    /// `ACK_LECTURE_MSS`: an acknowledgment of reading is wanted.
    ReadingReceiptWanted,
}

/// Value, code, label of the guides, and code of version 1.2 of the volet.
const ALL: [(Distribution, &str, &str, &str); 10] = [
    (Distribution::HiddenFromProfessionals, "MASQUE_PS", "Masqué aux professionnels de Santé", ""),
    (Distribution::HiddenFromPatient, "INVISIBLE_PATIENT", "Document Non Visible par le patient", ""),
    (
        Distribution::HiddenFromRepresentatives,
        "INVISIBLE_REP_LEGAUX",
        "Non visible par les représentants Légaux du patient",
        "INVISIBLE_REPRESENTANTS_LEGAUX",
    ),
    (Distribution::SecretConnection, "CONNEXION_SECRETE", "Connexion Secrete", ""),
    (Distribution::ConfidentialityChange, "MODIF_CONF_CODE", "Modification Confidentiality Code", "MODIF_CONFIDENTIALITYCODE"),
    (Distribution::ToDmp, "DESTDMP", "Destinataire DMP", ""),
    (
        Distribution::ToProfessionals,
        "DESTMSSANTEPS",
        "Destinataire (Professionnel de Santé, organisation ou BAL applicative)",
        "",
    ),
    (Distribution::ToPatient, "DESTMSSANTEPAT", "Destinataire Patient", ""),
    (Distribution::ReceiptWanted, "ACK_RECEPTION", "Accusé de réception", ""),
    (Distribution::ReadingReceiptWanted, "ACK_LECTURE_MSS", "Accusé de lecture", ""),
];

impl Distribution {
    /// Every value, in the order the guides want them in a message.
    pub fn all() -> impl Iterator<Item = Self> {
        ALL.iter().map(|(value, _, _, _)| *value)
    }

    /// Code of OBX-3.1.
    pub fn code(self) -> &'static str {
        ALL.iter().find(|(value, _, _, _)| *value == self).map_or("", |(_, code, _, _)| code)
    }

    /// Label of OBX-3.2, in French.
    pub fn label(self) -> &'static str {
        ALL.iter().find(|(value, _, _, _)| *value == self).map_or("", |(_, _, label, _)| label)
    }

    /// The value of a code, or of its older spelling in version 1.2 of the volet.
    pub fn from_code(code: &str) -> Option<Self> {
        ALL.iter().find(|(_, known, _, old)| code == *known || (code == *old && !code.is_empty())).map(|(v, _, _, _)| *v)
    }
}
