//! FLUDT: what goes with a person to the emergency department.

use cisis::{
    Belongings, Consciousness, Decimal, Findings, Fludt, Glucose, GlucoseUnit, LastIntake, LastMeal, Pain, Transfer, VitalKind,
    VitalSign,
};
use constantes::Constante;
use jiff::SignedDuration;
use kernel::dates::{heure_levee, jour_local};
use medical::{Element, Nature};
use platform::acces::Categorie;
use platform::store::Stored;
use platform::web::Champs;
use urgences::Quoi;

use super::champs::{dit, jour, moment, oui_non};
use super::{Champ, Contenu, Contexte, Groupe, Manque, Redige, Sorte, etablissement, le};
use crate::entete::instant;

/// Kind of the sheet in the list of documents (JDV_J07); in the document itself the volet writes that of the DLU.
const TYPE: &str = "78341-5";
/// A measure older than this says nothing of a departure.
const FRAICHE: SignedDuration = SignedDuration::from_hours(72);
/// What changes slowly is told for three months.
const LENTE: SignedDuration = SignedDuration::from_hours(92 * 24);

const CONSCIENCE: &[(&str, &str)] =
    &[("", "Non renseignée"), ("eveille", "Conscient et éveillé"), ("eveillable", "Éveillable"), ("non", "Non éveillable")];

pub(super) const GROUPES: &[Groupe] = &[
    Groupe {
        titre: "Le transfert",
        champs: &[
            Champ::new("motif", "Motif", Sorte::Ligne(240)).requis("Écrivez pourquoi la personne part."),
            Champ::new("circonstances", "Circonstances, ce qui a été fait", Sorte::Zone(2000)),
            Champ::new("depart_jour", "Jour du départ", Sorte::Jour).requis("Écrivez le jour du départ."),
            Champ::new("depart_heure", "Heure du départ", Sorte::Heure),
            Champ::new("destination", "Hôpital, service", Sorte::Ligne(160)),
            Champ::new("transport", "Moyen de transport", Sorte::Ligne(80)).aide("Ambulance, VSAV, SMUR"),
        ],
    },
    Groupe {
        titre: "État au départ",
        champs: &[
            Champ::new("conscience", "Conscience", Sorte::Choix(CONSCIENCE)),
            Champ::new("douleur_lieu", "Siège de la douleur", Sorte::Ligne(120)),
        ],
    },
    Groupe {
        titre: "Dernières prises",
        champs: &[
            Champ::new("prise_jour", "Dernière prise du traitement, jour", Sorte::Jour),
            Champ::new("prise_heure", "Dernière prise du traitement, heure", Sorte::Heure),
            Champ::new("repas_jour", "Dernier repas, jour", Sorte::Jour),
            Champ::new("repas_heure", "Dernier repas, heure", Sorte::Heure),
            Champ::new("repas_detail", "Dernier repas, quoi", Sorte::Ligne(160)),
        ],
    },
    Groupe {
        titre: "Ce que la personne emporte",
        champs: &[
            Champ::new("lunettes", "Lunettes", Sorte::OuiNon),
            Champ::new("dentier_haut", "Prothèse dentaire du haut", Sorte::OuiNon),
            Champ::new("dentier_bas", "Prothèse dentaire du bas", Sorte::OuiNon),
            Champ::new("audio_droite", "Appareil auditif droit", Sorte::OuiNon),
            Champ::new("audio_gauche", "Appareil auditif gauche", Sorte::OuiNon),
            Champ::new("objets", "Autres objets, un par ligne", Sorte::Zone(600)),
        ],
    },
    Groupe { titre: "Autre", champs: &[Champ::new("commentaires", "À dire à l'équipe d'urgence", Sorte::Zone(2000))] },
];

/// Our quantities and those of the sheet.
const MESURES: [(&str, VitalKind); 7] = [
    ("frequence_cardiaque", VitalKind::HeartRate),
    ("temperature", VitalKind::Temperature),
    (constantes::POIDS, VitalKind::Weight),
    (constantes::TENSION, VitalKind::Systolic),
    ("spo2", VitalKind::OxygenSaturation),
    ("frequence_respiratoire", VitalKind::RespiratoryRate),
    ("taille", VitalKind::Height),
];

