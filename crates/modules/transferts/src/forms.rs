//! Forms of both houses.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use kernel::dates::{instant_local, jour_local, lire_date};
use kernel::id::EtablissementId;
use kernel::texte::Texte;
use platform::web::{Champs, Erreurs};
use sejours::{GenreSejour, Place};

use crate::model::{ACCORDS, Demande, MOTIFS};

/// Farthest day a transfer is planned: a waiting list, not an agenda of years.
const HORIZON_JOURS: i64 = 366;

fn court<const N: usize>(champs: &Champs, nom: &str, erreurs: &mut Erreurs) -> String {
    erreurs.garder(nom, Texte::<N>::facultatif(champs.texte(nom))).flatten().map(String::from).unwrap_or_default()
}

fn code(champs: &Champs, nom: &str, liste: &[(&str, &str)], phrase: &str, erreurs: &mut Erreurs) -> String {
    let lu = champs.texte(nom);
    erreurs.exiger(nom, liste.iter().any(|(connu, _)| *connu == lu), phrase);
    lu.to_owned()
}

fn jour(champs: &Champs, nom: &str, erreurs: &mut Erreurs) -> Option<Date> {
    erreurs.garder(nom, lire_date(champs.texte(nom)))
}

/// A reason, which is never blank.
pub(crate) fn motif(champs: &Champs, phrase: &str) -> Result<String, Erreurs> {
    let mut erreurs = Erreurs::default();
    let lu = court::<240>(champs, "motif", &mut erreurs);
    erreurs.exiger("motif", !lu.is_empty() || !erreurs.aucune(), phrase);
    if erreurs.aucune() { Ok(lu) } else { Err(erreurs) }
}

/// What is fixed when a transfer is proposed: the houses which may be asked, the stay left, who proposes, when, where on earth.
pub(crate) struct Cadre<'a> {
    pub(crate) maisons: &'a [(EtablissementId, String)],
    pub(crate) genre: GenreSejour,
    pub(crate) par: &'a str,
    pub(crate) now: Timestamp,
    pub(crate) fuseau: &'a TimeZone,
}

/// Reads a proposal: the house asked, its name, what is asked.
pub(crate) fn proposition(champs: &Champs, cadre: &Cadre<'_>) -> Result<(EtablissementId, String, Demande), Erreurs> {
    let mut erreurs = Erreurs::default();
    let voulue: Option<EtablissementId> = champs.lire("vers");
    let maison = cadre.maisons.iter().find(|(id, _)| Some(*id) == voulue).cloned();
    erreurs.exiger("vers", maison.is_some(), "Choisissez l'établissement d'accueil.");
    let aujourd_hui = jour_local(cadre.now, cadre.fuseau);
    let prevu_le = jour(champs, "prevu_le", &mut erreurs);
    let loin = aujourd_hui.saturating_add(jiff::Span::new().days(HORIZON_JOURS));
    let possible = prevu_le.is_none_or(|le| le >= aujourd_hui && le <= loin);
    erreurs.exiger("prevu_le", possible, "La date souhaitée est aujourd'hui ou dans l'année qui vient.");
    let accord_le = jour(champs, "accord_le", &mut erreurs);
    erreurs.exiger("accord_le", accord_le.is_none_or(|le| le <= aujourd_hui), "L'accord ne peut pas être donné dans le futur.");
    let demande = Demande {
        prevu_le: prevu_le.unwrap_or(aujourd_hui),
        motif: code(champs, "raison", &MOTIFS, "Choisissez le motif du transfert.", &mut erreurs),
        precision: court::<600>(champs, "precision", &mut erreurs),
        genre: cadre.genre,
        accord: code(champs, "accord", &ACCORDS, "Dites qui, une fois informé, a donné son accord.", &mut erreurs),
        accord_le: accord_le.unwrap_or(aujourd_hui),
        par: cadre.par.to_owned(),
        le: cadre.now,
    };
    match maison {
        Some((id, nom)) if erreurs.aucune() => Ok((id, nom, demande)),
        _ => Err(erreurs),
    }
}

/// What is decided when a transfer is accepted, but the record and the bed.
pub(crate) struct AcceptationLue {
    pub(crate) genre: GenreSejour,
    pub(crate) prevu_le: Date,
    pub(crate) entree_le: Timestamp,
    pub(crate) sortie_prevue: Option<Date>,
}

/// Reads an acceptance.
pub(crate) fn acceptation(champs: &Champs, fuseau: &TimeZone, erreurs: &mut Erreurs) -> Option<AcceptationLue> {
    let genre = GenreSejour::TOUS.iter().find(|(_, code, _)| *code == champs.texte("genre")).map(|(genre, ..)| *genre);
    erreurs.exiger("genre", genre.is_some(), "Choisissez la nature de l'accueil.");
    let prevu_le = jour(champs, "prevu_le", erreurs);
    let temporaire = genre == Some(GenreSejour::Temporaire);
    let sortie_prevue = if temporaire { jour(champs, "sortie_prevue", erreurs) } else { None };
    let ordre = prevu_le.zip(sortie_prevue).is_none_or(|(debut, fin)| debut <= fin);
    erreurs.exiger("sortie_prevue", ordre, "La fin du séjour précède son début.");
    let prevu_le = prevu_le?;
    let entree_le = instant_local(prevu_le.at(12, 0, 0, 0), fuseau);
    Some(AcceptationLue { genre: genre?, prevu_le, entree_le, sortie_prevue })
}

/// Reads the instant of an arrival, not in the future.
pub(crate) fn arrivee(champs: &Champs, (now, fuseau): (Timestamp, &TimeZone), erreurs: &mut Erreurs) -> Option<Timestamp> {
    let jour = jour(champs, "jour", erreurs);
    let heure = erreurs.garder("heure", champs.texte("heure").parse::<Time>().map_err(|_| "L'heure s'écrit 08:05."));
    let le = instant_local(jour?.to_datetime(heure?), fuseau);
    erreurs.exiger("jour", le <= now, "L'arrivée est dans le futur. Notez-la quand la personne sera là.");
    (le <= now).then_some(le)
}

/// The bed chosen: `Err` when it was taken or never existed.
pub(crate) fn lit(champs: &Champs, parc: &sejours::Parc, erreurs: &mut Erreurs) -> Option<Place> {
    let choisi = champs.texte("lit");
    if choisi.is_empty() {
        return None;
    }
    let libre = parc.choix().iter().any(|(_, lits)| lits.iter().any(|(id, _)| id == choisi));
    erreurs.exiger("lit", libre, "Ce lit vient d'être pris. Choisissez-en un autre, ou décidez plus tard.");
    parc.place(choisi).filter(|_| libre)
}
