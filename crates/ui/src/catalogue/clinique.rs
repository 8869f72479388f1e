use maud::{Markup, html};

use crate::bandeau_resident::{Allergies, BandeauResident, Identite, StatutIns};
use crate::boutons::Bouton;
use crate::carte_resident::CarteResident;
use crate::courbe::{Courbe, Point};
use crate::etincelle::etincelle;
use crate::frise::{Fait, frise};
use crate::icone::Icone;
use crate::journal_ligne::{JournalLigne, journal as lignes_journal};
use crate::ligne_medicament::LigneMedicament;
use crate::ligne_soin::{EtatCoche, Geste, LigneSoin, coche};
use crate::plan_chambres::{Chambre, EtatChambre, plan as plan_unite};
use crate::puces::{Etat, Puce};
use crate::verrou::{Tuile, tuiles};

/// A fictitious resident of the demonstration.
pub fn identite_exemple(nom: &str, prenom: &str, civilite: &str, chambre: &str, homonyme: Option<&str>) -> Identite {
    Identite {
        href: "#bandeau".to_owned(),
        nom: nom.to_owned(),
        prenom: prenom.to_owned(),
        civilite: civilite.to_owned(),
        naissance: "12\u{a0}avr.\u{a0}1936".to_owned(),
        age: 90,
        sexe: if civilite == "M." { "masculin" } else { "féminin" }.to_owned(),
        chambre: chambre.to_owned(),
        photo: None,
        homonyme: homonyme.map(str::to_owned),
    }
}

/// The banner of the story resident.
pub fn bandeau_exemple() -> BandeauResident {
    BandeauResident::new(
        identite_exemple("BRUMELLE", "Marguerite", "Mme", "214", None),
        StatutIns::Qualifiee,
        Allergies::Connues(vec!["pénicilline, anaphylaxie (2019)".to_owned()]),
        Some(2),
    )
    .presence("présente depuis 3 ans")
    .puce(Puce::new(Etat::ASurveiller, "Fausse route").lien("#bandeau"))
    .puce(Puce::new(Etat::ASurveiller, "Chute 03:12").lien("#bandeau"))
    .puce(Puce::new(Etat::Info, "Anticoagulant").icone(Icone::Droplets).lien("#bandeau"))
    .puce(Puce::new(Etat::Info, "Niveau de soins B").icone(Icone::Heart).lien("#bandeau"))
    .puce(Puce::new(Etat::ASurveiller, "Contention").lien("#bandeau"))
    .puce(Puce::new(Etat::Info, "Opposition DMP").lien("#bandeau"))
    .puce(Puce::new(Etat::ASurveiller, "Risque de sortie").lien("#bandeau"))
    .actions(html! {
        (Bouton::lien("Résident précédent, ch. 213", "#bandeau").icone_seule(Icone::ChevronLeft))
        (Bouton::lien("Résident suivant, ch. 215", "#bandeau").icone_seule(Icone::ChevronRight))
        (Bouton::lien("Urgence", "#bandeau").danger().petit().icone(Icone::Siren))
    })
}

pub(super) fn bandeaux() -> Markup {
    html! {
        (bandeau_exemple())
        (BandeauResident::new(identite_exemple("OLMÈDE", "Fernand", "M.", "216", Some("ch. 118")), StatutIns::Recuperee, Allergies::Aucune("3 nov. 2026".to_owned()), Some(4)).presence("présent depuis 8 mois"))
        (BandeauResident::new(identite_exemple("THUILERET", "Odette", "Mme", "209", None), StatutIns::Provisoire, Allergies::NonRenseignees, None).presence("arrivée ce matin"))
        (BandeauResident::new(identite_exemple("PÉLISSON D’OMBRE", "Yvon", "M.", "", None), StatutIns::Validee, Allergies::Indisponible, Some(1)).cloture("Décédé le 3 nov. 2026. Le dossier se lit, l’écriture est close."))
    }
}

