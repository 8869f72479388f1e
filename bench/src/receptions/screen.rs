//! The queue as a secretary sees it: each reception which waits is there, with its reason.

use std::collections::HashMap;
use std::net::SocketAddr;

use anyhow::Context;
use documents::Reception;
use store::Stored;
use uuid::Uuid;

use super::check::Found;
use super::world;
use crate::client::{Connection, Request};

/// How many receptions which wait are not on the screen of their house with the word of their reason.
pub(crate) async fn hidden(address: SocketAddr, houses: usize, found: &Found) -> anyhow::Result<(u64, u64)> {
    let mut waiting: HashMap<Uuid, Vec<&Stored<Reception>>> = HashMap::new();
    for one in found.receptions.values().filter(|one| one.etat.attente().is_some()) {
        waiting.entry(one.lieu).or_default().push(one);
    }
    let (mut hidden, mut seen) = (0, 0);
    for n in 0..houses {
        let Some(waiting) = waiting.remove(&world::house(n).0) else { continue };
        let page = queue(address, &world::secretary(n)).await?;
        for one in waiting {
            let reason = one.etat.attente().map_or("", documents::Attente::libelle).replace('\'', "&#39;");
            // A duplicate among those settled may lead to it too: its own row is the one which says why it waits.
            let link = format!("href=\"/liaisons/reception/{}\"", one.id);
            let mut rows = page.match_indices(&link).filter_map(|(at, _)| page[at..].split_once("</tr>"));
            let shown = rows.any(|(row, _)| plain(row).contains(&reason));
            hidden += u64::from(!shown);
            seen += u64::from(shown);
        }
    }
    // What stands nowhere a secretary looks is seen by nobody.
    hidden += waiting.values().map(|left| left.len() as u64).sum::<u64>();
    Ok((hidden, seen))
}

fn plain(row: &str) -> String {
    row.replace("&#x27;", "&#39;").replace('\'', "&#39;").replace('\u{a0}', " ")
}

/// Every page of the queue, one after the other.
async fn queue(address: SocketAddr, login: &str) -> anyhow::Result<String> {
    let body = format!("identifiant={login}&mot_de_passe={}", world::PASSWORD);
    let request = Request::post("/connexion", "application/x-www-form-urlencoded", body);
    let request = request.header("origin", &format!("http://{address}")).prepared(&address.to_string());
    let mut connection = Connection::open(address).await?;
    let answer = connection.send(&request).await?;
    let cookie = answer.header("set-cookie").and_then(|value| value.split(';').next()).map(str::to_owned);
    let cookie = cookie.with_context(|| format!("{login} cannot sign in: {}", answer.status))?;
    let mut pages = String::new();
    for number in 1.. {
        let path = format!("/liaisons/reception?page={number}");
        let request = Request::get(&path).header("cookie", &cookie).prepared(&address.to_string());
        let answer = connection.send(&request).await?;
        anyhow::ensure!(answer.status == 200, "the queue of {login} answers {}", answer.status);
        let page = String::from_utf8_lossy(&answer.body);
        pages.push_str(&page);
        if !page.contains("rel=\"next\"") {
            break;
        }
    }
    Ok(pages)
}
