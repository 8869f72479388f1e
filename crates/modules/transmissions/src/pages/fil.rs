//! `/transmissions`: the feed of units, its filters, its search.

use kernel::id::UsagerId;
use maud::html;
use platform::acces::{Acces, PerimetreOuvert};
use platform::erreur::Resultat;
use platform::web::{Answer, Champs, Parametres};
use ui::Icone;
use ui::bloc::EntetePage;
use ui::boutons::Bouton;
use ui::impression::bouton_imprimer;

use super::{nom_perimetre, noms_de, perimetre, prises_de, unites};
use crate::fil::{self, Adresse};
use crate::records;
use crate::rights::{EcrireTransmissions, LireFil};
use crate::themes;
use crate::views::{Regard, fil as vues, formulaire, tirage};

/// Transmissions on a page.
const PAR_PAGE: usize = 30;

/// The list as markup, with its perimeter.
async fn lire(acces: &Acces<LireFil>, adresse: &Adresse) -> Resultat<(maud::Markup, PerimetreOuvert<LireFil>)> {
    let perimetre = perimetre(acces, adresse.unite()).await?;
    let filtre = adresse.filtre(&acces.services().fuseau);
    let (page, mots) = if adresse.q.trim().is_empty() {
        (fil::lire(&perimetre, &filtre, &adresse.avant, PAR_PAGE).await?, Vec::new())
    } else {
        (fil::chercher(&perimetre, &adresse.q, &filtre, &adresse.avant, PAR_PAGE).await?, kernel::texte::mots(&adresse.q))
    };
    let noms = noms_de(&perimetre, &page.lignes).await?;
    let prises = prises_de(&perimetre, &page.lignes).await?;
    let lane = match perimetre.unites() {
        Some([seule]) => records::lane_fil(perimetre.etablissement(), Some(*seule)),
        _ => records::lane_etablissement(perimetre.etablissement()),
    };
    let vue = vues::Fil {
        adresse,
        page: &page,
        noms: &noms,
        prises: &prises,
        mots: &mots,
        lane,
        peut_ecrire: acces.peut::<EcrireTransmissions>(),
        compte: acces.contexte().acteur.compte,
    };
    let markup = vues::liste(&Regard::de(acces), &vue);
    Ok((markup, perimetre))
}

/// The page.
pub(crate) async fn liste(acces: Acces<LireFil>, Parametres(adresse): Parametres<Adresse>) -> Resultat<Answer> {
    let (liste, perimetre) = lire(&acces, &adresse).await?;
    let residents: Vec<(UsagerId, String)> = sejours::residents_nommes(&perimetre)
        .await?
        .iter()
        .map(|resident| (resident.id(), super::nom_et_chambre(resident)))
        .collect();
    let filtres = vues::filtres(&adresse, &unites(&acces)?, &residents);
    let actions = html! {
        (bouton_imprimer())
        @if acces.peut::<EcrireTransmissions>() {
            (Bouton::lien("Écrire une transmission", "/transmissions/nouvelle").principal().icone(Icone::Pencil))
        }
    };
    let (entete, pied) = tirage(&acces, "Transmissions", "/transmissions");
    let contenu = html! {
        (entete)
        (EntetePage::new("Transmissions").phrase(nom_perimetre(&acces, &perimetre)).actions(actions))
        (filtres)
        (liste)
        (pied)
    };
    Ok(Answer::html(platform::web::page(&acces, "Transmissions", "/transmissions").contenu(contenu).render()))
}

/// The list alone, read again by a page which follows it.
pub(crate) async fn fragment(acces: Acces<LireFil>, Parametres(adresse): Parametres<Adresse>) -> Resultat<Answer> {
    Ok(Answer::html(lire(&acces, &adresse).await?.0))
}

/// The theme the words call, while they are being typed.
pub(crate) async fn theme(_: Acces<EcrireTransmissions>, champs: Champs) -> Resultat<Answer> {
    Ok(Answer::html(formulaire::choix_theme(&champs, None)))
}

/// The themes and their lexicon, for the tablet.
pub(crate) async fn lexique(_: Acces<LireFil>) -> Resultat<Answer> {
    Ok(Answer::json(&themes::lexique_json()))
}
