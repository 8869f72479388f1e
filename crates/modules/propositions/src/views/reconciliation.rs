//! Treatments after a stay in hospital, line by line: before, in the letter, now (ux.md W8, « Retour d'hôpital »).

use maud::{Markup, html};
use medical::{Element, Etat as EtatElement};
use platform::store::Stored;
use ui::Icone;
use ui::bloc::Bloc;
use ui::puces::{Etat as EtatPuce, Puce};
use ui::tableau::Tableau;
use uuid::Uuid;

use super::{Ecran, gestes, liste::tout_accepter, puce_etat};
use crate::forms::Montree;
use crate::ligne::Famille;
use crate::model::{Etat, Proposition};
use crate::rapprochement::{Rangee, Verdict, rangees};

/// The block; nothing when no document says anything of treatments.
pub(crate) fn bloc(ecran: &Ecran<'_>) -> Option<Markup> {
    let traitements: Vec<&Stored<Proposition>> = ecran.propositions().filter(|lu| lu.ligne.famille.est_traitement()).collect();
    let ouverts: Vec<Uuid> = traitements.iter().filter(|lu| lu.attend()).map(|lu| lu.source.document).collect();
    // What was decided of a document stays beside what waits of it: a row taken is read in the column « Maintenant ».
    let montree = |lu: &&Stored<Proposition>| {
        let concerne = ecran.document.is_some() || ouverts.contains(&lu.source.document);
        concerne && !matches!(lu.etat, Etat::Retiree { .. })
    };
    let lignes: Vec<&Stored<Proposition>> = traitements.into_iter().filter(montree).collect();
    if lignes.is_empty() {
        return None;
    }
    let documents: Vec<Uuid> = lignes.iter().map(|lu| lu.source.document).collect();
    let premiere = lignes.iter().map(|lu| lu.proposee_le).min()?;
    let lue_le = kernel::dates::jour_local(premiere, ecran.fuseau);
    let rangees = rangees(&ecran.lu.elements, &lignes, &documents, lue_le);
    let compte = |verdict| rangees.iter().filter(|rangee| rangee.verdict == verdict).count();
    let mention = format!(
        "changés : {}, nouveaux : {}, arrêtés : {}",
        compte(Verdict::Change),
        compte(Verdict::Nouveau),
        compte(Verdict::Arrete)
    );
    let tableau = rangees.iter().fold(
        Tableau::new("Traitements : avant l'hôpital, à l'hôpital, maintenant")
            .legende_cachee()
            .colonne("Traitement")
            .colonne("Avant l'hôpital")
            .colonne("Document de l'hôpital")
            .colonne("Maintenant")
            .colonne("Que faire"),
        |tableau, rangee| tableau.ligne(cellules(ecran, rangee)),
    );
    let tous = tous(ecran, &rangees);
    let corps = html! {
        p { "Une ligne acceptée entre dans les traitements du dossier ; celle qu'elle change ou arrête y reste lisible, terminée. Le dossier note ce que la personne prend : l'ordonnance reste au médecin." }
        (tableau)
        (tout_accepter(ecran, &tous, "Accepter les traitements nouveaux et arrêtés affichés"))
    };
    Some(Bloc::new("Traitements", corps).id("traitements").icone(Icone::Pill).mention(html! { (mention) }).render())
}

/// Together go what is new and what stops, never a change of dose: each of those is looked at.
fn tous(ecran: &Ecran<'_>, rangees: &[Rangee<'_>]) -> Vec<Montree> {
    let surs =
        rangees.iter().filter(|rangee| matches!(rangee.verdict, Verdict::Nouveau | Verdict::Arrete) && rangee.lignes.len() == 1);
    let lignes = surs.flat_map(|rangee| rangee.lignes.iter().map(move |lu| (rangee, *lu)));
    lignes
        .filter(|(_, lu)| lu.attend() && ecran.ouverte(lu) && lu.ligne.famille != Famille::TraitementAdmission)
        .map(|(rangee, lu)| Montree { id: lu.id, version: lu.version, avant: beside(rangee) })
        .collect()
}

/// The treatment a line replaces or stops, while it still holds.
fn beside(rangee: &Rangee<'_>) -> Option<(Uuid, i64)> {
    rangee.avant.filter(|lu| lu.en_vigueur()).map(|lu| (lu.id, lu.version))
}