/// A measure fresh enough to be told, those which change slowly kept longer.
fn mesure<'a>(contexte: &'a Contexte<'_>, code: &str) -> Option<&'a Stored<Constante>> {
    let lue = contexte.dlu.constantes.get(code)?;
    let age = if [constantes::POIDS, "taille"].contains(&code) { LENTE } else { FRAICHE };
    (lue.compte() && contexte.dlu.au.duration_since(lue.mesuree_le) <= age).then_some(lue)
}

/// What the record already says.
pub(super) fn preremplir(contexte: &Contexte<'_>) -> Vec<(&'static str, String)> {
    let (dlu, fuseau) = (contexte.dlu, contexte.fuseau);
    let depart = contexte.episode.and_then(|episode| {
        episode.valides().rev().find_map(|etape| match &etape.quoi {
            Quoi::Depart { hopital } => Some((etape.a, hopital.clone())),
            _ => None,
        })
    });
    let parti_le = depart.as_ref().map_or(dlu.au, |(a, _)| *a);
    let prefere = dlu.consignes.as_ref().map(|consignes| consignes.hopital.nom.clone()).unwrap_or_default();
    let destination = depart.map(|(_, hopital)| hopital).filter(|hopital| !hopital.is_empty()).unwrap_or(prefere);
    let eveille = contexte.episode.and_then(|episode| episode.reponse_a("conscient")) == Some(true);
    let dispositifs: Vec<&Element> = dlu.de(Nature::Dispositif).collect();
    let porte = |mots: &str, cote: &str| {
        let tient = dispositifs.iter().any(|un| {
            let phrase = kernel::texte::plier(&un.phrase());
            phrase.contains(mots) && phrase.contains(cote)
        });
        if tient { "oui".to_owned() } else { String::new() }
    };
    vec![
        ("motif", contexte.episode.and_then(urgences::Episode::motif).unwrap_or_default()),
        ("circonstances", contexte.episode.map(|episode| episode.recit(fuseau)).unwrap_or_default()),
        ("depart_jour", jour_local(parti_le, fuseau).to_string()),
        ("depart_heure", heure_levee(parti_le, fuseau)),
        ("destination", destination),
        ("conscience", if eveille { "eveille".into() } else { String::new() }),
        ("lunettes", porte("lunette", "")),
        ("dentier_haut", porte("dent", "haut")),
        ("dentier_bas", porte("dent", "bas")),
        ("audio_droite", porte("audit", "droit")),
        ("audio_gauche", porte("audit", "gauche")),
        ("objets", dispositifs.iter().map(|un| un.phrase()).collect::<Vec<_>>().join("\n")),
        ("commentaires", commentaires(contexte)),
    ]
}

/// What nobody who receives the person may ignore, since the sheet has no section for it.
fn commentaires(contexte: &Contexte<'_>) -> String {
    let dlu = contexte.dlu;
    let mut lignes = vec![dlu.allergies(), dlu.niveau()];
    lignes.extend(dlu.a_risque().map(Element::phrase));
    lignes.extend(dlu.alertes.as_ref().map(usagers::Alertes::essentiel).filter(|texte| !texte.is_empty()));
    lignes.join("\n").chars().take(2000).collect()
}

/// What the record does not say.
pub(super) fn manques(contexte: &Contexte<'_>) -> Vec<Manque> {
    let noms = [
        (constantes::TENSION, "Tension de moins de trois jours"),
        ("frequence_cardiaque", "Fréquence cardiaque de moins de trois jours"),
        ("temperature", "Température de moins de trois jours"),
        (constantes::POIDS, "Poids de moins de trois mois"),
    ];
    noms.into_iter()
        .filter(|(code, _)| mesure(contexte, code).is_none())
        .map(|(_, quoi)| Manque { quoi: quoi.to_owned(), ou: "constantes", famille: Categorie::Constantes })
        .collect()
}

fn signes(contexte: &Contexte<'_>) -> Vec<VitalSign> {
    let mut signes = Vec::new();
    for (code, kind) in MESURES {
        let Some(lue) = mesure(contexte, code) else { continue };
        let quand = instant(lue.mesuree_le, contexte.fuseau);
        let mut ajouter = |kind, valeur: kernel::decimal::Decimal| {
            if let Ok(value) = Decimal::new(&valeur.point()) {
                signes.push(VitalSign { kind, value, time: quand.clone() });
            }
        };
        ajouter(kind, lue.valeur);
        if let Some(basse) = lue.valeur2.filter(|_| kind == VitalKind::Systolic) {
            ajouter(VitalKind::Diastolic, basse);
        }
    }
    signes
}

