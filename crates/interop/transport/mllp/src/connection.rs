//! One connection of a server.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::sync::watch;
use tokio::time::{Instant, timeout, timeout_at};

use crate::frame::{Decoder, Frame, frame, is_framable};
use crate::limits::Limits;
use crate::notice::{Notice, Peer};
use crate::server::{Answer, Handler};

/// Bytes read at once.
const CHUNK: usize = 64 * 1024;

/// Bytes of messages being received or handled, counted over all connections.
pub(crate) struct Pending {
    all: Arc<AtomicUsize>,
    mine: usize,
    max: usize,
}

impl Pending {
    pub(crate) fn new(all: Arc<AtomicUsize>, max: usize) -> Self {
        Self { all, mine: 0, max }
    }

    /// Says how many bytes this connection holds; false when all together hold too many.
    fn hold(&mut self, bytes: usize) -> bool {
        let before = self.all.fetch_add(bytes, Ordering::Relaxed);
        self.all.fetch_sub(self.mine, Ordering::Relaxed);
        let others = before.saturating_sub(self.mine);
        self.mine = bytes;
        others.saturating_add(bytes) <= self.max
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        self.all.fetch_sub(self.mine, Ordering::Relaxed);
    }
}

/// A connection and what it needs.
pub(crate) struct Connection<S, H> {
    pub(crate) stream: S,
    pub(crate) peer: Peer,
    pub(crate) limits: Limits,
    pub(crate) handler: Arc<H>,
    pub(crate) pending: Pending,
    pub(crate) stopped: watch::Receiver<bool>,
}

/// What reading ended in.
enum Read {
    Bytes(usize),
    End,
    Stop,
    Silent,
    Failed(String),
}

impl<S: AsyncRead + AsyncWrite + Unpin, H: Handler> Connection<S, H> {
    /// Serves until the peer or the server stops.
    pub(crate) async fn run(mut self) {
        let mut decoder = Decoder::new(self.limits.max_message);
        let mut chunk = vec![0; CHUNK];
        let mut started = None;
        loop {
            let read = self.read(&mut chunk, &decoder, started).await;
            let Read::Bytes(count) = read else {
                self.end(&read, &decoder);
                break;
            };
            let frames = decoder.push(chunk.get(..count).unwrap_or_default());
            if frames.iter().any(|found| matches!(found, Frame::Message(_) | Frame::Abandoned(_))) {
                started = None;
            }
            for found in frames {
                if !self.frame(found).await {
                    return;
                }
            }
            started = decoder.pending().map(|_| started.unwrap_or_else(Instant::now));
            if !self.within(&decoder) {
                return;
            }
        }
        let _ = timeout(self.limits.write, self.stream.shutdown()).await;
    }

    async fn read(&mut self, chunk: &mut [u8], decoder: &Decoder, started: Option<Instant>) -> Read {
        let inside = decoder.pending().is_some();
        let silence = if inside { self.limits.stall } else { self.limits.idle };
        let mut until = Instant::now() + silence;
        if let Some(started) = started {
            until = until.min(started + self.limits.whole_message);
        }
        tokio::select! {
            biased;
            // A message that has begun is received and answered; one that has not will be sent again.
            _ = self.stopped.wait_for(|stopped| *stopped), if !inside => Read::Stop,
            read = timeout_at(until, self.stream.read(chunk)) => match read {
                Ok(Ok(0)) => Read::End,
                Ok(Ok(count)) => Read::Bytes(count),
                Ok(Err(error)) => Read::Failed(error.to_string()),
                Err(_) => Read::Silent,
            },
        }
    }

    /// Handles what the bytes completed; false when the connection must be closed.
    async fn frame(&mut self, found: Frame) -> bool {
        match found {
            Frame::Message(bytes) => self.message(bytes).await,
            Frame::Garbage(count) => {
                self.tell(Notice::GarbageSkipped(count));
                true
            }
            Frame::Abandoned(count) => {
                self.tell(Notice::FrameAbandoned(count));
                true
            }
            Frame::TooLarge => {
                self.tell(Notice::TooLarge);
                false
            }
        }
    }

    async fn message(&mut self, bytes: Vec<u8>) -> bool {
        if !self.pending.hold(bytes.len()) {
            self.tell(Notice::OverBudget);
            return false;
        }
        let answer = self.handler.message(self.peer.clone(), bytes).await;
        let Answer::Ack(ack) = answer else { return false };
        if !is_framable(&ack) {
            self.tell(Notice::AckUnframable);
            return false;
        }
        let framed = frame(&ack);
        let written = timeout(self.limits.write, async {
            self.stream.write_all(&framed).await?;
            self.stream.flush().await
        });
        let failure = match written.await {
            Ok(Ok(())) => return true,
            Ok(Err(error)) => error.to_string(),
            Err(_) => "too long".to_owned(),
        };
        self.tell(Notice::AckNotDelivered(failure));
        false
    }

    /// Whether the bytes kept and the garbage stay within the limits.
    fn within(&mut self, decoder: &Decoder) -> bool {
        if decoder.garbage() > self.limits.max_garbage {
            self.tell(Notice::NotMllp(decoder.garbage()));
            return false;
        }
        if !self.pending.hold(decoder.pending().unwrap_or(0)) {
            self.tell(Notice::OverBudget);
            return false;
        }
        true
    }

    /// Tells how the connection ended, when that is worth telling.
    fn end(&self, read: &Read, decoder: &Decoder) {
        let half = decoder.pending();
        match (read, half) {
            (Read::Silent, Some(bytes)) => self.tell(Notice::Stalled(bytes)),
            (Read::Silent, None) => self.tell(Notice::IdleClosed(self.limits.idle)),
            (_, Some(bytes)) => self.tell(Notice::HalfFrame(bytes)),
            (Read::Failed(error), None) => self.tell(Notice::Cut(error.clone())),
            _ => {}
        }
        if decoder.garbage() > 0 {
            self.tell(Notice::GarbageSkipped(decoder.garbage()));
        }
    }

    fn tell(&self, notice: Notice) {
        let address: &SocketAddr = &self.peer.address;
        self.handler.notice(Some(address), notice);
    }
}
