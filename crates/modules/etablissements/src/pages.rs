//! Pages of the structure.

use std::collections::BTreeMap;

use kernel::id::{EtablissementId, OrganismeId, UniteId};
use maud::html;
use platform::prelude::{Acces, Answer, Chemin, Erreur, Parametres, Resultat, Stored};
use platform::web::{Champs, Erreurs, page};
use serde::Deserialize;
use ui::Icone;
use ui::bloc::EntetePage;
use ui::boutons::Bouton;

use crate::rights::GererStructure;
use crate::views::{self, FormulaireEtablissement, Grappe as VueGrappe};
use crate::{Chambre, Etablissement, Fermeture, Organisme, Unite, chambres_de, etablissements, organismes, unites_de};

/// Filters of the tree (F010).
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Filtre {
    #[serde(default)]
    pub(crate) departement: String,
    #[serde(default)]
    pub(crate) statut: String,
    #[serde(default)]
    pub(crate) genre: String,
}

impl Filtre {
    fn garde(&self, etablissement: &Etablissement, organisme: Option<&Stored<Organisme>>) -> bool {
        let statut = organisme.and_then(|organisme| crate::Statut::TOUS.iter().find(|(statut, ..)| *statut == organisme.statut));
        (self.departement.is_empty() || etablissement.departement == self.departement)
            && (self.genre.is_empty() || etablissement.genre == self.genre)
            && (self.statut.is_empty() || statut.is_some_and(|(_, code, _)| *code == self.statut))
    }
}

pub(crate) async fn grappe(acces: Acces<GererStructure>, Parametres(filtre): Parametres<Filtre>) -> Resultat<Answer> {
    let organismes = organismes(&acces).await?;
    let tous = etablissements(&acces).await?;
    let nom = acces.lire::<crate::Grappe>(crate::Grappe::id()).await?.map(|grappe| grappe.nom.as_str().to_owned());
    let par_id: BTreeMap<OrganismeId, &Stored<Organisme>> = organismes.iter().map(|un| (OrganismeId(un.id), un)).collect();
    let gardes: Vec<&Stored<Etablissement>> =
        tous.iter().filter(|un| filtre.garde(&un.value, par_id.get(&un.organisme).copied())).collect();
    let ouverts = acces.etablissements_ouverts();
    let vue = VueGrappe { filtre: &filtre, organismes: &organismes, tous: &tous, gardes: &gardes, ouverts: ouverts.as_deref() };
    let titre = nom.unwrap_or_else(|| "Grappe".to_owned());
    let markup = page(&acces, "Établissements", "/admin/grappe").contenu(views::grappe(&titre, &vue)).render();
    Ok(Answer::html(markup))
}

pub(crate) async fn nouvel_organisme(acces: Acces<GererStructure>) -> Resultat<Answer> {
    acces.exiger_grappe().await?;
    Ok(Answer::html(page_organisme(
        &acces,
        "Créer un organisme gestionnaire",
        "/admin/organismes",
        &Champs::default(),
        &Erreurs::default(),
    )))
}

pub(crate) async fn organisme(acces: Acces<GererStructure>, Chemin(id): Chemin<OrganismeId>) -> Resultat<Answer> {
    acces.exiger_grappe().await?;
    let lu = acces.lire::<Organisme>(id).await?.ok_or(Erreur::Introuvable)?;
    let statut = crate::Statut::TOUS.iter().find(|(statut, ..)| *statut == lu.statut).map_or("", |(_, code, _)| code);
    let version = lu.version.to_string();
    let champs =
        Champs::depuis(&[("nom", lu.nom.as_str()), ("finess", lu.finess.as_str()), ("statut", statut), ("version", &version)]);
    Ok(Answer::html(page_organisme(&acces, lu.nom.as_str(), &format!("/admin/organisme/{id}"), &champs, &Erreurs::default())))
}

