//! The list of accounts: filters, search, paging, print.

use std::collections::HashSet;

use kernel::id::{EtablissementId, ProfessionnelId};
use maud::html;
use platform::acces::{Acces, Compte};
use platform::prelude::{Answer, Parametres, Resultat, Stored};
use platform::web::page;
use serde::Deserialize;

use super::{Lieux, ouverts};
use crate::professionnels;
use crate::rights::{GererComptes, LireComptes, OuvrirRemplacement};
use crate::views::Liste;

/// Accounts on a page.
const PAR_PAGE: usize = 50;

/// Filters of the list.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Filtre {
    #[serde(default)]
    pub(crate) q: String,
    #[serde(default)]
    pub(crate) etablissement: String,
    #[serde(default)]
    pub(crate) profil: String,
    #[serde(default)]
    pub(crate) etat: String,
    #[serde(default)]
    pub(crate) page: u32,
}

/// The states a list is limited to, with their labels.
pub(crate) const ETATS: [(&str, &str); 6] = [
    ("", "Ouverts"),
    ("temporaires", "Temporaires"),
    ("expires", "Expirés, sans habilitation en cours"),
    ("sans_contrat", "Ouverts sans contrat"),
    ("fermes", "Fermés"),
    ("tous", "Tous"),
];

impl Filtre {
    fn garde(&self, compte: &Compte, now: jiff::Timestamp, sous_contrat: Option<&HashSet<ProfessionnelId>>) -> bool {
        let ouvert = compte.ouvert(now);
        let ferme = compte.ferme_le.is_some_and(|le| le <= now);
        let etat = match self.etat.as_str() {
            "temporaires" => ouvert && compte.nature == platform::acces::NatureCompte::Temporaire,
            "expires" => !ferme && !ouvert,
            // A reader of another organisation never has one here: they would hide those who should.
            "sans_contrat" => {
                ouvert
                    && compte.nature != platform::acces::NatureCompte::Exterieur
                    && !compte.professionnel.is_some_and(|id| sous_contrat.is_some_and(|connus| connus.contains(&id)))
            }
            "fermes" => ferme,
            "tous" => true,
            _ => ouvert,
        };
        let lieu = self.etablissement.parse::<EtablissementId>().ok();
        let texte = kernel::texte::plier(&format!("{} {}", compte.nom_affiche, compte.identifiant));
        etat && lieu.is_none_or(|lieu| compte.concerne(lieu))
            && (self.profil.is_empty() || compte.habilitations.iter().any(|role| role.profil == self.profil))
            && kernel::texte::plier(&self.q).split_whitespace().all(|mot| texte.contains(mot))
    }

    /// The address of another page of the same list.
    fn base(&self) -> String {
        let encode = |texte: &str| -> String {
            texte
                .bytes()
                .map(|octet| {
                    if octet.is_ascii_alphanumeric() || b"-_.".contains(&octet) {
                        char::from(octet).to_string()
                    } else {
                        format!("%{octet:02X}")
                    }
                })
                .collect()
        };
        format!(
            "/admin/comptes?q={}&etablissement={}&profil={}&etat={}&page=",
            encode(&self.q),
            encode(&self.etablissement),
            encode(&self.profil),
            encode(&self.etat)
        )
    }
}

pub(crate) async fn liste(acces: Acces<LireComptes>, Parametres(filtre): Parametres<Filtre>) -> Resultat<Answer> {
    let now = acces.now();
    let mut comptes = acces.comptes().await?;
    let sous_contrat = if filtre.etat == "sans_contrat" { Some(en_contrat(&acces).await?) } else { None };
    comptes.retain(|compte| filtre.garde(compte, now, sous_contrat.as_ref()));
    comptes.sort_by_key(|compte| {
        kernel::texte::cle_tri(compte.nom_affiche.split_once(' ').map_or(compte.nom_affiche.as_str(), |(_, nom)| nom))
    });
    let pages = comptes.len().div_ceil(PAR_PAGE).max(1);
    let courante = usize::try_from(filtre.page).unwrap_or(1).clamp(1, pages);
    let montres: Vec<&Stored<Compte>> = comptes.iter().skip((courante - 1) * PAR_PAGE).take(PAR_PAGE).collect();
    let vue = Liste {
        filtre: &filtre,
        base: filtre.base(),
        etablissements: ouverts(&acces).await?,
        lieux: Lieux::de(&acces, montres.iter().map(|compte| &compte.value)),
        total: comptes.len(),
        courante: u32::try_from(courante).unwrap_or(1),
        pages: u32::try_from(pages).unwrap_or(1),
        comptes: montres,
        creer: acces.peut::<GererComptes>(),
        remplacer: acces.peut::<OuvrirRemplacement>(),
        services: acces.services(),
        now,
        auteur: acces.contexte().acteur.nom.clone(),
    };
    Ok(Answer::html(page(&acces, "Comptes", "/admin/comptes").contenu(html! { (vue.render()) }).render()))
}

/// The professionals whose contract is in force today.
async fn en_contrat(acces: &Acces<LireComptes>) -> Resultat<HashSet<ProfessionnelId>> {
    let aujourd_hui = kernel::dates::jour_local(acces.now(), &acces.services().fuseau);
    let tous = professionnels(acces).await?;
    Ok(tous.iter().filter(|un| un.sous_contrat(aujourd_hui)).map(|un| ProfessionnelId(un.id)).collect())
}
