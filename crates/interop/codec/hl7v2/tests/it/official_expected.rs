//! What the official messages say, read from them by hand.

/// What is expected of one message.
pub(crate) struct Expected {
    pub(crate) file: &'static str,
    /// MSH-9, MSH-10, MSH-11 and MSH-12 as written.
    pub(crate) header: [&'static str; 4],
    pub(crate) segments: &'static str,
    /// Defects of the published message that its view tells.
    pub(crate) warnings: &'static [&'static str],
    pub(crate) view: View,
}

pub(crate) enum View {
    Adt(Adt),
    Document(Document),
    /// MSA-1 and MSA-2.
    Ack(&'static str, &'static str),
}

/// An admission or an end of stay.
pub(crate) struct Adt {
    /// EVN-6.
    pub(crate) occurred: &'static str,
    /// PID-18 and PV1-19.
    pub(crate) numbers: [&'static str; 2],
    /// PV1-7, PV1-44, PV2-12.
    pub(crate) stay: [Option<&'static str>; 3],
    /// ZBE: id, start, end, action, medical unit, care unit.
    pub(crate) movement: [Option<&'static str>; 6],
    /// ZFA-1, ZFA-9, ZFA-11.
    pub(crate) dmp: Option<[&'static str; 3]>,
    /// ZFM-1 and ZFD-5.
    pub(crate) more: Option<[&'static str; 2]>,
}

/// A document.
pub(crate) struct Document {
    /// INS.
    pub(crate) ins: &'static str,
    /// PID-18 and its authority's number, PV1-2.
    pub(crate) stay: [&'static str; 3],
    /// OBR-4.1, TXA-12.1, TXA-12.2, TXA-17.
    pub(crate) txa: [Option<&'static str>; 4],
    /// A file of the same folder with the same content (line ends apart, and the changes below), or the
    /// content itself.
    pub(crate) content: Result<&'static str, &'static str>,
    /// PRT-4 and mailbox.
    pub(crate) participants: &'static [(&'static str, &'static str)],
    /// Answers to `MetaDMPMSS`, in order.
    pub(crate) distribution: &'static str,
    /// Message-ID, subject and text of the mail.
    pub(crate) mail: Option<[&'static str; 3]>,
    /// `CORPSMAIL_PS`.
    pub(crate) text: Option<&'static str>,
    /// Other observations.
    pub(crate) others: usize,
}

const PAM: &str = "2.5^FRA^2.11";
const LETTER: &str = "Cher confrère, vous trouverez ci-joint le CR d’imagerie de M.Dupont";
const HODA: &str = "adam.hoda@test-ci-sis.mssante.fr";
const OID: &str = "1.2.250.1.71.4.2.2.120456789.71024000081";
const SHORT_CDA: &str = "Document medcial au format CDA niveau 1";
const FULL: &str = "MSH EVN PID PD1 ROL PV1 PV2 ZBE ZFA ZFM ZFD";
const ALL_FLAGS: &str = "MSH EVN PID PV1 ORC OBR TXA OBX PRT PRT OBX OBX OBX OBX OBX OBX OBX OBX OBX OBX OBX";

const fn consent(
    file: &'static str,
    control: &'static str,
    occurred: &'static str,
    numbers: [&'static str; 2],
    dmp: [&'static str; 2],
) -> Expected {
    Expected {
        file,
        header: ["ADT^A01^ADT_A01", control, "D", PAM],
        segments: FULL,
        warnings: &[],
        view: View::Adt(Adt {
            occurred,
            numbers,
            stay: [Some("Réault"), Some(occurred), Some("Surveillance")],
            movement: [Some("312"), Some(occurred), None, Some("INSERT"), Some("6268"), Some("6268")],
            dmp: Some(["ACTIF", dmp[0], dmp[1]]),
            more: Some(["8", "INSI"]),
        }),
    }
}

pub(crate) const MESSAGES: [Expected; 17] = [
    consent(
        "adt-consentement/ConsentementConsultation_NonOppositionAlimentation.er7",
        "3975",
        "20240306110000",
        ["24000006", "000897406"],
        ["INO", "IC"],
    ),
    consent(
        "adt-consentement/NonConsentementConsultation_NonOppositionAlimentation.er7",
        "3976",
        "20240307110000",
        ["24000007", "000197406"],
        ["INO", "INC"],
    ),
    consent(
        "adt-consentement/NonConsentementConsultation_OppositionAlimentation.er7",
        "3977",
        "20240309110000",
        ["24000008", "000297406"],
        ["IO", "INC"],
    ),
    consent(
        "adt-consentement/NonRecueillieConsentementConsultation_NonOppositionAlimentation.er7",
        "3978",
        "20240310110000",
        ["24000009", "000597406"],
        ["INO", "NA"],
    ),
    consent(
        "adt-consentement/NonRecueillieConsentementConsultation_NonRecueillieOppositionAlimentation.er7",
        "3979",
        "20240311110000",
        ["24000010", "000997406"],
        ["NA", "NA"],
    ),
    Expected {
        file: "sgl/admission.er7",
        header: ["ADT^A01^ADT_A01", "3975", "D", PAM],
        segments: "MSH EVN PID PV1 ZBE ZFA",
        warnings: &[],
        view: View::Adt(Adt {
            occurred: "20240306111154",
            numbers: ["24000006", "000897406"],
            stay: [None, None, None],
            movement: [Some("001"), Some("20240306110000"), None, Some("INSERT"), Some("6268"), Some("6268")],
            dmp: Some(["ACTIF", "INO", "IC"]),
            more: None,
        }),
    },
    Expected {
        file: "sgl/sortie.er7",
        header: ["ADT^A03^ADT_A03", "3995", "D", PAM],
        segments: "MSH EVN PID PV1 ZBE",
        warnings: &["ZBE-4: the segment is shifted by one field from here on, and was read so"],
        view: View::Adt(Adt {
            occurred: "20240306111154",
            numbers: ["24000006", "000897406"],
            stay: [None, None, None],
            movement: [Some("002"), Some("20240306110000"), Some("20260309102840"), Some("INSERT"), Some("8782"), None],
            dmp: None,
            more: None,
        }),
    },
    Expected {
        file: "cda-en-mdm/message_MDM_CR_Radio_INIT_N1.er7",
        header: ["MDM^T02^MDM_T02", "015", "P", "2.6"],
        segments: ALL_FLAGS,
        warnings: &[],
        view: View::Document(Document {
            ins: "279035121518989",
            stay: ["405660", "1204567809", "I"],
            txa: [Some("18748-4"), Some(OID), None, Some("AU")],
            content: Err(SHORT_CDA),
            participants: &[("SB", ""), ("RCT", HODA)],
            distribution: "NYYYNYYNNN",
            mail: None,
            text: Some(LETTER),
            others: 0,
        }),
    },
    Expected {
        file: "cda-en-mdm/message_MDM_CR_Radio_INIT_N1_Base64.er7",
        header: ["MDM^T02^MDM_T02", "015", "P", "2.6"],
        segments: ALL_FLAGS,
        warnings: &[],
        view: View::Document(Document {
            ins: "279035121518989",
            stay: ["405660", "120456789", "I"],
            txa: [Some("18748-4"), Some(OID), Some("Organisation-Y"), Some("AU")],
            content: Ok("CR_Radio_CDAN1_v1.XML"),
            participants: &[("SB", ""), ("RCT", HODA)],
            distribution: "NYYYNYYNNN",
            mail: None,
            text: Some(LETTER),
            others: 0,
        }),
    },
    Expected {
        file: "depuis-mssante/ack.er7",
        header: ["ACK^T02^ACK", "016", "P", "2.6"],
        segments: "MSH MSA",
        warnings: &[],
        view: View::Ack("AA", "015"),
    },
    Expected {
        file: "depuis-mssante/message_MDM__LPS_MSS_CR_Radio_INIT_N1.er7",
        header: ["MDM^T02^MDM_T02", "015", "P", "2.6"],
        segments: "MSH EVN PID PV1 ORC OBR TXA OBX PRT PRT PRT OBX OBX OBX OBX OBX",
        warnings: &[],
        view: View::Document(Document {
            ins: "279035121518989",
            stay: ["405660", "120456789", "N"],
            txa: [Some("18748-4"), Some(OID), Some("Organisation-Y"), Some("AU")],
            content: Err(SHORT_CDA),
            participants: &[("SB", "thomas.eric@medecin.mssante.fr"), ("RCT", "dpi@hopitalA.mssante.fr"), ("REPLY", HODA)],
            distribution: "NYYN",
            mail: Some(["1", "XDM/1.0/DDM+CR d’examens de radiologie PAT-TROIS DOMINIQUE 07/08/2010", "Corps du courriel"]),
            text: None,
            others: 0,
        }),
    },
    Expected {
        file: "depuis-mssante/message_MDM__LPS_MSS_CR_Radio_INIT_N1_Base64.er7",
        header: ["MDM^T02^MDM_T02", "015", "P", "2.6"],
        segments: "MSH EVN PID PV1 ORC OBR TXA OBX PRT PRT PRT OBX OBX OBX OBX OBX",
        warnings: &["OBX[1]-5: the base64 lacks its padding"],
        view: View::Document(Document {
            ins: "279035121518989",
            stay: ["405660", "120456789", "N"],
            txa: [Some("18748-4"), Some(OID), Some("Organisation-Y"), Some("AU")],
            content: Ok("CR_Radio_CDAN1_v1.XML"),
            participants: &[("SB", "thomas.eric@medecin.mssante.fr"), ("RCT", "dpi@hopitalA.mssante.fr"), ("REPLY", HODA)],
            distribution: "NYYN",
            mail: Some(["1", "XDM/1.0/DDM+CR d’examens radiologiques PAT-TROIS DOMINIQUE 07/08/2010", "Corps du courriel"]),
            text: None,
            others: 0,
        }),
    },
    Expected {
        file: "cda-en-oru/message_ORU_CR_Bio_INIT_N3_SEGUR.hl7",
        header: ["ORU^R01^ORU_R01", "015", "P", "2.5"],
        segments: "MSH PID PV1 ORC OBR OBX PRT PRT PRT PRT OBX OBX OBX OBX OBX OBX OBX OBX OBX OBX OBX",
        warnings: &["OBX[12]-5: the base64 is cut short"],
        view: View::Document(Document {
            ins: "279035121518989",
            stay: ["405660", "1204567809", "I"],
            txa: [Some("11502-2"), None, None, None],
            content: Ok("SEGUR_CR-BIO_2023.01_Electrophorese.xml"),
            participants: &[("SB", ""), ("RCT", HODA), ("RCT", "27707279035121518989@patient.mssante.fr"), ("REPLY", HODA)],
            distribution: "NNNNNYYYYY",
            mail: None,
            text: Some("Cher confrère, vous trouverez ci-joint le CR d’imagerie de M.Dupon"),
            others: 0,
        }),
    },
    Expected {
        file: "volet-1.2/mdm/ack.hl7",
        header: ["ACK^T02^ACK", "016", "P", "2.6"],
        segments: "MSH MSA",
        warnings: &[],
        view: View::Ack("AA", "015"),
    },
    Expected {
        file: "volet-1.2/mdm/message.hl7",
        header: ["MDM^T02^MDM_T02", "015", "P", "2.6"],
        segments: "MSH EVN PID PV1 ORC OBR TXA OBX PRT OBX OBX OBX OBX OBX OBX OBX OBX OBX",
        warnings: &[
            "ORC-1: \"SC\" is neither NW, RO nor CA",
            "OBX[1]-5: the base64 lacks its padding",
            "OBX[4]-3: \"INVISIBLE_REPRESENTANTS_LEGAUX\" was read as INVISIBLE_REP_LEGAUX",
            "OBX[6]-3: \"MODIF_CONFIDENTIALITYCODE\" was read as MODIF_CONF_CODE",
        ],
        view: View::Document(Document {
            ins: "276037510669380",
            stay: ["405660", "120456789", "I"],
            txa: [Some("34555-3"), Some("2638"), None, Some("LA")],
            content: Err("Document médical au format CDA"),
            participants: &[("REPLY", HODA)],
            distribution: "NYYYNYYN",
            mail: None,
            text: Some(LETTER),
            others: 0,
        }),
    },
    Expected {
        file: "volet-1.2/oru/ack.hl7",
        header: ["ACK^R01^ACK", "016", "P", "2.5"],
        segments: "MSH MSA",
        warnings: &[],
        view: View::Ack("AA", "015"),
    },
    Expected {
        file: "volet-1.2/oru/message.hl7",
        header: ["ORU^R01^ORU_R01", "015", "P", "2.5"],
        segments: "MSH PID PV1 ORC OBR OBX PRT OBX OBX OBX OBX OBX OBX OBX OBX OBX OBX OBX",
        warnings: &[
            "ORC-1: \"SC\" is neither NW, RO nor CA",
            "OBX[1]-5: the base64 lacks its padding",
            "OBX[4]-3: \"INVISIBLE_REPRESENTANTS_LEGAUX\" was read as INVISIBLE_REP_LEGAUX",
            "OBX[6]-3: \"MODIF_CONFIDENTIALITYCODE\" was read as MODIF_CONF_CODE",
        ],
        view: View::Document(Document {
            ins: "276037510669380",
            stay: ["405660", "120456789", "I"],
            txa: [Some("34555-3"), None, None, None],
            content: Err("Document médical au format CDA"),
            participants: &[("REPLY", HODA)],
            distribution: "NNNNNYYY",
            mail: None,
            text: Some(LETTER),
            others: 2,
        }),
    },
];
