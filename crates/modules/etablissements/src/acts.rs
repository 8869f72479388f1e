//! What a person does to the structure. Nothing is deleted: a unit closes, a room goes out of use, both with a reason.

use kernel::id::{ChambreId, EtablissementId, OrganismeId, UniteId};
use platform::prelude::{Acces, Answer, Champs, Chemin, Erreur, Erreurs, Resultat, Stored};
use uuid::Uuid;

use crate::pages::{self, page_etablissement, page_organisme, page_unite, page_unites, unite_lue};
use crate::rights::GererStructure;
use crate::{Chambre, Fermeture, Organisme, Unite, chambres_de, forms, organismes, unites_de};

/// The id made when the form was drawn: a second sending counts once.
fn id_du_formulaire(acces: &Acces<GererStructure>, champs: &Champs) -> Uuid {
    champs.lire("id").unwrap_or_else(|| acces.nouvel_id())
}

fn finess_pris() -> Erreurs {
    let mut erreurs = Erreurs::default();
    erreurs.ajouter("finess", "Ce numéro FINESS est déjà celui d'une autre fiche. Vérifiez-le.");
    erreurs
}

pub(crate) async fn creer_organisme(acces: Acces<GererStructure>, champs: Champs) -> Resultat<Answer> {
    acces.exiger_grappe().await?;
    let rendre = |erreurs: &Erreurs| {
        Answer::a_corriger(page_organisme(&acces, "Créer un organisme gestionnaire", "/admin/organismes", &champs, erreurs))
    };
    let organisme = match forms::organisme(&champs) {
        Ok(organisme) => organisme,
        Err(erreurs) => return Ok(rendre(&erreurs)),
    };
    let mut acte = acces.acte("organisme.cree");
    acte.create(id_du_formulaire(&acces, &champs), &organisme);
    match acces.commit(acte).await {
        Err(Erreur::DejaPris(_)) => Ok(rendre(&finess_pris())),
        autre => autre.map(|()| Answer::vers("/admin/grappe").dit("Organisme créé.")),
    }
}

pub(crate) async fn modifier_organisme(
    acces: Acces<GererStructure>,
    Chemin(id): Chemin<OrganismeId>,
    champs: Champs,
) -> Resultat<Answer> {
    acces.exiger_grappe().await?;
    let lu = acces.lire::<Organisme>(id).await?.ok_or(Erreur::Introuvable)?;
    let action = format!("/admin/organisme/{id}");
    let rendre = |erreurs: &Erreurs| Answer::a_corriger(page_organisme(&acces, lu.nom.as_str(), &action, &champs, erreurs));
    let organisme = match forms::organisme(&champs) {
        Ok(organisme) => organisme,
        Err(erreurs) => return Ok(rendre(&erreurs)),
    };
    if champs.lire::<i64>("version") != Some(lu.version) {
        return Err(Erreur::Conflit);
    }
    let mut acte = acces.acte("organisme.modifie");
    acte.update(&lu, &organisme);
    match acces.commit(acte).await {
        Err(Erreur::DejaPris(_)) => Ok(rendre(&finess_pris())),
        autre => autre.map(|()| Answer::vers("/admin/grappe").dit("Organisme modifié.")),
    }
}

async fn organismes_connus(acces: &Acces<GererStructure>) -> Resultat<Vec<OrganismeId>> {
    Ok(organismes(acces).await?.iter().map(|organisme| OrganismeId(organisme.id)).collect())
}

pub(crate) async fn creer_etablissement(acces: Acces<GererStructure>, champs: Champs) -> Resultat<Answer> {
    acces.exiger_grappe().await?;
    let id = EtablissementId(id_du_formulaire(&acces, &champs));
    let etablissement = match forms::etablissement(&champs, id, &organismes_connus(&acces).await?) {
        Ok(etablissement) => etablissement,
        Err(erreurs) => return Ok(Answer::a_corriger(page_etablissement(&acces, None, &champs, &erreurs, None).await?)),
    };
    let mut acte = acces.acte("etablissement.cree");
    acte.create(id, &etablissement);
    match acces.commit(acte).await {
        Err(Erreur::DejaPris(_)) => {
            Ok(Answer::a_corriger(page_etablissement(&acces, None, &champs, &finess_pris(), None).await?))
        }
        autre => autre.map(|()| {
            Answer::vers(format!("/admin/etablissement/{id}")).dit("Établissement créé. Ajoutez ses unités, puis ses comptes.")
        }),
    }
}

