//! What is kept, and the questions asked of it.

use kernel::id::{EtablissementId, UsagerId};
use platform::acces::{Categorie, DossierOuvert, Droit, Ecrit};
use platform::erreur::Resultat;
use platform::store::{Entity, Scope, Stored};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::annonce::{Annonce, Hopital};
use crate::rendez_vous::AnnonceRendezVous;

/// What hospitals announced of the stays of an establishment's residents.
pub fn lane_annonces(etablissement: EtablissementId) -> String {
    format!("hopital/{etablissement}")
}

/// What hospitals announced of the appointments of an establishment's residents.
pub fn lane_rendez_vous(etablissement: EtablissementId) -> String {
    format!("hopital/rendez-vous/{etablissement}")
}

/// The differences of identity hospitals showed, not looked at yet.
pub fn lane_avis(etablissement: EtablissementId) -> String {
    format!("hopital/avis/{etablissement}")
}

/// An announcement of a stay, as kept: never changed, taken back with a reason when it was about somebody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnnonceGardee {
    /// Whose.
    pub usager: UsagerId,
    /// Where the record is held.
    pub etablissement: EtablissementId,
    /// What was said, without its reason, which is medical.
    pub annonce: Annonce,
    /// Why it was taken back.
    #[serde(default)]
    pub retiree: Option<String>,
}

/// An announcement of an appointment, as kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RendezVousGarde {
    /// Whose.
    pub usager: UsagerId,
    /// Where the record is held.
    pub etablissement: EtablissementId,
    /// What was said, without its reason.
    pub annonce: AnnonceRendezVous,
    /// Why it was taken back.
    #[serde(default)]
    pub retiree: Option<String>,
}

/// Why the person is in hospital or goes there: read under medical secrecy only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MotifGarde {
    /// Whose.
    pub usager: UsagerId,
    /// Where the record is held.
    pub etablissement: EtablissementId,
    /// The announcement.
    pub annonce: Uuid,
    /// Its reason.
    pub motif: String,
}

/// A number a hospital gives to the person (IPP), current or replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumeroHopital {
    /// Whose.
    pub usager: UsagerId,
    /// Where the record is held.
    pub etablissement: EtablissementId,
    /// Who gave it, never shown.
    pub autorite: String,
    /// The number.
    pub numero: String,
    /// The hospital which told it.
    pub hopital: Hopital,
    /// The number which replaced it there.
    #[serde(default)]
    pub remplace_par: Option<String>,
    /// The reception it came from.
    #[serde(default)]
    pub source: Option<Uuid>,
    /// Why it was taken back.
    #[serde(default)]
    pub retire: Option<String>,
}

impl NumeroHopital {
    /// The record's id.
    pub fn id(usager: UsagerId, autorite: &str, numero: &str) -> Uuid {
        kernel::id::derived(usager.0, &format!("hopital/numero/{autorite}/{numero}"))
    }
}

/// A trait the hospital gives otherwise than our record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EcartIdentite {
    /// Name of the trait on screens.
    pub quoi: String,
    /// What the hospital says.
    pub dit: String,
}

/// The hospital knows the person under the same INS with other traits: told, never applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AvisIdentite {
    /// Whose.
    pub usager: UsagerId,
    /// Where the record is held.
    pub etablissement: EtablissementId,
    /// Which hospital.
    pub hopital: Hopital,
    /// What differs.
    pub ecarts: Vec<EcartIdentite>,
    /// When it was noted.
    pub note_le: jiff::Timestamp,
    /// The reception it came from.
    #[serde(default)]
    pub source: Option<Uuid>,
    /// What somebody concluded of it.
    #[serde(default)]
    pub conclusion: Option<Conclusion>,
}

/// Somebody looked at a difference of identity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conclusion {
    /// Who.
    pub par: String,
    /// What was found.
    pub note: String,
}

/// A message already noted: its number, what it did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageNote {
    /// Whose.
    pub usager: UsagerId,
    /// Where the record is held.
    pub etablissement: EtablissementId,
    /// Digest of its bytes.
    pub empreinte: String,
    /// What was done of it, in words.
    pub suite: String,
    /// True when it changed something.
    pub a_change: bool,
    /// The reception it came from.
    pub source: Uuid,
    /// Why it was taken back.
    #[serde(default)]
    pub retire: Option<String>,
}

