//! One's own account, as its owner sees it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use maud::{Markup, html};
use platform::Services;
use platform::acces::Compte;
use platform::prelude::Stored;
use platform::web::{Erreurs, Methode, Session};
use ui::Icone;
use ui::alerte::{Alerte, Nature};
use ui::bloc::{Bloc, EntetePage, deux_volets};
use ui::boutons::{Bouton, boutons};
use ui::champs::{Radios, Texte, cache};
use ui::liste::{Ligne, liste};
use ui::puces::{Etat, Puce};
use uuid::Uuid;

use crate::pages::Lieux;

/// « Mon compte ».
pub(crate) struct MaPage<'a> {
    pub(crate) compte: &'a Stored<Compte>,
    pub(crate) sessions: &'a [Stored<Session>],
    pub(crate) courante: Option<Uuid>,
    pub(crate) lieux: Lieux,
    pub(crate) preferences: BTreeMap<String, String>,
    pub(crate) services: &'a Services,
    pub(crate) now: Timestamp,
    pub(crate) erreurs: &'a Erreurs,
}

impl MaPage<'_> {
    fn choix(&self, nom: &str, libelle: &str, choix: &[(&str, &str)]) -> Radios {
        let defaut = choix.first().map_or("", |(valeur, _)| *valeur);
        let valeur = self.preferences.get(nom).map_or(defaut, String::as_str);
        Radios::new(nom, libelle).choix(choix.iter().copied()).valeur(valeur).requis()
    }

    fn preferences(&self) -> Markup {
        html! {
            form class="formulaire" method="post" action="/preferences" {
                (cache("retour", "/compte"))
                (self.choix("theme", "Thème", &[("auto", "Selon l'appareil"), ("clair", "Clair"), ("nuit", "Nuit")]))
                (self.choix("taille", "Taille du texte", &[("100", "Normale"), ("115", "115 %"), ("130", "130 %"), ("150", "150 %")]))
                (self.choix("contraste", "Contraste renforcé", &[("non", "Non"), ("oui", "Oui")]))
                (self.choix("gants", "J'ai souvent des gants : cases plus grandes", &[("non", "Non"), ("oui", "Oui")]))
                (self.choix("gauche", "Colonne des actions", &[("non", "À droite"), ("oui", "À gauche")]))
                (self.choix("lettres", "Raccourcis d'une lettre", &[("oui", "Actifs"), ("non", "Coupés")]))
                (boutons(&html! { (Bouton::envoyer("Enregistrer mes préférences").principal()) }))
            }
        }
    }

    fn code(&self) -> Markup {
        let champ = |nom: &str, libelle: &str| Texte::mot_de_passe(nom, libelle).erreur(self.erreurs.de(nom)).requis();
        html! {
            p { "Six chiffres pour déverrouiller une tablette partagée où vous vous êtes déjà connecté. " @if self.compte.code.is_some() { "Un code est enregistré." } @else { "Vous n'avez pas encore de code." } }
            form class="formulaire" method="post" action="/compte/code" {
                (champ("code", "Nouveau code").aide("Pas de suite ni de chiffres répétés.").completion("off").chiffres())
                (champ("code_encore", "Le code, une seconde fois").completion("off").chiffres())
                (champ("mot_de_passe", "Votre mot de passe").completion("current-password"))
                (boutons(&html! { (Bouton::envoyer("Enregistrer le code")) }))
            }
        }
    }

    fn sessions(&self) -> Markup {
        let lignes: Vec<Ligne> = self
            .sessions
            .iter()
            .map(|session| {
                let ici = Some(session.id) == self.courante;
                let methode = match session.methode {
                    Methode::MotDePasse => "mot de passe",
                    Methode::Code => "code de tablette",
                    Methode::Provisoire => "bon de connexion",
                    Methode::Demo => "démonstration",
                };
                let ouverte = kernel::dates::date_heure(session.ouverte_le, &self.services.fuseau);
                let ligne = Ligne::new(format!("Ouverte le {ouverte}")).detail(format!("par {methode}{}", if session.poste.is_some() { ", sur une tablette partagée" } else { "" })).icone(Icone::Monitor);
                if ici {
                    return ligne.puce(Puce::new(Etat::Info, "cette session"));
                }
                ligne.actions(html! {
                    form method="post" action=(format!("/compte/sessions/{}/fermeture", session.id)) { (Bouton::envoyer("Fermer").petit().precision(format!("la session du {ouverte}"))) }
                })
            })
            .collect();
        html! { (liste(&lignes)) }
    }

    fn roles(&self) -> Markup {
        html! { ul { @for role in self.compte.habilitations.iter().filter(|role| role.active(self.now)) {
            li {
                (self.services.profils.get(&role.profil).map_or(role.profil.as_str(), |profil| profil.libelle.as_str()))
                ", " (self.lieux.etablissement(role.etablissement))
                @if let Some(au) = role.au { ", jusqu'au " (kernel::dates::date_heure(au, &self.services.fuseau)) }
            }
        } } }
    }

    pub(crate) fn render(&self) -> Markup {
        let securite = html! {
            (Bloc::new("Mot de passe", html! { (Bouton::lien("Changer mon mot de passe", "/compte/mot-de-passe").icone(Icone::KeyRound)) }).icone(Icone::Lock))
            (Bloc::new("Code de tablette", self.code()).icone(Icone::Tablet))
            (Bloc::new("Mes sessions", self.sessions()).icone(Icone::Monitor))
        };
        html! {
            (self.erreurs.resume())
            (deux_volets(
                &html! { (Bloc::new("Affichage", self.preferences()).id("preferences").icone(Icone::Type)) (Bloc::new("Mes habilitations", self.roles()).icone(Icone::ShieldCheck)) },
                &securite,
            ))
        }
    }
}

/// Choosing one's own password; `provisoire`: the person came in with a slip.
pub(crate) fn mot_de_passe(identifiant: &str, provisoire: bool, erreurs: &Erreurs) -> Markup {
    let champ = |nom: &str, libelle: &str, jeton: &str| {
        Texte::mot_de_passe(nom, libelle).erreur(erreurs.de(nom)).completion(jeton).requis()
    };
    html! {
        (EntetePage::new("Choisir son mot de passe"))
        (erreurs.resume())
        @if provisoire { (Alerte::new(Nature::Info, "Bienvenue. Votre bon de connexion a servi : choisissez maintenant votre propre mot de passe.")) }
        form class="formulaire" method="post" action="/compte/mot-de-passe" {
            input type="hidden" name="identifiant" value=(identifiant) autocomplete="username";
            @if !provisoire { (champ("ancien", "Mot de passe actuel", "current-password")) }
            (champ("nouveau", "Nouveau mot de passe", "new-password").aide("15 caractères au moins, sans autre règle. Quatre ou cinq mots sans rapport entre eux conviennent : un gestionnaire de mots de passe aussi."))
            (champ("encore", "Nouveau mot de passe, une seconde fois", "new-password"))
            (boutons(&html! { (Bouton::envoyer("Enregistrer").principal()) @if !provisoire { (Bouton::lien("Annuler", "/compte").discret()) } }))
        }
    }
}
