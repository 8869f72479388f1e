//! Documents sent: the list of a house, one sending, the form of a new one.

use std::collections::HashMap;

use documents::Lu;
use kernel::id::UsagerId;
use kernel::texte::cle_tri;
use maud::Markup;
use platform::prelude::*;
use platform::web::{Erreurs, page};
use serde::Deserialize;
use usagers::{Identification, Usager};
use uuid::Uuid;

use crate::envoi::{Envoi, Suivi};
use crate::envoyer::{AEnvoyer, Demande, TOPIC_ENVOI, preparer};
use crate::forms::{self, proposition};
use crate::records::lane_envois;
use crate::rights::{EnvoyerDocuments, LireEnvoi, VoirEnvois};
use crate::views::envoi::{self as vue_envoi, Fiche, Formulaire};
use crate::views::envois::{self as vue_envois, Ecran};

/// What is looked for.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Filtre {
    #[serde(default)]
    pub(crate) q: String,
    /// `voir`, `attente`, `abouti`; all when empty.
    #[serde(default)]
    pub(crate) etat: String,
}

impl Filtre {
    fn garde(&self, envoi: &Envoi) -> bool {
        match self.etat.as_str() {
            "voir" => envoi.etat().a_voir(),
            "attente" => envoi.attend(),
            "abouti" => envoi.etat().abouti(),
            _ => true,
        }
    }
}

/// The list of a house.
pub(crate) async fn liste(acces: Acces<VoirEnvois>, Parametres(filtre): Parametres<Filtre>) -> Resultat<Answer> {
    let etablissement = acces.etablissement()?;
    let perimetre = acces.ouvrir_perimetre(etablissement, &[]).await?;
    let lane = lane_envois(etablissement);
    let mut lus: Vec<Stored<Envoi>> = perimetre.liste(&Query::lane(&lane).newest_first().limit(500)).await?;
    let ids: Vec<Uuid> = lus.iter().map(|lu| lu.usager.0).collect();
    let noms: HashMap<UsagerId, String> =
        perimetre.lire::<Usager>(&ids).await?.into_iter().map(|lu| (lu.value.id, lu.value.nom_complet())).collect();
    let tous = lus.len();
    let cherche = cle_tri(&filtre.q);
    lus.retain(|lu| {
        let mut texte = noms.get(&lu.usager).cloned().unwrap_or_default();
        for un in &lu.destinataires {
            texte.push_str(&un.nom);
            texte.push_str(&un.adresse);
        }
        noms.contains_key(&lu.usager) && filtre.garde(lu) && cle_tri(&texte).contains(&cherche)
    });
    let ecran = Ecran { lus: &lus, tous, noms: &noms, filtre: &filtre, lane: &lane, fuseau: &acces.services().fuseau };
    Ok(Answer::html(page(&acces, "Documents envoyés", "/liaisons/envois").contenu(vue_envois::page(&ecran)).render()))
}

async fn cadre<D: Droit>(acces: &Acces<D>, dossier: &DossierOuvert<D>, contenu: Markup) -> Resultat<Markup> {
    let bandeau = sejours::bandeau(&dossier.consultation()).await?;
    Ok(page(acces, "Envoi", "/liaisons/envois").bandeau(bandeau).contenu(contenu).render())
}

/// One sending.
pub(crate) async fn fiche(acces: Acces<LireEnvoi>, Chemin((usager, id)): Chemin<(UsagerId, Uuid)>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let lu: Stored<Envoi> = dossier.lire(id).await?.ok_or(Erreur::Introuvable)?;
    let fiche = Fiche {
        lu: &lu,
        peut: dossier.peut_ecrire(Categorie::Documents),
        medical: dossier.peut_lire(Categorie::Medical),
        fuseau: &acces.services().fuseau,
    };
    Ok(Answer::html(cadre(&acces, &dossier, vue_envoi::fiche(&fiche)).await?))
}

/// Kinds of files which may leave: clinical documents, and what is put in the envelope of one.
const ENVOYABLES: [&str; 4] = ["application/xml", "application/pdf", "image/png", "image/jpeg"];

/// Which documents the form starts from, separated by commas.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Depart {
    #[serde(default)]
    document: String,
}

/// The documents which may leave: those in force, which are documents and not messages.
async fn envoyables(dossier: &DossierOuvert<EnvoyerDocuments>) -> Resultat<Vec<Lu>> {
    let mut lus = documents::documents_de(dossier).await?;
    lus.retain(|lu| lu.est_courant() && ENVOYABLES.contains(&lu.mime.as_str()));
    Ok(lus)
}

/// The person's own mailbox: only with a qualified INS, which is its name.
async fn citoyen(dossier: &DossierOuvert<EnvoyerDocuments>) -> Resultat<Option<String>> {
    if !dossier.peut_lire(Categorie::Identite) {
        return Ok(None);
    }
    let identification = dossier.lire::<Identification>(Identification::id(dossier.usager())).await?;
    let ins =
        identification.as_ref().and_then(|lue| lue.identite.ins_transmissible().map(|ins| ins.matricule().as_str().to_owned()));
    Ok(ins.map(|numero| format!("{numero}@{}", correspondants::CITOYENS)))
}

