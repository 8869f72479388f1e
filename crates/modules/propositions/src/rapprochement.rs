//! Lines of a document beside what the record says: already known, new, changed, stopped. Pure.
//!
//! Two things are the same when they have a code in common, or the same words once folded; treatments also when the words
//! before the first number are the same (« Apixaban 2,5 mg », « APIXABAN 5 mg cp »). It only puts lines side by side: a person
//! decides. When several treatments of the record could be meant, none is.

use jiff::civil::Date;
use kernel::texte::plier;
use medical::{Element, Etat as EtatElement, Nature, Origine};
use platform::store::Stored;
use usagers::Allergies;
use uuid::Uuid;

use crate::ligne::{Famille, Ligne};
use crate::model::Proposition;

/// The words without accents, capitals nor punctuation.
fn cle(texte: &str) -> String {
    let plie: String = plier(texte).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    plie.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The name of a drug: its words before the first one which holds a digit.
fn nom_du_produit(libelle: &str) -> String {
    let cle = cle(libelle);
    let mots = cle.split(' ').take_while(|mot| !mot.chars().any(|c| c.is_ascii_digit()));
    mots.collect::<Vec<_>>().join(" ")
}

fn meme_code(ligne: &Ligne, element: &Element) -> bool {
    element.code.as_ref().is_some_and(|code| ligne.codes.iter().any(|un| un.systeme == code.systeme && un.code == code.code))
}

fn meme_chose(ligne: &Ligne, element: &Element) -> bool {
    meme_code(ligne, element) || cle(&ligne.libelle) == cle(&element.libelle)
}

fn meme_texte(un: &str, autre: &str) -> bool {
    cle(un) == cle(autre)
}

/// What the record knew before the document, told apart from what was accepted from it.
#[derive(Debug, Clone, Copy)]
pub struct Connaissances<'a> {
    /// The medical file.
    pub elements: &'a [Stored<Element>],
    /// Allergies, when they may be read and were written.
    pub allergies: Option<&'a Allergies>,
}

/// Who in the record says a line already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deja {
    /// An entry of the medical file.
    Entree(Uuid),
    /// The list of allergies.
    Allergies,
}

/// What in the record says this line already, with the same date where the date makes the thing (result, vaccination), with the
/// same dosage for a treatment.
pub fn deja(ligne: &Ligne, connu: Connaissances<'_>) -> Option<Deja> {
    if ligne.famille == Famille::Allergie {
        let Some(Allergies::Connues { liste }) = connu.allergies else { return None };
        return liste.iter().any(|une| meme_texte(&une.agent, &ligne.libelle)).then_some(Deja::Allergies);
    }
    let nature = ligne.famille.nature()?;
    let dit = connu.elements.iter().find(|lu| lu.nature == nature && dit_deja(ligne, &lu.value))?;
    Some(Deja::Entree(dit.id))
}

fn dit_deja(ligne: &Ligne, element: &Element) -> bool {
    if matches!(element.etat, EtatElement::Annule { .. }) || !meme_chose(ligne, element) {
        return false;
    }
    match ligne.famille {
        Famille::TraitementArrete => !element.en_vigueur(),
        famille if famille.est_traitement() => element.en_vigueur() && meme_texte(&ligne.detail, &element.detail),
        Famille::Resultat => ligne.debut == element.debut && meme_texte(&ligne.detail, &element.detail),
        Famille::Vaccination => ligne.debut == element.debut,
        Famille::Dispositif => meme_texte(&ligne.detail, &element.detail),
        _ => true,
    }
}

/// What the letter changes of a treatment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The same drug, said otherwise: dose, moments, form.
    Change,
    /// The record did not have it.
    Nouveau,
    /// Stopped in hospital.
    Arrete,
    /// Taken on admission, absent from the discharge.
    AdmissionSeule,
    /// The record has it, the letter says nothing of it.
    NonCite,
    /// The same on both sides.
    Inchange,
}

/// One treatment: before hospital, in the letter, now.
#[derive(Debug, Clone)]
pub struct Rangee<'a> {
    /// What the record had.
    pub avant: Option<&'a Stored<Element>>,
    /// What the document says of it, in its order.
    pub lignes: Vec<&'a Stored<Proposition>>,
    /// What the letter changes.
    pub verdict: Verdict,
}

