//! The files of the application, embedded; the service worker is given their list and their common version.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use rust_embed::Embed;

#[derive(Embed)]
#[folder = "../../terrain"]
struct Dossier;

/// A file ready to be served.
#[derive(Debug, Clone)]
pub struct Fichier {
    /// Its bytes.
    pub contenu: Cow<'static, [u8]>,
    /// Its MIME type.
    pub mime: &'static str,
    /// Strong validator, without quotes.
    pub etag: String,
}

/// Reads a file by its path under `/terrain/`; none outside the list exists.
pub fn fichier(chemin: &str) -> Option<Fichier> {
    let mime = mime(chemin)?;
    let lu = Dossier::get(chemin)?;
    Some(Fichier { etag: B64.encode(lu.metadata.sha256_hash()), contenu: lu.data, mime })
}

/// Type of a file which may be served; what serves the type checker only has none.
fn mime(chemin: &str) -> Option<&'static str> {
    match chemin.rsplit_once('.')?.1 {
        "js" => Some("text/javascript; charset=utf-8"),
        "css" => Some("text/css; charset=utf-8"),
        "html" => Some("text/html; charset=utf-8"),
        _ => None,
    }
}

/// Paths of the files under `/terrain/`, in order.
pub fn fichiers() -> Vec<String> {
    let mut noms: Vec<String> =
        Dossier::iter().map(|nom| nom.to_string()).filter(|nom| mime(nom).is_some() && nom != "sw.js").collect();
    noms.sort_unstable();
    noms
}

/// Address of the shell, drawn by the server's own page layout.
pub const COQUILLE: &str = "/terrain/coquille.html";

/// Version of the application: changes when any file changes. `autres` stand for what the application does not hold itself.
pub fn version(autres: &[&str]) -> String {
    let mut contexte = ring::digest::Context::new(&ring::digest::SHA256);
    for nom in fichiers().iter().map(String::as_str).chain(["sw.js"]) {
        if let Some(f) = fichier(nom) {
            contexte.update(nom.as_bytes());
            contexte.update(f.etag.as_bytes());
        }
    }
    for autre in autres {
        contexte.update(autre.as_bytes());
    }
    B64.encode(contexte.finish().as_ref().get(..9).unwrap_or_default())
}

/// The text of `/sw.js`: the worker preceded by its version and by what it keeps. `coquille` is the text of [`COQUILLE`], `autres`
/// the absolute paths of the other files of the shell (style sheet, font, icons).
pub fn service_worker(coquille: &str, autres: &[&str]) -> String {
    let corps = fichier("sw.js").and_then(|f| String::from_utf8(f.contenu.into_owned()).ok()).unwrap_or_default();
    let mut noms: Vec<String> = fichiers().into_iter().map(|nom| format!("/terrain/{nom}")).collect();
    noms.push(COQUILLE.to_owned());
    noms.extend(autres.iter().map(|a| (*a).to_owned()));
    let liste = serde_json::to_string(&noms).unwrap_or_default();
    let version = version(&[&[coquille], autres].concat());
    format!("const VERSION = \"{version}\";\nconst FICHIERS = {liste};\n{corps}")
}
