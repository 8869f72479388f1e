//! The acknowledgment of a message which is durably kept; pure.
//!
//! `AA` says « kept, do not send it again », even of what nobody can read yet: it waits for a human in the sas. `AE` with its
//! ERR says that MSH itself is unusable: nobody could say what the message is, nor whom to answer (interop.md §13.2, HL7 v2.5
//! §2.9.2.1). `AR` is never written: what could not be kept is not acknowledged at all, and comes again.

use hl7v2::{Ack, Authority, Header, Hl7Error, Limits, Message};

/// Bytes looked at to find the end of MSH: beyond, it is no header.
const ENTETE_MAX: usize = 64 * 1024;
/// MSA-2 when the bytes name no message: the field is required.
const SANS_NUMERO: &str = "0";

/// Who answers, when the message names nobody.
const NOUS: &str = "GRAPPE";

/// The header the answer goes back to, and the answer. A message which does not say whom it is for is answered under our name
/// and the FINESS number of the house: an acknowledgment says who writes it (MSH-3 and MSH-4 of PAM-FR).
pub(crate) fn accuser(octets: &[u8], finess: Option<&str>) -> (Header, Ack) {
    let (mut entete, ack) = lire(octets);
    entete.receiving_application.get_or_insert_with(|| Authority::named(NOUS));
    entete.receiving_facility.get_or_insert_with(|| Authority::named(finess.unwrap_or(NOUS)));
    (entete, ack)
}

fn lire(octets: &[u8]) -> (Header, Ack) {
    // Only MSH is read here: the rest is read apart, bounded, once it is kept.
    let erreur = match Message::parse(entete(octets), &Limits::default()) {
        Ok(message) => return (message.header().clone(), Ack::accept(message.header())),
        Err(erreur) => erreur,
    };
    let mut lu = Header::sniff(octets).unwrap_or_default();
    if matches!(erreur, Hl7Error::UnsupportedVersion { .. }) {
        // An answer in the version nobody knows would be no better understood: it is in that of the codec.
        lu.version = hl7v2::Version::default();
    }
    if !lu.control_id.is_empty() && est_lisible_par_un_humain(&erreur) {
        let ack = Ack::accept(&lu);
        return (lu, ack);
    }
    let mut ack = Ack::unreadable(&lu, &erreur);
    if ack.control_id.is_empty() {
        SANS_NUMERO.clone_into(&mut ack.control_id);
    }
    (lu, ack)
}

/// The name of the reception: what the message is and its number, never a word about a person.
pub(crate) fn nom(entete: &Header) -> String {
    let genre = [Some(entete.kind.code.as_str()), entete.kind.event.as_deref(), Some(entete.control_id.as_str())];
    let mots: Vec<&str> = genre.into_iter().flatten().filter(|mot| !mot.is_empty()).collect();
    if mots.is_empty() { "message.hl7".to_owned() } else { format!("{}.hl7", mots.join("-")) }
}

/// The first line, MSH when the bytes are HL7.
fn entete(octets: &[u8]) -> &[u8] {
    let vide = |octet: &u8| matches!(octet, b' ' | b'\r' | b'\n' | 0x0B);
    let debut = octets.iter().position(|octet| !vide(octet)).unwrap_or(octets.len());
    let reste = octets.get(debut..).unwrap_or_default();
    let fin = reste.iter().take(ENTETE_MAX).position(|octet| matches!(octet, b'\r' | b'\n'));
    reste.get(..fin.unwrap_or(reste.len().min(ENTETE_MAX))).unwrap_or_default()
}

/// Characters which cannot be read do not prevent a human from taking charge: who sent what is known.
fn est_lisible_par_un_humain(erreur: &Hl7Error) -> bool {
    matches!(
        erreur,
        Hl7Error::UnsupportedCharset { .. }
            | Hl7Error::UndeclaredCharset { .. }
            | Hl7Error::CharsetMismatch { .. }
            | Hl7Error::DoubleEncoded { .. }
    )
}
