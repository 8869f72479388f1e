//! `/transferts/entrants`: records received from other software, looked at, accepted or refused by a person.

use kernel::dates::{instant_local, lire_date};
use kernel::id::UsagerId;
use kernel::texte::Texte;
use maud::Markup;
use platform::prelude::*;
use platform::web::{Fichiers, page as coquille};
use sejours::{CreerDossier, GenreSejour};
use usagers::{Connu, Empreinte, LireVigilance, Proximite, connus, voisins};
use uuid::Uuid;

use crate::accueil::{self, Decision};
use crate::entrants::{Canal, DossierEntrant, EtatEntrant, lane_entrants};
use crate::recevoir::{interpreter, recevoir};
use crate::views::entrant::{self as vue, Ecran};
use crate::{RecevoirEntrants, VoirEntrants};

/// Lines of each list at most.
const MAX: u32 = 200;

/// Those to decide, those settled.
pub(crate) async fn liste(acces: Acces<VoirEntrants>) -> Resultat<Answer> {
    dessiner_liste(&acces, &Erreurs::default()).await.map(Answer::html)
}

async fn dessiner_liste<D: Droit>(acces: &Acces<D>, erreurs: &Erreurs) -> Resultat<Markup> {
    let etablissement = acces.etablissement()?;
    let (attente, traites) = (lane_entrants(etablissement, true), lane_entrants(etablissement, false));
    let a_decider: Vec<Stored<DossierEntrant>> = acces.liste(&Query::lane(&attente).newest_first().limit(MAX)).await?;
    let traites: Vec<Stored<DossierEntrant>> = acces.liste(&Query::lane(&traites).newest_first().limit(MAX)).await?;
    let vue = vue::liste((&a_decider, &traites), &attente, acces.peut::<RecevoirEntrants>(), erreurs);
    Ok(coquille(acces, "Dossiers reçus", "/transferts/entrants").contenu(vue).render())
}

/// A file put by hand.
pub(crate) async fn deposer(acces: Acces<RecevoirEntrants>, recus: Fichiers) -> Resultat<Answer> {
    let [fichier] = recus.fichiers.as_slice() else {
        let mut erreurs = Erreurs::default();
        erreurs.ajouter("fichiers", "Choisissez un fichier, un seul : un export par personne.");
        return dessiner_liste(&acces, &erreurs).await.map(Answer::a_corriger);
    };
    let emetteur = acces.contexte().acteur.nom.clone();
    let canal = Canal { code: "page".into(), etablissement: Some(acces.etablissement()?), emetteur };
    let lu = recevoir(acces.services(), canal, &fichier.nom, &fichier.octets).await?;
    Ok(Answer::vers(format!("/transferts/entrants/{}", lu.id)).dit("Fichier gardé."))
}

async fn lire<D: Droit>(acces: &Acces<D>, id: Uuid) -> Resultat<Stored<DossierEntrant>> {
    acces.lire::<DossierEntrant>(id).await?.ok_or(Erreur::Introuvable)
}

/// The content again, from the bytes kept.
async fn contenu<D: Droit>(acces: &Acces<D>, lu: &DossierEntrant) -> Resultat<tddui::Read> {
    let octets = acces.piece(&lu.blob).await?.ok_or_else(|| Erreur::Panne("the bytes of a reception are missing".into()))?;
    interpreter(octets).await?.map_err(|erreur| Erreur::Demande(crate::recevoir::phrase(erreur.code()).into()))
}

/// People of the house, for who may create a record.
async fn maison<D: Droit>(acces: &Acces<D>, lu: &DossierEntrant) -> Resultat<Option<Vec<Connu>>> {
    let peut = acces.peut::<RecevoirEntrants>() && acces.peut::<CreerDossier>() && acces.peut::<LireVigilance>();
    if !peut || lu.etat != EtatEntrant::ADecider || acces.etablissement()? != lu.etablissement {
        return Ok(None);
    }
    let perimetre = acces.aussi::<LireVigilance>().await?.ouvrir_perimetre(lu.etablissement, &[]).await?;
    connus(&perimetre).await.map(Some)
}

