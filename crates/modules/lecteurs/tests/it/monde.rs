//! Two houses, a regulator of the SAMU, and persons who can be taken for one another.

use http::StatusCode;
use kernel::id::{CompteId, EtablissementId, UniteId, UsagerId};
use kernel::ins::{Identite, LieuNaissance, Sexe, Traits};
use medical::{Consignes, Element, Etat, Nature, NiveauSoins, Origine};
use monde_essai::une_maison::{ANNA, BRUNO, ETAB};
use monde_essai::{Monde, Reponse, Resident, role, une_maison};
use platform::acces::{Compte, EtatSejour, LectureDlu, Opposition, Rattachement};
use platform::offline::Operations;
use platform::store::{Query, Reach, Stored};
use sejours::Sejour;
use testkit::TestStore;
use usagers::{Civilite, Identification};
use uuid::Uuid;

/// The regulator.
pub(crate) const SAMU: CompteId = CompteId(Uuid::from_u128(0x5A));
/// Another one.
pub(crate) const AUTRE_SAMU: CompteId = CompteId(Uuid::from_u128(0x5B));
/// Who administers the grappe.
pub(crate) const ADMIN: CompteId = CompteId(Uuid::from_u128(0x5C));
/// The DPO of the house.
pub(crate) const DPO: CompteId = CompteId(Uuid::from_u128(0x5D));
/// The other house.
pub(crate) const AILLEURS: EtablissementId = EtablissementId(Uuid::from_u128(0xB00));
/// Mme Jeanne Brumelle, born the same day as Anna, in the other house.
pub(crate) const JEANNE: UsagerId = UsagerId(Uuid::from_u128(0x1200));

pub(crate) const ANNA_EXACTE: [(&str, &str); 3] = [("nom", "Brumelle"), ("naissance", "12/04/1936"), ("motif", "regulation")];

pub(crate) async fn monde(store: TestStore) -> Monde {
    let modules = vec![
        lecteurs::module(),
        urgences::module(),
        medical::module(),
        sejours::module(),
        transmissions::module(),
        constantes::module(),
        usagers::module(),
        traces::module(),
        professionnels::module(),
        etablissements::module(),
    ];
    let mut operations = Operations::default();
    for module in &modules {
        (module.offline)(&mut operations);
    }
    let monde = une_maison::semer(Monde::branche(store, true, modules, operations, urgences::brancher)).await;
    let lecteur = || vec![role("lecteur_urgence", None, &[])];
    for (id, nom, roles) in [
        (SAMU, "Léa Morin, SAMU 63", lecteur()),
        (AUTRE_SAMU, "Paul Vernet, SAMU 63", lecteur()),
        (ADMIN, "Ada Verne", vec![role("admin_grappe", None, &[])]),
        (DPO, "Odile Prat", vec![role("dpo", Some(ETAB), &[])]),
    ] {
        monde.compte(id, nom, roles).await;
    }
    for id in [SAMU, AUTRE_SAMU] {
        monde.changer::<Compte>(id, |compte| compte.nature = platform::acces::NatureCompte::Exterieur).await;
    }
    identifier(&monde, ANNA, ETAB, ("BRUMELLE", "ANNA"), "12/04/1936").await;
    identifier(&monde, BRUNO, ETAB, ("CASTAGNOL", "BRUNO"), "03/02/1931").await;
    let traitement = Element {
        usager: ANNA,
        etablissement: ETAB,
        nature: Nature::Traitement,
        libelle: "Apixaban".into(),
        code: None,
        debut: None,
        detail: "matin et soir".into(),
        precision: String::new(),
        a_risque: true,
        note_le: "2026-11-01T08:00:00Z".parse().expect("an instant"),
        origine: Origine::Saisie,
        etat: Etat::EnVigueur,
    };
    monde.ecrire(Uuid::from_u128(0x501), &traitement).await;
    monde.ecrire(Consignes::id(ANNA), &Consignes { niveau: Some(NiveauSoins::B), ..Consignes::vides(ANNA, ETAB) }).await;
    monde
}

pub(crate) async fn identifier(monde: &Monde, usager: UsagerId, lieu: EtablissementId, (nom, prenom): (&str, &str), date: &str) {
    let traits =
        Traits::new(nom, prenom, date.parse().expect("a date"), Sexe::Feminin, LieuNaissance::inconnu()).expect("traits");
    let identification = Identification {
        usager,
        etablissement: lieu,
        identite: Identite::provisoire(traits),
        nom_utilise: None,
        prenom_utilise: None,
    };
    monde.ecrire(Identification::id(usager), &identification).await;
}

/// The other house, with somebody who has Anna's name and date of birth.
pub(crate) async fn homonyme(monde: &Monde) {
    let unite = UniteId(Uuid::from_u128(0xB1));
    monde.maison(AILLEURS, "La Rivière", "750000026").await;
    monde.unite(unite, AILLEURS, "Rive", 1).await;
    let jeanne = Resident {
        id: JEANNE,
        nom: "Brumelle",
        prenom: "Jeanne",
        civilite: Civilite::Madame,
        lieu: (AILLEURS, unite),
        chambre: "9",
    };
    monde.resident(&jeanne).await;
    identifier(monde, JEANNE, AILLEURS, ("BRUMELLE", "JEANNE"), "12/04/1936").await;
}

/// The person's stay takes another state.
pub(crate) async fn devenir(monde: &Monde, usager: UsagerId, etat: EtatSejour) {
    let id = kernel::id::derived(usager.0, "sejour");
    monde
        .changer::<Sejour>(id, |sejour| {
            sejour.etat = etat;
            if !etat.en_cours() {
                sejour.sortie_le = Some("2026-11-02T10:00:00Z".parse().expect("an instant"));
            }
        })
        .await;
    let sejour: Stored<Sejour> = monde.lu(id).await;
    monde.changer::<Rattachement>(Rattachement::id(usager), |connu| *connu = sejours::rattachement(Some(connu), &sejour)).await;
}

pub(crate) async fn opposer(monde: &Monde, usager: UsagerId, oppositions: Vec<Opposition>) {
    monde.changer::<Rattachement>(Rattachement::id(usager), |connu| connu.oppositions = oppositions).await;
}

/// Searches; gives the address of the document when one opened.
pub(crate) async fn chercher(monde: &Monde, qui: CompteId, champs: &[(&str, &str)]) -> (Reponse, Option<String>) {
    let reponse = monde.envoyer(qui, "/lecture", champs).await;
    let vers = (reponse.status == StatusCode::SEE_OTHER)
        .then(|| reponse.entetes.get("location").and_then(|lieu| lieu.to_str().ok()).unwrap_or_default().to_owned());
    (reponse, vers)
}

/// The readings granted for a person.
pub(crate) async fn lectures(monde: &Monde, usager: UsagerId) -> Vec<Stored<LectureDlu>> {
    monde.store.list(&Reach::All, &Query::person(usager)).await.expect("list")
}
