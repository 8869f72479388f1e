//! The grappe, its houses, their units and one carer a unit.

use std::collections::BTreeMap;

use etablissements::{Etablissement, Grappe, Organisme, Statut, Unite};
use jiff::Timestamp;
use kernel::id::{CompteId, EtablissementId, OrganismeId, UniteId};
use platform::acces::{Compte, Habilitation, NatureCompte};
use secours::{Cause, Edition};
use semis::Semeur;
use uuid::Uuid;

use super::{ESTABLISHMENTS, NURSE, PASSWORD, account, before, establishment, unit};
use crate::acte;

pub(super) async fn sow(sower: &mut Semeur<'_>, now: Timestamp) -> anyhow::Result<()> {
    sower.poser(Grappe::id(), Uuid::nil(), now, &Grappe { nom: "Grappe de mesure".to_owned().try_into()? }).await?;
    let organisme = OrganismeId(acte::id(7, 0));
    let body =
        Organisme { nom: "Organisme de mesure".to_owned().try_into()?, finess: "9X9000001".parse()?, statut: Statut::Public };
    sower.poser(organisme, Uuid::nil(), now, &body).await?;
    let hash = platform::web::hacher(PASSWORD).map_err(|error| anyhow::anyhow!("{error}"))?;
    for house in 0..ESTABLISHMENTS {
        let id = establishment(house);
        let body = Etablissement {
            id,
            organisme,
            nom: format!("Maison {house}").try_into()?,
            finess: format!("9X8{house:06}").parse()?,
            genre: "ehpad".into(),
            adresse: "3, rue de la Mesure".into(),
            commune: "63999 Val-Brumeux".into(),
            departement: "63".into(),
            telephone: "04 65 71 00 12".into(),
            acces_nuit: String::new(),
            capacite: 90,
            actif: true,
        };
        sower.poser(id, Uuid::nil(), now, &body).await?;
        for second in [false, true] {
            let rank = house * 2 + u64::from(second);
            let body = Unite {
                etablissement: id,
                nom: format!("Unité {}", u8::from(second) + 1).try_into()?,
                rang: u32::from(second),
                capacite: if second { 25 } else { 60 },
                de_jour: false,
                fermee: false,
            };
            sower.poser(unit(house, second), Uuid::nil(), now, &body).await?;
            binder(sower, id, unit(house, second), now).await?;
            sower.poser(account(rank), Uuid::nil(), now, &carer(rank, house, second, &hash, now)).await?;
        }
    }
    let mut nurse = carer(0, 0, false, &hash, now);
    NURSE.clone_into(&mut nurse.identifiant);
    "Camille INFIRMIÈRE".clone_into(&mut nurse.nom_affiche);
    for right in &mut nurse.habilitations {
        "ide".clone_into(&mut right.profil);
    }
    sower.poser(CompteId(acte::id(13, 0)), Uuid::nil(), now, &nurse).await?;
    Ok(())
}

fn carer(rank: u64, house: u64, second: bool, hash: &str, now: Timestamp) -> Compte {
    let right = Habilitation {
        profil: "as".to_owned(),
        etablissement: Some(establishment(house)),
        unites: vec![unit(house, second)],
        du: before(now, 60 * 24 * 400),
        au: None,
    };
    Compte {
        identifiant: format!("soin-{rank}"),
        nom_affiche: format!("Claude SOIGNANT {rank}"),
        professionnel: None,
        etablissement: Uuid::from(establishment(house)),
        mot_de_passe: hash.to_owned(),
        code: None,
        nature: NatureCompte::Permanent,
        ferme_le: None,
        habilitations: vec![right],
        demo: None,
        preferences: BTreeMap::new(),
    }
}

/// The binder of the hour is made, as in a house at work: a server starting on this base has nothing to catch up with.
async fn binder(sower: &mut Semeur<'_>, etablissement: EtablissementId, unite: UniteId, now: Timestamp) -> anyhow::Result<()> {
    let blob = sower.garder(unite.to_string().as_bytes())?;
    let cause = Cause::Demandee { par: "la mesure".into() };
    let unite_nom = "Unité".to_owned();
    let body =
        Edition { etablissement, unite, unite_nom, edite_le: now, cause, blob, taille: 36, residents: 0, dans_le_dossier: None };
    sower.poser(kernel::id::derived(unite.0, "classeur"), Uuid::nil(), now, &body).await?;
    Ok(())
}
