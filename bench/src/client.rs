//! A small HTTP/1.1 client: keep-alive connections, a closed loop or a fixed rate.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::stats::{Figures, cpu_seconds, nanos, own_cpu_seconds};

/// A request to be sent.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    method: &'static str,
    path: String,
    headers: String,
    body: Vec<u8>,
}

impl Request {
    pub(crate) fn get(path: &str) -> Self {
        Self { method: "GET", path: path.to_owned(), headers: String::new(), body: Vec::new() }
    }

    pub(crate) fn post(path: &str, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { method: "POST", path: path.to_owned(), headers: format!("content-type: {kind}\r\n"), body: body.into() }
    }

    /// Adds a header.
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        let _ = write!(self.headers, "{name}: {value}\r\n");
        self
    }

    /// The bytes to be written on a connection.
    pub(crate) fn prepared(&self, host: &str) -> Arc<[u8]> {
        let length = if self.body.is_empty() && self.method == "GET" {
            String::new()
        } else {
            format!("content-length: {}\r\n", self.body.len())
        };
        let head = format!("{} {} HTTP/1.1\r\nhost: {host}\r\n{}{length}\r\n", self.method, self.path, self.headers);
        [head.as_bytes(), &self.body].concat().into()
    }
}

/// An answer: its status, its head and its body.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// Value of a header, the first of that name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// A keep-alive connection.
#[derive(Debug)]
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    pub(crate) async fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(64 * 1024) })
    }

    /// Sends a prepared request and reads the whole answer.
    pub(crate) async fn send(&mut self, request: &[u8]) -> anyhow::Result<Answer> {
        self.stream.write_all(request).await?;
        let end = loop {
            if let Some(at) = self.buffer.windows(4).position(|window| window == b"\r\n\r\n") {
                break at + 4;
            }
            self.fill().await?;
        };
        let head = String::from_utf8_lossy(&self.buffer[..end]).into_owned();
        self.buffer.drain(..end);
        let status = head.get(9..12).and_then(|status| status.parse().ok()).context("no status")?;
        let mut answer = Answer { status, head, body: Vec::new() };
        if let Some(length) = answer.header("content-length") {
            let length = length.parse()?;
            answer.body = self.take(length).await?;
        } else if answer.header("transfer-encoding").is_some() {
            answer.body = self.chunks().await?;
        } else if status != 304 && status != 204 {
            bail!("an answer without a length");
        }
        Ok(answer)
    }

    async fn fill(&mut self) -> anyhow::Result<()> {
        if self.stream.read_buf(&mut self.buffer).await? == 0 {
            bail!("the server closed the connection");
        }
        Ok(())
    }

    async fn take(&mut self, length: usize) -> anyhow::Result<Vec<u8>> {
        while self.buffer.len() < length {
            self.fill().await?;
        }
        Ok(self.buffer.drain(..length).collect())
    }

    async fn chunks(&mut self) -> anyhow::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let end = loop {
                if let Some(at) = self.buffer.windows(2).position(|window| window == b"\r\n") {
                    break at;
                }
                self.fill().await?;
            };
            let line = self.take(end + 2).await?;
            let length = usize::from_str_radix(std::str::from_utf8(&line)?.trim(), 16)?;
            let chunk = self.take(length + 2).await?;
            if length == 0 {
                return Ok(body);
            }
            body.extend_from_slice(&chunk[..length]);
        }
    }
}

/// What tells a right answer from a wrong one.
pub(crate) trait Expected: Send + 'static {
    /// True when the answer is the one expected.
    fn is_met_by(&self, answer: &Answer) -> bool;
}

/// A status says enough of our own server.
impl Expected for u16 {
    fn is_met_by(&self, answer: &Answer) -> bool {
        answer.status == *self
    }
}

/// The processes which serve, whose processor time counts; none when this process serves itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct Serving(Vec<u32>);

impl Serving {
    fn cpu(&self) -> f64 {
        if self.0.is_empty() { own_cpu_seconds() } else { self.0.iter().copied().map(cpu_seconds).sum() }
    }
}

