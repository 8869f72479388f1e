//! Pages of accounts.

pub(crate) mod liste;
pub(crate) mod soi;

use std::collections::HashMap;

use kernel::id::{CompteId, EtablissementId, UniteId};
use maud::{Markup, html};
use platform::acces::{Acces, Compte, Droit};
use platform::prelude::{Answer, Champs, Chemin, Erreur, Erreurs, Parametres, Resultat, Stored};
use platform::web::page;
use serde::Deserialize;
use ui::bloc::EntetePage;

pub(crate) use liste::liste;

use crate::acts::temporaire_ici;
use crate::demande::{est_remplacable, fin_de_poste};
use crate::rights::{GererComptes, LireComptes, OuvrirRemplacement};
use crate::views::{self, Bon, Formulaire};
use crate::{Professionnel, views::Fiche};

/// Names of establishments and units, for roles.
pub(crate) struct Lieux(HashMap<EtablissementId, (String, Vec<(UniteId, String)>)>);

impl Lieux {
    /// The names of the establishments of these accounts.
    pub(crate) fn de<'a, D: Droit>(acces: &Acces<D>, comptes: impl Iterator<Item = &'a Compte>) -> Self {
        let enseigne = &acces.services().enseigne;
        let mut noms = HashMap::new();
        for id in comptes.flat_map(|compte| &compte.habilitations).filter_map(|role| role.etablissement) {
            noms.entry(id).or_insert_with(|| (enseigne.etablissement(id).unwrap_or_default(), enseigne.unites(id)));
        }
        Self(noms)
    }

    /// The name of an establishment; « toute la grappe » without one.
    pub(crate) fn etablissement(&self, id: Option<EtablissementId>) -> String {
        id.map_or_else(|| "toute la grappe".to_owned(), |id| self.0.get(&id).map(|(nom, _)| nom.clone()).unwrap_or_default())
    }

    /// « Volcans, Dômes », or « toutes les unités ».
    pub(crate) fn unites(&self, id: Option<EtablissementId>, unites: &[UniteId]) -> String {
        let Some((_, connues)) = id.and_then(|id| self.0.get(&id)) else { return String::new() };
        if unites.is_empty() {
            return "toutes les unités".to_owned();
        }
        let noms: Vec<&str> = connues.iter().filter(|(id, _)| unites.contains(id)).map(|(_, nom)| nom.as_str()).collect();
        noms.join(", ")
    }
}

/// The establishment a form is about.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Lieu {
    #[serde(default)]
    etablissement: Option<EtablissementId>,
}

/// The establishments where this right is held, by name.
async fn ouverts<D: Droit>(acces: &Acces<D>) -> Resultat<Vec<(EtablissementId, String)>> {
    let tous = etablissements::etablissements(acces).await?;
    Ok(tous.iter().filter(|un| acces.ouvert_dans(un.value.id)).map(|un| (un.value.id, un.nom.as_str().to_owned())).collect())
}

async fn choisi<D: Droit>(acces: &Acces<D>, lieu: &Lieu) -> Resultat<EtablissementId> {
    let courant = acces.contexte().etablissement.filter(|id| acces.ouvert_dans(*id));
    if let Some(id) = lieu.etablissement.or(courant) {
        acces.exiger_etablissement(id).await?;
        return Ok(id);
    }
    ouverts(acces).await?.first().map(|(id, _)| *id).ok_or(Erreur::SansEtablissement)
}

/// Profiles offered: those a cadre may give to a temporary worker, or all but relatives'.
fn profils<D: Droit>(acces: &Acces<D>, remplacement: bool) -> Vec<(String, String)> {
    let tous = acces
        .services()
        .profils
        .tous()
        .filter(|(code, profil)| !crate::demande::SANS_CONTRAT.contains(code) && (!remplacement || est_remplacable(profil)));
    let mut liste: Vec<(String, String)> = tous.map(|(code, profil)| (code.to_owned(), profil.libelle.clone())).collect();
    liste.sort_by_key(|(_, libelle)| kernel::texte::cle_tri(libelle));
    liste
}

pub(crate) async fn nouveau(acces: Acces<GererComptes>, Parametres(lieu): Parametres<Lieu>) -> Resultat<Answer> {
    let etablissement = choisi(&acces, &lieu).await?;
    Ok(Answer::html(page_creation(&acces, etablissement, &Champs::default(), &Erreurs::default()).await?))
}

pub(crate) async fn page_creation(
    acces: &Acces<GererComptes>,
    etablissement: EtablissementId,
    champs: &Champs,
    erreurs: &Erreurs,
) -> Resultat<Markup> {
    let unites = acces.services().enseigne.unites(etablissement);
    let formulaire = Formulaire {
        id: acces.nouvel_id().to_string(),
        etablissement,
        profils: profils(acces, false),
        unites: &unites,
        champs,
        erreurs,
    };
    let contenu = html! {
        (EntetePage::new("Créer un compte").parent("Comptes", "/admin/comptes"))
        (views::choix_etablissement("/admin/comptes/nouveau", &ouverts(acces).await?, etablissement))
        (formulaire.compte())
    };
    Ok(page(acces, "Créer un compte", "/admin/comptes").contenu(contenu).render())
}

