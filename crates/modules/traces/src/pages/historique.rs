//! « Qui a consulté ce dossier ? », in words the person understands, ready to be printed and handed over.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Time};
use kernel::id::{CompteId, UsagerId};
use maud::{Markup, html};
use platform::acces::Acces;
use platform::prelude::{Answer, Chemin, Parametres, Resultat};
use platform::store::{JournalFilter, LineRow, Nature};
use serde::Deserialize;
use ui::Icone;
use ui::alerte::{Alerte, Nature as NatureAlerte};
use ui::bloc::{Bloc, Chiffre, EntetePage, chiffres};
use ui::boutons::Bouton;
use ui::champs::Liste;
use ui::filtres::Filtres;
use ui::puces::{Etat, Puce};
use ui::vide::vide_depart;

use super::{debut_du_jour, tirage};
use crate::phrases;
use crate::rights::VoirHistorique;

/// Most lines read at once.
const LIGNES_MAX: usize = 5_000;

/// The period shown, in days.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Periode {
    #[serde(default)]
    jours: u16,
}

/// What somebody did in the record on one day.
#[derive(Debug, Default)]
struct Passage {
    de: Option<Time>,
    a: Option<Time>,
    lu: BTreeSet<&'static str>,
    ecrit: BTreeSet<&'static str>,
    refuse: BTreeSet<&'static str>,
    profil: Option<String>,
    motif: Option<String>,
    /// The reason given to open the record by exception.
    exception: Option<String>,
    /// The reasons given from outside to read the DLU, each with its end.
    lectures: Vec<String>,
}

fn grouper(acces: &Acces<VoirHistorique>, lignes: &[LineRow]) -> BTreeMap<(Date, CompteId), Passage> {
    let services = acces.services();
    let mut passages: BTreeMap<(Date, CompteId), Passage> = BTreeMap::new();
    for ligne in lignes.iter().filter(|ligne| !ligne.account.is_nil()) {
        let local = services.fuseau.to_datetime(ligne.at);
        let passage = passages.entry((local.date(), CompteId(ligne.account))).or_default();
        passage.de = Some(passage.de.map_or(local.time(), |de| de.min(local.time())));
        passage.a = Some(passage.a.map_or(local.time(), |a| a.max(local.time())));
        let famille = phrases::famille(services, ligne);
        let par_exception = ligne.verb == "dossier.bris_de_glace" && ligne.nature == Nature::Acte;
        if par_exception {
            passage.exception = phrases::motif(ligne);
            continue;
        }
        if ligne.verb == "lecture_dlu.accordee" && ligne.nature == Nature::Acte {
            passage.lectures.extend(lecture_exterieure(services, ligne));
            continue;
        }
        match ligne.nature {
            Nature::Consultation => passage.lu.insert(famille),
            Nature::Refus => passage.refuse.insert(famille),
            _ => passage.ecrit.insert(famille),
        };
        passage.profil = passage.profil.take().or_else(|| ligne.detail("profil"));
        passage.motif = passage.motif.take().or_else(|| phrases::motif(ligne));
    }
    passages
}

/// « Régulation d'un appel au 15, jusqu'à 18:02 »: a reading of the DLU granted to somebody of another organisation.
fn lecture_exterieure(services: &platform::Services, ligne: &LineRow) -> Option<String> {
    let jusque = ligne.detail("jusque")?.parse().ok()?;
    Some(format!("{}, jusqu'à {}", phrases::motif(ligne)?, kernel::dates::heure_levee(jusque, &services.fuseau)))
}

fn enumerer(mots: &BTreeSet<&'static str>) -> String {
    let mots: Vec<&str> = mots.iter().copied().collect();
    match &mots[..] {
        [debut @ .., dernier] if !debut.is_empty() => format!("{} et {dernier}", debut.join(", ")),
        autres => autres.concat(),
    }
}

fn horaire(passage: &Passage) -> String {
    match (passage.de, passage.a) {
        (Some(de), Some(a)) if kernel::dates::heure(de) != kernel::dates::heure(a) => {
            format!("de {} à {}", kernel::dates::heure(de), kernel::dates::heure(a))
        }
        (Some(de), _) => format!("à {}", kernel::dates::heure(de)),
        _ => String::new(),
    }
}

fn ligne(acces: &Acces<VoirHistorique>, nom: &str, passage: &Passage) -> Markup {
    let profil =
        passage.profil.as_ref().and_then(|code| acces.services().profils.get(code)).map(|profil| profil.libelle.to_lowercase());
    html! {
        li {
            strong { (nom) } @if let Some(profil) = profil { ", " (profil) } ", " (horaire(passage)) " :"
            @if !passage.lu.is_empty() { " a lu " (enumerer(&passage.lu)) "." }
            @if !passage.ecrit.is_empty() { " A écrit dans " (enumerer(&passage.ecrit)) "." }
            @if !passage.refuse.is_empty() { " A demandé " (enumerer(&passage.refuse)) " : l'accès a été refusé." }
            @for lecture in &passage.lectures { " A ouvert votre fiche d'urgence depuis l'extérieur. " (Puce::new(Etat::ASurveiller, format!("Raison : {lecture}"))) }
            @if let Some(motif) = &passage.exception { " A ouvert votre dossier par exception. " (Puce::new(Etat::ASurveiller, format!("Raison : {motif}"))) }
            @else if let Some(motif) = &passage.motif { " " (Puce::new(Etat::ASurveiller, format!("Raison : {motif}"))) }
        }
    }
}

