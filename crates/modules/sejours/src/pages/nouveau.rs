//! `/residents/nouveau`: search before create (INV-42).

use kernel::id::UsagerId;
use platform::prelude::*;
use platform::web::page;
use usagers::{Civilite, Connu, Empreinte, LireVigilance, Proximite, connus, lire_noms, lire_traits, voisins};

use crate::acts::{Nouveau, creer};
use crate::forms::{lire_demande, lire_recherche};
use crate::rights::CreerDossier;
use crate::views::nouveau::{self as vue, Etape};

async fn tous(acces: &Acces<CreerDossier>) -> Resultat<Vec<Connu>> {
    let perimetre = acces.aussi::<LireVigilance>().await?.ouvrir_perimetre(acces.etablissement()?, &[]).await?;
    connus(&perimetre).await
}

fn montrer(acces: &Acces<CreerDossier>, etape: &Etape<'_>, champs: &Champs, erreurs: &Erreurs) -> maud::Markup {
    page(acces, "Nouvelle personne", "/residents").contenu(vue::page(etape, champs, erreurs)).render()
}

/// The search which comes first.
pub(crate) async fn nouveau(acces: Acces<CreerDossier>) -> Resultat<Answer> {
    Ok(Answer::html(montrer(&acces, &Etape::Recherche, &Champs::default(), &Erreurs::default())))
}

/// Searches, then creates when the person is really unknown.
pub(crate) async fn nouveau_faire(acces: Acces<CreerDossier>, champs: Champs) -> Resultat<Answer> {
    if champs.texte("etape") == "creer" {
        return creation(&acces, &champs).await;
    }
    let mut erreurs = Erreurs::default();
    let Some(recherche) = lire_recherche(&champs, &mut erreurs) else {
        return Ok(Answer::a_corriger(montrer(&acces, &Etape::Recherche, &champs, &erreurs)));
    };
    let connus = tous(&acces).await?;
    let trouves: Vec<&Connu> = connus.iter().filter(|connu| recherche.trouve(connu)).collect();
    let id = acces.nouvel_id().to_string();
    let naissance = recherche.naissance.jj_mm_aaaa();
    let saisie = Champs::depuis(&[
        ("id", &id),
        ("naissance", &naissance),
        ("genre", "permanent"),
        ("recherche", champs.texte("debut_nom")),
    ]);
    Ok(Answer::html(montrer(&acces, &Etape::Resultats(&trouves), &saisie, &Erreurs::default())))
}

async fn creation(acces: &Acces<CreerDossier>, champs: &Champs) -> Resultat<Answer> {
    let mut erreurs = Erreurs::default();
    let id: UsagerId =
        champs.lire("id").ok_or_else(|| Erreur::Demande("Recommencez par la recherche : rien n'a été enregistré.".into()))?;
    let traits = lire_traits(champs, &mut erreurs);
    let noms = lire_noms(champs, &mut erreurs);
    let demande = lire_demande(champs, (acces.now(), &acces.services().fuseau), &mut erreurs);
    let (Some(traits), Some(demande), true) = (traits, demande, erreurs.aucune()) else {
        return Ok(Answer::a_corriger(montrer(acces, &Etape::Creation(&[]), champs, &erreurs)));
    };
    let vers = format!("/admissions/{id}");
    let connus = tous(acces).await?;
    if connus.iter().any(|connu| connu.usager.value.id == id) {
        return Ok(Answer::vers(vers).dit("Dossier créé."));
    }
    let civilite = Civilite::lire(champs.texte("civilite"), traits.sexe());
    let nouveau = Nouveau { id, etablissement: acces.etablissement()?, traits, noms, civilite, demande };
    let (usager, identification) = nouveau.fiche()?;
    let proches = voisins(&Empreinte::new(&usager, &identification), &connus);
    let ecartees = champs.coche("autre_personne") && champs.texte("vus") == signature(&proches);
    if !proches.is_empty() && !ecartees {
        erreurs.ajouter(
            "autre_personne",
            "Des personnes connues ont une identité proche. Vérifiez chacune avant de créer un nouveau dossier.",
        );
        return Ok(Answer::a_corriger(montrer(acces, &Etape::Creation(&proches), champs, &erreurs)));
    }
    creer(acces, &nouveau, &connus).await?;
    Ok(Answer::vers(vers).dit("Dossier créé. L'identité est provisoire : notez la pièce vue et l'INS."))
}

/// Names the persons who were shown: another one appearing meanwhile is shown too.
pub(crate) fn signature(proches: &[(Proximite, &Connu)]) -> String {
    let mut ids: Vec<String> = proches.iter().map(|(_, connu)| connu.usager.value.id.0.simple().to_string()).collect();
    ids.sort();
    let tout = ids.join(",");
    kernel::id::derived(kernel::uuid::Uuid::nil(), &tout).simple().to_string()
}
