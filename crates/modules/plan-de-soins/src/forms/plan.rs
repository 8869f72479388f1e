//! Fields of a planned act: what, when, by whom, how.

use jiff::Timestamp;
use jiff::civil::Date;
use platform::web::{Champs, Erreurs};
use uuid::Uuid;

use crate::bibliotheque::{Bibliotheque, LigneType, PlanType, lire_heure};
use crate::plan::SoinPrevu;
use crate::poste::Poste;
use crate::recurrence::{Jour, Moment, Recurrence, Rythme};

/// Rhythms offered, with their label.
pub(crate) const RYTHMES: [(&str, &str); 6] = [
    ("quotidien", "Chaque jour"),
    ("hebdomadaire", "Certains jours de la semaine"),
    ("intervalle", "Tous les… jours"),
    ("mensuel", "Chaque mois"),
    ("heures", "Toutes les… heures"),
    ("si_besoin", "Si besoin"),
];

/// Reads a planned act; `id` is that of the act, new or known.
pub(crate) fn lire(champs: &Champs, bibliotheque: &Bibliotheque, id: Uuid, now: Timestamp) -> Result<SoinPrevu, Erreurs> {
    let mut erreurs = Erreurs::default();
    let acte = bibliotheque.acte(champs.texte("acte"));
    erreurs.exiger("acte", acte.is_some(), "Choisissez un soin du catalogue.");
    let du = erreurs.garder("du", kernel::dates::lire_date(champs.texte("du")));
    let au = match champs.texte("au") {
        "" => None,
        texte => erreurs.garder("au", kernel::dates::lire_date(texte)),
    };
    if let (Some(du), Some(au)) = (du, au) {
        erreurs.exiger("au", du <= au, "La date de fin précède la date de début. Corrigez l'une des deux.");
    }
    let recurrence = du.and_then(|du| recurrence(champs, du, now, &mut erreurs));
    let consigne = champs.texte("consigne").to_owned();
    erreurs.exiger("consigne", consigne.chars().count() <= 500, "La consigne dépasse 500 caractères. Raccourcissez-la.");
    let libelle: String = champs.texte("libelle").chars().take(120).collect();
    match (acte, recurrence, du) {
        (Some(acte), Some(recurrence), Some(du)) if erreurs.aucune() => {
            let mut soin = acte.prevoir(id, recurrence, du);
            soin.au = au;
            if !libelle.is_empty() {
                soin.libelle = libelle;
            }
            if !consigne.is_empty() {
                soin.consigne = consigne;
            }
            let metiers: Vec<String> = champs.tous("metiers").filter(|metier| !metier.is_empty()).map(str::to_owned).collect();
            if !metiers.is_empty() {
                soin.metiers = metiers;
            }
            soin.a_risque = acte.a_risque || champs.coche("a_risque");
            soin.observation = acte.observation || champs.coche("observation");
            Ok(soin)
        }
        _ => Err(erreurs),
    }
}

fn recurrence(champs: &Champs, du: Date, now: Timestamp, erreurs: &mut Erreurs) -> Option<Recurrence> {
    let nombre = |nom: &str| champs.lire::<u16>(nom).filter(|nombre| (1..=366).contains(nombre));
    let rythme = match champs.texte("rythme") {
        "quotidien" => Some(Rythme::Quotidien),
        "hebdomadaire" => {
            let jours: Vec<Jour> = Jour::TOUS
                .iter()
                .filter(|(_, code, _)| champs.tous("jours").any(|jour| jour == *code))
                .map(|(jour, ..)| *jour)
                .collect();
            erreurs.exiger("jours", !jours.is_empty(), "Choisissez au moins un jour.");
            Some(Rythme::Hebdomadaire { jours })
        }
        "intervalle" => {
            erreurs.exiger("tous_les", nombre("tous_les").is_some(), "Indiquez un nombre de jours, de 1 à 366.");
            nombre("tous_les").map(|tous_les| Rythme::Intervalle { tous_les, depuis: du })
        }
        "mensuel" => {
            let jour = champs.lire::<i8>("jour_mois").filter(|jour| (1..=31).contains(jour));
            erreurs.exiger("jour_mois", jour.is_some(), "Indiquez un jour du mois, de 1 à 31.");
            jour.map(|jour| Rythme::Mensuel { jour })
        }
        "heures" => {
            let toutes_les = nombre("toutes_les").filter(|heures| *heures <= 48);
            erreurs.exiger("toutes_les", toutes_les.is_some(), "Indiquez un nombre d'heures, de 1 à 48.");
            return toutes_les.map(|toutes_les| Recurrence {
                rythme: Rythme::Heures { toutes_les, depuis: premiere(champs, du, now) },
                moments: Vec::new(),
            });
        }
        "si_besoin" => return Some(Recurrence::si_besoin()),
        _ => {
            erreurs.ajouter("rythme", "Choisissez un rythme.");
            None
        }
    };
    let moments = moments(champs, erreurs);
    rythme.map(|rythme| Recurrence { rythme, moments })
}

