//! `/transferts/{transfert}`: the house asked looks at the summary, answers, notes the arrival.

use kernel::id::UsagerId;
use maud::Markup;
use platform::acces::EtatSejour;
use platform::prelude::*;
use platform::web::page as coquille;
use sejours::{CreerDossier, EcrireSejour, LireSejour, Parc, Sejour};
use usagers::{Connu, Empreinte, LireVigilance, Proximite, connus, voisins};
use uuid::Uuid;

use super::imprimer;
use crate::acts::{self, Acceptation};
use crate::document;
use crate::forms;
use crate::model::{EtatRecu, TransfertRecu};
use crate::rights::{RepondreTransfert, VoirTransferts};
use crate::views::arrivee::{self as vue, Ecran};

/// What the form of an answer needs, for who may answer.
#[derive(Default)]
struct Moyens {
    connus: Vec<Connu>,
    parc: Option<Parc>,
}

async fn moyens<D: Droit>(acces: &Acces<D>, lu: &TransfertRecu) -> Resultat<Moyens> {
    let repond = acces.peut::<RepondreTransfert>() && acces.peut::<CreerDossier>() && acces.peut::<LireVigilance>();
    if !repond || acces.etablissement()? != lu.etablissement {
        return Ok(Moyens::default());
    }
    match lu.etat {
        EtatRecu::Propose => {
            let perimetre = acces.aussi::<LireVigilance>().await?.ouvrir_perimetre(lu.etablissement, &[]).await?;
            Ok(Moyens { connus: connus(&perimetre).await?, parc: Some(Parc::lire(acces).await?) })
        }
        EtatRecu::Accepte { .. } if acces.peut::<EcrireSejour>() => {
            Ok(Moyens { connus: Vec::new(), parc: Some(Parc::lire(acces).await?) })
        }
        _ => Ok(Moyens::default()),
    }
}

/// People of the house who may be the same person, the closest first. Nobody is merged: a person chooses.
fn proches<'a>(lu: &TransfertRecu, connus: &'a [Connu]) -> Resultat<Vec<(Proximite, &'a Connu)>> {
    let trop_long = || Erreur::Demande("Le nom de la personne est trop long pour être affiché.".into());
    let fictif = UsagerId(Uuid::nil());
    let noms =
        usagers::NomsUtilises { nom: lu.identification.nom_utilise.clone(), prenom: lu.identification.prenom_utilise.clone() };
    let traits = lu.identification.identite.traits();
    let usager = usagers::Usager {
        id: fictif,
        etablissement: lu.etablissement,
        nom: usagers::nom_affiche(traits, &noms).ok_or_else(trop_long)?,
        prenom: usagers::prenom_affiche(traits, &noms).ok_or_else(trop_long)?,
        civilite: lu.civilite,
        photo: None,
        homonymes: Vec::new(),
        fusionne_dans: None,
    };
    Ok(voisins(&Empreinte::new(&usager, &lu.identification), connus))
}

async fn dessiner<D: Droit>(
    acces: &Acces<D>,
    lu: &Stored<TransfertRecu>,
    champs: &Champs,
    erreurs: &Erreurs,
) -> Resultat<Markup> {
    let moyens = moyens(acces, lu).await?;
    let proches = proches(lu, &moyens.connus)?;
    let ecran = Ecran {
        lu,
        proches: &proches,
        parc: moyens.parc.as_ref(),
        sans_lit: sans_lit(acces, lu).await?,
        ailleurs: acces.etablissement()? != lu.etablissement,
        champs,
        erreurs,
        fuseau: &acces.services().fuseau,
    };
    Ok(coquille(acces, "Transfert reçu", "/transferts").contenu(vue::page(&ecran)).render())
}

/// True if the expected stay holds no bed yet; only asked for an accepted transfer.
async fn sans_lit<D: Droit>(acces: &Acces<D>, lu: &TransfertRecu) -> Resultat<bool> {
    let EtatRecu::Accepte { usager, sejour, .. } = &lu.etat else { return Ok(false) };
    if !acces.peut::<LireSejour>() {
        return Ok(false);
    }
    match acces.aussi::<LireSejour>().await?.ouvrir_dossier(*usager).await {
        Ok(dossier) => {
            Ok(dossier.lire::<Sejour>(*sejour).await?.is_some_and(|lu| lu.etat == EtatSejour::Preadmis && lu.lit.is_none()))
        }
        Err(Erreur::Refus(_) | Erreur::Fusionne { .. }) => Ok(false),
        Err(autre) => Err(autre),
    }
}

