//! Reading links of the DLU: given by the team, opened outside without an account.

use std::sync::Arc;

use kernel::id::UsagerId;
use maud::Markup;
use platform::acces::LectureDlu;
use platform::prelude::*;
use platform::web::{Application, RoutePublique, brute, hasard_lisible};
use platform::worker::automate;
use platform::{Services, web};
use uuid::Uuid;

use super::dlu::dessiner;
use crate::acts::{self, Entree};
use crate::dlu::{Dlu, recueillir};
use crate::etape::Quoi;
use crate::lien::{Lien, VALIDITE};
use crate::rights::{LireUrgence, TracerUrgence};
use crate::views::lien as vue;

const AUTOMATE: &str = "Lecteur du lien";
/// Readers of one link at the same instant before the last is asked to try again.
const CONCURRENTS: usize = 8;

/// A new link, written with its step; gives its address.
async fn creer(acces: &Acces<TracerUrgence>, dossier: &DossierOuvert<TracerUrgence>, comment: &str) -> Resultat<String> {
    let secret = hasard_lisible()?;
    let now = acces.now();
    let lien = Lien {
        usager: dossier.usager(),
        etablissement: dossier.etablissement().ok_or(Erreur::Introuvable)?,
        donne_le: now,
        donne_par: acces.contexte().acteur.nom.clone(),
        expire_le: now.checked_add(VALIDITE).map_err(|erreur| Erreur::Panne(erreur.to_string()))?,
        essais: 0,
        dernier: None,
        lectures: Vec::new(),
        revoque_par: None,
    };
    acts::donner(dossier, (Lien::id(&secret), &lien), Quoi::dlu(comment)).await?;
    Ok(format!("{}/liaison/{secret}", acces.services().adresse()))
}

/// The PDF with the QR code of a new link: what is handed to the crew.
pub(crate) async fn imprimer(acces: Acces<TracerUrgence>, Chemin(usager): Chemin<UsagerId>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let adresse = creer(&acces, &dossier, "imprime").await?;
    let lu = recueillir(&acces, &dossier).await?;
    let doc = dessiner(&acces, &dossier, &lu, Some(&adresse)).await?;
    super::dlu::fichier(doc, &lu).await
}

/// The links given for a person.
pub(crate) async fn liens(acces: Acces<LireUrgence>, Chemin(usager): Chemin<UsagerId>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    montrer(&acces, &dossier, None).await.map(Answer::html)
}

/// Gives a link: its address is shown once.
pub(crate) async fn donner(acces: Acces<TracerUrgence>, Chemin(usager): Chemin<UsagerId>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let adresse = creer(&acces, &dossier, "lien").await?;
    montrer(&acces, &dossier, Some(&adresse)).await.map(Answer::html)
}

async fn montrer<A: Droit>(acces: &Acces<A>, dossier: &DossierOuvert<A>, nouveau: Option<&str>) -> Resultat<Markup> {
    let liens = dossier.liste::<Lien>(|query| query.newest_first().limit(50)).await?;
    let lectures = dossier.liste::<LectureDlu>(|query| query.newest_first().limit(50)).await?;
    let usager = dossier.usager();
    let peut = dossier.peut_ecrire(Categorie::Urgence);
    let contenu = vue::liens(usager, (&liens, &lectures), nouveau, (acces.now(), &acces.services().fuseau), peut);
    let (page, onglets) = platform::dossier::page(acces, dossier, "Liens du DLU", &format!("/residents/{usager}/dlu")).await?;
    Ok(page.contenu(maud::html! { (onglets) (contenu) }).render())
}

/// Closes a link.
pub(crate) async fn revoquer(acces: Acces<TracerUrgence>, Chemin((usager, id)): Chemin<(UsagerId, Uuid)>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let lu: Stored<Lien> = dossier.lire(id).await?.ok_or(Erreur::Introuvable)?;
    let par = acces.contexte().acteur.nom.clone();
    acts::changer_lien(&dossier, &lu, "dlu.lien_revoque", Lien { revoque_par: Some(par), ..lu.value.clone() }).await?;
    Ok(Answer::vers(format!("/residents/{usager}/dlu/liens")).dit("Lien fermé : il ne s'ouvre plus."))
}

/// Adds the routes of readers without an account.
#[must_use]
pub fn brancher(application: Application) -> Application {
    let pourquoi = "secret de 128 bits dans l'adresse et année de naissance : lecture du seul DLU, journalisée, 48 heures";
    let route = |method| RoutePublique { method, path: "/liaison/{secret}", pourquoi };
    application
        .publique(
            route("GET"),
            |services, request| async move { brute(&services, demander(&services, request.uri().path()).await) },
        )
        .publique(route("POST"), |services, request| async move {
            let chemin = request.uri().path().to_owned();
            let champs = web::champs_de(request).await;
            brute(&services, ouvrir(&services, &chemin, champs).await)
        })
}

