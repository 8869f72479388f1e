//! After an outage: what was ticked on paper becomes traces, marked as entered afterwards.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Time;
use kernel::id::UsagerId;
use plan_de_soins::acts::valider::{Saisie, valider};
use plan_de_soins::{Creneau, FaitSource, Issue, Poste, SoinDuTour, Tour, ValiderSoins, tour_de};
use platform::acces::{Acces, PerimetreOuvert};
use platform::erreur::{Erreur, Resultat};
use platform::web::{Answer, Champs, Erreurs, Parametres, page};
use serde::Deserialize;
use uuid::Uuid;

use crate::rights::Ressaisir;
use crate::views;

/// What is entered again: a unit, a shift, perhaps one person (the QR code of a sheet).
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Quoi {
    #[serde(default)]
    pub(crate) unite: String,
    #[serde(default)]
    pub(crate) usager: String,
    #[serde(default)]
    pub(crate) jour: String,
    #[serde(default)]
    pub(crate) poste: String,
}

impl Quoi {
    /// The shift asked, else the last one which ended.
    fn creneau(&self, now: Timestamp, fuseau: &jiff::tz::TimeZone) -> Creneau {
        let actuel = Creneau::a(now, fuseau);
        match (self.jour.parse(), self.poste.parse::<Poste>()) {
            (Ok(jour), Ok(poste)) => Creneau { jour, poste },
            (_, Ok(poste)) => Creneau { jour: actuel.jour, poste },
            _ => actuel,
        }
    }
}

/// The note which marks a trace as entered from paper; `initiales` are those read on the sheet.
fn note(initiales: &str) -> String {
    let qui: String = initiales.chars().filter(|c| !c.is_control()).take(60).collect();
    if qui.trim().is_empty() {
        "Saisi après coup, d'après le classeur de secours.".to_owned()
    } else {
        format!("Saisi après coup, d'après le classeur de secours. Fait par : {}.", qui.trim())
    }
}

/// The name of a field of one time of one act.
pub(crate) fn champ(quoi: &str, usager: UsagerId, soin: &SoinDuTour) -> String {
    format!("{quoi}-{usager}-{}-{}", soin.ligne.id, soin.occurrence)
}

async fn ouvrir(acces: &Acces<Ressaisir>, quoi: &Quoi) -> Resultat<(PerimetreOuvert<Ressaisir>, Tour)> {
    let unites = match quoi.unite.parse() {
        Ok(unite) => vec![unite],
        Err(_) => acces.contexte().unites.clone(),
    };
    let perimetre = acces.ouvrir_perimetre(acces.etablissement()?, &unites).await?;
    let mut residents = sejours::residents_de(&perimetre).await?;
    if let Ok(usager) = quoi.usager.parse::<UsagerId>() {
        residents.retain(|resident| resident.id() == usager);
    }
    let creneau = quoi.creneau(acces.now(), &acces.services().fuseau);
    let mut tour = tour_de(&perimetre, creneau, residents).await?;
    let now = acces.now();
    tour.garder(|_, soin| soin.etat.attend() && soin.due <= now);
    Ok((perimetre, tour))
}

/// The page: what is still without a word in the shift, resident by resident.
pub(crate) async fn formulaire(acces: Acces<Ressaisir>, Parametres(quoi): Parametres<Quoi>) -> Resultat<Answer> {
    let (_, tour) = ouvrir(&acces, &quoi).await?;
    Ok(Answer::html(rendre(&acces, &quoi, &tour, &Champs::default(), &Erreurs::default())))
}

fn rendre(acces: &Acces<Ressaisir>, quoi: &Quoi, tour: &Tour, champs: &Champs, erreurs: &Erreurs) -> maud::Markup {
    let unites = acces.etablissement().map(|etablissement| acces.services().enseigne.unites(etablissement)).unwrap_or_default();
    let contenu = views::ressaisie(&views::Ressaisie {
        quoi,
        tour,
        unites: &unites,
        champs,
        erreurs,
        fuseau: &acces.services().fuseau,
        nouvel_id: acces.nouvel_id(),
    });
    page(acces, "Ressaisie après une panne", "/secours").contenu(contenu).render()
}

/// One word read from the form.
struct Mot {
    soin: SoinDuTour,
    issue: Issue,
    fait_le: Timestamp,
    note: String,
}

