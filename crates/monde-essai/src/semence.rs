//! Houses, units, accounts, residents: what a world holds before anybody does anything.

use etablissements::{Etablissement, Unite};
use kernel::id::{CompteId, EtablissementId, OrganismeId, SejourId, UniteId, UsagerId};
use platform::acces::{Compte, EtatSejour, Habilitation, NatureCompte, Rattachement};
use sejours::{GenreSejour, Sejour};
use usagers::{Civilite, Usager};
use uuid::Uuid;

use crate::Monde;

/// A resident who is there, in one line.
#[derive(Debug, Clone, Copy)]
pub struct Resident<'a> {
    /// Who.
    pub id: UsagerId,
    /// Family name.
    pub nom: &'a str,
    /// First name.
    pub prenom: &'a str,
    /// Madam or sir.
    pub civilite: Civilite,
    /// House and unit.
    pub lieu: (EtablissementId, UniteId),
    /// Number of the room, which is also its rank.
    pub chambre: &'a str,
}

/// A role held since 2025 until further notice.
pub fn role(profil: &str, etablissement: Option<EtablissementId>, unites: &[UniteId]) -> Habilitation {
    let du = testkit::instant("2025-01-01T00:00:00Z");
    Habilitation { profil: profil.into(), etablissement, unites: unites.to_vec(), du, au: None }
}

impl Monde {
    /// An EHPAD.
    pub async fn maison(&self, id: EtablissementId, nom: &str, finess: &str) {
        let organisme = OrganismeId(Uuid::from_u128(3));
        let lue =
            serde_json::json!({"id": id, "organisme": organisme, "nom": nom, "finess": finess, "genre": "ehpad", "actif": true});
        self.ecrire(id, &serde_json::from_value::<Etablissement>(lue).expect("a house")).await;
        self.annuaire.relire(&self.store).await.expect("names");
    }

    /// A unit of fourteen places.
    pub async fn unite(&self, id: UniteId, maison: EtablissementId, nom: &str, rang: u32) {
        let lue = serde_json::json!({"etablissement": maison, "nom": nom, "rang": rang, "capacite": 14});
        self.ecrire(id, &serde_json::from_value::<Unite>(lue).expect("a unit")).await;
        self.annuaire.relire(&self.store).await.expect("names");
    }

    /// An account without password; its login is its name, folded: « Zoé Ailleurs » signs in as `zoe.ailleurs`.
    pub async fn compte(&self, id: CompteId, nom: &str, habilitations: Vec<Habilitation>) {
        let etablissement = habilitations.iter().find_map(|role| role.etablissement).map_or_else(Uuid::nil, Uuid::from);
        let compte = Compte {
            identifiant: kernel::texte::plier(nom).replace(' ', "."),
            nom_affiche: nom.into(),
            professionnel: None,
            etablissement,
            mot_de_passe: String::new(),
            code: None,
            nature: NatureCompte::Permanent,
            ferme_le: None,
            habilitations,
            demo: None,
            preferences: std::collections::BTreeMap::new(),
        };
        self.ecrire(id, &compte).await;
    }

    /// A resident present since January 2025: identity, stay, and the gate's view of them.
    pub async fn resident(&self, qui: &Resident<'_>) {
        let (maison, unite) = qui.lieu;
        let usager = serde_json::json!({"id": qui.id, "etablissement": maison, "nom": qui.nom, "prenom": qui.prenom, "civilite": qui.civilite});
        self.ecrire(qui.id, &serde_json::from_value::<Usager>(usager).expect("a person")).await;
        let sejour = Sejour {
            id: SejourId(kernel::id::derived(qui.id.0, "sejour")),
            usager: qui.id,
            etablissement: maison,
            genre: GenreSejour::Permanent,
            etat: EtatSejour::Present,
            unite: Some(unite),
            chambre: None,
            lit: None,
            chambre_libelle: qui.chambre.into(),
            rang: qui.chambre.parse().expect("a number"),
            entree_le: testkit::instant("2025-01-10T09:00:00Z"),
            sortie_prevue: None,
            sortie_le: None,
            parti_le: None,
            lieu: String::new(),
        };
        self.ecrire(sejour.id, &sejour).await;
        self.ecrire(Rattachement::id(qui.id), &sejours::rattachement(None, &sejour)).await;
    }
}
