//! `/residents/{usager}/urgence`: the call sheet of one person, and the acts made on it (ux.md W8).

use kernel::id::UsagerId;
use kernel::texte::Texte;
use platform::prelude::*;
use platform::web::page;
use uuid::Uuid;

use crate::acts::{self, Entree};
use crate::dlu::recueillir;
use crate::forms::lire_quoi;
use crate::records::episodes_de;
use crate::rights::{LireUrgence, TracerUrgence};
use crate::views::fiche::{self as vue, Ecran};

fn adresse(usager: UsagerId) -> String {
    format!("/residents/{usager}/urgence")
}

/// The short address of the sheet.
pub(crate) async fn raccourci(acces: Acces<LireUrgence>, Chemin(usager): Chemin<UsagerId>) -> Resultat<Answer> {
    acces.ouvrir_dossier(usager).await?;
    Ok(Answer::vers(adresse(usager)))
}

/// The sheet: what to say to the centre 15, in its order, and what was done so far.
pub(crate) async fn fiche(acces: Acces<LireUrgence>, Chemin(usager): Chemin<UsagerId>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let dlu = recueillir(&acces, &dossier).await?;
    let episode = episodes_de(&dossier).await?.pop().filter(|episode| episode.en_cours(acces.now()));
    let profil = acces.contexte().acteur.profils(acces.now()).first().map(|code| (*code).to_owned()).unwrap_or_default();
    let metier = acces.services().profils.get(&profil).map(|profil| profil.libelle.clone()).unwrap_or_default();
    let destinataires: Vec<(String, String)> = correspondants::destinataires_urgence(&acces, dlu.etablissement.id)
        .await?
        .into_iter()
        .map(|(connu, adresse)| (connu.nom_de(&adresse), adresse.adresse))
        .collect();
    let ecran = Ecran {
        destinataires: &destinataires,
        dlu: &dlu,
        episode: episode.as_ref(),
        qui: (&acces.contexte().acteur.nom, &metier),
        peut: dossier.peut_ecrire(Categorie::Urgence),
        peut_mesurer: dossier.peut_ecrire(Categorie::Constantes),
        peut_rediger: dossier.peut_ecrire(Categorie::Medical),
        ids: std::array::from_fn(|_| acces.nouvel_id()),
        now: acces.now(),
        fuseau: &acces.services().fuseau,
    };
    let bandeau = sejours::bandeau(&dossier.consultation()).await?;
    Ok(Answer::html(page(&acces, "Urgence", "/urgence").bandeau(bandeau).contenu(vue::page(&ecran)).render()))
}

fn id(acces: &Acces<TracerUrgence>, champs: &Champs) -> Uuid {
    champs.lire("id").unwrap_or_else(|| acces.nouvel_id())
}

/// Writes a step.
pub(crate) async fn etape(acces: Acces<TracerUrgence>, Chemin(usager): Chemin<UsagerId>, champs: Champs) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let quoi = lire_quoi(&champs).map_err(Erreur::Demande)?;
    let phrase = quoi.phrase();
    acts::tracer(&dossier, id(&acces, &champs), quoi, Entree::maintenant(acces.now())).await?;
    Ok(Answer::vers(adresse(usager)).dit(format!("{phrase} : noté.")))
}

/// The person leaves for the hospital.
pub(crate) async fn depart(acces: Acces<TracerUrgence>, Chemin(usager): Chemin<UsagerId>, champs: Champs) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let hopital = Texte::<160>::facultatif(champs.texte("hopital")).map_err(|erreur| Erreur::Demande(erreur.to_string()))?;
    let hopital = hopital.map(String::from).unwrap_or_default();
    let contredit = acts::partir(&dossier, id(&acces, &champs), &hopital, Entree::maintenant(acces.now())).await?;
    let phrase = match contredit {
        None => "Départ noté : le lit est gardé, les soins sont suspendus jusqu'au retour.".to_owned(),
        Some(phrase) => format!("Départ noté, mais le séjour n'a pas changé : {phrase}"),
    };
    Ok(Answer::vers(adresse(usager)).dit(phrase))
}

/// It is over.
pub(crate) async fn fin(acces: Acces<TracerUrgence>, Chemin(usager): Chemin<UsagerId>, champs: Champs) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    acts::finir(&dossier, id(&acces, &champs), Entree::maintenant(acces.now())).await?;
    Ok(Answer::vers(format!("/residents/{usager}")).dit("Urgence terminée. Sa chronologie est écrite dans les transmissions."))
}

/// Takes a step back.
pub(crate) async fn annuler(
    acces: Acces<TracerUrgence>,
    Chemin((usager, etape)): Chemin<(UsagerId, Uuid)>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let motif = Texte::<240>::new(champs.texte("motif"))
        .map_err(|_| Erreur::Demande("Dites pourquoi cette étape est annulée : elle reste lisible.".into()))?;
    acts::annuler(&dossier, etape, motif.as_str()).await?;
    Ok(Answer::vers(adresse(usager)).dit("Étape annulée. Elle reste lisible dans la chronologie."))
}