/// A card of the care round with its lines.
pub fn carte_exemple() -> CarteResident {
    let soin = |id: &str, nom: &str, signe, etat| {
        LigneSoin::new(nom, signe, etat, Geste { nom: "fait", valeur: id.to_owned(), soin: id.to_owned(), ..Geste::default() })
            .suite()
    };
    CarteResident::new(identite_exemple("BRUMELLE", "Marguerite", "Mme", "214", None))
        .essentiel("GIR\u{a0}2")
        .essentiel("texture mixée, eau gélifiée")
        .allergies(Allergies::Connues(vec!["pénicilline, anaphylaxie (2019)".to_owned()]))
        .puce(Puce::new(Etat::ASurveiller, "Fausse route"))
        .puce(Puce::new(Etat::ASurveiller, "Chute il y a 6 h"))
        .compte("2/5")
        .formulaire("#cartes", html! {})
        .corps(html! {
            (soin("s1", "Toilette au lavabo, aide partielle", Icone::Bath, EtatCoche::Fait).detail("Installer au bord du lit, laisser laver le visage.").mention(Etat::Fait, "fait 08:51 · S. V."))
            (soin("s2", "Prévention d’escarre : talons", Icone::Footprints, EtatCoche::EnAttente).mention(Etat::EnAttente, "en attente d’envoi"))
            (soin("s3", "Hydratation : 200\u{a0}mL d’eau gélifiée", Icone::GlassWater, EtatCoche::AFaire).detail("450 sur 1 500\u{a0}mL aujourd’hui."))
            (soin("s4", "Pesée mensuelle", Icone::Scale, EtatCoche::EnRetard).detail("Dernier : 52,4\u{a0}kg le 20 oct.").mention(Etat::EnRetard, "depuis hier"))
            (soin("s5", "Marche dans le couloir, à deux", Icone::Accessibility, EtatCoche::Refuse).mention(Etat::Refuse, "refusé : douleur"))
        })
        .pied(html! {
            (Bouton::envoyer("Tout est fait (2)").valider().icone(Icone::Check))
            (Bouton::lien("Transmission", "#cartes").icone(Icone::MessageSquare))
            (Bouton::lien("Refus ou absent", "#cartes").icone(Icone::Ban))
        })
}

pub(super) fn cartes() -> Markup {
    let absent = CarteResident::new(identite_exemple("PÉLISSON D’OMBRE", "Yvon", "M.", "217", None))
        .puce(Puce::new(Etat::Archive, "à l’hôpital depuis hier").icone(Icone::Hospital))
        .close();
    html! {
        (carte_exemple())
        (CarteResident::new(identite_exemple("CHANTARAUDE", "Lucien", "M.", "215", Some("ch. 309"))).essentiel("GIR\u{a0}4").essentiel("déambulateur").allergies(Allergies::Aucune("2 sept. 2026".to_owned())).compte("0/4"))
        (absent)
    }
}

pub(super) fn medicaments() -> Markup {
    let donner = |etat, nom: &str| html! { form method="post" action="#medicaments" { (coche(etat, Icone::Pill, nom)) } };
    html! {
        div class="carte-resident" {
            (LigneMedicament::new("paracétamol", "Doliprane", "1\u{a0}g", donner(EtatCoche::Fait, "paracétamol 1 g")).attribut("comprimé dispersible").attribut("voie orale").attribut("08:00").detail("Dernière prise hier 20:04"))
            (LigneMedicament::new("lamoTRIgine", "Lamictal", "50\u{a0}mg", donner(EtatCoche::AFaire, "lamotrigine 50 mg")).attribut("comprimé").attribut("voie orale").puce(Puce::new(Etat::ASurveiller, "Nom proche : LAMISIL")))
            (LigneMedicament::new("apixaban", "Eliquis", "2,5\u{a0}mg", Bouton::envoyer("Donné").valider().render()).attribut("comprimé").attribut("voie orale").risque().puce(Puce::new(Etat::Danger, "à confirmer seul")))
            (LigneMedicament::new("chlorure de potassium", "Kaléorid LP", "600\u{a0}mg", donner(EtatCoche::Fermee, "chlorure de potassium 600 mg")).attribut("comprimé LP").detail("Arrêté à 07:40 par Dr LARGENTIÈRE").arrete())
        }
    }
}

