//! LDL-EES: the letter which goes before a person to a planned stay or a consultation (F133).

use cisis::{LdlEes, Recorded, Surgery};
use kernel::dates::{heure_levee, jour_local};
use medical::{Element, Nature};
use platform::web::Champs;

use super::champs::{dit, jour};
use super::{Champ, Contenu, Contexte, Groupe, Redige, Sorte, le};
use crate::dlu::{allergies, commentaire, commentaires, liste, probleme, traitement};
use crate::entete::date;

/// Kind of the letter (JDV_J07).
const TYPE: &str = "18761-7";

const GENRES: &[(&str, &str)] = &[
    ("programmee", "Hospitalisation programmée"),
    ("consultation", "Consultation externe"),
    ("ambulatoire", "Hôpital de jour, acte ambulatoire"),
    ("urgence", "Hospitalisation non programmée"),
];

pub(super) const GROUPES: &[Groupe] = &[
    Groupe {
        titre: "La venue à l'hôpital",
        champs: &[
            Champ::new("genre", "Venue", Sorte::Choix(GENRES)).requis("Dites pour quelle venue la lettre est écrite."),
            Champ::new("motif", "Motif", Sorte::Zone(1000)).requis("Écrivez pourquoi la personne est adressée."),
            Champ::new("hopital", "Hôpital, service", Sorte::Ligne(160)),
            Champ::new("jour", "Jour prévu", Sorte::Jour),
            Champ::new("heure", "Heure prévue", Sorte::Heure),
        ],
    },
    Groupe { titre: "À savoir", champs: &[Champ::new("autres", "Autres informations", Sorte::Zone(3000))] },
];

/// What the record already says: the next appointment a hospital announced, what to know of the person.
pub(super) fn preremplir(contexte: &Contexte<'_>) -> Vec<(&'static str, String)> {
    let venue = contexte.rendez_vous;
    let quand = venue.and_then(|venue| venue.debut);
    let texte = |dit: Option<&String>| dit.cloned().unwrap_or_default();
    let ou: Vec<String> = venue
        .map(|venue| {
            let morceaux = [Some(&venue.hopital.nom), venue.service.as_ref(), venue.avec.as_ref()];
            morceaux.into_iter().flatten().filter(|mot| !mot.is_empty()).cloned().collect()
        })
        .unwrap_or_default();
    let prefere = contexte.dlu.consignes.as_ref().map(|consignes| consignes.hopital.nom.clone()).unwrap_or_default();
    vec![
        ("genre", if venue.is_some() { "consultation".into() } else { String::new() }),
        ("motif", texte(venue.and_then(|venue| venue.motif.as_ref()))),
        ("hopital", if ou.is_empty() { prefere } else { ou.join(", ").chars().take(160).collect() }),
        ("jour", quand.map(|quand| jour_local(quand, contexte.fuseau).to_string()).unwrap_or_default()),
        ("heure", quand.map(|quand| heure_levee(quand, contexte.fuseau)).unwrap_or_default()),
        ("autres", commentaires(contexte.dlu).unwrap_or_default().chars().take(3000).collect()),
    ]
}

fn intervention(element: &Element) -> Surgery {
    Surgery { label: element.libelle.clone(), code: None, date: element.debut.and_then(date), comment: commentaire(element) }
}

/// The letter.
pub(super) fn rediger(contexte: &Contexte<'_>, saisie: &Champs) -> Result<Redige, (&'static str, String)> {
    let dlu = contexte.dlu;
    let genre = GENRES.iter().find(|(code, _)| *code == saisie.texte("genre"));
    let (code, genre) = genre.ok_or(("genre", "Dites pour quelle venue la lettre est écrite.".to_owned()))?;
    let venue = jour(saisie, "jour");
    let mut annonce = vec![(*genre).to_owned()];
    annonce.extend(venue.map(le));
    annonce.extend(dit(saisie, "heure").filter(|_| venue.is_some()).map(|heure| format!("à {heure}")));
    let ou = dit(saisie, "hopital").map(|ou| format!(", {ou}")).unwrap_or_default();
    let others = [Some(format!("{}{ou}", annonce.join(" "))), dit(saisie, "autres")];
    let lettre = LdlEes {
        reason: dit(saisie, "motif"),
        treatments: liste(dlu, &[Nature::Traitement], traitement),
        allergies: allergies(dlu),
        history: liste(dlu, &[Nature::Pathologie, Nature::Antecedent], probleme),
        surgeries: interventions(contexte),
        others: Some(others.into_iter().flatten().collect::<Vec<_>>().join("\n")),
    };
    let quand = venue.unwrap_or(dlu.jour);
    Ok(Redige {
        contenu: Contenu::LdlEes(Box::new(lettre)),
        titre: format!("Lettre de liaison, {} {}", genre.to_lowercase(), le(quand)),
        type_code: TYPE.into(),
        clef: format!("ldl-ees-{code}-{}", quand.strftime("%Y%m%d")),
        jour: dlu.jour,
    })
}

/// Surgery undergone, unknown when nothing was written.
pub(super) fn interventions(contexte: &Contexte<'_>) -> Recorded<Surgery> {
    liste(contexte.dlu, &[Nature::Intervention], intervention)
}
