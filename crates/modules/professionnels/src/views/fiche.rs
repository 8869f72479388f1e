//! The sheet of an account: who, roles past and present, what was done to it.

use std::collections::HashMap;

use jiff::Timestamp;
use kernel::id::CompteId;
use maud::{Markup, html};
use platform::Services;
use platform::acces::{CleProvisoire, Compte, Habilitation};
use platform::prelude::Stored;
use ui::Icone;
use ui::alerte::{Alerte, Nature};
use ui::bloc::{Bloc, EntetePage, deux_volets};
use ui::boutons::Bouton;
use ui::champs::{Texte, cache};
use ui::dialogue::Confirmation;
use ui::liste::Fiche as Lignes;
use ui::puces::{Etat, Puce};
use ui::tableau::Tableau;

use super::liste::puce_etat;
use crate::Professionnel;
use crate::pages::Lieux;

/// The sheet of an account.
pub(crate) struct Fiche<'a> {
    pub(crate) compte: &'a Stored<Compte>,
    pub(crate) versions: &'a [Stored<Compte>],
    pub(crate) professionnel: Option<&'a Stored<Professionnel>>,
    pub(crate) noms: HashMap<CompteId, (String, Option<String>)>,
    pub(crate) lieux: Lieux,
    pub(crate) sessions: usize,
    pub(crate) cle: Option<Stored<CleProvisoire>>,
    /// May close the account and give another password.
    pub(crate) ferme: bool,
    /// May give and end roles.
    pub(crate) habilite: bool,
    pub(crate) services: &'a Services,
    pub(crate) now: Timestamp,
}