fn secret(chemin: &str) -> &str {
    chemin.rsplit('/').next().unwrap_or_default()
}

/// What a link leads to: the key of the reader, the record, the link itself.
type Trouve = (Acces<TracerUrgence>, DossierOuvert<TracerUrgence>, Stored<Lien>);

/// The link behind a secret, if it still opens.
async fn trouver(services: &Arc<Services>, secret: &str) -> Resultat<Option<Trouve>> {
    let acces = automate::<TracerUrgence>(services, AUTOMATE).await?;
    let Some(usager) = acces.personne_de::<Lien>(Lien::id(secret)).await? else { return Ok(None) };
    let dossier = acces.ouvrir_dossier(usager).await?;
    let lien = dossier.lire::<Lien>(Lien::id(secret)).await?.filter(|lien| lien.ouvert(acces.now()));
    Ok(lien.map(|lien| (acces, dossier, lien)))
}

/// Asks for the year of birth; a link which does not open says the same as one which never was.
async fn demander(services: &Arc<Services>, chemin: &str) -> Resultat<Answer> {
    let ouvert = trouver(services, secret(chemin)).await?.is_some();
    Ok(if ouvert {
        Answer::html(vue::demande(chemin, false))
    } else {
        Answer::html(vue::ferme()).statut(http::StatusCode::NOT_FOUND)
    })
}

/// What a secret and a year of birth lead to.
enum Verdict {
    /// The link does not open, whatever the reason.
    Ferme,
    /// The year is wrong; it was counted.
    Faux,
    /// The link opened, and says so.
    Juste(Box<(Acces<TracerUrgence>, DossierOuvert<TracerUrgence>, Dlu)>),
}

/// Two readers at once: each is counted, the second one after the first.
async fn verifier(services: &Arc<Services>, secret: &str, annee: &str) -> Resultat<Verdict> {
    for _ in 0..CONCURRENTS {
        match essayer(services, secret, annee).await {
            Err(Erreur::Conflit) => {}
            fait => return fait,
        }
    }
    Err(Erreur::Conflit)
}

async fn essayer(services: &Arc<Services>, secret: &str, annee: &str) -> Resultat<Verdict> {
    let Some((acces, dossier, lien)) = trouver(services, secret).await? else { return Ok(Verdict::Ferme) };
    let dlu = recueillir(&acces, &dossier).await?;
    let naissance = dlu.identification.as_ref().map(|lue| lue.identite.traits().date_naissance().annee().to_string());
    let dernier = Some(acces.nouvel_id());
    if naissance.as_deref() != Some(annee.trim()) {
        let faux = Lien { essais: lien.essais + 1, dernier, ..lien.value.clone() };
        acts::changer_lien(&dossier, &lien, "dlu.lien_refuse", faux).await?;
        return Ok(Verdict::Faux);
    }
    let mut lu = Lien { dernier, ..lien.value.clone() };
    lu.lectures.push(acces.now());
    acts::changer_lien(&dossier, &lien, "dlu.lu_par_lien", lu).await?;
    Ok(Verdict::Juste(Box::new((acces, dossier, dlu))))
}

async fn ouvrir(services: &Arc<Services>, chemin: &str, champs: Resultat<Champs>) -> Resultat<Answer> {
    let champs = champs?;
    let ouvert = match verifier(services, secret(chemin), champs.texte("annee")).await? {
        Verdict::Ferme => return Ok(Answer::html(vue::ferme()).statut(http::StatusCode::NOT_FOUND)),
        Verdict::Faux => return Ok(Answer::a_corriger(vue::demande(chemin, true))),
        Verdict::Juste(ouvert) => ouvert,
    };
    let (acces, dossier, dlu) = *ouvert;
    acts::tracer(&dossier, acces.nouvel_id(), Quoi::dlu("lu"), Entree::maintenant(acces.now())).await?;
    let doc = dessiner(&acces, &dossier, &dlu, None).await?;
    Ok(Answer::html(vue::lecture(&edition::html(&doc))))
}

/// Whose link this is, for a reader who has an account: its address or its secret, and the person's year of birth. A wrong year is
/// counted on the link, as for anybody; `None` says nothing of why.
///
/// # Errors
/// The store; a conflict when many try at once.
pub async fn personne_du_lien(services: &Arc<Services>, adresse: &str, annee: &str) -> Resultat<Option<UsagerId>> {
    Ok(match verifier(services, secret(adresse.trim()), annee).await? {
        Verdict::Juste(ouvert) => Some(ouvert.1.usager()),
        Verdict::Ferme | Verdict::Faux => None,
    })
}
