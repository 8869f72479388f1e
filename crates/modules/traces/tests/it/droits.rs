//! Rights in words, and the simulator which answers like the gate.

use http::StatusCode;
use testkit::TestStore;

use crate::monde;
use monde_essai::deux_maisons::{AS_VOLCANS, DIRECTION_A, DOMES, RH_A, VOLCANS};
use monde_essai::entre;

/// The cell « read » of a family of data in the answer.
fn lire(page: &str, categorie: &str) -> String {
    let ligne = entre(entre(page, "id=\"reponse\"", "</table>"), &format!(">{categorie}</"), "</tr>");
    let fin = ligne.match_indices("</td>").nth(1).map_or(ligne.len(), |(place, _)| place);
    ligne[..fin].to_owned()
}

testkit::on_both! {
    async fn a_director_reads_the_rights_in_sentences(store: TestStore) {
        let monde = monde(store).await;
        let page = monde.lire(DIRECTION_A, "/admin/droits").await;
        assert_eq!(page.status, StatusCode::OK);
        for phrase in ["Aide-soignant", "Ouvre les dossiers des personnes de ses unités.", "N'ouvre aucun dossier.", "Peut lire et écrire"] {
            assert!(page.texte.replace("&#39;", "'").contains(phrase), "{phrase}");
        }
        assert_eq!(monde.lire(AS_VOLCANS, "/admin/droits").await.status, StatusCode::FORBIDDEN);
    }

    async fn the_simulator_answers_like_the_gate(store: TestStore) {
        let monde = monde(store).await;
        let question = |qui: &str, unite, etat: &str| format!("/admin/droits?qui={qui}&unite={unite}&etat={etat}");
        let dans = monde.lire(DIRECTION_A, &question("sophie.volcan", VOLCANS, "present")).await.texte;
        assert!(lire(&dans, "constantes").contains("oui") && lire(&dans, "administratif").contains("non"), "{dans}");
        let hors = monde.lire(DIRECTION_A, &question("sophie.volcan", DOMES, "present")).await.texte;
        assert!(lire(&hors, "constantes").contains("non") && hors.contains("bris de glace possible"));
        let ailleurs = monde.lire(DIRECTION_A, &question("sophie.volcan", DOMES, "ailleurs")).await.texte;
        assert!(lire(&ailleurs, "présence").contains("non"));
        let rh = monde.lire(RH_A, &question("rose.hautier", VOLCANS, "present")).await.texte;
        assert!(!entre(&rh, "id=\"reponse\"", "</table>").contains(">oui<"), "human resources open no record: {rh}");
    }

    async fn the_simulator_knows_nobody_of_another_house(store: TestStore) {
        let monde = monde(store).await;
        let page = monde.lire(DIRECTION_A, "/admin/droits?qui=karim").await;
        assert!(page.texte.contains("Aucun compte ne porte ce nom") && !page.texte.contains("RIVIERE"));
    }
}
