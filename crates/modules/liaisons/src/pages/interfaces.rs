//! `/liaisons/interfaces`: each channel, what waits in it, what it refused, and trying again (F018).

use std::collections::BTreeMap;

use correspondants::{Messagerie, ReleveMessagerie};
use documents::{Reception, lane_attente, lane_traitees};
use kernel::id::EtablissementId;
use platform::prelude::*;
use platform::web::page;

use crate::rights::{RelancerInterfaces, VoirInterfaces};
use crate::views::interfaces::{self as vue, Canal, Ecran};

const ADRESSE: &str = "/liaisons/interfaces";
/// Receptions looked at in a house.
const VUES: u32 = 500;
/// Messages of the worker shown.
const MESSAGES: i64 = 200;

/// The houses the board is about: the one of the session, else every one in service that may be read.
async fn maisons(acces: &Acces<VoirInterfaces>) -> Resultat<Vec<EtablissementId>> {
    if let Ok(une) = acces.etablissement() {
        return Ok(vec![une]);
    }
    let connues = etablissements::etablissements(acces).await?;
    Ok(connues.into_iter().filter(|lu| lu.actif).map(|lu| lu.value.id).collect())
}

async fn canaux(acces: &Acces<VoirInterfaces>, maisons: &[EtablissementId]) -> Resultat<Vec<Canal>> {
    let mut canaux: BTreeMap<String, Canal> = BTreeMap::new();
    for maison in maisons {
        let attente = acces.liste::<Reception>(&Query::lane(&lane_attente(maison.0)).newest_first().limit(VUES)).await?;
        let traitees = acces.liste::<Reception>(&Query::lane(&lane_traitees(maison.0)).newest_first().limit(VUES)).await?;
        for lue in attente.into_iter().chain(traitees).filter(|lue| lue.dans.is_none() && lue.visible(acces.contexte())) {
            let canal = canaux.entry(lue.canal.code.clone()).or_insert_with(|| Canal::nouveau(&lue.canal.code));
            canal.compter(lue);
        }
    }
    Ok(canaux.into_values().collect())
}

/// The board.
pub(crate) async fn tableau(acces: Acces<VoirInterfaces>) -> Resultat<Answer> {
    let maisons = maisons(&acces).await?;
    let canaux = canaux(&acces, &maisons).await?;
    let mut messageries = Vec::new();
    for lue in correspondants::messageries(&acces).await? {
        if lue.active && maisons.contains(&lue.etablissement) {
            let releve = acces.lire::<ReleveMessagerie>(Messagerie::releve_id(lue.id)).await?;
            messageries.push((lue, releve.map(|releve| releve.value)));
        }
    }
    let messages = acces.messages_en_attente(MESSAGES).await?;
    let ecran = Ecran {
        canaux: &canaux,
        messageries: &messageries,
        messages: &messages,
        peut: acces.peut::<RelancerInterfaces>(),
        file: acces.etablissement().is_ok(),
        fuseau: &acces.services().fuseau,
        now: acces.now(),
    };
    Ok(Answer::html(page(&acces, "État des échanges", ADRESSE).contenu(vue::page(&ecran)).render()))
}

/// A message of the worker is tried now instead of later.
pub(crate) async fn relancer(acces: Acces<RelancerInterfaces>, Chemin(message): Chemin<i64>) -> Resultat<Answer> {
    let connus = acces.messages_en_attente(MESSAGES).await?;
    let Some(connu) = connus.iter().find(|connu| connu.n == message) else {
        return Ok(Answer::vers(ADRESSE).dit("Ce message a été traité entre-temps."));
    };
    acces.commit(acces.acte("echanges.relance").detail("message", message)).await?;
    acces.relancer_message(connu).await?;
    Ok(Answer::vers(ADRESSE).dit("Nouvel essai demandé."))
}
