//! The thirteen official examples (CI-SIS): received, filed, readable, when this machine has them.

use std::path::PathBuf;

use documents::EtatReception;
use http::StatusCode;
use testkit::TestStore;

use crate::monde::{ANNA, IDE, Monde};
use monde_essai::Reponse;

fn exemples() -> Option<Vec<(String, Vec<u8>)>> {
    let racine = std::env::var_os("GRAPPE_INTEROP")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/interop"), PathBuf::from);
    let mut chemins: Vec<PathBuf> =
        std::fs::read_dir(racine.join("cda/examples")).ok()?.filter_map(|entree| Some(entree.ok()?.path())).collect();
    chemins.retain(|chemin| chemin.extension().is_some_and(|extension| extension == "xml"));
    chemins.sort();
    Some(
        chemins
            .into_iter()
            .map(|chemin| {
                (chemin.file_name().expect("name").to_string_lossy().into_owned(), std::fs::read(&chemin).expect("bytes"))
            })
            .collect(),
    )
}

testkit::on_both! {
    async fn every_official_example_is_filed_and_reads_well(store: TestStore) {
        let Some(exemples) = exemples() else {
            eprintln!("official examples absent: set GRAPPE_INTEROP to test them");
            return;
        };
        assert_eq!(exemples.len(), 13);
        let monde = Monde::new(store).await;
        monde.identifier(ANNA, "DOMINIQUE MARIE-LOUISE", true).await;
        for (nom, octets) in &exemples {
            let recue = monde.recevoir(nom, octets).await;
            let EtatReception::Classee { usager, document, automatique: true, .. } = recue.etat.clone() else { panic!("{nom}: {:?}", recue.etat) };
            assert_eq!(usager, ANNA);
            let (status, page) = monde.lire(IDE, &format!("/residents/{ANNA}/documents/{document}")).await.page();
            assert_eq!(status, StatusCode::OK, "{nom}");
            assert!(page.contains("PAT-TROIS") && page.contains("Contenu du document") && !page.contains("ne peut pas être affiché"), "{nom}");
            lisible(nom, octets, &page);
            let Reponse { status, octets: rendus, .. } = monde.lire(IDE, &format!("/residents/{ANNA}/documents/{document}/fichier?telecharger=oui")).await;
            assert!(status == StatusCode::OK && rendus == *octets, "{nom}: the original stays intact");
        }
        assert_eq!(monde.documents(ANNA).await.len(), 13);
    }
}

/// Every word of every narrative is on the page.
fn lisible(nom: &str, octets: &[u8], page: &str) {
    let document = cda_r2::parse(octets, &cda_r2::Limits::default()).expect("readable");
    let page = sans_balises(page).replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    for section in document.sections() {
        for mot in section.narrative.plain_text().split_whitespace() {
            let mot = mot.replace(['\u{a0}', '\u{202f}'], " ");
            assert!(page.contains(mot.trim()), "{nom}: « {mot} » is not on the page");
        }
    }
}

/// The text of a page: a word may be cut by styles.
fn sans_balises(page: &str) -> String {
    let mut texte = String::with_capacity(page.len());
    for (rang, partie) in page.split('<').enumerate() {
        texte.push_str(if rang == 0 { partie } else { partie.split_once('>').map_or("", |(_, apres)| apres) });
    }
    texte
}
