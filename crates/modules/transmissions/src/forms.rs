//! Forms: what was typed becomes a writing, or sentences which say what to change.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use kernel::texte::{ErreurTexte, Texte};
use platform::web::{Champs, Erreurs};
use uuid::Uuid;

use crate::model::{ConsigneEcrite, Importance, Lien};
use crate::themes;

/// What a person wrote, before the record of the resident is known.
#[derive(Debug, Clone)]
pub(crate) struct Redaction {
    pub(crate) id: Uuid,
    /// `None`: to be found from the words.
    pub(crate) theme: Option<String>,
    pub(crate) donnees: Option<Texte<4000>>,
    pub(crate) actions: Option<Texte<4000>>,
    pub(crate) resultat: Option<Texte<4000>>,
    pub(crate) importance: Importance,
    pub(crate) consigne: Option<ConsigneEcrite>,
    pub(crate) a_revoir: Option<Timestamp>,
    pub(crate) cible: Option<Uuid>,
    pub(crate) clore: bool,
    pub(crate) liens: Vec<Lien>,
    /// `None`: now.
    pub(crate) fait_le: Option<Timestamp>,
}

impl Redaction {
    /// The theme chosen, else the one the words call, with whether it was only proposed.
    pub(crate) fn theme_ou_propose(&self) -> (String, bool) {
        if let Some(theme) = &self.theme {
            return (theme.clone(), false);
        }
        let texte = [&self.donnees, &self.actions, &self.resultat]
            .into_iter()
            .filter_map(|texte| texte.as_deref())
            .collect::<Vec<_>>()
            .join("\n");
        let propose = themes::proposer(&texte).map_or(themes::AUTRE, |theme| theme.code.as_str());
        (propose.to_owned(), true)
    }

    /// The same for another person: same words, another record.
    pub(crate) fn pour(&self, rang: usize, usager: kernel::id::UsagerId) -> Self {
        let id = if rang == 0 { self.id } else { kernel::id::derived(self.id, &usager.to_string()) };
        Self { id, ..self.clone() }
    }
}

/// When it is, and where.
#[derive(Debug, Clone)]
pub(crate) struct Moment {
    pub(crate) now: Timestamp,
    pub(crate) fuseau: TimeZone,
}

impl Moment {
    pub(crate) fn jour(&self) -> Date {
        kernel::dates::jour_local(self.now, &self.fuseau)
    }
}

fn texte(champs: &Champs, nom: &str, erreurs: &mut Erreurs) -> Option<Texte<4000>> {
    match Texte::<4000>::facultatif(champs.texte(nom)) {
        Ok(texte) => texte,
        Err(erreur) => {
            erreurs.ajouter(nom, erreur.to_string());
            None
        }
    }
}

fn theme(champs: &Champs, erreurs: &mut Erreurs) -> Option<String> {
    let code = champs.texte("theme");
    if code.is_empty() {
        return None;
    }
    erreurs.exiger("theme", themes::get(code).is_some(), "Ce thème n'existe pas dans la liste. Choisissez-en un autre.");
    Some(code.to_owned())
}

fn importance(champs: &Champs, erreurs: &mut Erreurs) -> Importance {
    let code = champs.texte("importance");
    if code.is_empty() {
        return Importance::Info;
    }
    Importance::lire(code).unwrap_or_else(|| {
        erreurs.ajouter("importance", "Choisissez Info, À suivre ou Alerte.");
        Importance::Info
    })
}

/// « Ce soir » is 20:00, « demain » is the next morning at 09:00: hours at which the next team reads.
fn a_revoir(champs: &Champs, moment: &Moment, erreurs: &mut Erreurs) -> Option<Timestamp> {
    let jour = moment.jour();
    let (jour, heure) = match champs.texte("a_revoir") {
        "ce_soir" => (jour, 20),
        "demain" => (jour.saturating_add(1.day()), 9),
        "le" => match kernel::dates::lire_date(champs.texte("a_revoir_le")) {
            Ok(date) if date >= jour => (date, 9),
            Ok(_) => {
                erreurs.ajouter("a_revoir_le", "Ce jour est passé. Indiquez aujourd'hui ou un jour à venir.");
                return None;
            }
            Err(erreur) => {
                erreurs.ajouter("a_revoir_le", erreur.to_string());
                return None;
            }
        },
        _ => return None,
    };
    Some(kernel::dates::instant_local(jour.at(heure, 0, 0, 0), &moment.fuseau))
}

