//! What no hospital should send, and everybody receives one day.

use std::io::{Cursor, Write};

use hl7v2::AdtEvent;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::letters::{self, Named};
use super::messages;
use super::{Carried, Dice};
use crate::receptions::world::Person;

/// Zeros of a zip bomb, in MiB: more than any child may hold.
const BOMB_MIB: usize = 300;
/// Kinds of hostile messages which are made from nothing; duplicates are made from what was already sent.
pub(super) const KINDS: u64 = 20;

/// A hostile message of a kind; `person` and `other` are two residents.
pub(super) fn make(
    kind: u64,
    number: u64,
    person: &Person,
    other: &Person,
    dice: &mut Dice,
) -> anyhow::Result<(&'static str, Carried)> {
    let named = Named::of(person);
    let foreign = Named { ins: &person.ins, traits: other };
    let letter = |words: &str| letters::letter(&named, number, words);
    Ok(match kind {
        0 => ("xxe", Carried::File(doctype(&letter("&fichier;")?, "<!ENTITY fichier SYSTEM \"file:///etc/passwd\">"))),
        1 => ("entity bomb", Carried::File(doctype(&letter("&e9;")?, &entities()))),
        2 => ("zip bomb", Carried::File(zip_bomb(number)?)),
        3 => {
            ("traversal", Carried::File(archive(&format!("../../../../etc/cron.d/g{number}"), b"* * * * * root true\n", number)?))
        }
        4 => ("wrong charset, cda", Carried::File(latin(&letter("Évolution à l'été")?))),
        5 => ("wrong charset, hl7", Carried::Message(latin(&messages::appointment(&named, number)?))),
        6 => ("truncated cda", Carried::File(cut(&letter("")?, dice))),
        7 => ("truncated hl7", Carried::Message(cut(&messages::results(&named, number)?, dice))),
        8 => ("truncated package", Carried::File(cut(&letters::package(letter("")?, &named, number)?, dice))),
        9 => ("other identity, cda", Carried::File(letters::letter(&foreign, number, "")?)),
        10 => ("other identity, hl7", Carried::Message(messages::movement(&foreign, AdtEvent::A01, number, number)?)),
        11 => ("other identity, package", {
            let document = letters::letter(&Named::of(other), number, "")?;
            Carried::File(letters::package(document, &named, number)?)
        }),
        12 => ("out of order, exit first", Carried::Message(messages::movement(&named, AdtEvent::A03, number, number)?)),
        13 => ("out of order, cancelled first", Carried::Message(messages::movement(&named, AdtEvent::A11, number, number)?)),
        14 => ("noise", Carried::File(noise(dice))),
        15 => ("deep xml", Carried::File(deep(number))),
        16 => ("many attributes", Carried::File(attributes(number))),
        17 => ("separators", Carried::Message(separators(number)?)),
        18 => ("nested mail", Carried::File(nested_mail(number))),
        _ => ("heavy markup", Carried::File(heavy(number, dice))),
    })
}

/// A document with a DTD before its root.
fn doctype(document: &[u8], entities: &str) -> Vec<u8> {
    let text = String::from_utf8_lossy(document).replace("&amp;fichier;", "&fichier;").replace("&amp;e9;", "&e9;");
    let dtd = format!("<!DOCTYPE ClinicalDocument [{entities}]><ClinicalDocument ");
    text.replacen("<ClinicalDocument ", &dtd, 1).into_bytes()
}

fn entities() -> String {
    let first = "<!ENTITY e0 \"grappe\">".to_owned();
    (1..10).fold(first, |text, n| format!("{text}<!ENTITY e{n} \"{}\">", format!("&e{};", n - 1).repeat(10)))
}

fn archive(path: &str, bytes: &[u8], number: u64) -> anyhow::Result<Vec<u8>> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("IHE_XDM/SUBSET01/METADATA.XML", options)?;
    zip.write_all(format!("<!-- {number} -->").as_bytes())?;
    zip.start_file(path, options)?;
    zip.write_all(bytes)?;
    Ok(zip.finish()?.into_inner())
}

