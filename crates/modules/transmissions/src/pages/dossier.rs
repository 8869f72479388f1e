//! `/residents/{usager}/transmissions`: one person, by target; results added, alerts taken note of.

use std::collections::HashMap;

use jiff::SignedDuration;
use kernel::id::UsagerId;
use maud::html;
use platform::acces::{Acces, Categorie, DossierOuvert};
use platform::erreur::{Erreur, Resultat};
use platform::store::Stored;
use platform::web::{Answer, Champs, Chemin, Erreurs, Parametres};
use serde::Deserialize;
use ui::Icone;
use ui::bloc::EntetePage;
use ui::boutons::Bouton;
use ui::impression::bouton_imprimer;
use uuid::Uuid;

use crate::acts::{self, Entree};
use crate::cible::Cible;
use crate::forms::{self, Moment};
use crate::lecture::PriseDeConnaissance;
use crate::model::{EtatCible, Importance, Transmission};
use crate::rights::{EcrireTransmissions, LireTransmissions};
use crate::views::dossier::{Dossier, FilDeCible};
use crate::views::{Regard, dossier as vues, tirage};

/// Days shown at first.
const JOURS: i64 = 30;
/// Days shown at most: two years and a half.
const JOURS_MAX: i64 = 900;

/// How far back.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Profondeur {
    jours: Option<i64>,
}

fn de_transmissions(cibles: Vec<Stored<Cible>>, lues: Vec<Stored<Transmission>>) -> (Vec<FilDeCible>, Vec<Stored<Transmission>>) {
    let mut fils: HashMap<Uuid, Vec<Stored<Transmission>>> = HashMap::new();
    let connues: std::collections::HashSet<Uuid> = cibles.iter().map(|cible| cible.fil).collect();
    let mut notes = Vec::new();
    for lue in lues {
        if connues.contains(&lue.fil()) {
            fils.entry(lue.fil()).or_default().push(lue);
        } else {
            notes.push(lue);
        }
    }
    let mut cibles: Vec<FilDeCible> = cibles
        .into_iter()
        .filter_map(|cible| fils.remove(&cible.fil).map(|fil| FilDeCible { cible: cible.value, fil }))
        .collect();
    let ordre = |etat: EtatCible| match etat {
        EtatCible::Ouverte => 0,
        EtatCible::Suivie | EtatCible::Isolee => 1,
        EtatCible::Close => 2,
    };
    cibles.sort_by_key(|fil| (ordre(fil.cible.etat), std::cmp::Reverse(fil.cible.derniere_le)));
    (cibles, notes)
}

/// The transmissions of a person since some days, with the whole thread of open targets.
async fn lues(
    dossier: &DossierOuvert<LireTransmissions>,
    jours: i64,
) -> Resultat<(Vec<Stored<Cible>>, Vec<Stored<Transmission>>)> {
    let depuis = dossier.contexte().now - SignedDuration::from_hours(24 * jours);
    let mut cibles: Vec<Stored<Cible>> = dossier.liste(|query| query).await?;
    cibles.retain(|cible: &Stored<Cible>| cible.etat.vivante() || cible.derniere_le >= depuis);
    let plus_ancienne = cibles.iter().map(|cible| cible.ouverte_le).min().map_or(depuis, |le| le.min(depuis));
    let mut lues: Vec<Stored<Transmission>> = dossier.liste(|query| query.since(plus_ancienne).newest_first()).await?;
    let fils: std::collections::HashSet<Uuid> = cibles.iter().map(|cible| cible.fil).collect();
    lues.retain(|lue: &Stored<Transmission>| lue.fait_le >= depuis || fils.contains(&lue.fil()));
    Ok((cibles, lues))
}

async fn prises(
    dossier: &DossierOuvert<LireTransmissions>,
    lues: &[Stored<Transmission>],
) -> Resultat<Vec<Stored<PriseDeConnaissance>>> {
    if lues.iter().all(|lue| lue.importance != Importance::Alerte) {
        return Ok(Vec::new());
    }
    dossier.liste(|query| query).await
}

/// The page.
pub(crate) async fn liste(
    acces: Acces<LireTransmissions>,
    Chemin(usager): Chemin<UsagerId>,
    Parametres(profondeur): Parametres<Profondeur>,
) -> Resultat<Answer> {
    let jours = profondeur.jours.unwrap_or(JOURS).clamp(1, JOURS_MAX);
    let dossier = acces.ouvrir_dossier(usager).await?;
    let (cibles, lues) = lues(&dossier, jours).await?;
    let prises = prises(&dossier, &lues).await?;
    let (cibles, notes) = de_transmissions(cibles, lues);
    let ids = cibles.iter().map(|_| acces.nouvel_id().to_string()).collect();
    let peut_ecrire = dossier.peut_ecrire(Categorie::Transmissions);
    let vue = Dossier { usager, cibles, notes, prises: &prises, peut_ecrire, ids, jours };
    let adresse = format!("/residents/{usager}/transmissions");
    let actions = html! {
        (bouton_imprimer())
        @if peut_ecrire {
            (Bouton::lien("Écrire une transmission", format!("/transmissions/nouvelle?resident={usager}")).principal().icone(Icone::Pencil))
        }
    };
    let (entete, pied) = tirage(&acces, "Transmissions", &adresse);
    let contenu = html! {
        (entete)
        (sejours::onglets(&dossier, &adresse))
        (EntetePage::new("Transmissions").actions(actions))
        (vues::dossier(&Regard::de(&acces), &vue))
        (pied)
    };
    let page = platform::web::page(&acces, "Transmissions", "/residents").bandeau(sejours::bandeau(&dossier).await?);
    Ok(Answer::html(page.contenu(contenu).render()))
}

