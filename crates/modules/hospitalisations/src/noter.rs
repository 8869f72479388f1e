//! Noting what a message announces: everything of a message in one act, once; nothing of our own stay or identity is changed.

use jiff::Timestamp;
use kernel::id::EtablissementId;
use platform::acces::{Acte, DossierOuvert};
use platform::erreur::{Erreur, Resultat};
use platform::store::Stored;
use uuid::Uuid;

use crate::annonce::{Annonce, Hopital};
use crate::records::{
    AnnonceGardee, AvisIdentite, Conclusion, EcartIdentite, MessageNote, MotifGarde, NumeroHopital, RendezVousGarde,
};
use crate::rendez_vous::AnnonceRendezVous;
use crate::rights::NoterHospitalisations;

/// A number of the person in a hospital, and the one which replaced it, if it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numero {
    /// Who gave it.
    pub autorite: String,
    /// The number.
    pub numero: String,
    /// The number which replaces it.
    pub remplace_par: Option<String>,
}

/// What one message announces.
#[derive(Debug, Clone)]
pub struct Lot {
    /// What tells the message from the others of its sender.
    pub cle: String,
    /// Digest of its bytes.
    pub empreinte: String,
    /// The reception it came from.
    pub source: Uuid,
    /// Which hospital.
    pub hopital: Hopital,
    /// Of stays.
    pub annonces: Vec<Annonce>,
    /// Of appointments.
    pub rendez_vous: Vec<AnnonceRendezVous>,
    /// Numbers of the person there.
    pub numeros: Vec<Numero>,
    /// What its identity says otherwise than ours.
    pub ecarts: Vec<EcartIdentite>,
    /// What is done of it, in words.
    pub suite: String,
}

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// Noted now.
    Neuf,
    /// Another resident bears one of its numbers: nothing was noted.
    NumeroPris,
}

/// Notes a message; the caller looked first whether it was noted already ([`deja_note`]).
///
/// # Errors
/// `Conflit` when it is being noted by somebody else at this instant; the store.
pub async fn noter(dossier: &DossierOuvert<NoterHospitalisations>, lot: &Lot, now: Timestamp) -> Resultat<Note> {
    let etablissement = dossier.etablissement().ok_or(Erreur::Introuvable)?;
    let usager = dossier.usager();
    let id = MessageNote::id(usager, &lot.cle);
    let mut acte = dossier.acte("hospitalisations.note").detail("hopital", lot.hopital.nom.clone());
    for (rang, annonce) in lot.annonces.iter().enumerate() {
        garder_annonce(&mut acte, (dossier, etablissement), kernel::id::derived(id, &format!("annonce/{rang}")), annonce);
    }
    for (rang, annonce) in lot.rendez_vous.iter().enumerate() {
        garder_rendez_vous(&mut acte, (dossier, etablissement), kernel::id::derived(id, &format!("rendez-vous/{rang}")), annonce);
    }
    let numeros = noter_numeros(dossier, &mut acte, (etablissement, lot)).await?;
    let avis = noter_ecarts(dossier, &mut acte, (etablissement, lot), now).await?;
    let note = MessageNote {
        usager,
        etablissement,
        empreinte: lot.empreinte.clone(),
        suite: lot.suite.clone(),
        a_change: numeros || avis || !lot.annonces.is_empty() || !lot.rendez_vous.is_empty(),
        source: lot.source,
        retire: None,
    };
    acte.create(id, &note);
    match dossier.commit(acte).await {
        Err(Erreur::DejaPris(_)) => Ok(Note::NumeroPris),
        autre => autre.map(|()| Note::Neuf),
    }
}

type Ou<'a> = (&'a DossierOuvert<NoterHospitalisations>, EtablissementId);

fn garder_annonce(acte: &mut Acte, (dossier, etablissement): Ou<'_>, id: Uuid, annonce: &Annonce) {
    let usager = dossier.usager();
    let sans_motif = Annonce { motif: None, ..annonce.clone() };
    acte.create(id, &AnnonceGardee { usager, etablissement, annonce: sans_motif, retiree: None });
    garder_motif(acte, (dossier, etablissement), id, annonce.motif.as_ref());
}

fn garder_rendez_vous(acte: &mut Acte, (dossier, etablissement): Ou<'_>, id: Uuid, annonce: &AnnonceRendezVous) {
    let usager = dossier.usager();
    let sans_motif = AnnonceRendezVous { motif: None, ..annonce.clone() };
    acte.create(id, &RendezVousGarde { usager, etablissement, annonce: sans_motif, retiree: None });
    garder_motif(acte, (dossier, etablissement), id, annonce.motif.as_ref());
}

fn garder_motif(acte: &mut Acte, (dossier, etablissement): Ou<'_>, annonce: Uuid, motif: Option<&String>) {
    let Some(motif) = motif else { return };
    let garde = MotifGarde { usager: dossier.usager(), etablissement, annonce, motif: motif.clone() };
    acte.create(kernel::id::derived(annonce, "motif"), &garde);
}

