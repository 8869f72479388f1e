use maud::{Markup, html};

use crate::boutons::Bouton;
use crate::champs::{Case, CasesACocher, Choix, Date, Heure, Liste, Nombre, Radios, Texte, ZoneTexte, cote_a_cote, groupe_cadre};
use crate::choix_puces::ChoixPuces;
use crate::icone::Icone;
use crate::pave_numerique::PaveNumerique;

pub(super) fn champs() -> Markup {
    html! {
        form class="formulaire" method="post" action="#champs" {
            (cote_a_cote(&html! {
                (Texte::new("nom", "Nom de naissance").valeur("BRUMELLE").requis())
                (Texte::new("nom-erreur", "Prénoms").aide("Dans l’ordre de la pièce d’identité").erreur(Some("Indiquez au moins un prénom")).requis())
                (Date::new("naissance", "Date de naissance").valeur("1936-04-12").requis())
                (Heure::new("heure", "Heure du soin").valeur("08:05").requis())
                (Nombre::new("poids", "Poids").unite("kg").decimales().valeur("52,4").aide("Dernier : 52,4 kg le 20 oct."))
                (Liste::new("unite", "Unité").choix([("volcans", "Volcans"), ("domes", "Dômes"), ("combrailles", "Combrailles")]).invite("Choisir").requis())
                (Texte::telephone("tel", "Téléphone"))
                (Texte::new("ins", "Matricule INS").valeur("2 36 04 99 999 001 05").lecture_seule().sans_mention())
            }))
            (ZoneTexte::new("transmission", "Ce que je vois ou entends").maximum(280).valeur("Grimace au transfert, se tient la hanche droite.").requis())
            (ZoneTexte::new("trop", "Suite donnée").erreur(Some("Écrivez en moins de 280 caractères")).maximum(280))
            (groupe_cadre("Consentement", &html! { (Case::new("photo", "Mme BRUMELLE accepte que sa photo serve à l’identifier").cochee(true)) (Texte::new("recueilli", "Recueilli par")) }))
            div class="boutons" { (Bouton::envoyer("Enregistrer").principal()) (Bouton::lien("Annuler", "#champs").discret()) }
        }
    }
}

pub(super) fn choix() -> Markup {
    html! {
        form class="formulaire" method="post" action="#choix" {
            (ChoixPuces::un("cible", "Cible").valeur("douleur").requis().choix([
                Choix::new("douleur", "Douleur").icone(Icone::HeartPulse), Choix::new("chute", "Chute"), Choix::new("peau", "Peau"), Choix::new("comportement", "Comportement"),
                Choix::new("alimentation", "Alimentation").icone(Icone::Utensils), Choix::new("sommeil", "Sommeil"), Choix::new("famille", "Famille").inactif(),
            ]))
            (ChoixPuces::un("importance", "Importance").valeur("alerte").requis().choix([Choix::new("info", "Info"), Choix::new("suivre", "À suivre"), Choix::new("alerte", "Alerte : prévenir l’IDE").danger()]))
            (ChoixPuces::plusieurs("jours", "Jours").valeur("lun").valeur("jeu").choix([("lun", "lundi"), ("mar", "mardi"), ("mer", "mercredi"), ("jeu", "jeudi"), ("ven", "vendredi")]))
            (Radios::new("niveau", "Niveau de soins").valeur("b").requis().choix([
                Choix::new("a", "Soins complets"), Choix::new("b", "Soins sans réanimation").detail("Hospitalisation possible si elle améliore le confort"), Choix::new("c", "Soins de confort").inactif(),
            ]))
            (CasesACocher::new("risques", "Risques connus").erreur(Some("Cochez au moins un risque ou « aucun »")).valeurs(["chute"]).choix([("chute", "Chute"), ("fausse-route", "Fausse route"), ("fugue", "Sortie non accompagnée")]))
        }
    }
}

pub(super) fn paves() -> Markup {
    html! {
        div class="grille" {
            form method="post" action="#paves" { (PaveNumerique::code("code", "Code de Karim", 6)) }
            form method="post" action="#paves" { (PaveNumerique::mesure("mesure", "Température", "°C").rappel("Dernière : 37,2 °C hier à 18:10").verbe("Enregistrer")) }
        }
    }
}
