//! Writes the catalogue and three sample screens as static files, for the browser tests.
//!
//! Usage: `cargo run -p ui --example catalogue -- <folder>`

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use maud::{Markup, html};
use ui::alerte::{Alerte, Nature};
use ui::bloc::{Bloc, Chiffre, EntetePage, chiffres, deux_volets, grille};
use ui::boutons::Bouton;
use ui::catalogue::{bandeau_exemple, carte_exemple, catalogue};
use ui::champs::Texte;
use ui::choix_puces::ChoixPuces;
use ui::etincelle::etincelle;
use ui::liste::{Ligne, liste};
use ui::navigation::{Lien, Navigation, menu_creer};
use ui::onglets::Onglets;
use ui::page::{Contexte, Utilisateur};
use ui::pave_numerique::PaveNumerique;
use ui::progression::progression;
use ui::puces::{Etat, Puce};
use ui::verrou::{Tuile, tuiles};
use ui::vide::vide_bon;
use ui::{Icone, Page, assets};

fn main() -> io::Result<()> {
    let dossier = env::args().nth(1).map_or_else(|| PathBuf::from("."), PathBuf::from);
    for nom in assets::noms() {
        let adresse = assets::url(nom);
        let fichier = dossier.join(adresse.trim_start_matches('/'));
        fs::create_dir_all(fichier.parent().unwrap_or(&dossier))?;
        fs::write(fichier, assets::get(adresse).map_or(&[][..], |asset| asset.bytes))?;
    }
    ecrire(&dossier, "composants", &page("Composants", "/admin/composants", catalogue()).render())?;
    ecrire(&dossier, "accueil", &accueil().render())?;
    ecrire(&dossier, "tour", &tour().render())?;
    ecrire(&dossier, "dossier", &dossier_resident().render())?;
    ecrire(&dossier, "connexion", &connexion().render())?;
    ecrire(&dossier, "verrou", &verrou().render())
}

fn ecrire(dossier: &Path, nom: &str, contenu: &Markup) -> io::Result<()> {
    fs::write(dossier.join(format!("{nom}.html")), &contenu.0)
}

fn navigation(courant: &str) -> Navigation {
    Navigation::new(courant)
        .standard("/tour/soins")
        .groupe(
            "Accompagner",
            [
                Lien::new("Évaluations", "/evaluations", Icone::ClipboardList).compteur(3),
                Lien::new("Projets personnalisés", "/ppa", Icone::Target),
            ],
        )
        .groupe(
            "Organiser",
            [
                Lien::new("Agenda", "/agenda", Icone::CalendarDays),
                Lien::new("Animation", "/animation/planning", Icone::Palette),
                Lien::new("Cuisine", "/cuisine", Icone::ChefHat),
                Lien::new("Travaux", "/travaux", Icone::Wrench).compteur(2).urgent(),
                Lien::new("Messages", "/messages", Icone::MessagesSquare).compteur(2),
            ],
        )
        .groupe(
            "Soigner à distance",
            [
                Lien::new("Prescriptions", "/prescriptions", Icone::Pill),
                Lien::new("Pharmacie", "/pharmacie", Icone::PillBottle),
                Lien::new("Liaisons", "/liaisons/reception", Icone::MailOpen),
            ],
        )
        .groupe(
            "Piloter",
            [Lien::new("Indicateurs", "/indicateurs", Icone::ChartLine), Lien::new("Qualité", "/qualite/has", Icone::BadgeCheck)],
        )
        .groupe("Régler", [Lien::new("Composants", "/admin/composants", Icone::LayoutGrid)])
}

fn page(titre: &str, chemin: &str, contenu: Markup) -> Page {
    Page::new(titre)
        .nav(navigation(chemin))
        .contexte(Contexte {
            etablissement: "Les Genêts d’Or".to_owned(),
            unites: "Volcans + Dômes".to_owned(),
            poste: "matin".to_owned(),
        })
        .utilisateur(Utilisateur {
            id: "nadia".to_owned(),
            nom: "Roux".to_owned(),
            prenom: "Nadia".to_owned(),
            metier: "IDE".to_owned(),
        })
        .recherche("/recherche")
        .creer(menu_creer(&[
            ("Transmission", "/transmissions/nouvelle", Icone::MessageSquare),
            ("Constante", "/constantes", Icone::Activity),
            ("Demande de travaux", "/travaux/nouvelle", Icone::Wrench),
        ]))
        .urgence("/urgence")
        .demo(true)
        .contenu(contenu)
}

