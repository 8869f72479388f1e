//! The policy: a pure function, deny by default.

use jiff::Timestamp;
use kernel::id::EtablissementId;

use super::{Acteur, Categorie, DroitInfo, EtatSejour, Habilitation, Lien, Portee, Profil, Profils, Rattachement, Verbe};

/// Why a record may be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MotifAcces {
    /// The person is in the units of the role.
    Equipe,
    /// The person stayed in the establishment before: reading only.
    SejourPasse,
    /// The glass was broken for this person.
    BrisDeGlace,
    /// A reading of the DLU was granted for this person, for a few hours.
    LectureAccordee,
}

impl MotifAcces {
    /// As the journal writes it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Equipe => "equipe",
            Self::SejourPasse => "sejour_passe",
            Self::BrisDeGlace => "bris_de_glace",
            Self::LectureAccordee => "lecture_accordee",
        }
    }
}

/// Why a record may not be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MotifRefus {
    /// The person is unknown to the establishments of the account: answer as if the record did not exist.
    Inconnu,
    /// The profession does not open this family of data.
    Profession,
    /// The person is in the establishment, outside the units of the role: the glass may be broken.
    HorsUnite,
    /// The person is opposed.
    Opposition,
    /// The stay ended: nothing more is written.
    Clos,
    /// Many records were opened within the hour: the person proves again who they are (INV-26).
    AConfirmer,
    /// Many more were opened since: no new record opens until somebody looks at it, or for an hour (INV-26).
    Freine,
}

impl MotifRefus {
    /// As the journal writes it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Inconnu => "inconnu",
            Self::Profession => "profession",
            Self::HorsUnite => "hors_unite",
            Self::Opposition => "opposition",
            Self::Clos => "clos",
            Self::AConfirmer => "a_confirmer",
            Self::Freine => "freine",
        }
    }
}

/// What the policy answers.
pub type Decision = Result<MotifAcces, MotifRefus>;

/// Families of data still written after the end of a stay (letters, closing of the file).
const APRES_SORTIE: [Categorie; 4] = [Categorie::Administratif, Categorie::Documents, Categorie::Identite, Categorie::Presence];

/// Decides whether an actor may do this on the record of a person.
pub fn decider(
    profils: &Profils,
    acteur: &Acteur,
    categorie: Categorie,
    verbe: Verbe,
    rattachement: &Rattachement,
    now: Timestamp,
) -> Decision {
    let mut pire = MotifRefus::Inconnu;
    let bris = acteur.bris.iter().any(|(usager, expire)| *usager == rattachement.usager && now < *expire);
    for habilitation in acteur.actives(now) {
        let Some(profil) = profils.get(&habilitation.profil) else { continue };
        if profil.portee == Portee::AucunDossier {
            continue;
        }
        let decision = if profil.portee == Portee::LectureAccordee {
            let accordee = acteur.lectures.iter().any(|(usager, expire)| *usager == rattachement.usager && now < *expire);
            let oppose = est_oppose(acteur, habilitation, Categorie::Urgence, rattachement);
            pour_un_lecteur(profil, habilitation, (categorie, verbe), rattachement, (accordee, oppose))
        } else {
            pour_un_role(profil, habilitation, categorie, verbe, rattachement, bris)
        };
        match decision {
            Ok(motif) if est_oppose(acteur, habilitation, categorie, rattachement) => {
                tracing::trace!(motif = motif.code(), "opposed");
                return Err(MotifRefus::Opposition);
            }
            Ok(motif) => return Ok(motif),
            Err(motif) => pire = le_plus_proche(pire, motif),
        }
    }
    Err(pire)
}

pub(super) fn est_oppose(
    acteur: &Acteur,
    habilitation: &Habilitation,
    categorie: Categorie,
    rattachement: &Rattachement,
) -> bool {
    rattachement
        .oppositions
        .iter()
        .any(|opposition| opposition.interdit(categorie, &habilitation.profil, acteur.compte, habilitation.etablissement))
}