/// One transmission, with its former versions.
pub(crate) async fn une(acces: Acces<LireTransmissions>, Chemin((usager, id)): Chemin<(UsagerId, Uuid)>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let lue = dossier.lire::<Transmission>(id).await?.ok_or(Erreur::Introuvable)?;
    let mut versions = dossier.versions::<Transmission>(id).await?;
    versions.retain(|version: &Stored<Transmission>| version.version < lue.version);
    let toutes = prises(&dossier, std::slice::from_ref(&lue)).await?;
    let les_siennes = toutes.iter().filter(|prise| prise.transmission == id).map(|prise| &prise.value).collect();
    let base = format!("/residents/{usager}/transmissions");
    let rectifiable =
        lue.annule.is_none() && dossier.peut_ecrire(Categorie::Transmissions) && acts::peut_corriger(acces.contexte(), &lue);
    let actions = html! {
        @if rectifiable {
            (Bouton::lien("Corriger", format!("{base}/{id}/corriger")).petit().icone(Icone::Pencil))
            (Bouton::lien("Annuler cette transmission", format!("{base}/{id}/annuler")).petit().danger())
        }
        @if dossier.peut_ecrire(Categorie::Transmissions) && lue.annule.is_none() {
            (Bouton::lien("Écrire la suite", format!("/transmissions/nouvelle?resident={usager}&cible={}", lue.fil())).petit())
        }
    };
    let contenu = html! {
        (sejours::onglets(&dossier, &base))
        (EntetePage::new("Une transmission").parent("Transmissions", base.clone()))
        (vues::une(&Regard::de(&acces), &lue, &versions, les_siennes, actions))
    };
    let page = platform::web::page(&acces, "Une transmission", "/residents").bandeau(sejours::bandeau(&dossier).await?);
    Ok(Answer::html(page.contenu(contenu).render()))
}

/// A result, or the end of a target, written from the list.
pub(crate) async fn suite(
    acces: Acces<EcrireTransmissions>,
    Chemin((usager, fil)): Chemin<(UsagerId, Uuid)>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let texte = |nom: &str| match champs.texte(nom) {
        "" => champs.texte(&format!("{nom}-{fil}")).to_owned(),
        connu => connu.to_owned(),
    };
    let clore = if champs.coche("clore") || champs.coche(&format!("clore-{fil}")) { "oui" } else { "" };
    let (resultat, donnees) = (texte("resultat"), champs.texte("donnees").to_owned());
    let fil_texte = fil.to_string();
    let recus = Champs::depuis(&[
        ("id", champs.texte("id")),
        ("cible", &fil_texte),
        ("resultat", &resultat),
        ("donnees", &donnees),
        ("importance", champs.texte("importance")),
        ("clore", clore),
    ]);
    let moment = Moment { now: acces.now(), fuseau: acces.services().fuseau.clone() };
    let redaction = match forms::redaction(&recus, &moment) {
        Ok(redaction) => redaction,
        Err(erreurs) => return Err(Erreur::Demande(premiere(&erreurs))),
    };
    let transmission = acts::composer(&dossier, &redaction, Entree::default())?;
    acts::inscrire(&dossier, transmission).await?;
    let phrase = if redaction.clore { "Résultat enregistré, cible close." } else { "Résultat enregistré." };
    Ok(Answer::vers(format!("/residents/{usager}/transmissions")).dit(phrase))
}

fn premiere(erreurs: &Erreurs) -> String {
    erreurs.toutes().next().map(|(_, phrase)| phrase.to_owned()).unwrap_or_default()
}

/// Somebody takes note of an alert.
pub(crate) async fn connaissance(
    acces: Acces<LireTransmissions>,
    Chemin((usager, id)): Chemin<(UsagerId, Uuid)>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    acts::prendre_connaissance(&dossier, id).await?;
    let retour = match champs.texte("retour") {
        "fil" => format!("/transmissions#t-{id}"),
        "releve" => "/releve".to_owned(),
        "accueil" => "/accueil".to_owned(),
        _ => format!("/residents/{usager}/transmissions"),
    };
    Ok(Answer::vers(retour).dit("Prise de connaissance enregistrée à votre nom."))
}
