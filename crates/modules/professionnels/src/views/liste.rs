//! The list of accounts.

use jiff::Timestamp;
use kernel::id::EtablissementId;
use maud::{Markup, html};
use platform::Services;
use platform::acces::{Compte, NatureCompte};
use platform::prelude::Stored;
use ui::Icone;
use ui::bloc::EntetePage;
use ui::boutons::Bouton;
use ui::champs::{Liste as ChampListe, Texte};
use ui::filtres::Filtres;
use ui::impression::Tirage;
use ui::pagination::Pagination;
use ui::puces::{Etat, Puce};
use ui::tableau::Tableau;
use ui::vide::vide_depart;

use crate::pages::Lieux;
use crate::pages::liste::{ETATS, Filtre};

/// The list with its filters.
pub(crate) struct Liste<'a> {
    pub(crate) filtre: &'a Filtre,
    pub(crate) base: String,
    pub(crate) etablissements: Vec<(EtablissementId, String)>,
    pub(crate) lieux: Lieux,
    pub(crate) comptes: Vec<&'a Stored<Compte>>,
    pub(crate) total: usize,
    pub(crate) courante: u32,
    pub(crate) pages: u32,
    pub(crate) creer: bool,
    pub(crate) remplacer: bool,
    pub(crate) services: &'a Services,
    pub(crate) now: Timestamp,
    pub(crate) auteur: String,
}

/// The state of an account as a chip.
pub(crate) fn puce_etat(compte: &Compte, now: Timestamp) -> Puce {
    if compte.ferme_le.is_some_and(|le| le <= now) {
        Puce::new(Etat::Archive, "fermé")
    } else if !compte.ouvert(now) {
        Puce::new(Etat::ARevoir, if compte.habilitations.iter().any(|role| now < role.du) { "à venir" } else { "expiré" })
    } else if compte.nature == NatureCompte::Temporaire {
        Puce::neutre("temporaire")
    } else {
        Puce::new(Etat::Fait, "ouvert")
    }
}

impl Liste<'_> {
    fn filtres(&self) -> Markup {
        let profils = self.services.profils.tous().map(|(code, profil)| (code.to_owned(), profil.libelle.clone()));
        let pluriel = if self.total > 1 { "comptes" } else { "compte" };
        let mut filtres = Filtres::new("/admin/comptes")
            .champ(Texte::new("q", "Nom ou identifiant").valeur(self.filtre.q.clone()).sans_mention().render())
            .champ(ChampListe::new("etat", "État").choix(ETATS).valeur(self.filtre.etat.clone()).sans_mention().render());
        if self.etablissements.len() > 1 {
            let choix = self.etablissements.iter().map(|(id, nom)| (id.to_string(), nom.clone()));
            let liste = ChampListe::new("etablissement", "Établissement")
                .choix([("", "Tous")])
                .choix(choix)
                .valeur(self.filtre.etablissement.clone());
            filtres = filtres.champ(liste.sans_mention().render());
        }
        filtres
            .champ(
                ChampListe::new("profil", "Profil")
                    .choix([("", "Tous")])
                    .choix(profils)
                    .valeur(self.filtre.profil.clone())
                    .sans_mention()
                    .render(),
            )
            .total(format!("{} {pluriel}", self.total))
            .render()
    }

    fn roles(&self, compte: &Compte) -> Markup {
        let actifs: Vec<_> = compte.habilitations.iter().filter(|role| role.active(self.now)).collect();
        let montres = if actifs.is_empty() { compte.habilitations.iter().rev().take(1).collect() } else { actifs };
        html! {
            @for role in montres {
                div {
                    (self.services.profils.get(&role.profil).map_or(role.profil.as_str(), |profil| profil.libelle.as_str()))
                    span class="secondaire" { " · " (self.lieux.etablissement(role.etablissement)) @let unites = self.lieux.unites(role.etablissement, &role.unites); @if !unites.is_empty() { ", " (unites) } }
                }
            }
        }
    }

    fn fin(&self, compte: &Compte) -> String {
        let roles: Vec<_> = compte.habilitations.iter().filter(|role| role.active(self.now)).collect();
        let fin = if roles.iter().any(|role| role.au.is_none()) {
            None
        } else {
            compte.habilitations.iter().filter_map(|role| role.au).max()
        };
        fin.map_or_else(|| "sans fin".to_owned(), |fin| kernel::dates::date_heure(fin, &self.services.fuseau))
    }

    pub(crate) fn render(&self) -> Markup {
        let actions = html! {
            @if self.remplacer { (Bouton::lien("Remplaçant en deux minutes", "/admin/comptes/remplacant").icone(Icone::UserPlus)) }
            @if self.creer { (Bouton::lien("Créer un compte", "/admin/comptes/nouveau").principal().icone(Icone::Plus)) }
            (ui::impression::bouton_imprimer())
        };
        let tirage = Tirage {
            etablissement: self
                .etablissements
                .first()
                .filter(|_| self.etablissements.len() == 1)
                .map_or_else(|| "Grappe".to_owned(), |(_, nom)| nom.clone()),
            titre: "Comptes et habilitations".into(),
            auteur: self.auteur.clone(),
            date: kernel::dates::date_heure(self.now, &self.services.fuseau),
            adresse: "/admin/comptes".into(),
        };
        let mut tableau = Tableau::new("Comptes")
            .legende_cachee()
            .dense()
            .colonne("Nom")
            .colonne("Identifiant")
            .colonne("Habilitations")
            .colonne("Fin")
            .colonne("État")
            .si_vide(vide_depart(Icone::Users, "Aucun compte ne correspond à ces filtres.", None));
        for compte in &self.comptes {
            tableau = tableau.ligne([
                html! { a href=(format!("/admin/comptes/{}", compte.id)) { (compte.nom_affiche) } },
                html! { code { (compte.identifiant) } },
                self.roles(compte),
                html! { span class="insecable" { (self.fin(compte)) } },
                html! { span class="insecable" { (puce_etat(compte, self.now)) } },
            ]);
        }
        html! {
            (tirage.entete())
            (EntetePage::new("Comptes").phrase("Qui se connecte, avec quelles habilitations, jusqu'à quand").actions(actions))
            (self.filtres())
            (tableau)
            @if self.pages > 1 { (Pagination::new(self.courante, self.pages, self.base.clone())) }
            (tirage.pied())
        }
    }
}