fn pour_un_role(
    profil: &Profil,
    habilitation: &Habilitation,
    categorie: Categorie,
    verbe: Verbe,
    rattachement: &Rattachement,
    bris: bool,
) -> Decision {
    let ici: Vec<&Lien> =
        rattachement.liens.iter().filter(|lien| Some(lien.etablissement) == habilitation.etablissement).collect();
    let Some(dernier) = ici.iter().rev().find(|lien| lien.etat.en_cours()).or_else(|| ici.last()) else {
        return Err(MotifRefus::Inconnu);
    };
    if !profil.permet(categorie, verbe) {
        return Err(MotifRefus::Profession);
    }
    if verbe == Verbe::Ecrire && !dernier.etat.en_cours() && !APRES_SORTIE.contains(&categorie) {
        return Err(MotifRefus::Clos);
    }
    let dans_l_unite = profil.portee == Portee::Etablissement
        || habilitation.unites.is_empty()
        || dernier.unite.is_some_and(|unite| habilitation.unites.contains(&unite));
    match (dans_l_unite, dernier.etat) {
        (true, EtatSejour::Sorti | EtatSejour::Decede) => Ok(MotifAcces::SejourPasse),
        (true, _) => Ok(MotifAcces::Equipe),
        (false, _) if bris && profil.sante => Ok(MotifAcces::BrisDeGlace),
        (false, _) => Err(MotifRefus::HorsUnite),
    }
}

/// A reader of another organisation: only a person for whom a reading was granted, present in a house or away from it for a
/// time. A role tied to a house opens nothing: such a reader belongs to none. Whoever is opposed to the document of emergency
/// is opposed to this reading: it is made of nothing else.
fn pour_un_lecteur(
    profil: &Profil,
    habilitation: &Habilitation,
    (categorie, verbe): (Categorie, Verbe),
    rattachement: &Rattachement,
    (accordee, oppose): (bool, bool),
) -> Decision {
    if !accordee || habilitation.etablissement.is_some() {
        return Err(MotifRefus::Inconnu);
    }
    if verbe == Verbe::Ecrire || !profil.permet(categorie, verbe) {
        return Err(MotifRefus::Profession);
    }
    let ici = [EtatSejour::Present, EtatSejour::Absent, EtatSejour::Hospitalise];
    if rattachement.fusionne_dans.is_some() || !rattachement.courant().is_some_and(|lien| ici.contains(&lien.etat)) {
        return Err(MotifRefus::Clos);
    }
    if oppose { Err(MotifRefus::Opposition) } else { Ok(MotifAcces::LectureAccordee) }
}

/// Of two refusals, the one which helps the person most to understand, without telling more than they may know.
fn le_plus_proche(a: MotifRefus, b: MotifRefus) -> MotifRefus {
    let rang = |motif| match motif {
        MotifRefus::Inconnu => 0,
        MotifRefus::Profession => 1,
        MotifRefus::Clos => 2,
        MotifRefus::HorsUnite => 3,
        MotifRefus::Opposition => 4,
        MotifRefus::AConfirmer => 5,
        MotifRefus::Freine => 6,
    };
    if rang(a) >= rang(b) { a } else { b }
}

/// True if some role held now opens this right somewhere: what a route asks before anything else.
pub fn peut_quelque_part(profils: &Profils, acteur: &Acteur, droit: &DroitInfo, now: Timestamp) -> bool {
    acteur.actives(now).any(|habilitation| permet(profils, habilitation, droit.categorie, droit.verbe))
}

/// True if the role opens this family of data, wherever the person is.
pub(crate) fn permet(profils: &Profils, habilitation: &Habilitation, categorie: Categorie, verbe: Verbe) -> bool {
    profils.get(&habilitation.profil).is_some_and(|profil| profil.permet(categorie, verbe))
}

/// The units of an establishment an actor reaches for a family of data: `None` for all, an empty list for none.
pub(crate) fn unites_atteintes(
    profils: &Profils,
    acteur: &Acteur,
    categorie: Categorie,
    verbe: Verbe,
    etablissement: EtablissementId,
    now: Timestamp,
) -> Option<Vec<kernel::id::UniteId>> {
    let mut unites = Vec::new();
    for habilitation in acteur.actives(now).filter(|habilitation| habilitation.etablissement == Some(etablissement)) {
        let Some(profil) = profils.get(&habilitation.profil) else { continue };
        if !profil.portee.est_d_une_maison() || !profil.permet(categorie, verbe) {
            continue;
        }
        if profil.portee == Portee::Etablissement || habilitation.unites.is_empty() {
            return None;
        }
        unites.extend(habilitation.unites.iter().copied());
    }
    Some(unites)
}
