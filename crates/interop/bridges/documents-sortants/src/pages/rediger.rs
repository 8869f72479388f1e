//! `/residents/{usager}/redaction`: what one may write and sign for a person, then each document: form, preview, signature.

use hospitalisations::RendezVous;
use jiff::Timestamp;
use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::acces::MotifRefus;
use platform::prelude::*;
use serde::Deserialize;
use urgences::{Dlu, Episode, recueillir};
use uuid::Uuid;

use super::auteur;
use crate::RedigerDocument;
use crate::entete::{Auteur, Reference};
use crate::lisible;
use crate::signer::{ASigner, phrase, signer_dlu, verser};
use crate::views::{self, Apercu, Formulaire};
use crate::volets::{Contenu, Contexte, Redige, Volet};

type Dossier = DossierOuvert<RedigerDocument>;

/// What documents are made from, as it stands.
struct Recueil {
    dlu: Dlu,
    episode: Option<Episode>,
    rendez_vous: Option<RendezVous>,
}

impl Recueil {
    async fn lire(acces: &Acces<RedigerDocument>, dossier: &Dossier) -> Resultat<Self> {
        let dlu = recueillir(acces, dossier).await?;
        let episode = urgences::episodes_de(dossier).await?.pop().filter(|episode| episode.en_cours(acces.now()));
        let annonces = hospitalisations::annonces_rendez_vous_de(dossier).await?;
        let connus = hospitalisations::rendez_vous(&annonces);
        let rendez_vous = connus.into_iter().find(|un| un.est_a_venir(acces.now()));
        Ok(Self { dlu, episode, rendez_vous })
    }

    fn contexte<'a>(&'a self, acces: &'a Acces<RedigerDocument>) -> Contexte<'a> {
        Contexte {
            dlu: &self.dlu,
            episode: self.episode.as_ref(),
            rendez_vous: self.rendez_vous.as_ref(),
            fuseau: &acces.services().fuseau,
        }
    }
}

/// The documents one may write, each with what it is for.
pub(crate) async fn liste(acces: Acces<RedigerDocument>, Chemin(usager): Chemin<UsagerId>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let profils = acces.contexte().acteur.profils(acces.now());
    let signables: Vec<Volet> = Volet::TOUS.into_iter().filter(|volet| volet.signable(&profils)).collect();
    page(&acces, &dossier, "Nouveau document", views::liste(usager, &signables)).await.map(Answer::html)
}

async fn page(acces: &Acces<RedigerDocument>, dossier: &Dossier, titre: &str, contenu: Markup) -> Resultat<Markup> {
    let actuel = format!("/residents/{}/documents", dossier.usager());
    let (page, onglets) = platform::dossier::page(acces, dossier, titre, &actuel).await?;
    Ok(page.contenu(html! { (onglets) (contenu) }).render())
}

/// The document asked for, when one's profession signs it.
async fn ouvrir(acces: &Acces<RedigerDocument>, (usager, code): (UsagerId, &str)) -> Resultat<(Dossier, Volet)> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let volet = Volet::lire(code).ok_or(Erreur::Introuvable)?;
    if !volet.signable(&acces.contexte().acteur.profils(acces.now())) {
        return Err(acces.refuser(MotifRefus::Profession, Some(usager)).await);
    }
    Ok((dossier, volet))
}

/// Where the form starts from.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Depart {
    /// Kind of a report.
    #[serde(default, rename = "type")]
    genre: String,
}

/// The form, prefilled, and the document as it would be signed.
pub(crate) async fn formulaire(
    acces: Acces<RedigerDocument>,
    Chemin((usager, code)): Chemin<(UsagerId, String)>,
    Parametres(depart): Parametres<Depart>,
) -> Resultat<Answer> {
    let (dossier, volet) = ouvrir(&acces, (usager, &code)).await?;
    let recueil = Recueil::lire(&acces, &dossier).await?;
    let id = acces.nouvel_id().to_string();
    let mut paires = volet.preremplir(&recueil.contexte(&acces));
    paires.extend([("id", id), ("avec_dlu", "oui".into()), ("type", depart.genre)]);
    let prets: Vec<(&str, &str)> = paires.iter().map(|(nom, valeur)| (*nom, valeur.as_str())).collect();
    let saisie = Champs::depuis(&prets);
    let apercu = match volet.rediger(&recueil.contexte(&acces), &saisie, "") {
        Ok(redige) => montrer(&acces, &recueil, &redige).await?,
        Err(_) => Apercu::PasEncore,
    };
    dessiner((&acces, &dossier), (volet, &recueil), (&saisie, &Erreurs::default()), &apercu).await.map(Answer::html)
}

