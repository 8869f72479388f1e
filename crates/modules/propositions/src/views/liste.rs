//! What documents propose for a person: warnings, treatments, then the other families.

use maud::{Markup, html};
use platform::store::Stored;
use ui::Icone;
use ui::alerte::{Alerte, Nature as NatureAlerte};
use ui::bloc::{Bloc, EntetePage};
use ui::boutons::{Bouton, boutons};
use ui::champs::cache;
use ui::liste::{Ligne as LigneUi, liste};
use ui::puces::{Etat as EtatPuce, Puce};
use ui::tableau::Tableau;
use ui::vide::vide_bon;

use super::{Ecran, gestes, puce_etat, reconciliation};
use crate::forms::Montree;
use crate::ligne::Famille;
use crate::model::{Etat, Lecture, Proposition};

/// The page.
pub(crate) fn page(ecran: &Ecran<'_>) -> Markup {
    let attendent = ecran.propositions().filter(|lu| lu.attend()).count();
    let phrase = match (ecran.document.and_then(|document| source(ecran, document)), attendent) {
        (Some(source), _) => source,
        (None, 0) => "Aucune ligne n'attend.".to_owned(),
        (None, 1) => "1 ligne attend qu'on la regarde.".to_owned(),
        (None, n) => format!("{n} lignes attendent qu'on les regarde."),
    };
    let blocs: Vec<Markup> = Famille::TOUTES
        .into_iter()
        .filter(|(une, ..)| !une.est_traitement())
        .filter_map(|(une, ..)| famille(ecran, une))
        .collect();
    let traitements = reconciliation::bloc(ecran);
    let rien = blocs.is_empty() && traitements.is_none();
    html! {
        (EntetePage::new("Lignes des documents reçus").phrase(phrase).parent("Dossier médical", format!("/residents/{}/medical", ecran.usager))
            .actions(html! { @if ecran.document.is_some() { (Bouton::lien("Tous les documents", ecran.base())) } }))
        div class="pile" {
            @for lecture in &ecran.lu.lectures { (avertissement(ecran, lecture)) }
            @if let Some(traitements) = traitements { (traitements) }
            @for bloc in blocs { (bloc) }
            @if rien { (vide_bon("Rien ne reste à regarder dans les documents reçus.")) }
            @if ecran.document.is_none() { (documents(ecran)) (traitees(ecran)) }
        }
    }
}

fn source(ecran: &Ecran<'_>, document: uuid::Uuid) -> Option<String> {
    ecran.lu.lectures.iter().find(|lecture| lecture.source.document == document).map(|lecture| lecture.source.phrase())
}

/// What could not be read is said above everything, until somebody read the document.
fn avertissement(ecran: &Ecran<'_>, lecture: &Stored<Lecture>) -> Markup {
    let concerne = ecran.document.is_none_or(|document| document == lecture.source.document);
    let Some(phrase) = lecture.avertissement().filter(|_| concerne && lecture.a_lire()) else { return html! {} };
    let ouvrir = format!("/residents/{}/documents/{}", ecran.usager, lecture.source.document);
    let action = format!("/residents/{}/lectures/{}", ecran.usager, lecture.source.document);
    let actions = html! {
        (Bouton::lien("Ouvrir le document", ouvrir).precision(lecture.source.titre.clone()))
        @if ecran.droits.traiter {
            form method="post" action=(action) { (ecran.garde()) (Bouton::envoyer("C'est lu").precision(lecture.source.titre.clone())) }
        }
    };
    html! { (Alerte::new(NatureAlerte::Attention, phrase).texte(lecture.source.phrase()).actions(actions)) }
}

