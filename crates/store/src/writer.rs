//! Waiting batches and the answers they wait for.

use tokio::sync::{mpsc, oneshot};

use crate::decide::Verdict;
use crate::{Batch, Error, Result};

/// At most this many rows share one flush.
pub(crate) const GROUP_ROWS: usize = 6_000;
/// At most this many batches share one flush.
pub(crate) const GROUP_BATCHES: usize = 512;
/// Batches that may wait before callers wait to hand theirs over.
pub(crate) const QUEUE: usize = 4_096;

pub(crate) struct Job {
    pub(crate) batch: Batch,
    pub(crate) done: oneshot::Sender<Result<Verdict>>,
}

/// Hands a batch to the writer; the receiver answers once the batch is durable or refused.
pub(crate) async fn submit(queue: &mpsc::Sender<Job>, batch: Batch) -> Result<oneshot::Receiver<Result<Verdict>>> {
    let (done, answer) = oneshot::channel();
    queue.send(Job { batch, done }).await.map_err(|_| Error::Stopped("the writer has stopped".into()))?;
    Ok(answer)
}

pub(crate) async fn answer(receiver: oneshot::Receiver<Result<Verdict>>) -> Result<Verdict> {
    receiver.await.map_err(|_| Error::Stopped("the writer has stopped".into()))?
}

/// Takes what waits, up to the limits of a group.
pub(crate) fn drain(first: Job, queue: &mut mpsc::Receiver<Job>) -> Vec<Job> {
    let mut rows = first.batch.weight();
    let mut group = vec![first];
    while rows < GROUP_ROWS && group.len() < GROUP_BATCHES {
        let Ok(job) = queue.try_recv() else { break };
        rows += job.batch.weight();
        group.push(job);
    }
    group
}