/// Numbers are added or marked as replaced, never removed; true when something was written.
async fn noter_numeros(
    dossier: &DossierOuvert<NoterHospitalisations>,
    acte: &mut Acte,
    (etablissement, lot): (EtablissementId, &Lot),
) -> Resultat<bool> {
    let usager = dossier.usager();
    let mut ecrit = false;
    for numero in &lot.numeros {
        let id = NumeroHopital::id(usager, &numero.autorite, &numero.numero);
        let connu: Option<Stored<NumeroHopital>> = dossier.lire(id).await?;
        let nouveau = NumeroHopital {
            usager,
            etablissement,
            autorite: numero.autorite.clone(),
            numero: numero.numero.clone(),
            hopital: lot.hopital.clone(),
            remplace_par: numero.remplace_par.clone(),
            source: Some(lot.source),
            retire: None,
        };
        match connu {
            None => acte.create(id, &nouveau),
            // Said again after it was taken back, or replaced since: its next version.
            Some(lu) if lu.retire.is_some() || (numero.remplace_par.is_some() && lu.remplace_par != numero.remplace_par) => {
                acte.update(&lu, &nouveau);
            }
            Some(_) => continue,
        }
        ecrit = true;
    }
    Ok(ecrit)
}

/// A difference already waiting for somebody is not told twice; true when one was written.
async fn noter_ecarts(
    dossier: &DossierOuvert<NoterHospitalisations>,
    acte: &mut Acte,
    (etablissement, lot): (EtablissementId, &Lot),
    now: Timestamp,
) -> Resultat<bool> {
    if lot.ecarts.is_empty() {
        return Ok(false);
    }
    let connus = dossier.liste::<AvisIdentite>(|query| query).await?;
    let dit = |avis: &Stored<AvisIdentite>| avis.hopital.cle == lot.hopital.cle && avis.ecarts == lot.ecarts;
    if connus.iter().any(dit) {
        return Ok(false);
    }
    let avis = AvisIdentite {
        usager: dossier.usager(),
        etablissement,
        hopital: lot.hopital.clone(),
        ecarts: lot.ecarts.clone(),
        note_le: now,
        source: Some(lot.source),
        conclusion: None,
    };
    acte.create(kernel::id::derived(MessageNote::id(dossier.usager(), &lot.cle), "avis"), &avis);
    Ok(true)
}

/// What was done of a message of this key for this person, if it was noted.
///
/// # Errors
/// The store.
pub async fn deja_note(dossier: &DossierOuvert<NoterHospitalisations>, cle: &str) -> Resultat<Option<MessageNote>> {
    let lu = dossier.lire::<MessageNote>(MessageNote::id(dossier.usager(), cle)).await?;
    Ok(lu.map(|lu| lu.value))
}

/// Takes back all that came with a reception: it was about somebody else. Nothing is erased.
///
/// # Errors
/// `Introuvable` when nothing of this reception is in the record; the store.
pub async fn retirer(dossier: &DossierOuvert<NoterHospitalisations>, source: Uuid, motif: &str) -> Resultat<()> {
    let mut acte = dossier.acte("hospitalisations.retire");
    let mut trouve = false;
    for lu in dossier.liste::<MessageNote>(|query| query).await?.iter().filter(|lu| lu.source == source && lu.retire.is_none()) {
        acte.update(lu, &MessageNote { retire: Some(motif.to_owned()), ..lu.value.clone() });
        trouve = true;
    }
    for lu in dossier.liste::<AnnonceGardee>(|query| query).await?.iter().filter(|lu| lu.annonce.source == Some(source)) {
        acte.update(lu, &AnnonceGardee { retiree: Some(motif.to_owned()), ..lu.value.clone() });
    }
    for lu in dossier.liste::<RendezVousGarde>(|query| query).await?.iter().filter(|lu| lu.annonce.source == Some(source)) {
        acte.update(lu, &RendezVousGarde { retiree: Some(motif.to_owned()), ..lu.value.clone() });
    }
    if !trouve {
        return Err(Erreur::Introuvable);
    }
    retirer_identite(dossier, &mut acte, source, motif).await?;
    dossier.commit(acte).await
}

/// Numbers and notices of a reception, when the person may read the identity; otherwise they stay for those who may.
async fn retirer_identite(
    dossier: &DossierOuvert<NoterHospitalisations>,
    acte: &mut Acte,
    source: Uuid,
    motif: &str,
) -> Resultat<()> {
    if !dossier.peut_lire(platform::acces::Categorie::Identite) {
        return Ok(());
    }
    for lu in dossier.liste::<NumeroHopital>(|query| query).await?.iter().filter(|lu| lu.source == Some(source)) {
        acte.update(lu, &NumeroHopital { retire: Some(motif.to_owned()), ..lu.value.clone() });
    }
    let avis = dossier.liste::<AvisIdentite>(|query| query).await?;
    for lu in avis.iter().filter(|lu| lu.source == Some(source) && lu.conclusion.is_none()) {
        let conclusion = Conclusion { par: dossier.contexte().acteur.nom.clone(), note: motif.to_owned() };
        acte.update(lu, &AvisIdentite { conclusion: Some(conclusion), ..lu.value.clone() });
    }
    Ok(())
}
