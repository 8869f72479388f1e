//! The notice of records opened by exception: at once on the home of those who review them (INV-21).

use kernel::id::EtablissementId;
use maud::{Markup, html};
use platform::acces::{Acces, BrisDeGlace, Droit};
use platform::erreur::Resultat;
use platform::prelude::{Answer, Parametres};
use platform::store::Stored;
use ui::Icone;
use ui::bloc::Bloc;
use ui::boutons::Bouton;
use ui::liste::{Ligne, liste};
use ui::puces::{Etat, Puce};

use crate::motifs;
use crate::pages::revue::{Lieu, depuis, en_retard};
use crate::rights::RevoirBris;

/// Where the notice of one establishment is read again.
const SOURCE: &str = "/admin/bris-de-glace/avis";

/// The notices of the records opened by exception which wait for a review, one an establishment where the reader reviews them.
///
/// Empty when the reader reviews none. An establishment where nothing waits has an empty zone, so that the page tells the
/// next one without being reloaded. The reading is one line of the journal.
pub async fn avis_bris<D: Droit>(acces: &Acces<D>) -> Resultat<Vec<Markup>> {
    if !acces.peut::<RevoirBris>() {
        return Ok(Vec::new());
    }
    let revoir = acces.aussi::<RevoirBris>().await?;
    let lieux = match revoir.etablissements_ouverts() {
        Some(lieux) => lieux,
        None => acces.etablissement().into_iter().collect(),
    };
    let par_lieu = revoir.bris_a_revoir(&lieux, depuis(acces.now())).await?;
    Ok(par_lieu.iter().map(|(lieu, attente)| avis(&revoir, *lieu, attente, lieux.len() > 1)).collect())
}

/// The notice of one establishment, asked again each time one of its broken glasses is written.
pub(crate) async fn relire(acces: Acces<RevoirBris>, Parametres(lieu): Parametres<Lieu>) -> Resultat<Answer> {
    let lieu = lieu.etablissement.map_or_else(|| acces.etablissement(), Ok)?;
    let plusieurs = acces.etablissements_ouverts().is_none_or(|lieux| lieux.len() > 1);
    let lus = acces.bris_a_revoir(&[lieu], depuis(acces.now())).await?;
    Ok(Answer::html(html! { @for (lieu, attente) in &lus { (avis(&acces, *lieu, attente, plusieurs)) } }))
}

fn avis(acces: &Acces<RevoirBris>, lieu: EtablissementId, attente: &[Stored<BrisDeGlace>], nommer: bool) -> Markup {
    let suivre = BrisDeGlace::lane_revue(lieu);
    let source = format!("{SOURCE}?etablissement={lieu}");
    if attente.is_empty() {
        return html! { div hidden data-suivre=(suivre) data-source=(source) {} };
    }
    let now = acces.now();
    let fuseau = &acces.services().fuseau;
    let adresse = format!("/admin/bris-de-glace?etablissement={lieu}");
    let lignes: Vec<Ligne> = attente
        .iter()
        .take(5)
        .map(|bris| {
            let puce = if en_retard(bris, now) {
                Puce::new(Etat::EnRetard, "plus de 7 jours")
            } else {
                Puce::new(Etat::ARevoir, "à relire")
            };
            let detail = format!("{}, {}", kernel::dates::date_heure(bris.ouvert_le, fuseau), motifs::libelle(&bris.motif));
            Ligne::new(bris.nom.clone()).detail(detail).icone(Icone::ShieldAlert).lien(adresse.clone()).puce(puce)
        })
        .collect();
    let pied = html! { (Bouton::lien(format!("Relire les accès par exception ({})", attente.len()), adresse.clone()).petit()) };
    let nom = acces.services().enseigne.etablissement(lieu).filter(|_| nommer);
    let titre =
        nom.map_or_else(|| "Dossiers ouverts par exception".to_owned(), |nom| format!("Dossiers ouverts par exception, {nom}"));
    Bloc::new(titre, html! { (liste(&lignes)) }).icone(Icone::ShieldAlert).pied(pied).suivre(suivre, source, false).render()
}
