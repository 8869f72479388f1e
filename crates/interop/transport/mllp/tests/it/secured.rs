//! TLS, with certificates on both sides.

use std::time::Duration;

use mllp::tls::{self, Clients, Identity};
use mllp::{ClientTls, Limits, Notice, SendError, Settings, send};
use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, CertifiedIssuer, ExtendedKeyUsagePurpose, IsCa,
    KeyIdMethod, KeyPair, KeyUsagePurpose, RevokedCertParams, SerialNumber, date_time_ymd,
};

use rustls::pki_types::pem::PemObject as _;

use crate::support::{Running, SOON, framed, limits};

type Authority = CertifiedIssuer<'static, KeyPair>;

/// A certificate and its key, in PEM.
struct Card {
    chain: String,
    key: String,
}

impl Card {
    fn identity(&self) -> Identity<'_> {
        Identity { chain: self.chain.as_bytes(), key: self.key.as_bytes() }
    }
}

fn authority() -> Authority {
    let mut params = CertificateParams::new(Vec::new()).expect("params");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.distinguished_name.push(rcgen::DnType::CommonName, "Test authority");
    CertifiedIssuer::self_signed(params, KeyPair::generate().expect("key")).expect("authority")
}

fn card(authority: &Authority, serial: u64, change: impl Fn(&mut CertificateParams)) -> Card {
    let mut params = CertificateParams::new(vec!["localhost".to_owned()]).expect("params");
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth, ExtendedKeyUsagePurpose::ClientAuth];
    params.serial_number = Some(SerialNumber::from(serial));
    change(&mut params);
    let key = KeyPair::generate().expect("key");
    let chain = params.signed_by(&key, authority).expect("certificate").pem();
    Card { chain, key: key.serialize_pem() }
}

fn revoked(authority: &Authority, serial: u64) -> String {
    let params = CertificateRevocationListParams {
        this_update: date_time_ymd(2020, 1, 1),
        next_update: date_time_ymd(2099, 1, 1),
        crl_number: SerialNumber::from(1_u64),
        issuing_distribution_point: None,
        revoked_certs: vec![RevokedCertParams {
            serial_number: SerialNumber::from(serial),
            revocation_time: date_time_ymd(2020, 1, 1),
            reason_code: None,
            invalidity_date: None,
        }],
        key_identifier_method: KeyIdMethod::Sha256,
    };
    params.signed_by(authority).expect("list").pem().expect("PEM")
}

async fn server(card: &Card, clients: Option<Clients<'_>>) -> Running {
    let tls = tls::server(card.identity(), clients).expect("settings");
    Running::start(Settings { limits: limits(), tls: Some(tls) }).await
}

fn client(authority: &Authority, card: Option<&Card>) -> ClientTls {
    let config = tls::client(authority.pem().as_bytes(), card.map(Card::identity)).expect("settings");
    ClientTls { config, server_name: "localhost".to_owned() }
}

async fn exchange(server: &Running, tls: &ClientTls) -> Result<Vec<u8>, SendError> {
    send(server.address, b"hello", SOON, Some(tls)).await
}

#[tokio::test]
async fn both_sides_show_a_certificate_and_the_handler_sees_that_of_the_peer() {
    let authority = authority();
    let (ours, theirs) = (card(&authority, 1, |_| {}), card(&authority, 2, |_| {}));
    let pem = authority.pem();
    let server = server(&ours, Some(Clients { authorities: pem.as_bytes(), revocations: None })).await;
    let tls = client(&authority, Some(&theirs));
    assert_eq!(exchange(&server, &tls).await.expect("sent"), b"ok:hello");
    let shown = server.recorder.peers.lock().expect("lock")[0].certificates.clone();
    let own = rustls::pki_types::CertificateDer::from_pem_slice(theirs.chain.as_bytes()).expect("PEM");
    assert_eq!(shown.as_ref(), [own]);
    assert_eq!(server.stop().await.notices(), []);
}

