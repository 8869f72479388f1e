//! What the kitchen sees.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kernel::dates::{date_heure, jour_local};
use kernel::id::{UniteId, UsagerId};
use maud::{Markup, html};
use platform::acces::EtatSejour;
use platform::store::Stored;
use sejours::Resident;
use ui::Icone;
use ui::bloc::{Bloc, Chiffre, EntetePage, chiffres};
use ui::boutons::{Bouton, boutons};
use ui::champs::cache;
use ui::impression::{Tirage, bouton_imprimer};
use ui::liste::{Ligne, liste};
use ui::puces::{Etat, Puce};
use ui::tableau::Tableau;
use ui::vide::vide_bon;
use usagers::{Allergies, Usager};

use crate::avis::{Avis, Effet};
use crate::table::{Service, compter, mange};

/// What the board shows.
pub(crate) struct Ecran<'a> {
    pub residents: &'a [Resident],
    pub avis: &'a [Avis],
    pub personnes: &'a [Stored<Usager>],
    /// In hospital by the hospital, still here by our record.
    pub annonces: &'a [UsagerId],
    pub unites: &'a [(UniteId, String)],
    pub peut: bool,
    pub lit_regimes: bool,
    pub now: Timestamp,
    pub fuseau: &'a TimeZone,
}

impl Ecran<'_> {
    fn nom(&self, usager: UsagerId) -> String {
        let connu = self.personnes.iter().find(|une| une.value.id == usager).map(|une| une.nom_complet());
        let present =
            || self.residents.iter().find(|resident| resident.id() == usager).map(|resident| resident.usager.nom_complet());
        connu.or_else(present).unwrap_or_else(|| "Personne hors de vos droits".to_owned())
    }

    fn unite(&self, resident: &Resident) -> &str {
        self.unites.iter().find(|(unite, _)| Some(*unite) == resident.sejour.unite).map_or("", |(_, nom)| nom)
    }
}

/// The head of the page, and of its print.
pub(crate) fn entete(tirage: &Tirage) -> Markup {
    html! {
        (tirage.entete())
        (EntetePage::new("Cuisine").phrase("Qui mange dans la maison, et ce qui a changé. En direct.").actions(html! { (Bouton::lien("Feuille de service", "/cuisine/feuille").icone(Icone::FileText)) (bouton_imprimer()) }))
    }
}

/// The head of the sheet.
pub(crate) fn entete_feuille(tirage: &Tirage) -> Markup {
    html! {
        (tirage.entete())
        (EntetePage::new("Feuille de service").phrase(format!("Personne par personne, {}.", tirage.date)).parent("Cuisine", "/cuisine").actions(bouton_imprimer()))
    }
}

/// The board, followed live.
pub(crate) fn tableau(ecran: &Ecran<'_>, lane: &str) -> Markup {
    let aujourd_hui = jour_local(ecran.now, ecran.fuseau);
    let compte = |service: Service| ecran.residents.iter().filter(|resident| mange(resident, service, aujourd_hui)).count();
    let couverts: Vec<Chiffre> =
        Service::TOUS.iter().map(|service| Chiffre::new(compte(*service).to_string(), service.libelle())).collect();
    let corps = html! {
        (chiffres(&couverts))
        (changements(ecran))
        (absents(ecran))
        (regimes(ecran))
    };
    Bloc::new("Effectif", corps).id("cuisine").icone(Icone::Utensils).suivre(lane, "/cuisine/tableau", false).render()
}

fn changements(ecran: &Ecran<'_>) -> Markup {
    let corps = html! {
        @if ecran.avis.is_empty() { (vide_bon("Aucun changement à noter.")) }
        @for avis in ecran.avis {
            @let nom = ecran.nom(avis.usager);
            div class="avis-couvert" {
                (if avis.effet == Effet::Moins { Puce::new(Etat::ASurveiller, "un couvert de moins") } else { Puce::new(Etat::Fait, "un couvert de plus") })
                span { strong { (nom) } ", " (avis.phrase) ", " (date_heure(avis.le, ecran.fuseau)) }
                @if ecran.peut {
                    form class="pousse sans-impression" method="post" action="/cuisine/avis" {
                        (cache("mouvement", &avis.mouvement.to_string()))
                        (Bouton::envoyer("La cuisine le sait").petit().precision(nom))
                    }
                }
            }
        }
        @if ecran.peut && ecran.avis.len() > 1 {
            form class="sans-impression" method="post" action="/cuisine/avis" {
                @for avis in ecran.avis { (cache("mouvement", &avis.mouvement.to_string())) }
                (boutons(&html! { (Bouton::envoyer(format!("La cuisine sait ces {} changements", ecran.avis.len()))) }))
            }
        }
    };
    Bloc::new("À noter", corps).niveau_trois().icone(Icone::Inbox).render()
}

