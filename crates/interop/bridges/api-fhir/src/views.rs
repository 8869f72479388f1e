//! The pages of applications, as HTML.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kernel::dates::date_heure;
use kernel::id::EtablissementId;
use maud::{Markup, html};
use platform::prelude::*;
use ui::bloc::EntetePage;
use ui::boutons::{Bouton, boutons};
use ui::champs::{CasesACocher, Date, Radios, Texte, ZoneTexte, cache, cote_a_cote};
use ui::puces::{Etat, Puce};

use crate::portees;
use crate::records::{Abonnement, Application};

/// What the list shows.
pub(crate) struct Liste<'a> {
    pub(crate) applications: &'a [Stored<Application>],
    pub(crate) abonnements: &'a [Stored<Abonnement>],
    pub(crate) nom: &'a dyn Fn(EtablissementId) -> String,
    /// Address of the interface.
    pub(crate) base: &'a str,
    pub(crate) now: Timestamp,
    pub(crate) fuseau: &'a TimeZone,
    pub(crate) gerer: bool,
}

impl Liste<'_> {
    pub(crate) fn render(&self) -> Markup {
        let action =
            html! { @if self.gerer { (Bouton::lien("Ouvrir une application", "/admin/applications/nouvelle").principal()) } };
        html! {
            (EntetePage::new("Applications partenaires")
                .phrase("Les programmes d'hôpitaux et de plateformes qui lisent les dossiers par l'interface FHIR. Chaque lecture est inscrite au journal.")
                .actions(action))
            p class="secondaire" { "Adresse de l'interface : " code { (self.base) } }
            @if self.applications.is_empty() { p { "Aucune application n'a d'accès." } }
            @for lue in self.applications { (self.une(lue)) }
        }
    }

    fn etat(&self, lue: &Application) -> Puce {
        match (&lue.retrait, lue.ouverte(self.now)) {
            (Some(_), _) => Puce::new(Etat::Archive, "retirée"),
            (None, true) => Puce::new(Etat::Fait, "ouverte"),
            (None, false) => Puce::new(Etat::Archive, "terminée"),
        }
    }

    fn une(&self, lue: &Stored<Application>) -> Markup {
        let lieux: Vec<String> = lue.etablissements.iter().map(|id| (self.nom)(*id)).collect();
        let permis: Vec<String> =
            portees::lire(&lue.portees).map(|lues| lues.0.iter().map(portees::phrase).collect()).unwrap_or_default();
        html! {
            section class="carte" {
                h2 { (lue.nom.as_str()) " " (self.etat(lue)) }
                p { (lue.organisation.as_str()) @if let Some(finess) = &lue.finess { ", FINESS " (finess.as_str()) } }
                dl class="fiche" {
                    div class="fiche-ligne" { dt { "Identifiant (client_id)" } dd { code { (lue.compte) } } }
                    div class="fiche-ligne" { dt { "Établissements" } dd { (lieux.join(", ")) } }
                    div class="fiche-ligne" { dt { "Peut" } dd { ul { @for mots in &permis { li { (mots) } } } } }
                    div class="fiche-ligne" { dt { "Clés" } dd { (lue.cles.len()) } }
                    @if !lue.certificats.is_empty() { div class="fiche-ligne" { dt { "Certificats exigés" } dd { (lue.certificats.len()) } } }
                    div class="fiche-ligne" { dt { "Ouverte" } dd {
                        "le " (date_heure(lue.du, self.fuseau)) " par " (lue.ouverte_par)
                        @if let Some(au) = lue.au { ", jusqu'au " (date_heure(au, self.fuseau)) }
                    } }
                }
                (self.abonnements(lue))
                @if let Some(retrait) = &lue.retrait {
                    p { "Retirée le " (date_heure(retrait.le, self.fuseau)) " par " (retrait.par) @if !retrait.motif.is_empty() { " : " (retrait.motif) } }
                } @else if self.gerer { (retrait(lue)) }
            }
        }
    }

    fn abonnements(&self, lue: &Application) -> Markup {
        let siens: Vec<&Stored<Abonnement>> = self.abonnements.iter().filter(|un| un.compte == lue.compte).collect();
        html! { @if !siens.is_empty() {
            h3 { "Abonnements" }
            ul { @for un in siens { li {
                (un.genre) " vers " code { (un.adresse) } " "
                @if let Some(le) = un.ferme_le { (Puce::new(Etat::Archive, "fermé")) " le " (date_heure(le, self.fuseau)) }
                @else if un.echecs > 0 { (Puce::new(Etat::ARevoir, format!("{} échecs", un.echecs))) }
                @else { (Puce::new(Etat::Fait, "actif")) }
                @if !un.erreur.is_empty() { " " (un.erreur) }
            } } }
        } }
    }
}

