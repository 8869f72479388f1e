//! The directory of correspondents and the mailboxes of the houses.

use correspondants::{Adresse, Correspondant, GenreMessagerie, Messagerie, Site};
use demo::Recit;
use uuid::Uuid;

use crate::ids::etablissement_id;
use crate::semeur::{ErreurSemis, Semeur, texte};

pub(crate) async fn semer(semeur: &mut Semeur<'_>, recit: &Recit) -> Result<(), ErreurSemis> {
    semeur.annoncer("correspondants");
    let debut = recit.calendrier.maintenant();
    let annuaire = texte(demo::correspondants::annuaire())?;
    for lu in annuaire.correspondant {
        let id = kernel::id::derived(Uuid::nil(), &format!("demo/correspondant/{}", lu.nom));
        let correspondant = Correspondant {
            nom: lu.nom,
            genre: lu.genre,
            sites: lu.sites.into_iter().map(|(finess, nom)| Site { finess, nom }).collect(),
            adresses: lu
                .adresses
                .into_iter()
                .map(|(adresse, service, urgences)| Adresse { adresse, service, urgences })
                .collect(),
            telephone: lu.telephone,
            rpps: String::new(),
            etablissements: Vec::new(),
            actif: true,
        };
        semeur.poser(id, Uuid::nil(), debut, &correspondant).await?;
    }
    for lue in annuaire.messagerie {
        let nom = recit.grappe.etablissements.get(lue.etablissement).map(|maison| maison.nom.clone()).unwrap_or_default();
        let id = kernel::id::derived(Uuid::nil(), &format!("messagerie/{}", lue.adresse));
        let messagerie = Messagerie {
            adresse: lue.adresse,
            nom,
            genre: GenreMessagerie::Etablissement,
            etablissement: etablissement_id(lue.etablissement),
            titulaire: None,
            profils: Vec::new(),
            active: true,
        };
        semeur.poser(id, Uuid::nil(), debut, &messagerie).await?;
    }
    Ok(())
}
