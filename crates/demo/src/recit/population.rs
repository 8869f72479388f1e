//! Puts people in the beds: identities, lives, relatives, and the named people of the stories.

use jiff::ToSpan;

use super::batiments::GENETS;
use super::calendrier::Calendrier;
use super::donnees::Donnees;
use super::grappe::Grappe;
use super::noms::{Patronymes, plier, telephone};
use super::portrait::Portrait;
use super::profil;
use super::resident::{Consentements, Contact, Identite, OID_INS_DEMONSTRATION, Resident, Vie};
use super::sejours::{Batisseur, cle};
use crate::alea::Alea;

const LIEUX: [(&str, &str); 8] = [
    ("00101", "Val-Brumeux"),
    ("00102", "Saint-Aubrin-les-Sources"),
    ("00103", "Roche-Fougère"),
    ("00104", "Pont-l'Aulnaie"),
    ("00105", "Mont-Genévrier"),
    ("00106", "Les Hautes-Sauges"),
    ("00107", "Fontclaire-en-Brume"),
    ("00108", "La Chaume-aux-Loups"),
];
const PAYS: [(&str, &str); 6] = [
    ("99127", "Italie"),
    ("99134", "Espagne"),
    ("99139", "Portugal"),
    ("99352", "Algérie"),
    ("99122", "Pologne"),
    ("99243", "Viêt Nam"),
];
const PROTECTIONS: [&str; 8] = [
    "tutelle",
    "tutelle",
    "curatelle_renforcee",
    "curatelle_renforcee",
    "curatelle_simple",
    "habilitation_familiale",
    "sauvegarde",
    "mandat_protection_future",
];

pub(crate) struct Outils<'a> {
    pub donnees: &'a Donnees,
    pub grappe: &'a Grappe,
    pub cal: &'a Calendrier,
    pub graine: u64,
}

pub(crate) fn peupler(o: &Outils<'_>, noms: &mut Patronymes) -> Vec<Resident> {
    let parcours = Batisseur::tout(o.grappe, o.cal, o.graine);
    let girs = profil::girs(parcours.len(), o.graine);
    let mut residents = Vec::with_capacity(parcours.len());
    for (i, p) in parcours.into_iter().enumerate() {
        let mut alea = Alea::pour(o.graine, &[500, cle(i)]);
        let unite = p.sejours.last().and_then(|s| s.occupations.last()).map_or(9, |x| o.grappe.unite_du_lit(x.lit));
        let identite = identite(o, noms, &mut alea, i);
        let clinique = profil::tirer(&mut alea, o.cal, girs.get(i).copied().unwrap_or(4), unite);
        let portrait = Portrait::tirer(&mut alea, identite.sexe);
        let vie = vie(o.donnees, &mut alea, &identite);
        let contacts = contacts(o.donnees, noms, &mut alea, &identite);
        residents.push(Resident {
            vie,
            contacts,
            protection: alea.chance(180).then(|| PROTECTIONS[alea.indice(8)]),
            consentements: consentements(&mut alea),
            portrait,
            conjoint: None,
            portail: None,
            loquacite: alea.entre(55, 145),
            identite,
            sejours: p.sejours,
            absences: p.absences,
            clinique,
        });
    }
    homonymes(o, &mut residents);
    couple(o, &mut residents);
    super::distribution::nommer(o, &mut residents);
    residents
}

fn identite(o: &Outils<'_>, noms: &mut Patronymes, alea: &mut Alea, i: usize) -> Identite {
    let femme = alea.chance(740);
    let n = &o.donnees.noms;
    let choix = if femme { &n.femmes } else { &n.hommes };
    let mut prenoms = vec![alea.mot(choix).to_owned()];
    for _ in 0..alea.entre(0, 2) {
        let autre = alea.mot(choix).to_owned();
        if !prenoms.contains(&autre) {
            prenoms.push(autre);
        }
    }
    let nom_naissance = noms.prendre();
    let nom_utilise = (femme && alea.chance(620)).then(|| noms.prendre());
    let prenom_utilise = (prenoms.len() > 1 && alea.chance(90)).then(|| prenoms[1].clone());
    let jours = alea.entre(76 * 365, 100 * 365);
    let naissance = o.cal.date(0).checked_sub(jours.days()).unwrap_or(o.cal.date(0));
    let (cog, lieu) = if alea.chance(110) { PAYS[alea.indice(6)] } else { LIEUX[alea.indice(8)] };
    let sexe = if femme { 'F' } else { 'M' };
    Identite {
        nom_naissance,
        prenoms,
        nom_utilise,
        prenom_utilise,
        ins: ins(sexe, naissance.year(), i),
        naissance,
        sexe,
        cog_naissance: cog,
        lieu_naissance: lieu,
        oid: OID_INS_DEMONSTRATION,
        statut: match alea.entre(0, 99) {
            0..86 => "qualifiee",
            86..92 => "validee",
            92..96 => "recuperee",
            _ => "provisoire",
        },
        homonyme: false,
    }
}

/// Sex, year, month 13 to 19, department 00, rank, key: well formed and impossible.
pub(crate) fn ins(sexe: char, annee: i16, rang: usize) -> String {
    let s = if sexe == 'F' { 2 } else { 1 };
    let corps = format!("{s}{:02}{}00{:03}{:03}", annee % 100, 13 + rang % 7, rang / 1000 + 101, rang % 1000);
    let nombre: u64 = corps.parse().unwrap_or(0);
    format!("{corps}{:02}", 97 - nombre % 97)
}

