//! What the pages of units and rooms show.

use jiff::tz::TimeZone;
use kernel::id::{EtablissementId, UniteId};
use maud::{Markup, html};
use platform::prelude::Stored;
use platform::web::{Champs, Erreurs};
use ui::Icone;
use ui::alerte::{Alerte, Nature};
use ui::bloc::{Bloc, deux_volets};
use ui::boutons::{Bouton, boutons};
use ui::champs::{Case, Nombre, Radios, Texte, cache};
use ui::dialogue::Confirmation;
use ui::puces::{Etat, Puce};
use ui::tableau::Tableau;
use ui::vide::vide_depart;

use crate::{Chambre, Etablissement, Fermeture, Genres, Unite};

fn monter_descendre(action: &str, quoi: &str) -> Markup {
    html! {
        form class="rangee" method="post" action=(action) {
            (Bouton::envoyer("Monter").valeur("sens", "haut").petit().icone_seule(Icone::ChevronUp).precision(quoi))
            (Bouton::envoyer("Descendre").valeur("sens", "bas").petit().icone_seule(Icone::ChevronDown).precision(quoi))
        }
    }
}

pub(crate) fn liste(etablissement: &Etablissement, unites: &[Stored<Unite>], chambres: &[Stored<Chambre>]) -> Markup {
    let avec_lits = Genres::de(etablissement).hebergement;
    let mut tableau = Tableau::new("Unités, dans l'ordre de la tournée")
        .colonne("Ordre")
        .colonne("Unité")
        .colonne_nombre("Places")
        .colonne_nombre("Chambres")
        .colonne_nombre("Lits")
        .colonne("État")
        .si_vide(vide_depart(Icone::BedDouble, "Aucune unité. Créez la première ci-dessous.", None));
    for unite in unites {
        let siennes = chambres.iter().filter(|chambre| chambre.unite.0 == unite.id);
        let (nombre, lits) = siennes.fold((0, 0), |(n, lits), chambre| (n + 1, lits + chambre.lits.len()));
        tableau = tableau.ligne([
            monter_descendre(&format!("/admin/unites/{}/ordre", unite.id), unite.nom.as_str()),
            html! { a href=(format!("/admin/unites/{}", unite.id)) { (unite.nom.as_str()) } },
            html! { (unite.capacite) },
            html! { @if unite.de_jour || !avec_lits { "–" } @else { (nombre) } },
            html! { @if unite.de_jour || !avec_lits { "–" } @else { (lits) } },
            html! { @if unite.fermee { (Puce::new(Etat::Archive, "fermée")) } @else if unite.de_jour { (Puce::neutre("accueil de jour")) } @else { (Puce::new(Etat::Fait, "ouverte")) } },
        ]);
    }
    html! {
        @if !avec_lits { (Alerte::new(Nature::Info, "Ce service n'a pas d'hébergement : ses unités s'ouvrent sans chambre.")) }
        (tableau)
    }
}

pub(crate) fn formulaire(etablissement: EtablissementId, nouvel: &str, champs: &Champs, erreurs: &Erreurs) -> Markup {
    let contenu = html! {
        (erreurs.resume())
        form class="formulaire" method="post" action="/admin/unites" {
            (cache("id", nouvel)) (cache("etablissement", &etablissement.to_string()))
            (champs_unite(champs, erreurs))
            (boutons(&html! { (Bouton::envoyer("Créer l'unité").principal()) }))
        }
    };
    Bloc::new("Créer une unité", contenu).icone(Icone::Plus).render()
}

fn champs_unite(champs: &Champs, erreurs: &Erreurs) -> Markup {
    html! {
        (Texte::new("nom", "Nom de l'unité").valeur(champs.texte("nom")).erreur(erreurs.de("nom")).requis())
        (Nombre::new("capacite", "Places").valeur(champs.texte("capacite")).erreur(erreurs.de("capacite")))
        (Case::new("de_jour", "Accueil de jour ou PASA : sans lit").cochee(champs.coche("de_jour")))
    }
}

