//! Saying what became of an act, from a tap or from the sheet; annulling, correcting, validating together.

use kernel::id::UsagerId;
use platform::acces::{Acces, DossierOuvert};
use platform::erreur::{Erreur, Resultat};
use platform::store::Stored;
use platform::web::{Answer, Champs, Chemin, Client};
use uuid::Uuid;

use crate::acts::corriger::{Correction, annuler as annuler_acte, corriger as corriger_acte, trouver};
use crate::acts::groupe::tout_est_fait;
use crate::acts::valider::{Effet, Saisie, valider as valider_acte};
use crate::adresses;
use crate::cle::Cle;
use crate::filtre::{Brut, Filtre};
use crate::forms::saisie as formulaire;
use crate::mesures::{self, MesureLue};
use crate::motifs::motifs;
use crate::plan::Plan;
use crate::rights::ValiderSoins;
use crate::validation::Issue;

fn cle(champs: &Champs, acces: &Acces<ValiderSoins>) -> Resultat<Cle> {
    match champs.texte("occurrence") {
        "" => Ok(Cle::libre(crate::tour::fuseau().to_datetime(acces.now()))),
        texte => texte
            .parse()
            .map_err(|_| Erreur::Demande("L'heure prévue de ce soin n'est pas lisible. Revenez au tour et recommencez.".into())),
    }
}

fn id(champs: &Champs, acces: &Acces<ValiderSoins>) -> Uuid {
    champs.lire("id").unwrap_or_else(|| acces.nouvel_id())
}

/// Back where the tap was made: the card again, or the page at the card.
async fn revenir(
    acces: &Acces<ValiderSoins>,
    client: &Client,
    retour: &str,
    usager: UsagerId,
    fait: Option<Uuid>,
) -> Resultat<Answer> {
    let retour = adresses::locale(retour);
    if client.fragment && retour.starts_with("/tour/soins") {
        let brut = parametres(retour);
        return Ok(Answer::html(super::tour::fragment(acces, usager, &Filtre::lire(acces, &brut)?).await?));
    }
    let base = retour.split('#').next().unwrap_or(retour);
    let adresse = match fait {
        Some(fait) if base.starts_with("/tour/") => {
            adresses::avec(&adresses::avec(base, "fait", &fait.to_string()), "pour", &usager.to_string())
        }
        _ => base.to_owned(),
    };
    Ok(Answer::vers(format!("{adresse}#r-{usager}")))
}

/// The choices held by an address of the round.
fn parametres(adresse: &str) -> Brut {
    let mut brut = Brut::default();
    for paire in adresse.split('#').next().unwrap_or_default().split_once('?').map_or("", |(_, suite)| suite).split('&') {
        let (nom, valeur) = paire.split_once('=').unwrap_or((paire, ""));
        let case = match nom {
            "filtre" => &mut brut.filtre,
            "metier" => &mut brut.metier,
            "unite" => &mut brut.unite,
            "jour" => &mut brut.jour,
            "poste" => &mut brut.poste,
            "vue" => &mut brut.vue,
            _ => continue,
        };
        valeur.clone_into(case);
    }
    brut
}

/// What is said of an effect, when there is something to say.
fn phrase(effet: &Effet, issue: &Issue) -> Option<String> {
    match effet {
        Effet::Ecrite if *issue == Issue::Fait => None,
        Effet::Ecrite => Some(format!("Soin tracé : {}.", issue.libelle())),
        Effet::Deja => Some("Cette saisie était déjà enregistrée.".into()),
        Effet::AussiValide(par) => Some(format!("Déjà tracé par {par} : les deux saisies sont gardées.")),
        Effet::AVerifier(nature) => Some(format!("Saisie gardée. {} : le cadre ou l'infirmière tranchera.", nature.libelle())),
    }
}

/// POST `/residents/{usager}/soins/pointer`: a tap on a card of the round; the name of the button says which.
pub(crate) async fn pointer(
    acces: Acces<ValiderSoins>,
    Chemin(usager): Chemin<UsagerId>,
    client: Client,
    champs: Champs,
) -> Resultat<Answer> {
    if let Ok(validation) = champs.texte("annuler").parse() {
        return annuler(acces, Chemin((usager, validation)), client, champs).await;
    }
    if !champs.texte("tout").is_empty() {
        return tout_fait(&acces, usager, &client, &champs).await;
    }
    if !champs.texte("fait").is_empty() {
        return fait(&acces, usager, &client, &champs).await;
    }
    let (soin, cle) = vise(champs.texte("ouvrir"))?;
    Ok(Answer::vers(adresses::fiche(usager, soin, &cle, adresses::locale(champs.texte("retour")))))
}

