//! A person of the demo, signed in; and what a page offers to do.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context;

use crate::client::{Answer, Connection, Request};

/// A signed-in person.
#[derive(Debug, Clone)]
pub(super) struct Session {
    address: SocketAddr,
    cookie: String,
}

/// The text between two marks, and what follows.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Option<(&'a str, &'a str)> {
    let (_, rest) = text.split_once(open)?;
    rest.split_once(close)
}

/// Every text between two marks.
pub(super) fn all_between<'a>(mut text: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    let mut found = Vec::new();
    while let Some((one, rest)) = between(text, open, close) {
        found.push(one);
        text = rest;
    }
    found
}

impl Session {
    /// Signs in.
    pub(super) async fn open(address: SocketAddr, login: &str, password: &str) -> anyhow::Result<Self> {
        let body = format!("identifiant={login}&mot_de_passe={password}");
        let request = Request::post("/connexion", "application/x-www-form-urlencoded", body);
        let request = request.header("origin", &format!("http://{address}")).prepared(&address.to_string());
        let answer = Connection::open(address).await?.send(&request).await?;
        let cookie = answer.header("set-cookie").and_then(|value| value.split(';').next()).map(str::to_owned);
        let cookie = cookie.with_context(|| format!("{login} cannot sign in: {}", answer.status))?;
        Ok(Self { address, cookie })
    }

    /// A page request of this person.
    pub(super) fn get(&self, path: &str) -> Arc<[u8]> {
        Request::get(path).header("cookie", &self.cookie).header("accept-encoding", "gzip").prepared(&self.address.to_string())
    }

    /// A piece of page, unless it is still what the person has.
    pub(super) fn get_unless(&self, path: &str, etag: &str) -> Arc<[u8]> {
        Request::get(path)
            .header("cookie", &self.cookie)
            .header("x-fragment", "1")
            .header("if-none-match", etag)
            .prepared(&self.address.to_string())
    }

    /// A form of this person.
    pub(super) fn post(&self, path: &str, body: &str) -> Arc<[u8]> {
        Request::post(path, "application/x-www-form-urlencoded", body)
            .header("cookie", &self.cookie)
            .header("origin", &format!("http://{}", self.address))
            .prepared(&self.address.to_string())
    }

    /// Reads a page, uncompressed.
    pub(super) async fn read(&self, path: &str) -> anyhow::Result<(Answer, String)> {
        let request = Request::get(path).header("cookie", &self.cookie).prepared(&self.address.to_string());
        let answer = Connection::open(self.address).await?.send(&request).await?;
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        Ok((answer, text))
    }
}
