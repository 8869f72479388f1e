//! `/transferts`: what comes to the house and what leaves it.

use std::collections::HashMap;

use kernel::id::UsagerId;
use platform::prelude::*;
use platform::web::page;
use serde::Deserialize;
use usagers::Usager;
use uuid::Uuid;

use crate::model::{Transfert, TransfertRecu};
use crate::records::{lane_arrivees, lane_departs};
use crate::rights::{ProposerTransfert, VoirTransferts};
use crate::views::liste::{self as vue, Ecran};

/// Lines of each list at most.
const MAX: u32 = 200;

/// What is looked for.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Filtre {
    /// `clos`: those which are over.
    #[serde(default)]
    pub etat: String,
}

/// Both lists of the establishment worked in.
pub(crate) async fn liste(acces: Acces<VoirTransferts>, Parametres(filtre): Parametres<Filtre>) -> Resultat<Answer> {
    let etablissement = acces.etablissement()?;
    let en_cours = filtre.etat != "clos";
    let perimetre = acces.ouvrir_perimetre(etablissement, &[]).await?;
    let (lane_d, lane_a) = (lane_departs(etablissement, en_cours), lane_arrivees(etablissement, en_cours));
    let departs: Vec<Stored<Transfert>> = perimetre.liste(&Query::lane(&lane_d).newest_first().limit(MAX)).await?;
    let ids: Vec<Uuid> = departs.iter().map(|lu| lu.usager.0).collect();
    let noms: HashMap<UsagerId, String> =
        perimetre.lire::<Usager>(&ids).await?.into_iter().map(|lu| (lu.value.id, lu.value.nom_complet())).collect();
    let arrivees: Vec<Stored<TransfertRecu>> = acces.liste(&Query::lane(&lane_a).newest_first().limit(MAX)).await?;
    let ecran = Ecran {
        departs: &departs,
        arrivees: &arrivees,
        noms: &noms,
        en_cours,
        propose: acces.peut::<ProposerTransfert>(),
        lanes: (&lane_a, &lane_d),
    };
    Ok(Answer::html(page(&acces, "Transferts", "/transferts").contenu(vue::page(&ecran)).render()))
}
