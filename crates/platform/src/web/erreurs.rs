//! Error pages: in French, what happened, what is safe, what to do.

use http::StatusCode;
use maud::{Markup, html};
use ui::Page;
use ui::alerte::{Alerte, Nature};
use ui::boutons::Bouton;
use uuid::Uuid;

use crate::acces::MotifRefus;
use crate::erreur::{Erreur, Refus};

/// The sentence of a refusal.
pub(crate) fn phrase_refus(refus: &Refus) -> &'static str {
    match refus.motif {
        MotifRefus::Inconnu => "Cette page n'existe pas, ou son adresse a changé.",
        MotifRefus::Profession => "Votre fonction n'ouvre pas cette information.",
        MotifRefus::HorsUnite => "Cette personne n'est pas dans vos unités.",
        MotifRefus::Opposition => "La personne a choisi de ne pas partager cette information avec vous.",
        MotifRefus::Clos => "Le séjour est terminé : ce dossier ne reçoit plus d'écrit de ce type.",
        MotifRefus::AConfirmer => {
            "Vous avez ouvert beaucoup de dossiers en une heure. Confirmez que c'est bien vous pour en ouvrir d'autres."
        }
        MotifRefus::Freine => {
            "Beaucoup trop de dossiers ont été ouverts depuis votre compte en une heure : aucun autre ne s'ouvre. Ceux de cette heure restent lisibles."
        }
    }
}

struct Contenu {
    status: StatusCode,
    titre: &'static str,
    phrase: String,
    action: Markup,
}

fn retour() -> Markup {
    html! { (Bouton::lien("Revenir à l'accueil", "/accueil").principal()) }
}

fn refus(refus: &Refus) -> Contenu {
    let inconnu = refus.motif == MotifRefus::Inconnu;
    let action = match (refus.motif, refus.usager) {
        (MotifRefus::HorsUnite, Some(usager)) => html! {
            p { "En cas de nécessité de soins, un professionnel de santé peut ouvrir ce dossier : le motif est demandé, l'ouverture est inscrite au journal et relue par le cadre." }
            (Bouton::lien("Ouvrir en indiquant un motif", format!("/residents/{usager}/bris-de-glace")).principal())
            (Bouton::lien("Revenir à l'accueil", "/accueil").discret())
        },
        (MotifRefus::AConfirmer, Some(usager)) => html! {
            (Bouton::lien("Confirmer que c'est moi", format!("/confirmer?usager={usager}")).principal())
            (Bouton::lien("Revenir à l'accueil", "/accueil").discret())
        },
        (MotifRefus::Freine, _) => html! {
            p { "La direction, l'encadrement et le délégué à la protection des données en sont avertis. L'un d'eux peut rouvrir l'accès tout de suite dans « Bris de glace » ; sinon il se rouvre une heure après l'arrêt." }
            p { "En urgence : un collègue ouvre le dossier, ou prenez le classeur de secours de l'unité." }
            (retour())
        },
        _ => retour(),
    };
    Contenu {
        status: if inconnu { StatusCode::NOT_FOUND } else { StatusCode::FORBIDDEN },
        titre: if inconnu { "Page introuvable" } else { "Accès non ouvert" },
        phrase: phrase_refus(refus).to_owned(),
        action,
    }
}

fn contenu(erreur: &Erreur) -> Contenu {
    let simple = |status, titre, phrase: &str| Contenu { status, titre, phrase: phrase.to_owned(), action: retour() };
    match erreur {
        Erreur::Refus(detail) => refus(detail),
        Erreur::NonConnecte => Contenu {
            status: StatusCode::UNAUTHORIZED,
            titre: "Connexion nécessaire",
            phrase: "Votre session est terminée. Ce que vous avez enregistré est gardé.".into(),
            action: html! { (Bouton::lien("Se connecter", "/connexion").principal()) },
        },
        Erreur::SansEtablissement => simple(
            StatusCode::FORBIDDEN,
            "Aucun établissement",
            "Votre compte n'est rattaché à aucun établissement aujourd'hui. Demandez à votre cadre ou aux ressources humaines.",
        ),
        Erreur::Introuvable => simple(StatusCode::NOT_FOUND, "Page introuvable", "Cette page n'existe pas, ou son adresse a changé."),
        Erreur::Demande(phrase) => simple(StatusCode::BAD_REQUEST, "Demande non comprise", phrase),
        Erreur::Fusionne { garde, .. } => Contenu {
            status: StatusCode::CONFLICT,
            titre: "Dossier réuni à un autre",
            phrase: "Ce dossier vient d'être réuni à un autre dossier de la même personne. Rien n'a été enregistré : ouvrez le dossier gardé, vérifiez que c'est la bonne personne et recommencez.".into(),
            action: html! { (Bouton::lien("Ouvrir le dossier gardé", format!("/residents/{garde}")).principal()) },
        },
        Erreur::Conflit => simple(
            StatusCode::CONFLICT,
            "Modifié entre-temps",
            "Quelqu'un d'autre a modifié cette fiche pendant que vous l'aviez ouverte. Rien n'a été écrasé : revenez en arrière, relisez la version à jour et recommencez.",
        ),
        Erreur::DejaPris(_) => simple(StatusCode::CONFLICT, "Déjà utilisé", "Cette valeur est déjà utilisée par une autre fiche. Rien n'a été enregistré."),
        Erreur::Patience(secondes) => simple(
            StatusCode::TOO_MANY_REQUESTS,
            "Un instant",
            &format!("Plusieurs essais ont échoué. Recommencez dans {secondes} s."),
        ),
        Erreur::Plein => simple(
            StatusCode::INSUFFICIENT_STORAGE,
            "Enregistrement impossible pour le moment",
            "Le disque du serveur est plein : rien de nouveau ne peut être enregistré. Si vous veniez de saisir, votre saisie n'est pas enregistrée. Les dossiers s'ouvrent tant que leur lecture peut être inscrite au journal. Prévenez le service informatique.",
        ),
        Erreur::Panne(_) => simple(
            StatusCode::INTERNAL_SERVER_ERROR,
            "Une erreur est survenue",
            "Grappe n'a pas pu répondre. Ce qui était déjà enregistré est gardé. Réessayez ; si cela continue, donnez le code ci-dessous au service informatique.",
        ),
    }
}

/// The page of an error, with its status.
pub(crate) fn page(erreur: &Erreur, requete: Uuid, demo: bool) -> (StatusCode, Markup) {
    let contenu = contenu(erreur);
    let code = matches!(erreur, Erreur::Panne(_)).then(|| requete.simple().to_string());
    let corps = html! {
        h1 { (contenu.titre) }
        (Alerte::new(Nature::Attention, contenu.phrase.clone()))
        div class="pile" { (contenu.action) }
        @if let Some(code) = code { p class="secondaire" { "Code : " code { (code) } } }
    };
    (contenu.status, Page::seule(contenu.titre).demo(demo).contenu(corps).render())
}

impl axum::response::IntoResponse for Erreur {
    fn into_response(self) -> axum::response::Response {
        let (status, markup) = page(&self, Uuid::nil(), false);
        (status, [(http::header::CONTENT_TYPE, "text/html; charset=utf-8")], markup.into_string()).into_response()
    }
}