async fn lire<D: Droit>(acces: &Acces<D>, id: Uuid) -> Resultat<Stored<TransfertRecu>> {
    acces.lire::<TransfertRecu>(id).await?.ok_or(Erreur::Introuvable)
}

fn saisie<D: Droit>(acces: &Acces<D>, lu: &Stored<TransfertRecu>) -> Champs {
    let local = acces.services().fuseau.to_datetime(acces.now());
    let genre = sejours::GenreSejour::TOUS.iter().find(|(genre, ..)| *genre == lu.demande.genre).map_or("", |(_, code, _)| code);
    Champs::depuis(&[
        ("prevu_le", &lu.demande.prevu_le.to_string()),
        ("genre", genre),
        ("jour", &local.date().to_string()),
        ("heure", &kernel::dates::heure(local.time())),
    ])
}

/// The summary, and what may be done about it.
pub(crate) async fn page(acces: Acces<VoirTransferts>, Chemin(id): Chemin<Uuid>) -> Resultat<Answer> {
    let lu = lire(&acces, id).await?;
    dessiner(&acces, &lu, &saisie(&acces, &lu), &Erreurs::default()).await.map(Answer::html)
}

/// The summary on paper: how many, never what, before it is accepted.
pub(crate) async fn resume(acces: Acces<VoirTransferts>, Chemin(id): Chemin<Uuid>) -> Resultat<Answer> {
    let lu = lire(&acces, id).await?;
    let vers = acces.lire::<etablissements::Etablissement>(lu.etablissement).await?;
    let resume = document::Resume {
        nom: lu.nom.clone(),
        identification: Some(&lu.identification),
        de: lu.de_nom.clone(),
        vers: vers.map(|lu| lu.nom.as_str().to_owned()).unwrap_or_default(),
        demande: &lu.demande,
        etat: vue::phrase(&lu, &acces.services().fuseau),
        comptes: lu.repris.as_ref().map(|repris| repris.comptes).or(lu.comptes),
        detail: None,
        par: acces.contexte().acteur.nom.clone(),
        now: acces.now(),
        fuseau: &acces.services().fuseau,
    };
    imprimer(document::resume(&resume), "transfert.pdf").await
}

async fn ouvert(acces: &Acces<RepondreTransfert>, id: Uuid, champs: &Champs) -> Resultat<Stored<TransfertRecu>> {
    let lu = lire(acces, id).await?;
    if acces.etablissement()? != lu.etablissement {
        return Err(Erreur::Demande(
            "Ce transfert concerne un autre de vos établissements. Choisissez-le en haut de la page, puis recommencez.".into(),
        ));
    }
    if !lu.en_cours() || champs.lire::<i64>("version") != Some(lu.version) {
        return Err(Erreur::Conflit);
    }
    Ok(lu)
}

/// Accepts: the record is opened by who accepts.
pub(crate) async fn accepter(acces: Acces<RepondreTransfert>, Chemin(id): Chemin<Uuid>, champs: Champs) -> Resultat<Answer> {
    let lu = ouvert(&acces, id, &champs).await?;
    if lu.etat != EtatRecu::Propose {
        return Err(Erreur::Conflit);
    }
    let moyens = moyens(&acces, &lu).await?;
    let Some(parc) = &moyens.parc else {
        return Err(Erreur::Demande(
            "Votre profession ne crée pas de dossier : demandez au service des admissions d'accepter.".into(),
        ));
    };
    let mut erreurs = Erreurs::default();
    let proches = proches(&lu, &moyens.connus)?;
    let dossier = dossier_choisi(&champs, &proches, &mut erreurs);
    let place = forms::lit(&champs, parc, &mut erreurs);
    let lue = forms::acceptation(&champs, &acces.services().fuseau, &mut erreurs);
    if let Some(lue) = lue.filter(|_| erreurs.aucune()) {
        let voulu = Acceptation {
            dossier,
            genre: lue.genre,
            prevu_le: lue.prevu_le,
            entree_le: lue.entree_le,
            sortie_prevue: lue.sortie_prevue,
            place,
        };
        match acts::accepter(&acces, &lu, voulu, &moyens.connus).await {
            Ok(_) => {
                return Ok(Answer::vers(format!("/transferts/{id}")).dit(format!(
                    "Transfert accepté. Les quatre familles de données sont reprises de {} dans la minute.",
                    lu.de_nom
                )));
            }
            Err(Erreur::DejaPris(cle)) if cle.starts_with("lit/") => {
                erreurs.ajouter("lit", "Ce lit vient d'être pris. Choisissez-en un autre, ou décidez plus tard.");
            }
            Err(Erreur::DejaPris(_)) => erreurs
                .ajouter("dossier", "Un dossier de l'établissement porte déjà l'INS de cette personne. Choisissez ce dossier."),
            Err(Erreur::Demande(phrase)) => erreurs.ajouter("dossier", phrase),
            Err(autre) => return Err(autre),
        }
    }
    dessiner(&acces, &lu, &champs, &erreurs).await.map(Answer::a_corriger)
}

