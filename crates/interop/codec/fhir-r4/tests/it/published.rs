//! Publications, the official example of PDSm included.

use std::path::Path;

use fhir_r4::publish::{PublishError, Sent, simplified, transaction};

const DOCUMENT: &str = r#"{"resourceType":"DocumentReference","status":"current","description":"d",
 "content":[{"attachment":{"contentType":"application/pdf","data":"JVBE\nRg==","title":"Titre","size":4}}]}"#;

#[test]
fn a_simplified_document_gives_its_bytes_and_keeps_the_rest() {
    let read = simplified(DOCUMENT.as_bytes()).unwrap();
    assert_eq!(
        (read.bytes.as_slice(), read.title.as_str(), read.content_type.as_str()),
        (&b"%PDF"[..], "Titre", "application/pdf")
    );
    assert!(!read.metadata.contains("JVBE") && read.metadata.contains("\"description\":\"d\""));
    assert_eq!(read.warnings, Vec::<&str>::new());
}

#[test]
fn each_flaw_has_its_name() {
    let with = |from: &str, to: &str| simplified(DOCUMENT.replace(from, to).as_bytes()).unwrap_err();
    assert_eq!(with("DocumentReference", "Patient"), PublishError::Resource { expected: "DocumentReference" });
    assert_eq!(with("current", "superseded"), PublishError::Status);
    assert_eq!(with("Rg==", "!!"), PublishError::Base64);
    assert_eq!(with("\"data\"", "\"autre\""), PublishError::Missing("content.attachment.data"));
    assert_eq!(with("contentType", "mime"), PublishError::Missing("content.attachment.contentType"));
    assert_eq!(simplified(b"{").unwrap_err(), PublishError::Json);
    let deep = format!("{}{}", "[".repeat(9_000), "]".repeat(9_000));
    assert_eq!(simplified(deep.as_bytes()).unwrap_err(), PublishError::Json);
}

#[test]
fn a_transaction_finds_the_bytes_by_their_address() {
    let bundle = r#"{"resourceType":"Bundle","type":"transaction","entry":[
      {"fullUrl":"urn:uuid:b","resource":{"resourceType":"Binary","data":"JVBERg=="},"request":{"method":"POST","url":"Binary"}},
      {"fullUrl":"urn:uuid:d","resource":{"resourceType":"DocumentReference","status":"current",
        "content":[{"attachment":{"contentType":"text/xml","url":"urn:uuid:b","hash":"AAAA"}}]},
       "request":{"method":"POST","url":"https://serveur/fhir/DocumentReference"}}]}"#;
    let sent = transaction(bundle.as_bytes()).unwrap();
    assert_eq!(sent[0], Sent::Binary);
    let Sent::Document(document) = &sent[1] else { panic!("a document was expected") };
    assert_eq!((document.bytes.as_slice(), document.warnings.as_slice()), (&b"%PDF"[..], &["hash"][..]));
    assert_eq!(
        transaction(bundle.replace("\"url\":\"urn:uuid:b\"", "\"url\":\"urn:uuid:z\"").as_bytes()).unwrap_err(),
        PublishError::Attachment(1)
    );
    assert_eq!(transaction(bundle.replace("transaction", "batch").as_bytes()).unwrap_err(), PublishError::NotTransaction);
    assert_eq!(transaction(bundle.replace("POST", "DELETE").as_bytes()).unwrap_err(), PublishError::Entry(0));
    assert_eq!(transaction(br#"{"resourceType":"Bundle","type":"transaction"}"#).unwrap_err(), PublishError::Nothing);
}

#[test]
fn the_official_example_is_read_and_its_differences_told() {
    let folder = std::env::var_os("GRAPPE_INTEROP")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../../shared/interop"), Into::into);
    let Ok(bytes) = std::fs::read(folder.join("fhir/pdsm/DocumentReference-PDSmSimplifiedExample.json")) else {
        eprintln!("official examples absent: set GRAPPE_INTEROP to read them");
        return;
    };
    let read = simplified(&bytes).unwrap();
    assert_eq!(read.bytes, b"Hello World");
    assert_eq!(read.warnings, ["size", "hash"]);
    assert_eq!(read.identifier.as_deref(), Some("urn:uuid:abcd-efgh-ijkl-mnop"));
}
