//! Servers that do as a test tells them: TLS on a port of their own, one answer for each line.

use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};

use mssante::Tls;
use rustls::ServerConfig;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// What a server does after a line.
#[derive(Debug, Clone)]
pub(crate) enum Do {
    /// Says this.
    Say(Vec<u8>),
    /// Asks for a message, takes it up to its dot, then does this.
    Take(Box<Do>),
    /// Says this for ever.
    Repeat(Vec<u8>),
    /// Cuts the connection.
    Cut,
    /// Says nothing any more.
    Sleep,
}

pub(crate) fn say(text: impl AsRef<str>) -> Do {
    Do::Say(text.as_ref().as_bytes().to_vec())
}

/// A running server and what it was told.
pub(crate) struct Fake {
    pub(crate) port: u16,
    pub(crate) tls: Tls,
    lines: Arc<Mutex<Vec<String>>>,
}

impl Fake {
    /// Starts a server that greets, then answers each line with `script`; `None` without `openssl`.
    pub(crate) async fn start(greeting: Do, script: impl FnMut(&str) -> Do + Send + 'static) -> Option<Self> {
        let (certificate, key) = certificate()?;
        let tls = Tls::new(&certificate, None).expect("TLS");
        let chain = CertificateDer::pem_slice_iter(&certificate).collect::<Result<Vec<_>, _>>().expect("a certificate");
        let key = PrivateKeyDer::from_pem_slice(&key).expect("a key");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().expect("versions");
        let config = config.with_no_client_auth().with_single_cert(chain, key).expect("a certificate");
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let port = listener.local_addr().expect("a port").port();
        let lines = Arc::new(Mutex::new(Vec::new()));
        let told = Arc::clone(&lines);
        tokio::spawn(async move {
            let (tcp, _) = listener.accept().await.expect("a connection");
            if let Ok(stream) = TlsAcceptor::from(Arc::new(config)).accept(tcp).await {
                // A client that leaves is the end of the test, not of the server.
                let _ = converse(stream, greeting, script, told).await;
            }
        });
        Some(Self { port, tls, lines })
    }

    /// The lines the server was told, messages left out.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.lines.lock().expect("the lines").clone()
    }
}

async fn converse(
    stream: tokio_rustls::server::TlsStream<tokio::net::TcpStream>,
    greeting: Do,
    mut script: impl FnMut(&str) -> Do,
    told: Arc<Mutex<Vec<String>>>,
) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut next = greeting;
    loop {
        let answer = match next {
            Do::Say(answer) => answer,
            Do::Take(then) => {
                stream.get_mut().write_all(b"354 go\r\n").await?;
                stream.get_mut().flush().await?;
                let mut line = Vec::new();
                while line != b".\r\n" {
                    line.clear();
                    if stream.read_until(b'\n', &mut line).await? == 0 {
                        return Ok(());
                    }
                }
                next = *then;
                continue;
            }
            Do::Repeat(answer) => loop {
                stream.get_mut().write_all(&answer).await?;
            },
            Do::Cut => return Ok(()),
            Do::Sleep => return std::future::pending().await,
        };
        stream.get_mut().write_all(&answer).await?;
        stream.get_mut().flush().await?;
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let line = line.trim_end();
        told.lock().expect("the lines").push(line.to_owned());
        next = script(line);
    }
}

/// A certificate for `localhost`, with its key, made once for a build.
fn certificate() -> Option<(Vec<u8>, Vec<u8>)> {
    static MADE: Mutex<Option<(Vec<u8>, Vec<u8>)>> = Mutex::new(None);
    let mut made = MADE.lock().expect("the certificate");
    if made.is_none() {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fake-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let (certificate, key) = (folder.join("certificate.pem"), folder.join("key.pem"));
        let run = Command::new("openssl")
            .args("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost".split(' '))
            .args(["-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=critical,CA:FALSE"])
            .arg("-keyout")
            .arg(&key)
            .arg("-out")
            .arg(&certificate)
            .output();
        let Ok(run) = run else {
            eprintln!("openssl is absent: this test cannot run");
            return None;
        };
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let read = |path| std::fs::read(path).expect("a file");
        *made = Some((read(certificate), read(key)));
        let _ = std::fs::remove_dir_all(folder);
    }
    made.clone()
}
