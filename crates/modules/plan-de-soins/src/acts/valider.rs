//! Saying what became of one time of one act; two words about the same time are both kept (INV-06).

use constantes::Constante;
use jiff::{SignedDuration, Timestamp};
use platform::acces::{Acces, Acte, DossierOuvert};
use platform::erreur::{Erreur, Resultat};
use platform::store::Stored;
use sejours::Sejour;
use uuid::Uuid;

use super::releve::releve;
use super::signataire;
use crate::absences::est_dehors;
use crate::cle::Cle;
use crate::mesures::{MesureLue, connues, constantes_de};
use crate::plan::{Plan, SoinPrevu};
use crate::rights::ValiderSoins;
use crate::tour::fuseau;
use crate::validation::{FaitSource, Issue, Report, Validation};
use crate::verification::{AVerifier, NatureEcart};

/// What is said of one time of one act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saisie {
    /// Made by whoever does it: the same id is the same word.
    pub id: Uuid,
    /// The planned act.
    pub soin: Uuid,
    /// Which time.
    pub occurrence: Cle,
    /// Outcome.
    pub issue: Issue,
    /// When it was done.
    pub fait_le: Timestamp,
    /// How the hour is known.
    pub fait_source: FaitSource,
    /// When it was entered.
    pub saisi_le: Timestamp,
    /// Part of a grouped validation.
    pub groupe: bool,
    /// With whom.
    pub avec: Option<String>,
    /// Free note.
    pub note: String,
    /// Values measured with it.
    pub mesures: Vec<MesureLue>,
    /// The tablet's clock was doubtful.
    pub heure_a_confirmer: bool,
    /// Entered without network.
    pub hors_ligne: bool,
}

impl Saisie {
    /// A tap: done, now.
    pub fn maintenant(id: Uuid, soin: Uuid, occurrence: Cle, now: Timestamp) -> Self {
        Self {
            id,
            soin,
            occurrence,
            issue: Issue::Fait,
            fait_le: now,
            fait_source: FaitSource::Maintenant,
            saisi_le: now,
            groupe: false,
            avec: None,
            note: String::new(),
            mesures: Vec::new(),
            heure_a_confirmer: false,
            hors_ligne: false,
        }
    }
}

/// What became of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effet {
    /// Written.
    Ecrite,
    /// Was written before: the same word sent again.
    Deja,
    /// Written beside the word of a colleague who said the same.
    AussiValide(String),
    /// Written and raised: somebody must decide.
    AVerifier(NatureEcart),
}

/// The note longest kept, characters.
pub const NOTE_MAX: u32 = 500;

/// How much later than now an act may be said to be done: clocks of tablets differ a little.
const AVANCE_MAX: SignedDuration = SignedDuration::from_mins(5);

/// Says what became of one time of an act.
///
/// # Errors
/// A refusal when the act was never in the plan of this person (INV-12) or the hour is to come.
pub async fn valider(acces: &Acces<ValiderSoins>, dossier: &DossierOuvert<ValiderSoins>, saisie: Saisie) -> Resultat<Effet> {
    controler(acces.now(), &saisie)?;
    let plan: Stored<Plan> = dossier.lire(Plan::id(dossier.usager())).await?.ok_or_else(inconnu)?;
    let ligne = plan.ligne(saisie.soin).ok_or_else(inconnu)?;
    let mut validation = validation(acces, dossier, ligne, &saisie);
    let mut ecart = None;
    if !saisie.occurrence.est_libre() && ligne.occurrence(&saisie.occurrence, &fuseau()).is_none() {
        validation.hors_plan = true;
        let arret = ligne.arret.as_ref();
        let contexte = arret.map_or_else(
            || "Ce soin n'est pas prévu à cette heure.".to_owned(),
            |arret| {
                format!("Soin arrêté le {} par {} : {}", kernel::dates::date_heure(arret.le, &fuseau()), arret.par, arret.motif)
            },
        );
        ecart = Some((NatureEcart::HorsPlan, contexte));
    } else if validation.issue.est_fait()
        && let Some(contexte) = absence(dossier, validation.fait_le).await?
    {
        ecart = Some((NatureEcart::PersonneAbsente, contexte));
    }
    let constantes = if saisie.mesures.is_empty() {
        Vec::new()
    } else {
        constantes_de(dossier, &saisie, &validation.par, &connues(dossier).await?)
    };
    ecrire(acces, dossier, Parole { id: saisie.id, validation, constantes, ecart }).await
}

