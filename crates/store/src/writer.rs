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

/// A group of patient batches is large enough at this many rows.
const ENOUGH_ROWS: usize = 128;
/// How long a smaller one waits for more.
pub(crate) const WAIT: std::time::Duration = std::time::Duration::from_millis(1);

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
    let mut group = vec![first];
    drain_more(&mut group, queue);
    group
}

/// True when nobody is in a hurry and the group is small: it may wait for more.
pub(crate) fn may_wait(group: &[Job]) -> bool {
    group.iter().all(|job| job.batch.patient) && weight(group) < ENOUGH_ROWS
}

fn weight(group: &[Job]) -> usize {
    group.iter().map(|job| job.batch.weight()).sum()
}

/// Takes what waits now beside what was taken before.
pub(crate) fn drain_more(group: &mut Vec<Job>, queue: &mut mpsc::Receiver<Job>) {
    let mut rows = weight(group);
    while rows < GROUP_ROWS && group.len() < GROUP_BATCHES {
        let Ok(job) = queue.try_recv() else { break };
        rows += job.batch.weight();
        group.push(job);
    }
}