pub(crate) fn page_organisme(
    acces: &Acces<GererStructure>,
    titre: &str,
    action: &str,
    champs: &Champs,
    erreurs: &Erreurs,
) -> maud::Markup {
    let contenu = html! {
        (EntetePage::new(titre).parent("Établissements", "/admin/grappe"))
        (views::formulaire_organisme(action, &acces.nouvel_id().to_string(), champs, erreurs))
    };
    page(acces, titre, "/admin/grappe").contenu(contenu).render()
}

pub(crate) async fn nouvel_etablissement(
    acces: Acces<GererStructure>,
    Parametres(choix): Parametres<BTreeMap<String, String>>,
) -> Resultat<Answer> {
    acces.exiger_grappe().await?;
    let organisme = choix.get("organisme").map_or("", String::as_str);
    let champs = Champs::depuis(&[("organisme", organisme), ("actif", "oui")]);
    Ok(Answer::html(page_etablissement(&acces, None, &champs, &Erreurs::default(), None).await?))
}

/// The form of an establishment, new (`None`) or existing; `conflit` is what somebody else wrote meanwhile.
pub(crate) async fn page_etablissement(
    acces: &Acces<GererStructure>,
    id: Option<EtablissementId>,
    champs: &Champs,
    erreurs: &Erreurs,
    conflit: Option<&Etablissement>,
) -> Resultat<maud::Markup> {
    let organismes = organismes(acces).await?;
    let nouvel = acces.nouvel_id().to_string();
    let (titre, action) = match id {
        Some(id) => ("Modifier l'établissement", format!("/admin/etablissement/{id}")),
        None => ("Créer un établissement ou un service", "/admin/etablissements".to_owned()),
    };
    let formulaire =
        FormulaireEtablissement { action: &action, nouvel: &nouvel, organismes: &organismes, champs, erreurs, conflit };
    let contenu = html! {
        (EntetePage::new(titre).parent("Établissements", "/admin/grappe"))
        (formulaire.render())
    };
    Ok(page(acces, titre, "/admin/grappe").contenu(contenu).render())
}

/// The establishment, when this right reaches it.
pub(crate) async fn lu(acces: &Acces<GererStructure>, id: EtablissementId) -> Resultat<Stored<Etablissement>> {
    acces.exiger_etablissement(id).await?;
    acces.lire::<Etablissement>(id).await?.ok_or(Erreur::Introuvable)
}

pub(crate) async fn etablissement(acces: Acces<GererStructure>, Chemin(id): Chemin<EtablissementId>) -> Resultat<Answer> {
    let lu = lu(&acces, id).await?;
    let organisme = acces.lire::<Organisme>(lu.organisme).await?;
    let unites = unites_de(&acces, id).await?;
    let chambres = chambres_de(&acces, id).await?;
    let versions = acces.versions::<Etablissement>(id).await?;
    let auteurs: Vec<_> = versions.iter().map(|version| kernel::id::CompteId(version.author)).collect();
    let noms = acces.noms(&auteurs).await?;
    let histoire: Vec<(String, String)> = versions
        .iter()
        .rev()
        .map(|version| {
            let qui = noms.get(&kernel::id::CompteId(version.author)).map_or_else(|| "Grappe".to_owned(), |(nom, _)| nom.clone());
            (kernel::dates::date_heure(version.recorded, &acces.services().fuseau), qui)
        })
        .collect();
    let contenu = views::fiche(&lu.value, organisme.as_ref(), &unites, &chambres, &histoire);
    Ok(Answer::html(page(&acces, lu.nom.as_str(), "/admin/grappe").contenu(contenu).render()))
}

pub(crate) async fn modifier_etablissement(
    acces: Acces<GererStructure>,
    Chemin(id): Chemin<EtablissementId>,
) -> Resultat<Answer> {
    let lu = lu(&acces, id).await?;
    let champs = views::champs_de(&lu);
    Ok(Answer::html(page_etablissement(&acces, Some(id), &champs, &Erreurs::default(), None).await?))
}

/// Which establishment the page of units is about.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Lieu {
    #[serde(default)]
    etablissement: Option<EtablissementId>,
}

