//! The home page and its arrangement.

use maud::{Markup, html};
use platform::prelude::*;
use ui::bloc::{EntetePage, deux_volets};
use ui::boutons::{Bouton, boutons};
use ui::champs::{CasesACocher, Choix};

use crate::blocs::{Donnees, Nature, choisis, dessiner};
use crate::rights::VoirAccueil;

pub(crate) async fn accueil(acces: Acces<VoirAccueil>) -> Resultat<Answer> {
    let natures = choisis(&acces);
    let donnees = Donnees::lire(&acces, &natures).await?;
    let mut avis = traces::avis_bris(&acces).await?;
    avis.extend(lecteurs::avis_lectures(&acces).await?);
    let mut blocs: Vec<Markup> = Vec::new();
    for nature in natures {
        blocs.extend(dessiner(&acces, nature, &donnees).await?);
    }
    let fuseau = &acces.services().fuseau;
    let jour = kernel::dates::date_longue(kernel::dates::jour_local(acces.now(), fuseau));
    let prenom = acces.contexte().acteur.nom.split_whitespace().next().unwrap_or_default().to_owned();
    let contenu = html! {
        (EntetePage::new(format!("Bonjour {prenom}")).phrase(format!("{jour} · {}", acces.poste_horaire()))
            .actions(html! { (Bouton::lien("Changer d'unité", "/contexte").discret()) (Bouton::lien("Personnaliser", "/accueil/personnaliser").discret()) }))
        // Not one of the blocks people arrange: nobody who is told may hide it.
        @for avis in &avis { (avis) }
        (deux_volets(
            &html! { @for (_, bloc) in blocs.iter().enumerate().filter(|(rang, _)| !a_cote(*rang)) { (bloc) } },
            &html! { @for (_, bloc) in blocs.iter().enumerate().filter(|(rang, _)| a_cote(*rang)) { (bloc) } },
        ))
    };
    Ok(Answer::html(platform::web::page(&acces, "Accueil", "/accueil").contenu(contenu).render()))
}

/// The second and third blocks stand beside the first, which is what to do now.
fn a_cote(rang: usize) -> bool {
    matches!(rang, 1 | 2)
}

pub(crate) async fn personnaliser(acces: Acces<VoirAccueil>) -> Resultat<Answer> {
    let choisies: Vec<String> = choisis(&acces).iter().map(|nature| nature.code().to_owned()).collect();
    let cases = CasesACocher::new("bloc", "Blocs de votre accueil, dans cet ordre")
        .choix(Nature::TOUTES.map(|nature| Choix::new(nature.code(), nature.titre())))
        .valeurs(choisies.iter().map(String::as_str));
    let contenu = html! {
        (EntetePage::new("Personnaliser l'accueil").parent("Accueil", "/accueil"))
        form class="formulaire" method="post" action="/accueil/personnaliser" {
            (cases)
            (boutons(&html! {
                (Bouton::envoyer("Enregistrer").principal())
                (Bouton::envoyer("Revenir au modèle de ma fonction").valeur("modele", "oui").discret())
            }))
        }
    };
    Ok(Answer::html(platform::web::page(&acces, "Personnaliser l'accueil", "/accueil").contenu(contenu).render()))
}

pub(crate) async fn ranger(acces: Acces<VoirAccueil>, champs: Champs) -> Resultat<Answer> {
    let ordre: Vec<&str> =
        Nature::TOUTES.into_iter().map(Nature::code).filter(|code| champs.tous("bloc").any(|choisi| choisi == *code)).collect();
    let valeur = if champs.coche("modele") { String::new() } else { ordre.join(",") };
    acces.preferer("accueil", &valeur).await?;
    Ok(Answer::vers("/accueil").dit("Accueil enregistré."))
}
