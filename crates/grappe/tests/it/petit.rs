//! The whole product over a small world whose every person is in a state chosen by the test.

use std::sync::Arc;

use grappe::modules::{Composition, composer};
use kernel::id::{CompteId, EtablissementId, UniteId, UsagerId};
use monde_essai::deux_maisons::{A, B, DOMES, RIVIERE, VOLCANS};
use monde_essai::{Monde, Resident, role};
use platform::acces::{Categorie, CibleOpposition, EtatSejour, Opposition, Rattachement};
use platform::store::Stored;
use sejours::Sejour;
use testkit::TestStore;
use usagers::{Civilite, Usager};
use uuid::Uuid;

/// The product assembled as the binary does, with two houses and nobody in them.
pub(crate) async fn produit(store: TestStore) -> Arc<Monde> {
    let Composition { modules, operations, terrain } = composer(&[7; 32]).unwrap();
    let monde = Monde::branche(store, false, modules, operations, |application| terrain_serveur::brancher(application, &terrain));
    Arc::new(batir(monde).await)
}

/// The same without the tablets' door, which holds the router for as long as the process lives: this one can be closed.
pub(crate) async fn modules_seuls(store: TestStore) -> Monde {
    batir(Monde::nouveau(store, false, grappe::modules::modules())).await
}

async fn batir(monde: Monde) -> Monde {
    for (id, nom, finess) in [(A, "Les Genêts", "750000018"), (B, "La Rivière", "750000026")] {
        monde.maison(id, nom, finess).await;
    }
    for (id, lieu, nom) in [(VOLCANS, A, "Volcans"), (DOMES, A, "Dômes"), (RIVIERE, B, "Rive")] {
        monde.unite(id, lieu, nom, 0).await;
    }
    monde
}

/// An account of this profession; gives the value of its session's cookie.
pub(crate) async fn entrer(monde: &Monde, rang: u128, profil: &str, lieu: EtablissementId, unites: &[UniteId]) -> String {
    let id = CompteId(Uuid::from_u128(0xC0_0000 + rang));
    monde.compte(id, &format!("Essai {profil} {rang}"), vec![role(profil, Some(lieu), unites)]).await;
    monde.session(id).await
}

/// The states of a stay, and a record merged into another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Etat {
    Sejour(EtatSejour),
    Fusionne,
}

pub(crate) const ETATS: [Etat; 7] = [
    Etat::Sejour(EtatSejour::Preadmis),
    Etat::Sejour(EtatSejour::Present),
    Etat::Sejour(EtatSejour::Absent),
    Etat::Sejour(EtatSejour::Hospitalise),
    Etat::Sejour(EtatSejour::Sorti),
    Etat::Sejour(EtatSejour::Decede),
    Etat::Fusionne,
];

/// To whom, and on what, a person is opposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refus {
    Aucun,
    /// Care, constantes and medical data, to everybody of the house.
    Famille,
    /// Everything, to everybody of the house.
    Tout,
    /// Everything, to nurses.
    Infirmiers,
    /// Everything, to everybody of the other house: changes nothing here.
    Ailleurs,
}

pub(crate) const REFUS: [Refus; 5] = [Refus::Aucun, Refus::Famille, Refus::Tout, Refus::Infirmiers, Refus::Ailleurs];

impl Refus {
    fn oppositions(self) -> Vec<Opposition> {
        let contre = |cible, categories| vec![Opposition { cible, categories }];
        match self {
            Self::Aucun => Vec::new(),
            Self::Famille => {
                contre(CibleOpposition::Etablissement(A), vec![Categorie::Soins, Categorie::Constantes, Categorie::Medical])
            }
            Self::Tout => contre(CibleOpposition::Etablissement(A), Vec::new()),
            Self::Infirmiers => contre(CibleOpposition::Profil("ide".into()), Vec::new()),
            Self::Ailleurs => contre(CibleOpposition::Etablissement(B), Vec::new()),
        }
    }
}

/// A person of the unit Volcans of A.
#[derive(Debug, Clone)]
pub(crate) struct Personne {
    pub(crate) id: UsagerId,
    /// As screens write it.
    pub(crate) nom: String,
    pub(crate) etat: Etat,
    pub(crate) refus: Refus,
}

/// A family name nobody else has: letters only.
fn nom(rang: usize) -> String {
    let lettre = |n: usize| char::from(b'A' + u8::try_from(n % 26).unwrap());
    format!("QUIVAB{}{}X", lettre(rang / 26), lettre(rang))
}

/// One person by state and opposition, in the unit Volcans of A; those merged went into one more person.
pub(crate) async fn peupler(monde: &Monde) -> Vec<Personne> {
    let garde = UsagerId(Uuid::from_u128(0x5000));
    habiter(monde, garde, "GARDEVAL").await;
    let mut personnes = Vec::new();
    for (rang, (etat, refus)) in ETATS.into_iter().flat_map(|etat| REFUS.map(|refus| (etat, refus))).enumerate() {
        let personne = Personne { id: UsagerId(Uuid::from_u128(0x6000 + rang as u128)), nom: nom(rang), etat, refus };
        habiter(monde, personne.id, &personne.nom).await;
        devenir(monde, &personne, garde).await;
        personnes.push(personne);
    }
    let fusionnes: Vec<UsagerId> =
        personnes.iter().filter(|personne| personne.etat == Etat::Fusionne).map(|personne| personne.id).collect();
    monde.changer::<Rattachement>(Rattachement::id(garde), |connu| connu.absorbes = fusionnes).await;
    personnes
}

/// A resident of the unit Volcans of A.
pub(crate) async fn habiter(monde: &Monde, id: UsagerId, nom: &str) {
    loger(monde, id, nom, (A, VOLCANS)).await;
}

/// A resident of this place.
pub(crate) async fn loger(monde: &Monde, id: UsagerId, nom: &str, lieu: (EtablissementId, UniteId)) {
    monde.resident(&Resident { id, nom, prenom: "Essai", civilite: Civilite::Madame, lieu, chambre: "214" }).await;
}

async fn devenir(monde: &Monde, personne: &Personne, garde: UsagerId) {
    let sejour = kernel::id::derived(personne.id.0, "sejour");
    let etat = if let Etat::Sejour(etat) = personne.etat { etat } else { EtatSejour::Present };
    monde
        .changer::<Sejour>(sejour, |sejour| {
            sejour.etat = etat;
            if etat == EtatSejour::Preadmis {
                sejour.unite = None;
            }
            if !etat.en_cours() {
                sejour.sortie_le = Some(testkit::instant("2025-03-01T10:00:00Z"));
            }
        })
        .await;
    let sejour: Stored<Sejour> = monde.lu(sejour).await;
    let fusion = (personne.etat == Etat::Fusionne).then_some(garde);
    monde
        .changer::<Rattachement>(Rattachement::id(personne.id), |connu| {
            *connu = sejours::rattachement(Some(connu), &sejour);
            connu.oppositions = personne.refus.oppositions();
            connu.fusionne_dans = fusion;
        })
        .await;
    monde.changer::<Usager>(personne.id, |usager| usager.fusionne_dans = fusion).await;
}
