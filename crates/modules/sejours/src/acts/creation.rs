//! A new person: identity, request of admission, stay and the gate's line, in one act.

use jiff::Timestamp;
use kernel::id::{EtablissementId, SejourId, UsagerId};
use kernel::ins::{Identite, Traits};
use platform::acces::{Acces, EtatSejour, Rattachement};
use platform::erreur::{Erreur, Resultat};
use usagers::{Civilite, Connu, Identification, NomsUtilises, Usager, accorder_homonymes, nom_affiche, prenom_affiche};
use uuid::Uuid;

use super::admission::preadmission;
use crate::admission::{DemandeAdmission, EtapeAdmission};
use crate::forms::DemandeLue;
use crate::model::Sejour;
use crate::records::rattachement;
use crate::rights::CreerDossier;

/// What the form says of a new person.
#[derive(Debug)]
pub(crate) struct Nouveau {
    pub(crate) id: UsagerId,
    pub(crate) etablissement: EtablissementId,
    pub(crate) traits: Traits,
    pub(crate) noms: NomsUtilises,
    pub(crate) civilite: Civilite,
    pub(crate) demande: DemandeLue,
}

impl Nouveau {
    /// Person and identity as they will be written, homonyms not yet set.
    pub(crate) fn fiche(&self) -> Resultat<(Usager, Identification)> {
        let trop_long = || Erreur::Demande("Le nom ou le prénom est trop long pour être affiché. Raccourcissez-le.".into());
        let usager = Usager {
            id: self.id,
            etablissement: self.etablissement,
            nom: nom_affiche(&self.traits, &self.noms).ok_or_else(trop_long)?,
            prenom: prenom_affiche(&self.traits, &self.noms).ok_or_else(trop_long)?,
            civilite: self.civilite,
            photo: None,
            homonymes: Vec::new(),
            fusionne_dans: None,
        };
        let identification = Identification {
            usager: self.id,
            etablissement: self.etablissement,
            identite: Identite::provisoire(self.traits.clone()),
            nom_utilise: self.noms.nom.clone(),
            prenom_utilise: self.noms.prenom.clone(),
        };
        Ok((usager, identification))
    }
}

/// Creates the record; the homonyms of the house are told on both sides.
pub(crate) async fn creer(acces: &Acces<CreerDossier>, nouveau: &Nouveau, connus: &[Connu]) -> Resultat<()> {
    let (mut usager, mut identification) = nouveau.fiche()?;
    let mut acte = acces.acte_nouveau_dossier("usager.cree", nouveau.etablissement, nouveau.id).await?;
    accorder_homonymes(acces, &mut acte, connus, &mut usager, &mut identification).await?;
    let sejour = sejour_de((kernel::id::derived(nouveau.id.0, "sejour"), nouveau.id, nouveau.etablissement), &nouveau.demande);
    acte.create(nouveau.id, &usager);
    acte.create(Identification::id(nouveau.id), &identification);
    acte.create(sejour.id, &sejour);
    acte.create(kernel::id::derived(sejour.id.0, "preadmission"), &preadmission(&sejour, acces.now(), &nouveau.demande));
    acte.create(DemandeAdmission::id(sejour.id), &demande_de(&sejour, &nouveau.demande, acces.now()));
    acte.create(Rattachement::id(nouveau.id), &rattachement(None, &sejour));
    acces.commit(acte).await
}

/// The stay a request opens: expected, without a place yet.
pub(crate) fn sejour_de((id, usager, etablissement): (Uuid, UsagerId, EtablissementId), demande: &DemandeLue) -> Sejour {
    Sejour {
        id: SejourId(id),
        usager,
        etablissement,
        genre: demande.genre,
        etat: EtatSejour::Preadmis,
        unite: None,
        chambre: None,
        lit: None,
        chambre_libelle: String::new(),
        rang: 0,
        entree_le: demande.entree_le,
        sortie_prevue: demande.sortie_prevue,
        sortie_le: None,
        parti_le: None,
        lieu: String::new(),
    }
}

/// The request itself.
pub(crate) fn demande_de(sejour: &Sejour, demande: &DemandeLue, recue_le: Timestamp) -> DemandeAdmission {
    DemandeAdmission {
        sejour: sejour.id,
        usager: sejour.usager,
        etablissement: sejour.etablissement,
        etape: EtapeAdmission::Demande,
        taches: Vec::new(),
        recue_le,
        provenance: demande.provenance.clone(),
        reference: demande.reference.clone(),
        urgente: demande.urgente,
        souhaitee_le: demande.souhaitee_le,
        reponse: String::new(),
    }
}
