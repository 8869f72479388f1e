//! What the identity of a message says otherwise than that of the record, under the same INS; pure.

use documents::PatientLu;
use hospitalisations::EcartIdentite;
use kernel::ins::{Identite, LieuNaissance, Sexe, TraitStrict, Traits, ecarts as differences};

/// The traits which differ, with what the hospital says; a trait it does not give is no difference.
///
/// Without an INS on both sides there is nothing to compare: matching was somebody's decision. Two INS which differ are the only
/// difference told: the rest cannot be the same.
pub(crate) fn ecarts(lu: &PatientLu, notre: &Identite) -> Vec<EcartIdentite> {
    let (Some(ins), Some(connu)) = (lu.ins_unique(), notre.ins()) else { return Vec::new() };
    let ecart = |quoi: &str, dit: &str| EcartIdentite { quoi: quoi.to_owned(), dit: dit.to_owned() };
    if &ins != connu {
        return vec![ecart("INS", ins.matricule().as_str())];
    }
    let Some(traits) = completes(lu, notre.traits()) else {
        return vec![ecart("Traits d'identité", "non lisibles")];
    };
    differences(notre.traits(), &traits).into_iter().map(|quoi| ecart(quoi.libelle(), &dit(quoi, &traits))).collect()
}

/// The traits of the message, ours where it says nothing.
fn completes(lu: &PatientLu, notre: &Traits) -> Option<Traits> {
    let naissance = match &lu.naissance {
        Some(brut) => brut.parse().ok()?,
        None => notre.date_naissance(),
    };
    let sexe = match &lu.sexe {
        Some(code) => Sexe::lire(code).ok()?,
        None => notre.sexe(),
    };
    let lieu = match &lu.lieu {
        Some(code) => LieuNaissance::new(code).ok()?,
        None => notre.lieu_naissance().clone(),
    };
    let nom = lu.nom_naissance.as_deref().unwrap_or(notre.nom_naissance());
    // Without the list, the first given name is compared alone: the others are not contradicted.
    let premier_connu = lu
        .premier_prenom
        .as_deref()
        .is_none_or(|premier| kernel::texte::cle_tri(premier) == kernel::texte::cle_tri(notre.premier_prenom()));
    let sans_liste = if premier_connu { Some(notre.prenoms_naissance()) } else { lu.premier_prenom.as_deref() };
    let prenoms = lu.prenoms.as_deref().or(sans_liste)?;
    Traits::new(nom, prenoms, naissance, sexe, lieu).ok()
}

fn dit(quoi: TraitStrict, traits: &Traits) -> String {
    match quoi {
        TraitStrict::NomNaissance => traits.nom_naissance().to_owned(),
        TraitStrict::PrenomsNaissance => traits.prenoms_naissance().to_owned(),
        TraitStrict::DateNaissance => traits.date_naissance().jj_mm_aaaa(),
        TraitStrict::Sexe => traits.sexe().code().to_owned(),
        TraitStrict::LieuNaissance => traits.lieu_naissance().code().to_owned(),
    }
}
