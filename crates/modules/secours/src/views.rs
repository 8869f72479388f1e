//! Screens of the module.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kernel::id::UniteId;
use maud::{Markup, html};
use plan_de_soins::{Poste, ResidentDuTour, Tour};
use platform::store::Stored;
use platform::web::{Champs, Erreurs};
use ui::Icone;
use ui::age_donnee::age_donnee;
use ui::alerte::{Alerte, Nature};
use ui::bloc::{Bloc, EntetePage, pile};
use ui::boutons::{Bouton, boutons};
use ui::champs::{Date, Liste, cache};
use ui::filtres::Filtres;
use ui::puces::{Etat, Puce};
use ui::tableau::Tableau;
use ui::vide::{vide_bon, vide_depart};
use uuid::Uuid;

use crate::model::{Cause, Edition};
use crate::ressaisie::{Quoi, champ};

/// The list of editions.
pub(crate) fn editions(
    liste: &[Stored<Edition>],
    unites: &[(UniteId, String)],
    now: Timestamp,
    fuseau: &TimeZone,
    (peut_ouvrir, peut_ressaisir): (bool, bool),
    nouvel_id: Uuid,
) -> Markup {
    html! {
        (EntetePage::new("Classeurs de secours").phrase("Une photographie de chaque unité, à 06:00, 13:00 et 20:00, lisible et imprimable sans le serveur.").actions(html! {
            @if peut_ressaisir { (Bouton::lien("Ressaisir après une panne", "/secours/ressaisie").icone(Icone::FilePen)) }
        }))
        (pile(&html! {
            (Bloc::new("Dernière édition de chaque unité", dernieres(liste, unites, now, fuseau, peut_ouvrir, nouvel_id)).icone(Icone::Printer))
            @if liste.len() > unites.len() { (Bloc::new("Éditions précédentes", anciennes(liste, fuseau, peut_ouvrir)).icone(Icone::History)) }
        }))
    }
}

fn lien(edition: &Stored<Edition>) -> String {
    format!("/secours/classeur/{}", edition.id)
}

fn cause(edition: &Edition) -> String {
    match &edition.cause {
        Cause::Programmee { heure } => format!("édition de {heure}"),
        Cause::Demandee { par } => format!("à la demande de {par}"),
    }
}

fn dernieres(
    liste: &[Stored<Edition>],
    unites: &[(UniteId, String)],
    now: Timestamp,
    fuseau: &TimeZone,
    peut_ouvrir: bool,
    nouvel_id: Uuid,
) -> Markup {
    let mut tableau = Tableau::new("Dernière édition par unité")
        .legende_cachee()
        .colonne("Unité")
        .colonne("Éditée")
        .colonne("Dossier hors serveur")
        .colonne("Agir");
    for (unite, nom) in unites {
        let derniere = liste.iter().find(|edition| edition.unite == *unite);
        let agir = html! {
            @if peut_ouvrir {
                form class="rangee" method="post" action="/secours/classeur" {
                    (cache("unite", &unite.to_string())) (cache("id", &kernel::id::derived(nouvel_id, &unite.to_string()).to_string()))
                    @if let Some(derniere) = derniere { (Bouton::lien("Télécharger", lien(derniere)).petit().icone(Icone::Download).precision(nom)) }
                    (Bouton::envoyer("Éditer maintenant").petit().precision(nom))
                }
            }
        };
        tableau = tableau.ligne([
            html! { (nom) },
            html! {
                @match derniere {
                    Some(derniere) => {
                        (age_donnee(&kernel::dates::date_heure(derniere.edite_le, fuseau), now.duration_since(derniere.edite_le)))
                        " " span class="secondaire" { (kernel::dates::date_heure(derniere.edite_le, fuseau)) ", " (cause(derniere)) ", " (derniere.residents) " résidents" }
                    }
                    None => (Puce::new(Etat::EnRetard, "jamais éditée")),
                }
            },
            html! {
                @match derniere.map(|derniere| derniere.dans_le_dossier) {
                    Some(Some(true)) => (Puce::new(Etat::Fait, "copié")),
                    Some(Some(false)) => (Puce::new(Etat::Danger, "copie en échec")),
                    _ => span class="secondaire" { "aucun dossier réglé" },
                }
            },
            agir,
        ]);
    }
    tableau.si_vide(vide_depart(Icone::Printer, "Aucune unité n'est ouverte dans cet établissement.", None)).render()
}

fn anciennes(liste: &[Stored<Edition>], fuseau: &TimeZone, peut_ouvrir: bool) -> Markup {
    let mut tableau = Tableau::new("Éditions, les plus récentes d'abord")
        .legende_cachee()
        .dense()
        .colonne("Éditée le")
        .colonne("Unité")
        .colonne("Cause")
        .colonne("Fichier");
    for edition in liste.iter().take(60) {
        tableau = tableau.ligne([
            html! { (kernel::dates::date_heure(edition.edite_le, fuseau)) },
            html! { (edition.unite_nom) },
            html! { (cause(edition)) },
            html! { @if peut_ouvrir { a href=(lien(edition)) { "Télécharger" span class="lecteur" { " le classeur de " (edition.unite_nom) " du " (kernel::dates::date_heure(edition.edite_le, fuseau)) } } } },
        ]);
    }
    tableau.render()
}

