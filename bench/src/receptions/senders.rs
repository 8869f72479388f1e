//! Senders as interface engines are: one message at a time, sent again until it is acknowledged.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;

use super::forge::{Channel, Message};
use super::partner::{Partner, publication};
use super::service::Addresses;
use crate::client::{Connection, Request};
use crate::stats::nanos;

/// A sender waits that long for an acknowledgment before it sends again.
const PATIENCE: Duration = Duration::from_mins(1);
/// A message nobody acknowledges for that long ends the run.
const DESPAIR: Duration = Duration::from_mins(10);

/// What became of the sending of each message.
#[derive(Debug)]
pub(crate) struct Ledger {
    pub(crate) attempts: Vec<AtomicU32>,
    pub(crate) acked: Vec<AtomicU32>,
    /// Refused in words the sender understands: nothing was kept, nothing was acknowledged.
    pub(crate) refused: Vec<AtomicU32>,
    /// From the first attempt to the acknowledgment.
    nanos: Vec<AtomicU64>,
    pub(crate) done: AtomicUsize,
}

impl Ledger {
    pub(crate) fn new(count: usize) -> Self {
        let zeros = || (0..count).map(|_| AtomicU32::new(0)).collect();
        let nanos = (0..count).map(|_| AtomicU64::new(0)).collect();
        Self { attempts: zeros(), acked: zeros(), refused: zeros(), nanos, done: AtomicUsize::new(0) }
    }

    pub(crate) fn durations(&self) -> Vec<u64> {
        self.nanos.iter().map(|nanos| nanos.load(Ordering::Relaxed)).filter(|nanos| *nanos > 0).collect()
    }
}

/// Everything senders share.
#[derive(Debug)]
pub(crate) struct Sending {
    pub(crate) messages: Vec<Message>,
    pub(crate) ledger: Ledger,
    pub(crate) addresses: Addresses,
    pub(crate) partner: Arc<Partner>,
}

enum Answer {
    Kept,
    Refused,
}

/// Sends the messages of a channel by so many senders at once; ends once each is acknowledged or refused.
pub(crate) async fn send(sending: &Arc<Sending>, channel: Channel, senders: usize) -> anyhow::Result<()> {
    let mine: Vec<usize> =
        sending.messages.iter().enumerate().filter(|(_, one)| one.channel == channel).map(|(n, _)| n).collect();
    let (mine, next) = (Arc::new(mine), Arc::new(AtomicUsize::new(0)));
    let running: Vec<_> = (0..senders)
        .map(|_| {
            let (sending, mine, next) = (Arc::clone(sending), Arc::clone(&mine), Arc::clone(&next));
            tokio::spawn(async move {
                let mut line = Line::default();
                while let Some(n) = mine.get(next.fetch_add(1, Ordering::Relaxed)) {
                    one(&sending, &mut line, *n).await?;
                }
                anyhow::Ok(())
            })
        })
        .collect();
    for sender in running {
        sender.await??;
    }
    Ok(())
}

