//! One line of care: the tick, how to do it, what was said of it.

use jiff::Timestamp;
use kernel::dates::heure_levee;
use kernel::id::CompteId;
use ui::ligne_soin::{EtatCoche, Geste, LigneSoin};
use ui::puces::Etat;

use crate::acts::corriger::REMORDS;
use crate::acts::releve::en_mots;
use crate::composition::{EtatSoin, SoinDuTour};
use crate::tour::fuseau;

/// How lines are drawn.
#[derive(Debug, Clone)]
pub(crate) struct Dessin {
    /// Who looks.
    pub(crate) compte: CompteId,
    /// Now.
    pub(crate) now: Timestamp,
    /// Where to come back.
    pub(crate) retour: String,
    /// May tick.
    pub(crate) peut_valider: bool,
    /// Every how-to is open.
    pub(crate) consignes: bool,
    /// An id for each tick.
    pub(crate) ids: std::sync::Arc<platform::Services>,
}

/// « fait 08:51 · S. V. », « depuis 08:30 »: state in words.
pub(crate) fn mention(soin: &SoinDuTour, now: Timestamp) -> (Etat, String) {
    let due = heure_levee(soin.due, &fuseau());
    if soin.a_verifier {
        return (Etat::ASurveiller, "à vérifier : deux saisies".to_owned());
    }
    let hors_plan = if soin.hors_plan && !soin.occurrence.est_libre() { " · hors plan" } else { "" };
    if let Some(principale) = soin.principale() {
        let fait = heure_levee(principale.fait_le, &fuseau());
        let saisi = if principale.est_tardive() {
            format!(", saisi {}", heure_levee(principale.saisi_le, &fuseau()))
        } else {
            String::new()
        };
        let aussi = soin.aussi().next().map(|autre| format!(" · aussi {}", autre.par.initiales())).unwrap_or_default();
        let etat = if principale.issue.est_fait() { Etat::Fait } else { Etat::Refuse };
        let mots = match soin.etat {
            EtatSoin::Fait | EtatSoin::FaitEnPartie => format!("{} {fait}{saisi}", principale.issue.libelle()),
            _ => format!("{}{saisi}", en_mots(&principale.issue)),
        };
        return (etat, format!("{mots} · {}{aussi}{hors_plan}", principale.par.initiales()));
    }
    match soin.etat {
        EtatSoin::PersonneAbsente => (Etat::Archive, "personne absente".to_owned()),
        EtatSoin::EnRetard => (Etat::EnRetard, depuis(soin, now)),
        EtatSoin::NonTrace => (Etat::EnRetard, format!("non tracé, prévu {due}")),
        _ if soin.occurrence.est_reportee() => (Etat::AFaire, format!("reporté à {due}")),
        _ => (Etat::AFaire, due),
    }
}

fn depuis(soin: &SoinDuTour, now: Timestamp) -> String {
    let heure = heure_levee(soin.due, &fuseau());
    let hier = kernel::dates::jour_local(soin.due, &fuseau()) < kernel::dates::jour_local(now, &fuseau());
    if hier { format!("depuis hier {heure}") } else { format!("depuis {heure}") }
}

fn coche(soin: &SoinDuTour, dessin: &Dessin) -> EtatCoche {
    match soin.etat {
        EtatSoin::Fait | EtatSoin::FaitEnPartie => EtatCoche::Fait,
        EtatSoin::Refuse | EtatSoin::Absent | EtatSoin::Reporte | EtatSoin::NonNecessaire => EtatCoche::Refuse,
        EtatSoin::PersonneAbsente => EtatCoche::Fermee,
        _ if !dessin.peut_valider => EtatCoche::Fermee,
        EtatSoin::EnRetard | EtatSoin::NonTrace => EtatCoche::EnRetard,
        EtatSoin::AVenir | EtatSoin::AFaire => EtatCoche::AFaire,
    }
}

/// What a tap does, and on what: a plain act is done at once; anything else opens its sheet.
fn geste(soin: &SoinDuTour, dessin: &Dessin) -> Geste {
    let sur = format!("{}|{}", soin.ligne.id, soin.occurrence);
    let (nom, valeur) = match soin.principale() {
        Some(dite) if dite.par.compte == dessin.compte && dessin.now.duration_since(dite.saisi_le) <= REMORDS => {
            ("annuler", dite.id.to_string())
        }
        None if soin.etat != EtatSoin::NonTrace && soin.ligne.mesures.is_empty() => ("fait", sur.clone()),
        _ => ("ouvrir", sur.clone()),
    };
    Geste {
        nom,
        valeur,
        soin: sur,
        signe: soin.ligne.icone.clone(),
        etat: if soin.etat.attend() { "a_faire" } else { soin.etat.code() },
        groupe: soin.groupable(),
        mesure: (!soin.ligne.mesures.is_empty()).then(|| soin.ligne.mesures.join(" ")),
    }
}

/// The line, to stand in the form of its card.
pub(crate) fn ligne(soin: &SoinDuTour, dessin: &Dessin) -> LigneSoin {
    let (etat, mots) = mention(soin, dessin.now);
    let libelle = soin.ligne.libelle.as_str();
    let reportee = soin.occurrence.est_reportee();
    let nom = if reportee { format!("{libelle} (reporté)") } else { libelle.to_owned() };
    let mut dessinee =
        LigneSoin::new(nom, super::icone(&soin.ligne.icone), coche(soin, dessin), geste(soin, dessin)).mention(etat, mots);
    if reportee {
        dessinee = dessinee.libelle(libelle);
    }
    if let Some(detail) = detail(soin, dessin) {
        dessinee = dessinee.detail(detail);
    }
    if dessin.peut_valider {
        dessinee = dessinee.suite();
    }
    dessinee
}

fn detail(soin: &SoinDuTour, dessin: &Dessin) -> Option<String> {
    let note = soin.principale().map(|principale| principale.note.as_str()).filter(|note| !note.is_empty());
    let avec = soin.principale().and_then(|principale| principale.avec.as_deref()).map(|avec| format!("avec {avec}"));
    let consigne =
        Some(soin.ligne.consigne.as_str()).filter(|consigne| !consigne.is_empty() && (dessin.consignes || soin.etat.attend()));
    let risque = (soin.ligne.a_risque && soin.etat.attend()).then_some("Soin à risque : se trace seul.");
    let morceaux: Vec<&str> = [consigne, risque, avec.as_deref(), note].into_iter().flatten().collect();
    (!morceaux.is_empty()).then(|| morceaux.join(" · "))
}
