//! The server and the client against the independent peer, when this machine has it.

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use hl7v2::{
    Ack, AckCode, AckStamp, Adt, AdtEvent, Authority, Charset, DocumentError, EntityId, Envelope, Identifier, Message, Movement,
    MovementAction, Patient, PatientClass, PersonName, Processing, Timestamp, Visit,
};
use mllp::{Answer, Client, Handler, Notice, Peer, Settings, send};
use tokio::sync::Mutex;

use crate::support::{SOON, limits, start};

struct Tool {
    python: OsString,
    script: PathBuf,
}

fn tool() -> Option<Tool> {
    let folder = std::env::var_os("GRAPPE_CHECK")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../../shared/check"), PathBuf::from);
    let script = folder.join("hl7v2.py");
    let python = std::env::var_os("GRAPPE_PYTHON").unwrap_or_else(|| "python3".into());
    let ready = Command::new(&python).args(["-c", "import hl7"]).output().is_ok_and(|out| out.status.success());
    if ready && script.is_file() {
        return Some(Tool { python, script });
    }
    // Where the peer is, not to meet it must not look like having met it.
    assert!(!script.is_file() || std::env::var("CI").as_deref() != Ok("true"), "no Python with the package hl7 (GRAPPE_PYTHON)");
    eprintln!("peer absent: set GRAPPE_CHECK, and GRAPPE_PYTHON to a Python with the package hl7");
    None
}

/// Keeps messages in memory as a product would keep them on disk, then acknowledges or refuses them.
#[derive(Default)]
struct Sas {
    kept: Mutex<Vec<Vec<u8>>>,
}

fn stamp() -> AckStamp {
    AckStamp { time: Timestamp::parse("20261103101501").expect("a time"), control_id: "DUI-1".to_owned() }
}

impl Handler for Sas {
    async fn message(&self, _: Peer, bytes: Vec<u8>) -> Answer {
        self.kept.lock().await.push(bytes.clone());
        match Message::parse(&bytes, &hl7v2::Limits::default()) {
            Ok(message) => Answer::Ack(Ack::accept(message.header()).print(message.header(), &stamp())),
            Err(error) => match hl7v2::Header::sniff(&bytes) {
                Some(header) => Answer::Ack(Ack::unreadable(&header, &error).print(&header, &stamp())),
                None => Answer::HangUp,
            },
        }
    }

    fn notice(&self, _: Option<&SocketAddr>, notice: Notice) {
        panic!("{notice:?}");
    }
}

/// An admission in an imaginary hospital.
fn admission(control_id: &str) -> Vec<u8> {
    let time = || Timestamp::parse("20261103101500").expect("a time");
    let text = |text: &str| Some(text.to_owned());
    let local = |value: &str, kind: &str| Identifier {
        value: value.to_owned(),
        authority: Some(Authority::named("ORMES")),
        kind: text(kind),
        ..Identifier::default()
    };
    let name = PersonName { family: text("D'ESSAI-NOËL"), given: text("ZOÉ"), kind: text("L"), ..PersonName::default() };
    let patient = Patient { identifiers: vec![local("77001", "PI")], names: vec![name], ..Patient::default() };
    let mut adt = Adt::new(AdtEvent::A01, patient);
    adt.occurred = Some(time());
    adt.visit = Some(Visit { class: Some(PatientClass::Inpatient), number: Some(local("26-1", "VN")), ..Visit::default() });
    adt.movement = Some(Movement {
        ids: vec![EntityId::bare("M-1")],
        start: time(),
        end: None,
        action: MovementAction::Insert,
        historical: Some(false),
        original_event: None,
        medical_unit: None,
        care_unit: None,
        nature: text("HMS"),
    });
    let envelope = Envelope {
        sending_application: Authority::named("GAM"),
        sending_facility: Authority::named("ORMES"),
        receiving_application: Authority::named("DUI"),
        receiving_facility: Authority::named("TILLEULS"),
        time: time(),
        control_id: control_id.to_owned(),
        processing: Processing::Training,
        charset: Charset::Utf8,
    };
    adt.print(&envelope).expect("printed")
}