pub(crate) async fn modifier_etablissement(
    acces: Acces<GererStructure>,
    Chemin(id): Chemin<EtablissementId>,
    champs: Champs,
) -> Resultat<Answer> {
    let lu = pages::lu(&acces, id).await?;
    let etablissement = match forms::etablissement(&champs, id, &organismes_connus(&acces).await?) {
        Ok(etablissement) => etablissement,
        Err(erreurs) => return Ok(Answer::a_corriger(page_etablissement(&acces, Some(id), &champs, &erreurs, None).await?)),
    };
    let a_jour = champs.lire::<i64>("version") == Some(lu.version);
    let grappe = acces.etablissements_ouverts().is_none();
    if a_jour
        && !grappe
        && (etablissement.organisme, &etablissement.genre, &etablissement.finess) != (lu.organisme, &lu.genre, &lu.finess)
    {
        return Err(Erreur::Demande(
            "L'organisme, le genre et le numéro FINESS sont modifiés par l'administration de la grappe.".into(),
        ));
    }
    let mut acte = acces.acte("etablissement.modifie");
    acte.update(&lu, &etablissement);
    let ecrit = if a_jour { acces.commit(acte).await } else { Err(Erreur::Conflit) };
    match ecrit {
        Err(Erreur::Conflit) => {
            let actuel = pages::lu(&acces, id).await?;
            let markup = page_etablissement(&acces, Some(id), &champs, &Erreurs::default(), Some(&actuel.value)).await?;
            Ok(Answer::a_corriger(markup).statut(conflit()))
        }
        Err(Erreur::DejaPris(_)) => {
            Ok(Answer::a_corriger(page_etablissement(&acces, Some(id), &champs, &finess_pris(), None).await?))
        }
        autre => autre.map(|()| Answer::vers(format!("/admin/etablissement/{id}")).dit("Établissement modifié.")),
    }
}

fn conflit() -> http::StatusCode {
    http::StatusCode::CONFLICT
}

pub(crate) async fn creer_unite(acces: Acces<GererStructure>, champs: Champs) -> Resultat<Answer> {
    let id = champs.lire::<EtablissementId>("etablissement").ok_or(Erreur::Introuvable)?;
    let etablissement = pages::lu(&acces, id).await?;
    let dernier = unites_de(&acces, id).await?.iter().map(|unite| unite.rang).max();
    let unite = match forms::unite(&champs, id, dernier.map_or(0, |rang| rang + 1)) {
        Ok(unite) => unite,
        Err(erreurs) => return Ok(Answer::a_corriger(page_unites(&acces, &etablissement.value, &champs, &erreurs).await?)),
    };
    let mut acte = acces.acte("unite.creee");
    let unite_id = id_du_formulaire(&acces, &champs);
    acte.create(unite_id, &unite);
    acces.commit(acte).await?;
    Ok(Answer::vers(format!("/admin/unites?etablissement={id}")).dit("Unité créée."))
}

pub(crate) async fn modifier_unite(
    acces: Acces<GererStructure>,
    Chemin(id): Chemin<UniteId>,
    champs: Champs,
) -> Resultat<Answer> {
    let lue = unite_lue(&acces, id).await?;
    let mut unite = match forms::unite(&champs, lue.etablissement, lue.rang) {
        Ok(unite) => unite,
        Err(erreurs) => return Ok(Answer::a_corriger(page_unite(&acces, &lue, &champs, &erreurs).await?)),
    };
    if champs.lire::<i64>("version") != Some(lue.version) {
        return Err(Erreur::Conflit);
    }
    unite.fermee = lue.fermee;
    let mut acte = acces.acte("unite.modifiee");
    acte.update(&lue, &unite);
    acces.commit(acte).await?;
    Ok(Answer::vers(format!("/admin/unites/{id}")).dit("Unité modifiée."))
}

