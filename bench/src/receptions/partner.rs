//! A partner application of the FHIR interface: opened by the command line, it signs to get its tokens.

use std::path::Path;
use std::process::Command;

use anyhow::Context;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::clock::{Clock, SystemClock};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use tokio::sync::Mutex;

use super::service::Addresses;
use super::world;
use crate::client::{Connection, Request};

/// A partner application and its present token.
pub(crate) struct Partner {
    pair: EcdsaKeyPair,
    client: String,
    addresses: Addresses,
    token: Mutex<String>,
}

impl std::fmt::Debug for Partner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Partner({})", self.client)
    }
}

fn b64(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

impl Partner {
    /// Opens the application, by the door of the running server.
    pub(crate) fn open(data: &Path, database: &str, addresses: &Addresses) -> anyhow::Result<Self> {
        let random = SystemRandom::new();
        let failed = |_| anyhow::anyhow!("no key could be made");
        let der = EcdsaKeyPair::generate_pkcs8(&ECDSA_P384_SHA384_FIXED_SIGNING, &random).map_err(failed)?;
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P384_SHA384_FIXED_SIGNING, der.as_ref(), &random);
        let pair = pair.map_err(|error| anyhow::anyhow!("the key cannot be used: {error}"))?;
        let point = pair.public_key().as_ref();
        let key = json!({ "kty": "EC", "crv": "P-384", "kid": "bench", "alg": "ES384", "x": b64(&point[1..49]), "y": b64(&point[49..]) });
        let file = data.join("partenaire.jwks");
        std::fs::write(&file, json!({ "keys": [key] }).to_string())?;
        let mut command = Command::new(std::env::current_exe()?.with_file_name("grappe"));
        command.args(["application", "ouvrir", "Dossier patient", "--organisation", "CH des Ormes", "--json"]);
        command.args(["--portees", "system/DocumentReference.c", "--etablissements", &world::finess(0)]);
        command.arg("--cles").arg(&file).args(["--database-url", database, "--listen", &addresses.http.to_string()]);
        let output = command.arg("--data").arg(data).output()?;
        let told: Value =
            serde_json::from_slice(&output.stdout).with_context(|| String::from_utf8_lossy(&output.stderr).into_owned())?;
        let client = told["client_id"].as_str().context("no client_id")?.to_owned();
        Ok(Self { pair, client, addresses: addresses.clone(), token: Mutex::new(String::new()) })
    }

    /// The token in use, another one when this one was refused.
    pub(crate) async fn token(&self, refused: Option<&str>) -> anyhow::Result<String> {
        let mut token = self.token.lock().await;
        if token.is_empty() || refused.is_some_and(|refused| refused == *token) {
            *token = self.ask().await?;
        }
        Ok(token.clone())
    }

    async fn ask(&self) -> anyhow::Result<String> {
        let host = self.addresses.http.to_string();
        let claims = json!({
            "iss": self.client, "sub": self.client, "aud": format!("http://{host}/fhir/jeton"),
            "exp": SystemClock.now().as_second() + 240, "jti": SystemClock.fresh_id(),
        });
        let text = format!("{}.{}", b64(json!({ "alg": "ES384", "kid": "bench" }).to_string()), b64(claims.to_string()));
        let signed = self.pair.sign(&SystemRandom::new(), text.as_bytes()).map_err(|_| anyhow::anyhow!("not signed"))?;
        let body = format!(
            "grant_type=client_credentials&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer\
             &client_assertion={text}.{}&scope=system%2FDocumentReference.c",
            b64(signed)
        );
        let request = Request::post("/fhir/jeton", "application/x-www-form-urlencoded", body).prepared(&host);
        let answer = Connection::open(self.addresses.http).await?.send(&request).await?;
        let told: Value = serde_json::from_slice(&answer.body)?;
        told["access_token"].as_str().map(str::to_owned).with_context(|| format!("no token: {} {told}", answer.status))
    }
}

/// A publication (PDSm, simplified) of these bytes.
pub(crate) fn publication(bytes: &[u8]) -> Vec<u8> {
    let kind = if bytes.starts_with(b"%PDF") { "application/pdf" } else { "text/xml" };
    let data = base64::engine::general_purpose::STANDARD.encode(bytes);
    json!({
        "resourceType": "DocumentReference", "status": "current",
        "content": [{ "attachment": { "contentType": kind, "title": "Document", "data": data } }],
    })
    .to_string()
    .into_bytes()
}
