//! A person taken over by an establishment: for modules whose act opens a stay (a transfer, a record received).

use jiff::Timestamp;
use jiff::civil::Date;
use kernel::id::{EtablissementId, SejourId, UsagerId};
use platform::acces::{Acces, Acte, DossierOuvert, Opposition, Rattachement};
use platform::erreur::{Erreur, Resultat};
use usagers::{Civilite, Connu, Identification, NomsUtilises, Usager, accorder_homonymes, nom_affiche, prenom_affiche};
use uuid::Uuid;

use crate::acts::{demande_de, preadmission, sejour_de};
use crate::admission::{DemandeAdmission, EtapeAdmission};
use crate::forms::DemandeLue;
use crate::model::{GenreSejour, Mouvement, Place, Sejour};
use crate::records::rattachement;
use crate::rights::{CreerDossier, EcrireSejour};

/// The stay which is opened: expected, until the person enters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accueil {
    /// The stay's id: the same act twice opens one stay.
    pub sejour: Uuid,
    /// Kind.
    pub genre: GenreSejour,
    /// Day expected.
    pub prevu_le: Date,
    /// The same as an instant.
    pub entree_le: Timestamp,
    /// Foreseen end, for a temporary stay.
    pub sortie_prevue: Option<Date>,
    /// Where the person comes from.
    pub provenance: String,
    /// Number of the request there.
    pub reference: String,
    /// A code of the reasons of an entry.
    pub motif: String,
    /// The bed held from now on, if one was chosen.
    pub place: Option<Place>,
}

/// Who the person is, for a record which does not exist yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Personne {
    /// The new record.
    pub usager: UsagerId,
    /// Where it is held.
    pub etablissement: EtablissementId,
    /// Identity, with what proves it here.
    pub identification: Identification,
    /// How the person is addressed.
    pub civilite: Civilite,
    /// Oppositions expressed before: they hold from the first second.
    pub oppositions: Vec<Opposition>,
}

/// Adds to an act a new record and its expected stay; homonyms of the house are told on both sides.
///
/// # Errors
/// `Demande` when a name is too long to be shown; the store.
pub async fn accueillir(
    acces: &Acces<CreerDossier>,
    acte: &mut Acte,
    personne: &Personne,
    accueil: &Accueil,
    connus: &[Connu],
) -> Resultat<()> {
    let mut identification = personne.identification.clone();
    let mut usager = fiche(personne)?;
    accorder_homonymes(acces, acte, connus, &mut usager, &mut identification).await?;
    let sejour = ouvrir(acte, accueil, (personne.usager, personne.etablissement), acces.now());
    acte.create(personne.usager, &usager);
    acte.create(Identification::id(personne.usager), &identification);
    let porte = Rattachement { oppositions: personne.oppositions.clone(), ..rattachement(None, &sejour) };
    acte.create(Rattachement::id(personne.usager), &porte);
    Ok(())
}

/// Adds to an act an expected stay for a person whom the house knows: they keep their record.
///
/// # Errors
/// `Demande` when a stay is in progress already; the store.
pub async fn accueillir_encore(
    acces: &Acces<EcrireSejour>,
    dossier: &DossierOuvert<EcrireSejour>,
    acte: &mut Acte,
    accueil: &Accueil,
) -> Resultat<()> {
    let porte = dossier.rattachement_lu().await?;
    let etablissement = dossier.etablissement().ok_or(Erreur::Introuvable)?;
    if porte.liens.iter().any(|lien| lien.etablissement == etablissement && lien.etat.en_cours()) {
        return Err(Erreur::Demande("Cette personne a déjà un séjour en cours dans l'établissement.".into()));
    }
    let sejour = ouvrir(acte, accueil, (dossier.usager(), etablissement), acces.now());
    acte.update(&porte, &rattachement(Some(&porte), &sejour));
    Ok(())
}

fn fiche(personne: &Personne) -> Resultat<Usager> {
    let trop_long = || Erreur::Demande("Le nom ou le prénom est trop long pour être affiché. Raccourcissez-le.".into());
    let identification = &personne.identification;
    let traits = identification.identite.traits();
    let noms = NomsUtilises { nom: identification.nom_utilise.clone(), prenom: identification.prenom_utilise.clone() };
    Ok(Usager {
        id: personne.usager,
        etablissement: personne.etablissement,
        nom: nom_affiche(traits, &noms).ok_or_else(trop_long)?,
        prenom: prenom_affiche(traits, &noms).ok_or_else(trop_long)?,
        civilite: personne.civilite,
        photo: None,
        homonymes: Vec::new(),
        fusionne_dans: None,
    })
}

/// Stay, movement and request, the place held when there is one.
fn ouvrir(acte: &mut Acte, accueil: &Accueil, (usager, etablissement): (UsagerId, EtablissementId), now: Timestamp) -> Sejour {
    let demande = DemandeLue {
        genre: accueil.genre,
        souhaitee_le: Some(accueil.prevu_le),
        entree_le: accueil.entree_le,
        sortie_prevue: accueil.sortie_prevue,
        provenance: accueil.provenance.clone(),
        reference: accueil.reference.clone(),
        urgente: false,
    };
    let mut sejour = sejour_de((accueil.sejour, usager, etablissement), &demande);
    if let Some(place) = &accueil.place {
        sejour.occuper(Some(place));
    }
    let vers = accueil.place.as_ref().map(|place| place.libelle.clone()).unwrap_or_default();
    let mouvement =
        Mouvement { place: accueil.place.clone(), vers, motif: accueil.motif.clone(), ..preadmission(&sejour, now, &demande) };
    acte.create(SejourId(accueil.sejour), &sejour);
    acte.create(kernel::id::derived(accueil.sejour, "preadmission"), &mouvement);
    let etape = if accueil.place.is_some() { EtapeAdmission::Prevue } else { EtapeAdmission::Attente };
    acte.create(DemandeAdmission::id(sejour.id), &DemandeAdmission { etape, ..demande_de(&sejour, &demande, now) });
    sejour
}