fn observations(contexte: &Contexte<'_>, saisie: &Champs) -> Findings {
    let douleur = mesure(contexte, "douleur");
    let score = douleur.and_then(|lue| lue.valeur.point().parse::<u8>().ok()).filter(|score| *score <= 10);
    let lieu = dit(saisie, "douleur_lieu");
    let dite = lieu.is_some() || score.is_some();
    let pain = Pain { location: lieu, score, time: douleur.and_then(|lue| instant(lue.mesuree_le, contexte.fuseau)) };
    let glucose = mesure(contexte, "glycemie_capillaire").and_then(|lue| {
        let value = Decimal::new(&lue.valeur.point()).ok()?;
        let unit = if lue.unite_mesure == "mmol/L" { GlucoseUnit::MillimolesPerLitre } else { GlucoseUnit::GramsPerLitre };
        Some(Glucose { value, unit, time: instant(lue.mesuree_le, contexte.fuseau) })
    });
    Findings {
        consciousness: match saisie.texte("conscience") {
            "eveille" => Some(Consciousness::Awake),
            "eveillable" => Some(Consciousness::Wakeable),
            "non" => Some(Consciousness::Unwakeable),
            _ => None,
        },
        pains: dite.then_some(pain).into_iter().collect(),
        glucose,
    }
}

fn objets(saisie: &Champs) -> Belongings {
    Belongings {
        glasses: oui_non(saisie, "lunettes"),
        upper_denture: oui_non(saisie, "dentier_haut"),
        lower_denture: oui_non(saisie, "dentier_bas"),
        right_hearing_aid: oui_non(saisie, "audio_droite"),
        left_hearing_aid: oui_non(saisie, "audio_gauche"),
        others: saisie.texte("objets").lines().filter_map(crate::dlu::plein).take(20).collect(),
    }
}

/// The sheet.
pub(super) fn rediger(contexte: &Contexte<'_>, saisie: &Champs) -> Result<Redige, (&'static str, String)> {
    let fuseau = contexte.fuseau;
    let depart = jour(saisie, "depart_jour").ok_or(("depart_jour", "Écrivez le jour du départ.".to_owned()))?;
    let hopital = contexte.dlu.consignes.as_ref().map(|consignes| &consignes.hopital);
    let destination = saisie.texte("destination");
    // Number and telephone are those of the preferred hospital, as long as it is where the person goes.
    let connu = hopital.filter(|hopital| hopital.nom == destination);
    let fludt = Fludt {
        transfer: Transfer {
            reason: saisie.texte("motif").to_owned(),
            circumstances: dit(saisie, "circonstances"),
            departure: moment(saisie, ("depart_jour", "depart_heure"), fuseau),
            arrival: None,
            transport: dit(saisie, "transport"),
            destination: etablissement(
                destination,
                connu.map_or("", |hopital| &hopital.finess),
                connu.map_or("", |hopital| &hopital.telephone),
            ),
        },
        vital_signs: signes(contexte),
        findings: observations(contexte, saisie),
        last_intakes: moment(saisie, ("prise_jour", "prise_heure"), fuseau)
            .map(|time| LastIntake { drug: None, time })
            .into_iter()
            .collect(),
        last_meal: LastMeal { time: moment(saisie, ("repas_jour", "repas_heure"), fuseau), detail: dit(saisie, "repas_detail") },
        belongings: objets(saisie),
        comments: dit(saisie, "commentaires"),
    };
    // The versions of one departure: those of the emergency, else of the day.
    let clef = contexte.episode.map_or_else(
        || format!("fludt-{}", depart.strftime("%Y%m%d")),
        |episode| format!("fludt-{}", episode.debut().strftime("%Y%m%dT%H%M%SZ")),
    );
    Ok(Redige {
        contenu: Contenu::Fludt(Box::new(fludt)),
        titre: format!("Fiche de transfert aux urgences, {}", le(depart)),
        type_code: TYPE.into(),
        clef,
        jour: depart,
    })
}
