//! Assertions of clients (RFC 7523, SMART Backend Services): RS384 and ES384, by `jsonwebtoken` over `ring`.

use std::sync::Once;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::{ErrorKind, Result as JoseResult, new_error};
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk};
use jsonwebtoken::{Algorithm, DecodingKey, DecodingKeyKind, EncodingKey, Validation};
use ring::signature::{ECDSA_P384_SHA384_FIXED, RSA_PKCS1_2048_8192_SHA384, RsaPublicKeyComponents, UnparsedPublicKey};
use serde::Deserialize;
use serde_json::Value;
use signature::{Error as Refusee, Verifier};

/// Most keys of a client: the present one, the next one, and a margin.
const CLES_MAX: usize = 8;
/// Longest assertion read.
pub(crate) const ASSERTION_MAX: usize = 8 * 1024;

/// A public key, verified by `ring`.
struct Verificateur {
    algorithme: Algorithm,
    cle: DecodingKeyKind,
}

impl Verifier<Vec<u8>> for Verificateur {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> Result<(), Refusee> {
        let bonne = match (&self.cle, self.algorithme) {
            (DecodingKeyKind::RsaModulusExponent { n, e }, Algorithm::RS384) => {
                RsaPublicKeyComponents { n, e }.verify(&RSA_PKCS1_2048_8192_SHA384, message, signature)
            }
            (DecodingKeyKind::SecretOrDer(point), Algorithm::ES384) => {
                UnparsedPublicKey::new(&ECDSA_P384_SHA384_FIXED, point).verify(message, signature)
            }
            _ => return Err(Refusee::new()),
        };
        bonne.map_err(|_| Refusee::new())
    }
}

impl JwtVerifier for Verificateur {
    fn algorithm(&self) -> Algorithm {
        self.algorithme
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape `CryptoProvider` asks for")]
fn verificateur(algorithme: &Algorithm, cle: &DecodingKey) -> JoseResult<Box<dyn JwtVerifier>> {
    match algorithme {
        Algorithm::RS384 | Algorithm::ES384 => Ok(Box::new(Verificateur { algorithme: *algorithme, cle: cle.kind().clone() })),
        _ => Err(new_error(ErrorKind::UnsupportedAlgorithm)),
    }
}

/// Nothing is signed here.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape `CryptoProvider` asks for")]
fn signataire(_: &Algorithm, _: &EncodingKey) -> JoseResult<Box<dyn JwtSigner>> {
    Err(new_error(ErrorKind::UnsupportedAlgorithm))
}

static FOURNISSEUR: CryptoProvider =
    CryptoProvider { signer_factory: signataire, verifier_factory: verificateur, key_utils: KeyUtils::new_unimplemented() };

/// What an assertion claims.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Assertion {
    pub(crate) jti: String,
    pub(crate) exp: u64,
    #[serde(default)]
    pub(crate) nbf: Option<u64>,
}

/// Reads a set of public keys (`{"keys":[…]}` or one key); those which could sign nothing here are refused.
///
/// # Errors
/// A French sentence.
pub(crate) fn lire_cles(texte: &str) -> Result<Vec<Value>, String> {
    let lu: Value =
        serde_json::from_str(texte).map_err(|_| "Collez un jeu de clés publiques au format JWKS (JSON).".to_owned())?;
    let cles = match lu.get("keys") {
        Some(Value::Array(cles)) => cles.clone(),
        Some(_) => return Err("Le membre « keys » doit être une liste de clés.".into()),
        None => vec![lu],
    };
    if cles.is_empty() || cles.len() > CLES_MAX {
        return Err(format!("Donnez de une à {CLES_MAX} clés publiques."));
    }
    for cle in &cles {
        examiner(cle)?;
    }
    Ok(cles)
}

fn examiner(cle: &Value) -> Result<(), String> {
    if ["d", "p", "q", "k"].iter().any(|prive| cle.get(prive).is_some()) {
        return Err("Cette clé contient sa partie privée : ne la transmettez à personne. Donnez la clé publique seule.".into());
    }
    let lue: Jwk = serde_json::from_value(cle.clone()).map_err(|_| "Une clé n'a pas la forme d'une clé JWK.".to_owned())?;
    if lue.common.key_id.as_deref().unwrap_or_default().is_empty() {
        return Err("Chaque clé porte un identifiant « kid ».".into());
    }
    let octets = |texte: &str| URL_SAFE_NO_PAD.decode(texte).map_or(0, |octets| octets.len());
    match &lue.algorithm {
        AlgorithmParameters::RSA(rsa) if (256..=1024).contains(&octets(&rsa.n)) => Ok(()),
        AlgorithmParameters::EllipticCurve(ec)
            if ec.curve == EllipticCurve::P384 && octets(&ec.x) == 48 && octets(&ec.y) == 48 =>
        {
            Ok(())
        }
        _ => Err("Seules les clés RSA d'au moins 2048 bits (RS384) et EC P-384 (ES384) sont acceptées.".into()),
    }
}

/// The algorithm a key of the set signs with.
fn algorithme(cle: &Jwk) -> Option<Algorithm> {
    match cle.algorithm {
        AlgorithmParameters::RSA(_) => Some(Algorithm::RS384),
        AlgorithmParameters::EllipticCurve(_) => Some(Algorithm::ES384),
        _ => None,
    }
}

/// The client an assertion says it comes from: a claim, until it is verified.
pub(crate) fn annonce(assertion: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Emetteur {
        iss: String,
    }
    let charge = assertion.split('.').nth(1)?;
    let octets = URL_SAFE_NO_PAD.decode(charge).ok()?;
    serde_json::from_slice::<Emetteur>(&octets).ok().map(|emetteur| emetteur.iss)
}

/// Verifies an assertion: a key of the client named by its `kid`, its algorithm, issuer and subject, audience. Its times
/// are judged by the caller, by the clock of the product.
pub(crate) fn verifier(assertion: &str, cles: &[Value], client: &str, audience: &str) -> Option<Assertion> {
    static UNE_FOIS: Once = Once::new();
    UNE_FOIS.call_once(|| {
        // Another crate of the process may have installed its own: only the verifier is used, and by its own means.
        let _ = FOURNISSEUR.install_default();
    });
    let entete = jsonwebtoken::decode_header(assertion).ok()?;
    let kid = entete.kid?;
    let cles = cles.iter().filter_map(|cle| serde_json::from_value::<Jwk>(cle.clone()).ok());
    let cle = cles.into_iter().find(|cle| cle.common.key_id.as_deref() == Some(kid.as_str()))?;
    let mut regle = Validation::new(algorithme(&cle)?);
    regle.set_audience(&[audience]);
    regle.set_issuer(&[client]);
    regle.sub = Some(client.to_owned());
    regle.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
    regle.validate_exp = false;
    let cle = DecodingKey::from_jwk(&cle).ok()?;
    let lue = jsonwebtoken::decode::<Assertion>(assertion, &cle, &regle).ok()?.claims;
    (!lue.jti.is_empty() && lue.jti.len() <= 256).then_some(lue)
}