async fn dessiner(
    acces: &Acces<EnvoyerDocuments>,
    dossier: &DossierOuvert<EnvoyerDocuments>,
    champs: &Champs,
    erreurs: &Erreurs,
) -> Resultat<Markup> {
    let etablissement = dossier.etablissement().ok_or(Erreur::Introuvable)?;
    let connus = correspondants::correspondants(acces).await?;
    let propositions: Vec<String> = connus
        .iter()
        .filter(|lu| lu.sert(etablissement))
        .flat_map(|lu| lu.adresses.iter().map(|adresse| proposition(&lu.nom_de(adresse), &adresse.adresse)))
        .collect();
    let (documents, citoyen) = (envoyables(dossier).await?, citoyen(dossier).await?);
    let boites = correspondants::messageries_ouvertes(acces, etablissement).await?;
    let defaut = correspondants::messagerie_de(acces, etablissement).await?;
    let choisie = champs.lire::<Uuid>("boite").or(defaut.as_ref().map(|lue| lue.id));
    let formulaire = Formulaire {
        usager: dossier.usager(),
        documents: &documents,
        propositions: &propositions,
        citoyen: citoyen.as_deref(),
        boites: &boites,
        choisie,
        champs,
        erreurs,
    };
    cadre(acces, dossier, vue_envoi::formulaire(&formulaire)).await
}

/// The form.
pub(crate) async fn nouveau(
    acces: Acces<EnvoyerDocuments>,
    Chemin(usager): Chemin<UsagerId>,
    Parametres(depart): Parametres<Depart>,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let id = acces.nouvel_id().to_string();
    let choisis = depart.document.split(',').map(|document| ("documents", document.trim()));
    let paires: Vec<(&str, &str)> = [("id", id.as_str()), ("accuse", "oui")].into_iter().chain(choisis).collect();
    let champs = Champs::depuis(&paires);
    dessiner(&acces, &dossier, &champs, &Erreurs::default()).await.map(Answer::html)
}

/// Sends.
pub(crate) async fn envoyer(
    acces: Acces<EnvoyerDocuments>,
    Chemin(usager): Chemin<UsagerId>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let (connus, citoyen) = (envoyables(&dossier).await?, citoyen(&dossier).await?);
    let etablissement = dossier.etablissement().ok_or(Erreur::Introuvable)?;
    let ouvertes = correspondants::messageries_ouvertes(&acces, etablissement).await?;
    let boites: Vec<Uuid> = ouvertes.iter().map(|lue| lue.id).collect();
    let lue = match forms::lire(&champs, &connus, citoyen.as_deref(), &boites) {
        Ok(lue) => lue,
        Err(erreurs) => return dessiner(&acces, &dossier, &champs, &erreurs).await.map(Answer::a_corriger),
    };
    let id = champs.lire("id").unwrap_or_else(|| acces.nouvel_id());
    let documents: Vec<Lu> = lue.documents.into_iter().cloned().collect();
    let demande = Demande {
        id,
        documents: &documents,
        destinataires: lue.destinataires,
        message: lue.message,
        accuse: lue.accuse,
        par: acces.contexte().acteur.nom.clone(),
        urgence: false,
        boite: lue.boite,
    };
    preparer(&dossier, demande).await?;
    Ok(Answer::vers(format!("/residents/{usager}/envois/{id}")).dit("Envoi demandé. Cette page suit ce qu'il devient."))
}

/// Tries again, or gives up.
pub(crate) async fn suite(
    acces: Acces<EnvoyerDocuments>,
    Chemin((usager, id)): Chemin<(UsagerId, Uuid)>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let lu: Stored<Envoi> = dossier.lire(id).await?.ok_or(Erreur::Introuvable)?;
    if champs.lire::<i64>("version") != Some(lu.version) {
        return Err(Erreur::Conflit);
    }
    let (now, par) = (acces.now(), acces.contexte().acteur.nom.clone());
    let mut envoi = lu.value.clone();
    let encore = champs.texte("geste") == "renvoyer";
    for un in envoi.destinataires.iter_mut().filter(|un| un.suivi.a_voir() || un.suivi == Suivi::Prepare) {
        un.suivi = if encore { Suivi::Prepare } else { Suivi::Abandonne };
        un.le = Some(now);
    }
    envoi.noter(now, if encore { format!("Nouvel essai demandé par {par}.") } else { format!("Abandonné par {par}.") });
    if envoi == lu.value {
        return Err(Erreur::Demande("Cet envoi est terminé : il n'y a rien à reprendre.".into()));
    }
    let mut acte = dossier.acte(if encore { "envoi.repris" } else { "envoi.abandonne" });
    acte.update(&lu, &envoi);
    if encore {
        acte.send(TOPIC_ENVOI, format!("envoi/{id}/{}", lu.version), &AEnvoyer { usager, envoi: id });
    }
    dossier.commit(acte).await?;
    let phrase = if encore { "Nouvel essai demandé." } else { "Envoi abandonné. Il reste lisible." };
    Ok(Answer::vers(format!("/residents/{usager}/envois/{id}")).dit(phrase))
}
