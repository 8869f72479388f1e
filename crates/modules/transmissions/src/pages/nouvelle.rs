//! `/transmissions/nouvelle`: writing, in fifteen seconds.

use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::acces::{Acces, DossierOuvert};
use platform::erreur::Resultat;
use platform::web::{Answer, Champs, Erreurs, Parametres};
use serde::Deserialize;
use ui::bloc::EntetePage;
use uuid::Uuid;

use super::{destinataires, nom_et_chambre, perimetre};
use crate::acts::{self, Entree};
use crate::cible::Cible;
use crate::forms::{self, Moment, Redaction};
use crate::rights::{EcrireTransmissions, LireFil, LireTransmissions};
use crate::themes;
use crate::views::Regard;
use crate::views::formulaire::{Formulaire, Semblable, formulaire};

/// What the address brings.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Debut {
    resident: String,
    theme: String,
    cible: String,
    importance: String,
    texte: String,
    lien_nature: String,
    lien_id: String,
    lien_libelle: String,
}

struct Contenu<'a> {
    champs: &'a Champs,
    erreurs: &'a Erreurs,
    choisis: Vec<UsagerId>,
    semblable: Option<Semblable>,
}

async fn dessiner(acces: &Acces<EcrireTransmissions>, contenu: Contenu<'_>) -> Resultat<Markup> {
    let perimetre = perimetre(&acces.aussi::<LireFil>().await?, None).await?;
    let presents = sejours::residents_nommes(&perimetre).await?;
    let mut residents: Vec<(UsagerId, String)> =
        presents.iter().map(|resident| (resident.id(), nom_et_chambre(resident))).collect();
    let mut page = platform::web::page(acces, "Écrire une transmission", "/transmissions");
    let mut cible = None;
    if let [seul] = contenu.choisis.as_slice() {
        let dossier = acces.aussi::<LireTransmissions>().await?.ouvrir_dossier(*seul).await?;
        page = page.bandeau(sejours::bandeau(&dossier).await?);
        if residents.iter().all(|(id, _)| id != seul) {
            residents.push((*seul, super::nom_du_dossier(&dossier).await?));
        }
        cible = mots_de_la_cible(&dossier, contenu.champs).await?;
    }
    let id = match contenu.champs.texte("id") {
        "" => acces.nouvel_id().to_string(),
        connu => connu.to_owned(),
    };
    let vue = Formulaire {
        id,
        residents: &residents,
        choisis: &contenu.choisis,
        cible,
        champs: contenu.champs,
        erreurs: contenu.erreurs,
        profils: &destinataires(acces),
        semblable: contenu.semblable.as_ref(),
    };
    let corps =
        html! { (EntetePage::new("Écrire une transmission").parent("Transmissions", "/transmissions")) (formulaire(&vue)) };
    Ok(page.contenu(corps).render())
}

async fn mots_de_la_cible(dossier: &DossierOuvert<LireTransmissions>, champs: &Champs) -> Resultat<Option<(String, String)>> {
    let Some(fil) = champs.lire::<Uuid>("cible") else { return Ok(None) };
    let cible = dossier.lire::<Cible>(Cible::id(fil)).await?;
    Ok(cible.map(|cible| (fil.to_string(), format!("{} : {}", themes::libelle(&cible.theme), cible.phrase))))
}

/// The empty form.
pub(crate) async fn formulaire_vide(acces: Acces<EcrireTransmissions>, Parametres(debut): Parametres<Debut>) -> Resultat<Answer> {
    let champs = Champs::depuis(&[
        ("theme", debut.theme.as_str()),
        ("cible", debut.cible.as_str()),
        ("importance", debut.importance.as_str()),
        ("donnees", debut.texte.as_str()),
        ("lien_nature", debut.lien_nature.as_str()),
        ("lien_id", debut.lien_id.as_str()),
        ("lien_libelle", debut.lien_libelle.as_str()),
    ]);
    let choisis = debut.resident.parse().ok().into_iter().collect();
    let contenu = Contenu { champs: &champs, erreurs: &Erreurs::default(), choisis, semblable: None };
    Ok(Answer::html(dessiner(&acces, contenu).await?))
}

