//! An admission and a change of ward, as the hospital's administrative software announces them (IHE PAM, HL7 v2.5).

use demo::recit::Resident;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::{FINESS, HOPITAL, instant, jour};

/// Emergency department an hour after the departure, a ward five hours later.
pub(super) fn entree(resident: &Resident, depart: Timestamp, fuseau: &TimeZone) -> Vec<String> {
    let apres = |heures: i64| depart.checked_add(SignedDuration::from_hours(heures)).unwrap_or(depart);
    vec![
        message(resident, ("A01", 1, "Urgences"), apres(1), fuseau),
        message(resident, ("A02", 2, "Médecine polyvalente"), apres(6), fuseau),
    ]
}

fn message(resident: &Resident, (evenement, rang, service): (&str, u8, &str), le: Timestamp, fuseau: &TimeZone) -> String {
    let identite = &resident.identite;
    // HL7 v2.5 of PAM takes instants without their offset as those of the hospital.
    let quand: String = instant(le, fuseau).chars().take(14).collect();
    let (nom, prenoms) = (&identite.nom_naissance, identite.prenoms.join(" "));
    let premier = identite.prenoms.first().map_or("", String::as_str);
    let numero = format!("VB{}-{rang}", identite.ins);
    let (utilise, prenom) = (identite.nom(), identite.prenom());
    [
        format!("MSH|^~\\&|GAM|{HOPITAL}|DUI|EHPAD|{quand}||ADT^{evenement}|{numero}|T|2.5^FRA^2.11|||||FRA|UNICODE UTF-8|FR"),
        format!("EVN||{quand}||||{quand}"),
        format!(
            "PID|1||VB{ins}^^^{HOPITAL}&{FINESS}&M^PI~{ins}^^^ASIP-SANTE-INS-NIR&{oid}&ISO^INS||{nom}^{premier}^{prenoms}^^^^L~{utilise}^{prenom}^^^^^D||{naissance}|{sexe}|||^^^^^^BDL^^{lieu}|||||||||||||||||||||VALI",
            ins = identite.ins,
            oid = identite.oid,
            naissance = jour(identite.naissance),
            sexe = identite.sexe,
            lieu = identite.cog_naissance,
        ),
        format!("PV1|1|I|{service}^^^{HOPITAL}&{FINESS}&M||||||||||||||||S{ins}^^^{HOPITAL}&{FINESS}&M^VN", ins = identite.ins),
        format!("ZBE|{numero}^GAM|{quand}||INSERT|N||{service}^^^^^{HOPITAL}&{FINESS}&M^UF^^^2210||HMS"),
    ]
    .join("\r")
}
