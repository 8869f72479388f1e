//! A small world: two establishments, three units, four residents, and those who care, manage or may not know.

use http::StatusCode;
use kernel::id::{CompteId, EtablissementId, UniteId, UsagerId};
use monde_essai::{Resident, role};
use platform::store::{Entity, Query, Reach, Stored};
use testkit::TestStore;
use transmissions::Transmission;
use usagers::Civilite;
use uuid::Uuid;

pub(crate) const ETAB: EtablissementId = EtablissementId(Uuid::from_u128(1));
pub(crate) const AILLEURS: EtablissementId = EtablissementId(Uuid::from_u128(2));
pub(crate) const VOLCANS: UniteId = UniteId(Uuid::from_u128(3));
pub(crate) const DOMES: UniteId = UniteId(Uuid::from_u128(4));
pub(crate) const LOIN: UniteId = UniteId(Uuid::from_u128(5));
/// Unit Volcans.
pub(crate) const ANNA: UsagerId = UsagerId(Uuid::from_u128(10));
/// Unit Volcans.
pub(crate) const BRUNO: UsagerId = UsagerId(Uuid::from_u128(11));
/// Unit Dômes.
pub(crate) const CLAIRE: UsagerId = UsagerId(Uuid::from_u128(12));
/// The other establishment.
pub(crate) const DENIS: UsagerId = UsagerId(Uuid::from_u128(13));
/// AS of Volcans.
pub(crate) const AS: CompteId = CompteId(Uuid::from_u128(20));
/// IDE of Volcans.
pub(crate) const IDE: CompteId = CompteId(Uuid::from_u128(21));
/// AS of Dômes.
pub(crate) const AS_DOMES: CompteId = CompteId(Uuid::from_u128(22));
/// IDEC of the establishment.
pub(crate) const IDEC: CompteId = CompteId(Uuid::from_u128(23));
pub(crate) const SECRETAIRE: CompteId = CompteId(Uuid::from_u128(24));
/// IDE of the other establishment.
pub(crate) const IDE_AILLEURS: CompteId = CompteId(Uuid::from_u128(25));
/// Reads without writing, in Volcans.
pub(crate) const FORMATEUR: CompteId = CompteId(Uuid::from_u128(26));

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
        let monde = Self(monde_essai::Monde::nouveau(store, true, vec![transmissions::module()]));
        for (id, nom, finess) in [(ETAB, "EHPAD d'essai", "750000018"), (AILLEURS, "EHPAD d'ailleurs", "750000026")] {
            monde.maison(id, nom, finess).await;
        }
        for (id, maison, nom, rang) in [(VOLCANS, ETAB, "Volcans", 1), (DOMES, ETAB, "Dômes", 2), (LOIN, AILLEURS, "Loin", 1)] {
            monde.unite(id, maison, nom, rang).await;
        }
        for (id, nom, civilite, chambre, lieu) in [
            (ANNA, "Brumelle", Civilite::Madame, "214", (ETAB, VOLCANS)),
            (BRUNO, "Castagnol", Civilite::Monsieur, "215", (ETAB, VOLCANS)),
            (CLAIRE, "Dorveaux", Civilite::Madame, "301", (ETAB, DOMES)),
            (DENIS, "Estivel", Civilite::Monsieur, "101", (AILLEURS, LOIN)),
        ] {
            monde.resident(&Resident { id, nom, prenom: "Essai", civilite, lieu, chambre }).await;
        }
        for (id, nom, profil, maison, unites) in [
            (AS, "Sophie Aubrac", "as", ETAB, vec![VOLCANS]),
            (IDE, "Nadia Berthou", "ide", ETAB, vec![VOLCANS]),
            (AS_DOMES, "Karim Delmas", "as", ETAB, vec![DOMES]),
            (IDEC, "Claire Fontan", "idec", ETAB, vec![]),
            (SECRETAIRE, "Paul Garrel", "secretaire", ETAB, vec![]),
            (IDE_AILLEURS, "Lise Hermet", "ide", AILLEURS, vec![]),
            (FORMATEUR, "Jean Issard", "formateur", ETAB, vec![VOLCANS]),
        ] {
            monde.compte(id, nom, vec![role(profil, Some(maison), &unites)]).await;
        }
        monde
    }

    /// A page which answers.
    pub(crate) async fn page(&self, compte: CompteId, adresse: &str) -> String {
        let reponse = self.lire(compte, adresse).await;
        assert_eq!(reponse.status, StatusCode::OK, "{adresse}: {}", reponse.texte);
        reponse.texte
    }

    /// Writes a transmission through the form; answers its id.
    pub(crate) async fn transmettre(&self, compte: CompteId, usager: UsagerId, donnees: &str, plus: &[(&str, &str)]) -> Uuid {
        let id = self.services.clock.fresh_id();
        let (id_texte, usager) = (id.to_string(), usager.to_string());
        let mut champs = vec![("id", id_texte.as_str()), ("resident", usager.as_str()), ("donnees", donnees)];
        champs.extend_from_slice(plus);
        let reponse = self.envoyer(compte, "/transmissions/nouvelle", &champs).await;
        assert_eq!(reponse.status, StatusCode::SEE_OTHER, "{}", reponse.texte);
        self.store.clock.advance(60);
        id
    }

    /// Everything written about a person, oldest first.
    pub(crate) async fn ecrits(&self, usager: UsagerId) -> Vec<Stored<Transmission>> {
        self.store.list(&Reach::All, &Query::person(usager)).await.expect("list")
    }

    /// A record.
    pub(crate) async fn relire<E: Entity>(&self, id: Uuid) -> Option<Stored<E>> {
        self.store.get(&Reach::All, id).await.expect("get")
    }
}
