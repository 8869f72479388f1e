//! Opening the account of somebody of another organisation: no contract, no house, one role over the grappe (F017).

use kernel::id::CompteId;
use maud::Markup;
use platform::acces::{Acces, Acte, CleProvisoire, Compte, Droit, Habilitation, NatureCompte};
use platform::prelude::{Erreur, Resultat};

use super::ouverture::HOMONYMES;
use super::tirer_cle;
use crate::model::identifiant;
use crate::pages;
use crate::views::Bon;

/// Somebody of another organisation, and the one profile they hold.
#[derive(Debug, Clone)]
pub struct Exterieur {
    /// The account, made by the form: sent twice, it counts once.
    pub compte: CompteId,
    /// First name.
    pub prenom: String,
    /// Name.
    pub nom: String,
    /// What they work for, shown after their name everywhere.
    pub organisation: String,
    /// Code of the profile.
    pub profil: String,
}

/// Opens the account with what the caller writes in the same act; gives the slip to hand over, shown once.
///
/// # Errors
/// A refusal when this right is not held over the whole grappe; a conflict when the same form was sent twice.
pub async fn ouvrir_exterieur<D: Droit>(acces: &Acces<D>, qui: &Exterieur, completer: impl Fn(&mut Acte)) -> Resultat<Markup> {
    acces.exiger_grappe().await?;
    let (now, grappe) = (acces.now(), etablissements::Grappe::id());
    let cle = tirer_cle(acces, qui.compte, grappe, now).await?;
    for rang in 1..=HOMONYMES {
        let role = Habilitation { profil: qui.profil.clone(), etablissement: None, unites: Vec::new(), du: now, au: None };
        let compte = Compte {
            identifiant: identifiant(&qui.prenom, &qui.nom, rang),
            nom_affiche: format!("{} {}, {}", qui.prenom, qui.nom, qui.organisation),
            professionnel: None,
            etablissement: grappe,
            mot_de_passe: String::new(),
            code: None,
            nature: NatureCompte::Exterieur,
            ferme_le: None,
            habilitations: vec![role],
            demo: None,
            preferences: std::collections::BTreeMap::new(),
        };
        let mut acte = acces.acte("compte.ouvert").detail("compte", qui.compte.to_string());
        acte.create(qui.compte, &compte);
        acte.create(CleProvisoire::id(qui.compte), &cle.record);
        completer(&mut acte);
        match acces.commit(acte).await {
            Ok(()) => {
                let bon = Bon {
                    compte: qui.compte,
                    nom: compte.nom_affiche,
                    identifiant: compte.identifiant,
                    clair: cle.clair,
                    expire_le: cle.record.expire_le,
                    fin: None,
                    profil: qui.profil.clone(),
                };
                return Ok(pages::page_bon(acces, &bon));
            }
            Err(Erreur::DejaPris(quoi)) if quoi.starts_with("identifiant/") => {}
            Err(autre) => return Err(autre),
        }
    }
    Err(Erreur::Demande("Trop de personnes portent ce nom. Ajoutez un second prénom.".into()))
}
