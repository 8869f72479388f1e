//! Opening an account: a lasting one, or a temporary worker's in two minutes (F242).

use kernel::id::{CompteId, EtablissementId};
use platform::acces::{Acces, Compte, Droit};
use platform::prelude::{Answer, Champs, Erreur, Erreurs, Resultat};

use super::{Cle, tirer_cle};
use crate::demande::Demande;
use crate::forms::Lecture;
use crate::model::identifiant;
use crate::pages;
use crate::rights::{GererComptes, OuvrirRemplacement};
use crate::views::Bon;

/// Homonyms tried before giving up.
pub(super) const HOMONYMES: u32 = 50;

fn id_du_formulaire<D: Droit>(acces: &Acces<D>, champs: &Champs) -> CompteId {
    CompteId(champs.lire("id").unwrap_or_else(|| acces.nouvel_id()))
}

/// What became of a request for an account.
enum Issue {
    Ouvert {
        identifiant: String,
        cle: Cle,
    },
    /// The same form was sent twice.
    Deja,
    RppsPris,
}

async fn ouvrir<D: Droit>(acces: &Acces<D>, demande: &Demande) -> Resultat<Issue> {
    let professionnel = &demande.professionnel;
    let etablissement = professionnel.etablissement.0;
    let debut = demande.roles.first().map_or(acces.now(), |role| role.du);
    let cle = tirer_cle(acces, demande.compte, etablissement, debut).await?;
    for rang in 1..=HOMONYMES {
        let compte = Compte {
            identifiant: identifiant(&professionnel.prenom, &professionnel.nom, rang),
            nom_affiche: professionnel.nom_complet(),
            professionnel: Some(professionnel.id),
            etablissement,
            mot_de_passe: String::new(),
            code: None,
            nature: demande.nature,
            ferme_le: None,
            habilitations: demande.roles.clone(),
            demo: None,
            preferences: std::collections::BTreeMap::new(),
        };
        let mut acte = acces.acte("compte.ouvert").detail("compte", demande.compte.to_string());
        acte.create(demande.compte, &compte);
        acte.create(professionnel.id, professionnel);
        acte.create(platform::acces::CleProvisoire::id(demande.compte), &cle.record);
        match acces.commit(acte).await {
            Ok(()) => return Ok(Issue::Ouvert { identifiant: compte.identifiant, cle }),
            Err(Erreur::DejaPris(quoi)) if quoi.starts_with("identifiant/") => {}
            Err(Erreur::DejaPris(_)) => return Ok(Issue::RppsPris),
            Err(Erreur::Conflit) => return Ok(Issue::Deja),
            Err(autre) => return Err(autre),
        }
    }
    Err(Erreur::Demande("Trop de personnes portent ce nom. Ajoutez un second prénom.".into()))
}

fn bon(demande: &Demande, identifiant: String, cle: Cle) -> Bon {
    Bon {
        compte: demande.compte,
        nom: demande.professionnel.nom_complet(),
        identifiant,
        clair: cle.clair,
        expire_le: cle.record.expire_le,
        fin: demande.roles.first().and_then(|role| role.au),
        profil: demande.professionnel.metier.clone(),
    }
}

fn deja(compte: CompteId) -> Answer {
    Answer::vers(format!("/admin/comptes/{compte}"))
        .dit("Ce compte vient d'être ouvert. Pour un autre bon de connexion, réinitialisez le mot de passe.")
}

pub(crate) async fn creer_compte(acces: Acces<GererComptes>, champs: Champs) -> Resultat<Answer> {
    let etablissement = champs.lire::<EtablissementId>("etablissement").ok_or(Erreur::Introuvable)?;
    acces.exiger_etablissement(etablissement).await?;
    let services = acces.services();
    let unites = services.enseigne.unites(etablissement);
    let lecture = Lecture {
        profils: &services.profils,
        etablissement,
        unites: &unites,
        now: acces.now(),
        fuseau: &services.fuseau,
        demo: services.demo,
    };
    let demande = match lecture.compte(&champs, id_du_formulaire(&acces, &champs)) {
        Ok(demande) => demande,
        Err(erreurs) => return Ok(Answer::a_corriger(pages::page_creation(&acces, etablissement, &champs, &erreurs).await?)),
    };
    match ouvrir(&acces, &demande).await? {
        Issue::Ouvert { identifiant, cle } => Ok(Answer::html(pages::page_bon(&acces, &bon(&demande, identifiant, cle)))),
        Issue::Deja => Ok(deja(demande.compte)),
        Issue::RppsPris => {
            let mut erreurs = Erreurs::default();
            erreurs.ajouter(
                "rpps",
                "Ce numéro RPPS est celui d'une personne déjà connue de la grappe. Ajoutez-lui une habilitation.",
            );
            Ok(Answer::a_corriger(pages::page_creation(&acces, etablissement, &champs, &erreurs).await?))
        }
    }
}

pub(crate) async fn creer_remplacant(acces: Acces<OuvrirRemplacement>, champs: Champs) -> Resultat<Answer> {
    let etablissement = champs.lire::<EtablissementId>("etablissement").ok_or(Erreur::Introuvable)?;
    acces.exiger_etablissement(etablissement).await?;
    let services = acces.services();
    let unites = services.enseigne.unites(etablissement);
    let lecture = Lecture {
        profils: &services.profils,
        etablissement,
        unites: &unites,
        now: acces.now(),
        fuseau: &services.fuseau,
        demo: services.demo,
    };
    let demande = match lecture.remplacant(&champs, id_du_formulaire(&acces, &champs)) {
        Ok(demande) => demande,
        Err(erreurs) => return Ok(Answer::a_corriger(pages::page_remplacant(&acces, etablissement, &champs, &erreurs))),
    };
    match ouvrir(&acces, &demande).await? {
        Issue::Ouvert { identifiant, cle } => Ok(Answer::html(pages::page_bon(&acces, &bon(&demande, identifiant, cle)))),
        Issue::Deja | Issue::RppsPris => Ok(deja(demande.compte)),
    }
}