fn accueil() -> Page {
    let faire = liste(&[
        Ligne::new("Médicaments de 08:00")
            .detail("9 résidents sur 26, reprendre chambre 214")
            .icone(Icone::Pill)
            .lien("/tour/medicaments"),
        Ligne::new("Glycémie de M. OLMÈDE")
            .icone(Icone::TestTube)
            .puce(Puce::new(Etat::EnRetard, "depuis 07:30"))
            .lien("/residents/2"),
        Ligne::new("Pansement de Mme ZÉPHIRIN").detail("Talon droit, 10:00").icone(Icone::Bandage).lien("/residents/3"),
    ]);
    let absence = html! {
        p { "4 jours d’absence, environ 4 minutes de lecture." }
        ul class="puces" { li { (Puce::new(Etat::Danger, "2 chutes")) } li { (Puce::new(Etat::Danger, "1 hospitalisé")) } li { (Puce::new(Etat::Info, "11 changements de traitement").icone(Icone::Pill)) } li { (Puce::neutre("38 transmissions")) } }
    };
    let reponses = liste(&[
        Ligne::new("Lève-malade ch. 118 : réparé")
            .detail("Par Éric, hier")
            .icone(Icone::Wrench)
            .actions(Bouton::envoyer("C’est bon").petit().render()),
        Ligne::new("Dr LARGENTIÈRE : « Oui, passez à 500 mg »").icone(Icone::MessageSquare).lien("/messages/1"),
    ]);
    let surveiller = liste(&[
        Ligne::new("BRUMELLE, Marguerite")
            .detail("Chute 03:12, anticoagulant")
            .puce(Puce::new(Etat::Danger, "chute"))
            .lien("/residents/1"),
        Ligne::new("VALMORIN, Émile")
            .detail("Repas inférieurs à la moitié : 7 sur 12")
            .puce(Puce::new(Etat::ASurveiller, "−5,4 % en 30 j"))
            .lien("/residents/4"),
        Ligne::new("CASTEGRANE, Simone")
            .detail("38,4 °C à 06:10")
            .puce(Puce::new(Etat::ASurveiller, "fièvre"))
            .lien("/residents/5"),
    ]);
    page(
        "Accueil",
        "/accueil",
        html! {
            (EntetePage::new("Bonjour Nadia").phrase("samedi 21 novembre · Volcans et Dômes · matin"))
            (chiffres(&[Chiffre::new("57", "Résidents présents").tendance(Icone::Hospital, "1 hospitalisé"), Chiffre::new("9/26", "Médicaments de 08:00").lien("/tour"), Chiffre::new("3", "Soins en retard").lien("/tour"), Chiffre::new("2", "Notes à lire").lien("/notes")]))
            (grille(&html! {
                (Bloc::new("À faire maintenant", faire).icone(Icone::ListChecks).pied(Bouton::lien("Reprendre chambre 214", "/tour").principal().render()))
                (Bloc::new("Depuis votre dernier passage", absence).icone(Icone::History).pied(Bouton::lien("Lire la relève", "/releve").render()))
                (Bloc::new("À surveiller", surveiller).icone(Icone::Eye).mention(html! { "mes unités" }).pied(Bouton::lien("Tout voir", "/surveiller").petit().render()))
                (Bloc::new("Réponses à mes demandes", reponses).icone(Icone::Inbox))
                (Bloc::new("Pharmacie", vide_bon("Aucune question de la pharmacie.")).calme())
            }))
        },
    )
}

