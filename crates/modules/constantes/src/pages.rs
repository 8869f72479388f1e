//! Pages: the values of a person, the entry form, one value, the watch list.

use std::collections::BTreeMap;

use kernel::id::{EtablissementId, UsagerId};
use maud::{Markup, html};
use platform::acces::{Acces, Categorie, DossierOuvert, Droit};
use platform::erreur::{Erreur, Resultat};
use platform::store::Stored;
use platform::web::{Answer, Champs, Chemin, Erreurs, Parametres, page};
use serde::Deserialize;
use uuid::Uuid;

use crate::acts::Surprise;
use crate::alertes::evaluer;
use crate::model::{Constante, Seuils};
use crate::questions::{self, Surveillance, depuis, mesures};
use crate::rights::{FixerSeuils, LireConstantes, SaisirConstantes, SurveillerConstantes};
use crate::seuils::SeuilsEnVigueur;
use crate::views;

/// Periods offered: days, code, words.
pub(crate) const PERIODES: [(i32, &str, &str); 4] =
    [(7, "7", "7 jours"), (30, "30", "30 jours"), (90, "90", "90 jours"), (365, "365", "1 an")];
const PAR_PAGE: usize = 60;

/// What the page shows.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Filtre {
    #[serde(default)]
    periode: String,
    #[serde(default, rename = "type")]
    type_code: String,
    #[serde(default)]
    page: usize,
}

/// A page about a person: banner, tabs, content.
pub(crate) fn habiller<D: Droit>(acces: &Acces<D>, titre: &str, bandeau: Markup, contenu: Markup) -> Markup {
    page(acces, titre, "/residents").bandeau(bandeau).contenu(contenu).render()
}

/// The values of a person: alerts, last values, curves, list.
pub(crate) async fn dossier(
    acces: Acces<LireConstantes>,
    Chemin(usager): Chemin<UsagerId>,
    Parametres(filtre): Parametres<Filtre>,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let (jours, code, _) = PERIODES.into_iter().find(|(_, code, _)| *code == filtre.periode).unwrap_or(PERIODES[1]);
    let valeurs = depuis(&dossier, 365).await?;
    let seuils = questions::seuils(&acces, &dossier).await?;
    let fuseau = &acces.services().fuseau;
    let alertes = evaluer(&mesures(&valeurs), &seuils, acces.now(), fuseau);
    let debut = questions::avant(acces.now(), jours);
    let vue = views::dossier::Vue {
        usager,
        periode: code,
        type_code: &filtre.type_code,
        alertes: &alertes,
        valeurs: &valeurs,
        debut,
        seuils: &seuils,
        now: acces.now(),
        fuseau,
        peut_saisir: dossier.peut_ecrire(Categorie::Constantes),
        peut_fixer: dossier.peut_ecrire(Categorie::Medical),
        page: filtre.page.max(1),
        par_page: PAR_PAGE,
    };
    let tirage = ui::impression::Tirage {
        etablissement: dossier.etablissement().and_then(|id| acces.services().enseigne.etablissement(id)).unwrap_or_default(),
        titre: "Constantes".to_owned(),
        auteur: acces.contexte().acteur.nom.clone(),
        date: kernel::dates::date_heure(acces.now(), fuseau),
        adresse: format!("/residents/{usager}/constantes"),
    };
    let contenu = html! {
        (sejours::onglets(&dossier, &format!("/residents/{usager}/constantes")))
        (tirage.entete())
        (views::dossier::page(&vue))
        (tirage.pied())
    };
    Ok(Answer::html(habiller(&acces, "Constantes", sejours::bandeau(&dossier).await?, contenu)))
}

/// Which quantity the form asks; empty: all of them.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Choix {
    #[serde(default, rename = "type")]
    type_code: String,
}

/// The entry form.
pub(crate) async fn nouvelle(
    acces: Acces<SaisirConstantes>,
    Chemin(usager): Chemin<UsagerId>,
    Parametres(choix): Parametres<Choix>,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let champs = Champs::depuis(&[("seule", choix.type_code.as_str())]);
    formulaire(&acces, &dossier, &champs, &Erreurs::default(), &[]).await.map(Answer::html)
}