fn inconnu() -> Erreur {
    Erreur::Demande("Ce soin n'a jamais été au plan de cette personne. Rien n'a été enregistré : vérifiez le résident.".into())
}

fn controler(now: Timestamp, saisie: &Saisie) -> Resultat<()> {
    let limite = now.checked_add(AVANCE_MAX).unwrap_or(now);
    if saisie.fait_le > limite {
        return Err(Erreur::Demande("L'heure indiquée n'est pas encore passée. Indiquez l'heure réelle du soin.".into()));
    }
    if saisie.note.chars().count() > NOTE_MAX as usize {
        return Err(Erreur::Demande(format!(
            "La note dépasse {NOTE_MAX} caractères. Raccourcissez-la ou écrivez une transmission."
        )));
    }
    if let Issue::Reporte { a, .. } = saisie.issue
        && a <= saisie.fait_le
    {
        return Err(Erreur::Demande("La nouvelle heure doit suivre l'heure présente.".into()));
    }
    Ok(())
}

/// The record of a word, before anything is known of what others said.
pub(crate) fn validation(
    acces: &Acces<ValiderSoins>,
    dossier: &DossierOuvert<ValiderSoins>,
    ligne: &SoinPrevu,
    saisie: &Saisie,
) -> Validation {
    Validation {
        usager: dossier.usager(),
        etablissement: dossier.etablissement().unwrap_or(kernel::id::EtablissementId(Uuid::nil())),
        unite: dossier.unite(),
        soin: saisie.soin,
        libelle: ligne.libelle.clone(),
        occurrence: saisie.occurrence.clone(),
        issue: saisie.issue.clone(),
        fait_le: saisie.fait_le,
        saisi_le: saisie.saisi_le,
        fait_source: saisie.fait_source,
        groupe: saisie.groupe,
        avec: saisie.avec.clone(),
        note: saisie.note.clone(),
        par: signataire(acces),
        hors_plan: false,
        heure_a_confirmer: saisie.heure_a_confirmer,
        hors_ligne: saisie.hors_ligne,
        annule: None,
        correction: None,
        remplace: None,
        double_de: None,
    }
}

/// Words about an absence which was already known when the act is said to be done.
async fn absence(dossier: &DossierOuvert<ValiderSoins>, fait_le: Timestamp) -> Resultat<Option<String>> {
    if !dossier.lien().is_some_and(|lien| est_dehors(lien.etat)) {
        return Ok(None);
    }
    let sejours: Vec<Stored<Sejour>> = dossier.liste(|query| query).await?;
    let parti = sejours.iter().find(|sejour| est_dehors(sejour.etat) && sejour.parti_le.is_none_or(|le| le <= fait_le));
    Ok(parti.map(|sejour| {
        let depuis =
            sejour.parti_le.map(|le| format!(" depuis le {}", kernel::dates::date_heure(le, &fuseau()))).unwrap_or_default();
        format!("La personne est notée « {} »{depuis}.", sejour.etat.libelle())
    }))
}

/// A word ready to be written: its record, the values measured with it, why it is to be raised.
struct Parole {
    id: Uuid,
    validation: Validation,
    constantes: Vec<(Uuid, Constante)>,
    ecart: Option<(NatureEcart, String)>,
}

impl Parole {
    fn poser(&self, acte: &mut Acte) {
        poser(acte, self.id, &self.validation);
        for (id, constante) in &self.constantes {
            acte.create(*id, constante);
        }
    }
}

