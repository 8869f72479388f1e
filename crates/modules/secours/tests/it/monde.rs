//! One house and its accounts; plans and editions.

use kernel::id::UsagerId;
pub(crate) use monde_essai::une_maison::{ANNA, AS, ETAB, IDE, SECRETAIRE, UNITE};
use testkit::TestStore;

/// The shared world, and what only this module asks of it.
pub(crate) struct Monde(monde_essai::Monde);

impl std::ops::Deref for Monde {
    type Target = monde_essai::Monde;

    fn deref(&self) -> &monde_essai::Monde {
        &self.0
    }
}

impl Monde {
    pub(crate) async fn new(store: TestStore) -> Self {
        let monde = monde_essai::Monde::nouveau(store, true, vec![secours::module()]);
        Self(monde_essai::une_maison::semer(monde).await)
    }

    /// Plans one act every day at these hours.
    pub(crate) async fn planifier(&self, usager: UsagerId, libelle: &str, heures: &[i8]) {
        let heures: Vec<jiff::civil::Time> = heures.iter().map(|heure| jiff::civil::time(*heure, 0, 0, 0)).collect();
        let mut plan = plan_de_soins::Plan::vide(usager, ETAB);
        plan.lignes.push(std::sync::Arc::new(plan_de_soins::SoinPrevu {
            id: kernel::id::derived(usager.0, libelle),
            acte: String::new(),
            libelle: libelle.into(),
            icone: "bath".into(),
            categorie: String::new(),
            consigne: "à deux".into(),
            metiers: Vec::new(),
            recurrence: plan_de_soins::Recurrence::quotidien(&heures),
            du: jiff::civil::date(2026, 1, 1),
            au: None,
            ajoute_le: None,
            arret: None,
            mesures: Vec::new(),
            a_risque: false,
            observation: false,
            duree_min: 10,
            origine: None,
        }));
        self.ecrire(plan_de_soins::Plan::id(usager), &plan).await;
    }

    /// The editions of the establishment.
    pub(crate) async fn editions(&self) -> Vec<platform::store::Stored<secours::Edition>> {
        let lane = secours::lane_editions(ETAB);
        self.store.list(&platform::store::Reach::All, &platform::store::Query::lane(&lane)).await.expect("list")
    }
}