/// Shows the document as typed, or signs it.
pub(crate) async fn envoyer(
    acces: Acces<RedigerDocument>,
    Chemin((usager, code)): Chemin<(UsagerId, String)>,
    saisie: Champs,
) -> Resultat<Answer> {
    let (dossier, volet) = ouvrir(&acces, (usager, &code)).await?;
    let recueil = Recueil::lire(&acces, &dossier).await?;
    let auteur = auteur(&acces).await?;
    let lu = volet.rediger(&recueil.contexte(&acces), &saisie, &auteur.nom);
    let redige = match lu {
        Ok(redige) => redige,
        Err(erreurs) => {
            let page = dessiner((&acces, &dossier), (volet, &recueil), (&saisie, &erreurs), &Apercu::PasEncore).await?;
            return Ok(Answer::a_corriger(page));
        }
    };
    let geste = saisie.texte("geste");
    if !matches!(geste, "signer" | "envoyer") {
        let apercu = montrer(&acces, &recueil, &redige).await?;
        let page = dessiner((&acces, &dossier), (volet, &recueil), (&saisie, &Erreurs::default()), &apercu).await?;
        return Ok(Answer::html(page));
    }
    let id: Uuid = saisie.lire("id").unwrap_or_else(|| acces.nouvel_id());
    let pdf = papier(&redige).await?;
    let ecrire = |reference: &Reference| {
        let fait = redige.ecrire(&recueil.contexte(&acces), &auteur, reference, pdf.as_deref());
        fait.map_err(|erreur| format!("Ce document ne peut pas être signé : {}", phrase(&erreur)))
    };
    let a_signer = ASigner {
        clef: redige.clef.clone(),
        titre: redige.titre.clone(),
        type_code: redige.type_code.clone(),
        jour: redige.jour,
        verbe: "document.signe",
        ecrire: &ecrire,
    };
    let version = verser(&acces, &dossier, (id, &auteur), &a_signer).await?;
    let mut signes = vec![id];
    if volet.avec_dlu() && saisie.coche("avec_dlu") {
        let dlu = kernel::id::derived(id, "dlu");
        signer_dlu(&acces, &dossier, (dlu, &auteur)).await?;
        signes.push(dlu);
    }
    let dit = format!("{} : signé, version {version}, versé au dossier.", redige.titre);
    let suite = if geste == "envoyer" {
        let choisis: Vec<String> = signes.iter().map(Uuid::to_string).collect();
        format!("/residents/{usager}/envois/nouveau?document={}", choisis.join(","))
    } else {
        format!("/residents/{usager}/documents/{id}")
    };
    Ok(Answer::vers(suite).dit(dit))
}

/// The file of a report; none for a structured document.
async fn papier(redige: &Redige) -> Resultat<Option<Vec<u8>>> {
    let Contenu::Rapport { doc, .. } = &redige.contenu else { return Ok(None) };
    let doc = doc.clone();
    let fait = tokio::task::spawn_blocking(move || edition::pdf(&doc)).await;
    let octets = fait.map_err(|erreur| Erreur::Panne(erreur.to_string()))?;
    octets.map(Some).map_err(|erreur| Erreur::Panne(erreur.to_string()))
}

/// The document as it would be signed now.
async fn montrer(acces: &Acces<RedigerDocument>, recueil: &Recueil, redige: &Redige) -> Resultat<Apercu> {
    if let Contenu::Rapport { doc, .. } = &redige.contenu {
        return Ok(Apercu::Lisible(edition::html(doc)));
    }
    let auteur: Auteur = auteur(acces).await?;
    let reference = Reference {
        id: kernel::id::derived(recueil.dlu.id().0, "apercu"),
        ensemble: kernel::id::derived(recueil.dlu.id().0, "apercu"),
        version: 1,
        remplace: None,
        le: acces.now(),
    };
    Ok(match redige.ecrire(&recueil.contexte(acces), &auteur, &reference, None) {
        Err(erreur) => Apercu::Impossible(format!("Ce document ne peut pas être signé : {}", phrase(&erreur))),
        Ok(octets) => {
            let now: Timestamp = acces.now();
            let edite_le = kernel::dates::date_heure(now, &acces.services().fuseau);
            match cda_r2::parse(&octets, &cda_r2::Limits::default()) {
                Ok(document) => Apercu::Lisible(edition::html(&lisible::doc(&document, &edite_le, now))),
                Err(erreur) => return Err(Erreur::Panne(erreur.to_string())),
            }
        }
    })
}

async fn dessiner(
    (acces, dossier): (&Acces<RedigerDocument>, &Dossier),
    (volet, recueil): (Volet, &Recueil),
    (saisie, erreurs): (&Champs, &Erreurs),
    apercu: &Apercu,
) -> Resultat<Markup> {
    let consultation = dossier.consultation();
    let manques = volet.manques(&recueil.contexte(acces));
    let contenu = views::formulaire(&Formulaire {
        usager: dossier.usager(),
        volet,
        saisie,
        erreurs,
        manques: &manques,
        refuses: &recueil.dlu.refuses,
        ouvre: &|famille| consultation.peut_lire(famille),
        apercu,
    });
    page(acces, dossier, volet.libelle(), contenu).await
}