impl Fiche<'_> {
    fn moment(&self, le: Timestamp) -> String {
        kernel::dates::date_heure(le, &self.services.fuseau)
    }

    fn profil(&self, code: &str) -> String {
        self.services.profils.get(code).map_or_else(|| code.to_owned(), |profil| profil.libelle.clone())
    }

    fn identite(&self) -> Lignes {
        let mut lignes = Lignes::new().ligne("Identifiant", self.compte.identifiant.clone());
        if let Some(un) = self.professionnel {
            lignes = lignes
                .ligne("Métier", self.profil(&un.metier))
                .ligne("RPPS", un.rpps.as_ref().map(|rpps| rpps.as_str().to_owned()).unwrap_or_default())
                .ligne("Téléphone", un.telephone.as_ref().map(|numero| numero.as_str().to_owned()).unwrap_or_default())
                .ligne("Courriel", un.courriel.clone().unwrap_or_default());
            for contrat in &un.contrats {
                let fin = contrat
                    .au
                    .map_or_else(|| "sans date de fin".to_owned(), |au| format!("au {}", kernel::dates::date_courte(au)));
                lignes = lignes.ligne(
                    "Contrat",
                    format!("{}, du {} {fin}", contrat.nature.libelle(), kernel::dates::date_courte(contrat.du)),
                );
            }
        } else {
            lignes = lignes.ligne("Contrat", "aucun contrat connu");
        }
        let acces = match (&self.cle, self.compte.mot_de_passe.is_empty()) {
            (Some(cle), true) => format!("bon de connexion à utiliser avant le {}", self.moment(cle.expire_le)),
            (None, true) => "bon de connexion expiré : à refaire".to_owned(),
            (_, false) => "choisi par la personne".to_owned(),
        };
        lignes
            .ligne("Mot de passe", acces)
            .ligne("Code de tablette", if self.compte.code.is_some() { "choisi" } else { "pas encore choisi" })
            .ligne("Sessions ouvertes", self.sessions.to_string())
    }

    fn puce_role(&self, role: &Habilitation) -> Puce {
        if role.active(self.now) {
            Puce::new(Etat::Fait, "en cours")
        } else if self.now < role.du {
            Puce::neutre("à venir")
        } else {
            Puce::new(Etat::Archive, "terminée")
        }
    }

    fn roles(&self) -> Markup {
        let mut tableau = Tableau::new("Liste des habilitations")
            .legende_cachee()
            .colonne("Profil")
            .colonne("Lieu")
            .colonne("Dates")
            .colonne("État");
        if self.habilite {
            tableau = tableau.colonne("Action");
        }
        for (rang, role) in self.compte.habilitations.iter().enumerate() {
            let unites = self.lieux.unites(role.etablissement, &role.unites);
            let fin = role.au.map_or_else(|| "sans date de fin".to_owned(), |au| format!("au {}", self.moment(au)));
            let mut cellules = vec![
                html! { (self.profil(&role.profil)) },
                html! { (self.lieux.etablissement(role.etablissement)) @if !unites.is_empty() { span class="secondaire" { ", " (unites) } } },
                html! { "du " (self.moment(role.du)) " " (fin) },
                html! { span class="insecable" { (self.puce_role(role)) } },
            ];
            if self.habilite {
                let en_cours = role.au.is_none_or(|au| self.now < au);
                cellules.push(html! { @if en_cours {
                    form method="post" action=(format!("/admin/comptes/{}/habilitations/fin", self.compte.id)) data-confirmer="Terminer cette habilitation maintenant ?" {
                        (cache("version", &self.compte.version.to_string())) (cache("rang", &rang.to_string()))
                        (Bouton::envoyer("Terminer").petit().precision(self.profil(&role.profil)))
                    }
                } });
            }
            tableau = tableau.ligne(cellules);
        }
        html! { (tableau) }
    }

    /// What changed between two versions, in words.
    fn changements(&self, avant: Option<&Compte>, apres: &Compte) -> Vec<String> {
        let Some(avant) = avant else { return vec!["Compte ouvert".to_owned()] };
        let mut mots = Vec::new();
        for role in apres.habilitations.iter().skip(avant.habilitations.len()) {
            mots.push(format!(
                "Habilitation ajoutée : {}, {}",
                self.profil(&role.profil),
                self.lieux.etablissement(role.etablissement)
            ));
        }
        for (ancien, nouveau) in avant.habilitations.iter().zip(&apres.habilitations) {
            if ancien.au != nouveau.au {
                mots.push(format!("Fin de l'habilitation : {}", self.profil(&nouveau.profil)));
            }
        }
        if avant.ferme_le != apres.ferme_le {
            mots.push("Compte fermé".to_owned());
        }
        match (avant.mot_de_passe == apres.mot_de_passe, apres.mot_de_passe.is_empty()) {
            (false, true) => mots.push("Mot de passe réinitialisé".to_owned()),
            (false, false) => mots.push("Mot de passe choisi".to_owned()),
            (true, _) => {}
        }
        if avant.code != apres.code {
            mots.push("Code de tablette choisi".to_owned());
        }
        if mots.is_empty() {
            mots.push("Préférences d'affichage".to_owned());
        }
        mots
    }

    fn histoire(&self) -> Markup {
        let mut lignes = Vec::new();
        for (rang, version) in self.versions.iter().enumerate().rev().take(30) {
            let avant = rang.checked_sub(1).and_then(|rang| self.versions.get(rang)).map(|version| &version.value);
            let auteur = self.noms.get(&CompteId(version.author)).map_or("Grappe", |(nom, _)| nom.as_str());
            lignes.push((self.moment(version.recorded), auteur, self.changements(avant, &version.value).join(" ; ")));
        }
        html! { ul { @for (le, auteur, mots) in lignes { li { (le) " : " (mots) " " span class="secondaire" { "par " (auteur) } } } } }
    }

    fn dialogues(&self) -> Markup {
        let base = format!("/admin/comptes/{}", self.compte.id);
        let motif =
            html! { (Texte::new("motif", "Motif").aide("Départ, fin de mission, compte inutile… Sans donnée de santé.")) };
        html! {
            (Confirmation::new("fermer-compte", "Fermer ce compte ?", format!("{}. Toutes ses sessions se terminent maintenant.", self.compte.nom_affiche), "Fermer le compte", format!("{base}/fermeture")).champs(motif))
            (Confirmation::new("refaire-mot-de-passe", "Donner un nouveau mot de passe ?", format!("{}. L'ancien ne vaut plus rien et les sessions se terminent. Un bon à usage unique s'affiche.", self.compte.nom_affiche), "Donner un bon de connexion", format!("{base}/mot-de-passe")))
        }
    }

    pub(crate) fn render(&self) -> Markup {
        let ferme = self.compte.ferme_le.filter(|le| *le <= self.now);
        let actions = html! {
            @if self.ferme && ferme.is_none() {
                (Bouton::ouvrir("Nouveau mot de passe…", "refaire-mot-de-passe").icone(Icone::KeyRound))
                (Bouton::ouvrir("Fermer le compte…", "fermer-compte").danger().icone(Icone::UserX))
            }
        };
        let ajouter = html! { @if self.habilite && ferme.is_none() { (Bouton::lien("Ajouter une habilitation", format!("/admin/comptes/{}/habilitations", self.compte.id)).petit().icone(Icone::Plus)) } };
        html! {
            (EntetePage::new(self.compte.nom_affiche.clone()).parent("Comptes", "/admin/comptes").actions(actions))
            p { (puce_etat(self.compte, self.now)) }
            @if let Some(le) = ferme { (Alerte::new(Nature::Info, format!("Compte fermé le {}.", self.moment(le)))) }
            (deux_volets(
                &html! { (Bloc::new("Habilitations", self.roles()).icone(Icone::ShieldCheck).pied(ajouter)) (Bloc::new("Historique", self.histoire()).icone(Icone::History)) },
                &Bloc::new("La personne", html! { (self.identite()) }).icone(Icone::User).render(),
            ))
            @if self.ferme && ferme.is_none() { (self.dialogues()) }
        }
    }
}
