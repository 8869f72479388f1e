//! Our mailboxes and how their reading goes.

use jiff::tz::TimeZone;
use kernel::dates::date_heure;
use maud::{Markup, html};
use platform::store::Stored;
use platform::web::{Champs, Erreurs};
use ui::Icone;
use ui::bloc::{Bloc, EntetePage, pile};
use ui::boutons::{Bouton, boutons};
use ui::champs::{CasesACocher, Liste, Texte, cote_a_cote};
use ui::puces::{Etat, Puce};
use ui::tableau::Tableau;
use ui::vide::vide_depart;

use crate::messagerie::{GenreMessagerie, Messagerie, ReleveMessagerie};

/// Whom a mailbox may be given to.
#[derive(Debug, Default)]
pub(crate) struct Choix {
    /// Account, name.
    pub(crate) comptes: Vec<(String, String)>,
    /// Code of a profession, name.
    pub(crate) profils: Vec<(String, String)>,
}

/// What the page is drawn from.
pub(crate) struct Ecran<'a> {
    pub(crate) choix: &'a Choix,
    pub(crate) lues: &'a [(Stored<Messagerie>, Option<ReleveMessagerie>)],
    pub(crate) maisons: &'a [(String, String)],
    /// The house one is in.
    pub(crate) ici: String,
    pub(crate) champs: &'a Champs,
    pub(crate) erreurs: &'a Erreurs,
    pub(crate) peut: bool,
    pub(crate) fuseau: &'a TimeZone,
}

/// The page.
pub(crate) fn page(ecran: &Ecran<'_>) -> Markup {
    html! {
        (EntetePage::new("Messageries sécurisées").phrase("Les boîtes MSSanté de la grappe. Ce qui y arrive entre dans « Documents reçus » ; les documents partent de celle que choisit qui envoie. Celle d'une personne n'est lue que par elle, celle d'une fonction que par elle."))
        (ecran.erreurs.resume())
        (pile(&html! {
            (Bloc::new("Messageries", tableau(ecran)).icone(Icone::MailOpen))
            @if ecran.peut { (Bloc::new("Ouvrir une messagerie", formulaire(ecran)).icone(Icone::Plus)) }
        }))
    }
}

fn tableau(ecran: &Ecran<'_>) -> Markup {
    let mut tableau = Tableau::new("Messageries, par adresse")
        .legende_cachee()
        .colonne("Adresse")
        .colonne("Établissement")
        .colonne("Relève")
        .colonne("Agir");
    for (lue, releve) in ecran.lues {
        let maison =
            ecran.maisons.iter().find(|(id, _)| *id == lue.etablissement.to_string()).map_or("", |(_, nom)| nom.as_str());
        tableau = tableau.ligne([
            html! { (lue.adresse) br; span class="secondaire" { (lue.nom) ", " (lue.genre.libelle().to_lowercase()) (a_qui(ecran, lue)) } },
            html! { (maison) },
            etat(lue, releve.as_ref(), ecran.fuseau),
            html! { @if ecran.peut { (geste(lue)) } },
        ]);
    }
    tableau.si_vide(vide_depart(Icone::MailOpen, "Aucune messagerie n'est ouverte.", None)).render()
}

/// « : Ève Médecin », « : Infirmier·ère »; nothing for that of a house.
fn a_qui(ecran: &Ecran<'_>, lue: &Messagerie) -> String {
    let nom = |connus: &[(String, String)], code: &str| connus.iter().find(|(id, _)| id == code).map(|(_, nom)| nom.clone());
    let noms: Vec<String> = match lue.genre {
        GenreMessagerie::Personne => {
            lue.titulaire.iter().filter_map(|compte| nom(&ecran.choix.comptes, &compte.to_string())).collect()
        }
        GenreMessagerie::Role => lue.profils.iter().filter_map(|code| nom(&ecran.choix.profils, code)).collect(),
        GenreMessagerie::Etablissement | GenreMessagerie::Application => Vec::new(),
    };
    if noms.is_empty() { String::new() } else { format!(" : {}", noms.join(", ")) }
}

fn etat(lue: &Messagerie, releve: Option<&ReleveMessagerie>, fuseau: &TimeZone) -> Markup {
    if !lue.active {
        return html! { (Puce::new(Etat::Archive, "fermée")) };
    }
    match releve {
        None => html! { (Puce::new(Etat::EnAttente, "jamais relevée")) },
        Some(releve) => html! {
            @match &releve.panne {
                Some(panne) => {
                    (Puce::new(Etat::ARevoir, "en panne")) " " (panne) @if let Some(depuis) = releve.en_panne_depuis { " Depuis le " (date_heure(depuis, fuseau)) "." }
                    @if let Some(dite) = &releve.panne_dite { br; span class="secondaire" { "Réponse technique : " (dite) } }
                },
                None => (Puce::new(Etat::Fait, "relevée")),
            }
            @if let Some(vue) = releve.vue_le { " " span class="secondaire" { (date_heure(vue, fuseau)) ", " (releve.pris) " messages pris" } }
        },
    }
}

fn geste(lue: &Stored<Messagerie>) -> Markup {
    let (mot, geste) = if lue.active { ("Fermer", "fermer") } else { ("Rouvrir", "rouvrir") };
    html! {
        form method="post" action=(format!("/liaisons/messageries/{}/fermeture", lue.id)) {
            (Bouton::envoyer(mot).petit().valeur("geste", geste).precision(lue.adresse.clone()))
        }
    }
}

fn formulaire(ecran: &Ecran<'_>) -> Markup {
    let champ = |nom: &str| (ecran.champs.texte(nom).to_owned(), ecran.erreurs.de(nom).map(str::to_owned));
    let (adresse, nom, genre, maison) = (champ("adresse"), champ("nom"), champ("genre"), champ("etablissement"));
    let (titulaire, profils) = (champ("titulaire"), ecran.erreurs.de("profils").map(str::to_owned));
    html! {
        form class="formulaire" method="post" action="/liaisons/messageries" {
            (cote_a_cote(&html! {
                (Texte::courriel("adresse", "Adresse").valeur(adresse.0).requis().erreur(adresse.1))
                (Texte::new("nom", "Nom affiché").valeur(nom.0).requis().maximum(120).erreur(nom.1))
            }))
            (cote_a_cote(&html! {
                (Liste::new("genre", "À qui est-elle ?").sans_mention().choix(GenreMessagerie::TOUS.map(|(_, code, mots)| (code, mots))).valeur(genre.0).erreur(genre.1))
                (Liste::new("etablissement", "Établissement").sans_mention().choix(ecran.maisons.iter().map(|(id, nom)| (id.clone(), nom.clone()))).valeur(if maison.0.is_empty() { ecran.ici.clone() } else { maison.0 }).erreur(maison.1))
            }))
            (Liste::new("titulaire", "Titulaire, pour celle d'une personne").sans_mention().invite("Choisissez").choix(ecran.choix.comptes.iter().cloned()).valeur(titulaire.0).erreur(titulaire.1))
            (CasesACocher::new("profils", "Fonctions qui lisent et envoient, pour celle d'une fonction").sans_mention().choix(ecran.choix.profils.iter().cloned()).valeurs(ecran.champs.tous("profils")).erreur(profils))
            (boutons(&html! { (Bouton::envoyer("Ouvrir la messagerie").principal()) }))
        }
    }
}