fn retrait(lue: &Application) -> Markup {
    html! {
        form method="post" action=(format!("/admin/applications/{}/retrait", lue.compte)) class="formulaire" {
            (Texte::new("motif", "Motif du retrait"))
            (Bouton::envoyer("Retirer cette application").petit())
        }
    }
}

/// The form which opens an application.
pub(crate) fn formulaire(id: &str, lieux: &[(EtablissementId, String)], champs: &Champs, erreurs: &Erreurs) -> Markup {
    let texte = |nom: &str, libelle: &str| Texte::new(nom, libelle).valeur(champs.texte(nom)).erreur(erreurs.de(nom));
    let zone = |nom: &str, libelle: &str| ZoneTexte::new(nom, libelle).valeur(champs.texte(nom)).erreur(erreurs.de(nom));
    let choix = lieux.iter().map(|(id, nom)| (id.to_string(), nom.clone()));
    let profils = [
        ("partenaire_hospitalier", "Lire les dossiers (hôpital, plateforme régionale)"),
        ("partenaire_tracabilite", "Relire les traces d'accès"),
    ];
    let garde = if champs.texte("id").is_empty() { id } else { champs.texte("id") };
    html! {
        (EntetePage::new("Ouvrir une application").parent("Applications partenaires", "/admin/applications"))
        (erreurs.resume())
        form class="formulaire" method="post" action="/admin/applications" {
            (cache("id", garde))
            (cote_a_cote(&html! { (texte("nom", "Nom de l'application").requis()) (texte("organisation", "Organisation qui en répond").requis()) }))
            (texte("finess", "FINESS de l'organisation").aide("Neuf chiffres, s'il existe.").chiffres())
            (Radios::new("profil", "Ce que l'application fait").choix(profils).valeur(champs.texte("profil")).erreur(erreurs.de("profil")).requis())
            (CasesACocher::new("etablissement", "Établissements").choix(choix).valeurs(champs.tous("etablissement")).erreur(erreurs.de("etablissement")).requis())
            (zone("portees", "Portées").aide("Séparées par des espaces : system/Patient.read system/Observation.read").requis())
            (zone("cles", "Clés publiques (JWKS)").aide("Jeu de clés JSON : RSA d'au moins 2048 bits (RS384) ou EC P-384 (ES384), chacune avec un « kid ».").requis())
            (zone("certificats", "Certificats présentés (PEM)").aide("Facultatif : certificats IGC-Santé que l'application présente. Avec eux, ses jetons ne valent que sur une connexion qui montre le même certificat."))
            (texte("hotes", "Hôtes des notifications").aide("Noms d'hôtes vers lesquels elle peut demander à être prévenue, séparés par des espaces. Vide : aucun."))
            (Date::new("au", "Dernier jour").aide("Vide : sans date de fin.").valeur(champs.texte("au")).erreur(erreurs.de("au")))
            (boutons(&html! { (Bouton::envoyer("Ouvrir l'application").principal()) (Bouton::lien("Annuler", "/admin/applications").discret()) }))
        }
    }
}
