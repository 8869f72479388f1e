//! A small world: two establishments, two units, double rooms, and those who care, manage, cook or repair.

use axum::body::Body;
use etablissements::{Chambre, Lit};
use http::StatusCode;
use kernel::id::{CompteId, EtablissementId, LitId, SejourId, UniteId, UsagerId};
use kernel::ins::{Identite, LieuNaissance, Sexe, Traits};
pub(crate) use monde_essai::Reponse;
use monde_essai::{entre, role};
use platform::acces::{EtatSejour, Rattachement};
use platform::store::{Entity, Stored};
use sejours::{GenreSejour, Mouvement, NatureMouvement, Place, Sejour};
use testkit::TestStore;
use usagers::{Alertes, Civilite, Contact, Entourage, Identification, RoleContact, Usager};
use uuid::Uuid;

pub(crate) const ETAB: EtablissementId = EtablissementId(Uuid::from_u128(1));
pub(crate) const AILLEURS: EtablissementId = EtablissementId(Uuid::from_u128(2));
pub(crate) const VOLCANS: UniteId = UniteId(Uuid::from_u128(3));
pub(crate) const DOMES: UniteId = UniteId(Uuid::from_u128(4));
pub(crate) const LOIN: UniteId = UniteId(Uuid::from_u128(5));

/// Volcans, room 101, born BRUMELLE, called LARGENTIÈRE.
pub(crate) const ANNA: UsagerId = UsagerId(Uuid::from_u128(10));
/// Volcans, room 102 P.
pub(crate) const BRUNO: UsagerId = UsagerId(Uuid::from_u128(11));
/// Dômes, room 201.
pub(crate) const CLAIRE: UsagerId = UsagerId(Uuid::from_u128(12));
/// The other establishment.
pub(crate) const DENIS: UsagerId = UsagerId(Uuid::from_u128(13));

pub(crate) const AS: CompteId = CompteId(Uuid::from_u128(20));
pub(crate) const IDE: CompteId = CompteId(Uuid::from_u128(21));
pub(crate) const IDEC: CompteId = CompteId(Uuid::from_u128(23));
pub(crate) const ASH: CompteId = CompteId(Uuid::from_u128(24));
pub(crate) const TECHNIQUE: CompteId = CompteId(Uuid::from_u128(25));
pub(crate) const CUISINE: CompteId = CompteId(Uuid::from_u128(26));
pub(crate) const ADMISSIONS: CompteId = CompteId(Uuid::from_u128(27));
pub(crate) const MEDECIN: CompteId = CompteId(Uuid::from_u128(28));
pub(crate) const IDE_AILLEURS: CompteId = CompteId(Uuid::from_u128(29));

/// Beds: 101, 102 P, 102 F, 201.
pub(crate) const LITS: [LitId; 4] =
    [LitId(Uuid::from_u128(101)), LitId(Uuid::from_u128(1021)), LitId(Uuid::from_u128(1022)), LitId(Uuid::from_u128(201))];