/// The record chosen, a new one when none; asked as soon as somebody of the house looks alike.
fn dossier_choisi(champs: &Champs, proches: &[(Proximite, &Connu)], erreurs: &mut Erreurs) -> Option<UsagerId> {
    if proches.is_empty() || champs.texte("dossier") == "nouveau" {
        return None;
    }
    let choisi = champs.lire::<UsagerId>("dossier");
    let connu = proches.iter().map(|(_, connu)| connu.usager.value.id).find(|id| Some(*id) == choisi);
    erreurs.exiger(
        "dossier",
        connu.is_some(),
        "Des personnes connues de l'établissement ont une identité proche. Dites s'il s'agit de l'une d'elles.",
    );
    connu
}

/// Refuses, with the reason.
pub(crate) async fn refuser(acces: Acces<RepondreTransfert>, Chemin(id): Chemin<Uuid>, champs: Champs) -> Resultat<Answer> {
    let lu = ouvert(&acces, id, &champs).await?;
    if lu.etat != EtatRecu::Propose {
        return Err(Erreur::Conflit);
    }
    match forms::motif(&champs, "Dites pourquoi le transfert est refusé : l'autre établissement le lira.") {
        Err(erreurs) => dessiner(&acces, &lu, &champs, &erreurs).await.map(Answer::a_corriger),
        Ok(motif) => {
            acts::refuser(&acces, &lu, motif).await?;
            Ok(Answer::vers("/transferts").dit(format!("Transfert refusé. {} en est informé.", lu.de_nom)))
        }
    }
}

/// Notes the arrival.
pub(crate) async fn arriver(acces: Acces<RepondreTransfert>, Chemin(id): Chemin<Uuid>, champs: Champs) -> Resultat<Answer> {
    let lu = ouvert(&acces, id, &champs).await?;
    let mut erreurs = Erreurs::default();
    let le = forms::arrivee(&champs, (acces.now(), &acces.services().fuseau), &mut erreurs);
    let place = match (&moyens(&acces, &lu).await?.parc, sans_lit(&acces, &lu).await?) {
        (Some(parc), true) => {
            let place = forms::lit(&champs, parc, &mut erreurs).or_else(|| parc.unite_seule(champs.texte("unite")));
            erreurs.exiger(
                "lit",
                place.is_some() || erreurs.de("lit").is_some(),
                "Choisissez le lit de la personne, ou l'unité qui l'accueille sans lit.",
            );
            place
        }
        _ => None,
    };
    if let (Some(le), true) = (le, erreurs.aucune()) {
        match acts::arriver(&acces, &lu, le, place).await {
            Ok(()) => {
                return Ok(Answer::vers(format!("/transferts/{id}"))
                    .dit(format!("Arrivée notée. {} clôt le séjour de son côté.", lu.de_nom)));
            }
            Err(Erreur::Demande(phrase)) => erreurs.ajouter("jour", phrase),
            Err(Erreur::DejaPris(_)) => erreurs.ajouter("lit", "Ce lit vient d'être pris. Choisissez-en un autre."),
            Err(autre) => return Err(autre),
        }
    }
    dessiner(&acces, &lu, &champs, &erreurs).await.map(Answer::a_corriger)
}

/// The person will not come.
pub(crate) async fn abandonner(acces: Acces<RepondreTransfert>, Chemin(id): Chemin<Uuid>, champs: Champs) -> Resultat<Answer> {
    let lu = ouvert(&acces, id, &champs).await?;
    match forms::motif(&champs, "Dites pourquoi la personne ne vient pas.") {
        Err(erreurs) => dessiner(&acces, &lu, &champs, &erreurs).await.map(Answer::a_corriger),
        Ok(motif) => {
            acts::abandonner(&acces, &lu, motif).await?;
            Ok(Answer::vers("/transferts").dit(format!("Noté. {} garde la personne, son séjour y continue.", lu.de_nom)))
        }
    }
}
