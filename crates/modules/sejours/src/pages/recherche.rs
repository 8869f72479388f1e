//! `/recherche`: residents by name, birth name or room, then screens; the exact room of one person goes straight there.

use platform::prelude::*;
use platform::web::page;
use serde::Deserialize;

use crate::annuaire::{Ligne, lignes};
use crate::rights::LireResidents;
use crate::views::recherche::{Ecran, dessiner};

/// What is looked for.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Demande {
    /// Free words.
    #[serde(default)]
    pub q: String,
}

/// The persons and the screens which answer to a few words.
pub(crate) async fn recherche(acces: Acces<LireResidents>, Parametres(demande): Parametres<Demande>) -> Resultat<Answer> {
    let q = demande.q.trim().chars().take(80).collect::<String>();
    let perimetre = acces.ouvrir_perimetre(acces.etablissement()?, &[]).await?;
    let toutes = if q.is_empty() { Vec::new() } else { lignes(&acces, &perimetre).await? };
    if let Some(seule) = chambre_exacte(&toutes, &q) {
        return Ok(Answer::vers(&seule.identite.href));
    }
    let trouvees: Vec<&Ligne> = toutes.iter().filter(|ligne| ligne.reperes.repondent_a(&q)).collect();
    let ecran = Ecran { q: &q, lignes: &trouvees, ecrans: ecrans(&acces, &q) };
    Ok(Answer::html(page(&acces, "Recherche", "/recherche").contenu(dessiner(&ecran)).render()))
}

/// The only person of the room typed, if there is one.
fn chambre_exacte<'a>(lignes: &'a [Ligne], q: &str) -> Option<&'a Ligne> {
    let serre = |texte: &str| kernel::texte::plier(texte).replace(' ', "");
    let demande = serre(q);
    if !demande.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let numero = |libelle: &str| libelle.split(' ').next().map(serre).unwrap_or_default();
    let mut la = lignes.iter().filter(|ligne| {
        let libelle = &ligne.resident.sejour.chambre_libelle;
        serre(libelle) == demande || numero(libelle) == demande
    });
    let seule = la.next()?;
    la.next().is_none().then_some(seule)
}

/// Screens whose name begins like a word asked for, among those the person may open.
fn ecrans(acces: &Acces<LireResidents>, q: &str) -> Vec<(&'static str, &'static str)> {
    let demande = kernel::texte::plier(q);
    let repond = |libelle: &str| kernel::texte::plier(libelle).split(' ').any(|mot| mot.starts_with(&demande));
    let nav = &acces.services().nav;
    let ouverts = nav.iter().filter(|entree| acces.peut_info(&entree.droit));
    ouverts.filter(|entree| !demande.is_empty() && repond(entree.libelle)).map(|entree| (entree.libelle, entree.href)).collect()
}
