//! Stays, movements and what the gate knows of them.

use demo::Recit;
use demo::recit::{Resident, Sejour as SejourDemo};
use jiff::Timestamp;
use kernel::id::UsagerId;
use platform::acces::{EtatSejour, Rattachement};
use sejours::{GenreSejour, Mouvement, NatureMouvement, Place, Sejour, rattachement};
use uuid::Uuid;

use crate::ids::{chambre_id, etablissement_id, fait_id, lit_id, sejour_id, unite_id, usager_id};
use crate::semeur::{ErreurSemis, Semeur};

pub(crate) async fn semer(semeur: &mut Semeur<'_>, recit: &Recit) -> Result<(), ErreurSemis> {
    semeur.annoncer("séjours");
    let maintenant = recit.calendrier.maintenant();
    for (rang, resident) in recit.residents.iter().enumerate() {
        let mut gate: Option<Rattachement> = None;
        for (numero, lu) in resident.sejours.iter().enumerate() {
            let sejour = sejour(recit, (rang, resident), (numero, lu), maintenant);
            gate = Some(rattachement(gate.as_ref(), &sejour));
            semeur.poser(sejour.id, Uuid::nil(), lu.entree, &sejour).await?;
            mouvements(semeur, recit, (rang, resident), &sejour, lu).await?;
        }
        if let Some(gate) = gate {
            semeur.poser(Rattachement::id(usager_id(rang)), Uuid::nil(), maintenant, &gate).await?;
        }
    }
    Ok(())
}

fn genre(mode: &str) -> GenreSejour {
    match mode {
        "temporaire" => GenreSejour::Temporaire,
        "accueil_de_jour" => GenreSejour::AccueilDeJour,
        _ => GenreSejour::Permanent,
    }
}

fn est_hospitalisation(motif: &str) -> bool {
    motif.contains("hospit") || motif.contains("urgence")
}

fn etat(resident: &Resident, lu: &SejourDemo, maintenant: Timestamp) -> EtatSejour {
    if lu.sortie.is_some_and(|sortie| sortie <= maintenant) {
        return if lu.motif_sortie.contains("deces") { EtatSejour::Decede } else { EtatSejour::Sorti };
    }
    if lu.entree > maintenant {
        return EtatSejour::Preadmis;
    }
    let absence =
        resident.absences.iter().find(|absence| absence.debut <= maintenant && absence.fin.is_none_or(|fin| maintenant < fin));
    match absence {
        Some(absence) if est_hospitalisation(absence.motif) => EtatSejour::Hospitalise,
        Some(_) => EtatSejour::Absent,
        None => EtatSejour::Present,
    }
}

/// « 214 » or « 214 F ».
pub(crate) fn libelle_du_lit(recit: &Recit, lit: usize) -> String {
    let numero = recit.grappe.numero_du_lit(lit);
    let repere = recit.grappe.lits.get(lit).and_then(|lu| {
        let double = recit.grappe.chambres.get(lu.chambre)?.double;
        double.then_some(if lu.rang == 1 { " P" } else { " F" })
    });
    format!("{numero}{}", repere.unwrap_or_default())
}