/// The neighbour to exchange places with; `None` at the end of the list.
fn voisin<E>(liste: &[Stored<E>], id: Uuid, monter: bool) -> Option<(&Stored<E>, &Stored<E>)> {
    let place = liste.iter().position(|un| un.id == id)?;
    let autre = if monter { place.checked_sub(1)? } else { place + 1 };
    Some((liste.get(place)?, liste.get(autre)?))
}

pub(crate) async fn deplacer_unite(
    acces: Acces<GererStructure>,
    Chemin(id): Chemin<UniteId>,
    champs: Champs,
) -> Resultat<Answer> {
    let lue = unite_lue(&acces, id).await?;
    let unites = unites_de(&acces, lue.etablissement).await?;
    let mut acte = acces.acte("unite.deplacee");
    if let Some((une, autre)) = voisin(&unites, id.0, champs.texte("sens") == "haut") {
        // Two units imported with the same place are told apart by the exchange itself.
        let (a, b) = if une.rang == autre.rang { (une.rang + 1, autre.rang) } else { (autre.rang, une.rang) };
        acte.update(une, &Unite { rang: a, ..une.value.clone() });
        acte.update(autre, &Unite { rang: b, ..autre.value.clone() });
        acces.commit(acte).await?;
    }
    Ok(Answer::vers(format!("/admin/unites?etablissement={}", lue.etablissement)))
}

pub(crate) async fn fermer_unite(acces: Acces<GererStructure>, Chemin(id): Chemin<UniteId>, champs: Champs) -> Resultat<Answer> {
    let lue = unite_lue(&acces, id).await?;
    let motif = match forms::motif(&champs, "motif") {
        Ok(motif) => motif,
        Err(erreurs) => return Ok(Answer::a_corriger(page_unite(&acces, &lue, &champs, &erreurs).await?)),
    };
    let fermeture = Fermeture { etablissement: lue.etablissement, unite: id, motif, le: acces.now(), rouverte_le: None };
    let ancienne = acces.lire::<Fermeture>(Fermeture::id(id)).await?;
    let mut acte = acces.acte("unite.fermee");
    acte.update(&lue, &Unite { fermee: true, ..lue.value.clone() });
    match &ancienne {
        Some(ancienne) => acte.update(ancienne, &fermeture),
        None => acte.create(Fermeture::id(id), &fermeture),
    }
    acces.commit(acte).await?;
    Ok(Answer::vers(format!("/admin/unites/{id}")).dit("Unité fermée. Elle n'est plus proposée."))
}

pub(crate) async fn rouvrir_unite(acces: Acces<GererStructure>, Chemin(id): Chemin<UniteId>) -> Resultat<Answer> {
    let lue = unite_lue(&acces, id).await?;
    let mut acte = acces.acte("unite.rouverte");
    acte.update(&lue, &Unite { fermee: false, ..lue.value.clone() });
    if let Some(fermeture) = acces.lire::<Fermeture>(Fermeture::id(id)).await? {
        acte.update(&fermeture, &Fermeture { rouverte_le: Some(acces.now()), ..fermeture.value.clone() });
    }
    acces.commit(acte).await?;
    Ok(Answer::vers(format!("/admin/unites/{id}")).dit("Unité rouverte."))
}

pub(crate) async fn creer_chambres(
    acces: Acces<GererStructure>,
    Chemin(id): Chemin<UniteId>,
    champs: Champs,
) -> Resultat<Answer> {
    let lue = unite_lue(&acces, id).await?;
    let existantes = chambres_de(&acces, lue.etablissement).await?;
    let rang = existantes.iter().filter(|chambre| chambre.unite == id).map(|chambre| chambre.rang + 1).max().unwrap_or(0);
    let lues = forms::numeros(champs.texte("numeros")).and_then(|numeros| {
        if let Some(prise) =
            numeros.iter().find(|numero| existantes.iter().any(|chambre| chambre.numero.as_str() == numero.as_str()))
        {
            return Err(format!("La chambre {prise} existe déjà dans l'établissement."));
        }
        let double = champs.texte("type") == "double";
        let creer = |(place, numero): (u32, &String)| forms::chambre(lue.etablissement, id, numero, rang + place, double);
        (0..).zip(&numeros).map(creer).collect::<Result<Vec<_>, _>>()
    });
    let chambres = match lues {
        Ok(chambres) => chambres,
        Err(phrase) => {
            let mut erreurs = Erreurs::default();
            erreurs.ajouter("numeros", phrase);
            return Ok(Answer::a_corriger(page_unite(&acces, &lue, &champs, &erreurs).await?));
        }
    };
    let mut acte = acces.acte("chambres.creees").detail("nombre", chambres.len());
    for chambre in &chambres {
        acte.create(Chambre::id(lue.etablissement, chambre.numero.as_str()), chambre);
    }
    acces.commit(acte).await?;
    let dit = if chambres.len() == 1 { "Chambre créée.".to_owned() } else { format!("{} chambres créées.", chambres.len()) };
    Ok(Answer::vers(format!("/admin/unites/{id}")).dit(dit))
}

