//! A small world: one establishment, two units, three residents with a plan, carers, a nurse, a night aide, a cook.

use http::{Request, StatusCode, header};
use kernel::id::{CompteId, EtablissementId, UniteId, UsagerId};
use monde_essai::{Resident, role};
use plan_de_soins::{AVerifier, Plan, SoinPrevu, Validation, actes_partages};
use platform::acces::Rattachement;
use platform::store::{Query, Reach, Stored};
use sejours::Sejour;
use testkit::TestStore;
use usagers::Civilite;
use uuid::Uuid;

pub(crate) const ETAB: EtablissementId = EtablissementId(Uuid::from_u128(0xE55A_0000 + 1));
pub(crate) const VOLCANS: UniteId = UniteId(Uuid::from_u128(0xE55A_0000 + 2));
pub(crate) const DOMES: UniteId = UniteId(Uuid::from_u128(0xE55A_0000 + 3));
pub(crate) const ANNA: UsagerId = UsagerId(Uuid::from_u128(0xE55A_0000 + 10));
pub(crate) const BRUNO: UsagerId = UsagerId(Uuid::from_u128(0xE55A_0000 + 11));
pub(crate) const CLARA: UsagerId = UsagerId(Uuid::from_u128(0xE55A_0000 + 12));
pub(crate) const SOPHIE: CompteId = CompteId(Uuid::from_u128(0xE55A_0000 + 20));
pub(crate) const KARIM: CompteId = CompteId(Uuid::from_u128(0xE55A_0000 + 21));
pub(crate) const AILLEURS: CompteId = CompteId(Uuid::from_u128(0xE55A_0000 + 22));
pub(crate) const IDE: CompteId = CompteId(Uuid::from_u128(0xE55A_0000 + 23));
pub(crate) const NUIT: CompteId = CompteId(Uuid::from_u128(0xE55A_0000 + 24));
pub(crate) const CUISINE: CompteId = CompteId(Uuid::from_u128(0xE55A_0000 + 25));

