//! Grappe, organismes, establishments, units, rooms, beds.

use demo::Recit;
use etablissements::{Chambre, Etablissement, Grappe, Lit, Organisme, Statut, Unite};
use jiff::Timestamp;
use kernel::id::OrganismeId;
use uuid::Uuid;

use crate::ids::{chambre_id, etablissement_id, lit_id, unite_id};
use crate::semeur::{ErreurSemis, Semeur, texte};

fn statut(code: &str) -> Statut {
    match code {
        "associatif" => Statut::Associatif,
        "prive" => Statut::Prive,
        _ => Statut::Public,
    }
}

fn organisme_id(nom: &str) -> OrganismeId {
    OrganismeId(kernel::id::derived(Uuid::nil(), &format!("demo/organisme/{nom}")))
}

pub(crate) async fn semer(semeur: &mut Semeur<'_>, recit: &Recit) -> Result<(), ErreurSemis> {
    semeur.annoncer("établissements");
    let debut = recit.calendrier.maintenant();
    let grappe = Grappe { nom: texte(recit.grappe.nom.to_owned().try_into())? };
    semeur.poser(Grappe::id(), Uuid::nil(), debut, &grappe).await?;
    organismes(semeur, recit, debut).await?;
    for (rang, lu) in recit.grappe.etablissements.iter().enumerate() {
        let id = etablissement_id(rang);
        let etablissement = Etablissement {
            id,
            organisme: organisme_id(&lu.organisme),
            nom: texte(lu.nom.clone().try_into())?,
            finess: texte(lu.finess.parse())?,
            genre: lu.genre.clone(),
            adresse: "3, rue des Sources".into(),
            commune: format!("{} {}", lu.code_postal, lu.commune),
            departement: "63".into(),
            telephone: "04 65 71 00 12".into(),
            acces_nuit: if lu.rempli { "Portail nord, code 12B".into() } else { String::new() },
            capacite: lu.places,
            actif: lu.rempli,
        };
        semeur.poser(id, Uuid::nil(), debut, &etablissement).await?;
    }
    unites(semeur, recit, debut).await?;
    chambres(semeur, recit, debut).await
}

async fn organismes(semeur: &mut Semeur<'_>, recit: &Recit, debut: Timestamp) -> Result<(), ErreurSemis> {
    let mut connus: Vec<&str> = Vec::new();
    for lu in &recit.grappe.etablissements {
        if connus.contains(&lu.organisme.as_str()) {
            continue;
        }
        connus.push(&lu.organisme);
        let organisme = Organisme {
            nom: texte(lu.organisme.clone().try_into())?,
            finess: texte(format!("9X9{:06}", connus.len()).parse())?,
            statut: statut(&lu.statut),
        };
        semeur.poser(organisme_id(&lu.organisme), Uuid::nil(), debut, &organisme).await?;
    }
    Ok(())
}

async fn unites(semeur: &mut Semeur<'_>, recit: &Recit, debut: Timestamp) -> Result<(), ErreurSemis> {
    for (rang, lue) in recit.grappe.unites.iter().enumerate() {
        let unite = Unite {
            etablissement: etablissement_id(lue.etablissement),
            nom: texte(lue.nom.to_owned().try_into())?,
            rang: u32::try_from(rang).unwrap_or(0),
            capacite: lue.places,
            de_jour: lue.genre == "jour",
            fermee: false,
        };
        semeur.poser(unite_id(rang), Uuid::nil(), debut, &unite).await?;
    }
    Ok(())
}

async fn chambres(semeur: &mut Semeur<'_>, recit: &Recit, debut: Timestamp) -> Result<(), ErreurSemis> {
    let mut lits: Vec<Vec<Lit>> = vec![Vec::new(); recit.grappe.chambres.len()];
    for (rang, lu) in recit.grappe.lits.iter().enumerate() {
        let double = recit.grappe.chambres.get(lu.chambre).is_some_and(|chambre| chambre.double);
        let repere = match (double, lu.rang) {
            (false, _) => "",
            (true, 1) => "P",
            (true, _) => "F",
        };
        if let Some(lits) = lits.get_mut(lu.chambre) {
            lits.push(Lit { id: lit_id(rang), repere: repere.into() });
        }
    }
    for ((rang, lue), lits) in recit.grappe.chambres.iter().enumerate().zip(lits) {
        let chambre = Chambre {
            etablissement: etablissement_id(recit.grappe.etablissement_de(lue.unite)),
            unite: unite_id(lue.unite),
            numero: texte(lue.numero.to_string().try_into())?,
            rang: lue.numero,
            lits,
            hors_service: None,
        };
        semeur.poser(chambre_id(rang), Uuid::nil(), debut, &chambre).await?;
    }
    Ok(())
}
