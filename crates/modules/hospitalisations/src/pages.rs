//! `/residents/{usager}/hospitalisations` and `/liaisons/hospitalisations`.

use documents::documents_de;
use kernel::id::UsagerId;
use kernel::texte::{Texte, plier};
use maud::{Markup, html};
use platform::prelude::*;
use platform::web::page;
use serde::Deserialize;
use ui::impression::Tirage;
use uuid::Uuid;

use crate::noter;
use crate::records::{AvisIdentite, Conclusion, NumeroHopital, lane_annonces, lane_avis};
use crate::rights::{LireHospitalisations, NoterHospitalisations, VerifierIdentiteHopital, VoirHospitalisations};
use crate::suivi::{lignes, suivi};
use crate::views::{dossier as vue, liste as vue_liste};

/// Families of data any of which tells a service by name: the kitchen knows who is away, not in which ward.
pub(crate) const LISENT_LE_SERVICE: [Categorie; 3] = [Categorie::Soins, Categorie::Administratif, Categorie::Medical];

/// True for those who may know the ward.
pub(crate) fn lit_le_service<D: Droit>(dossier: &DossierOuvert<D>) -> bool {
    LISENT_LE_SERVICE.iter().any(|categorie| dossier.peut_lire(*categorie))
}

fn adresse(usager: UsagerId) -> String {
    format!("/residents/{usager}/hospitalisations")
}

fn tirage<D: Droit>(acces: &Acces<D>, titre: &str, adresse: &str) -> Tirage {
    let etablissement = acces.etablissement().ok().and_then(|id| acces.services().enseigne.etablissement(id));
    Tirage {
        etablissement: etablissement.unwrap_or_default(),
        titre: titre.to_owned(),
        auteur: acces.contexte().acteur.nom.clone(),
        date: kernel::dates::date_heure(acces.now(), &acces.services().fuseau),
        adresse: adresse.to_owned(),
    }
}

/// What hospitals say of a person.
pub(crate) async fn dossier(acces: Acces<LireHospitalisations>, Chemin(usager): Chemin<UsagerId>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    montrer(&acces, &dossier, &Erreurs::default()).await.map(Answer::html)
}

async fn montrer<D: Droit, R: Droit>(acces: &Acces<D>, dossier: &DossierOuvert<R>, erreurs: &Erreurs) -> Resultat<Markup> {
    let usager = dossier.usager();
    let suivi = suivi(dossier, acces.now()).await?;
    let identite = dossier.peut_lire(Categorie::Identite);
    let mut avis = Vec::new();
    let mut numeros = Vec::new();
    if identite {
        avis = dossier.liste::<AvisIdentite>(|query| query.newest_first().limit(50)).await?;
        numeros = dossier.liste::<NumeroHopital>(|query| query).await?;
        numeros.retain(|numero| numero.retire.is_none());
    }
    let documents = documents_de(dossier).await?;
    let ecran = vue::Ecran {
        usager,
        suivi: &suivi,
        avis: &avis,
        numeros: &numeros,
        documents: &documents,
        service: lit_le_service(dossier),
        attendus: dossier.peut_ecrire(Categorie::Documents).then_some("/liaisons/attendus"),
        peut_noter: dossier.peut_ecrire(Categorie::Presence),
        peut_verifier: dossier.peut_ecrire(Categorie::Identite),
        lettre: dossier.peut_ecrire(Categorie::Medical).then(|| format!("/residents/{usager}/redaction/ldl-ees")),
        erreurs,
        now: acces.now(),
        fuseau: &acces.services().fuseau,
    };
    let actuel = format!("/residents/{usager}/sejour");
    let (page, onglets) = platform::dossier::page(acces, dossier, "Hospitalisations", &actuel).await?;
    let tirage = tirage(acces, "Hospitalisations", &adresse(usager));
    Ok(page.contenu(html! { (onglets) (tirage.entete()) (vue::page(&ecran)) (tirage.pied()) }).render())
}