/// Acts of Anna's plan: washing at 08:30, heels at 08:40 and 19:40, weighing at 09:00, transfer (at risk) at 08:20,
/// night rounds at 22:00 and 02:00, music when needed.
pub(crate) const TOILETTE: Uuid = Uuid::from_u128(0xE55A_0000 + 100);
pub(crate) const TALONS: Uuid = Uuid::from_u128(0xE55A_0000 + 101);
pub(crate) const PESEE: Uuid = Uuid::from_u128(0xE55A_0000 + 102);
pub(crate) const TRANSFERT: Uuid = Uuid::from_u128(0xE55A_0000 + 103);
pub(crate) const RONDE: Uuid = Uuid::from_u128(0xE55A_0000 + 104);
pub(crate) const MUSIQUE: Uuid = Uuid::from_u128(0xE55A_0000 + 105);

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
        let monde = Self(monde_essai::Monde::nouveau(store, true, vec![plan_de_soins::module()]));
        monde.maison(ETAB, "EHPAD d'essai", "750000018").await;
        for (id, nom, rang) in [(VOLCANS, "Volcans", 1), (DOMES, "Dômes", 2)] {
            monde.unite(id, ETAB, nom, rang).await;
        }
        for (id, nom, prenom, civilite, chambre, unite) in [
            (ANNA, "Brumelle", "Anna", Civilite::Madame, "214", VOLCANS),
            (BRUNO, "Castagnol", "Bruno", Civilite::Monsieur, "215", VOLCANS),
            (CLARA, "Doriaz", "Clara", Civilite::Madame, "114", DOMES),
        ] {
            monde.resident(&Resident { id, nom, prenom, civilite, lieu: (ETAB, unite), chambre }).await;
            monde.ecrire(Plan::id(id), &plan(id)).await;
        }
        for (id, nom, profil, unites) in [
            (SOPHIE, "Sophie Vinatier", "as", vec![VOLCANS]),
            (KARIM, "Karim Belaïd", "as", vec![VOLCANS]),
            (AILLEURS, "Zoé Ailleurs", "as", vec![DOMES]),
            (IDE, "Nadia Rousset", "ide", vec![VOLCANS, DOMES]),
            (NUIT, "Paul Lanuit", "as_nuit", vec![]),
            (CUISINE, "Luc Fourneau", "cuisine", vec![]),
        ] {
            monde.compte(id, nom, vec![role(profil, Some(ETAB), &unites)]).await;
        }
        monde
    }

    /// Every validation of a person, annulled ones included, in the order they happened.
    pub(crate) async fn validations(&self, usager: UsagerId) -> Vec<Stored<Validation>> {
        self.store.list(&Reach::All, &Query::person(usager)).await.expect("list")
    }

    /// What waits for a decision.
    pub(crate) async fn a_verifier(&self) -> Vec<Stored<AVerifier>> {
        let mut tous: Vec<Stored<AVerifier>> = Vec::new();
        for usager in [ANNA, BRUNO, CLARA] {
            tous.extend(self.store.list(&Reach::All, &Query::person(usager)).await.expect("list"));
        }
        tous.retain(|releve| releve.ferme.is_none());
        tous
    }

    /// Changes the stay of a person, and what the gate knows of it.
    pub(crate) async fn sejour(&self, usager: UsagerId, change: impl FnOnce(&mut Sejour)) {
        let id = kernel::id::derived(usager.0, "sejour");
        self.changer::<Sejour>(id, change).await;
        let sejour: Stored<Sejour> = self.lu(id).await;
        self.changer::<Rattachement>(Rattachement::id(usager), |connu| *connu = sejours::rattachement(Some(connu), &sejour))
            .await;
    }

    /// Changes the plan of a person.
    pub(crate) async fn changer_plan(&self, usager: UsagerId, change: impl FnOnce(&mut Plan)) {
        self.changer(Plan::id(usager), change).await;
    }

    /// A tap on a planned time.
    pub(crate) async fn cocher(&self, compte: CompteId, id: u128, usager: UsagerId, soin: Uuid, cle: &str) -> StatusCode {
        let adresse = format!("/residents/{usager}/soins/pointer");
        let id = Uuid::from_u128(id).to_string();
        self.envoyer(compte, &adresse, &[("id", &id), ("fait", &format!("{soin}|{cle}")), ("retour", "/tour/soins")]).await.0
    }

    /// A word on the sheet of a planned time of Anna's.
    pub(crate) async fn tracer(
        &self,
        compte: CompteId,
        id: u128,
        soin: Uuid,
        cle: &str,
        champs: &[(&str, &str)],
    ) -> (StatusCode, String, String) {
        let adresse = format!("/residents/{ANNA}/soins/{soin}/tracer");
        let id = Uuid::from_u128(id).to_string();
        let mut tous = vec![("id", id.as_str()), ("occurrence", cle), ("retour", "/tour/soins")];
        tous.extend_from_slice(champs);
        self.envoyer(compte, &adresse, &tous).await
    }

    /// A fragment asked for with the version already held: status and version.
    pub(crate) async fn etag(&self, compte: CompteId, adresse: &str, connu: Option<&str>) -> (StatusCode, String) {
        let jeton = self.session(compte).await;
        let request = Request::get(adresse).header("x-fragment", "oui");
        let request = connu.into_iter().fold(request, |request, connu| request.header(header::IF_NONE_MATCH, connu));
        let reponse = self.appeler(Some(&jeton), request, String::new()).await;
        (reponse.status, reponse.entete(&header::ETAG).unwrap_or_default())
    }

    /// A page: status and text.
    pub(crate) async fn lire(&self, compte: CompteId, adresse: &str) -> (StatusCode, String) {
        self.0.lire(compte, adresse).await.page()
    }

    /// An act: status, where it leads, text.
    pub(crate) async fn envoyer(&self, compte: CompteId, adresse: &str, champs: &[(&str, &str)]) -> (StatusCode, String, String) {
        self.0.envoyer(compte, adresse, champs).await.acte()
    }
}

fn soin(id: Uuid, code: &str, heures: &[(i8, i8)]) -> SoinPrevu {
    let acte = actes_partages().iter().find(|acte| acte.code == code).expect("a shared act");
    let heures: Vec<_> = heures.iter().map(|(heure, minute)| jiff::civil::time(*heure, *minute, 0, 0)).collect();
    acte.prevoir(id, plan_de_soins::Recurrence::quotidien(&heures), jiff::civil::date(2026, 1, 1))
}

/// The plan of a person; ids of acts are those above for Anna, derived from them for the others.
fn plan(usager: UsagerId) -> Plan {
    let id = |id: Uuid| if usager == ANNA { id } else { kernel::id::derived(usager.0, &id.to_string()) };
    let mut musique = soin(id(MUSIQUE), "musique_personnelle", &[]);
    musique.recurrence = plan_de_soins::Recurrence::si_besoin();
    let mut plan = Plan::vide(usager, ETAB);
    plan.lignes = [
        soin(id(TOILETTE), "toilette_lavabo_aide_partielle", &[(8, 30)]),
        soin(id(TALONS), "prevention_escarre_talons", &[(8, 40), (19, 40)]),
        soin(id(PESEE), "pesee", &[(9, 0)]),
        soin(id(TRANSFERT), "transfert_leve_malade", &[(8, 20)]),
        soin(id(RONDE), "ronde_nuit", &[(22, 0), (2, 0)]),
        musique,
    ]
    .map(std::sync::Arc::new)
    .into();
    plan
}
