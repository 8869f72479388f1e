//! A listener with certificates on both sides.

use std::path::PathBuf;

use hl7v2::AckCode;
use mllp::tls::{self, Identity};
use mllp::{ClientTls, send};
use mouvements_hl7v2::{Ecoute, ErreurEcoute, Reglages, Tls};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, ExtendedKeyUsagePurpose, IsCa, KeyPair, KeyUsagePurpose};
use testkit::TestStore;

use crate::monde::{BIENTOT, Monde, admission, lire_ack, reglages};

type Autorite = CertifiedIssuer<'static, KeyPair>;

fn autorite() -> Autorite {
    let mut params = CertificateParams::new(Vec::new()).expect("params");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    params.distinguished_name.push(rcgen::DnType::CommonName, "Autorité d'essai");
    CertifiedIssuer::self_signed(params, KeyPair::generate().expect("key")).expect("authority")
}

fn carte(autorite: &Autorite) -> (String, String) {
    let mut params = CertificateParams::new(vec!["localhost".to_owned()]).expect("params");
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth, ExtendedKeyUsagePurpose::ClientAuth];
    let cle = KeyPair::generate().expect("key");
    (params.signed_by(&cle, autorite).expect("certificate").pem(), cle.serialize_pem())
}

fn client(autorite: &Autorite, carte: Option<&(String, String)>) -> ClientTls {
    let identite = carte.map(|(chaine, cle)| Identity { chain: chaine.as_bytes(), key: cle.as_bytes() });
    let config = tls::client(autorite.pem().as_bytes(), identite).expect("settings");
    ClientTls { config, server_name: "localhost".to_owned() }
}

/// Writes the files of a listener in a folder of their own.
fn fichiers(dossier: &PathBuf, autorite: &Autorite) -> Tls {
    std::fs::create_dir_all(dossier).expect("folder");
    let (certificat, cle) = carte(autorite);
    let ecrire = |nom: &str, texte: &str| {
        std::fs::write(dossier.join(nom), texte).expect("written");
        dossier.join(nom)
    };
    Tls {
        certificat: ecrire("certificat.pem", &certificat),
        cle: ecrire("cle.pem", &cle),
        clients: Some(ecrire("clients.pem", &autorite.pem())),
        revocations: None,
    }
}

testkit::on_both! {
    async fn only_a_correspondent_with_a_known_certificate_is_heard(store: TestStore) {
        let dossier = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("tls-{:?}", store.engine()));
        let (connue, inconnue) = (autorite(), autorite());
        let tls = fichiers(&dossier, &connue);
        let monde = Monde::avec(store, Some(tls.clone())).await;
        let hopital = client(&connue, Some(&carte(&connue)));
        let ack = send(monde.adresse, &admission("8001"), BIENTOT, Some(&hopital)).await.expect("acknowledged");
        assert_eq!(lire_ack(&ack).code, AckCode::Accept);
        for intrus in [client(&connue, None), client(&connue, Some(&carte(&inconnue)))] {
            assert!(send(monde.adresse, &admission("8002"), BIENTOT, Some(&intrus)).await.is_err());
        }
        assert!(send(monde.adresse, &admission("8003"), BIENTOT, None).await.is_err());
        assert_eq!(monde.gardes().await, [admission("8001")]);

        let absent = Tls { cle: dossier.join("absente.pem"), ..tls.clone() };
        let erreur = Ecoute::ouvrir(&monde.services, &Reglages { tls: Some(absent), ..reglages() }).await.expect_err("no key");
        assert!(matches!(&erreur, ErreurEcoute::Fichier(chemin, _) if chemin.ends_with("absente.pem")), "{erreur}");
        let fausse = Tls { cle: tls.certificat.clone(), ..tls };
        let erreur = Ecoute::ouvrir(&monde.services, &Reglages { tls: Some(fausse), ..reglages() }).await.expect_err("not a key");
        assert!(matches!(erreur, ErreurEcoute::Certificats(_)), "{erreur}");
        std::fs::remove_dir_all(dossier).expect("removed");
    }
}