fn lire_heure(
    brut: &str,
    soin: &SoinDuTour,
    creneau: Creneau,
    now: Timestamp,
    fuseau: &jiff::tz::TimeZone,
) -> Result<Timestamp, &'static str> {
    if brut.is_empty() {
        return Ok(soin.due);
    }
    let heure: Time = brut.parse().map_err(|_| "L'heure n'est pas lisible. Écrivez-la comme 08:30.")?;
    // A night shift ends the day after: early hours belong to that day.
    let jour =
        if creneau.poste == Poste::Nuit && heure < Poste::Matin.debut() { creneau.jour.tomorrow() } else { Ok(creneau.jour) };
    let jour = jour.map_err(|_| "Cette date n'existe pas.")?;
    let instant = kernel::dates::instant_local(jour.to_datetime(heure), fuseau);
    if instant > now { Err("Cette heure n'est pas encore passée. Indiquez l'heure lue sur la feuille.") } else { Ok(instant) }
}

fn lire(
    champs: &Champs,
    tour: &Tour,
    now: Timestamp,
    fuseau: &jiff::tz::TimeZone,
) -> Result<HashMap<UsagerId, Vec<Mot>>, Erreurs> {
    let mut erreurs = Erreurs::default();
    let mut mots: HashMap<UsagerId, Vec<Mot>> = HashMap::new();
    for resident in &tour.residents {
        let usager = resident.id();
        let note = note(champs.texte(&format!("par-{usager}")));
        for soin in &resident.soins {
            let issue = match champs.texte(&champ("issue", usager, soin)) {
                "fait" => Issue::Fait,
                "refuse" => Issue::Refuse { motif: "ne_veut_pas".to_owned() },
                _ => continue,
            };
            let nom = champ("heure", usager, soin);
            match lire_heure(champs.texte(&nom), soin, tour.creneau, now, fuseau) {
                Ok(fait_le) => {
                    mots.entry(usager).or_default().push(Mot { soin: soin.clone(), issue, fait_le, note: note.clone() });
                }
                Err(phrase) => erreurs.ajouter(&nom, phrase),
            }
        }
    }
    if erreurs.aucune() { Ok(mots) } else { Err(erreurs) }
}

/// Writes what was ticked on paper; each person's record is opened and checked as at the bedside.
pub(crate) async fn enregistrer(acces: Acces<Ressaisir>, champs: Champs) -> Resultat<Answer> {
    let dit = |nom: &str| champs.texte(nom).to_owned();
    let quoi = Quoi { unite: dit("unite"), usager: dit("usager"), jour: dit("jour"), poste: dit("poste") };
    let (_, tour) = ouvrir(&acces, &quoi).await?;
    let fuseau = &acces.services().fuseau;
    let mots = match lire(&champs, &tour, acces.now(), fuseau) {
        Ok(mots) => mots,
        Err(erreurs) => return Ok(Answer::a_corriger(rendre(&acces, &quoi, &tour, &champs, &erreurs))),
    };
    if mots.is_empty() {
        return Err(Erreur::Demande("Rien n'a été coché. Cochez ce qui est noté sur la feuille, ou revenez en arrière.".into()));
    }
    let base: Uuid = champs.lire("id").unwrap_or_else(|| acces.nouvel_id());
    let valider_soins: Acces<ValiderSoins> = acces.aussi().await?;
    let mut ecrits = 0;
    for (usager, siens) in mots {
        let dossier = valider_soins.ouvrir_dossier(usager).await?;
        for mot in siens {
            let id = kernel::id::derived(base, &format!("{usager}/{}/{}", mot.soin.ligne.id, mot.soin.occurrence));
            let saisie = Saisie {
                issue: mot.issue,
                fait_le: mot.fait_le,
                fait_source: FaitSource::Choisi,
                note: mot.note,
                ..Saisie::maintenant(id, mot.soin.ligne.id, mot.soin.occurrence, acces.now())
            };
            valider(&valider_soins, &dossier, saisie).await?;
            ecrits += 1;
        }
    }
    let message = if ecrits == 1 { "1 soin ressaisi.".to_owned() } else { format!("{ecrits} soins ressaisis.") };
    let retour = format!(
        "/secours/ressaisie?unite={}&usager={}&jour={}&poste={}",
        quoi.unite,
        quoi.usager,
        tour.creneau.jour,
        tour.creneau.poste.code()
    );
    Ok(Answer::vers(retour).dit(message))
}
