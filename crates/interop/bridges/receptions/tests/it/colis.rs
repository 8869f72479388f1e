//! Packages made to hurt: refused by name, kept whole.

use documents::{Attente, EtatReception, Nature};
use testkit::TestStore;

use crate::fabrique::{PDF, colis};
use crate::monde::Monde;

#[test]
fn an_archive_which_is_no_package_is_of_an_unknown_format() {
    // The end of an empty archive.
    let mut vide = b"PK\x05\x06".to_vec();
    vide.extend([0; 18]);
    let lu = receptions::lire(&vide);
    assert!(lu.parties.is_empty() && lu.apercu.refus.is_none(), "{lu:?}");
    assert_eq!(lu.apercu.nature, Nature::Zip);
}

#[test]
fn every_refusal_of_the_codecs_has_its_sentence() {
    let general = documents::phrase_erreur("un-code-inconnu");
    for code in
        ["xdm_hash_mismatch", "xdm_unsafe_path", "xdm_damaged", "hl7_several_patients", "hl7_broken_header", "courriel_too_large"]
    {
        assert_ne!(documents::phrase_erreur(code), general, "{code}");
    }
}

testkit::on_both! {
    async fn a_package_damaged_on_its_way_is_refused_and_kept(store: TestStore) {
        let monde = Monde::new(store).await;
        let mut octets = colis(&[PDF, &[b'a'; 300]].concat(), "1.2.3.4", "279035121518989");
        // The checksum of the first file, in its header.
        let place = octets.windows(4).position(|quatre| quatre == b"PK\x03\x04").expect("an archive");
        octets[place + 14] ^= 0xff;
        let recue = monde.recevoir("IHE_XDM.zip", &octets).await;
        assert!(matches!(&recue.etat, EtatReception::EnAttente { raison: Attente::Illisible, code: Some(code), .. } if code.starts_with("xdm_")), "{:?}", recue.etat);
        assert_eq!(monde.toutes().await.len(), 1);
    }
}
