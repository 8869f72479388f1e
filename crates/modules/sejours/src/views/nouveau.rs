//! Search before create.

use maud::{Markup, html};
use platform::web::{Champs, Erreurs};
use ui::Icone;
use ui::alerte::{Alerte, Nature};
use ui::bloc::EntetePage;
use ui::boutons::{Bouton, boutons};
use ui::champs::{Case, Texte, cache, cote_a_cote};
use ui::etapes::etapes;
use ui::liste::{Ligne, liste};
use ui::puces::{Etat, Puce};
use ui::vide::vide_bon;
use usagers::{Connu, Proximite, champs_noms, champs_traits};

use super::sejour::champs_demande;
use crate::pages::signature;

/// Where the creation stands.
pub(crate) enum Etape<'a> {
    /// Nothing was looked for yet.
    Recherche,
    /// Who was found.
    Resultats(&'a [&'a Connu]),
    /// The form; those whose identity is close.
    Creation(&'a [(Proximite, &'a Connu)]),
}

/// The page.
pub(crate) fn page(etape: &Etape<'_>, champs: &Champs, erreurs: &Erreurs) -> Markup {
    let rang = match etape {
        Etape::Recherche => 0,
        Etape::Resultats(_) => 1,
        Etape::Creation(_) => 2,
    };
    html! {
        (EntetePage::new("Nouvelle personne").parent("Résidents", "/residents").phrase("Chercher d'abord : la plupart des doublons naissent d'un dossier qui existait déjà."))
        (etapes(&["Chercher", "Vérifier", "Créer"], rang))
        (erreurs.resume())
        @match etape {
            Etape::Recherche => (recherche(champs, erreurs)),
            Etape::Resultats(trouves) => { (resultats(trouves)) (creation(&[], champs, erreurs)) },
            Etape::Creation(proches) => (creation(proches, champs, erreurs)),
        }
    }
}

fn recherche(champs: &Champs, erreurs: &Erreurs) -> Markup {
    let texte =
        |nom: &str, libelle: &str| Texte::new(nom, libelle).valeur(champs.texte(nom)).erreur(erreurs.de(nom)).completion("off");
    html! {
        form class="formulaire" method="post" action="/residents/nouveau" {
            (texte("naissance", "Date de naissance").requis().moyen().premier().aide("JJ/MM/AAAA. 00 si le jour ou le mois est inconnu."))
            (cote_a_cote(&html! {
                (texte("debut_nom", "Début du nom de naissance").requis().court().maximum(3).aide("Trois lettres au plus."))
                (texte("debut_prenom", "Début du prénom").court().maximum(3).aide("Trois lettres au plus."))
            }))
            (boutons(&html! { (Bouton::envoyer("Chercher").principal().icone(Icone::Search)) (Bouton::lien("Annuler", "/residents").discret()) }))
        }
    }
}

fn personne(connu: &Connu, puce: Option<Puce>) -> Ligne {
    let traits = connu.identification.identite.traits();
    let detail = format!(
        "{} {}, {}, {} · identité {}",
        traits.nom_naissance(),
        traits.prenoms_naissance(),
        traits.date_naissance(),
        traits.sexe().libelle().to_lowercase(),
        connu.identification.identite.statut().libelle().to_lowercase()
    );
    let ligne = Ligne::new(connu.usager.nom_complet())
        .detail(detail)
        .lien(format!("/residents/{}/sejour", connu.usager.value.id))
        .icone(Icone::UserRound);
    match puce {
        Some(puce) => ligne.puce(puce),
        None => ligne,
    }
}

fn resultats(trouves: &[&Connu]) -> Markup {
    html! {
        @if trouves.is_empty() { (vide_bon("Aucun dossier ne correspond à cette date de naissance et à ce nom.")) }
        @else {
            (Alerte::new(Nature::Attention, "Ces personnes sont déjà connues de l'établissement.").texte("Ouvrez le dossier s'il s'agit de l'une d'elles : une nouvelle demande d'admission s'y ajoute, sans nouveau dossier."))
            (liste(&trouves.iter().map(|connu| personne(connu, None)).collect::<Vec<_>>()))
            h2 { "Aucune de ces personnes : créer un dossier" }
        }
    }
}

fn creation(proches: &[(Proximite, &Connu)], champs: &Champs, erreurs: &Erreurs) -> Markup {
    html! {
        @if !proches.is_empty() {
            (Alerte::new(Nature::Danger, "Identités proches déjà connues"))
            (liste(&proches.iter().map(|(proximite, connu)| personne(connu, Some(puce(*proximite)))).collect::<Vec<_>>()))
        }
        form class="formulaire" method="post" action="/residents/nouveau" {
            (cache("etape", "creer")) (cache("id", champs.texte("id"))) (cache("vus", &signature(proches)))
            @if !proches.is_empty() {
                (Case::new("autre_personne", "J'ai vérifié chacune des personnes ci-dessus : il s'agit de quelqu'un d'autre").erreur(erreurs.de("autre_personne")).requis())
            }
            (champs_traits(champs, erreurs))
            (champs_noms(champs, erreurs))
            (champs_demande(champs, erreurs))
            (boutons(&html! { (Bouton::envoyer("Créer le dossier").principal()) (Bouton::lien("Recommencer la recherche", "/residents/nouveau").discret()) }))
        }
    }
}

fn puce(proximite: Proximite) -> Puce {
    let etat = if proximite >= Proximite::Proche { Etat::Danger } else { Etat::ASurveiller };
    Puce::new(etat, proximite.libelle())
}
