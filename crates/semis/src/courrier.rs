//! What hospitals sent the houses of the demonstration: received by the product as any file, a moment after it was sown.

mod lettre;
mod mouvement;

use demo::Recit;
use demo::recit::Resident;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use kernel::id::EtablissementId;
use serde::{Deserialize, Serialize};

use crate::ids::etablissement_id;
use crate::personnes::etablissement_de;
use crate::semeur::ErreurSemis;

/// The hospital of the story.
const HOPITAL: &str = "CHU de Val-Brumeux";
/// Its FINESS number, of no register.
const FINESS: &str = "9X9800001";
/// Whose mailbox letters come from.
const ADRESSE: &str = "geriatrie.secretariat@chu-val-brumeux.demo.mssante.fr";
/// A return this recent has a letter nobody looked at yet (days).
const RECENT: i64 = 40;
/// The house whose people the demonstration presents: letters come there.
const MAISON: usize = 0;

/// A file as it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recu {
    /// Code of the channel: `mllp`, `mssante`.
    pub canal: String,
    /// The house it is addressed to.
    pub etablissement: EtablissementId,
    /// Who sent it.
    pub emetteur: String,
    /// Its name.
    pub nom: String,
    /// Its content, which is text.
    pub texte: String,
}

/// What came, the oldest first: movements of who is in hospital, the letter of who came back last, and one about somebody whose
/// birth is written otherwise.
///
/// # Errors
/// When a letter cannot be written: the story does not fit the rules of documents.
pub fn courrier(now: Timestamp) -> Result<Vec<Recu>, ErreurSemis> {
    let recit = Recit::construire(now).map_err(|erreur| ErreurSemis::Recit(erreur.to_string()))?;
    let fuseau = kernel::clock::fuseau_par_defaut();
    let mut recus = Vec::new();
    let qualifies = || recit.residents.iter().enumerate().filter(|(_, resident)| resident.identite.statut == "qualifiee");
    for (_, resident) in qualifies() {
        if let Some(depart) = resident.absences.iter().find(|absence| est_hopital(absence.motif) && absence.fin.is_none()) {
            recus.extend(mouvement::entree(resident, depart.debut, &fuseau).into_iter().map(|texte| par_mllp(resident, texte)));
        }
    }
    let mut retours: Vec<(Timestamp, usize, &Resident)> = qualifies()
        .filter(|(_, resident)| etablissement_de(resident) == MAISON)
        .filter_map(|(rang, resident)| Some((retour(resident, now)?, rang, resident)))
        .filter(|(_, rang, _)| lettre::a_des_traitements(&recit, *rang))
        .collect();
    retours.sort_unstable_by_key(|(le, rang, _)| (*le, *rang));
    let Some((le, rang, resident)) = retours.pop() else { return Ok(recus) };
    recus.push(par_messagerie(resident, lettre::sortie(&recit, (rang, resident), (le, &fuseau), false)?));
    let autre = qualifies()
        .filter(|(autre, present)| *autre != rang && etablissement_de(present) == MAISON && present.absences.is_empty())
        .find(|(autre, _)| lettre::a_des_traitements(&recit, *autre));
    if let Some((autre, present)) = autre {
        recus.push(par_messagerie(present, lettre::sortie(&recit, (autre, present), (le, &fuseau), true)?));
    }
    Ok(recus)
}

fn est_hopital(motif: &str) -> bool {
    motif.starts_with("hospitalisation")
}

/// When the person last came back from hospital, if it is recent.
fn retour(resident: &Resident, now: Timestamp) -> Option<Timestamp> {
    let retours = resident.absences.iter().filter(|absence| est_hopital(absence.motif)).filter_map(|absence| absence.fin);
    retours.max().filter(|le| now.duration_since(*le).as_hours() < RECENT * 24)
}

fn par_mllp(resident: &Resident, texte: String) -> Recu {
    recu(resident, ("mllp", HOPITAL, "mouvement.hl7"), texte)
}

fn par_messagerie(resident: &Resident, texte: String) -> Recu {
    recu(resident, ("mssante", ADRESSE, "lettre-de-sortie.xml"), texte)
}

fn recu(resident: &Resident, (canal, emetteur, nom): (&str, &str, &str), texte: String) -> Recu {
    Recu {
        canal: canal.into(),
        etablissement: etablissement_id(etablissement_de(resident)),
        emetteur: emetteur.into(),
        nom: nom.into(),
        texte,
    }
}

/// As HL7 and CDA write instants, with the offset of the house.
fn instant(le: Timestamp, fuseau: &TimeZone) -> String {
    le.to_zoned(fuseau.clone()).strftime("%Y%m%d%H%M%S%z").to_string()
}

/// `AAAAMMJJ`.
fn jour(naissance: jiff::civil::Date) -> String {
    naissance.strftime("%Y%m%d").to_string()
}