#[tokio::test]
async fn a_client_without_an_accepted_certificate_sends_nothing() {
    let (authority, stranger) = (authority(), authority_of_another());
    let pem = authority.pem();
    let crl = revoked(&authority, 66);
    let ours = card(&authority, 1, |_| {});
    let clients = Clients { authorities: pem.as_bytes(), revocations: Some(crl.as_bytes()) };
    let server = server(&ours, Some(clients)).await;
    let good = card(&authority, 2, |_| {});
    assert_eq!(exchange(&server, &client(&authority, Some(&good))).await.expect("sent"), b"ok:hello");
    let expired = card(&authority, 3, |params| params.not_after = date_time_ymd(2020, 1, 1));
    let not_for_clients = card(&authority, 4, |params| params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth]);
    let of_a_stranger = card(&stranger, 5, |_| {});
    let revoked = card(&authority, 66, |_| {});
    let refused = [None, Some(&expired), Some(&not_for_clients), Some(&of_a_stranger), Some(&revoked)];
    for (rank, card) in refused.into_iter().enumerate() {
        let error = exchange(&server, &client(&authority, card)).await.expect_err("refused");
        // With TLS 1.3 the client learns of the refusal after its handshake.
        assert!(matches!(error.code(), "handshake" | "cut" | "closed"), "{rank}: {error}");
        server.recorder.told(|n| matches!(n, Notice::HandshakeFailed(_))).await;
    }
    let recorder = server.stop().await;
    assert_eq!(recorder.received(), ["hello"]);
    let failed = recorder.notices().iter().filter(|n| matches!(n, Notice::HandshakeFailed(_))).count();
    assert_eq!(failed, refused.len(), "{:?}", recorder.notices());
}

fn authority_of_another() -> Authority {
    authority()
}

#[tokio::test]
async fn a_server_that_is_not_the_one_wanted_receives_nothing() {
    let (authority, stranger) = (authority(), authority_of_another());
    let impostor = server(&card(&stranger, 1, |_| {}), None).await;
    assert_eq!(exchange(&impostor, &client(&authority, None)).await.expect_err("refused").code(), "handshake");
    let elsewhere = server(&card(&authority, 1, |_| {}), None).await;
    let tls = ClientTls { server_name: "autre.test".to_owned(), ..client(&authority, None) };
    assert_eq!(exchange(&elsewhere, &tls).await.expect_err("refused").code(), "handshake");
    let tls = ClientTls { server_name: "pas un nom".to_owned(), ..client(&authority, None) };
    assert_eq!(exchange(&elsewhere, &tls).await.expect_err("refused").code(), "server_name");
    assert_eq!(exchange(&elsewhere, &client(&authority, None)).await.expect("sent"), b"ok:hello");
    assert!(impostor.recorder.received().is_empty());
    assert_eq!(elsewhere.recorder.received(), ["hello"]);
}

#[tokio::test]
async fn bytes_in_clear_on_a_secured_port_are_refused_and_a_silent_peer_too() {
    let authority = authority();
    let tls = tls::server(card(&authority, 1, |_| {}).identity(), None).expect("settings");
    let limits = Limits { handshake: Duration::from_millis(200), ..limits() };
    let server = Running::start(Settings { limits, tls: Some(tls) }).await;
    let mut wire = server.connect().await;
    wire.write(&framed(b"in clear")).await;
    server.recorder.told(|n| matches!(n, Notice::HandshakeFailed(why) if why != "too long")).await;
    let mut silent = server.connect().await;
    assert!(silent.is_closed().await);
    server.recorder.told(|n| *n == Notice::HandshakeFailed("too long".to_owned())).await;
    assert!(server.recorder.received().is_empty());
    assert_eq!(send(server.address, b"m", SOON, Some(&client(&authority, None))).await.expect("sent"), b"ok:m");
}

#[tokio::test]
async fn texts_that_are_no_certificates_are_refused() {
    let authority = authority();
    let good = card(&authority, 1, |_| {});
    let other = card(&authority, 2, |_| {});
    let pem = authority.pem();
    let identity = |chain: &'static str| Identity { chain: chain.as_bytes(), key: b"" };
    assert_eq!(tls::server(identity("nothing"), None).expect_err("chain").to_string(), "the certificate is not readable as PEM");
    let keyless = Identity { key: b"nothing", ..good.identity() };
    assert_eq!(tls::server(keyless, None).expect_err("key").to_string(), "the private key is not readable as PEM");
    let mixed = Identity { chain: good.chain.as_bytes(), key: other.key.as_bytes() };
    assert!(tls::server(mixed, None).expect_err("mixed").to_string().starts_with("the key or the certificates"));
    let clients = Clients { authorities: b"nothing", revocations: None };
    assert_eq!(
        tls::server(good.identity(), Some(clients)).expect_err("authorities").to_string(),
        "the authorities is not readable as PEM"
    );
    let clients = Clients { authorities: pem.as_bytes(), revocations: Some(b"-----BEGIN X509 CRL-----\nAA\n") };
    assert!(tls::server(good.identity(), Some(clients)).is_err());
    assert!(tls::client(b"", None).is_err());
    assert!(!format!("{:?}", good.identity()).contains("PRIVATE"));
}