fn absents(ecran: &Ecran<'_>) -> Markup {
    let parti = |resident: &&Resident| matches!(resident.sejour.etat, EtatSejour::Hospitalise | EtatSejour::Absent);
    let ligne = |resident: &Resident| {
        let depuis =
            resident.sejour.parti_le.map(|le| format!(" depuis le {}", date_heure(le, ecran.fuseau))).unwrap_or_default();
        Ligne::new(resident.usager.nom_complet()).detail(format!("{}{depuis}", resident.sejour.etat.libelle()))
    };
    let mut lignes: Vec<Ligne> = ecran.residents.iter().filter(parti).map(ligne).collect();
    lignes.extend(ecran.annonces.iter().map(|usager| {
        Ligne::new(ecran.nom(*usager))
            .detail("à l'hôpital selon l'hôpital, noté présent ici")
            .puce(Puce::new(Etat::ASurveiller, "à vérifier avec l'équipe"))
    }));
    let corps = html! { @if lignes.is_empty() { (vide_bon("Personne n'est parti.")) } @else { (liste(&lignes)) } };
    Bloc::new("Ne mangent pas ici", corps).niveau_trois().icone(Icone::LogOut).render()
}

fn regimes(ecran: &Ecran<'_>) -> Markup {
    let aujourd_hui = jour_local(ecran.now, ecran.fuseau);
    let ici = ecran.residents.iter().filter(|resident| mange(resident, Service::CeSoir, aujourd_hui));
    let Some(comptes) = compter(ici, ecran.lit_regimes) else { return html! {} };
    let en_chiffres = |compte: &BTreeMap<String, usize>| -> Vec<Chiffre> {
        compte.iter().map(|(nom, nombre)| Chiffre::new(nombre.to_string(), nom.clone())).collect()
    };
    let corps = html! {
        p { "Textures" } (chiffres(&en_chiffres(&comptes.textures)))
        @if comptes.regimes.is_empty() { p { "Aucun régime noté." } } @else { p { "Régimes" } (chiffres(&en_chiffres(&comptes.regimes))) }
    };
    Bloc::new("Textures et régimes de ce soir", corps).niveau_trois().icone(Icone::Utensils).render()
}

fn allergies(resident: &Resident) -> String {
    match resident.alertes.as_ref().map(|alertes| &alertes.allergies) {
        Some(Allergies::Connues { liste }) => liste.iter().map(|une| une.agent.clone()).collect::<Vec<_>>().join(", "),
        Some(Allergies::Aucune { .. }) => "aucune connue".to_owned(),
        Some(Allergies::Indisponible) => "personne ne sait".to_owned(),
        Some(Allergies::NonRenseignees) | None => "non renseignées".to_owned(),
    }
}

/// One row a person who eats here tonight or at the next lunch.
pub(crate) fn feuille(ecran: &Ecran<'_>) -> Markup {
    let aujourd_hui = jour_local(ecran.now, ecran.fuseau);
    let mut tableau = Tableau::new("Personne par personne").colonne("Unité et chambre").colonne("Nom").colonne("Repas").dense();
    if ecran.lit_regimes {
        tableau = tableau.colonne("Texture, régime, boisson").colonne("Allergies");
    }
    for resident in ecran.residents {
        let services: Vec<&str> = Service::TOUS
            .iter()
            .filter(|service| mange(resident, **service, aujourd_hui))
            .map(|service| service.libelle())
            .collect();
        if services.is_empty() {
            continue;
        }
        let place = [ecran.unite(resident), &resident.sejour.chambre_libelle].into_iter().filter(|mot| !mot.is_empty());
        let place = place.collect::<Vec<_>>().join(", ");
        let mut cellules = vec![
            html! { @if place.is_empty() { "sans chambre" } @else { (place) } },
            html! { (resident.usager.nom_complet()) },
            html! { (services.join(", ").to_lowercase()) },
        ];
        if ecran.lit_regimes {
            let ecrits = resident.alertes.as_ref().map(|lues| [&lues.texture, &lues.regime, &lues.boisson]);
            let mots: Vec<&str> = ecrits.iter().flatten().map(|mot| mot.as_str()).filter(|mot| !mot.is_empty()).collect();
            cellules.push(html! { @if mots.is_empty() { "normale" } @else { (mots.join(", ")) } });
            cellules.push(html! { (allergies(resident)) });
        }
        tableau = tableau.ligne(cellules);
    }
    tableau.si_vide(vide_bon("Personne ne mange dans la maison.")).render()
}
