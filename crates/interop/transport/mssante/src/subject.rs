//! The subject of mail that carries documents.

use crate::integration::IntegrationCode;

/// Start of the subject of a mail that carries an XDM package (French volet of CDA transmission).
const XDM: &str = "XDM/1.0/DDM";
/// Start of the subject of a refused integration, as the guides write it.
const REFUSED: &str = "[KO Intégration système !]";
/// Letters of the two forms met: the prose of the guide, and its example.
const REFUSED_FORMS: [&str; 2] = ["kointegrationsysteme", "erreurdintegration"];

/// What the subject of a mail with documents says: `XDM/1.0/DDM+<title> <NAME> <given name> <date>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentSubject {
    /// Title of the document.
    pub title: String,
    /// Family name of the patient.
    pub family: String,
    /// Given name of the patient.
    pub given: String,
    /// Date of birth as it shall be read, `DD/MM/YYYY`; a lunar date is kept as it is.
    pub birth: String,
}

impl DocumentSubject {
    /// The subject, on one line.
    pub fn print(&self) -> String {
        let words = [&self.title, &self.family, &self.given, &self.birth];
        let line: Vec<String> = words.iter().map(|word| one_line(word)).filter(|word| !word.is_empty()).collect();
        format!("{XDM}+{}", line.join(" "))
    }
}

/// The subject of the answer to a mail whose documents were refused (guide of the MDN, "Objet du MDN").
pub(crate) fn refusal(code: IntegrationCode, original: &str) -> String {
    format!("{REFUSED}[{}] {}", code.number(), one_line(original))
}

/// Control characters and runs of spaces become one space: a subject is one line, and says the same.
pub(crate) fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control() || c == ' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What the subject of a received mail announces.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SubjectKind {
    /// Documents; what follows `XDM/1.0/DDM+`: title, names and date of birth cannot be told apart.
    Documents {
        /// The rest of the subject.
        about: String,
    },
    /// The answer to documents that were refused.
    Refusal {
        /// Why, when the code is one of the known ones.
        code: Option<IntegrationCode>,
        /// The subject of the mail it answers.
        about: String,
    },
    /// Anything else.
    Other,
}

impl SubjectKind {
    /// Reads a subject. The two written forms of a refusal are accepted, whatever their accents,
    /// apostrophes and case.
    pub fn of(subject: &str) -> Self {
        let subject = subject.trim();
        if let Some(about) = documents(subject) {
            return Self::Documents { about: about.to_owned() };
        }
        let bracketed = subject.strip_prefix('[').and_then(|rest| rest.split_once(']'));
        if let Some((mark, rest)) = bracketed
            && REFUSED_FORMS.contains(&letters(mark).as_str())
        {
            let (code, about) = match rest.trim_start().strip_prefix('[').and_then(|rest| rest.split_once(']')) {
                Some((code, about)) => (IntegrationCode::parse(code), about),
                None => (None, rest),
            };
            return Self::Refusal { code, about: about.trim().to_owned() };
        }
        Self::Other
    }
}

fn documents(subject: &str) -> Option<&str> {
    let head = subject.get(..XDM.len()).filter(|head| head.eq_ignore_ascii_case(XDM))?;
    let rest = subject.get(head.len()..)?;
    Some(rest.strip_prefix('+').unwrap_or(rest).trim())
}

/// The letters of a text, in lower case and without accents.
fn letters(text: &str) -> String {
    text.chars().map(plain_letter).filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect()
}

/// A French letter without its accent.
pub(crate) fn plain_letter(c: char) -> char {
    match c {
        'à' | 'â' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' => 'i',
        'ô' | 'ö' => 'o',
        'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        'À' | 'Â' | 'Ä' => 'A',
        'É' | 'È' | 'Ê' | 'Ë' => 'E',
        'Î' | 'Ï' => 'I',
        'Ô' | 'Ö' => 'O',
        'Ù' | 'Û' | 'Ü' => 'U',
        'Ç' => 'C',
        '’' | '‘' => '\'',
        other => other,
    }
}
