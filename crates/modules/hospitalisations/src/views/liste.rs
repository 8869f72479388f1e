//! The list of a house: who is in hospital, what is announced, what does not agree, appointments to come.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kernel::dates::date_heure;
use maud::{Markup, html};
use platform::acces::EtatSejour;
use platform::store::Stored;
use ui::Icone;
use ui::bloc::{Bloc, Chiffre, EntetePage, chiffres};
use ui::champs::{Liste, Texte};
use ui::filtres::Filtres;
use ui::impression::{Tirage, bouton_imprimer};
use ui::puces::{Etat, Puce};
use ui::tableau::Tableau;
use ui::vide::vide_bon;

use crate::pages::Filtre;
use crate::records::AvisIdentite;
use crate::suivi::Ligne;
use crate::views::puce;

const ETATS: [(&str, &str); 4] = [
    ("", "Tous"),
    ("hopital", "À l'hôpital"),
    ("annonces", "Sorties et entrées annoncées"),
    ("ecarts", "À rapprocher du séjour"),
];

/// What the list shows.
pub(crate) struct Ecran<'a> {
    pub lignes: &'a [Ligne],
    /// For each line, whether the ward may be shown.
    pub services: &'a [bool],
    pub avis: &'a [Stored<AvisIdentite>],
    pub filtre: &'a Filtre,
    pub lane: &'a str,
    pub peut: bool,
    pub now: Timestamp,
    pub fuseau: &'a TimeZone,
}

impl Ecran<'_> {
    fn annonce(&self, ligne: &Ligne) -> bool {
        let actuel = ligne.suivi.actuel(self.now);
        actuel.is_some_and(|episode| episode.est_attendu(self.now) || episode.sortie_prevue().is_some())
    }

    fn retenue(&self, ligne: &Ligne) -> bool {
        match self.filtre.etat.as_str() {
            "hopital" => ligne.est_a_l_hopital(self.now),
            "annonces" => self.annonce(ligne),
            "ecarts" => ligne.suivi.desaccord.is_some(),
            _ => ligne.compte(self.now),
        }
    }

    fn quand(&self, instant: Timestamp) -> String {
        date_heure(instant, self.fuseau)
    }

    fn retenues(&self) -> impl Iterator<Item = (&Ligne, bool)> {
        self.lignes.iter().zip(self.services.iter().copied()).filter(|(ligne, _)| self.retenue(ligne))
    }
}

/// The page.
pub(crate) fn page(ecran: &Ecran<'_>, tirage: &Tirage) -> Markup {
    let compter = |condition: &dyn Fn(&Ligne) -> bool| ecran.lignes.iter().filter(|ligne| condition(ligne)).count().to_string();
    let lien = |etat: &str| format!("/liaisons/hospitalisations?etat={etat}");
    let mut filtres = Filtres::new("/liaisons/hospitalisations")
        .champ(Texte::new("q", "Résident").valeur(&ecran.filtre.q).completion("off").render())
        .champ(Liste::new("etat", "Montrer").choix(ETATS).valeur(&ecran.filtre.etat).sans_mention().render())
        .compte(ecran.retenues().count(), "résident", "résidents");
    if !ecran.filtre.q.is_empty() {
        filtres = filtres.actif(&ecran.filtre.q, lien(&ecran.filtre.etat));
    }
    html! {
        (tirage.entete())
        (EntetePage::new("Hospitalisations").phrase("Qui est à l'hôpital, ce que les hôpitaux annoncent, ce qui diffère du séjour.").actions(bouton_imprimer()))
        (chiffres(&[
            Chiffre::new(compter(&|ligne| ligne.est_a_l_hopital(ecran.now)), "à l'hôpital").lien(lien("hopital")),
            Chiffre::new(compter(&|ligne| ecran.annonce(ligne)), "sorties ou entrées annoncées").lien(lien("annonces")),
            Chiffre::new(compter(&|ligne| ligne.suivi.desaccord.is_some()), "à rapprocher du séjour").lien(lien("ecarts")),
        ]))
        (filtres)
        div class="pile" data-liste=(ecran.lane) {
            (tableau(ecran))
            (rendez_vous(ecran))
            (avis(ecran))
        }
        (tirage.pied())
    }
}

fn tableau(ecran: &Ecran<'_>) -> Tableau {
    let mut tableau = Tableau::new("Résidents à l'hôpital ou annoncés")
        .legende_cachee()
        .colonne("Résident")
        .colonne("Hôpital")
        .colonne("Depuis")
        .colonne("Sortie")
        .colonne("Notre séjour")
        .colonne("À faire")
        .si_vide(vide_bon("Personne à l'hôpital, rien d'annoncé."));
    for (ligne, service) in ecran.retenues() {
        tableau = tableau.ligne(cellules(ecran, ligne, service));
    }
    tableau
}

