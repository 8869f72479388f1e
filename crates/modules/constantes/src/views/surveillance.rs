//! The watch list of units: alerts ranked, values to measure again, weighings due.

use jiff::tz::TimeZone;
use maud::{Markup, html};
use ui::Icone;
use ui::bloc::{Bloc, Chiffre, EntetePage, chiffres, pile};
use ui::boutons::Bouton;
use ui::champs::cache;
use ui::puces::{Etat, Puce};
use ui::tableau::Tableau;
use ui::vide::vide_bon;

use super::{etat_de, quand};
use crate::alertes::Gravite;
use crate::questions::Surveillance;
use crate::referentiel::{Grandeur, POIDS};

/// The page; `suivi` is the live list of the only unit shown.
pub(crate) fn page(
    liste: &[Surveillance],
    now: jiff::Timestamp,
    fuseau: &TimeZone,
    peut_saisir: bool,
    suivi: Option<&str>,
) -> Markup {
    let alertes: usize = liste.iter().map(|ligne| ligne.alertes.len()).sum();
    let attente: usize = liste.iter().map(|ligne| ligne.a_remesurer.len() + ligne.jumelles.len()).sum();
    let dues = liste.iter().filter(|ligne| ligne.pesee_due).count();
    let suivre = |bloc: Bloc| match suivi {
        Some(lane) => bloc.suivre(lane, "/constantes", true),
        None => bloc,
    };
    html! {
        (EntetePage::new("Constantes à surveiller").phrase(format!("{} présents", liste.len())))
        (chiffres(&[
            Chiffre::new(alertes.to_string(), "Alertes").lien("#alertes"),
            Chiffre::new(attente.to_string(), "À remesurer ou à confirmer").lien("#attente"),
            Chiffre::new(dues.to_string(), "Pesées à faire").lien("#pesees"),
        ]))
        (pile(&html! {
            (suivre(Bloc::new("Alertes", tableau_alertes(liste, now, fuseau)).id("alertes").icone(Icone::TriangleAlert)))
            (suivre(Bloc::new("À remesurer ou à confirmer", tableau_attente(liste, fuseau, peut_saisir)).id("attente").icone(Icone::CircleHelp)))
            (suivre(Bloc::new("Pesées à faire", pesees(liste, peut_saisir)).id("pesees").icone(Icone::Scale)))
        }))
    }
}

fn personne(ligne: &Surveillance) -> Markup {
    let usager = &ligne.resident.usager.value;
    html! {
        a href=(format!("/residents/{}/constantes", usager.id)) data-resident=(usager.id) { (usager.nom_complet()) }
        " " span class="secondaire insecable" { "ch. " (ligne.resident.sejour.chambre_libelle) }
    }
}

fn tableau_alertes(liste: &[Surveillance], now: jiff::Timestamp, fuseau: &TimeZone) -> Markup {
    let mut tableau = Tableau::new("Alertes, les plus urgentes d'abord")
        .legende_cachee()
        .colonne("Personne")
        .colonne("Alerte")
        .colonne("Quand")
        .colonne("Règle");
    let mut rangees: Vec<_> = liste.iter().flat_map(|ligne| ligne.alertes.iter().map(move |alerte| (ligne, alerte))).collect();
    rangees.sort_by_key(|(_, alerte)| alerte.rang());
    for (ligne, alerte) in rangees {
        let mot = if alerte.gravite == Gravite::Danger { "à voir maintenant" } else { "à surveiller" };
        let contexte = ligne.resident.sejour.etat.libelle();
        tableau = tableau.ligne([
            personne(ligne),
            html! { strong { (alerte.phrase) } " " (Puce::new(etat_de(alerte.gravite), mot)) @if !ligne.resident.est_present() { " " (contexte) } },
            html! { (quand(alerte.le, now, fuseau)) },
            html! { span class="secondaire" { (alerte.source) } },
        ]);
    }
    tableau.si_vide(vide_bon("Aucune valeur hors des seuils.")).render()
}

fn tableau_attente(liste: &[Surveillance], fuseau: &TimeZone, peut_saisir: bool) -> Markup {
    let mut tableau = Tableau::new("Valeurs à remesurer ou à confirmer")
        .legende_cachee()
        .colonne("Personne")
        .colonne("Valeur")
        .colonne("Quand")
        .colonne("Décider");
    for ligne in liste {
        for valeur in ligne.jumelles.iter().chain(&ligne.a_remesurer) {
            let nom = Grandeur::get(&valeur.type_code).map_or(valeur.type_code.as_str(), Grandeur::nom).to_owned();
            let base = format!("/residents/{}/constantes", valeur.usager);
            let decider = html! {
                form class="rangee" method="post" action=(format!("{base}/{}/trancher", valeur.id)) {
                    (cache("version", &valeur.version.to_string())) (cache("retour", "surveillance"))
                    @if valeur.jumelle_de.is_some() {
                        (Bouton::envoyer("Même mesure").petit().valeur("decision", "meme_mesure").precision(&nom))
                        (Bouton::envoyer("Deux mesures").petit().valeur("decision", "deux_mesures").precision(&nom))
                    } @else {
                        (Bouton::lien("Remesurer", format!("{base}/saisir?type={}", valeur.type_code)).petit().precision(&nom))
                        (Bouton::envoyer("Valeur juste").petit().valeur("decision", "juste").precision(&nom))
                    }
                }
            };
            let mot = super::dossier::raison(valeur);
            tableau = tableau.ligne([
                personne(ligne),
                html! { (nom) " " strong class="nombre" { (valeur.lisible()) } " " (Puce::new(Etat::EnAttente, mot)) },
                html! { (quand(valeur.mesuree_le, valeur.saisie_le, fuseau)) " · " (valeur.auteur_nom) },
                html! { @if peut_saisir { (decider) } },
            ]);
        }
    }
    tableau.si_vide(vide_bon("Rien à remesurer.")).render()
}

fn pesees(liste: &[Surveillance], peut_saisir: bool) -> Markup {
    let mut tableau = Tableau::new("Personnes non pesées depuis un mois").legende_cachee().colonne("Personne").colonne("Saisir");
    for ligne in liste.iter().filter(|ligne| ligne.pesee_due) {
        let href = format!("/residents/{}/constantes/saisir?type={POIDS}", ligne.resident.id());
        tableau = tableau.ligne([
            personne(ligne),
            html! { @if peut_saisir { (Bouton::lien("Saisir le poids", href).petit().precision(ligne.resident.usager.nom_parle())) } },
        ]);
    }
    html! {
        p class="secondaire" { "Au moins une pesée par mois (HAS, novembre 2021)." }
        (tableau.si_vide(vide_bon("Tout le monde a été pesé depuis un mois.")))
    }
}
