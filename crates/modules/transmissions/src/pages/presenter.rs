//! `/releve/presenter`: the handover told to a team, then accepted by it.

use jiff::Timestamp;
use kernel::id::UsagerId;
use platform::acces::Acces;
use platform::erreur::{Erreur, Resultat};
use platform::web::{Answer, Champs, Parametres};
use serde::Deserialize;
use ui::Page;
use uuid::Uuid;

use super::perimetre;
use super::releve::instant;
use crate::acts::{self, Entree};
use crate::forms::{self, Moment};
use crate::releve::{ChoixFenetre, Poids, Recueil, Releve, calculer, recueillir};
use crate::rights::{EcrireTransmissions, LireReleve, PresenterReleve};
use crate::views::Regard;
use crate::views::presenter::{Presentation, presentation};

/// Where the telling is.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Pas {
    fenetre: String,
    debut: Option<i64>,
    id: Option<Uuid>,
    resident: String,
}

fn fenetre(code: &str) -> ChoixFenetre {
    match ChoixFenetre::lire(code) {
        ChoixFenetre::DernierPassage => ChoixFenetre::Heures(24),
        choisie @ ChoixFenetre::Heures(_) => choisie,
    }
}

/// The digest as it was when the telling began: what is written meanwhile does not move the order.
async fn raconte(acces: &Acces<LireReleve>, fenetre: ChoixFenetre, debut: Timestamp) -> Resultat<(Releve, Timestamp)> {
    let perimetre = perimetre(acces, None).await?;
    let Recueil { matiere, depuis, .. } = recueillir(acces, &perimetre, fenetre, debut).await?;
    Ok((calculer(matiere, Poids::livres(), debut), depuis))
}

/// One person on the screen.
pub(crate) async fn presenter(acces: Acces<PresenterReleve>, Parametres(pas): Parametres<Pas>) -> Resultat<Answer> {
    let debut = pas.debut.and_then(|micros| Timestamp::from_microsecond(micros).ok()).filter(|debut| *debut <= acces.now());
    let debut = debut.unwrap_or_else(|| acces.now());
    let fenetre = fenetre(&pas.fenetre);
    let (releve, _) = raconte(&acces.aussi::<LireReleve>().await?, fenetre, debut).await?;
    let rang = match pas.resident.parse::<UsagerId>() {
        Ok(usager) => releve.residents.iter().position(|resident| resident.personne.usager == usager).unwrap_or(0),
        Err(_) if pas.resident == "fin" => releve.residents.len(),
        Err(_) => 0,
    };
    let vue = Presentation {
        releve: &releve,
        rang,
        fenetre: fenetre.code(),
        debut,
        id: pas.id.unwrap_or_else(|| acces.nouvel_id()).to_string(),
        id_note: acces.nouvel_id().to_string(),
        peut_ecrire: acces.peut::<EcrireTransmissions>(),
    };
    let contenu = presentation(&Regard::de(&acces), &vue);
    Ok(Answer::html(Page::seule_large("Présenter la relève").demo(acces.services().demo).contenu(contenu).render()))
}

/// The telling ended.
pub(crate) async fn terminer(acces: Acces<PresenterReleve>, champs: Champs) -> Resultat<Answer> {
    let id: Uuid = champs.lire("id").ok_or(Erreur::Introuvable)?;
    let debut = instant(&champs, "debut", acces.now())?;
    let (releve, depuis) = raconte(&acces.aussi::<LireReleve>().await?, fenetre(champs.texte("fenetre")), debut).await?;
    let residents = u32::try_from(releve.residents.len()).unwrap_or(u32::MAX);
    let perimetre = perimetre(&acces, None).await?;
    acts::presentee(&perimetre, id, depuis, debut, residents).await?;
    Ok(Answer::vers("/releve").dit("Relève présentée. L'équipe qui arrive peut l'accepter."))
}

/// A note written while telling.
pub(crate) async fn note(acces: Acces<EcrireTransmissions>, champs: Champs) -> Resultat<Answer> {
    let usager: UsagerId = champs.lire("resident").ok_or(Erreur::Introuvable)?;
    let dossier = acces.ouvrir_dossier(usager).await?;
    let moment = Moment { now: acces.now(), fuseau: acces.services().fuseau.clone() };
    let redaction = forms::redaction(&champs, &moment)
        .map_err(|erreurs| Erreur::Demande(erreurs.toutes().next().map(|(_, phrase)| phrase.to_owned()).unwrap_or_default()))?;
    let transmission = acts::composer(&dossier, &redaction, Entree::default())?;
    acts::inscrire(&dossier, transmission).await?;
    let retour = Some(champs.texte("retour")).filter(|retour| retour.starts_with("/releve/presenter?")).unwrap_or("/releve");
    Ok(Answer::vers(retour))
}