#[tokio::test]
async fn our_server_is_driven_by_the_peer() {
    let Some(tool) = tool() else { return };
    let sas = Arc::new(Sas::default());
    let (address, _stop, _served) = start(Settings { limits: limits(), tls: None }, Arc::clone(&sas)).await;
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("driven");
    std::fs::create_dir_all(&folder).expect("folder");
    let mut files: Vec<PathBuf> = Vec::new();
    for n in 0..3 {
        files.push(folder.join(format!("{n}.hl7")));
        std::fs::write(&files[n], admission(&format!("OR-{n}"))).expect("written");
    }
    // One the server refuses: its version is not one of HL7 2.
    let wrong = String::from_utf8(admission("OR-9")).expect("UTF-8").replace("|2.5^FRA^2.11|", "|9|");
    let wrong_file = folder.join("wrong.hl7");
    std::fs::write(&wrong_file, wrong).expect("written");
    let driven = move |files: Vec<PathBuf>| {
        let mut command = Command::new(&tool.python);
        command.arg(&tool.script).args(["--mllp-send", &address.to_string()]).args(files);
        let out = command.output().expect("peer");
        (out.status.success(), String::from_utf8_lossy(&out.stdout).into_owned())
    };
    let sent = files.clone();
    let (told, refused) = tokio::task::spawn_blocking(move || (driven(sent), driven(vec![wrong_file]))).await.expect("driven");
    assert!(told.0, "{}", told.1);
    for n in 0..3 {
        assert!(told.1.contains(&format!("MSA|AA|OR-{n}")), "{}", told.1);
    }
    assert!(!refused.0 && refused.1.contains("MSA|AE|OR-9") && refused.1.contains("203^"), "{}", refused.1);
    let kept = sas.kept.lock().await;
    assert_eq!(kept.len(), 4);
    for (n, bytes) in kept.iter().take(3).enumerate() {
        assert_eq!(bytes, &std::fs::read(&files[n]).expect("file"));
    }
}

/// The peer as a server; killed when dropped.
struct Served {
    child: Child,
    address: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn serving(tool: &Tool, options: &[&str]) -> Served {
    let mut command = Command::new(&tool.python);
    command.arg(&tool.script).args(["--mllp-serve", "0"]).args(options).stdout(Stdio::piped());
    let mut child = command.spawn().expect("peer");
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().expect("stdout")).read_line(&mut line).expect("line");
    let address = line.trim().trim_start_matches("MLLP on ").to_owned();
    Served { child, address }
}

fn read_ack(bytes: &[u8]) -> Ack {
    Ack::read(&Message::parse(bytes, &hl7v2::Limits::default()).expect("readable")).expect("acknowledgment")
}

#[tokio::test]
async fn our_client_talks_to_the_peer() {
    let Some(tool) = tool() else { return };
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("saved");
    let _ = std::fs::remove_dir_all(&folder);
    let peer = serving(&tool, &["--save", &folder.to_string_lossy()]);
    let message = admission("OR-1");
    let ack = read_ack(&send(&peer.address, &message, SOON, None).await.expect("sent"));
    assert_eq!((ack.code, ack.control_id.as_str()), (AckCode::Accept, "OR-1"));
    assert_eq!(std::fs::read(folder.join("00001.hl7")).expect("saved"), message);
    let mut client = Client::connect(&peer.address, SOON, None).await.expect("connected");
    for n in 0..20 {
        let control_id = format!("OR-{n}");
        let ack = read_ack(&client.exchange(&admission(&control_id), SOON).await.expect("sent"));
        assert_eq!((ack.code, ack.control_id.as_str()), (AckCode::Accept, control_id.as_str()));
    }
    // The peer refuses what its rules forbid.
    let broken = String::from_utf8(admission("OR-2")).expect("UTF-8").replace("|INSERT|", "||");
    let ack = read_ack(&client.exchange(broken.as_bytes(), SOON).await.expect("sent"));
    assert_eq!((ack.code, ack.faults[0].document_error()), (AckCode::Error, Some(DocumentError::Other)));
}

#[tokio::test]
async fn our_client_hears_refusals_of_the_peer() {
    let Some(tool) = tool() else { return };
    let peer = serving(&tool, &["--nack", "902"]);
    let ack = read_ack(&send(&peer.address, &admission("OR-1"), SOON, None).await.expect("sent"));
    assert_eq!((ack.code, ack.control_id.as_str()), (AckCode::Error, "OR-1"));
    assert_eq!(ack.faults[0].condition.id.as_deref(), Some("207"));
    assert_eq!(ack.faults[0].document_error(), Some(DocumentError::UnknownPatient));
}
