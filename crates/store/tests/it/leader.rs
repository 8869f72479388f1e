//! One node works for all.

use std::time::Duration;

use testkit::{Engine, TestStore};

use crate::raw;

async fn wait_for_lead(node: &store::Store) -> store::Leadership {
    loop {
        if let Some(lead) = node.lead().await.unwrap() {
            return lead;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

testkit::on_both! {
    async fn a_lone_node_leads(store: TestStore) {
        let lead = store.lead().await.unwrap().unwrap();
        assert!(lead.holds().await);
    }
}

#[tokio::test]
async fn of_two_nodes_one_leads_and_the_other_takes_over() {
    let Some(store) = testkit::store_or_skip(Engine::Postgres).await else { return };
    let second = store.second().await.unwrap();
    let lead = store.lead().await.unwrap().unwrap();
    for _ in 0..5 {
        assert!(second.lead().await.unwrap().is_none());
    }
    assert!(lead.holds().await);
    drop(lead);
    let lead = wait_for_lead(&second).await;
    assert!(store.lead().await.unwrap().is_none());
    let lock = "select pg_terminate_backend(pid) from pg_locks
                where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())";
    raw::run(&store, lock).await;
    while lead.holds().await {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(wait_for_lead(&store).await.holds().await, "a server which forgot the lock makes another leader");
}