impl From<Option<u32>> for Serving {
    fn from(pid: Option<u32>) -> Self {
        Self(pid.into_iter().collect())
    }
}

impl<const N: usize> From<[u32; N]> for Serving {
    fn from(pids: [u32; N]) -> Self {
        Self(pids.into())
    }
}

/// Each client sends as soon as it has its answer; `make(client, n)` gives the request and the answer expected.
///
/// The processor time is that of `server`, or of this process when it serves itself.
pub(crate) async fn closed_loop<F, E>(
    address: SocketAddr,
    clients: usize,
    length: Duration,
    server: impl Into<Serving>,
    make: F,
) -> anyhow::Result<Figures>
where
    F: Fn(usize, u64) -> (Arc<[u8]>, E) + Send + Sync + 'static,
    E: Expected,
{
    sequences(address, clients, length, server, move |rank, n| [make(rank, n)]).await
}

/// The same, for what takes several requests one after the other: one duration for all of them.
pub(crate) async fn sequences<F, E, const N: usize>(
    address: SocketAddr,
    clients: usize,
    length: Duration,
    server: impl Into<Serving>,
    make: F,
) -> anyhow::Result<Figures>
where
    F: Fn(usize, u64) -> [(Arc<[u8]>, E); N] + Send + Sync + 'static,
    E: Expected,
{
    let (make, server) = (Arc::new(make), server.into());
    let (start, before) = (Instant::now(), server.cpu());
    let running = (0..clients).map(|rank| {
        let make = Arc::clone(&make);
        tokio::spawn(async move {
            let mut connection = Connection::open(address).await?;
            let (mut durations, mut errors) = (Vec::new(), 0_u64);
            while start.elapsed() < length {
                let sequence = make(rank, durations.len() as u64);
                let one = Instant::now();
                for (request, expected) in sequence {
                    let answer = connection.send(&request).await?;
                    errors += u64::from(!expected.is_met_by(&answer));
                }
                durations.push(nanos(one));
            }
            anyhow::Ok((durations, errors))
        })
    });
    gather(running.collect(), start, before, &server).await
}

/// Requests leave at a fixed rate whatever the answers do: durations count from when each was due.
pub(crate) async fn fixed_rate<F>(
    address: SocketAddr,
    clients: usize,
    each_second: f64,
    length: Duration,
    server: Option<u32>,
    make: F,
) -> anyhow::Result<Figures>
where
    F: Fn(usize, u64) -> (Arc<[u8]>, u16) + Send + Sync + 'static,
{
    let (make, server) = (Arc::new(make), Serving::from(server));
    let (start, before) = (Instant::now(), server.cpu());
    #[expect(clippy::cast_precision_loss, reason = "a few hundred clients")]
    let gap = Duration::from_secs_f64(clients as f64 / each_second);
    let running = (0..clients).map(|rank| {
        let make = Arc::clone(&make);
        tokio::spawn(async move {
            let mut connection = Connection::open(address).await?;
            let (mut durations, mut errors) = (Vec::new(), 0_u64);
            let clients = u32::try_from(clients)?;
            let mut due = start + gap * u32::try_from(rank)? / clients;
            while due < start + length {
                tokio::time::sleep_until(due.into()).await;
                let (request, expected) = make(rank, durations.len() as u64);
                errors += u64::from(connection.send(&request).await?.status != expected);
                durations.push(nanos(due));
                due += gap;
            }
            anyhow::Ok((durations, errors))
        })
    });
    gather(running.collect(), start, before, &server).await
}

type Client = tokio::task::JoinHandle<anyhow::Result<(Vec<u64>, u64)>>;

async fn gather(running: Vec<Client>, start: Instant, before: f64, server: &Serving) -> anyhow::Result<Figures> {
    let (mut all, mut errors) = (Vec::new(), 0);
    for client in running {
        let (durations, wrong) = client.await??;
        all.push(durations);
        errors += wrong;
    }
    Ok(Figures::of(&all, start.elapsed(), server.cpu() - before, errors))
}
