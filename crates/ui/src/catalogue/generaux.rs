use jiff::SignedDuration;
use maud::{Markup, html};

use crate::age_donnee::age_donnee;
use crate::alerte::{Alerte, Nature};
use crate::bloc::{Bloc, Chiffre, chiffres as rangee_chiffres, grille};
use crate::boutons::{Bouton, Ton, boutons as rangee_boutons};
use crate::champs::{Liste, Texte, ZoneTexte};
use crate::dialogue::{Confirmation, Dialogue};
use crate::etapes::etapes;
use crate::etincelle::etincelle;
use crate::filtres::Filtres;
use crate::icone::Icone;
use crate::liste::{Fiche, Ligne, liste};
use crate::onglets::Onglets;
use crate::page::toast;
use crate::pagination::Pagination;
use crate::photo::Photo;
use crate::progression::progression;
use crate::puces::{Etat, Puce, puces as groupe_puces};
use crate::resume_erreurs::ResumeErreurs;
use crate::squelette::squelette;
use crate::tableau::Tableau;
use crate::vide::{vide_bon, vide_depart};

pub(super) fn boutons() -> Markup {
    html! {
        (rangee_boutons(&html! {
            (Bouton::envoyer("Enregistrer").principal().icone(Icone::Save))
            (Bouton::envoyer("Donné").valider().icone(Icone::Check))
            (Bouton::lien("Voir la journée", "#boutons"))
            (Bouton::envoyer("Arrêter le traitement").danger().icone(Icone::OctagonAlert))
            (Bouton::envoyer("Arrêter la lamotrigine").ton(Ton::DangerPlein))
            (Bouton::lien("Annuler", "#boutons").discret())
        }))
        (rangee_boutons(&html! {
            (Bouton::envoyer("Enregistrer").principal().petit())
            (Bouton::lien("Imprimer", "#boutons").petit().icone(Icone::Printer))
            (Bouton::simple("Mes résidents").petit().presse(true))
            (Bouton::simple("Toute l’unité").petit().presse(false))
            (Bouton::simple("Préciser").icone_seule(Icone::Ellipsis))
            (Bouton::simple("Signer").principal().inactif("Réservé aux prescripteurs"))
            (Bouton::lien("Prescrire", "#boutons").petit().inactif("Prescrire demande le réseau"))
        }))
        (Bouton::envoyer("Enregistrer la transmission").principal().large())
    }
}

pub(super) fn puces() -> Markup {
    html! {
        (groupe_puces(&[
            Puce::new(Etat::AFaire, "à faire"),
            Puce::new(Etat::Fait, "fait 08:51 · S. V."),
            Puce::new(Etat::EnRetard, "depuis 07:30"),
            Puce::new(Etat::Refuse, "refusé : douleur"),
            Puce::new(Etat::Danger, "Pénicilline : anaphylaxie"),
            Puce::new(Etat::ASurveiller, "Chute il y a 6 h"),
            Puce::new(Etat::EnAttente, "en attente d’envoi"),
            Puce::new(Etat::ARevoir, "à revoir"),
            Puce::new(Etat::Archive, "sortie le 3 nov. 2026"),
            Puce::new(Etat::Info, "Anticoagulant").icone(Icone::Droplets),
            Puce::neutre("Volcans"),
            Puce::new(Etat::ASurveiller, "Fausse route").lien("#puces"),
        ]))
    }
}

pub(super) fn alertes() -> Markup {
    html! {
        (ResumeErreurs::new().erreur("nom-erreur", "Indiquez le nom de naissance").erreur("", "La chambre 214 vient d’être attribuée à une autre personne"))
        (Alerte::new(Nature::Info, "Mme OLMÈDE revient de l’hôpital à 15:00.").texte("Le traitement de sortie est à réconcilier avant la première prise."))
        (Alerte::new(Nature::Succes, "Transmission enregistrée."))
        (Alerte::new(Nature::Attention, "25,4 kg ? Le dernier poids était 52,4 kg le 20 oct.").actions(html! { (Bouton::envoyer("C’est bien 25,4 kg")) (Bouton::lien("Corriger", "#alertes")) }))
        (Alerte::new(Nature::Danger, "Allergie connue : pénicilline, anaphylaxie (2019).").texte("L’amoxicilline appartient à cette famille. La prescription n’est pas enregistrée."))
        (Alerte::new(Nature::Reseau, "Hors ligne depuis 09:04. Vous pouvez continuer.").texte("7 saisies en attente d’envoi."))
        (toast("Soin validé.", Some("#alertes"), None))
    }
}

fn tableau_poids() -> Tableau {
    [
        ("BRUMELLE, Marguerite", "214", "2", "52,4", Etat::ASurveiller, "−4 % en 30 j"),
        ("CHANTARAUDE, Lucien", "215", "4", "71", Etat::Fait, "stable"),
        ("VALMORIN, Émile", "220", "3", "64,8", Etat::Danger, "−5,4 % en 30 j"),
    ]
    .into_iter()
    .fold(
        Tableau::new("Poids des résidents de Volcans")
            .colonne("Résident")
            .triable("#tableaux", Some(true))
            .colonne_nombre("Chambre")
            .triable("#tableaux", None)
            .colonne_nombre("GIR")
            .colonne_nombre("Poids (kg)")
            .colonne("Évolution"),
        |table, (nom, chambre, gir, poids, etat, mot)| {
            table.ligne([
                html! { a href="#tableaux" { (nom) } },
                html! { (chambre) },
                html! { (gir) },
                html! { (poids) },
                Puce::new(etat, mot).render(),
            ])
        },
    )
    .total([html! { "Moyenne" }, html! {}, html! { "3" }, html! { "62,7" }, html! {}])
}

