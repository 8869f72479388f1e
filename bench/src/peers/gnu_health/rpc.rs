//! JSON-RPC as Tryton speaks it.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::base::DATABASE;
use crate::client::{Answer, Connection, Expected, Request};

/// How the body of a right answer begins: what went wrong has the status 200 too.
const RESULT: &[u8] = br#"{"id":1,"result":"#;

/// An answer which holds a result.
#[derive(Debug, Clone, Copy)]
pub(super) struct Granted;

impl Expected for Granted {
    fn is_met_by(&self, answer: &Answer) -> bool {
        answer.status == 200 && answer.body.starts_with(RESULT)
    }
}

/// A person signed in.
#[derive(Debug, Clone)]
pub(super) struct Session {
    address: SocketAddr,
    authorization: Option<String>,
}

impl Session {
    /// Signs the administrator in.
    pub(super) async fn open(address: SocketAddr, password: &str) -> anyhow::Result<Self> {
        let mut session = Self { address, authorization: None };
        let (login, language) = ("admin", "en");
        let found = session.call("common.db.login", &json!([login, { "password": password }, language])).await?;
        let (user, key) = (found[0].as_u64().context("no user")?, found[1].as_str().context("no session")?);
        session.authorization = Some(format!("Session {}", STANDARD.encode(format!("{login}:{user}:{key}"))));
        Ok(session)
    }

    /// A call, ready to be sent.
    pub(super) fn prepared(&self, method: &str, params: &Value) -> Arc<[u8]> {
        let body = json!({ "id": 1, "method": method, "params": params }).to_string();
        let mut request = Request::post(&format!("/{DATABASE}/"), "application/json", body);
        if let Some(authorization) = &self.authorization {
            request = request.header("authorization", authorization);
        }
        request.prepared(&self.address.to_string())
    }

    /// Calls once; an error when the answer holds no result.
    pub(super) async fn call(&self, method: &str, params: &Value) -> anyhow::Result<Value> {
        let answer = Connection::open(self.address).await?.send(&self.prepared(method, params)).await?;
        if !Granted.is_met_by(&answer) {
            bail!("{method} answers {}: {}", answer.status, String::from_utf8_lossy(&answer.body));
        }
        let mut body: Value = serde_json::from_slice(&answer.body)?;
        Ok(body["result"].take())
    }
}
