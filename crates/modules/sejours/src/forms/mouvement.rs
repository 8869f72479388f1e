//! Movements of a stay.

use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use kernel::dates::{instant_local, lire_date};
use platform::acces::EtatSejour;
use platform::web::{Champs, Erreurs};

use super::court;
use crate::model::{NatureMouvement, Place};
use crate::motifs;
use crate::places::Parc;

/// What one may do on a stay, as its address says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Geste {
    pub(crate) code: &'static str,
    /// Button and title.
    pub(crate) verbe: &'static str,
    pub(crate) nature: NatureMouvement,
    /// Label of the destination, when one is asked.
    pub(crate) lieu: Option<&'static str>,
}

const GESTES: [Geste; 8] = [
    geste("admission", "Enregistrer l'admission", NatureMouvement::Admission, None),
    geste("chambre", "Changer de chambre", NatureMouvement::ChangementChambre, None),
    geste("absence", "Enregistrer un départ", NatureMouvement::DepartAbsence, Some("Où")),
    geste("retour", "Enregistrer le retour", NatureMouvement::RetourAbsence, None),
    geste("hospitalisation", "Enregistrer l'hospitalisation", NatureMouvement::Hospitalisation, Some("Établissement et service")),
    geste("retour-hopital", "Enregistrer le retour d'hôpital", NatureMouvement::RetourHospitalisation, None),
    geste("sortie", "Enregistrer la sortie", NatureMouvement::Sortie, Some("Destination")),
    geste("deces", "Enregistrer le décès", NatureMouvement::Deces, Some("Lieu du décès")),
];

const fn geste(code: &'static str, verbe: &'static str, nature: NatureMouvement, lieu: Option<&'static str>) -> Geste {
    Geste { code, verbe, nature, lieu }
}

impl Geste {
    /// By the end of its address.
    pub(crate) fn lire(code: &str) -> Option<Self> {
        GESTES.into_iter().find(|geste| geste.code == code)
    }

    /// Those which a stay in this state may make.
    pub(crate) fn possibles(etat: EtatSejour) -> impl Iterator<Item = Self> {
        GESTES.into_iter().filter(move |geste| geste.nature.possible(etat))
    }

    /// True when a place is asked: a bed, or a unit for those who sleep at home.
    pub(crate) fn prend_place(self) -> bool {
        matches!(self.nature, NatureMouvement::Admission | NatureMouvement::ChangementChambre)
    }
}

/// A movement as the form says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MouvementLu {
    pub(crate) le: Timestamp,
    pub(crate) lieu: String,
    pub(crate) motif: String,
    pub(crate) place: Option<Place>,
}

/// Reads `jour` and `heure` as an instant of the establishment, not in the future.
pub(crate) fn instant(champs: &Champs, (now, fuseau): (Timestamp, &TimeZone), erreurs: &mut Erreurs) -> Option<Timestamp> {
    let jour = erreurs.garder("jour", lire_date(champs.texte("jour")));
    let heure = champs.texte("heure").parse::<Time>().map_err(|_| "L'heure s'écrit 08:05.");
    let heure = erreurs.garder("heure", heure);
    let le = instant_local(jour?.to_datetime(heure?), fuseau);
    erreurs.exiger("jour", le <= now, "Ce mouvement est dans le futur. Enregistrez-le quand il aura eu lieu.");
    (le <= now).then_some(le)
}

/// Reads the form of a movement.
pub(crate) fn lire(
    champs: &Champs,
    geste: Geste,
    parc: Option<&Parc>,
    (now, fuseau): (Timestamp, &TimeZone),
) -> Result<MouvementLu, Erreurs> {
    let mut erreurs = Erreurs::default();
    let le = instant(champs, (now, fuseau), &mut erreurs);
    let code = champs.texte("motif");
    let proposes = motifs::proposes(geste.nature);
    erreurs.exiger(
        "motif",
        proposes.is_empty() || proposes.iter().any(|(connu, _)| *connu == code),
        "Choisissez un motif de la liste.",
    );
    let precision = court::<200>(champs, "precision", &mut erreurs);
    let lieu = court::<120>(champs, "lieu", &mut erreurs);
    let place = parc.and_then(|parc| parc.place(champs.texte("lit")).or_else(|| parc.unite_seule(champs.texte("unite"))));
    let demande = if champs.texte("sans_lit").is_empty() { "Choisissez un lit libre." } else { "Choisissez une unité." };
    let champ = if champs.texte("sans_lit").is_empty() { "lit" } else { "unite" };
    erreurs.exiger(champ, !geste.prend_place() || place.is_some(), demande);
    match le {
        Some(le) if erreurs.aucune() => Ok(MouvementLu { le, lieu, motif: motifs::composer(code, &precision), place }),
        _ => Err(erreurs),
    }
}

/// The fields of a new movement: now.
pub(crate) fn saisie(version: i64, id: &str, (now, fuseau): (Timestamp, &TimeZone)) -> Champs {
    let local = fuseau.to_datetime(now);
    Champs::depuis(&[
        ("version", &version.to_string()),
        ("id", id),
        ("jour", &local.date().to_string()),
        ("heure", &kernel::dates::heure(local.time())),
    ])
}