fn sejour(
    recit: &Recit,
    (rang, resident): (usize, &Resident),
    (numero, lu): (usize, &SejourDemo),
    maintenant: Timestamp,
) -> Sejour {
    let etat = etat(resident, lu, maintenant);
    let lit = lu.occupations.last().map(|occupation| occupation.lit);
    let garde = lit.filter(|_| etat.en_cours());
    let parti =
        resident.absences.iter().find(|absence| absence.debut <= maintenant && absence.fin.is_none_or(|fin| maintenant < fin));
    let parti = parti.filter(|_| matches!(etat, EtatSejour::Hospitalise | EtatSejour::Absent));
    let lieu = match etat {
        EtatSejour::Hospitalise => "centre hospitalier de Val-Brumeux",
        EtatSejour::Absent => "en famille",
        _ => "",
    };
    Sejour {
        id: sejour_id(rang, numero),
        usager: usager_id(rang),
        etablissement: etablissement_id(lu.etablissement),
        genre: genre(lu.mode),
        etat,
        unite: lit.map(|lit| unite_id(recit.grappe.unite_du_lit(lit))),
        chambre: garde.and_then(|lit| recit.grappe.lits.get(lit)).map(|lit| chambre_id(lit.chambre)),
        lit: garde.map(lit_id),
        chambre_libelle: lit.map(|lit| libelle_du_lit(recit, lit)).unwrap_or_default(),
        rang: lit.map(|lit| recit.grappe.numero_du_lit(lit)).unwrap_or_default(),
        entree_le: lu.entree,
        sortie_prevue: None,
        sortie_le: lu.sortie.filter(|sortie| *sortie <= maintenant),
        parti_le: parti.map(|absence| absence.debut),
        lieu: lieu.into(),
    }
}

async fn mouvements(
    semeur: &mut Semeur<'_>,
    recit: &Recit,
    (rang, resident): (usize, &Resident),
    sejour: &Sejour,
    lu: &SejourDemo,
) -> Result<(), ErreurSemis> {
    let maintenant = recit.calendrier.maintenant();
    let premier = lu.occupations.first().map(|occupation| libelle_du_lit(recit, occupation.lit)).unwrap_or_default();
    let place = |lit: usize| Place {
        unite: unite_id(recit.grappe.unite_du_lit(lit)),
        chambre: recit.grappe.lits.get(lit).map(|lu| chambre_id(lu.chambre)),
        lit: Some(lit_id(lit)),
        libelle: libelle_du_lit(recit, lit),
        rang: recit.grappe.numero_du_lit(lit),
    };
    let entree = lu.occupations.first().map(|occupation| place(occupation.lit));
    let mut faits = vec![(lu.entree, NatureMouvement::Admission, String::new(), premier, lu.motif_entree, entree)];
    for paire in lu.occupations.windows(2) {
        if let [avant, apres] = paire {
            let (de, vers) = (libelle_du_lit(recit, avant.lit), libelle_du_lit(recit, apres.lit));
            faits.push((apres.du, NatureMouvement::ChangementChambre, de, vers, "", Some(place(apres.lit))));
        }
    }
    for absence in resident.absences.iter().filter(|absence| absence.debut >= lu.entree) {
        let hopital = est_hospitalisation(absence.motif);
        let (depart, retour, lieu) = if hopital {
            (NatureMouvement::Hospitalisation, NatureMouvement::RetourHospitalisation, "centre hospitalier de Val-Brumeux")
        } else {
            (NatureMouvement::DepartAbsence, NatureMouvement::RetourAbsence, "en famille")
        };
        faits.push((absence.debut, depart, String::new(), lieu.into(), absence.motif, None));
        faits.extend(absence.fin.map(|fin| (fin, retour, lieu.into(), String::new(), absence.motif, None)));
    }
    if let Some(sortie) = lu.sortie {
        let nature = if lu.motif_sortie.contains("deces") { NatureMouvement::Deces } else { NatureMouvement::Sortie };
        faits.push((sortie, nature, String::new(), String::new(), lu.motif_sortie, None));
    }
    for (n, (le, nature, de, vers, motif, place)) in faits.into_iter().enumerate().filter(|(_, fait)| fait.0 <= maintenant) {
        let mouvement = Mouvement {
            sejour: sejour.id,
            usager: UsagerId(sejour.usager.0),
            etablissement: sejour.etablissement,
            nature,
            le,
            de,
            vers,
            motif: motif.to_owned(),
            annule: None,
            place,
            origine: None,
        };
        let id = fait_id(le, u64::try_from(rang * 100 + n).unwrap_or(0) + (1 << 60));
        semeur.poser(id, Uuid::nil(), le, &mouvement).await?;
    }
    Ok(())
}
