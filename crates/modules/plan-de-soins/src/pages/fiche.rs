//! The sheet of an act.

use jiff::SignedDuration;
use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::acces::{Acces, Categorie, DossierOuvert, Droit};
use platform::erreur::{Erreur, Resultat};
use platform::store::Stored;
use platform::web::{Answer, Champs, Chemin, Parametres, page};
use serde::Deserialize;
use ui::champs::{Case, Nombre};
use uuid::Uuid;

use crate::cle::Cle;
use crate::mesures;
use crate::plan::Plan;
use crate::rights::{LireSoins, ValiderSoins};
use crate::tour::fuseau;
use crate::validation::{Issue, Validation};
use crate::views::fiche::Fiche;

/// Which time of the act, and where to come back.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Quelle {
    occurrence: String,
    retour: String,
}

/// GET `/residents/{usager}/soins/{soin}`
pub(crate) async fn afficher(
    acces: Acces<LireSoins>,
    Chemin((usager, soin)): Chemin<(UsagerId, Uuid)>,
    Parametres(quelle): Parametres<Quelle>,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let champs = Champs::depuis(&[("occurrence", &quelle.occurrence), ("retour", &quelle.retour)]);
    Ok(Answer::html(dessiner(&acces, &dossier, soin, &champs, None).await?))
}

/// The sheet given back with what is missing.
pub(crate) async fn a_corriger(
    acces: &Acces<ValiderSoins>,
    usager: UsagerId,
    soin: Uuid,
    champs: &Champs,
    phrase: &str,
) -> Resultat<Answer> {
    let lecture = acces.aussi::<LireSoins>().await?;
    let dossier = lecture.ouvrir_dossier(usager).await?;
    Ok(Answer::a_corriger(dessiner(&lecture, &dossier, soin, champs, Some(phrase)).await?))
}

async fn dessiner<D: Droit>(
    acces: &Acces<D>,
    dossier: &DossierOuvert<D>,
    soin: Uuid,
    champs: &Champs,
    erreur: Option<&str>,
) -> Resultat<Markup> {
    let plan: Option<Stored<Plan>> = dossier.lire(Plan::id(dossier.usager())).await?;
    let ligne = plan.as_ref().and_then(|plan| plan.ligne(soin)).ok_or(Erreur::Introuvable)?;
    let cle: Option<Cle> = champs.lire("occurrence");
    let depuis = acces.now().checked_sub(SignedDuration::from_hours(24 * 14)).unwrap_or(acces.now());
    let mut dites: Vec<Stored<Validation>> = dossier.liste(|query| query.since(depuis)).await?;
    dites.retain(|validation| validation.soin == soin);
    let collegues = collegues(&dites, acces.contexte().acteur.nom.as_str());
    let refus_repete = refuse_deux_fois(&dites, cle.as_ref());
    let celles_ci: Vec<&Stored<Validation>> =
        dites.iter().filter(|validation| Some(&validation.occurrence) == cle.as_ref()).collect();
    let compte = acces.contexte().acteur.compte;
    let vives = || celles_ci.iter().filter(|validation| validation.compte());
    let mienne = vives().find(|validation| validation.par.compte == compte);
    let autre = vives().find(|validation| validation.double_de.is_none());
    let courante =
        mienne.or_else(|| autre.filter(|_| dossier.peut_ecrire(Categorie::Medical))).map(|validation| (*validation).clone());
    let deja = autre.filter(|_| courante.is_none()).map(|validation| validation.par.complet());
    let mut versions = Vec::new();
    for validation in celles_ci.iter().rev() {
        let mut siennes = dossier.versions::<Validation>(validation.id).await?;
        siennes.reverse();
        versions.extend(siennes);
    }
    let qui = sejours::resident(dossier).await?.map(|resident| resident.usager.nom_complet()).unwrap_or_default();
    let fiche = Fiche {
        usager: dossier.usager(),
        qui,
        ligne,
        cle,
        versions,
        note: garde(champs, "note", courante.as_ref().map(|validation| validation.note.as_str())),
        avec: garde(champs, "avec", courante.as_ref().and_then(|validation| validation.avec.as_deref())),
        courante,
        retour: crate::adresses::locale(champs.texte("retour")).to_owned(),
        id: champs.lire("id").unwrap_or_else(|| acces.nouvel_id()),
        erreur: erreur.map(str::to_owned),
        deja,
        collegues,
        refus_repete,
        peut_valider: dossier.peut_ecrire(Categorie::Soins),
        mesures: champs_mesures(dossier, &ligne.mesures, champs).await?,
    };
    Ok(page(acces, &ligne.libelle, "/tour/soins").bandeau(sejours::bandeau(dossier).await?).contenu(fiche.render()).render())
}

/// Fields of the values measured with the act, each with its last value.
async fn champs_mesures<D: Droit>(dossier: &DossierOuvert<D>, codes: &[String], champs: &Champs) -> Resultat<Markup> {
    if codes.is_empty() || !dossier.peut_ecrire(Categorie::Constantes) {
        return Ok(Markup::default());
    }
    let connues = mesures::connues(dossier).await?;
    Ok(html! {
        @for grandeur in mesures::grandeurs(codes) {
            @let rappel = connues.get(&grandeur.code).map(|derniere| format!("Dernier : {} le {}", derniere.lisible(), kernel::dates::date_heure(derniere.mesuree_le, &fuseau())));
            (Nombre::new(mesures::champ(&grandeur.code), &grandeur.libelle).unite(&grandeur.unite).decimales().valeur(champs.texte(&mesures::champ(&grandeur.code))).aide(rappel.unwrap_or_default()).sans_mention())
        }
        (Case::new("verifiee", "Valeur vérifiée").cochee(champs.coche("verifiee")))
    })
}

fn garde(champs: &Champs, nom: &str, sinon: Option<&str>) -> String {
    match champs.texte(nom) {
        "" => sinon.unwrap_or_default().to_owned(),
        texte => texte.to_owned(),
    }
}

/// Names of those who did this act lately, to be proposed as company.
fn collegues(dites: &[Stored<Validation>], moi: &str) -> Vec<String> {
    let mut noms: Vec<String> = dites.iter().map(|validation| validation.par.nom.clone()).filter(|nom| nom != moi).collect();
    noms.sort();
    noms.dedup();
    noms
}

/// True if this time and the one traced before were both refused.
fn refuse_deux_fois(dites: &[Stored<Validation>], cle: Option<&Cle>) -> bool {
    let Some(due) = cle.map(|cle| cle.due(&fuseau())) else { return false };
    let mut passees: Vec<_> =
        dites.iter().filter(|validation| validation.compte() && validation.occurrence.due(&fuseau()) <= due).collect();
    passees.sort_by_key(|validation| std::cmp::Reverse(validation.occurrence.due(&fuseau())));
    passees.len() >= 2 && passees.iter().take(2).all(|validation| matches!(validation.issue, Issue::Refuse { .. }))
}
