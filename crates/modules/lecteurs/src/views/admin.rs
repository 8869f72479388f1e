//! Accounts of readers: the list, the form.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kernel::dates::{date_courte, date_heure, jour_local};
use maud::{Markup, html};
use platform::web::{Champs, Erreurs};
use ui::Icone;
use ui::bloc::{Bloc, EntetePage};
use ui::boutons::{Bouton, boutons};
use ui::champs::{Liste, Texte, cache};
use ui::liste::Fiche;
use ui::puces::{Etat, Puce};
use ui::vide::vide_depart;
use uuid::Uuid;

use crate::model::{Lecteur, NATURES, Recherches};

/// Vain searches from which an account is worth a look.
const A_VOIR: u32 = 5;

/// A reader and how their searches go.
pub(crate) struct Suivi {
    pub nom: String,
    pub ouvert: bool,
    pub recherches: Option<Recherches>,
    pub lecteur: Lecteur,
}

impl Suivi {
    /// Vain searches nobody looked at.
    pub(crate) fn vaines(&self) -> u32 {
        self.recherches.as_ref().map_or(0, |lues| lues.a_voir)
    }
}

/// Every reader.
pub(crate) fn liste(suivis: &[Suivi], now: Timestamp, fuseau: &TimeZone) -> Markup {
    html! {
        (EntetePage::new("Lecteurs extérieurs").phrase("SAMU, services d'urgences : un compte par personne, d'aucun établissement. Il ouvre le seul DLU d'une personne retrouvée exactement, quatre heures, pour un motif.")
            .actions(html! { (Bouton::lien("Nouveau lecteur", "/admin/lecteurs/nouveau").principal().icone(Icone::UserPlus)) }))
        @if suivis.is_empty() { (vide_depart(Icone::Users, "Aucun lecteur extérieur.", None)) }
        @for suivi in suivis { (un(suivi, now, fuseau)) }
    }
}

fn un(suivi: &Suivi, now: Timestamp, fuseau: &TimeZone) -> Markup {
    let lecteur = &suivi.lecteur;
    let nature = NATURES.iter().find(|(code, _)| *code == lecteur.nature).map_or("", |(_, mots)| mots);
    let fiche = Fiche::new()
        .ligne("Organisation", format!("{} ({nature})", lecteur.organisation))
        .ligne("Fonction", lecteur.fonction.to_string())
        .ligne("Téléphone", if lecteur.telephone.is_empty() { "–".to_owned() } else { lecteur.telephone.clone() })
        .ligne("Ouvert", format!("le {} par {}", date_courte(jour_local(lecteur.ouvert_le, fuseau)), lecteur.ouvert_par));
    let corps = html! {
        (fiche)
        @if let Some(lues) = &suivi.recherches { (recherches(suivi, lues, now, fuseau)) } @else { p { "Aucune recherche." } }
        p { (Bouton::lien("Compte", format!("/admin/comptes/{}", lecteur.compte)).petit().precision(suivi.nom.clone())) }
    };
    let mention = html! {
        @if !suivi.ouvert { (Puce::new(Etat::Archive, "fermé")) }
        @else if suivi.vaines() >= A_VOIR { (Puce::new(Etat::ASurveiller, "recherches à voir")) }
    };
    Bloc::new(suivi.nom.clone(), corps).mention(mention).render()
}

fn recherches(suivi: &Suivi, lues: &Recherches, now: Timestamp, fuseau: &TimeZone) -> Markup {
    let attente = lues.attente(now);
    html! {
        p {
            @if lues.a_voir == 0 { "Aucune recherche vaine à voir." }
            @else { (lues.a_voir) " recherche" @if lues.a_voir > 1 { "s" } " sans résultat, la dernière le " (date_heure(lues.derniere_le, fuseau)) "." }
            @if attente > 0 { " Le compte attend encore " (attente) " s." }
            @if let Some((le, qui)) = &lues.vues { " Vues le " (date_heure(*le, fuseau)) " par " (qui) "." }
        }
        @if lues.a_voir > 0 {
            form method="post" action=(format!("/admin/lecteurs/{}/recherches", lues.compte)) {
                (Bouton::envoyer("J'ai vu ces recherches").petit().precision(suivi.nom.clone()))
            }
        }
    }
}

/// The form of a new account.
pub(crate) fn formulaire(id: Uuid, champs: &Champs, erreurs: &Erreurs) -> Markup {
    let texte = |nom: &'static str, libelle: &str| {
        Texte::new(nom, libelle).valeur(champs.texte(nom)).erreur(erreurs.de(nom)).completion("off")
    };
    html! {
        (EntetePage::new("Nouveau lecteur extérieur").parent("Lecteurs extérieurs", "/admin/lecteurs")
            .phrase("Un compte par personne : le journal dit qui a lu. Le mot de passe à usage unique s'affiche une fois."))
        (erreurs.resume())
        form class="formulaire" method="post" action="/admin/lecteurs" {
            (cache("id", &id.to_string()))
            (texte("organisation", "Organisation").aide("Par exemple SAMU 63.").requis().maximum(80))
            (Liste::new("nature", "Ce qu'elle est").invite("Choisir").choix(NATURES).valeur(champs.texte("nature")).erreur(erreurs.de("nature")).requis())
            (texte("prenom", "Prénom").requis().maximum(80))
            (texte("nom", "Nom").requis().maximum(80))
            (texte("fonction", "Fonction").aide("Par exemple médecin régulateur.").requis().maximum(80))
            (Texte::telephone("telephone", "Téléphone de l'organisation").valeur(champs.texte("telephone")).erreur(erreurs.de("telephone")).maximum(30))
            (boutons(&html! { (Bouton::envoyer("Ouvrir le compte").principal()) (Bouton::lien("Renoncer", "/admin/lecteurs").discret()) }))
        }
    }
}