/// The entry form with what was typed, its errors and the values which surprise.
pub(crate) async fn formulaire<D: Droit>(
    acces: &Acces<D>,
    dossier: &DossierOuvert<D>,
    champs: &Champs,
    erreurs: &Erreurs,
    surprises: &[Surprise],
) -> Resultat<Markup> {
    let dernieres: BTreeMap<String, Stored<Constante>> =
        if dossier.peut_lire(Categorie::Constantes) { questions::dernieres(dossier).await? } else { BTreeMap::new() };
    let contenu = views::saisie::page(&views::saisie::Vue {
        usager: dossier.usager(),
        champs,
        erreurs,
        surprises,
        dernieres: &dernieres,
        nouvel_id: acces.nouvel_id(),
        now: acces.now(),
        fuseau: &acces.services().fuseau,
    });
    Ok(habiller(acces, "Saisir des constantes", sejours::bandeau(dossier).await?, contenu))
}

/// One value: its history, its correction.
pub(crate) async fn detail(acces: Acces<LireConstantes>, Chemin((usager, id)): Chemin<(UsagerId, Uuid)>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let lue = dossier.lire::<Constante>(id).await?.ok_or(Erreur::Introuvable)?;
    detail_rendu(&acces, &dossier, &lue, &Champs::default(), &Erreurs::default()).await.map(Answer::html)
}

/// One value, with what was typed and the errors of a correction.
pub(crate) async fn detail_rendu<D: Droit>(
    acces: &Acces<D>,
    dossier: &DossierOuvert<D>,
    lue: &Stored<Constante>,
    champs: &Champs,
    erreurs: &Erreurs,
) -> Resultat<Markup> {
    let versions = dossier.versions::<Constante>(lue.id).await?;
    let jumelle = match lue.jumelle_de {
        Some(id) => dossier.lire::<Constante>(id).await?,
        None => None,
    };
    let contenu = views::detail::page(&views::detail::Vue {
        lue,
        versions: &versions,
        jumelle: jumelle.as_ref().map(|stored| &stored.value),
        champs,
        erreurs,
        fuseau: &acces.services().fuseau,
        peut_saisir: dossier.peut_ecrire(Categorie::Constantes),
    });
    Ok(habiller(acces, "Une mesure", sejours::bandeau(dossier).await?, contenu))
}

/// The thresholds in force without any setting of a person.
pub(crate) async fn seuils_de_la_maison<D: Droit>(acces: &Acces<D>, etablissement: EtablissementId) -> Resultat<SeuilsEnVigueur> {
    let maison = questions::seuils_maison(acces, etablissement).await?;
    Ok(SeuilsEnVigueur::new(maison.as_ref().map(|lu| &lu.value), None))
}

/// The thresholds of a person.
pub(crate) async fn seuils(acces: Acces<FixerSeuils>, Chemin(usager): Chemin<UsagerId>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let etablissement = dossier.etablissement().ok_or(Erreur::Introuvable)?;
    let defaut = seuils_de_la_maison(&acces, etablissement).await?;
    let lus = dossier.lire::<Seuils>(Seuils::id(usager)).await?;
    let contenu = views::formulaire_seuils(usager, &defaut, &Champs::default(), &Erreurs::default(), lus.as_ref());
    Ok(Answer::html(habiller(&acces, "Seuils d'alerte", sejours::bandeau(&dossier).await?, contenu)))
}

/// The watch list of the units at work.
pub(crate) async fn surveillance(acces: Acces<SurveillerConstantes>) -> Resultat<Answer> {
    let etablissement = acces.etablissement()?;
    let unites = acces.contexte().unites.clone();
    let perimetre = acces.ouvrir_perimetre(etablissement, &unites).await?;
    let liste: Vec<Surveillance> = questions::alertes(&acces, &perimetre).await?;
    let suivi = match perimetre.unites() {
        Some([seule]) => Some(crate::lane_unite(*seule)),
        _ => None,
    };
    let contenu = views::surveillance::page(
        &liste,
        acces.now(),
        &acces.services().fuseau,
        acces.peut::<SaisirConstantes>(),
        suivi.as_deref(),
    );
    Ok(Answer::html(page(&acces, "Constantes à surveiller", "/constantes").contenu(contenu).render()))
}