async fn chambre_lue(acces: &Acces<GererStructure>, id: ChambreId) -> Resultat<Stored<Chambre>> {
    let lue = acces.lire::<Chambre>(id).await?.ok_or(Erreur::Introuvable)?;
    acces.exiger_etablissement(lue.etablissement).await?;
    Ok(lue)
}

pub(crate) async fn deplacer_chambre(
    acces: Acces<GererStructure>,
    Chemin(id): Chemin<ChambreId>,
    champs: Champs,
) -> Resultat<Answer> {
    let lue = chambre_lue(&acces, id).await?;
    let mut chambres = chambres_de(&acces, lue.etablissement).await?;
    chambres.retain(|chambre| chambre.unite == lue.unite);
    if let Some((une, autre)) = voisin(&chambres, id.0, champs.texte("sens") == "haut") {
        let (a, b) = if une.rang == autre.rang { (une.rang + 1, autre.rang) } else { (autre.rang, une.rang) };
        let mut acte = acces.acte("chambre.deplacee");
        acte.update(une, &Chambre { rang: a, ..une.value.clone() });
        acte.update(autre, &Chambre { rang: b, ..autre.value.clone() });
        acces.commit(acte).await?;
    }
    Ok(Answer::vers(format!("/admin/unites/{}#chambre-{id}", lue.unite)))
}

pub(crate) async fn mettre_hors_service(
    acces: Acces<GererStructure>,
    Chemin(id): Chemin<ChambreId>,
    champs: Champs,
) -> Resultat<Answer> {
    let lue = chambre_lue(&acces, id).await?;
    let Ok(motif) = forms::motif(&champs, &format!("motif-{id}")) else {
        return Err(Erreur::Demande("Indiquez pourquoi la chambre est mise hors service, en 200 caractères au plus.".into()));
    };
    let mut acte = acces.acte("chambre.hors_service");
    acte.update(&lue, &Chambre { hors_service: Some(motif.into()), ..lue.value.clone() });
    acces.commit(acte).await?;
    Ok(Answer::vers(format!("/admin/unites/{}", lue.unite)).dit("Chambre mise hors service."))
}

pub(crate) async fn remettre_en_service(acces: Acces<GererStructure>, Chemin(id): Chemin<ChambreId>) -> Resultat<Answer> {
    let lue = chambre_lue(&acces, id).await?;
    let mut acte = acces.acte("chambre.en_service");
    acte.update(&lue, &Chambre { hors_service: None, ..lue.value.clone() });
    acces.commit(acte).await?;
    Ok(Answer::vers(format!("/admin/unites/{}", lue.unite)).dit("Chambre remise en service."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_a_list_has_no_neighbour_above() {
        let un = |id: u128| Stored {
            id: Uuid::from_u128(id),
            version: 1,
            seq: 1,
            person: None,
            at: None,
            author: Uuid::nil(),
            recorded: jiff::Timestamp::UNIX_EPOCH,
            value: id,
        };
        let liste = [un(1), un(2)];
        assert!(voisin(&liste, Uuid::from_u128(1), true).is_none());
        assert_eq!(voisin(&liste, Uuid::from_u128(1), false).map(|(_, autre)| autre.value), Some(2));
        assert!(voisin(&liste, Uuid::from_u128(2), false).is_none());
    }
}
