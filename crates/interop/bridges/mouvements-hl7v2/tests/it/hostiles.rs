//! Bytes which are no message, or no readable one: kept when they are acknowledged, and the server goes on.

use hl7v2::AckCode;
use testkit::TestStore;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::monde::{BIENTOT, Monde, admission, lire_ack};

fn texte(numero: &str) -> String {
    String::from_utf8(admission(numero)).expect("UTF-8")
}

/// Says MSH-18 is UTF-8 and is in Latin-1.
fn autre_jeu(numero: &str) -> Vec<u8> {
    texte(numero).chars().map(latin).collect()
}

fn latin(c: char) -> u8 {
    u8::try_from(u32::from(c)).unwrap_or(b'?')
}

testkit::on_both! {
    async fn what_nobody_can_read_is_kept_and_acknowledged_as_taken(store: TestStore) {
        let monde = Monde::new(store).await;
        let deux = [admission("6001"), admission("6002")].concat();
        let coupe = admission("6003").into_iter().take(230).collect::<Vec<u8>>();
        let sans_patient = texte("6004").replace("PID|", "ZID|").into_bytes();
        let inconnu = texte("6005").replace("ADT^A01^ADT_A01", "ADT^A97^ADT_A01").into_bytes();
        // The header itself in other characters than it says: who sent what is still known.
        let entete: Vec<u8> = texte("6007").replace("|ORMES|", "|HÔPITAL|").chars().map(latin).collect();
        let hostiles = [deux, coupe, autre_jeu("6006"), sans_patient, inconnu, entete];
        for (octets, numero) in hostiles.iter().zip(["6001", "6003", "6006", "6004", "6005", "6007"]) {
            let ack = monde.envoyer(octets).await;
            assert_eq!((ack.code, ack.control_id.as_str()), (AckCode::Accept, numero));
        }
        assert_eq!(monde.gardes().await, hostiles);
    }

    async fn a_header_nobody_can_use_is_kept_and_answered_by_an_error(store: TestStore) {
        let monde = Monde::new(store).await;
        let version = texte("6101").replace("|2.5^FRA^2.11|", "|9|").into_bytes();
        let separateurs = texte("6102").replace("MSH|^~\\&|", "MSH|^^\\&|").into_bytes();
        let sans_numero = texte("6103").replace("|6103|T|", "||T|").into_bytes();
        let fonction = texte("6104").replace("|6104|T|", "|6104|X|").into_bytes();
        let lot = [b"BHS|^~\\&|GAM\r".as_slice(), &admission("6105")].concat();
        let attendus = [
            (version, "6101", "203"),
            (separateurs, "6102", "199"),
            (sans_numero, "0", "101"),
            (fonction, "6104", "202"),
            (lot, "0", "100"),
            (b"GET / HTTP/1.1".to_vec(), "0", "100"),
            (b"".to_vec(), "0", "100"),
        ];
        for (octets, numero, code) in &attendus {
            let ack = monde.envoyer(octets).await;
            let erreur = ack.faults.first().and_then(|fault| fault.condition.id.clone());
            assert_eq!((ack.code, ack.control_id.as_str(), erreur.as_deref()), (AckCode::Error, *numero, Some(*code)));
        }
        assert_eq!(monde.gardes().await, attendus.map(|(octets, ..)| octets));
    }

    async fn a_message_too_large_half_sent_or_no_message_leaves_the_server_alive(store: TestStore) {
        let monde = Monde::new(store).await;
        let mut gros = TcpStream::connect(monde.adresse).await.expect("connected");
        let bloc = vec![b'A'; 1 << 20];
        let mut envoye = gros.write_all(b"\x0bMSH|^~\\&|").await;
        for _ in 0..60 {
            if envoye.is_ok() {
                envoye = gros.write_all(&bloc).await;
            }
        }
        let mut reponse = Vec::new();
        // Closed by the server, with a reset or an end, never with an acknowledgment.
        let _ = tokio::time::timeout(BIENTOT, gros.read_to_end(&mut reponse)).await.expect("closed");
        assert!(reponse.is_empty());
        let mut coupe = TcpStream::connect(monde.adresse).await.expect("connected");
        coupe.write_all(b"\x0b").await.expect("written");
        coupe.write_all(&admission("6201")).await.expect("written");
        drop(coupe);
        let mut bavard = TcpStream::connect(monde.adresse).await.expect("connected");
        bavard.write_all(b"bonjour, sans cadre\r\n").await.expect("written");
        drop(bavard);
        assert_eq!(monde.envoyer(&admission("6202")).await.code, AckCode::Accept);
        assert_eq!(monde.gardes().await, [admission("6202")]);
    }

    async fn several_frames_at_once_are_each_answered_in_order(store: TestStore) {
        let monde = Monde::new(store).await;
        let mut ligne = TcpStream::connect(monde.adresse).await.expect("connected");
        let trois: Vec<u8> = (0..3).flat_map(|n| [b"\x0b", admission(&format!("63{n}")).as_slice(), b"\x1c\r"].concat()).collect();
        ligne.write_all(&trois).await.expect("written");
        let mut recus = Vec::new();
        while recus.split(|octet| *octet == 0x1c).count() < 4 {
            let mut morceau = [0; 4096];
            let lu = tokio::time::timeout(BIENTOT, ligne.read(&mut morceau)).await.expect("answered").expect("read");
            assert_ne!(lu, 0, "closed before the last answer");
            recus.extend_from_slice(&morceau[..lu]);
        }
        let acks: Vec<String> = recus
            .split(|octet| *octet == 0x1c)
            .map(|morceau| morceau.iter().copied().skip_while(|octet| matches!(octet, b'\r' | 0x0b)).collect::<Vec<u8>>())
            .filter(|morceau| !morceau.is_empty())
            .map(|morceau| lire_ack(&morceau).control_id)
            .collect();
        assert_eq!(acks, ["630", "631", "632"]);
        assert_eq!(monde.gardes().await.len(), 3);
    }

    async fn an_answer_says_who_writes_it_even_when_the_message_names_nobody(store: TestStore) {
        let monde = Monde::new(store).await;
        for octets in [&b"%PDF-1.4 pas un message"[..], b"MSH|^~\\&|||||20261120101500||ADT^A01|91|T|2.5\rPID|1\r"] {
            let accuse = mllp::send(monde.adresse, octets, BIENTOT, None).await.expect("answered");
            let texte = String::from_utf8_lossy(&accuse).into_owned();
            assert!(texte.starts_with("MSH|^~\\&|GRAPPE|750000018|"), "{texte}");
        }
    }
}