fn proches<'a>(lu: &DossierEntrant, patient: &tddui::Patient, connus: &'a [Connu]) -> Resultat<Vec<(Proximite, &'a Connu)>> {
    let personne = UsagerId(Uuid::nil());
    let identification = accueil::identification(patient, personne, lu.etablissement)?;
    let traits = identification.identite.traits();
    let noms = usagers::NomsUtilises { nom: identification.nom_utilise.clone(), prenom: identification.prenom_utilise.clone() };
    let trop_long = || Erreur::Demande("Le nom de la personne est trop long pour être affiché.".into());
    let usager = usagers::Usager {
        id: personne,
        etablissement: lu.etablissement,
        nom: usagers::nom_affiche(traits, &noms).ok_or_else(trop_long)?,
        prenom: usagers::prenom_affiche(traits, &noms).ok_or_else(trop_long)?,
        civilite: usagers::Civilite::Neutre,
        photo: None,
        homonymes: Vec::new(),
        fusionne_dans: None,
    };
    Ok(voisins(&Empreinte::new(&usager, &identification), connus))
}

async fn dessiner<D: Droit>(
    acces: &Acces<D>,
    lu: &Stored<DossierEntrant>,
    champs: &Champs,
    erreurs: &Erreurs,
) -> Resultat<Markup> {
    let connus = maison(acces, lu).await?;
    let proches = match &connus {
        Some(connus) => proches(lu, &contenu(acces, lu).await?.patient, connus)?,
        None => Vec::new(),
    };
    let ecran = Ecran {
        lu,
        decide: connus.is_some(),
        refuse: acces.peut::<RecevoirEntrants>() && lu.a_decider(),
        ouvre: acces.peut::<RecevoirEntrants>(),
        proches: &proches,
        champs,
        erreurs,
        fuseau: &acces.services().fuseau,
    };
    Ok(coquille(acces, "Dossier reçu", "/transferts/entrants").contenu(vue::page(&ecran)).render())
}

/// What the file holds, and what may be done about it.
pub(crate) async fn page(acces: Acces<VoirEntrants>, Chemin(id): Chemin<Uuid>) -> Resultat<Answer> {
    let lu = lire(&acces, id).await?;
    let aujourd_hui = kernel::dates::jour_local(acces.now(), &acces.services().fuseau).to_string();
    let champs = Champs::depuis(&[("genre", "permanent"), ("prevu_le", &aujourd_hui)]);
    dessiner(&acces, &lu, &champs, &Erreurs::default()).await.map(Answer::html)
}

/// The bytes as they came; opening them is told in the journal.
pub(crate) async fn fichier(acces: Acces<RecevoirEntrants>, Chemin(id): Chemin<Uuid>) -> Resultat<Answer> {
    let lu = lire(&acces, id).await?;
    let octets = acces.piece(&lu.blob).await?.ok_or(Erreur::Introuvable)?;
    acces.commit(acces.acte("transfert_dui.fichier_ouvert").detail("reception", id.to_string())).await?;
    Ok(Answer::fichier(octets, "application/octet-stream", &lu.nom, false))
}

async fn a_decider(acces: &Acces<RecevoirEntrants>, id: Uuid, champs: &Champs) -> Resultat<Stored<DossierEntrant>> {
    let lu = lire(acces, id).await?;
    if !lu.a_decider() || champs.lire::<i64>("version") != Some(lu.version) {
        return Err(Erreur::Conflit);
    }
    Ok(lu)
}