/// True for a treatment the record had when the document came: in force, or ended since by who reconciled.
fn etait_la(element: &Element, documents: &[Uuid], lue_le: Date) -> bool {
    let de_la_lettre = matches!(&element.origine, Origine::Document { document, .. } if documents.contains(document));
    let vivant = match &element.etat {
        EtatElement::EnVigueur => true,
        EtatElement::Termine { le, .. } => *le >= lue_le,
        EtatElement::Annule { .. } => false,
    };
    element.nature == Nature::Traitement && !de_la_lettre && vivant
}

/// The only treatment of the record a line can mean.
pub fn pareil<'a>(ligne: &Ligne, avant: &[&'a Stored<Element>]) -> Option<&'a Stored<Element>> {
    let seul = |trouves: Vec<&'a Stored<Element>>| if let [un] = trouves.as_slice() { Some(*un) } else { None };
    let exacts: Vec<_> = avant.iter().copied().filter(|lu| meme_chose(ligne, lu)).collect();
    if !exacts.is_empty() {
        return seul(exacts);
    }
    let nom = nom_du_produit(&ligne.libelle);
    seul(avant.iter().copied().filter(|lu| !nom.is_empty() && nom_du_produit(&lu.libelle) == nom).collect())
}

/// The treatments of the record and of documents, line by line; what changes first.
pub fn rangees<'a>(
    elements: &'a [Stored<Element>],
    lignes: &[&'a Stored<Proposition>],
    documents: &[Uuid],
    lue_le: Date,
) -> Vec<Rangee<'a>> {
    let avant: Vec<&Stored<Element>> = elements.iter().filter(|lu| etait_la(lu, documents, lue_le)).collect();
    let mut rangees: Vec<Rangee<'a>> = Vec::new();
    for ligne in lignes.iter().copied().filter(|lu| lu.ligne.famille.est_traitement()) {
        let connu = pareil(&ligne.ligne, &avant);
        let ou = rangees.iter_mut().find(|rangee| match (rangee.avant, connu) {
            (Some(un), Some(autre)) => un.id == autre.id,
            (None, None) => rangee.lignes.first().is_some_and(|un| meme_produit(&un.ligne, &ligne.ligne)),
            _ => false,
        });
        match ou {
            Some(rangee) => rangee.lignes.push(ligne),
            None => rangees.push(Rangee { avant: connu, lignes: vec![ligne], verdict: Verdict::Nouveau }),
        }
    }
    let cites: Vec<Uuid> = rangees.iter().filter_map(|rangee| rangee.avant.map(|lu| lu.id)).collect();
    let oublies = avant.iter().filter(|lu| !cites.contains(&lu.id));
    rangees.extend(oublies.map(|lu| Rangee { avant: Some(*lu), lignes: Vec::new(), verdict: Verdict::NonCite }));
    let sortie = lignes.iter().any(|lu| lu.ligne.famille == Famille::TraitementSortie);
    for rangee in &mut rangees {
        rangee.verdict = verdict(rangee, sortie);
    }
    rangees.sort_by_key(|rangee| (rangee.verdict, rangee.lignes.first().map(|lu| cle(&lu.ligne.libelle))));
    rangees
}

fn meme_produit(une: &Ligne, autre: &Ligne) -> bool {
    let nom = nom_du_produit(&une.libelle);
    une.codes.iter().any(|code| autre.codes.contains(code)) || (!nom.is_empty() && nom == nom_du_produit(&autre.libelle))
}

fn verdict(rangee: &Rangee<'_>, sortie: bool) -> Verdict {
    let de = |famille| rangee.lignes.iter().filter(move |lu| lu.ligne.famille == famille);
    if rangee.lignes.is_empty() {
        return Verdict::NonCite;
    }
    let admission = de(Famille::TraitementAdmission).count();
    let prises: Vec<_> = rangee
        .lignes
        .iter()
        .filter(|lu| {
            lu.ligne.famille != Famille::TraitementArrete && (!sortie || lu.ligne.famille != Famille::TraitementAdmission)
        })
        .collect();
    match (prises.last(), rangee.avant) {
        (Some(_), None) => Verdict::Nouveau,
        (Some(prise), Some(avant)) if meme_chose(&prise.ligne, avant) && meme_texte(&prise.ligne.detail, &avant.detail) => {
            Verdict::Inchange
        }
        (Some(_), Some(_)) => Verdict::Change,
        (None, _) if de(Famille::TraitementArrete).count() > 0 => Verdict::Arrete,
        (None, _) if admission > 0 => Verdict::AdmissionSeule,
        (None, _) => Verdict::NonCite,
    }
}
