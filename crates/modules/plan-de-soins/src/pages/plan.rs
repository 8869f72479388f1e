//! The plan of a person: reading it, adding, changing, stopping, applying a template.

use kernel::dates::jour_local;
use kernel::id::UsagerId;
use platform::acces::{Acces, Categorie, DossierOuvert, Droit};
use platform::erreur::{Erreur, Resultat};
use platform::store::Stored;
use platform::web::{Answer, Champs, Chemin, Erreurs, Parametres, page};
use serde::Deserialize;
use uuid::Uuid;

use crate::acts::bibliotheque::bibliotheque;
use crate::acts::planifier::{ajouter as ajouter_acte, arreter as arreter_acte, modifier as modifier_acte, plan_de};
use crate::adresses;
use crate::bibliotheque::Bibliotheque;
use crate::forms::plan as formulaire;
use crate::journee::journee;
use crate::plan::{Plan, SoinPrevu};
use crate::poste::{Creneau, Poste};
use crate::rights::{LireSoins, PlanifierSoins};
use crate::tour::{fuseau, resident_du_tour};
use crate::views::plan::{PagePlan, Vue};
use crate::views::plan_formulaire::FormulaireSoin;

use super::tour::dessin;

/// Which view, which day, which template.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Quoi {
    vue: String,
    jour: String,
    pub(super) code: String,
}

/// GET `/residents/{usager}/soins`
pub(crate) async fn afficher(
    acces: Acces<LireSoins>,
    Chemin(usager): Chemin<UsagerId>,
    Parametres(quoi): Parametres<Quoi>,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let jour = quoi.jour.parse().unwrap_or_else(|_| jour_local(acces.now(), &fuseau()));
    let journee = journee(&dossier, jour).await?.ok_or(Erreur::Introuvable)?;
    let vue = Vue::lire(&quoi.vue);
    let nuit = if vue == Vue::Nuit {
        resident_du_tour(&dossier, Creneau { jour, poste: Poste::Nuit }).await?.map(|resident| resident.soins).unwrap_or_default()
    } else {
        Vec::new()
    };
    let versions = if vue == Vue::Historique { dossier.versions::<Plan>(Plan::id(usager)).await? } else { Vec::new() };
    let retour = format!("{}?vue={}&jour={jour}", adresses::plan(usager), if quoi.vue.is_empty() { "jour" } else { &quoi.vue });
    let dessin = dessin(&acces, adresses::locale(&retour).to_owned(), true);
    let vue = PagePlan {
        usager,
        vue,
        journee: &journee,
        nuit,
        versions: &versions,
        dessin: &dessin,
        peut_planifier: dossier.peut_ecrire(Categorie::Medical),
        now: acces.now(),
        onglets: sejours::onglets(&dossier, &adresses::plan(usager)),
    };
    Ok(Answer::html(
        page(&acces, "Plan de soins", "/residents").bandeau(sejours::bandeau(&dossier).await?).contenu(vue.render()).render(),
    ))
}

pub(super) async fn ouvrir<D: Droit>(acces: &Acces<D>, dossier: &DossierOuvert<D>) -> Resultat<Bibliotheque> {
    let etablissement = dossier.etablissement().ok_or(Erreur::Introuvable)?;
    bibliotheque(acces, etablissement).await
}

struct Saisi<'a> {
    soin: Option<Uuid>,
    titre: String,
    champs: &'a Champs,
    erreurs: &'a Erreurs,
    version: i64,
}

async fn dessiner(
    acces: &Acces<PlanifierSoins>,
    dossier: &DossierOuvert<PlanifierSoins>,
    saisi: &Saisi<'_>,
) -> Resultat<maud::Markup> {
    let bibliotheque = ouvrir(acces, dossier).await?;
    let vue = FormulaireSoin {
        usager: dossier.usager(),
        soin: saisi.soin,
        titre: saisi.titre.clone(),
        id: saisi.champs.lire("id").unwrap_or_else(|| acces.nouvel_id()),
        version: saisi.version,
        champs: saisi.champs,
        erreurs: saisi.erreurs,
        bibliotheque: &bibliotheque,
    };
    Ok(page(acces, &saisi.titre, "/residents").bandeau(sejours::bandeau(dossier).await?).contenu(vue.render()).render())
}

/// GET `/residents/{usager}/soins/ajouter`
pub(crate) async fn nouveau(
    acces: Acces<PlanifierSoins>,
    Chemin(usager): Chemin<UsagerId>,
    Parametres(quoi): Parametres<Quoi>,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let version = plan_de(&dossier).await?.map_or(0, |plan| plan.version);
    let du = jour_local(acces.now(), &fuseau()).to_string();
    let champs = Champs::depuis(&[("rythme", "quotidien"), ("du", &du), ("acte", &quoi.code)]);
    let saisi = Saisi { soin: None, titre: "Ajouter un soin".into(), champs: &champs, erreurs: &Erreurs::default(), version };
    Ok(Answer::html(dessiner(&acces, &dossier, &saisi).await?))
}

pub(super) fn version(champs: &Champs) -> Resultat<i64> {
    champs.lire("version").ok_or_else(|| Erreur::Demande("La version du plan manque : revenez au plan et recommencez.".into()))
}