/// What the page of re-entry is drawn from.
pub(crate) struct Ressaisie<'a> {
    pub(crate) quoi: &'a Quoi,
    pub(crate) tour: &'a Tour,
    pub(crate) unites: &'a [(UniteId, String)],
    pub(crate) champs: &'a Champs,
    pub(crate) erreurs: &'a Erreurs,
    pub(crate) fuseau: &'a TimeZone,
    pub(crate) nouvel_id: Uuid,
}

/// The page of re-entry.
pub(crate) fn ressaisie(vue: &Ressaisie<'_>) -> Markup {
    let creneau = vue.tour.creneau;
    let unites = vue.unites.iter().map(|(id, nom)| (id.to_string(), nom.clone()));
    let postes = Poste::TOUS.iter().map(|poste| (poste.code(), poste.libelle()));
    let attente: Vec<&ResidentDuTour> = vue.tour.residents.iter().filter(|resident| !resident.soins.is_empty()).collect();
    let id = match vue.champs.texte("id") {
        "" => vue.nouvel_id.to_string(),
        id => id.to_owned(),
    };
    html! {
        (EntetePage::new("Ressaisie après une panne").parent("Classeurs de secours", "/secours")
            .phrase("Les soins restés sans trace dans le poste. Cochez ce qui est noté sur la feuille : tout est enregistré comme saisi après coup."))
        (Filtres::new("/secours/ressaisie")
            .champ(Liste::new("unite", "Unité").sans_mention().invite("Mes unités").choix(unites).valeur(vue.quoi.unite.clone()).render())
            .champ(Date::new("jour", "Jour").valeur(creneau.jour.to_string()).sans_mention().render())
            .champ(Liste::new("poste", "Poste").sans_mention().choix(postes).valeur(creneau.poste.code()).render()))
        (vue.erreurs.resume())
        @if attente.is_empty() { (vide_bon("Tous les soins échus de ce poste ont une trace.")) }
        @else {
            form method="post" action="/secours/ressaisie" {
                (cache("id", &id)) (cache("unite", &vue.quoi.unite)) (cache("usager", &vue.quoi.usager))
                (cache("jour", &creneau.jour.to_string())) (cache("poste", creneau.poste.code()))
                (pile(&html! {
                    (Alerte::new(Nature::Info, "Une ligne sans réponse reste « non tracée ».").texte("Les mesures et les transmissions se ressaisissent dans le dossier, par les liens de chaque résident."))
                    @for resident in &attente { (fiche(vue, resident)) }
                    (boutons(&html! { (Bouton::envoyer("Enregistrer la ressaisie").principal().icone(Icone::Check)) (Bouton::lien("Ne rien enregistrer", "/secours").discret()) }))
                }))
            }
        }
    }
}

fn fiche(vue: &Ressaisie<'_>, resident: &ResidentDuTour) -> Markup {
    let usager = &resident.resident.usager.value;
    let href = resident.resident_href();
    let mut tableau =
        Tableau::new(format!("Soins de {}, chambre {}", usager.nom_complet(), resident.resident.sejour.chambre_libelle))
            .legende_cachee()
            .dense()
            .colonne("Soin")
            .colonne("Prévu")
            .colonne("Noté sur la feuille")
            .colonne("Heure notée");
    for soin in &resident.soins {
        let (issue, heure) = (champ("issue", usager.id, soin), champ("heure", usager.id, soin));
        let prevue = kernel::dates::heure_levee(soin.due, vue.fuseau);
        let choisie = vue.champs.texte(&issue);
        tableau = tableau.ligne([
            html! { (soin.ligne.libelle) },
            html! { (prevue) },
            html! {
                fieldset class="choix" {
                    legend class="lecteur" { (soin.ligne.libelle) ", " (prevue) }
                    @for (code, mot) in [("fait", "Fait"), ("refuse", "Refusé"), ("", "Rien de noté")] {
                        label class="choix-puce" { input type="radio" name=(issue) value=(code) checked[choisie == code]; span { (mot) } }
                    }
                }
            },
            html! {
                label class="lecteur" for=(heure) { "Heure notée pour " (soin.ligne.libelle) ", prévu à " (prevue) }
                input class="saisie saisie--court" type="time" id=(heure) name=(heure) value=(vue.champs.texte(&heure)) aria-invalid=[vue.erreurs.de(&heure).map(|_| "true")];
            },
        ]);
    }
    let par = format!("par-{}", usager.id);
    let contenu = html! {
        (tableau)
        div class="champ" {
            label for=(par) { "Initiales lues sur la feuille" }
            input class="saisie saisie--moyen" type="text" id=(par) name=(par) value=(vue.champs.texte(&par)) maxlength="60" autocomplete="off";
        }
    };
    let pied = html! {
        (Bouton::lien("Constantes", format!("{href}/constantes/saisir")).petit().icone(Icone::Activity).precision(usager.nom_parle()))
        (Bouton::lien("Transmission", format!("/transmissions/nouvelle?resident={}", usager.id)).petit().icone(Icone::MessageSquare).precision(usager.nom_parle()))
    };
    Bloc::new(format!("{}, ch. {}", usager.nom_complet(), resident.resident.sejour.chambre_libelle), contenu)
        .icone(Icone::User)
        .pied(pied)
        .render()
}