/// The lines of a family, but treatments.
fn famille(ecran: &Ecran<'_>, famille: Famille) -> Option<Markup> {
    let lignes: Vec<&Stored<Proposition>> =
        ecran.propositions().filter(|lu| lu.ligne.famille == famille && montree(ecran, lu)).collect();
    if lignes.is_empty() {
        return None;
    }
    let seul = ecran.document.is_some();
    let mut tableau = Tableau::new(format!("{} : lignes proposées", famille.titre()))
        .legende_cachee()
        .colonne(famille.libelle())
        .colonne("Ce que dit le document");
    if !seul {
        tableau = tableau.colonne("Document");
    }
    tableau = tableau.colonne("Que faire");
    for lu in &lignes {
        let mut cellules = vec![html! { (lu.ligne.libelle) }, dit(lu)];
        if !seul {
            cellules
                .push(html! { a href=(format!("{}?document={}", ecran.base(), lu.source.document)) { (lu.source.phrase()) } });
        }
        cellules.push(if lu.ouverte() {
            gestes(ecran, lu, None, "Accepter")
        } else {
            html! { (puce_etat(&lu.etat)) }
        });
        tableau = tableau.ligne(cellules);
    }
    let tous: Vec<Montree> = lignes
        .iter()
        .filter(|lu| lu.attend() && ecran.ouverte(lu) && ecran.droits.peut(&lu.ligne) && ecran.deja(lu).is_none())
        .map(|lu| Montree { id: lu.id, version: lu.version, avant: None })
        .collect();
    let verbe = format!("Accepter les {} lignes affichées", tous.len());
    let corps = html! { (tableau) @if tous.len() > 1 { (tout_accepter(ecran, &tous, &verbe)) } };
    Some(Bloc::new(famille.titre(), corps).id(famille.code()).mention(html! { (lignes.len()) }).render())
}

fn montree(ecran: &Ecran<'_>, lu: &Proposition) -> bool {
    lu.attend() || (ecran.document.is_some() && !matches!(lu.etat, Etat::Retiree { .. }))
}

fn dit(lu: &Proposition) -> Markup {
    let suite = lu.ligne.suite();
    html! {
        div class="pile" {
            @if !suite.is_empty() { span { (suite) } }
            @if lu.ligne.anormal { span { (Puce::new(EtatPuce::ASurveiller, "hors des valeurs de référence")) } }
            @if !lu.ligne.precision.is_empty() { span class="secondaire" { (lu.ligne.precision) } }
        }
    }
}

/// Takes the lines shown, named one by one in the form: what was not on the screen is not taken.
pub(crate) fn tout_accepter(ecran: &Ecran<'_>, montrees: &[Montree], verbe: &str) -> Markup {
    if !ecran.droits.traiter || montrees.is_empty() {
        return html! {};
    }
    html! {
        form method="post" action=(ecran.base()) {
            @for montree in montrees { (cache("ligne", &montree.en_champ())) }
            (ecran.garde())
            (boutons(&html! { (Bouton::envoyer(verbe).icone(Icone::ListChecks)) }))
        }
    }
}

/// Every document which was read, the newest first.
fn documents(ecran: &Ecran<'_>) -> Markup {
    let lignes: Vec<LigneUi> = ecran
        .lu
        .lectures
        .iter()
        .filter(|lecture| lecture.lignes > 0 || lecture.avertissement().is_some())
        .map(|lecture| {
            let attendent =
                ecran.lu.propositions.iter().filter(|lu| lu.source.document == lecture.source.document && lu.attend()).count();
            let detail = format!("lignes lues : {}, à traiter : {attendent}, non lues : {}", lecture.lignes, lecture.non_lues);
            let ligne = LigneUi::new(lecture.source.phrase()).detail(detail).lien(format!(
                "{}?document={}",
                ecran.base(),
                lecture.source.document
            ));
            match (lecture.remplacee_par, ecran.lu.annules.contains(&lecture.source.document)) {
                (Some(_), _) => ligne.puce(Puce::new(EtatPuce::Archive, "remplacé")),
                (None, true) => ligne.puce(Puce::new(EtatPuce::Archive, "annulé")),
                (None, false) => ligne,
            }
        })
        .collect();
    if lignes.is_empty() {
        return html! {};
    }
    Bloc::new("Documents lus", liste(&lignes)).icone(Icone::FileText).render()
}

/// What was decided, folded: nothing is hidden.
fn traitees(ecran: &Ecran<'_>) -> Markup {
    let mut decidees: Vec<&Stored<Proposition>> = ecran.lu.propositions.iter().filter(|lu| !lu.attend()).collect();
    if decidees.is_empty() {
        return html! {};
    }
    decidees.sort_by_key(|lu| std::cmp::Reverse(lu.seq));
    let lignes: Vec<LigneUi> = decidees
        .iter()
        .map(|lu| {
            let detail = [lu.ligne.famille.libelle().to_owned(), lu.ligne.suite(), lu.source.phrase()];
            let detail = detail.into_iter().filter(|texte| !texte.is_empty()).collect::<Vec<_>>().join(" · ");
            LigneUi::new(lu.ligne.libelle.clone()).detail(detail).puce(puce_etat(&lu.etat)).lien(format!(
                "{}/{}",
                ecran.base(),
                lu.id
            ))
        })
        .collect();
    html! { details { summary { "Lignes déjà traitées : " (lignes.len()) } (liste(&lignes)) } }
}