async fn one(sending: &Sending, line: &mut Line, n: usize) -> anyhow::Result<()> {
    let (message, ledger, start) = (&sending.messages[n], &sending.ledger, Instant::now());
    loop {
        ledger.attempts[n].fetch_add(1, Ordering::Relaxed);
        let error = match tokio::time::timeout(PATIENCE, line.exchange(sending, message)).await {
            Ok(Ok(Answer::Kept)) => {
                ledger.acked[n].fetch_add(1, Ordering::Relaxed);
                break;
            }
            Ok(Ok(Answer::Refused)) => {
                ledger.refused[n].fetch_add(1, Ordering::Relaxed);
                break;
            }
            Ok(Err(error)) => error,
            Err(_) => anyhow::anyhow!("no acknowledgment in {PATIENCE:?}"),
        };
        *line = Line::default();
        anyhow::ensure!(start.elapsed() < DESPAIR, "{} {} is never acknowledged: {error}", message.channel.name(), message.kind);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    ledger.nanos[n].store(nanos(start), Ordering::Relaxed);
    ledger.done.fetch_add(1, Ordering::Relaxed);
    Ok(())
}

/// The connection a sender keeps.
#[derive(Default)]
struct Line {
    mllp: Option<mllp::Client>,
    door: Option<UnixStream>,
    http: Option<Connection>,
}

impl Line {
    async fn exchange(&mut self, sending: &Sending, message: &Message) -> anyhow::Result<Answer> {
        match message.channel {
            Channel::Mllp => self.hl7(sending, &message.bytes).await,
            Channel::Door => self.door(sending, &message.bytes).await,
            Channel::Fhir => self.publish(sending, &message.bytes).await,
        }
    }

    /// `AA` and `AE` both say « kept, do not send it again » (bridge `mouvements-hl7v2`).
    async fn hl7(&mut self, sending: &Sending, bytes: &[u8]) -> anyhow::Result<Answer> {
        if bytes.iter().any(|byte| matches!(byte, 0x0B | 0x1C)) {
            return Ok(Answer::Refused);
        }
        if self.mllp.is_none() {
            self.mllp = Some(mllp::Client::connect(sending.addresses.mllp, PATIENCE, None).await?);
        }
        let client = self.mllp.as_mut().context("no connection")?;
        let ack = client.exchange(bytes, PATIENCE).await?;
        let ack = String::from_utf8_lossy(&ack).into_owned();
        anyhow::ensure!(ack.contains("\rMSA|AA|") || ack.contains("\rMSA|AE|"), "an unknown acknowledgment: {ack}");
        Ok(Answer::Kept)
    }

    /// What `grappe receive` says to the running server: two lengths, a header, the bytes.
    async fn door(&mut self, sending: &Sending, bytes: &[u8]) -> anyhow::Result<Answer> {
        if self.door.is_none() {
            let path = sending.addresses.door.as_ref().context("no door on this engine")?;
            self.door = Some(UnixStream::connect(path).await?);
        }
        let stream = self.door.as_mut().context("no connection")?;
        let ask = json!({
            "version": env!("CARGO_PKG_VERSION"), "demande": { "recevoir": { "nom": "document", "expediteur": "bench" } },
        });
        let ask = ask.to_string();
        stream.write_u32(u32::try_from(ask.len())?).await?;
        stream.write_u32(u32::try_from(bytes.len())?).await?;
        stream.write_all(ask.as_bytes()).await?;
        stream.write_all(bytes).await?;
        let length = usize::try_from(stream.read_u32().await?)?;
        anyhow::ensure!(stream.read_u32().await? == 0, "an answer with bytes");
        let mut answer = vec![0; length];
        stream.read_exact(&mut answer).await?;
        let answer: Value = serde_json::from_slice(&answer)?;
        match answer["recu"]["garde"].as_bool() {
            Some(true) => Ok(Answer::Kept),
            _ => bail!("not kept: {answer}"),
        }
    }

    async fn publish(&mut self, sending: &Sending, bytes: &[u8]) -> anyhow::Result<Answer> {
        let token = sending.partner.token(None).await?;
        if self.http.is_none() {
            self.http = Some(Connection::open(sending.addresses.http).await?);
        }
        let connection = self.http.as_mut().context("no connection")?;
        let request = Request::post("/fhir/DocumentReference", "application/fhir+json", publication(bytes))
            .header("authorization", &format!("Bearer {token}"))
            .prepared(&sending.addresses.http.to_string());
        let answer = connection.send(&request).await?;
        match answer.status {
            201 => Ok(Answer::Kept),
            401 => {
                sending.partner.token(Some(&token)).await?;
                bail!("the token is over")
            }
            400 | 413 | 422 => Ok(Answer::Refused),
            other => bail!("answered {other}: {}", String::from_utf8_lossy(&answer.body)),
        }
    }
}

/// The control: an engine which takes a message for delivered once it is written on the network, and never sends again.
pub(crate) async fn careless(sending: &Sending) -> anyhow::Result<()> {
    let mut stream = tokio::net::TcpStream::connect(sending.addresses.mllp).await?;
    for (n, message) in sending.messages.iter().enumerate() {
        let framed = [b"\x0b", &message.bytes[..], b"\x1c\r"].concat();
        if stream.write_all(&framed).await.is_err() {
            break;
        }
        sending.ledger.attempts[n].fetch_add(1, Ordering::Relaxed);
        sending.ledger.acked[n].fetch_add(1, Ordering::Relaxed);
        sending.ledger.done.fetch_add(1, Ordering::Relaxed);
    }
    Ok(())
}
