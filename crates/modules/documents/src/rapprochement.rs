//! Whose is it? Strict rules: a document files itself on a qualified INS with equal strict traits, and never otherwise
//! (INV-37, RNIV). Everything else is a proposal to a human.

use kernel::id::{EtablissementId, UsagerId};
use kernel::ins::{Identite, StatutIdentite, TraitStrict, ecarts, memes_traits_stricts};
use kernel::texte::cle_tri;

use crate::analyse::PatientLu;
use crate::reception::Attente;

/// A record of the house, as far as identity goes.
#[derive(Debug, Clone)]
pub struct Fiche {
    /// Whose.
    pub usager: UsagerId,
    /// Where.
    pub etablissement: EtablissementId,
    /// Traits, INS, status.
    pub identite: Identite,
}

/// What can be said of a file and the records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It files itself.
    Certain(UsagerId, EtablissementId),
    /// Somebody must choose or search.
    Humain(Attente),
}

/// A record which may be the right one, for the eyes of a human.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidat {
    /// Whose.
    pub usager: UsagerId,
    /// Same national identity.
    pub meme_ins: bool,
    /// Traits which differ or which the file does not give.
    pub ecarts: Vec<TraitStrict>,
    /// Status of the record's identity.
    pub statut: StatutIdentite,
}

/// Decides about a file; pure.
pub fn decider(patient: Option<&PatientLu>, fiches: &[Fiche]) -> Verdict {
    let Some(patient) = patient.filter(|patient| !patient.ins.is_empty() || patient.nom_naissance.is_some()) else {
        return Verdict::Humain(Attente::SansIdentite);
    };
    let ins = patient.ins_unique();
    let memes: Vec<&Fiche> = fiches.iter().filter(|fiche| ins.is_some() && fiche.identite.ins() == ins.as_ref()).collect();
    if let ([seule], Some(traits)) = (memes.as_slice(), patient.traits()) {
        let qualifiee = seule.identite.ins_transmissible().is_some() && !seule.identite.est_douteuse();
        if qualifiee && memes_traits_stricts(seule.identite.traits(), &traits) {
            return Verdict::Certain(seule.usager, seule.etablissement);
        }
    }
    if !memes.is_empty() {
        return Verdict::Humain(Attente::IdentiteIncertaine);
    }
    if candidats(patient, fiches).is_empty() {
        return Verdict::Humain(Attente::PersonneInconnue);
    }
    Verdict::Humain(Attente::Ressemblance)
}

/// The records which may be the right one: same INS first, then the closest traits; at most five.
pub fn candidats(patient: &PatientLu, fiches: &[Fiche]) -> Vec<Candidat> {
    let ins = patient.ins_unique();
    let mut trouves: Vec<(usize, Candidat)> = fiches
        .iter()
        .filter_map(|fiche| {
            let meme_ins = ins.is_some() && fiche.identite.ins() == ins.as_ref();
            let communs = traits_communs(patient, fiche);
            let ressemble = meme_ins
                || (communs.nom && communs.naissance)
                || (communs.nom && communs.prenom)
                || (communs.prenom && communs.naissance);
            let points = usize::from(communs.nom)
                + usize::from(communs.prenom)
                + usize::from(communs.naissance)
                + 4 * usize::from(meme_ins);
            ressemble.then(|| {
                (
                    points,
                    Candidat {
                        usager: fiche.usager,
                        meme_ins,
                        ecarts: differences(patient, fiche),
                        statut: fiche.identite.statut(),
                    },
                )
            })
        })
        .collect();
    trouves.sort_by_key(|(points, _)| std::cmp::Reverse(*points));
    trouves.into_iter().take(5).map(|(_, candidat)| candidat).collect()
}

struct Communs {
    nom: bool,
    prenom: bool,
    naissance: bool,
}

fn traits_communs(patient: &PatientLu, fiche: &Fiche) -> Communs {
    let traits = fiche.identite.traits();
    let egal = |lu: Option<&str>, connu: &str| lu.is_some_and(|lu| cle_tri(lu) == cle_tri(connu));
    let premier = patient.premier_prenom.as_deref();
    Communs {
        nom: egal(patient.nom_naissance.as_deref(), traits.nom_naissance()),
        prenom: egal(premier, traits.premier_prenom()),
        naissance: patient.naissance.as_deref() == Some(traits.date_naissance().iso().as_str()),
    }
}

/// What differs, trait by trait; a trait the file does not give counts as different.
fn differences(patient: &PatientLu, fiche: &Fiche) -> Vec<TraitStrict> {
    let traits = fiche.identite.traits();
    if let Some(lus) = patient.traits() {
        return ecarts(traits, &lus);
    }
    let communs = traits_communs(patient, fiche);
    let prenoms = patient.prenoms.as_deref().is_some_and(|lus| cle_tri(lus) == cle_tri(traits.prenoms_naissance()));
    let paires = [
        (TraitStrict::NomNaissance, communs.nom),
        (TraitStrict::PrenomsNaissance, prenoms),
        (TraitStrict::DateNaissance, communs.naissance),
        (TraitStrict::Sexe, patient.sexe.as_deref() == Some(traits.sexe().code())),
        (TraitStrict::LieuNaissance, patient.lieu.as_deref() == Some(traits.lieu_naissance().code())),
    ];
    paires.into_iter().filter(|(_, egal)| !egal).map(|(trait_strict, _)| trait_strict).collect()
}