pub(super) fn tableaux() -> Markup {
    html! {
        (Filtres::new("#tableaux")
            .champ(Liste::new("filtre-unite", "Unité").choix([("volcans", "Volcans"), ("domes", "Dômes")]).invite("Toutes les unités").valeur("volcans").sans_mention().render())
            .champ(Texte::new("filtre-nom", "Nom ou chambre").sans_mention().render())
            .actif("Volcans", "#tableaux").total("3 résidents sur 26"))
        (tableau_poids())
        (Pagination::new(7, 14, "#page="))
    }
}

pub(super) fn listes() -> Markup {
    html! {
        (liste(&[
            Ligne::new("Médicaments de 08:00").detail("9 résidents sur 26, reprendre chambre 214").icone(Icone::Pill).lien("#listes"),
            Ligne::new("Glycémie de M. OLMÈDE").detail("Insuline rapide selon protocole").icone(Icone::TestTube).puce(Puce::new(Etat::EnRetard, "depuis 07:30")).lien("#listes"),
            Ligne::new("Lève-malade ch. 118 : réparé").detail("Par Éric, hier à 16:40").photo(&Photo::new("Vidal", "Éric")).actions(Bouton::envoyer("C’est bon").petit().valider().render()),
        ]))
        (Fiche::new()
            .ligne("Nom de naissance", "BRUMELLE")
            .ligne("Lieu de naissance", "Val-Brumeux (63)")
            .ligne("Nom utilisé", "")
            .riche("Personne de confiance", html! { a href="#listes" { "Claire BRUMELLE, fille" } }))
    }
}

pub(super) fn parcours() -> Markup {
    html! {
        (Onglets::new("Dossier de Mme BRUMELLE", "#soins").onglet("Synthèse", "#synthese").onglet("Soins", "#soins").icone(Icone::Bath).compteur(3)
            .onglet("Traitement", "#traitement").onglet("Transmissions", "#transmissions").onglet("Constantes", "#constantes").onglet("Évaluations", "#evaluations").onglet("Vie", "#vie"))
        (etapes(&["Demande", "Avis médical", "Visite", "Pièces", "Entrée"], 2))
        (progression(96, 154, "96 soins faits sur 154 · 3 en retard"))
        (progression(0, 26, "Aucun résident vu sur 26"))
    }
}

pub(super) fn chiffres() -> Markup {
    html! {
        (rangee_chiffres(&[
            Chiffre::new("94,2", "Taux d’occupation").unite("%").tendance(Icone::TrendingUp, "+1,1 point en 12 semaines").lien("#chiffres"),
            Chiffre::new("294", "Résidents présents").tendance(Icone::Hospital, "7 hospitalisés, 11 absents"),
            Chiffre::new("2", "Chutes en 24 h").lien("#chiffres"),
            Chiffre::new("1 500", "Hydratation du jour").unite("mL"),
        ]))
        (grille(&html! {
            (Bloc::new("À faire maintenant", liste(&[Ligne::new("Médicaments de 08:00").lien("#chiffres").icone(Icone::Pill)])).icone(Icone::ListChecks).niveau_trois().mention(age_donnee("08:42", SignedDuration::from_mins(12))).pied(Bouton::lien("Tout voir", "#chiffres").petit().render()))
            (Bloc::new("À surveiller", html! { p { "BRUMELLE, chute 03:12, anticoagulant" } p { (etincelle(&[546, 540, 538, 531, 524], "52,4\u{a0}kg, −4\u{a0}% en 90 j")) } }).icone(Icone::Eye).niveau_trois().alerte())
            (Bloc::new("Soins en retard", vide_bon("Aucun soin en retard.")).niveau_trois().calme())
        }))
    }
}

pub(super) fn vides() -> Markup {
    html! {
        (vide_bon("Aucun soin en retard."))
        (vide_depart(Icone::Heart, "Aucune envie notée pour Mme BRUMELLE.", Some(&Bouton::lien("Ajouter la première", "#vides").principal())))
        (squelette(4, "Chargement des soins…"))
        div class="rangee" {
            (age_donnee("08:42", SignedDuration::from_mins(31)))
            (age_donnee("03:10", SignedDuration::from_hours(6)))
            (age_donnee("20:10", SignedDuration::from_hours(13)))
        }
    }
}

pub(super) fn dialogues() -> Markup {
    let motif = Liste::new("motif", "Motif")
        .choix([("effet", "Effet indésirable"), ("fin", "Fin de traitement")])
        .invite("Choisir")
        .requis();
    html! {
        (rangee_boutons(&html! {
            (Bouton::ouvrir("Arrêter…", "arret").danger())
            (Bouton::ouvrir("Nouvelle transmission", "saisie"))
            (Bouton::ouvrir("Que veut dire ce chiffre", "aide").discret().icone(Icone::CircleHelp))
        }))
        (Confirmation::new("arret", "Arrêter la lamotrigine ?", "Mme BRUMELLE, ch. 214 : lamotrigine 50 mg, 08:00 et 20:00.", "Arrêter la lamotrigine", "#").champs(motif.render()))
        (Dialogue::volet("saisie", "Transmission", html! { form method="post" action="#" { (ZoneTexte::new("vu", "Ce que je vois ou entends").requis().maximum(500)) (Bouton::envoyer("Enregistrer la transmission").principal()) } }))
        (Dialogue::new("aide", "Taux d’occupation", html! { p { "Journées de présence divisées par journées possibles, du 1er au 20 novembre." } }))
    }
}