fn cellules(ecran: &Ecran<'_>, rangee: &Rangee<'_>) -> [Markup; 5] {
    let nom =
        rangee.lignes.first().map_or_else(|| rangee.avant.map(|lu| lu.libelle.clone()), |lu| Some(lu.ligne.libelle.clone()));
    let (mots, etat) = match rangee.verdict {
        Verdict::Change => ("changé", EtatPuce::ASurveiller),
        Verdict::Nouveau => ("nouveau", EtatPuce::Info),
        Verdict::Arrete => ("arrêté", EtatPuce::Refuse),
        Verdict::AdmissionSeule => ("absent de la sortie : à vérifier", EtatPuce::ASurveiller),
        Verdict::NonCite => ("non cité par le document : à vérifier", EtatPuce::ASurveiller),
        Verdict::Inchange => ("inchangé", EtatPuce::Fait),
    };
    [
        html! { (nom.unwrap_or_default()) " " (Puce::new(etat, mots)) },
        html! {
            @if let Some(avant) = rangee.avant { (phrase(avant)) } @else { span class="secondaire" { "absent du dossier" } }
        },
        hopital(rangee),
        maintenant(ecran, rangee),
        actions(ecran, rangee),
    ]
}

fn phrase(element: &Element) -> String {
    if element.detail.is_empty() { element.libelle.clone() } else { format!("{} · {}", element.libelle, element.detail) }
}

fn hopital(rangee: &Rangee<'_>) -> Markup {
    if rangee.lignes.is_empty() {
        return html! { span class="secondaire" { "rien" } };
    }
    html! {
        div class="pile" {
            @for lu in &rangee.lignes {
                span {
                    @if lu.ligne.famille != Famille::TraitementSortie { (lu.ligne.famille.libelle()) " : " }
                    (lu.ligne.phrase())
                    @if !lu.ligne.precision.is_empty() { " · " (lu.ligne.precision) }
                }
            }
        }
    }
}

/// What the record says today of this treatment.
fn maintenant(ecran: &Ecran<'_>, rangee: &Rangee<'_>) -> Markup {
    let entrees = rangee.lignes.iter().filter_map(|lu| match &lu.etat {
        Etat::Acceptee { entree, .. } | Etat::Connue { entree, .. } => *entree,
        _ => None,
    });
    let ids: Vec<Uuid> = rangee.avant.map(|lu| lu.id).into_iter().chain(entrees).collect();
    let dits: Vec<&Stored<Element>> = ecran.lu.elements.iter().filter(|lu| ids.contains(&lu.id)).collect();
    if dits.is_empty() {
        return html! { span class="secondaire" { "absent du dossier" } };
    }
    html! {
        div class="pile" {
            @for lu in dits {
                a href=(format!("/residents/{}/medical/{}", ecran.usager, lu.id)) {
                    (phrase(lu))
                    @match &lu.etat {
                        EtatElement::EnVigueur => {}
                        EtatElement::Termine { le, .. } => { ", terminé le " (kernel::dates::date_courte(*le)) }
                        EtatElement::Annule { .. } => { ", annulé" }
                    }
                }
            }
        }
    }
}

fn actions(ecran: &Ecran<'_>, rangee: &Rangee<'_>) -> Markup {
    if rangee.lignes.is_empty() {
        return html! { span class="secondaire" { "à vérifier avec le médecin" } };
    }
    html! {
        div class="pile" {
            @for lu in &rangee.lignes {
                @if lu.ouverte() {
                    (gestes(ecran, lu, avant_de(rangee, lu), verbe(rangee, lu)))
                } @else { span { (puce_etat(&lu.etat)) } }
            }
        }
    }
}

/// A line taken on admission replaces nothing: what goes on is told by the discharge.
fn avant_de(rangee: &Rangee<'_>, lu: &Proposition) -> Option<(Uuid, i64)> {
    if rangee.verdict == Verdict::AdmissionSeule || lu.ligne.famille == Famille::TraitementAdmission {
        None
    } else {
        beside(rangee)
    }
}

fn verbe(rangee: &Rangee<'_>, lu: &Proposition) -> &'static str {
    match (lu.ligne.famille, beside(rangee)) {
        (Famille::TraitementArrete, Some(_)) => "Arrêter",
        (Famille::TraitementArrete, None) => "Noter l'arrêt",
        (Famille::TraitementAdmission, _) | (_, None) => "Accepter",
        (_, Some(_)) => "Remplacer",
    }
}