pub(super) fn courbes() -> Markup {
    let poids = [
        (0, 546, "20 août"),
        (31, 541, "20 sept."),
        (45, 538, "4 oct."),
        (61, 524, "20 oct."),
        (76, 515, "4 nov."),
        (92, 498, "20 nov."),
    ];
    let points = poids.map(|(instant, valeur, date)| Point { instant, valeur, date: date.to_owned(), hors_norme: valeur < 518 });
    html! {
        (Courbe::new("Poids de Mme BRUMELLE", "kg", 1).mention("−8,8 % en 92 jours").points(points).seuil(518, "perte de 5 %").zone(530, 560))
        (Courbe::new("Température", "°C", 1))
        div class="rangee" { (etincelle(&[546, 541, 538, 524, 515, 498], "49,8\u{a0}kg")) (etincelle(&[2, 2, 5, 3, 3], "douleur 3 sur 10")) }
    }
}

pub(super) fn journal() -> Markup {
    html! {
        (lignes_journal(&[
            JournalLigne::new("09:14", "Sophie VIDAL, AS", "Grimace au transfert, se tient la hanche droite.").puce(Puce::new(Etat::Danger, "Douleur")).nouvelle()
                .donnees("Algoplus 3 sur 5.").action("IDE prévenue, repos au lit.").resultat("À revoir ce soir."),
            JournalLigne::new("08:30", "Karim ABEL, AS, saisi 09:12", "A bien mangé, a demandé sa radio.").puce(Puce::neutre("Alimentation")),
            JournalLigne::new("07:05", "Nuit", "A dormi toute la nuit.").puce(Puce::neutre("Sommeil")).annulee("erreur de résident, Karim ABEL, 07:20"),
        ]))
        (frise(&[
            Fait::new("21 nov. 2026, 03:12", "Chute dans la chambre").danger().detail(html! { p class="secondaire" { "Appel au 15, restée sur place, surveillance 48 h." } }),
            Fait::new("4 nov. 2026", "Projet personnalisé signé"),
            Fait::new("12 mai 2023", "Arrivée aux Genêts d’Or").jalon(),
        ]))
    }
}

pub(super) fn plan() -> Markup {
    html! {
        (plan_unite(&[
            Chambre::new("213", EtatChambre::Occupee).lit(identite_exemple("ZÉPHIRIN", "Denise", "Mme", "213", None), ""),
            Chambre::new("214", EtatChambre::Alerte).lit(identite_exemple("BRUMELLE", "Marguerite", "Mme", "214", None), "chute 03:12"),
            Chambre::new("215", EtatChambre::Occupee).lit(identite_exemple("CHANTARAUDE", "Lucien", "M.", "215", Some("ch. 309")), "").lit_libre("réservé, lundi"),
            Chambre::new("216", EtatChambre::Libre).lit_libre("dès aujourd’hui"),
            Chambre::new("217", EtatChambre::Absent).lit(identite_exemple("PÉLISSON D’OMBRE", "Yvon", "M.", "217", None), "hôpital depuis hier"),
            Chambre::new("218", EtatChambre::Travaux).lit_libre("peinture jusqu’à vendredi"),
        ]))
    }
}

pub(super) fn verrou() -> Markup {
    let qui = |prenom: &str, nom: &str, metier: &str, choisie| Tuile {
        href: "#verrou".to_owned(),
        prenom: prenom.to_owned(),
        nom: nom.to_owned(),
        metier: metier.to_owned(),
        choisie,
    };
    tuiles(
        &[
            qui("Sophie", "Vidal", "AS", false),
            qui("Karim", "Abel", "AS", true),
            qui("Nadia", "Roux", "IDE", false),
            qui("Lina", "Morel", "ASH", false),
        ],
        "#verrou",
    )
}