pub(crate) async fn remplacant(acces: Acces<OuvrirRemplacement>, Parametres(lieu): Parametres<Lieu>) -> Resultat<Answer> {
    let etablissement = choisi(&acces, &lieu).await?;
    let fin = fin_de_poste(acces.now(), &acces.services().fuseau);
    let (jour, heure) = (fin.date().to_string(), kernel::dates::heure(fin.time()));
    let champs = Champs::depuis(&[("fin_jour", &jour), ("fin_heure", &heure)]);
    Ok(Answer::html(page_remplacant(&acces, etablissement, &champs, &Erreurs::default())))
}

pub(crate) fn page_remplacant(
    acces: &Acces<OuvrirRemplacement>,
    etablissement: EtablissementId,
    champs: &Champs,
    erreurs: &Erreurs,
) -> Markup {
    let enseigne = &acces.services().enseigne;
    let unites = enseigne.unites(etablissement);
    let formulaire = Formulaire {
        id: acces.nouvel_id().to_string(),
        etablissement,
        profils: profils(acces, true),
        unites: &unites,
        champs,
        erreurs,
    };
    let contenu = html! {
        (EntetePage::new("Ouvrir un compte de remplaçant").phrase(enseigne.etablissement(etablissement).unwrap_or_default()))
        (formulaire.remplacant())
    };
    page(acces, "Remplaçant", "/admin/comptes/remplacant").contenu(contenu).render()
}

/// The slip handed to the person: shown once.
pub(crate) fn page_bon<D: Droit>(acces: &Acces<D>, bon: &Bon) -> Markup {
    let services = acces.services();
    let profil = services.profils.get(&bon.profil).map(|profil| profil.libelle.clone()).unwrap_or_default();
    page(acces, "Bon de connexion", "/admin/comptes").contenu(bon.render(&profil, &services.fuseau)).render()
}

pub(crate) async fn compte(acces: Acces<LireComptes>, Chemin(id): Chemin<CompteId>) -> Resultat<Answer> {
    let lu = acces.compte(id).await?;
    let versions = acces.versions_compte(&lu).await?;
    let auteurs: Vec<CompteId> = versions.iter().map(|version| CompteId(version.author)).collect();
    let professionnel: Option<Stored<Professionnel>> = match lu.professionnel {
        Some(id) => acces.lire(id).await?,
        None => None,
    };
    let gere_ici = acces.peut::<GererComptes>() && {
        let gestion = acces.aussi::<GererComptes>().await?;
        gestion.etablissements_ouverts().is_none_or(|ouverts| ouverts.iter().any(|un| un.0 == lu.etablissement))
    };
    let remplace = acces.peut::<OuvrirRemplacement>() && temporaire_ici(&acces.aussi::<OuvrirRemplacement>().await?, &lu);
    let soi = id == acces.contexte().acteur.compte;
    let fiche = Fiche {
        lieux: Lieux::de(&acces, versions.iter().map(|version| &version.value)),
        professionnel: professionnel.as_ref(),
        noms: acces.noms(&auteurs).await?,
        sessions: acces.sessions_de(&lu).await?.len(),
        cle: acces.cle_de(&lu).await?.filter(|cle| cle.vaut(acces.now())),
        ferme: (gere_ici || remplace) && !soi,
        habilite: acces.peut::<GererComptes>() && !soi,
        versions: &versions,
        compte: &lu,
        services: acces.services(),
        now: acces.now(),
    };
    Ok(Answer::html(page(&acces, &lu.nom_affiche, "/admin/comptes").contenu(fiche.render()).render()))
}

pub(crate) async fn habilitation(
    acces: Acces<GererComptes>,
    Chemin(id): Chemin<CompteId>,
    Parametres(lieu): Parametres<Lieu>,
) -> Resultat<Answer> {
    let lu = acces.compte(id).await?;
    let etablissement = choisi(&acces, &lieu).await?;
    Ok(Answer::html(page_habilitation(&acces, &lu, etablissement, &Champs::default(), &Erreurs::default()).await?))
}

pub(crate) async fn page_habilitation(
    acces: &Acces<GererComptes>,
    lu: &Stored<Compte>,
    etablissement: EtablissementId,
    champs: &Champs,
    erreurs: &Erreurs,
) -> Resultat<Markup> {
    let unites = acces.services().enseigne.unites(etablissement);
    let formulaire =
        Formulaire { id: String::new(), etablissement, profils: profils(acces, false), unites: &unites, champs, erreurs };
    let retour = format!("/admin/comptes/{}", lu.id);
    let contenu = html! {
        (EntetePage::new("Ajouter une habilitation").phrase(lu.nom_affiche.clone()).parent("Compte", retour.clone()))
        (views::choix_etablissement(&format!("{retour}/habilitations"), &ouverts(acces).await?, etablissement))
        (formulaire.habilitation(&format!("{retour}/habilitations")))
    };
    Ok(page(acces, "Ajouter une habilitation", "/admin/comptes").contenu(contenu).render())
}