/// Takes back what a message said: it was about somebody else.
pub(crate) async fn retirer(
    acces: Acces<NoterHospitalisations>,
    Chemin(usager): Chemin<UsagerId>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let mut erreurs = Erreurs::default();
    let source: Option<Uuid> = champs.lire("source");
    erreurs.exiger("source", source.is_some(), "Choisissez l'annonce à retirer.");
    let motif = erreurs.garder("motif", Texte::<200>::new(champs.texte("motif")));
    match (source, motif) {
        (Some(source), Some(motif)) if erreurs.aucune() => {
            noter::retirer(&dossier, source, motif.as_str()).await?;
            Ok(Answer::vers(adresse(usager)).dit("Annonce retirée du dossier. Elle reste dans l'historique, avec votre motif."))
        }
        _ => {
            // Writing presence does not read all of it: the page is shown as its readers see it.
            let lecture = acces.aussi::<LireHospitalisations>().await?;
            let dossier = lecture.ouvrir_dossier(usager).await?;
            montrer(&lecture, &dossier, &erreurs).await.map(Answer::a_corriger)
        }
    }
}

/// Says what was found of a difference of identity.
pub(crate) async fn conclure(
    acces: Acces<VerifierIdentiteHopital>,
    Chemin((usager, id)): Chemin<(UsagerId, Uuid)>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let avis: Stored<AvisIdentite> = dossier.lire(id).await?.ok_or(Erreur::Introuvable)?;
    let note = Texte::<200>::new(champs.texte("note"))
        .map_err(|_| Erreur::Demande("Dites en quelques mots ce que vous avez vérifié, puis enregistrez de nouveau.".into()))?;
    if avis.conclusion.is_some() {
        return Err(Erreur::Demande(
            "Quelqu'un a déjà conclu sur cette différence. Revenez à la page pour lire sa conclusion.".into(),
        ));
    }
    let conclusion = Conclusion { par: acces.contexte().acteur.nom.clone(), note: note.to_string() };
    let mut acte = dossier.acte("hospitalisations.identite_verifiee");
    acte.update(&avis, &AvisIdentite { conclusion: Some(conclusion), ..avis.value.clone() });
    dossier.commit(acte).await?;
    Ok(Answer::vers(adresse(usager)).dit("Vérification enregistrée. L'identité du dossier n'a pas changé."))
}

/// What is looked for in the list.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Filtre {
    /// Letters of a name.
    #[serde(default)]
    pub q: String,
    /// `hopital`, `annonces`, `ecarts`; empty: all.
    #[serde(default)]
    pub etat: String,
}

/// Who is in hospital, what is announced, what does not agree.
pub(crate) async fn liste(acces: Acces<VoirHospitalisations>, Parametres(filtre): Parametres<Filtre>) -> Resultat<Answer> {
    let etablissement = acces.etablissement()?;
    let perimetre = acces.ouvrir_perimetre(etablissement, &[]).await?;
    let now = acces.now();
    let mut lignes = lignes(&perimetre, now).await?;
    let cherche = plier(&filtre.q);
    lignes.retain(|ligne| plier(&ligne.resident.usager.nom_complet()).contains(&cherche));
    let mut services = Vec::new();
    for ligne in &lignes {
        let mut lisible = false;
        for categorie in LISENT_LE_SERVICE {
            lisible = lisible || perimetre.visible(ligne.resident.id(), categorie).await?;
        }
        services.push(lisible);
    }
    let avis: Vec<Stored<AvisIdentite>> =
        perimetre.liste(&Query::lane(&lane_avis(etablissement)).newest_first().limit(200)).await?;
    let lane = lane_annonces(etablissement);
    let ecran = vue_liste::Ecran {
        lignes: &lignes,
        services: &services,
        avis: &avis,
        filtre: &filtre,
        lane: &lane,
        peut: acces.peut::<NoterHospitalisations>(),
        now,
        fuseau: &acces.services().fuseau,
    };
    let contenu = vue_liste::page(&ecran, &tirage(&acces, "Hospitalisations", "/liaisons/hospitalisations"));
    Ok(Answer::html(page(&acces, "Hospitalisations", "/liaisons/hospitalisations").contenu(contenu).render()))
}