/// Persons named by the form, each once.
fn residents(champs: &Champs) -> Vec<UsagerId> {
    let mut liste: Vec<UsagerId> = Vec::new();
    for usager in champs.tous("resident").filter_map(|valeur| valeur.parse().ok()) {
        if !liste.contains(&usager) {
            liste.push(usager);
        }
    }
    liste
}

/// Receives the form.
pub(crate) async fn creer(acces: Acces<EcrireTransmissions>, champs: Champs) -> Resultat<Answer> {
    let moment = Moment { now: acces.now(), fuseau: acces.services().fuseau.clone() };
    let choisis = residents(&champs);
    let mut erreurs = Erreurs::default();
    erreurs.exiger("resident", !choisis.is_empty(), "Choisissez au moins un résident.");
    let lue = forms::redaction(&champs, &moment);
    if let Err(autres) = &lue {
        autres.toutes().for_each(|(champ, phrase)| erreurs.ajouter(champ, phrase));
    }
    let Some(mut redaction) = lue.ok().filter(|_| erreurs.aucune()) else {
        let contenu = Contenu { champs: &champs, erreurs: &erreurs, choisis, semblable: None };
        return Ok(Answer::a_corriger(dessiner(&acces, contenu).await?));
    };
    let mut dossiers = Vec::with_capacity(choisis.len());
    for usager in &choisis {
        dossiers.push(acces.ouvrir_dossier(*usager).await?);
    }
    if let Some(fil) = champs.lire::<Uuid>("joindre") {
        redaction.cible = Some(fil);
    } else if let Some(semblable) = semblable(&acces, &champs, &redaction, &dossiers).await? {
        let contenu = Contenu { champs: &champs, erreurs: &erreurs, choisis, semblable: Some(semblable) };
        return Ok(Answer::a_corriger(dessiner(&acces, contenu).await?));
    }
    for (rang, dossier) in dossiers.iter().enumerate() {
        let transmission = acts::composer(dossier, &redaction.pour(rang, dossier.usager()), Entree::default())?;
        acts::inscrire(dossier, transmission).await?;
    }
    Ok(enregistree(&choisis, redaction.theme.is_none() && redaction.cible.is_none()))
}

fn enregistree(choisis: &[UsagerId], propose: bool) -> Answer {
    let phrase = match (choisis.len(), propose) {
        (1, false) => "Transmission enregistrée.".to_owned(),
        (1, true) => "Transmission enregistrée. Son thème vient de ses mots : vérifiez-le.".to_owned(),
        (nombre, _) => format!("Transmission enregistrée pour {nombre} résidents."),
    };
    match choisis {
        [seul] => Answer::vers(format!("/residents/{seul}/transmissions")).dit(phrase),
        _ => Answer::vers("/transmissions").dit(phrase),
    }
}

/// A recent near-same writing, looked for only for one person and unless asked to go on.
async fn semblable(
    acces: &Acces<EcrireTransmissions>,
    champs: &Champs,
    redaction: &Redaction,
    dossiers: &[DossierOuvert<EcrireTransmissions>],
) -> Resultat<Option<Semblable>> {
    let [dossier] = dossiers else { return Ok(None) };
    if champs.coche("force") || redaction.cible.is_some() || dossier.lire::<crate::Transmission>(redaction.id).await?.is_some() {
        return Ok(None);
    }
    let regard = Regard::de(acces);
    Ok(acts::presque_la_meme(dossier, redaction).await?.map(|lue| {
        let moi = lue.auteur == acces.contexte().acteur.compte;
        let qui = if moi { "Vous avez".to_owned() } else { format!("{} a", lue.auteur_nom) };
        Semblable {
            phrase: format!("{qui} écrit presque la même chose à {}. Ajouter à cette cible ?", regard.heure(lue.fait_le)),
            texte: lue.derniere_phrase().1.to_owned(),
            fil: lue.fil().to_string(),
        }
    }))
}
