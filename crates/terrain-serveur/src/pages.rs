//! Pages of people: their own entries, the entries to look at again, the devices.

use kernel::id::{CompteId, PosteId, UsagerId};
use platform::acces::Acces;
use platform::erreur::{Erreur, Resultat};
use platform::web::{Answer, Champs, Chemin, page};
use store::{Query, Reach, Stored};
use terrain::EtatPoste;
use uuid::Uuid;

use crate::records::{Cloture, OperationRecue, PosteGarde, SaisieRefusee, SuiviPoste};
use crate::rights::{ClorreSaisie, GererPostes, LirePostes, LireSaisiesRefusees, MesSaisies};
use crate::views;

/// Entries shown on « Mes saisies ».
const MES_SAISIES_MAX: u32 = 100;

/// `GET /mes-saisies`: what the server received from me; the tablet adds what still waits.
pub(crate) async fn mes_saisies(acces: Acces<MesSaisies>) -> Resultat<Answer> {
    let store = &acces.services().store;
    let compte = acces.contexte().acteur.compte;
    let recues: Vec<Stored<OperationRecue>> = store
        .list(&Reach::All, &Query::lane2(&OperationRecue::lane_auteur(compte)).newest_first().limit(MES_SAISIES_MAX))
        .await?;
    let refusees: Vec<Stored<SaisieRefusee>> =
        store.list(&Reach::All, &Query::lane2(&SaisieRefusee::lane_auteur(compte)).newest_first().limit(MES_SAISIES_MAX)).await?;
    let contenu = views::mes_saisies(&recues, &refusees, &acces.services().fuseau);
    Ok(Answer::html(page(&acces, "Mes saisies", "/mes-saisies").contenu(contenu).render()))
}

/// `GET /a-verifier/saisies`: entries of tablets which could not be written, for those who decide.
pub(crate) async fn a_revoir(acces: Acces<LireSaisiesRefusees>) -> Resultat<Answer> {
    let etablissement = acces.etablissement()?;
    let perimetre = acces.ouvrir_perimetre(etablissement, &[]).await?;
    let saisies: Vec<Stored<SaisieRefusee>> =
        perimetre.liste(&Query::lane(&SaisieRefusee::lane(etablissement)).newest_first().limit(200)).await?;
    let auteurs: Vec<CompteId> = saisies.iter().filter_map(|saisie| saisie.auteur).collect();
    let noms = acces.noms(&auteurs).await?.into_iter().map(|(compte, (nom, _))| (compte, nom)).collect();
    let contenu = views::a_revoir(&saisies, &noms, &acces.services().fuseau, acces.peut::<ClorreSaisie>());
    Ok(Answer::html(page(&acces, "Saisies de tablettes à revoir", "/a-verifier").contenu(contenu).render()))
}

/// `POST /a-verifier/saisies/{saisie}`: the decision, with its reason; the entry stays readable.
pub(crate) async fn clore(acces: Acces<ClorreSaisie>, Chemin(id): Chemin<Uuid>, champs: Champs) -> Resultat<Answer> {
    let motif: String = champs.texte("motif").chars().take(500).collect();
    if motif.is_empty() {
        return Err(Erreur::Demande("Écrivez en quelques mots ce qui a été décidé.".into()));
    }
    let etablissement = acces.etablissement()?;
    let perimetre = acces.ouvrir_perimetre(etablissement, &[]).await?;
    let saisie = perimetre.lire::<SaisieRefusee>(&[id]).await?.into_iter().next().ok_or(Erreur::Introuvable)?;
    if saisie.cloture.is_none() {
        let cloture = Cloture { par: acces.contexte().acteur.compte, le: acces.now(), motif };
        let close = SaisieRefusee { cloture: Some(cloture), ..saisie.value.clone() };
        let personnes: Vec<UsagerId> = saisie.resident.into_iter().collect();
        let mut acte = perimetre.acte("terrain.saisie_close", &personnes).await?;
        acte.update(&saisie, &close);
        perimetre.commit(acte).await?;
    }
    Ok(Answer::vers("/a-verifier/saisies").dit("Décision enregistrée."))
}

/// `GET /admin/postes`: the devices of the establishment, last contact, entries made there and not received.
pub(crate) async fn postes(acces: Acces<LirePostes>) -> Resultat<Answer> {
    let etablissement = acces.etablissement()?;
    let postes: Vec<Stored<PosteGarde>> = acces.liste(&Query::lane(&PosteGarde::lane(etablissement))).await?;
    let suivis: Vec<Stored<SuiviPoste>> = acces.liste(&Query::lane(&SuiviPoste::lane(etablissement))).await?;
    let contenu = views::postes(&postes, &suivis, acces.now(), &acces.services().fuseau, acces.peut::<GererPostes>());
    Ok(Answer::html(page(&acces, "Tablettes et postes", "/admin/postes").contenu(contenu).render()))
}

/// `POST /admin/postes/{poste}`: lost, withdrawn, or back in service.
pub(crate) async fn changer_poste(acces: Acces<GererPostes>, Chemin(id): Chemin<PosteId>, champs: Champs) -> Resultat<Answer> {
    let etat = match champs.texte("etat") {
        "perdu" => EtatPoste::Perdu,
        "retire" => EtatPoste::Retire,
        "actif" => EtatPoste::Actif,
        _ => return Err(Erreur::Demande("Choisissez ce que devient ce poste.".into())),
    };
    let poste = acces.lire::<PosteGarde>(id).await?.ok_or(Erreur::Introuvable)?;
    let mut change = poste.value.clone();
    change.0.etat = etat;
    if etat != EtatPoste::Actif {
        // What the device holds can no longer be opened by keys given later.
        change.0.generation += 1;
    }
    let mut acte = acces.acte("poste.change").detail("poste", id.to_string()).detail("etat", champs.texte("etat"));
    acte.update(&poste, &change);
    acces.commit(acte).await?;
    Ok(Answer::vers("/admin/postes").dit("Poste mis à jour."))
}