fn cellules(ecran: &Ecran<'_>, ligne: &Ligne, service: bool) -> Vec<Markup> {
    let (usager, sejour) = (ligne.resident.id(), &ligne.resident.sejour);
    let episode = ligne.suivi.actuel(ecran.now).or(ligne.suivi.episodes.first().filter(|_| ligne.suivi.desaccord.is_some()));
    let sortie = episode.and_then(|episode| match (episode.fin(), episode.sortie_prevue()) {
        (Some(fin), _) => Some(format!("annoncée le {}", ecran.quand(fin))),
        (None, Some(prevue)) => Some(format!("prévue le {}", ecran.quand(prevue))),
        (None, None) => None,
    });
    let cellules = [
        html! { a href=(format!("/residents/{usager}/hospitalisations")) { (ligne.resident.usager.nom_complet()) }
        @if !sejour.chambre_libelle.is_empty() { br; small { "chambre " (sejour.chambre_libelle) } } },
        html! { @match episode {
            Some(episode) => { (episode.hopital.nom) @if let Some(nom) = episode.service().filter(|_| service) { br; small { (nom) } } " " (puce(episode)) },
            None => { (sejour.lieu) @if sejour.lieu.is_empty() { "non annoncé" } },
        } },
        html! { (episode.map(crate::Episode::debut).or(sejour.parti_le).map(|le| ecran.quand(le)).unwrap_or_default()) },
        html! { (sortie.unwrap_or_default()) },
        html! { (sejour.etat.libelle()) @if let (EtatSejour::Hospitalise, Some(parti)) = (sejour.etat, sejour.parti_le) { br; small { "depuis le " (ecran.quand(parti)) } } },
        a_faire(ecran, ligne),
    ];
    // On a narrow screen a cell is laid out beside its name: what it holds is one thing, and an empty one disappears.
    cellules
        .into_iter()
        .map(|cellule| {
            if cellule.0.is_empty() {
                cellule
            } else {
                html! { div { (cellule) } }
            }
        })
        .collect()
}

fn a_faire(ecran: &Ecran<'_>, ligne: &Ligne) -> Markup {
    let Some(desaccord) = ligne.suivi.desaccord else { return Markup::default() };
    let geste = desaccord.geste().filter(|_| ecran.peut);
    html! {
        (desaccord.phrase())
        @if let Some((verbe, code)) = geste { br; a href=(format!("/residents/{}/sejour/{code}", ligne.resident.id())) { (verbe) } }
    }
}

fn rendez_vous(ecran: &Ecran<'_>) -> Markup {
    let mut prochains: Vec<_> = ecran
        .lignes
        .iter()
        .zip(ecran.services.iter().copied())
        .flat_map(|(ligne, service)| ligne.suivi.a_venir(ecran.now).map(move |un| (ligne, un, service)))
        .collect();
    prochains.sort_by_key(|(_, un, _)| un.debut);
    if prochains.is_empty() {
        return Markup::default();
    }
    let corps = html! { ul { @for (ligne, un, service) in prochains {
        li { strong { (un.debut.map(|debut| ecran.quand(debut)).unwrap_or_default()) } ", "
            a href=(format!("/residents/{}/hospitalisations", ligne.resident.id())) { (ligne.resident.usager.nom_complet()) } ", " (un.hopital.nom)
            @if let Some(nom) = un.service.as_ref().filter(|_| service) { ", " (nom) } }
    } } };
    Bloc::new("Rendez-vous à venir", corps).icone(Icone::CalendarDays).render()
}

/// Differences of identity waiting for somebody, for those who read identities.
fn avis(ecran: &Ecran<'_>) -> Markup {
    let attendent: Vec<_> = ecran
        .avis
        .iter()
        .filter_map(|avis| Some((avis, ecran.lignes.iter().find(|ligne| ligne.resident.id() == avis.usager)?)))
        .collect();
    if attendent.is_empty() {
        return Markup::default();
    }
    let corps = html! { ul { @for (avis, ligne) in attendent {
        li { a href=(format!("/residents/{}/hospitalisations", avis.usager)) { (ligne.resident.usager.nom_complet()) } ", " (avis.hopital.nom) " : "
            (avis.ecarts.iter().map(|ecart| ecart.quoi.to_lowercase()).collect::<Vec<_>>().join(", ")) " " (Puce::new(Etat::ASurveiller, "à vérifier")) }
    } } };
    Bloc::new("Identités différentes à l'hôpital", corps).icone(Icone::Fingerprint).render()
}
