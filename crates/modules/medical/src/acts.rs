//! What people do to the medical file.

use jiff::civil::Date;
use kernel::id::UsagerId;
use platform::acces::{Acte, DossierOuvert, Droit};
use platform::erreur::{Erreur, Resultat};
use platform::store::Stored;
use uuid::Uuid;

use crate::rights::EcrireMedical;
use crate::{Code, Consignes, Element, Etat, Origine};

/// Writes an entry: a new one, or what changes in a known one. Nothing when nothing changed.
pub(crate) async fn ecrire(
    dossier: &DossierOuvert<EcrireMedical>,
    (id, lu): (Uuid, Option<Stored<Element>>),
    nouveau: Element,
    version: i64,
) -> Resultat<()> {
    let Some(lu) = lu else {
        let mut acte = dossier.acte("medical.ecrit").detail("famille", nouveau.nature.code());
        acte.create(id, &nouveau);
        return dossier.commit(acte).await;
    };
    // The form holds a code of the CIM-10 only: that of a drug, copied from a document, stays while the words do.
    let repris = lu.code.clone().filter(|code| code.systeme != Code::CIM10 && lu.libelle == nouveau.libelle);
    let code = nouveau.code.clone().or(repris);
    let corrige = Element { note_le: lu.note_le, origine: lu.origine.clone(), etat: lu.etat.clone(), code, ..nouveau };
    if corrige == lu.value {
        return Ok(());
    }
    if lu.version != version {
        return Err(Erreur::Conflit);
    }
    let mut acte = dossier.acte("medical.corrige").detail("famille", corrige.nature.code());
    acte.update(&lu, &corrige);
    dossier.commit(acte).await
}

/// How an entry stops holding.
pub(crate) enum Fin {
    /// It was true until then.
    Termine(Date),
    /// It was never true.
    Annule,
    /// It holds again: the end was a mistake.
    Reprise,
}

/// Ends an entry, annuls it, or takes that back.
pub(crate) async fn finir(
    dossier: &DossierOuvert<EcrireMedical>,
    lu: &Stored<Element>,
    (fin, motif): (Fin, String),
    version: i64,
) -> Resultat<()> {
    let (verbe, etat) = match fin {
        Fin::Termine(le) => ("medical.termine", Etat::Termine { le, motif }),
        Fin::Annule => ("medical.annule", Etat::Annule { motif }),
        Fin::Reprise => ("medical.repris", Etat::EnVigueur),
    };
    if lu.etat == etat {
        return Ok(());
    }
    if lu.version != version {
        return Err(Erreur::Conflit);
    }
    let mut acte = dossier.acte(verbe).detail("famille", lu.nature.code());
    acte.update(lu, &Element { etat, ..lu.value.clone() });
    dossier.commit(acte).await
}

/// Writes the sheet of instructions.
pub(crate) async fn ecrire_consignes(
    dossier: &DossierOuvert<EcrireMedical>,
    lues: Option<Stored<Consignes>>,
    nouvelles: &Consignes,
    version: i64,
) -> Resultat<()> {
    if lues.as_ref().map_or(0, |lues| lues.version) != version {
        return Err(Erreur::Conflit);
    }
    let mut acte = dossier.acte("medical.consignes_ecrites");
    match &lues {
        Some(lues) if lues.value == *nouvelles => return Ok(()),
        Some(lues) => acte.update(lues, nouvelles),
        None => acte.create(Consignes::id(dossier.usager()), nouvelles),
    }
    dossier.commit(acte).await
}

/// Adds to an act the entry a person accepts from a document; nothing when the same line was accepted before.
///
/// # Errors
/// The right, the store.
pub async fn accepter<D: Droit>(dossier: &DossierOuvert<D>, acte: &mut Acte, element: &Element) -> Resultat<()> {
    let Origine::Document { document, repere } = &element.origine else {
        return Err(Erreur::Panne("an entry accepted from a document names it".into()));
    };
    let usager: UsagerId = dossier.usager();
    let id = Element::id_de_document(usager, *document, repere);
    if dossier.lire::<Element>(id).await?.is_none() {
        acte.create(id, element);
    }
    Ok(())
}

/// Adds to an act the end of an entry: a treatment stopped in hospital, or told otherwise by a letter a person accepted. Nothing
/// when it does not hold any more.
pub fn terminer(acte: &mut Acte, lu: &Stored<Element>, le: Date, motif: &str) {
    if lu.en_vigueur() {
        acte.update(lu, &Element { etat: Etat::Termine { le, motif: motif.to_owned() }, ..lu.value.clone() });
    }
}

/// Adds to an act the entry taken over from another record (F013); gives whether something is written.
///
/// An entry taken over before follows what changed in the other record as long as nobody of this one touched it: its
/// author is still who takes over. One written by mistake is never taken over.
///
/// # Errors
/// The right, the store.
pub async fn reprendre<D: Droit>(dossier: &DossierOuvert<D>, acte: &mut Acte, element: &Element) -> Resultat<bool> {
    let Origine::Reprise { source, .. } = &element.origine else {
        return Err(Erreur::Panne("an entry taken over names where from".into()));
    };
    let id = Element::id_de_reprise(dossier.usager(), source);
    let Some(connu) = dossier.lire::<Element>(id).await? else {
        let juste = !matches!(element.etat, Etat::Annule { .. });
        if juste {
            acte.create(id, element);
        }
        return Ok(juste);
    };
    let suivi = Element { origine: connu.origine.clone(), ..element.clone() };
    let intact = connu.author == dossier.contexte().acteur.compte.0;
    let change = intact && suivi != connu.value;
    if change {
        acte.update(&connu, &suivi);
    }
    Ok(change)
}