/// The act and the time a button names: `id|2026-11-21T08:30`.
fn vise(texte: &str) -> Resultat<(Uuid, Cle)> {
    let illisible = || Erreur::Demande("L'heure prévue de ce soin n'est pas lisible. Revenez au tour et recommencez.".into());
    let (soin, cle) = texte.split_once('|').ok_or_else(illisible)?;
    Ok((soin.parse().map_err(|_| illisible())?, cle.parse().map_err(|_| illisible())?))
}

/// The identifier of what a tap writes: its own, else the one its card's gesture gives to this act.
fn id_du_geste(champs: &Champs, acces: &Acces<ValiderSoins>, vise: &str) -> Uuid {
    let geste = || Some(kernel::id::derived_from_gesture(champs.lire("geste")?, vise));
    champs.lire("id").or_else(geste).unwrap_or_else(|| acces.nouvel_id())
}

/// Done, now.
async fn fait(acces: &Acces<ValiderSoins>, usager: UsagerId, client: &Client, champs: &Champs) -> Resultat<Answer> {
    let (soin, cle) = vise(champs.texte("fait"))?;
    let dossier = acces.ouvrir_dossier(usager).await?;
    let saisie = Saisie::maintenant(id_du_geste(champs, acces, champs.texte("fait")), soin, cle, acces.now());
    let fait = saisie.id;
    let effet = valider_acte(acces, &dossier, saisie).await?;
    let phrase = phrase(&effet, &Issue::Fait);
    let reponse = revenir(acces, client, champs.texte("retour"), usager, Some(fait).filter(|_| phrase.is_none())).await?;
    Ok(match phrase {
        Some(phrase) => reponse.dit(phrase),
        None => reponse,
    })
}

/// POST `/residents/{usager}/soins/{soin}/tracer`: the sheet.
pub(crate) async fn tracer(
    acces: Acces<ValiderSoins>,
    Chemin((usager, soin)): Chemin<(UsagerId, Uuid)>,
    client: Client,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let occurrence = cle(&champs, &acces)?;
    let lue = match formulaire::lire(&champs, &occurrence, acces.now()) {
        Ok(lue) => lue,
        Err(phrase) => return super::fiche::a_corriger(&acces, usager, soin, &champs, &phrase).await,
    };
    let mesures = match mesurer(&dossier, soin, &champs, &lue).await? {
        Ok(mesures) => mesures,
        Err(phrase) => return super::fiche::a_corriger(&acces, usager, soin, &champs, &phrase).await,
    };
    let issue = lue.issue.clone();
    let saisie = Saisie {
        mesures,
        issue: lue.issue,
        fait_le: lue.fait_le,
        fait_source: lue.fait_source,
        avec: lue.avec,
        note: lue.note,
        ..Saisie::maintenant(id(&champs, &acces), soin, occurrence, acces.now())
    };
    let effet = match valider_acte(&acces, &dossier, saisie).await {
        Err(Erreur::Demande(phrase)) => return super::fiche::a_corriger(&acces, usager, soin, &champs, &phrase).await,
        fin => fin?,
    };
    let phrase = phrase(&effet, &issue).unwrap_or_else(|| "Soin tracé.".to_owned());
    Ok(revenir(&acces, &client, champs.texte("retour"), usager, None).await?.dit(phrase))
}

/// The values of the sheet; a sentence when one is missing, unreadable, or surprises and was not looked at again.
async fn mesurer(
    dossier: &DossierOuvert<ValiderSoins>,
    soin: Uuid,
    champs: &Champs,
    lue: &formulaire::Lue,
) -> Resultat<Result<Vec<MesureLue>, String>> {
    let plan: Option<Stored<Plan>> = dossier.lire(Plan::id(dossier.usager())).await?;
    let codes = plan.as_ref().and_then(|plan| plan.ligne(soin)).map(|ligne| ligne.mesures.clone()).unwrap_or_default();
    if codes.is_empty() || !lue.issue.est_fait() {
        return Ok(Ok(Vec::new()));
    }
    let mesures = match mesures::lire(champs, &codes) {
        Ok(mesures) => mesures,
        Err(phrase) => return Ok(Err(phrase)),
    };
    if mesures.is_empty() && lue.issue == Issue::Fait {
        return Ok(Err("Indiquez la valeur mesurée, ou dites pourquoi elle ne l'a pas été.".into()));
    }
    let connues = mesures::connues(dossier).await?;
    let surprises = mesures::surprises(&mesures, &connues, lue.fait_le);
    if !surprises.is_empty() && !champs.coche("verifiee") {
        return Ok(Err(format!("{} Vérifiez, puis cochez « Valeur vérifiée » ou corrigez.", surprises.join(" "))));
    }
    Ok(Ok(mesures))
}