/// The first time of a rule by elapsed hours: the first hour typed, else now.
fn premiere(champs: &Champs, du: Date, now: Timestamp) -> Timestamp {
    let heure = champs.texte("heures").split([',', ';', ' ']).find_map(lire_heure);
    heure.map_or(now, |heure| kernel::dates::instant_local(du.to_datetime(heure), &crate::tour::fuseau()))
}

fn moments(champs: &Champs, erreurs: &mut Erreurs) -> Vec<Moment> {
    let mut moments = Vec::new();
    for morceau in champs.texte("heures").split([',', ';', ' ']).filter(|morceau| !morceau.is_empty()) {
        match lire_heure(morceau) {
            Some(heure) => moments.push(Moment::a(heure)),
            None => erreurs.ajouter("heures", format!("« {morceau} » n'est pas une heure. Écrivez 08:30, ou 08:30, 12:00.")),
        }
    }
    moments.extend(
        Poste::TOUS
            .into_iter()
            .filter(|poste| champs.tous("postes").any(|code| code == poste.code()))
            .map(|poste| Moment::Poste { poste }),
    );
    let heures: Vec<_> = moments.iter().map(|moment| moment.heure()).collect();
    let doubles = heures.iter().enumerate().any(|(rang, heure)| heures[..rang].contains(heure));
    erreurs.exiger("heures", !doubles, "La même heure est donnée deux fois.");
    erreurs.exiger("heures", !moments.is_empty(), "Indiquez au moins une heure, ou un poste.");
    moments
}

/// The fields of a planned act, for its form.
pub(crate) fn champs_de(soin: &SoinPrevu) -> Champs {
    let mut champs: Vec<(&str, String)> = vec![
        ("acte", soin.acte.clone()),
        ("libelle", soin.libelle.clone()),
        ("consigne", soin.consigne.clone()),
        ("du", soin.du.to_string()),
        ("au", soin.au.map(|au| au.to_string()).unwrap_or_default()),
    ];
    let rythme = match &soin.recurrence.rythme {
        Rythme::Quotidien | Rythme::Dates { .. } => "quotidien",
        Rythme::Hebdomadaire { jours } => {
            champs.extend(jours.iter().map(|jour| ("jours", jour.code().to_owned())));
            "hebdomadaire"
        }
        Rythme::Intervalle { tous_les, .. } => {
            champs.push(("tous_les", tous_les.to_string()));
            "intervalle"
        }
        Rythme::Mensuel { jour } => {
            champs.push(("jour_mois", jour.to_string()));
            "mensuel"
        }
        Rythme::Heures { toutes_les, .. } => {
            champs.push(("toutes_les", toutes_les.to_string()));
            "heures"
        }
        Rythme::SiBesoin => "si_besoin",
    };
    champs.push(("rythme", rythme.to_owned()));
    let heures: Vec<String> = soin
        .recurrence
        .moments
        .iter()
        .filter_map(|moment| match moment {
            Moment::Heure { heure, .. } => Some(kernel::dates::heure(*heure)),
            Moment::Poste { .. } => None,
        })
        .collect();
    champs.push(("heures", heures.join(", ")));
    for moment in &soin.recurrence.moments {
        if let Moment::Poste { poste } = moment {
            champs.push(("postes", poste.code().to_owned()));
        }
    }
    champs.extend(soin.metiers.iter().map(|metier| ("metiers", metier.clone())));
    champs.extend(soin.a_risque.then(|| ("a_risque", "oui".to_owned())));
    champs.extend(soin.observation.then(|| ("observation", "oui".to_owned())));
    let empruntes: Vec<(&str, &str)> = champs.iter().map(|(nom, valeur)| (*nom, valeur.as_str())).collect();
    Champs::depuis(&empruntes)
}

/// The lines of a template which are kept, with their own hours; `base` makes their ids.
pub(crate) fn lignes_de(champs: &Champs, plan: &PlanType, bibliotheque: &Bibliotheque, base: Uuid, du: Date) -> Vec<SoinPrevu> {
    let gardees: Vec<usize> = champs.tous("ligne").filter_map(|rang| rang.parse().ok()).collect();
    let gardee = |rang: &usize| gardees.contains(rang);
    let garder = |(rang, ligne): (usize, &LigneType)| {
        proposer(ligne, plan, bibliotheque, kernel::id::derived(base, &rang.to_string()), du)
    };
    plan.lignes.iter().enumerate().filter(|(rang, _)| gardee(rang)).filter_map(garder).collect()
}

/// A line of a template as a planned act.
pub(crate) fn proposer(ligne: &LigneType, plan: &PlanType, bibliotheque: &Bibliotheque, id: Uuid, du: Date) -> Option<SoinPrevu> {
    let acte = bibliotheque.acte(&ligne.acte)?;
    let mut soin = acte.prevoir(id, ligne.recurrence(du), du);
    soin.origine = Some(format!("plan-type/{}", plan.code));
    Some(soin)
}