fn tour() -> Page {
    page("Tour de soins", "/tour/soins", html! {
        (EntetePage::new("Tour de soins · matin").phrase("Volcans · 26 résidents · samedi 21 nov. 09:12"))
        (Alerte::new(Nature::Reseau, "Hors ligne depuis 09:04. Vous pouvez continuer.").texte("7 saisies en attente d’envoi."))
        (progression(96, 154, "96 soins faits sur 154 · 3 en retard"))
        form method="get" action="/tour/soins" { (ChoixPuces::un("vue", "Afficher").sans_mention().envoi_direct().valeur("mes").choix([("mes", "Mes résidents"), ("unite", "Toute l’unité"), ("afaire", "À faire"), ("retard", "En retard")])) }
        (carte_exemple())
    })
    .fait("Toilette validée pour Mme BRUMELLE.", Some("/soins/1/annuler".to_owned()))
}

fn dossier_resident() -> Page {
    let principal = html! {
        (Bloc::new("Ce qui compte pour elle", html! { p { "« Je veux ma radio et mon châle. »" } p { "Préfère la toilette après 8 h 30. Ancienne institutrice, deux filles." } }).icone(Icone::Heart))
        (Bloc::new("À savoir pour les soins", html! { p { "Transfert à deux, lève-malade. Texture mixée, eau gélifiée. Appareil auditif gauche, lunettes." } }).icone(Icone::HandHelping))
        (Bloc::new("Tendances sur 90 jours", html! { p { (etincelle(&[546, 541, 538, 524], "Poids 52,4\u{a0}kg (−4\u{a0}%)")) } p { (etincelle(&[1, 2, 5, 2], "Douleur 2 sur 10")) } }).icone(Icone::ChartLine))
    };
    let cote = html! {
        (Bloc::new("Aujourd’hui", liste(&[
            Ligne::new("08:00 Médicaments").puce(Puce::new(Etat::Refuse, "1 refus")),
            Ligne::new("08:51 Toilette").puce(Puce::new(Etat::Fait, "fait · S. V.")),
            Ligne::new("10:00 Pansement du talon").puce(Puce::new(Etat::AFaire, "à faire")),
            Ligne::new("15:00 Cardiologue").puce(Puce::new(Etat::ASurveiller, "conflit")),
        ])).icone(Icone::Clock))
    };
    page("BRUMELLE, Marguerite", "/residents/1", html! {
        (Onglets::new("Dossier de Mme BRUMELLE", "/residents/1").onglet("Synthèse", "/residents/1").onglet("Soins", "/r/soins").onglet("Traitement", "/r/t").onglet("Transmissions", "/r/x").compteur(2).onglet("Constantes", "/r/c").onglet("Évaluations", "/r/e").onglet("PPA", "/r/p").onglet("Vie", "/r/v").onglet("Documents", "/r/d"))
        (EntetePage::new("Synthèse").actions(html! { (Bouton::lien("Transmission", "/t").principal().petit().icone(Icone::Plus)) (Bouton::lien("Constante", "/c").petit().icone(Icone::Plus)) (Bouton::lien("Imprimer", "/i").petit().icone(Icone::Printer)) }))
        (deux_volets(&principal, &cote))
    })
    .bandeau(bandeau_exemple().render())
}

fn connexion() -> Page {
    Page::seule("Connexion").demo(true).contenu(html! {
        (EntetePage::new("Connexion").phrase("Grappe « Les Sources Vives »"))
        form class="formulaire carte" method="post" action="/connexion" {
            (Texte::new("identifiant", "Identifiant").requis().completion("username"))
            (Texte::mot_de_passe("mot_de_passe", "Mot de passe").requis())
            (Bouton::envoyer("Se connecter").principal().large())
        }
    })
}

fn verrou() -> Page {
    let qui = |prenom: &str, nom: &str, metier: &str, choisie| Tuile {
        href: "#".to_owned(),
        prenom: prenom.to_owned(),
        nom: nom.to_owned(),
        metier: metier.to_owned(),
        choisie,
    };
    Page::seule_large("Verrou").contenu(html! {
        (EntetePage::new("Qui êtes-vous ?").phrase("Tablette 7 · Unité Volcans"))
        (tuiles(&[qui("Sophie", "Vidal", "AS", false), qui("Karim", "Abel", "AS", true), qui("Nadia", "Roux", "IDE", false), qui("Lina", "Morel", "ASH", false)], "/connexion"))
        form method="post" action="/verrou" { (PaveNumerique::code("code", "Code de Karim", 6)) }
    })
}