async fn ecrire(acces: &Acces<ValiderSoins>, dossier: &DossierOuvert<ValiderSoins>, mut parole: Parole) -> Resultat<Effet> {
    let mut acte = dossier.acte("soin.valide");
    parole.poser(&mut acte);
    if let Some((nature, contexte)) = &parole.ecart {
        acte.create(AVerifier::id(parole.id), &releve(*nature, contexte, &[(parole.id, &parole.validation)], acces.now()));
    }
    match dossier.commit(acte).await {
        Ok(()) => Ok(parole.ecart.map_or(Effet::Ecrite, |(nature, _)| Effet::AVerifier(nature))),
        Err(Erreur::DejaPris(_)) => {
            let Some(premiere) = premiere(dossier, &parole.validation).await? else { return Err(Erreur::Conflit) };
            parole.validation.double_de = Some(premiere.id);
            doubler(acces, dossier, parole, &premiere).await
        }
        Err(Erreur::Conflit) => repetee(dossier, parole.id, &parole.validation).await,
        Err(erreur) => Err(erreur),
    }
}

/// Writes the second word beside the first, and raises the pair when they differ.
async fn doubler(
    acces: &Acces<ValiderSoins>,
    dossier: &DossierOuvert<ValiderSoins>,
    parole: Parole,
    premiere: &Stored<Validation>,
) -> Resultat<Effet> {
    let mut acte = dossier.acte("soin.valide_aussi");
    parole.poser(&mut acte);
    let Parole { id, validation, ecart, .. } = parole;
    let difference = !premiere.issue.meme(&validation.issue);
    let nature = ecart.or_else(|| difference.then(|| (NatureEcart::IssuesDifferentes, String::new())));
    if let Some((nature, contexte)) = &nature {
        acte.create(
            AVerifier::id(id),
            &releve(*nature, contexte, &[(premiere.id, &premiere.value), (id, &validation)], acces.now()),
        );
    }
    match dossier.commit(acte).await {
        Ok(()) => Ok(nature.map_or_else(|| Effet::AussiValide(premiere.par.nom.clone()), |(nature, _)| Effet::AVerifier(nature))),
        Err(Erreur::Conflit) => repetee(dossier, id, &validation).await,
        Err(erreur) => Err(erreur),
    }
}

/// Puts a word, and the time it comes back at when it puts the act off.
pub(crate) fn poser(acte: &mut Acte, id: Uuid, validation: &Validation) {
    acte.create(id, validation);
    if let Some((report_id, report)) = report(id, validation) {
        acte.create(report_id, &report);
    }
}

/// The return of an act which is put off.
pub(crate) fn report(id: Uuid, validation: &Validation) -> Option<(Uuid, Report)> {
    let Issue::Reporte { a, .. } = validation.issue else { return None };
    let occurrence = validation.occurrence.reportee(fuseau().to_datetime(a));
    let report = Report {
        usager: validation.usager,
        etablissement: validation.etablissement,
        unite: validation.unite,
        validation: id,
        soin: validation.soin,
        occurrence: occurrence.clone(),
        a,
        annule: !validation.compte(),
    };
    Some((Report::id(id, &occurrence), report))
}

/// The word which holds the key of this time.
async fn premiere(dossier: &DossierOuvert<ValiderSoins>, validation: &Validation) -> Resultat<Option<Stored<Validation>>> {
    let autres = memes(dossier, validation).await?;
    Ok(autres.into_iter().find(|autre| autre.cle_unique().is_some()))
}

/// Every word about this time which still counts.
pub(crate) async fn memes<D: platform::acces::Droit>(
    dossier: &DossierOuvert<D>,
    validation: &Validation,
) -> Resultat<Vec<Stored<Validation>>> {
    let depuis = validation.occurrence.due(&fuseau()).min(validation.fait_le).checked_sub(SignedDuration::from_hours(72));
    let depuis = depuis.unwrap_or(Timestamp::MIN);
    let mut autres: Vec<Stored<Validation>> = dossier.liste(|query| query.since(depuis)).await?;
    autres.retain(|autre| autre.soin == validation.soin && autre.occurrence == validation.occurrence && autre.compte());
    Ok(autres)
}

/// The same id was written before: the same word sent again is a success, another one a visible conflict (INV-05).
async fn repetee(dossier: &DossierOuvert<ValiderSoins>, id: Uuid, validation: &Validation) -> Resultat<Effet> {
    match dossier.lire::<Validation>(id).await? {
        Some(connue) if connue.est_la_meme(validation) => Ok(Effet::Deja),
        _ => Err(Erreur::Conflit),
    }
}
