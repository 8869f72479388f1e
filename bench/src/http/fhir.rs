//! The FHIR API as a hospital's program uses it: a token of SMART backend services, then reads and searches.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::clock::{Clock, SystemClock};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

use super::server::Server;
use crate::base;
use crate::client::{Connection, Request, closed_loop};
use crate::peers::fhir as peer;
use crate::table::{self, Table, say};

/// Measures reads and searches about the residents of a unit of sixty.
pub(super) async fn measure(
    (name, url): (&str, &str),
    server: &Server,
    data: &Path,
    length: Duration,
    table: &mut Table,
) -> anyhow::Result<()> {
    let key = Key::new()?;
    let client = open_application(server, url, data, &key)?;
    let people: Vec<String> = base::unit_of_sixty().map(|id| id.to_string()).collect();
    table::title(&format!("FHIR R4 on {name}: an application of a hospital, {} patients", people.len()));
    let all = |path: &str| people.iter().map(|id| path.replace("{id}", id)).collect::<Vec<_>>();
    for (what, paths) in [
        (peer::READ, all("/fhir/Patient/{id}")),
        (peer::FIND, vec!["/fhir/Patient?family=OLM&birthdate=1930-01-01".to_owned()]),
        (peer::CONDITIONS_OF, all("/fhir/Condition?patient={id}")),
        ("search the care plan of a patient", all("/fhir/CarePlan?patient={id}")),
        ("everything of a patient", all("/fhir/Patient/{id}/$everything?_count=50")),
    ] {
        // A token lasts five minutes: each row has its own.
        let token = token(server, &client, &key).await?;
        let get = |path: &String| {
            let request = Request::get(path).header("authorization", &format!("Bearer {token}"));
            request.header("accept", "application/fhir+json").prepared(&server.address.to_string())
        };
        let answer = Connection::open(server.address).await?.send(&get(&paths[0])).await?;
        if answer.status != 200 {
            say(&format!("{what} answers {}: not measured", answer.status));
            continue;
        }
        let requests: Arc<Vec<Arc<[u8]>>> = Arc::new(paths.iter().map(get).collect());
        for connections in [1, 16] {
            let requests = Arc::clone(&requests);
            let figures = closed_loop(server.address, connections, length, Some(server.pid()), move |rank, n| {
                let n = usize::try_from(n).unwrap_or(0) + rank * 7;
                (Arc::clone(&requests[n % requests.len()]), 200)
            })
            .await?;
            table.row(&format!("{name}, FHIR: {what}, {connections} connection(s)"), &figures, 1.0);
        }
        say(&format!("{:<64} {:>10} bytes", "", answer.body.len()));
    }
    Ok(())
}

/// Opens the access of an application by the command, as an administrator does.
fn open_application(server: &Server, url: &str, data: &Path, key: &Key) -> anyhow::Result<String> {
    let keys = data.join("cles-publiques.json");
    std::fs::write(&keys, json!({ "keys": [key.public()] }).to_string())?;
    let mut command = Command::new(server.program());
    command.args(["application", "ouvrir", "Dossier patient de mesure", "--organisation", "CH de mesure", "--json"]);
    command.args(["--database-url", url, "--listen", &server.address.to_string(), "--data"]).arg(data);
    command.args(["--etablissements", base::FINESS, "--portees", "system/*.rs", "--cles"]).arg(&keys);
    let output = command.output().context("grappe application")?;
    anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said: Value = serde_json::from_slice(output.stdout.trim_ascii())?;
    said["client_id"].as_str().map(str::to_owned).context("no client_id")
}

/// Asks a token with a signed assertion (SMART App Launch, backend services).
async fn token(server: &Server, client: &str, key: &Key) -> anyhow::Result<String> {
    let clock = SystemClock;
    let claims = json!({
        "iss": client, "sub": client, "aud": format!("http://{}/fhir/jeton", server.address),
        "exp": clock.now().as_second() + 240, "jti": clock.fresh_id(),
    });
    let assertion = key.sign(&json!({ "alg": "ES384", "kid": "mesure", "typ": "JWT" }), &claims)?;
    let body = format!(
        "grant_type=client_credentials&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer\
         &client_assertion={assertion}&scope=system%2F%2A.rs"
    );
    let request = Request::post("/fhir/jeton", "application/x-www-form-urlencoded", body).prepared(&server.address.to_string());
    let answer = Connection::open(server.address).await?.send(&request).await?;
    let said = String::from_utf8_lossy(&answer.body).into_owned();
    anyhow::ensure!(answer.status == 200, "no token ({}): {said}", answer.status);
    let said: Value = serde_json::from_str(&said)?;
    said["access_token"].as_str().map(str::to_owned).context("no access_token")
}

/// The key of the application.
struct Key {
    pair: EcdsaKeyPair,
    random: SystemRandom,
}

impl Key {
    fn new() -> anyhow::Result<Self> {
        let random = SystemRandom::new();
        let made = |_| anyhow::anyhow!("no key could be made");
        let der = EcdsaKeyPair::generate_pkcs8(&ECDSA_P384_SHA384_FIXED_SIGNING, &random).map_err(made)?;
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P384_SHA384_FIXED_SIGNING, der.as_ref(), &random);
        Ok(Self { pair: pair.map_err(|error| anyhow::anyhow!("{error}"))?, random })
    }

    fn public(&self) -> Value {
        let point = self.pair.public_key().as_ref();
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        json!({ "kty": "EC", "crv": "P-384", "kid": "mesure", "alg": "ES384", "x": text(&point[1..49]), "y": text(&point[49..]) })
    }

    fn sign(&self, head: &Value, claims: &Value) -> anyhow::Result<String> {
        let text = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", text(head), text(claims));
        let signature = self.pair.sign(&self.random, signed.as_bytes()).map_err(|_| anyhow::anyhow!("no signature"))?;
        Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref())))
    }
}