/// POST `/residents/{usager}/soins/ajouter`
pub(crate) async fn ajouter(acces: Acces<PlanifierSoins>, Chemin(usager): Chemin<UsagerId>, champs: Champs) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let bibliotheque = ouvrir(&acces, &dossier).await?;
    let id = champs.lire("id").unwrap_or_else(|| acces.nouvel_id());
    match formulaire::lire(&champs, &bibliotheque, id, acces.now()) {
        Ok(soin) => {
            ajouter_acte(&acces, &dossier, version(&champs)?, vec![soin]).await?;
            Ok(Answer::vers(format!("{}?vue=lignes", adresses::plan(usager)))
                .dit("Soin ajouté : une nouvelle version du plan est signée."))
        }
        Err(erreurs) => {
            let saisi = Saisi {
                soin: None,
                titre: "Ajouter un soin".into(),
                champs: &champs,
                erreurs: &erreurs,
                version: version(&champs)?,
            };
            Ok(Answer::a_corriger(dessiner(&acces, &dossier, &saisi).await?))
        }
    }
}

async fn ligne(dossier: &DossierOuvert<PlanifierSoins>, soin: Uuid) -> Resultat<(Stored<Plan>, SoinPrevu)> {
    let plan = plan_de(dossier).await?.ok_or(Erreur::Introuvable)?;
    let ligne = plan.ligne(soin).cloned().ok_or(Erreur::Introuvable)?;
    Ok((plan, ligne))
}

/// GET `/residents/{usager}/soins/{soin}/modifier`
pub(crate) async fn editer(acces: Acces<PlanifierSoins>, Chemin((usager, soin)): Chemin<(UsagerId, Uuid)>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let (plan, ligne) = ligne(&dossier, soin).await?;
    let champs = formulaire::champs_de(&ligne);
    let saisi = Saisi {
        soin: Some(soin),
        titre: format!("Modifier : {}", ligne.libelle),
        champs: &champs,
        erreurs: &Erreurs::default(),
        version: plan.version,
    };
    Ok(Answer::html(dessiner(&acces, &dossier, &saisi).await?))
}

/// POST `/residents/{usager}/soins/{soin}/modifier`
pub(crate) async fn modifier(
    acces: Acces<PlanifierSoins>,
    Chemin((usager, soin)): Chemin<(UsagerId, Uuid)>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let (_, connue) = ligne(&dossier, soin).await?;
    let bibliotheque = ouvrir(&acces, &dossier).await?;
    let id = champs.lire("id").unwrap_or_else(|| acces.nouvel_id());
    match formulaire::lire(&champs, &bibliotheque, id, acces.now()) {
        Ok(mut nouvelle) => {
            garder_les_departs(&connue, &mut nouvelle);
            modifier_acte(&acces, &dossier, version(&champs)?, soin, nouvelle).await?;
            Ok(Answer::vers(format!("{}?vue=lignes", adresses::plan(usager)))
                .dit("Soin modifié : une nouvelle version du plan est signée."))
        }
        Err(erreurs) => {
            let saisi = Saisi {
                soin: Some(soin),
                titre: format!("Modifier : {}", connue.libelle),
                champs: &champs,
                erreurs: &erreurs,
                version: version(&champs)?,
            };
            Ok(Answer::a_corriger(dessiner(&acces, &dossier, &saisi).await?))
        }
    }
}

/// Counting from a day or an hour goes on from where it started when the rhythm itself is not changed.
fn garder_les_departs(connue: &SoinPrevu, nouvelle: &mut SoinPrevu) {
    use crate::recurrence::Rythme as R;
    match (&connue.recurrence.rythme, &mut nouvelle.recurrence.rythme) {
        (R::Intervalle { tous_les: avant, depuis }, R::Intervalle { tous_les, depuis: neuf }) if avant == tous_les => {
            *neuf = *depuis;
        }
        (R::Heures { toutes_les: avant, depuis }, R::Heures { toutes_les, depuis: neuf }) if avant == toutes_les => {
            *neuf = *depuis;
        }
        _ => {}
    }
}

/// POST `/residents/{usager}/soins/{soin}/arreter`
pub(crate) async fn arreter(
    acces: Acces<PlanifierSoins>,
    Chemin((usager, soin)): Chemin<(UsagerId, Uuid)>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let motif: String = champs.texte("motif").chars().take(200).collect();
    if motif.is_empty() {
        let (plan, ligne) = ligne(&dossier, soin).await?;
        let mut erreurs = Erreurs::default();
        erreurs.ajouter("motif", "Indiquez la raison de l'arrêt.");
        let connus = formulaire::champs_de(&ligne);
        let saisi = Saisi {
            soin: Some(soin),
            titre: format!("Modifier : {}", ligne.libelle),
            champs: &connus,
            erreurs: &erreurs,
            version: plan.version,
        };
        return Ok(Answer::a_corriger(dessiner(&acces, &dossier, &saisi).await?));
    }
    arreter_acte(&acces, &dossier, version(&champs)?, soin, &motif).await?;
    Ok(Answer::vers(format!("{}?vue=lignes", adresses::plan(usager)))
        .dit("Soin arrêté. Il reste lisible dans le plan et son historique."))
}