/// An archive which unfolds to more than a child may hold; its zeros are pressed once for the whole run.
fn zip_bomb(number: u64) -> anyhow::Result<Vec<u8>> {
    static PRESSED: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
    if PRESSED.get().is_none() {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("IHE_XDM/SUBSET01/DOC0001.XML", options)?;
        for _ in 0..BOMB_MIB {
            zip.write_all(&vec![b' '; 1 << 20])?;
        }
        let _ = PRESSED.set(zip.finish()?.into_inner());
    }
    let mut zip = ZipWriter::new_append(Cursor::new(PRESSED.get().cloned().unwrap_or_default()))?;
    zip.start_file("IHE_XDM/SUBSET01/METADATA.XML", SimpleFileOptions::default())?;
    zip.write_all(format!("<!-- {number} -->").as_bytes())?;
    Ok(zip.finish()?.into_inner())
}

/// The same letters in Latin 1, while the text still announces UTF-8.
fn latin(bytes: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(bytes).chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()
}

fn cut(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let most = u64::try_from(bytes.len() / 2).unwrap_or(1).max(1);
    let keep = bytes.len() / 3 + usize::try_from(dice.below(most)).unwrap_or(0);
    bytes[..keep.min(bytes.len())].to_vec()
}

fn noise(dice: &mut Dice) -> Vec<u8> {
    (0..1_024 + dice.below(4_096)).map(|_| dice.next().to_le_bytes()[3]).collect()
}

const OPEN: &str = "<ClinicalDocument xmlns=\"urn:hl7-org:v3\">";

fn deep(number: u64) -> Vec<u8> {
    format!("{OPEN}<!-- {number} -->{}", "<a>".repeat(200_000)).into_bytes()
}

fn attributes(number: u64) -> Vec<u8> {
    let many: Vec<String> = (0..40_000).map(|n| format!("a{n}=\"{number}\"")).collect();
    format!("{OPEN}<b {}/></ClinicalDocument>", many.join(" ")).into_bytes()
}

fn separators(number: u64) -> anyhow::Result<Vec<u8>> {
    let mut bytes = b"MSH|^~\\&|GAM|CHU|DUI|GRAPPE|20261103||ADT^A01^ADT_A01|".to_vec();
    write!(bytes, "SEP{number}|P|2.5\rPID|1||")?;
    bytes.extend(std::iter::repeat_n(b'~', 2_000_000));
    Ok(bytes)
}

fn nested_mail(number: u64) -> Vec<u8> {
    let mut text = format!("From: a@example.invalid\r\nMessage-ID: <n{number}@example.invalid>\r\nMIME-Version: 1.0\r\n");
    for level in 0..3_000 {
        text += &format!("Content-Type: multipart/mixed; boundary=\"b{level}\"\r\n\r\n--b{level}\r\n");
    }
    text.into_bytes()
}

/// One text of 49 MiB to be unescaped: no channel refuses it, and no reader may hold it twice.
pub(super) fn too_big(number: u64) -> Vec<u8> {
    let mut bytes = format!("{OPEN}<!-- {number} -->").into_bytes();
    let piece = b"texte &amp; texte ".repeat(1_000);
    while bytes.len() + piece.len() < 49 << 20 {
        bytes.extend_from_slice(&piece);
    }
    bytes.extend_from_slice(b"</ClinicalDocument>");
    bytes
}

/// Small elements, as many as a file may hold, or a single text of it: rare, since each weighs what two hundred others do.
fn heavy(number: u64, dice: &mut Dice) -> Vec<u8> {
    let size = 2 << (20 + dice.below(4));
    let mut bytes = format!("{OPEN}<!-- {number} -->").into_bytes();
    let piece: &[u8] = if number.is_multiple_of(2) { b"<a><b/></a>" } else { b"texte &amp; texte " };
    while bytes.len() < size {
        bytes.extend_from_slice(piece);
    }
    bytes.extend_from_slice(b"</ClinicalDocument>");
    bytes
}