fn consigne(champs: &Champs, moment: &Moment, erreurs: &mut Erreurs) -> Option<ConsigneEcrite> {
    let texte = match Texte::<500>::facultatif(champs.texte("consigne")) {
        Ok(texte) => texte?,
        Err(erreur) => {
            erreurs.ajouter("consigne", erreur.to_string());
            return None;
        }
    };
    let jour = moment.jour();
    let saisie = champs.texte("consigne_jusquau");
    if saisie.is_empty() {
        erreurs.ajouter("consigne_jusquau", "Indiquez le dernier jour de la consigne : sans fin, elle ne serait plus lue.");
        return None;
    }
    let jusquau = erreurs.garder("consigne_jusquau", kernel::dates::lire_date(saisie))?;
    erreurs.exiger("consigne_jusquau", jusquau >= jour, "Ce jour est passé. Indiquez aujourd'hui ou un jour à venir.");
    let dans_un_an = jour.saturating_add(1.year());
    erreurs.exiger("consigne_jusquau", jusquau <= dans_un_an, "Une consigne dure un an au plus. Rapprochez le dernier jour.");
    let pour = champs.tous("consigne_pour").filter(|code| !code.is_empty()).map(str::to_owned).collect();
    Some(ConsigneEcrite { texte, jusquau, pour })
}

/// The hour of the fact, when it is not now: today, or yesterday for an hour still to come.
fn fait_le(champs: &Champs, moment: &Moment, erreurs: &mut Erreurs) -> Option<Timestamp> {
    let heure = champs.texte("fait_heure");
    if heure.is_empty() {
        return None;
    }
    let Ok(lue) = heure.parse::<jiff::civil::Time>() else {
        erreurs.ajouter("fait_heure", "L'heure doit s'écrire HH:MM, par exemple 08:30.");
        return None;
    };
    let jour = match champs.texte("fait_jour") {
        "" => moment.jour(),
        saisi => erreurs.garder("fait_jour", kernel::dates::lire_date(saisi))?,
    };
    let fait = kernel::dates::instant_local(jour.to_datetime(lue), &moment.fuseau);
    let passe = fait <= moment.now;
    erreurs.exiger("fait_heure", passe, "Cette heure n'est pas encore passée. Indiquez l'heure à laquelle vous l'avez constaté.");
    let recent = moment.now.duration_since(fait).as_hours() <= 24 * 31;
    erreurs.exiger("fait_jour", recent, "Ce jour est à plus d'un mois. Vérifiez la date.");
    Some(fait)
}

fn liens(champs: &Champs) -> Vec<Lien> {
    let nature = champs.texte("lien_nature");
    let (Some(id), Ok(libelle)) = (champs.lire::<Uuid>("lien_id"), Texte::<200>::new(champs.texte("lien_libelle"))) else {
        return Vec::new();
    };
    if !Lien::NATURES.contains(&nature) {
        return Vec::new();
    }
    vec![Lien { nature: nature.to_owned(), id, libelle: libelle.to_string() }]
}

/// Reads a transmission.
pub(crate) fn redaction(champs: &Champs, moment: &Moment) -> Result<Redaction, Erreurs> {
    let mut erreurs = Erreurs::default();
    let id = champs.lire::<Uuid>("id");
    erreurs.exiger("id", id.is_some(), "Cette page est incomplète. Rouvrez « Écrire une transmission » et recommencez.");
    let theme = theme(champs, &mut erreurs);
    let donnees = texte(champs, "donnees", &mut erreurs);
    let actions = texte(champs, "actions", &mut erreurs);
    let resultat = texte(champs, "resultat", &mut erreurs);
    let cible = champs.lire::<Uuid>("cible");
    let clore = champs.coche("clore") && cible.is_some();
    if cible.is_none() && donnees.is_none() && erreurs.de("donnees").is_none() {
        erreurs.ajouter("donnees", "Écrivez ce que vous avez vu ou entendu, en une phrase.");
    }
    if cible.is_some() && [&donnees, &actions, &resultat].iter().all(|texte| texte.is_none()) && erreurs.aucune() {
        erreurs.ajouter("resultat", "Écrivez le résultat, ou ce que vous voyez aujourd'hui, en une phrase.");
    }
    let redaction = Redaction {
        id: id.unwrap_or_default(),
        theme,
        donnees,
        actions,
        resultat,
        importance: importance(champs, &mut erreurs),
        consigne: consigne(champs, moment, &mut erreurs),
        a_revoir: a_revoir(champs, moment, &mut erreurs),
        cible,
        clore,
        liens: liens(champs),
        fait_le: fait_le(champs, moment, &mut erreurs),
    };
    if erreurs.aucune() { Ok(redaction) } else { Err(erreurs) }
}

/// Reads the reason of a correction or annulment.
pub(crate) fn motif(champs: &Champs, erreurs: &mut Erreurs) -> Option<Texte<300>> {
    match Texte::<300>::new(champs.texte("motif")) {
        Ok(motif) => Some(motif),
        Err(ErreurTexte::Vide) => {
            erreurs.ajouter("motif", "Indiquez pourquoi : le motif reste lisible à côté de l'écrit d'origine.");
            None
        }
        Err(erreur) => {
            erreurs.ajouter("motif", erreur.to_string());
            None
        }
    }
}
