//! What the database says before it is opened: of its master key, of what it is.

use tokio_postgres::Client;

use super::{MIGRATION_LOCK, configured, connect, migrate};
use crate::key::{Known, SAMPLE, read_print};
use crate::{BlobId, MasterKey, Result, Vault};

/// Compares the key before the tables are touched, then brings them up and prints it. Nodes which start together on a
/// new database take turns: one of them prints its key, and the key of the others is compared with it.
pub(super) async fn opened(client: &mut Client, key: MasterKey) -> Result<Vault> {
    client.query_one("select pg_advisory_lock($1)", &[&MIGRATION_LOCK]).await?;
    let known = read(client).await?;
    let vault = key.vault_of(&known)?;
    migrate(client).await?;
    if known.print.is_none() {
        client.execute("insert into key_print (one, print) values (1, $1)", &[&vault.print()]).await?;
    }
    client.query_one("select pg_advisory_unlock($1)", &[&MIGRATION_LOCK]).await?;
    Ok(vault)
}

/// The verb of the first line of its journal, if it has any.
pub(crate) async fn first_verb(url: &str) -> Result<Option<String>> {
    let client = connect(&configured(url)?).await?;
    if !has(&client, "journal").await? {
        return Ok(None);
    }
    see_all(&client).await?;
    let first = client.query_opt("select verb from journal order by n limit 1", &[]).await?;
    Ok(first.map(|row| row.get(0)))
}

/// A login which owns nothing sees no row, and a base in use would pass for a new one.
async fn see_all(client: &Client) -> Result<()> {
    client.query_one("select set_config('grappe.reach', '*', false)", &[]).await?;
    Ok(())
}

async fn read(client: &Client) -> Result<Known> {
    if has(client, "key_print").await?
        && let Some(row) = client.query_opt("select print from key_print", &[]).await?
    {
        return Ok(Known { print: Some(read_print(row.get(0))?), in_use: true, sample: Vec::new() });
    }
    if !has(client, "blob").await? {
        return Ok(Known::default());
    }
    see_all(client).await?;
    let used = "select exists (select from record) or exists (select from journal) or exists (select from blob)";
    let in_use = client.query_one(used, &[]).await?.get(0);
    let documents = client.query("select id, sealed from blob order by id limit $1", &[&SAMPLE]).await?;
    let sample = documents.iter().map(|row| (BlobId(row.get(0)), row.get(1))).collect();
    Ok(Known { print: None, in_use, sample })
}

async fn has(client: &Client, table: &str) -> Result<bool> {
    Ok(client.query_one("select to_regclass($1) is not null", &[&table]).await?.get(0))
}