fn lignes_chambres(chambres: &[Stored<Chambre>]) -> Tableau {
    let mut tableau = Tableau::new("Chambres, dans l'ordre de la tournée")
        .legende_cachee()
        .colonne("Ordre")
        .colonne("Chambre")
        .colonne("Lits")
        .colonne("État")
        .colonne("Action")
        .si_vide(vide_depart(Icone::BedDouble, "Aucune chambre.", None));
    for chambre in chambres {
        let numero = chambre.numero.as_str();
        let reperes: Vec<&str> = chambre.lits.iter().map(|lit| lit.repere.as_str()).filter(|repere| !repere.is_empty()).collect();
        let action = html! {
            @if chambre.hors_service.is_some() {
                form method="post" action=(format!("/admin/chambres/{}/remise-en-service", chambre.id)) { (Bouton::envoyer("Remettre en service").petit().precision(numero)) }
            } @else { (Bouton::ouvrir("Mettre hors service…", format!("hs-{}", chambre.id)).petit().precision(numero)) }
        };
        tableau = tableau.ligne([
            monter_descendre(&format!("/admin/chambres/{}/ordre", chambre.id), numero),
            html! { strong id=(format!("chambre-{}", chambre.id)) { (numero) } },
            html! { @if reperes.is_empty() { "simple" } @else { "double : " (reperes.join(" et ")) } },
            html! { @if let Some(motif) = &chambre.hors_service { (Puce::new(Etat::Archive, "hors service")) " " (motif) } @else { (Puce::new(Etat::Fait, "en service")) } },
            action,
        ]);
    }
    tableau
}

fn histoire_fermetures(fermetures: &[Stored<Fermeture>], fuseau: &TimeZone) -> Markup {
    html! {
        @if !fermetures.is_empty() {
            (Bloc::new("Fermetures", html! { ul { @for version in fermetures.iter().rev() {
                li { @match version.rouverte_le {
                    Some(le) => { "Rouverte le " (kernel::dates::date_heure(le, fuseau)) "." },
                    None => { "Fermée le " (kernel::dates::date_heure(version.le, fuseau)) " : " (version.motif.as_str()) "." },
                } }
            } } }).calme())
        }
    }
}

pub(crate) fn fiche(
    lue: &Stored<Unite>,
    chambres: &[Stored<Chambre>],
    fermetures: &[Stored<Fermeture>],
    fuseau: &TimeZone,
    saisi: &Champs,
    erreurs: &Erreurs,
) -> Markup {
    let id = UniteId(lue.id);
    let (capacite, version) = (lue.capacite.to_string(), lue.version.to_string());
    let actuels =
        Champs::depuis(&[("nom", lue.nom.as_str()), ("capacite", &capacite), ("de_jour", if lue.de_jour { "oui" } else { "" })]);
    let champs = if erreurs.de("nom").or(erreurs.de("capacite")).is_some() { saisi } else { &actuels };
    let modifier = html! {
        form class="formulaire" method="post" action=(format!("/admin/unites/{id}")) {
            (cache("version", &version)) (champs_unite(champs, erreurs))
            (boutons(&html! { (Bouton::envoyer("Enregistrer").principal()) }))
        }
    };
    let ajouter = html! {
        form class="formulaire" method="post" action=(format!("/admin/unites/{id}/chambres")) {
            (Texte::new("numeros", "Numéros").aide("Une chambre : 201. Une suite : 201-212.").valeur(saisi.texte("numeros")).erreur(erreurs.de("numeros")).requis())
            (Radios::new("type", "Type").choix([("simple", "Simple, un lit"), ("double", "Double, lits porte (P) et fenêtre (F)")]).valeur(if saisi.texte("type").is_empty() { "simple" } else { saisi.texte("type") }).requis())
            (boutons(&html! { (Bouton::envoyer("Ajouter").principal()) }))
        }
    };
    let motif = |aide: &str| html! { (Texte::new("motif", "Motif").aide(aide).erreur(erreurs.de("motif")).requis()) };
    html! {
        (erreurs.resume())
        @if lue.fermee {
            (Alerte::new(Nature::Attention, "Cette unité est fermée : elle n'est plus proposée.").actions(html! {
                form method="post" action=(format!("/admin/unites/{id}/reouverture")) { (Bouton::envoyer("Rouvrir l'unité").petit()) }
            }))
        }
        (deux_volets(
            &html! { @if !lue.de_jour { (Bloc::new("Chambres", html! { (lignes_chambres(chambres)) }).icone(Icone::BedDouble)) (Bloc::new("Ajouter des chambres", ajouter).icone(Icone::Plus)) } },
            &html! { (Bloc::new("L'unité", modifier)) (histoire_fermetures(fermetures, fuseau)) },
        ))
        (Confirmation::new("fermer-unite", "Fermer cette unité ?", format!("{}. Rien n'est effacé. Les personnes qui y séjournent y restent jusqu'à leur mouvement.", lue.nom.as_str()), "Fermer l'unité", format!("/admin/unites/{id}/fermeture")).champs(motif("Travaux, réorganisation…")))
        @for chambre in chambres.iter().filter(|chambre| chambre.hors_service.is_none()) {
            (Confirmation::new(format!("hs-{}", chambre.id), "Mettre cette chambre hors service ?", format!("Chambre {}.", chambre.numero.as_str()), "Mettre hors service", format!("/admin/chambres/{}/hors-service", chambre.id))
                .champs(html! { (Texte::new(format!("motif-{}", chambre.id), "Motif").aide("Travaux, dégât des eaux…").requis()) }))
        }
    }
}
