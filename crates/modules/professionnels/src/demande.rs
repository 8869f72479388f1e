//! What opens an account: pure rules on roles, ends of shift, who may be given what.

use jiff::civil::{Date, time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use kernel::dates::instant_local;
use kernel::id::{CompteId, EtablissementId, UniteId};
use platform::acces::{Categorie, Habilitation, NatureCompte, Profil, Verbe};

use crate::Professionnel;

/// How long a one-use password is worth something.
pub const VALIDITE_CLE: SignedDuration = SignedDuration::from_hours(24);
/// Longest mission of a temporary worker opened without the human resources.
pub const MISSION_MAX: SignedDuration = SignedDuration::from_hours(31 * 24);

/// Profiles no contract gives: relatives, partners' programs and readers of other organisations, whose accounts are opened elsewhere.
pub(crate) const SANS_CONTRAT: [&str; 4] = ["famille", "partenaire_hospitalier", "partenaire_tracabilite", "lecteur_urgence"];

/// An account to open.
#[derive(Debug, Clone)]
pub(crate) struct Demande {
    pub(crate) compte: CompteId,
    pub(crate) professionnel: Professionnel,
    pub(crate) nature: NatureCompte,
    pub(crate) roles: Vec<Habilitation>,
}

/// A role for these dates, both included, in the days of the house.
pub(crate) fn role(
    profil: &str,
    etablissement: Option<EtablissementId>,
    unites: Vec<UniteId>,
    jours: (Date, Option<Date>),
    now: Timestamp,
    fuseau: &TimeZone,
) -> Habilitation {
    let debut = instant_local(jours.0.to_datetime(time(0, 0, 0, 0)), fuseau);
    let fin =
        jours.1.and_then(|au| au.tomorrow().ok()).map(|lendemain| instant_local(lendemain.to_datetime(time(0, 0, 0, 0)), fuseau));
    let du = if jours.0 == kernel::dates::jour_local(now, fuseau) { now } else { debut };
    Habilitation { profil: profil.to_owned(), etablissement, unites, du, au: fin }
}

/// The end of the shift in progress, in local time: 13:45, 20:45 or 6:45 (the hours of the shell).
pub(crate) fn fin_de_poste(now: Timestamp, fuseau: &TimeZone) -> jiff::civil::DateTime {
    let local = fuseau.to_datetime(now);
    let bornes = [time(6, 45, 0, 0), time(13, 45, 0, 0), time(20, 45, 0, 0)];
    match bornes.into_iter().find(|borne| local.time() < *borne) {
        Some(borne) => local.date().to_datetime(borne),
        None => local.date().tomorrow().unwrap_or(local.date()).to_datetime(bornes[0]),
    }
}

/// True if a cadre may give this profession to a temporary worker: no account, no journal, no structure to manage.
pub fn est_remplacable(profil: &Profil) -> bool {
    let gere = [Categorie::Comptes, Categorie::Journal, Categorie::BrisDeGlace, Categorie::Remplacements];
    profil.portee.est_d_une_maison()
        && !profil.permet(Categorie::Organisation, Verbe::Ecrire)
        && !gere.into_iter().any(|categorie| profil.permet(categorie, Verbe::Lire))
}

#[cfg(test)]
mod tests {
    use super::*;
    use platform::acces::Profils;

    #[test]
    fn the_end_of_the_night_is_the_next_morning_even_when_the_hour_changes() {
        let paris = kernel::clock::fuseau_par_defaut();
        let a = |texte: &str| fin_de_poste(texte.parse().unwrap(), &paris).to_string();
        assert_eq!(a("2026-11-21T07:00:00Z"), "2026-11-21T13:45:00");
        assert_eq!(a("2026-11-21T12:45:00Z"), "2026-11-21T20:45:00");
        assert_eq!(a("2026-10-24T22:00:00Z"), "2026-10-25T06:45:00");
        assert_eq!(a("2026-11-21T05:00:00Z"), "2026-11-21T06:45:00");
    }

    #[test]
    fn a_role_lasts_until_the_end_of_its_last_day() {
        let paris = kernel::clock::fuseau_par_defaut();
        let now: Timestamp = "2026-11-21T07:00:00Z".parse().unwrap();
        let jour = jiff::civil::date(2026, 11, 21);
        let role = role("as", None, Vec::new(), (jour, Some(jour)), now, &paris);
        assert_eq!(role.du, now);
        assert_eq!(role.au, Some("2026-11-21T23:00:00Z".parse().unwrap()));
    }

    #[test]
    fn nobody_becomes_a_manager_through_a_replacement() {
        let profils = Profils::livres();
        let oui = ["as", "aes", "ide", "ash", "cuisine", "kinesitherapeute", "intervenant", "formateur"];
        let non = ["direction", "rh", "dpo", "admin_grappe", "cadre_sante", "idec", "medecin_co", "directrice_projet", "famille"];
        assert!(oui.iter().all(|code| est_remplacable(profils.get(code).unwrap())));
        assert!(non.iter().all(|code| !est_remplacable(profils.get(code).unwrap())));
    }
}
