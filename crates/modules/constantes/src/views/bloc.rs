//! The block of the synthesis page: last values with their sparklines, alerts first.

use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::acces::{Acces, Categorie, DossierOuvert, Droit};
use platform::dossier::{ConsulterDossier, Fragment};
use platform::erreur::Resultat;
use platform::store::Stored;
use ui::Icone;
use ui::bloc::Bloc;
use ui::boutons::Bouton;
use ui::etincelle::etincelle;
use ui::puces::{Puce, puces};
use ui::vide::vide_depart;

use super::dossier::tendance;
use super::{etat_de, quand};
use crate::alertes::{Alerte, evaluer};
use crate::model::Constante;
use crate::questions::{depuis, mesures, seuils};
use crate::referentiel::Grandeur;

const MONTREES: [&str; 6] = ["ta_systolique", "temperature", "frequence_cardiaque", "spo2", "douleur", "poids"];

/// The block as the platform asks for it.
pub(crate) fn fragment<'a>(acces: &'a Acces<ConsulterDossier>, dossier: &'a DossierOuvert<ConsulterDossier>) -> Fragment<'a> {
    Box::pin(
        async move { if dossier.peut_lire(Categorie::Constantes) { bloc(acces, dossier).await.map(Some) } else { Ok(None) } },
    )
}

/// Draws the block of an opened record; nothing when vital signs may not be read.
///
/// # Errors
/// Whatever the store says.
pub async fn bloc<D: Droit>(acces: &Acces<D>, dossier: &DossierOuvert<D>) -> Resultat<Markup> {
    if !dossier.peut_lire(Categorie::Constantes) {
        return Ok(html! {});
    }
    let valeurs = depuis(dossier, 215).await?;
    let seuils = seuils(acces, dossier).await?;
    let fuseau = &acces.services().fuseau;
    let alertes = evaluer(&mesures(&valeurs), &seuils, acces.now(), fuseau);
    Ok(dessiner(dossier.usager(), &valeurs, &alertes, acces.now(), fuseau, dossier.peut_ecrire(Categorie::Constantes)))
}

fn dessiner(
    usager: UsagerId,
    valeurs: &[Stored<Constante>],
    alertes: &[Alerte],
    now: jiff::Timestamp,
    fuseau: &jiff::tz::TimeZone,
    peut_saisir: bool,
) -> Markup {
    let base = format!("/residents/{usager}/constantes");
    let saisir = Bouton::lien("Saisir", format!("{base}/saisir")).petit().icone(Icone::Plus).precision("des constantes");
    let pied = html! { @if peut_saisir { (saisir) } (Bouton::lien("Tout voir", base.clone()).petit().discret().precision("les constantes")) };
    let marques: Vec<Puce> = alertes
        .iter()
        .take(3)
        .map(|alerte| Puce::new(etat_de(alerte.gravite), alerte.phrase.clone()).lien(base.clone()))
        .collect();
    let mut fiche = ui::liste::Fiche::new();
    let mut lignes = 0;
    for grandeur in MONTREES.iter().filter_map(|code| Grandeur::get(code)) {
        let serie: Vec<&Stored<Constante>> =
            valeurs.iter().filter(|valeur| valeur.compte() && valeur.type_code == grandeur.code).collect();
        let Some(derniere) = serie.last() else { continue };
        let entiers: Vec<i64> = serie.iter().rev().take(12).rev().map(|valeur| grandeur.entier(valeur.valeur)).collect();
        let mots = format!("{} ({})", derniere.lisible(), tendance(&serie));
        let contenu =
            html! { (etincelle(&entiers, &mots)) " " span class="legende" { (quand(derniere.mesuree_le, now, fuseau)) } };
        fiche = fiche.riche(grandeur.nom().to_owned(), contenu);
        lignes += 1;
    }
    if lignes == 0 {
        return Bloc::new(
            "Constantes",
            vide_depart(Icone::Activity, "Aucune constante mesurée.", peut_saisir.then_some(&saisir)),
        )
        .render();
    }
    Bloc::new("Constantes", html! { (puces(&marques)) (fiche) }).icone(Icone::Activity).pied(pied).render()
}
