//! `/liaisons/attendus`: what must come back from hospitals, the most pressing first.

use std::collections::HashMap;

use kernel::id::UsagerId;
use kernel::texte::Texte;
use platform::prelude::*;
use platform::web::page;
use serde::Deserialize;
use usagers::Usager;
use uuid::Uuid;

use crate::attendu::{Attendu, EtatAttendu, MOYENS, Relance};
use crate::records::{lane_attendus, lane_recus};
use crate::rights::{SuivreAttendus, VoirAttendus};
use crate::views::attendus::{self as views, Ecran};

/// What is looked for.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Filtre {
    /// First letters of a name.
    #[serde(default)]
    pub q: String,
    /// `clos`: those which came or were given up.
    #[serde(default)]
    pub etat: String,
}

/// The list.
pub(crate) async fn attendus(acces: Acces<VoirAttendus>, Parametres(filtre): Parametres<Filtre>) -> Resultat<Answer> {
    let etablissement = acces.etablissement()?;
    let perimetre = acces.ouvrir_perimetre(etablissement, &[]).await?;
    let lane = if filtre.etat == "clos" { lane_recus(etablissement) } else { lane_attendus(etablissement) };
    let mut lus: Vec<Stored<Attendu>> = perimetre.liste(&Query::lane(&lane).newest_first().limit(500)).await?;
    let ids: Vec<Uuid> = lus.iter().map(|lu| lu.usager.0).collect();
    let noms: HashMap<UsagerId, String> =
        perimetre.lire::<Usager>(&ids).await?.into_iter().map(|lu| (lu.value.id, lu.value.nom_complet())).collect();
    let cherche = filtre.q.to_lowercase();
    lus.retain(|lu| noms.get(&lu.usager).is_some_and(|nom| nom.to_lowercase().contains(&cherche)));
    lus.sort_by_key(|lu| (lu.echeance(acces.now()), lu.parti_le));
    let ecran = Ecran {
        lus: &lus,
        noms: &noms,
        filtre: &filtre,
        lane: &lane,
        now: acces.now(),
        fuseau: &acces.services().fuseau,
        peut: acces.peut::<SuivreAttendus>(),
    };
    Ok(Answer::html(page(&acces, "Documents attendus", "/liaisons/attendus").contenu(views::page(&ecran)).render()))
}

/// Notes a reminder, says it came otherwise, or gives it up.
pub(crate) async fn suivre(
    acces: Acces<SuivreAttendus>,
    Chemin((usager, id)): Chemin<(UsagerId, Uuid)>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let lu: Stored<Attendu> = dossier.lire(id).await?.ok_or(Erreur::Introuvable)?;
    let note = Texte::<240>::facultatif(champs.texte("note")).map_err(|erreur| Erreur::Demande(erreur.to_string()))?;
    let note = note.map(String::from).unwrap_or_default();
    if lu.etat != EtatAttendu::Attendu {
        return Err(Erreur::Demande("Ce document n'est plus attendu.".into()));
    }
    let mut nouveau = lu.value.clone();
    let (verbe, phrase) = match champs.texte("geste") {
        "relancer" => {
            let moyen = champs.texte("moyen").to_owned();
            if !MOYENS.iter().any(|(code, _)| *code == moyen) {
                return Err(Erreur::Demande("Dites comment l'hôpital a été relancé.".into()));
            }
            let par = acces.contexte().acteur.nom.clone();
            nouveau.relances.push(Relance { le: acces.now(), par, moyen, note });
            ("attendus.relance", "Relance notée.")
        }
        "recu" => {
            let document: Option<Uuid> = champs.lire("document");
            if document.is_some_and(|document| !lu.proposes.contains(&document)) {
                return Err(Erreur::Demande("Ce document n'est pas de ceux qui ont été classés pour cette attente.".into()));
            }
            nouveau.etat = EtatAttendu::Recu { document, le: acces.now() };
            ("attendus.recu", "Document reçu : noté.")
        }
        _ if note.is_empty() => return Err(Erreur::Demande("Dites pourquoi ce document n'est plus attendu.".into())),
        _ => {
            nouveau.etat = EtatAttendu::Abandonne { motif: note };
            ("attendus.abandonne", "Ce document n'est plus attendu.")
        }
    };
    let mut acte = dossier.acte(verbe);
    acte.update(&lu, &nouveau);
    dossier.commit(acte).await?;
    Ok(Answer::vers("/liaisons/attendus").dit(phrase))
}