pub(crate) async fn unites(acces: Acces<GererStructure>, Parametres(lieu): Parametres<Lieu>) -> Resultat<Answer> {
    let choisi = lieu.etablissement.or_else(|| acces.etablissement().ok());
    let Some(id) = choisi else { return choisir(&acces).await };
    let lu = lu(&acces, id).await?;
    let markup = page_unites(&acces, &lu.value, &Champs::default(), &Erreurs::default()).await?;
    Ok(Answer::html(markup))
}

/// A manager of the whole grappe works in no establishment: one is chosen first.
async fn choisir(acces: &Acces<GererStructure>) -> Resultat<Answer> {
    let lignes: Vec<ui::liste::Ligne> = etablissements(acces)
        .await?
        .iter()
        .map(|un| {
            ui::liste::Ligne::new(un.nom.as_str())
                .detail(un.commune.clone())
                .lien(format!("/admin/unites?etablissement={}", un.id))
                .icone(Icone::Building2)
        })
        .collect();
    let contenu = html! {
        (EntetePage::new("Unités et chambres").phrase("Choisissez un établissement."))
        (ui::liste::liste(&lignes))
    };
    Ok(Answer::html(page(acces, "Unités et chambres", "/admin/unites").contenu(contenu).render()))
}

pub(crate) async fn page_unites(
    acces: &Acces<GererStructure>,
    etablissement: &Etablissement,
    champs: &Champs,
    erreurs: &Erreurs,
) -> Resultat<maud::Markup> {
    let unites = unites_de(acces, etablissement.id).await?;
    let chambres = chambres_de(acces, etablissement.id).await?;
    let contenu = html! {
        (EntetePage::new("Unités et chambres").phrase(etablissement.nom.as_str().to_owned())
            .parent("Fiche de l'établissement", format!("/admin/etablissement/{}", etablissement.id)))
        (views::unites::liste(etablissement, &unites, &chambres))
        (views::unites::formulaire(etablissement.id, &acces.nouvel_id().to_string(), champs, erreurs))
    };
    Ok(page(acces, "Unités et chambres", "/admin/unites").contenu(contenu).render())
}

/// The unit, when this right reaches its establishment.
pub(crate) async fn unite_lue(acces: &Acces<GererStructure>, id: UniteId) -> Resultat<Stored<Unite>> {
    let lue = acces.lire::<Unite>(id).await?.ok_or(Erreur::Introuvable)?;
    acces.exiger_etablissement(lue.etablissement).await?;
    Ok(lue)
}

pub(crate) async fn unite(acces: Acces<GererStructure>, Chemin(id): Chemin<UniteId>) -> Resultat<Answer> {
    let lue = unite_lue(&acces, id).await?;
    Ok(Answer::html(page_unite(&acces, &lue, &Champs::default(), &Erreurs::default()).await?))
}

pub(crate) async fn page_unite(
    acces: &Acces<GererStructure>,
    lue: &Stored<Unite>,
    champs: &Champs,
    erreurs: &Erreurs,
) -> Resultat<maud::Markup> {
    let id = UniteId(lue.id);
    let etablissement = acces.lire::<Etablissement>(lue.etablissement).await?.ok_or(Erreur::Introuvable)?;
    let mut chambres: Vec<Stored<Chambre>> = chambres_de(acces, lue.etablissement).await?;
    chambres.retain(|chambre| chambre.unite == id);
    let fermetures = acces.versions::<Fermeture>(Fermeture::id(id)).await?;
    let retour = format!("/admin/unites?etablissement={}", lue.etablissement);
    let contenu = html! {
        (EntetePage::new(lue.nom.as_str()).phrase(etablissement.nom.as_str().to_owned()).parent("Unités", retour)
            .actions(html! { @if !lue.fermee { (Bouton::ouvrir("Fermer l'unité…", "fermer-unite").danger()) } }))
        (views::unites::fiche(lue, &chambres, &fermetures, &acces.services().fuseau, champs, erreurs))
    };
    Ok(page(acces, lue.nom.as_str(), "/admin/unites").contenu(contenu).render())
}