/// Makes the words of a sentence agree with the person.
pub(crate) fn accorder(modele: &str, sexe: char) -> String {
    if !modele.contains('{') {
        return modele.to_owned();
    }
    let f = sexe == 'F';
    let paires = [
        ("{elle}", if f { "elle" } else { "il" }),
        ("{Elle}", if f { "Elle" } else { "Il" }),
        ("{e}", if f { "e" } else { "" }),
        ("{se}", if f { "se" } else { "x" }),
        ("{seul}", if f { "seule" } else { "seul" }),
        ("{ve}", if f { "ve" } else { "f" }),
        ("{Ancien}", if f { "Ancienne" } else { "Ancien" }),
        ("{eur}", if f { "rice" } else { "eur" }),
    ];
    paires.iter().fold(modele.to_owned(), |t, (a, b)| t.replace(a, b))
}

fn vie(d: &Donnees, alea: &mut Alea, identite: &Identite) -> Vie {
    let h = &d.habitudes;
    let mut compte: Vec<String> = Vec::new();
    for _ in 0..alea.entre(1, 3) {
        let phrase = accorder(alea.mot(&h.compte), identite.sexe);
        if !compte.contains(&phrase) {
            compte.push(phrase);
        }
    }
    let themes = [
        ("passe", &h.passe),
        ("entourage", &h.entourage),
        ("reveil", &h.reveil),
        ("toilette", &h.toilette),
        ("repas", &h.repas),
        ("coucher", &h.coucher),
        ("apaise", &h.apaise),
    ];
    let mut habitudes = Vec::new();
    for (theme, phrases) in themes {
        if alea.chance(820) {
            habitudes.push((theme, accorder(alea.mot(phrases), identite.sexe)));
        }
    }
    let mut centres = h.centres.clone();
    alea.melange(&mut centres);
    centres.truncate(alea.indice(3) + 1);
    let adresse = format!("{} {}, 63999 Val-Brumeux", alea.entre(1, 98), alea.mot(&d.noms.rues));
    Vie { compte, habitudes, centres, adresse }
}

fn contacts(d: &Donnees, noms: &mut Patronymes, alea: &mut Alea, identite: &Identite) -> Vec<Contact> {
    let nombre = u32::try_from(alea.entre(0, 3)).unwrap_or(1);
    let confiance = alea.chance(640);
    (0..nombre)
        .map(|k| {
            let lien = alea.mot(&d.noms.liens).to_owned();
            let femme = ["fille", "nièce", "petite-fille", "sœur", "amie"].contains(&lien.as_str());
            let prenoms = if femme { &d.noms.equipe_femmes } else { &d.noms.equipe_hommes };
            let prenom = alea.mot(prenoms).to_owned();
            let nom = if alea.chance(600) { identite.nom().to_owned() } else { noms.prendre() };
            let mobile = alea.chance(750);
            Contact {
                courriel: format!("{}.{}@exemple.invalid", plier(&prenom), plier(&nom)),
                telephone: telephone(alea, mobile),
                confiance: confiance && k == 0,
                ordre_appel: if k < 2 { k + 1 } else { 0 },
                nom,
                prenom,
                lien,
            }
        })
        .collect()
}

fn consentements(alea: &mut Alea) -> Consentements {
    let mut trois = |oui: i64, non: i64| match alea.entre(0, 999) {
        n if n < oui => "oui",
        n if n < oui + non => "non",
        _ => "non_demande",
    };
    let (dmp, photo, image) = (trois(780, 80), trois(900, 50), trois(700, 160));
    let (partage_grappe, portail_activites, portail_sante) = (trois(860, 40), trois(520, 130), trois(180, 340));
    let directives = match alea.entre(0, 9) {
        0..3 => "redigees",
        3..5 => "refus",
        _ => "non_abordees",
    };
    Consentements { dmp, photo, image, partage_grappe, portail_activites, portail_sante, directives }
}

/// Four pairs with the same birth name and first name, born on other days; one pair in the same unit.
fn homonymes(o: &Outils<'_>, residents: &mut [Resident]) {
    let debut = o.grappe.lit_de(GENETS, 310).unwrap_or(80);
    for (a, b) in [(debut, debut + 20), (debut + 60, debut + 130), (debut + 5, 330), (debut + 90, 420)] {
        let Some(source) = residents.get(a).map(|r| r.identite.clone()) else {
            continue;
        };
        let Some(r) = residents.get_mut(b) else {
            continue;
        };
        r.identite.nom_naissance.clone_from(&source.nom_naissance);
        r.identite.prenoms.clone_from(&source.prenoms);
        r.identite.nom_utilise.clone_from(&source.nom_utilise);
        r.identite.prenom_utilise = None;
        r.identite.sexe = source.sexe;
        r.identite.ins = ins(source.sexe, r.identite.naissance.year(), b);
        r.identite.homonyme = true;
        residents[a].identite.homonyme = true;
    }
}

/// The first double room of Limagne is a couple's.
fn couple(o: &Outils<'_>, residents: &mut [Resident]) {
    let Some(a) = o.grappe.lit_de(GENETS, 501) else {
        return;
    };
    let b = a + 1;
    if b >= residents.len() {
        return;
    }
    let nom = residents[b].identite.nom_naissance.clone();
    for (i, sexe, prenom) in [(a, 'F', "Solange"), (b, 'M', "Armand")] {
        let identite = &mut residents[i].identite;
        identite.sexe = sexe;
        identite.prenoms = vec![prenom.to_owned()];
        identite.prenom_utilise = None;
        identite.nom_utilise = (sexe == 'F').then(|| nom.clone());
        identite.ins = ins(sexe, identite.naissance.year(), i);
    }
    residents[a].conjoint = Some(b);
    residents[b].conjoint = Some(a);
}