/// Usual acts, together.
async fn tout_fait(acces: &Acces<ValiderSoins>, usager: UsagerId, client: &Client, champs: &Champs) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let demandes: Vec<(Uuid, Cle)> = champs.texte("tout").split(' ').filter_map(|texte| vise(texte).ok()).collect();
    let faits = tout_est_fait(acces, &dossier, &demandes, id_du_geste(champs, acces, "tout")).await?;
    let phrase = match (faits, demandes.len() - faits.min(demandes.len())) {
        (0, _) => "Rien de plus à valider : ces soins étaient déjà tracés ou ne se valident pas ensemble.".to_owned(),
        (faits, 0) => format!("{} ensemble.", crate::views::nombre(faits, "soin validé", "soins validés")),
        (faits, reste) => {
            format!("{} ensemble, {reste} à tracer à part.", crate::views::nombre(faits, "soin validé", "soins validés"))
        }
    };
    Ok(revenir(acces, client, champs.texte("retour"), usager, None).await?.dit(phrase))
}

/// POST `/residents/{usager}/validations/{id}/annuler`
pub(crate) async fn annuler(
    acces: Acces<ValiderSoins>,
    Chemin((usager, validation)): Chemin<(UsagerId, Uuid)>,
    client: Client,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let connue = trouver(&dossier, validation).await?;
    match annuler_acte(&acces, &dossier, validation, &motif(&champs)).await {
        Err(Erreur::Demande(phrase)) => {
            let champs = Champs::depuis(&[("occurrence", &connue.occurrence.to_string()), ("retour", champs.texte("retour"))]);
            super::fiche::a_corriger(&acces, usager, connue.soin, &champs, &phrase).await
        }
        fin => {
            fin?;
            Ok(revenir(&acces, &client, champs.texte("retour"), usager, None)
                .await?
                .dit("Saisie annulée. Elle reste lisible, barrée."))
        }
    }
}

/// POST `/residents/{usager}/validations/{id}/corriger`
pub(crate) async fn corriger(
    acces: Acces<ValiderSoins>,
    Chemin((usager, validation)): Chemin<(UsagerId, Uuid)>,
    client: Client,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let connue = trouver(&dossier, validation).await?;
    let refus = |phrase: String| {
        let cle = connue.occurrence.to_string();
        let gardes = Champs::depuis(&[
            ("occurrence", &cle),
            ("retour", champs.texte("retour")),
            ("note", champs.texte("note")),
            ("avec", champs.texte("avec")),
        ]);
        (gardes, phrase)
    };
    let corrigee = match formulaire::lire(&champs, &connue.occurrence, acces.now()) {
        Ok(lue) => {
            let garde_l_heure = champs.texte("quand").is_empty();
            let fait_le = if garde_l_heure { connue.fait_le } else { lue.fait_le };
            let correction = Correction { issue: lue.issue, fait_le, avec: lue.avec, note: lue.note, motif: motif(&champs) };
            corriger_acte(&acces, &dossier, validation, correction).await
        }
        Err(phrase) => Err(Erreur::Demande(phrase)),
    };
    match corrigee {
        Err(Erreur::Demande(phrase)) => {
            let (gardes, phrase) = refus(phrase);
            super::fiche::a_corriger(&acces, usager, connue.soin, &gardes, &phrase).await
        }
        fin => {
            fin?;
            Ok(revenir(&acces, &client, champs.texte("retour"), usager, None)
                .await?
                .dit("Saisie corrigée. L'ancienne reste lisible."))
        }
    }
}

/// The reason of a correction: a chip, free words, or both.
fn motif(champs: &Champs) -> String {
    let code = champs.texte("motif");
    let libelle = motifs("correction").find(|motif| motif.code == code).map(|motif| motif.libelle.as_str());
    [libelle.unwrap_or_default(), champs.texte("precision")]
        .into_iter()
        .filter(|mots| !mots.is_empty())
        .collect::<Vec<_>>()
        .join(" : ")
}
