//! Where one works now: an establishment, and units of it. Everything else filters on it.

use maud::html;
use platform::prelude::*;
use ui::bloc::{Bloc, EntetePage};
use ui::boutons::Bouton;
use ui::champs::{CasesACocher, Choix, cache};

use crate::rights::VoirAccueil;

pub(crate) async fn choisir(acces: Acces<VoirAccueil>) -> Resultat<Answer> {
    let contexte = acces.contexte();
    let enseigne = &acces.services().enseigne;
    let etablissements = contexte.acteur.etablissements(contexte.now);
    let contenu = html! {
        (EntetePage::new("Où travaillez-vous ?").phrase("Les listes, les tours et la relève se limitent à ce que vous choisissez.").parent("Accueil", "/accueil"))
        @for etablissement in &etablissements {
            @let unites = enseigne.unites(*etablissement);
            @let cases = CasesACocher::new("unite", "Unités")
                .aide("Sans choix : toutes celles de votre fonction.")
                .choix(unites.iter().map(|(id, nom)| Choix::new(id.to_string(), nom.clone())))
                .valeurs(contexte.unites.iter().map(ToString::to_string));
            (Bloc::new(enseigne.etablissement(*etablissement).unwrap_or_default(), html! {
                form class="formulaire" method="post" action="/contexte" {
                    (cache("etablissement", &etablissement.to_string()))
                    (cache("retour", "/accueil"))
                    (cases)
                    (Bouton::envoyer("Travailler ici").principal())
                }
            }).render())
        }
    };
    Ok(Answer::html(platform::web::page(&acces, "Où travaillez-vous ?", "/accueil").contenu(contenu).render()))
}
