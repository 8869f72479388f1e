//! Static files embedded in the binary, served under `/s/{hash}/{name}`.
//!
//! The hash is the first 8 hexadecimal digits of the SHA-256 of the served bytes, so an address
//! never changes meaning and may be cached for ever.

use std::fmt::Write as _;
use std::sync::LazyLock;

use ring::digest;

/// Prefix of every address given by [`url`].
pub const PREFIXE: &str = "/s/";

/// A file ready to be served.
#[derive(Debug, Clone, Copy)]
pub struct Asset {
    /// The whole body.
    pub bytes: &'static [u8],
    /// Value of `Content-Type`.
    pub mime: &'static str,
    /// True when the address held the current hash: `Cache-Control: public, max-age=31536000, immutable`.
    /// False when it did not: serve with `no-cache`.
    pub immutable: bool,
}

struct Fichier {
    nom: &'static str,
    mime: &'static str,
    url: String,
    octets: Vec<u8>,
}

/// One source file in its cascade layer; `base.css` alone names its three layers itself.
macro_rules! couche {
    ($nom:literal, $fichier:literal) => {
        concat!("@layer ", $nom, "{\n", include_str!($fichier), "}\n")
    };
}

/// The style sheet as written, the layers of ux.md §3.7 in order, before font addresses are put in.
pub const CSS: &str = concat!(
    "@layer reset,jetons,base,mise-en-page,composants,ecrans,utilitaires,impression;\n",
    include_str!("../assets/css/base.css"),
    couche!("jetons", "../assets/css/jetons.css"),
    couche!("mise-en-page", "../assets/css/mise-en-page.css"),
    couche!("composants", "../assets/css/composants.css"),
    couche!("composants", "../assets/css/champs.css"),
    couche!("composants", "../assets/css/clinique.css"),
    couche!("composants", "../assets/css/recus.css"),
    couche!("composants", "../../edition/src/edition.css"),
    couche!("ecrans", "../assets/css/ecrans.css"),
    couche!("impression", "../assets/css/impression.css"),
);

/// The comfort script as written, importing its neighbour by a relative name.
const INTERFACE: &str = include_str!("../assets/interface.js");

/// The icon sprite.
pub const SPRITE: &str = include_str!("../assets/icones.svg");

const BRUTS: &[(&str, &str, &[u8])] = &[
    ("atkinson-latin.woff2", "font/woff2", include_bytes!("../assets/atkinson-latin.woff2")),
    ("atkinson-latin-ext.woff2", "font/woff2", include_bytes!("../assets/atkinson-latin-ext.woff2")),
    ("icones.svg", "image/svg+xml", SPRITE.as_bytes()),
    ("favicon.svg", "image/svg+xml", include_bytes!("../assets/favicon.svg")),
    ("htmx.min.js", "text/javascript; charset=utf-8", include_bytes!("../assets/htmx.min.js")),
    ("brouillons.js", "text/javascript; charset=utf-8", include_bytes!("../assets/brouillons.js")),
    ("direct.js", "text/javascript; charset=utf-8", include_bytes!("../assets/direct.js")),
];

static FICHIERS: LazyLock<Vec<Fichier>> = LazyLock::new(|| {
    let mut fichiers: Vec<Fichier> = BRUTS.iter().map(|(nom, mime, octets)| fichier(nom, mime, octets.to_vec())).collect();
    let adresse = |nom: &str| fichiers.iter().find(|f| f.nom == nom).map_or("", |f| f.url.as_str());
    let sans_marge: String =
        CSS.lines().map(str::trim_start).filter(|ligne| !ligne.is_empty()).flat_map(|ligne| [ligne, "\n"]).collect();
    let css = sans_marge
        .replace("@police-latin@", adresse("atkinson-latin.woff2"))
        .replace("@police-latin-ext@", adresse("atkinson-latin-ext.woff2"));
    let script = INTERFACE.replace("./brouillons.js", adresse("brouillons.js")).replace("./direct.js", adresse("direct.js"));
    fichiers.extend([
        fichier("grappe.css", "text/css; charset=utf-8", css.into_bytes()),
        fichier("interface.js", "text/javascript; charset=utf-8", script.into_bytes()),
    ]);
    fichiers
});

fn fichier(nom: &'static str, mime: &'static str, octets: Vec<u8>) -> Fichier {
    let empreinte = digest::digest(&digest::SHA256, &octets);
    let mut hash = String::with_capacity(8);
    for octet in empreinte.as_ref().iter().take(4) {
        let _ = write!(hash, "{octet:02x}");
    }
    Fichier { nom, mime, url: format!("{PREFIXE}{hash}/{nom}"), octets }
}

/// Versioned address of an embedded file, `/s/{hash}/{name}`; an unknown name gives `/s/absent`.
///
/// Names: `grappe.css`, `interface.js`, `brouillons.js`, `direct.js`, `htmx.min.js`, `icones.svg`, `favicon.svg`,
/// `atkinson-latin.woff2`, `atkinson-latin-ext.woff2`.
pub fn url(name: &str) -> &'static str {
    FICHIERS.iter().find(|f| f.nom == name).map_or("/s/absent", |f| f.url.as_str())
}

/// Finds the file of a request path: `/s/{hash}/{name}`, `{hash}/{name}` or `{name}`.
///
/// An outdated hash still answers, with the current bytes and `immutable` false, so that a page
/// opened before an upgrade keeps its style.
pub fn get(path: &str) -> Option<Asset> {
    let relatif = path.strip_prefix(PREFIXE).unwrap_or(path);
    let nom = relatif.rsplit('/').next()?;
    let trouve = FICHIERS.iter().find(|f| f.nom == nom)?;
    let immutable = trouve.url.strip_prefix(PREFIXE) == Some(relatif);
    Some(Asset { bytes: &trouve.octets, mime: trouve.mime, immutable })
}

/// Names of all the embedded files, for a service worker's list of things to keep.
pub fn noms() -> impl Iterator<Item = &'static str> {
    FICHIERS.iter().map(|f| f.nom)
}