impl MessageNote {
    /// The record's id for the key of a message.
    pub fn id(usager: UsagerId, cle: &str) -> Uuid {
        kernel::id::derived(usager.0, &format!("hopital/message/{cle}"))
    }
}

impl Entity for AnnonceGardee {
    const KIND: &'static str = "annonce_hospitaliere";
    fn scope(&self) -> Scope {
        Scope::of(self.etablissement).person(self.usager).at(self.annonce.le).lane(lane_annonces(self.etablissement))
    }
}

impl Entity for RendezVousGarde {
    const KIND: &'static str = "annonce_rendez_vous";
    fn scope(&self) -> Scope {
        let quand = self.annonce.debut.unwrap_or(self.annonce.annoncee_le);
        Scope::of(self.etablissement).person(self.usager).at(quand).lane(lane_rendez_vous(self.etablissement))
    }
}

impl Entity for MotifGarde {
    const KIND: &'static str = "motif_hospitalier";
    fn scope(&self) -> Scope {
        Scope::of(self.etablissement).person(self.usager)
    }
}

impl Entity for NumeroHopital {
    const KIND: &'static str = "numero_hopital";
    fn scope(&self) -> Scope {
        Scope::of(self.etablissement).person(self.usager)
    }

    /// A number of a hospital, current or replaced, is that of one resident only.
    fn claims(&self) -> Vec<String> {
        if self.retire.is_some() {
            return Vec::new();
        }
        vec![format!("hopital/numero/{}/{}", self.autorite, self.numero)]
    }
}

impl Entity for AvisIdentite {
    const KIND: &'static str = "avis_identite_hopital";
    fn scope(&self) -> Scope {
        let scope = Scope::of(self.etablissement).person(self.usager).at(self.note_le);
        if self.conclusion.is_some() { scope } else { scope.lane(lane_avis(self.etablissement)) }
    }
}

impl Entity for MessageNote {
    const KIND: &'static str = "message_hopital";
    fn scope(&self) -> Scope {
        Scope::of(self.etablissement).person(self.usager)
    }
}

impl Ecrit for AnnonceGardee {
    const CATEGORIE: Categorie = Categorie::Presence;
}

impl Ecrit for RendezVousGarde {
    const CATEGORIE: Categorie = Categorie::Presence;
}

impl Ecrit for MotifGarde {
    const CATEGORIE: Categorie = Categorie::Medical;
}

impl Ecrit for NumeroHopital {
    const CATEGORIE: Categorie = Categorie::Identite;
}

impl Ecrit for AvisIdentite {
    const CATEGORIE: Categorie = Categorie::Identite;
}

impl Ecrit for MessageNote {
    const CATEGORIE: Categorie = Categorie::Presence;
}

/// What was announced of the person's stays, with reasons when they may be read; what was taken back is left out.
///
/// # Errors
/// The right, the store.
pub async fn annonces_de<D: Droit>(dossier: &DossierOuvert<D>) -> Resultat<Vec<Annonce>> {
    let lues = dossier.liste::<AnnonceGardee>(|query| query).await?;
    let motifs = motifs_de(dossier).await?;
    let tenues = lues.into_iter().filter(|lue| lue.retiree.is_none());
    Ok(tenues.map(|lue| Annonce { motif: motif(&motifs, lue.id), ..lue.value.annonce }).collect())
}

/// What was announced of the person's appointments, in the same way.
///
/// # Errors
/// The right, the store.
pub async fn annonces_rendez_vous_de<D: Droit>(dossier: &DossierOuvert<D>) -> Resultat<Vec<AnnonceRendezVous>> {
    let lues = dossier.liste::<RendezVousGarde>(|query| query).await?;
    let motifs = motifs_de(dossier).await?;
    let tenues = lues.into_iter().filter(|lue| lue.retiree.is_none());
    Ok(tenues.map(|lue| AnnonceRendezVous { motif: motif(&motifs, lue.id), ..lue.value.annonce }).collect())
}

async fn motifs_de<D: Droit>(dossier: &DossierOuvert<D>) -> Resultat<Vec<Stored<MotifGarde>>> {
    if dossier.peut_lire(Categorie::Medical) { dossier.liste::<MotifGarde>(|query| query).await } else { Ok(Vec::new()) }
}

fn motif(motifs: &[Stored<MotifGarde>], annonce: Uuid) -> Option<String> {
    motifs.iter().find(|motif| motif.annonce == annonce).map(|motif| motif.motif.clone())
}
