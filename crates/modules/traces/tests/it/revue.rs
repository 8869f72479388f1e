//! Home page of who reviews: it reads what waits, and no more as years go by.

use http::StatusCode;
use kernel::id::{CompteId, EtablissementId};
use monde_essai::Monde;
use monde_essai::deux_maisons::{A, ANNA, AS_VOLCANS, DIRECTION_A, DPO_A, IDE_DOMES};
use platform::acces::{BrisDeGlace, Examen, Freinage, Revue};
use platform::store::{Entity, Query, Reach, Scope, Stored};
use serde::{Deserialize, Serialize};
use testkit::TestStore;
use uuid::Uuid;

use crate::monde;

const PAGE: &str = "/admin/bris-de-glace";
const AVIS: [&str; 2] = ["/admin/bris-de-glace/avis", "/admin/bris-de-glace/lectures/avis"];

fn bris(precision: &str, relu: bool) -> BrisDeGlace {
    let le = testkit::instant(testkit::START);
    let revue = Revue { par: DPO_A, le, justifie: true, commentaire: format!("relu {precision}") };
    BrisDeGlace {
        compte: IDE_DOMES,
        nom: format!("Ouvert {precision}"),
        usager: ANNA,
        etablissement: A,
        motif: "urgence_vitale".into(),
        precision: precision.into(),
        ouvert_le: le,
        expire_le: le,
        revue: relu.then_some(revue),
    }
}

fn freinage(nom: &str, vu: bool) -> Freinage {
    let le = testkit::instant(testkit::START);
    let examen = Examen { par: DPO_A, le, attendu: true, commentaire: format!("vu {nom}") };
    Freinage {
        compte: AS_VOLCANS,
        nom: format!("Freiné {nom}"),
        etablissement: A,
        rang: 1,
        dossiers: 60,
        seuil: 60,
        le,
        confirme_le: None,
        bloque_le: None,
        examen: vu.then_some(examen),
    }
}

/// A record as it was written before what is reviewed left the list of what waits.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
struct Ancien<E>(E);

fn ancienne_liste(lieu: EtablissementId, le: jiff::Timestamp, compte: CompteId, listes: [String; 2]) -> Scope {
    let [sienne, revue] = listes;
    let scope = Scope::of(lieu).at(le).lane(sienne).lane2(revue);
    if compte == IDE_DOMES { scope.person(ANNA) } else { scope }
}

impl Entity for Ancien<BrisDeGlace> {
    const KIND: &'static str = BrisDeGlace::KIND;

    fn scope(&self) -> Scope {
        let Self(bris) = self;
        let listes = [BrisDeGlace::lane_compte(bris.compte), BrisDeGlace::lane_revue(bris.etablissement)];
        ancienne_liste(bris.etablissement, bris.ouvert_le, bris.compte, listes)
    }
}

impl Entity for Ancien<Freinage> {
    const KIND: &'static str = Freinage::KIND;

    fn scope(&self) -> Scope {
        let Self(freinage) = self;
        let listes = [Freinage::lane_compte(freinage.compte), Freinage::lane_examen(freinage.etablissement)];
        ancienne_liste(freinage.etablissement, freinage.le, freinage.compte, listes)
    }
}

/// What stands on the two lists the home page reads.
async fn attendent(monde: &Monde) -> (usize, usize) {
    let (bris, freinages) = (BrisDeGlace::lane_revue(A), Freinage::lane_examen(A));
    let bris: Vec<Stored<BrisDeGlace>> = monde.store.list(&Reach::All, &Query::lane2(&bris)).await.unwrap();
    let freinages: Vec<Stored<Freinage>> = monde.store.list(&Reach::All, &Query::lane2(&freinages)).await.unwrap();
    (bris.len(), freinages.len())
}

async fn avis(monde: &Monde) -> String {
    let mut texte = String::new();
    for adresse in AVIS {
        texte += &monde.lire(DIRECTION_A, adresse).await.texte;
    }
    texte
}

testkit::on_both! {
    async fn what_is_reviewed_leaves_the_list_of_what_waits(store: TestStore) {
        let monde = monde(store).await;
        let [un, autre, frein] = [1, 2, 3].map(Uuid::from_u128);
        monde.ecrire(un, &bris("un", false)).await;
        monde.ecrire(autre, &bris("autre", false)).await;
        monde.ecrire(frein, &freinage("hier", false)).await;
        assert_eq!(attendent(&monde).await, (2, 1));
        let dit = avis(&monde).await;
        assert!(dit.contains("Ouvert un") && dit.contains("Ouvert autre") && dit.contains("Freiné hier"), "{dit}");
        for (id, lieu) in [(un, PAGE.to_owned()), (frein, format!("{PAGE}/lectures"))] {
            let fait = monde.envoyer(DPO_A, &format!("{lieu}/{id}"), &[(&format!("avis-{id}"), "oui")]).await;
            assert_eq!(fait.status, StatusCode::SEE_OTHER, "{}", fait.texte);
        }
        assert_eq!(attendent(&monde).await, (1, 0), "the home page reads no more than what waits");
        let dit = avis(&monde).await;
        assert!(!dit.contains("Ouvert un") && dit.contains("Ouvert autre") && !dit.contains("Freiné"), "{dit}");
        let page = monde.lire(DIRECTION_A, PAGE).await.texte;
        assert!(page.contains("Ouvert un") && page.contains("Ouvert autre") && page.contains("Freiné hier"), "{page}");
        monde.store.clock.advance(13 * 7 * 24 * 3_600);
        let page = monde.lire(DIRECTION_A, PAGE).await.texte;
        assert!(!page.contains("Ouvert un") && page.contains("Ouvert autre") && !page.contains("Freiné hier"), "{page}");
    }

    async fn what_was_reviewed_before_there_were_two_lists_is_shown_where_it_was(store: TestStore) {
        let monde = monde(store).await;
        monde.ecrire(Uuid::from_u128(1), &Ancien(bris("relu", true))).await;
        monde.ecrire(Uuid::from_u128(2), &Ancien(bris("attend", false))).await;
        monde.ecrire(Uuid::from_u128(3), &Ancien(freinage("vu", true))).await;
        monde.ecrire(Uuid::from_u128(4), &Ancien(freinage("attend", false))).await;
        monde.ecrire(Uuid::from_u128(5), &bris("neuf", true)).await;
        let dit = avis(&monde).await;
        assert!(dit.contains("Ouvert attend") && dit.contains("Freiné attend"), "{dit}");
        assert!(!dit.contains("Ouvert relu") && !dit.contains("Freiné vu") && !dit.contains("Ouvert neuf"), "{dit}");
        let page = monde.lire(DIRECTION_A, PAGE).await.texte;
        for nom in ["Ouvert attend", "Ouvert relu", "Ouvert neuf", "Freiné attend", "vu vu"] {
            assert!(page.contains(nom), "{nom}: {page}");
        }
        assert_eq!(page.matches("relu relu").count(), 1, "shown once");
    }
}