/// Accepts: a pre-admission, its documents and contacts, in one act.
pub(crate) async fn accepter(acces: Acces<RecevoirEntrants>, Chemin(id): Chemin<Uuid>, champs: Champs) -> Resultat<Answer> {
    let lu = a_decider(&acces, id, &champs).await?;
    let Some(connus) = maison(&acces, &lu).await? else {
        return Err(Erreur::Demande(
            "Ce dossier ne peut pas être accepté ici : vérifiez l'établissement choisi et votre profession.".into(),
        ));
    };
    let contenu = contenu(&acces, &lu).await?;
    let proches = proches(&lu, &contenu.patient, &connus)?;
    let mut erreurs = Erreurs::default();
    if let Some(decision) = decision(&champs, &acces, &proches, &mut erreurs) {
        match accueil::accepter(&acces, (&lu, &contenu), decision, &connus).await {
            Ok(usager) => {
                return Ok(Answer::vers(format!("/admissions/{usager}")).dit(
                    "Dossier repris : la demande d'admission est ouverte, chaque document porte la mention de son origine.",
                ));
            }
            Err(Erreur::DejaPris(_)) => {
                erreurs.ajouter("dossier", "Ce dossier de l'autre logiciel a déjà été repris dans l'établissement.");
            }
            Err(Erreur::Demande(phrase)) => erreurs.ajouter("dossier", phrase),
            Err(autre) => return Err(autre),
        }
    }
    dessiner(&acces, &lu, &champs, &erreurs).await.map(Answer::a_corriger)
}

fn decision<D: Droit>(
    champs: &Champs,
    acces: &Acces<D>,
    proches: &[(Proximite, &Connu)],
    erreurs: &mut Erreurs,
) -> Option<Decision> {
    let genre = GenreSejour::TOUS.iter().find(|(_, code, _)| *code == champs.texte("genre")).map(|(genre, ..)| *genre);
    erreurs.exiger("genre", genre.is_some(), "Choisissez la nature de l'accueil.");
    let prevu_le = erreurs.garder("prevu_le", lire_date(champs.texte("prevu_le")));
    let temporaire = genre == Some(GenreSejour::Temporaire);
    let sortie_prevue = if temporaire { erreurs.garder("sortie_prevue", lire_date(champs.texte("sortie_prevue"))) } else { None };
    let choisi = champs.lire::<UsagerId>("dossier");
    let dossier = proches.iter().map(|(_, connu)| connu.usager.value.id).find(|id| Some(*id) == choisi);
    let dit = proches.is_empty() || dossier.is_some() || champs.texte("dossier") == "nouveau";
    erreurs.exiger(
        "dossier",
        dit,
        "Des personnes connues de l'établissement ont une identité proche. Dites s'il s'agit de l'une d'elles.",
    );
    let prevu_le = prevu_le.filter(|_| erreurs.aucune())?;
    let entree_le = instant_local(prevu_le.at(12, 0, 0, 0), &acces.services().fuseau);
    Some(Decision { dossier, genre: genre?, prevu_le, entree_le, sortie_prevue })
}

/// Refuses, with the reason; the bytes stay.
pub(crate) async fn refuser(acces: Acces<RecevoirEntrants>, Chemin(id): Chemin<Uuid>, champs: Champs) -> Resultat<Answer> {
    let lu = a_decider(&acces, id, &champs).await?;
    let Some(motif) = Texte::<240>::new(champs.texte("motif")).ok() else {
        let mut erreurs = Erreurs::default();
        erreurs.ajouter("motif", "Dites pourquoi ce dossier est refusé.");
        return dessiner(&acces, &lu, &champs, &erreurs).await.map(Answer::a_corriger);
    };
    let etat = EtatEntrant::Refuse { motif: motif.to_string(), par: acces.contexte().acteur.nom.clone() };
    let mut acte = acces.acte("dossier_entrant.refuse");
    acte.update(&lu, &DossierEntrant { etat, ..lu.value.clone() });
    acces.commit(acte).await?;
    Ok(Answer::vers("/transferts/entrants").dit("Dossier refusé. Le fichier reste gardé."))
}