/// What is told of a resident.
pub(crate) struct Portrait {
    pub(crate) id: UsagerId,
    pub(crate) nom: &'static str,
    pub(crate) nom_naissance: &'static str,
    pub(crate) prenom: &'static str,
    pub(crate) naissance: &'static str,
    pub(crate) etab: EtablissementId,
    pub(crate) place: Option<Place>,
    pub(crate) etat: EtatSejour,
}

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
        Self::avec(store, true).await
    }

    pub(crate) async fn avec(store: TestStore, demo: bool) -> Self {
        let monde = Self(monde_essai::Monde::nouveau(store, demo, vec![sejours::module(), usagers::module()]));
        monde.structure().await;
        monde.residents().await;
        monde.comptes().await;
        monde
    }

    async fn structure(&self) {
        for (id, nom, finess) in [(ETAB, "EHPAD d'essai", "750000018"), (AILLEURS, "EHPAD d'ailleurs", "750000026")] {
            self.maison(id, nom, finess).await;
        }
        for (id, maison, nom, rang) in [(VOLCANS, ETAB, "Volcans", 1), (DOMES, ETAB, "Dômes", 2), (LOIN, AILLEURS, "Loin", 1)] {
            self.unite(id, maison, nom, rang).await;
        }
        for (numero, unite, lits) in [
            ("101", VOLCANS, vec![(LITS[0], "")]),
            ("102", VOLCANS, vec![(LITS[1], "P"), (LITS[2], "F")]),
            ("201", DOMES, vec![(LITS[3], "")]),
        ] {
            let chambre = Chambre {
                etablissement: ETAB,
                unite,
                numero: numero.parse().expect("number"),
                rang: numero.parse().expect("number"),
                lits: lits.into_iter().map(|(id, repere)| Lit { id, repere: repere.into() }).collect(),
                hors_service: None,
            };
            self.ecrire(Chambre::id(ETAB, numero).0, &chambre).await;
        }
    }

    async fn residents(&self) {
        let place = |unite, lit: usize, libelle: &str| {
            Some(Place { unite, chambre: None, lit: LITS.get(lit).copied(), libelle: libelle.into(), rang: 101 })
        };
        let ici = [
            (ANNA, "LARGENTIÈRE", "BRUMELLE", "Marguerite", "1936-04-12", ETAB, place(VOLCANS, 0, "101")),
            (BRUNO, "CASTAGNOL", "CASTAGNOL", "René", "1931-02-03", ETAB, place(VOLCANS, 1, "102 P")),
            (CLAIRE, "DORVEAUX", "DORVEAUX", "Odette", "1940-02-29", ETAB, place(DOMES, 3, "201")),
            (DENIS, "ESTIVEL", "ESTIVEL", "Denis", "1938-07-01", AILLEURS, place(LOIN, 9, "1")),
        ];
        for (id, nom, nom_naissance, prenom, naissance, etab, place) in ici {
            self.resident(&Portrait { id, nom, nom_naissance, prenom, naissance, etab, place, etat: EtatSejour::Present }).await;
        }
        let contact = Contact {
            id: Uuid::from_u128(77),
            nom: "Hélène VERNEUGHEOL".into(),
            lien: "fille".into(),
            roles: vec![RoleContact::PersonneDeConfiance],
            telephone: "06 39 98 11 22".into(),
            courriel: String::new(),
            adresse: String::new(),
            consigne: String::new(),
        };
        let entourage =
            Entourage { usager: ANNA, etablissement: ETAB, contacts: vec![contact], mesure: None, directives: "oui".into() };
        self.ecrire(Entourage::id(ANNA), &entourage).await;
        let alertes = serde_json::json!({"usager": ANNA, "etablissement": ETAB, "texture": "mixée", "gir": 2,
            "allergies": {"etat": "connues", "liste": [{"agent": "pénicilline", "reaction": "anaphylaxie", "annee": 2019}]}});
        self.ecrire(Alertes::id(ANNA), &serde_json::from_value::<Alertes>(alertes).expect("alertes")).await;
    }

    pub(crate) async fn resident(&self, qui: &Portrait) {
        let usager = Usager {
            id: qui.id,
            etablissement: qui.etab,
            nom: qui.nom.parse().expect("name"),
            prenom: qui.prenom.parse().expect("name"),
            civilite: Civilite::Madame,
            photo: None,
            homonymes: Vec::new(),
            fusionne_dans: None,
        };
        self.ecrire(qui.id.0, &usager).await;
        let naissance = qui.naissance.parse().expect("date");
        let traits =
            Traits::new(qui.nom_naissance, qui.prenom, naissance, Sexe::Feminin, LieuNaissance::inconnu()).expect("traits");
        let identification = Identification {
            usager: qui.id,
            etablissement: qui.etab,
            identite: Identite::provisoire(traits),
            nom_utilise: (qui.nom != qui.nom_naissance).then(|| qui.nom.to_owned()),
            prenom_utilise: None,
        };
        self.ecrire(Identification::id(qui.id), &identification).await;
        let mut sejour = Sejour {
            id: SejourId(kernel::id::derived(qui.id.0, "sejour")),
            usager: qui.id,
            etablissement: qui.etab,
            genre: GenreSejour::Permanent,
            etat: qui.etat,
            unite: None,
            chambre: None,
            lit: None,
            chambre_libelle: String::new(),
            rang: 0,
            entree_le: testkit::instant("2025-01-10T09:00:00Z"),
            sortie_prevue: None,
            sortie_le: (!qui.etat.en_cours()).then(|| testkit::instant("2026-01-10T09:00:00Z")),
            parti_le: None,
            lieu: String::new(),
        };
        sejour.occuper(qui.place.as_ref());
        let mouvement = Mouvement {
            sejour: sejour.id,
            usager: qui.id,
            etablissement: qui.etab,
            nature: NatureMouvement::Admission,
            le: sejour.entree_le,
            de: String::new(),
            vers: sejour.chambre_libelle.clone(),
            motif: "domicile".into(),
            annule: None,
            place: qui.place.clone(),
            origine: None,
        };
        self.ecrire(sejour.id.0, &sejour).await;
        self.ecrire(kernel::id::derived(qui.id.0, "entree"), &mouvement).await;
        self.ecrire(Rattachement::id(qui.id), &sejours::rattachement(None, &sejour)).await;
    }

    async fn comptes(&self) {
        for (id, nom, profil, maison, unites) in [
            (AS, "Sophie Aubrac", "as", ETAB, vec![VOLCANS]),
            (IDE, "Nadia Berthou", "ide", ETAB, vec![VOLCANS]),
            (IDEC, "Claire Fontan", "idec", ETAB, vec![]),
            (ASH, "Lina Hostun", "ash", ETAB, vec![VOLCANS]),
            (TECHNIQUE, "Paul Garrel", "technique", ETAB, vec![]),
            (CUISINE, "Omar Isserteaux", "cuisine", ETAB, vec![]),
            (ADMISSIONS, "Julie Jaligny", "admissions", ETAB, vec![]),
            (MEDECIN, "Anne Kerdrel", "medecin", ETAB, vec![]),
            (IDE_AILLEURS, "Marc Lempdes", "ide", AILLEURS, vec![LOIN]),
        ] {
            self.compte(id, nom, vec![role(profil, Some(maison), &unites)]).await;
        }
    }

    /// A page in a fresh session.
    pub(crate) async fn get(&self, compte: CompteId, chemin: &str) -> Reponse {
        self.0.lire(compte, chemin).await
    }

    /// A form in a fresh session.
    pub(crate) async fn post(&self, compte: CompteId, chemin: &str, champs: &[(&str, &str)]) -> Reponse {
        self.0.envoyer(compte, chemin, champs).await
    }

    /// A record which is there.
    pub(crate) async fn lire<E: Entity>(&self, id: impl Into<Uuid>) -> Stored<E> {
        self.lu(id).await
    }

    /// Any request in a fresh session.
    pub(crate) async fn demander(&self, compte: CompteId, demande: http::request::Builder, corps: Body) -> Reponse {
        let jeton = self.session(compte).await;
        self.appeler(Some(&jeton), demande, corps).await
    }

    /// The value of a hidden field of the first form which has one of this name.
    pub(crate) async fn champ(&self, compte: CompteId, chemin: &str, nom: &str) -> String {
        let page = self.get(compte, chemin).await;
        assert_eq!(page.status, StatusCode::OK, "{chemin}: {}", page.texte);
        cache(&page.texte, nom)
    }
}

pub(crate) fn cache(texte: &str, nom: &str) -> String {
    entre(texte, &format!("name=\"{nom}\" value=\""), "\"").to_owned()
}
