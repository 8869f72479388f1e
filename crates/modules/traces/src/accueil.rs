//! What the home of a médecin coordonnateur, of the direction and of the DPO tells at once (INV-21).

use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};
use platform::acces::{Acces, BrisDeGlace, Droit};
use platform::erreur::Resultat;
use platform::store::Stored;
use ui::Icone;
use ui::bloc::Bloc;
use ui::boutons::Bouton;
use ui::liste::{Ligne, liste};
use ui::puces::{Etat, Puce};

use crate::motifs;
use crate::pages::revue::en_retard;
use crate::rights::RevoirBris;

/// The block of the records opened by exception which wait for a review in the establishment worked in.
///
/// `None` when the reader does not review them, or when none waits.
pub async fn bloc_bris<D: Droit>(acces: &Acces<D>) -> Resultat<Option<Markup>> {
    let Ok(etablissement) = acces.etablissement() else { return Ok(None) };
    if !acces.peut::<RevoirBris>() {
        return Ok(None);
    }
    let revoir = acces.aussi::<RevoirBris>().await?;
    if !revoir.ouvert_dans(etablissement) {
        return Ok(None);
    }
    let now = acces.now();
    let depuis = now.checked_sub(SignedDuration::from_hours(90 * 24)).unwrap_or(Timestamp::UNIX_EPOCH);
    let mut attente: Vec<Stored<BrisDeGlace>> = revoir.bris_de(etablissement, depuis).await?;
    attente.retain(|bris| bris.revue.is_none());
    if attente.is_empty() {
        return Ok(None);
    }
    let fuseau = &acces.services().fuseau;
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
            Ligne::new(bris.nom.clone()).detail(detail).icone(Icone::ShieldAlert).lien("/admin/bris-de-glace").puce(puce)
        })
        .collect();
    let pied =
        html! { (Bouton::lien(format!("Relire les accès par exception ({})", attente.len()), "/admin/bris-de-glace").petit()) };
    let suivre = BrisDeGlace::lane_revue(etablissement);
    Ok(Some(
        Bloc::new("Dossiers ouverts par exception", html! { (liste(&lignes)) })
            .icone(Icone::ShieldAlert)
            .pied(pied)
            .suivre(suivre, "/accueil", false)
            .render(),
    ))
}
