//! The database past every guard of the product, as its superuser sees it.

use rusqlite::Connection;
use store::Target;
use testkit::TestStore;
use tokio_postgres::NoTls;

fn file(store: &TestStore) -> Option<Connection> {
    match store.target() {
        Target::Sqlite(path) => Some(Connection::open(path).unwrap()),
        Target::Postgres(_) => None,
    }
}

/// Runs statements.
pub(crate) async fn run(store: &TestStore, sql: &str) {
    match file(store) {
        Some(db) => db.execute_batch(sql).unwrap_or_else(|error| panic!("{sql}: {error}")),
        None => store.database().unwrap().execute(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}")),
    }
}

/// The encrypted bytes of all documents.
pub(crate) async fn bytes_of_blobs(store: &TestStore) -> Vec<u8> {
    if let Some(db) = file(store) {
        let mut statement = db.prepare("select sealed from blob").unwrap();
        let all = statement.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap();
        return all.flat_map(Result::unwrap).collect();
    }
    let (client, connection) = tokio_postgres::connect(&store.database().unwrap().url(), NoTls).await.unwrap();
    tokio::spawn(connection);
    let all = client.query("select sealed from blob", &[]).await.unwrap();
    all.iter().flat_map(|row| row.get::<_, Vec<u8>>(0)).collect()
}

/// Puts a document as it would be kept.
pub(crate) async fn keep_blob(store: &TestStore, id: &str, sealed: &[u8]) {
    if let Some(db) = file(store) {
        db.execute("insert into blob (id, sealed) values (?1, ?2)", (id, sealed)).unwrap();
        return;
    }
    let hex = sealed.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    run(store, &format!("insert into blob (id, sealed) values ('{id}', '\\x{hex}')")).await;
}

/// A number the database gives.
pub(crate) async fn number(store: &TestStore, sql: &str) -> i64 {
    if let Some(db) = file(store) {
        return db.query_row(sql, [], |row| row.get(0)).unwrap();
    }
    let (client, connection) = tokio_postgres::connect(&store.database().unwrap().url(), NoTls).await.unwrap();
    tokio::spawn(connection);
    client.query_one(sql, &[]).await.unwrap().get(0)
}

/// Damages a document by one bit.
pub(crate) async fn flip_last_byte_of_blob(store: &TestStore, id: &str) {
    if let Some(db) = file(store) {
        let mut sealed: Vec<u8> = db.query_row("select sealed from blob where id = ?1", [id], |row| row.get(0)).unwrap();
        *sealed.last_mut().unwrap() ^= 1;
        db.execute("update blob set sealed = ?2 where id = ?1", (id, sealed)).unwrap();
        return;
    }
    let last = "octet_length(sealed) - 1";
    run(store, &format!("update blob set sealed = set_byte(sealed, {last}, get_byte(sealed, {last}) # 1) where id = '{id}'"))
        .await;
}

/// Waits until no transaction of another test of the server hides the last lines of the journal.
pub(crate) async fn settled(store: &TestStore) {
    let Some(database) = store.database() else { return };
    let (client, connection) = tokio_postgres::connect(&database.url(), NoTls).await.unwrap();
    tokio::spawn(connection);
    let sql = "select coalesce(max(xid) < pg_snapshot_xmin(pg_current_snapshot()), true) from journal";
    while !client.query_one(sql, &[]).await.unwrap().get::<_, bool>(0) {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

/// Rows the text index of SQLite holds; `None` on PostgreSQL, where words are a column of their record.
pub(crate) fn indexed_texts(store: &TestStore) -> Option<i64> {
    let db = file(store)?;
    Some(db.query_row("select count(*) from search_docsize", [], |row| row.get(0)).unwrap())
}
