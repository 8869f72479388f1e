//! What opens an application: the fields of the page and the arguments of the command; every French sentence of them.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kernel::dates::{instant_local, jour_local, lire_date};
use kernel::id::{CompteId, EtablissementId};
use kernel::numeros::Finess;
use kernel::texte::Texte;
use platform::web::{Champs, Erreurs};

use crate::records::Application;
use crate::serveur::lire_pem;
use crate::{jose, portees};

/// Profiles an application may have.
pub(crate) const PROFILS: [&str; 2] = ["partenaire_hospitalier", "partenaire_tracabilite"];
/// Most hosts of notifications.
const HOTES_MAX: usize = 10;

/// What reading the form needs to know.
pub(crate) struct Lecture<'a> {
    /// Establishments that may be chosen.
    pub(crate) ouverts: &'a [EtablissementId],
    pub(crate) now: Timestamp,
    pub(crate) fuseau: &'a TimeZone,
    /// Name of who opens it.
    pub(crate) par: &'a str,
}

impl Lecture<'_> {
    /// Reads an application.
    pub(crate) fn application(&self, champs: &Champs, compte: CompteId) -> Result<Application, Erreurs> {
        let mut erreurs = Erreurs::default();
        let nom = erreurs.garder("nom", Texte::new(champs.texte("nom")));
        let organisation = erreurs.garder("organisation", Texte::new(champs.texte("organisation")));
        let finess = finess(&mut erreurs, champs);
        let profil = champs.texte("profil");
        erreurs.exiger("profil", PROFILS.contains(&profil), "Choisissez ce que l'application fait.");
        let cles = erreurs.garder("cles", jose::lire_cles(champs.texte("cles")));
        let certificats = erreurs.garder("certificats", lire_pem(champs.texte("certificats"))).unwrap_or_default();
        let portees = erreurs.garder("portees", portees::lire(champs.texte("portees")));
        let etablissements: Vec<EtablissementId> = self
            .ouverts
            .iter()
            .filter(|id| champs.tous("etablissement").any(|choisi| choisi == id.to_string()))
            .copied()
            .collect();
        erreurs.exiger("etablissement", !etablissements.is_empty(), "Choisissez au moins un établissement.");
        let hotes = hotes(&mut erreurs, champs);
        let au = self.fin(&mut erreurs, champs);
        match (nom, organisation, cles, portees) {
            (Some(nom), Some(organisation), Some(cles), Some(portees)) if erreurs.aucune() => Ok(Application {
                compte,
                nom,
                organisation,
                finess,
                profil: profil.to_owned(),
                cles,
                certificats,
                portees: portees.to_string(),
                etablissements,
                hotes,
                du: self.now,
                au,
                ouverte_par: self.par.to_owned(),
                retrait: None,
            }),
            _ => Err(erreurs),
        }
    }

    /// The last day is included.
    fn fin(&self, erreurs: &mut Erreurs, champs: &Champs) -> Option<Timestamp> {
        let jour: Date = match champs.texte("au") {
            "" => return None,
            texte => erreurs.garder("au", lire_date(texte))?,
        };
        erreurs.exiger("au", jour >= jour_local(self.now, self.fuseau), "Le dernier jour est déjà passé.");
        let lendemain = jour.tomorrow().ok()?;
        Some(instant_local(lendemain.to_datetime(jiff::civil::Time::midnight()), self.fuseau))
    }
}

fn finess(erreurs: &mut Erreurs, champs: &Champs) -> Option<Finess> {
    match champs.texte("finess") {
        "" => None,
        texte => erreurs.garder("finess", Finess::new(texte)),
    }
}

fn hotes(erreurs: &mut Erreurs, champs: &Champs) -> Vec<String> {
    let hotes: Vec<String> = champs.texte("hotes").split_whitespace().map(str::to_lowercase).collect();
    let forme =
        |hote: &String| hote.len() <= 255 && hote.bytes().all(|octet| octet.is_ascii_alphanumeric() || b"-.:[]".contains(&octet));
    erreurs.exiger(
        "hotes",
        hotes.len() <= HOTES_MAX && hotes.iter().all(forme),
        "Écrivez au plus dix noms d'hôtes séparés par des espaces, par exemple notifications.ch-exemple.fr.",
    );
    hotes
}
