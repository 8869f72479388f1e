//! Correcting and annulling: a new version with its reason; the former stays readable (INV-09).

use jiff::{SignedDuration, Timestamp};
use platform::acces::{Acces, Acte, Categorie, DossierOuvert, Droit};
use platform::erreur::{Erreur, Resultat};
use platform::store::Stored;
use uuid::Uuid;

use super::signataire;
use super::valider::{memes, report};
use crate::rights::ValiderSoins;
use crate::validation::{Annulation, FaitSource, Issue, Report, Validation};

/// How long the author annuls without saying why: the « Annuler » shown after a tap.
pub const REMORDS: SignedDuration = SignedDuration::from_secs(60);

/// What is corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Outcome.
    pub issue: Issue,
    /// When it was done.
    pub fait_le: Timestamp,
    /// With whom.
    pub avec: Option<String>,
    /// Free note.
    pub note: String,
    /// Why.
    pub motif: String,
}

/// A validation of the opened record.
///
/// # Errors
/// `Introuvable` when it is not one of this person.
pub async fn trouver<D: Droit>(dossier: &DossierOuvert<D>, id: Uuid) -> Resultat<Stored<Validation>> {
    dossier.lire(id).await?.ok_or(Erreur::Introuvable)
}

fn autorise(acces: &Acces<ValiderSoins>, dossier: &DossierOuvert<ValiderSoins>, validation: &Validation) -> Resultat<()> {
    if validation.par.compte == acces.contexte().acteur.compte || dossier.peut_ecrire(Categorie::Medical) {
        return Ok(());
    }
    Err(Erreur::Demande(format!(
        "Cette saisie est celle de {}. Elle peut la corriger, ou l'infirmière et le cadre.",
        validation.par.complet()
    )))
}

/// Annuls a fact. Within a minute its author need not say why.
///
/// # Errors
/// A refusal when it is a colleague's, or when the reason is missing.
pub async fn annuler(acces: &Acces<ValiderSoins>, dossier: &DossierOuvert<ValiderSoins>, id: Uuid, motif: &str) -> Resultat<()> {
    let validation = trouver(dossier, id).await?;
    autorise(acces, dossier, &validation)?;
    if !validation.compte() {
        return Ok(());
    }
    let aussitot = acces.now().duration_since(validation.saisi_le) <= REMORDS;
    let motif = match motif.trim() {
        "" if aussitot => "annulé aussitôt",
        "" => return Err(Erreur::Demande("Indiquez pourquoi cette saisie est annulée.".into())),
        motif => motif,
    };
    let annulation = Annulation { par: signataire(acces).complet(), le: acces.now(), motif: motif.to_owned() };
    let mut acte = dossier.acte("soin.annule");
    retirer(dossier, &mut acte, &validation, annulation, &[]).await?;
    dossier.commit(acte).await
}

/// Annuls a fact within an act: what it put off no longer comes back; a second word takes its key.
///
/// `aussi` are facts the same act annuls or writes already.
pub(crate) async fn retirer<D: Droit>(
    dossier: &DossierOuvert<D>,
    acte: &mut Acte,
    validation: &Stored<Validation>,
    annulation: Annulation,
    aussi: &[Uuid],
) -> Resultat<()> {
    let mut nouvelle = validation.value.clone();
    nouvelle.annule = Some(annulation);
    acte.update(validation, &nouvelle);
    oublier_report(dossier, acte, validation).await?;
    if validation.cle_unique().is_none() {
        return Ok(());
    }
    let autres = memes(dossier, validation).await?;
    if let Some(suivante) = autres.iter().find(|autre| autre.double_de.is_some() && !aussi.contains(&autre.id)) {
        let mut premiere = suivante.value.clone();
        premiere.double_de = None;
        acte.update(suivante, &premiere);
    }
    Ok(())
}

async fn oublier_report<D: Droit>(dossier: &DossierOuvert<D>, acte: &mut Acte, validation: &Stored<Validation>) -> Resultat<()> {
    let Some((report_id, _)) = report(validation.id, validation) else { return Ok(()) };
    if let Some(connu) = dossier.lire::<Report>(report_id).await? {
        let annule = Report { annule: true, ..connu.value.clone() };
        acte.update(&connu, &annule);
    }
    Ok(())
}

/// Corrects a fact: same id, new version, with its reason.
///
/// # Errors
/// A refusal when it is a colleague's, annulled already, or the hour is to come.
pub async fn corriger(
    acces: &Acces<ValiderSoins>,
    dossier: &DossierOuvert<ValiderSoins>,
    id: Uuid,
    correction: Correction,
) -> Resultat<()> {
    let validation = trouver(dossier, id).await?;
    autorise(acces, dossier, &validation)?;
    if !validation.compte() {
        return Err(Erreur::Demande("Cette saisie a été annulée : tracez de nouveau le soin.".into()));
    }
    if correction.motif.trim().is_empty() {
        return Err(Erreur::Demande("Indiquez pourquoi cette saisie est corrigée.".into()));
    }
    if correction.fait_le > acces.now() {
        return Err(Erreur::Demande("L'heure indiquée n'est pas encore passée. Indiquez l'heure réelle du soin.".into()));
    }
    let mut nouvelle = validation.value.clone();
    if nouvelle.fait_le != correction.fait_le {
        nouvelle.fait_source = FaitSource::Choisi;
        nouvelle.heure_a_confirmer = false;
    }
    nouvelle.issue = correction.issue;
    nouvelle.fait_le = correction.fait_le;
    nouvelle.avec = correction.avec;
    nouvelle.note = correction.note;
    nouvelle.correction =
        Some(Annulation { par: signataire(acces).complet(), le: acces.now(), motif: correction.motif.trim().to_owned() });
    let mut acte = dossier.acte("soin.corrige");
    acte.update(&validation, &nouvelle);
    let (ancien, nouveau) = (report(id, &validation), report(id, &nouvelle));
    if ancien.as_ref().map(|(report, _)| report) != nouveau.as_ref().map(|(report, _)| report) {
        oublier_report(dossier, &mut acte, &validation).await?;
        if let Some((report_id, report)) = nouveau {
            match dossier.lire::<Report>(report_id).await? {
                Some(connu) => acte.update(&connu, &report),
                None => acte.create(report_id, &report),
            }
        }
    }
    dossier.commit(acte).await
}