async fn contenu(acces: &Acces<VoirHistorique>, usager: UsagerId, jours: u16, lignes: &[LineRow]) -> Resultat<Markup> {
    let passages = grouper(acces, lignes);
    let ids: Vec<CompteId> = passages.keys().map(|(_, compte)| *compte).collect();
    let noms = acces.noms(&ids).await?;
    let personnes: BTreeSet<&CompteId> = ids.iter().collect();
    let exceptions = lignes.iter().filter(|ligne| ligne.verb == "dossier.bris_de_glace" && ligne.nature == Nature::Acte).count();
    let refus = lignes.iter().filter(|ligne| ligne.nature == Nature::Refus).count();
    let mut par_jour: BTreeMap<Date, Vec<(String, &Passage)>> = BTreeMap::new();
    for ((jour, compte), passage) in &passages {
        let nom = noms.get(compte).map_or_else(|| "Grappe, traitement automatique".to_owned(), |(nom, _)| nom.clone());
        par_jour.entry(*jour).or_default().push((nom, passage));
    }
    let tirage = tirage(acces, "Qui a consulté ce dossier", format!("/residents/{usager}/historique"));
    let choix = [("30", "30 derniers jours"), ("90", "3 derniers mois"), ("365", "12 derniers mois")];
    Ok(html! {
        (tirage.entete())
        (EntetePage::new("Qui a consulté ce dossier").phrase(format!("Sur {jours} jours. La personne, ou qui la représente, peut demander cette liste à tout moment.")).actions(html! { (ui::impression::bouton_imprimer()) }))
        (Filtres::new(format!("/residents/{usager}/historique")).champ(Liste::new("jours", "Période").choix(choix).valeur(jours.to_string()).sans_mention().render()))
        (chiffres(&[
            Chiffre::new(personnes.len().to_string(), "Professionnels"),
            Chiffre::new(exceptions.to_string(), "Ouvertures par exception"),
            Chiffre::new(refus.to_string(), "Accès refusés"),
        ]))
        @if lignes.len() >= LIGNES_MAX { (Alerte::new(NatureAlerte::Attention, "Cette période compte plus de 5 000 lignes : seules les plus récentes sont montrées. Choisissez une période plus courte.")) }
        @if par_jour.is_empty() { (vide_depart(Icone::Eye, "Personne n'a ouvert ce dossier sur cette période.", None)) }
        @for (jour, mut liste) in par_jour.into_iter().rev() {
            @let () = liste.sort_by_key(|(_, passage)| passage.de);
            (Bloc::new(kernel::dates::date_longue(jour), html! { ul { @for (nom, passage) in &liste { (ligne(acces, nom, passage)) } } }))
        }
        p class="secondaire" { "Les listes d'une unité entière (tournée, relève) sont inscrites au journal sans nommer chaque personne. Une erreur ? Dites-le à la direction ou au délégué à la protection des données." }
        p class="sans-impression" { (Bouton::lien("Voir le détail dans les traces", format!("/admin/traces?personne={usager}")).discret()) }
        (tirage.pied())
    })
}

pub(crate) async fn historique(
    acces: Acces<VoirHistorique>,
    Chemin(usager): Chemin<UsagerId>,
    Parametres(periode): Parametres<Periode>,
) -> Resultat<Answer> {
    let jours = match periode.jours {
        90 => 90,
        365 => 365,
        _ => 30,
    };
    let fuseau = &acces.services().fuseau;
    let aujourd_hui = kernel::dates::jour_local(acces.now(), fuseau);
    let debut = aujourd_hui.checked_sub(jiff::Span::new().days(i64::from(jours) - 1)).unwrap_or(aujourd_hui);
    let filtre = JournalFilter {
        person: Some(usager.0),
        since: Some(debut_du_jour(debut, fuseau)),
        limit: LIGNES_MAX,
        ..JournalFilter::default()
    };
    if acces.etablissements_ouverts().is_none() {
        let lignes = acces.journal(filtre, &[("jours", jours.into())]).await?;
        let corps = contenu(&acces, usager, jours, &lignes).await?;
        return Ok(Answer::html(platform::web::page(&acces, "Historique", "/admin/traces").contenu(corps).render()));
    }
    let dossier = acces.ouvrir_dossier(usager).await?;
    let lignes = acces.journal(filtre, &[("jours", jours.into())]).await?;
    let corps = contenu(&acces, usager, jours, &lignes).await?;
    let (page, onglets) =
        platform::dossier::page(&acces, &dossier, "Historique", &format!("/residents/{usager}/historique")).await?;
    Ok(Answer::html(page.contenu(html! { (onglets) (corps) }).render()))
}
