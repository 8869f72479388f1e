//! Movements of a stay, put together from what was announced of each. Pure.

use jiff::Timestamp;
use uuid::Uuid;

use crate::annonce::{Annonce, Classe, Effet, Sorte};

/// A movement as its announcements make it: a line of the timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Etape {
    /// What happened.
    pub sorte: Sorte,
    /// When.
    pub le: Timestamp,
    /// When the hospital last spoke of it.
    pub annoncee_le: Timestamp,
    /// Number of the movement in the hospital.
    pub mouvement: Option<String>,
    /// Number of the stay.
    pub venue: Option<String>,
    /// As what.
    pub classe: Option<Classe>,
    /// Service, room, bed.
    pub service: Option<String>,
    /// End by death.
    pub deces: bool,
    /// Where to.
    pub vers: Option<String>,
    /// End of the stay, foreseen.
    pub sortie_prevue: Option<Timestamp>,
    /// End of the leave, foreseen.
    pub retour_prevu: Option<Timestamp>,
    /// Why: medical.
    pub motif: Option<String>,
    /// When the hospital said it did not happen.
    pub annulee_le: Option<Timestamp>,
    /// True when only its cancellation is known.
    pub orpheline: bool,
    /// The receptions it comes from.
    pub sources: Vec<Uuid>,
}

impl Etape {
    fn nouvelle(annonce: &Annonce) -> Self {
        let annulation = annonce.effet == Effet::Annulation;
        Self {
            sorte: annonce.sorte,
            le: annonce.le,
            annoncee_le: annonce.annoncee_le,
            mouvement: annonce.mouvement.clone(),
            venue: annonce.venue.clone(),
            classe: annonce.classe,
            service: annonce.service.clone(),
            deces: annonce.deces,
            vers: annonce.vers.clone(),
            sortie_prevue: annonce.sortie_prevue,
            retour_prevu: annonce.retour_prevu,
            motif: annonce.motif.clone(),
            annulee_le: annulation.then_some(annonce.annoncee_le),
            orpheline: annulation,
            sources: annonce.source.into_iter().collect(),
        }
    }

    /// Said again, or better: what is given replaces what was, what is not given stays.
    fn remplacer(&mut self, annonce: &Annonce) {
        self.sorte = annonce.sorte;
        self.le = annonce.le;
        self.annoncee_le = annonce.annoncee_le;
        self.deces = annonce.deces;
        self.orpheline = false;
        if annonce.effet == Effet::Nouvelle {
            self.annulee_le = None;
        }
        prendre(&mut self.classe, annonce.classe.as_ref());
        prendre(&mut self.service, annonce.service.as_ref());
        prendre(&mut self.vers, annonce.vers.as_ref());
        prendre(&mut self.sortie_prevue, annonce.sortie_prevue.as_ref());
        prendre(&mut self.retour_prevu, annonce.retour_prevu.as_ref());
        prendre(&mut self.motif, annonce.motif.as_ref());
        self.venir_de(annonce);
    }

    fn annuler(&mut self, annonce: &Annonce) {
        self.annulee_le = Some(annonce.annoncee_le);
        self.venir_de(annonce);
    }

    fn venir_de(&mut self, annonce: &Annonce) {
        self.sources.extend(annonce.source);
        self.sources.sort_unstable();
        self.sources.dedup();
    }

    /// True when it happened, as far as is known.
    pub fn tient(&self) -> bool {
        self.annulee_le.is_none()
    }

    /// Name on screens.
    pub fn libelle(&self) -> &'static str {
        if self.deces { "Décès à l'hôpital" } else { self.sorte.libelle() }
    }
}

fn prendre<T: Clone>(connu: &mut Option<T>, dit: Option<&T>) {
    if dit.is_some() {
        *connu = dit.cloned();
    }
}

/// The movements of one stay from its announcements, in the order they happened.
///
/// Each announcement finds its movement by the number the hospital gave it; without a number, by what it announces and when.
/// Announcements are read in the order they were said, so the order they came in changes nothing.
pub(crate) fn etapes(annonces: &[&Annonce]) -> Vec<Etape> {
    let mut lues = annonces.to_vec();
    lues.sort_unstable();
    let mut etapes: Vec<Etape> = Vec::new();
    let mut precedente: Option<(&Annonce, usize)> = None;
    for annonce in lues {
        // Said twice counts once: without a number, a second cancellation would take another movement.
        let repetee = precedente.filter(|(connue, _)| connue.dit_la_meme_chose(annonce)).map(|(_, rang)| rang);
        let rang = repetee.or_else(|| rang(&etapes, annonce)).unwrap_or(etapes.len());
        match (etapes.get_mut(rang), annonce.effet) {
            (Some(etape), _) if repetee.is_some() => etape.venir_de(annonce),
            (Some(etape), Effet::Annulation) => etape.annuler(annonce),
            (Some(etape), _) => etape.remplacer(annonce),
            (None, _) => etapes.push(Etape::nouvelle(annonce)),
        }
        precedente = Some((annonce, rang));
    }
    etapes.sort_by(|a, b| (a.le, a.sorte, &a.mouvement).cmp(&(b.le, b.sorte, &b.mouvement)));
    etapes
}

/// Which movement an announcement is about.
fn rang(etapes: &[Etape], annonce: &Annonce) -> Option<usize> {
    if let Some(numero) = &annonce.mouvement {
        let connu = etapes.iter().position(|etape| etape.mouvement.as_ref() == Some(numero));
        // A cancellation which gives a number where the movement had none.
        return connu.or_else(|| {
            let sans_numero = |etape: &Etape| etape.mouvement.is_none() && etape.le == annonce.le;
            (annonce.effet == Effet::Annulation).then(|| dernier(etapes, annonce.sorte, sans_numero)).flatten()
        });
    }
    let meme_instant = dernier(etapes, annonce.sorte, |etape| etape.le == annonce.le);
    match annonce.effet {
        Effet::Nouvelle => meme_instant,
        Effet::MiseAJour | Effet::Annulation => meme_instant.or_else(|| dernier(etapes, annonce.sorte, |_| true)),
    }
}

/// The last movement of a sort which happened and answers the condition.
fn dernier(etapes: &[Etape], sorte: Sorte, condition: impl Fn(&Etape) -> bool) -> Option<usize> {
    let tenus = etapes.iter().enumerate().filter(|(_, etape)| etape.tient() && etape.sorte == sorte && condition(etape));
    tenus.max_by_key(|(rang, etape)| (etape.le, *rang)).map(|(rang, _)| rang)
}
