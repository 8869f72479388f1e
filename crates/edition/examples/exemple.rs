//! Writes a sample « classeur de secours » sheet as PDF and HTML: `cargo run -p edition --example exemple -- sortie.pdf 60`,
//! where the number is that of residents (1 by default).

use std::error::Error;
use std::io::Write;

use edition::{
    Bloc, Case, Cases, Colonne, Doc, Encadre, Entete, Figure, Liste, Niveau, Section, Segment, Tableau, Ton, html, pdf, texte,
};

fn main() -> Result<(), Box<dyn Error>> {
    let sortie = std::env::args().nth(1).unwrap_or_else(|| "exemple.pdf".to_owned());
    let residents = std::env::args().nth(2).and_then(|n| n.parse().ok()).unwrap_or(1);
    let doc = classeur(residents)?;
    let depart = std::time::Instant::now();
    let fichier = pdf(&doc)?;
    let duree = depart.elapsed().as_millis();
    std::fs::write(&sortie, &fichier)?;
    std::fs::write(format!("{sortie}.html"), html(&doc).into_string())?;
    writeln!(std::io::stdout(), "{sortie} : {} octets en {duree} ms", fichier.len())?;
    Ok(())
}

fn classeur(residents: usize) -> Result<Doc, jiff::Error> {
    let mut blocs = couverture();
    for _ in 0..residents {
        blocs.extend(fiche());
        blocs.extend(plan_de_soins());
    }
    Ok(Doc {
        titre: "Classeur de secours".into(),
        sous_titre: "Unité Volcans : 14 résidents présents le 21 novembre 2026 à 06:00".into(),
        entete: Entete { etablissement: "EHPAD Les Genêts d'Or (fictif)".into(), unite: "Unité Volcans, 1er étage".into() },
        pied: "Astreinte technique : 01 99 00 00 01. Astreinte de direction : 01 99 00 00 02.".into(),
        confidentialite: "Données de santé, secret professionnel. À détruire au broyeur après reprise.".into(),
        edite_le: "21 novembre 2026 à 06:00".into(),
        instant: "2026-11-21T05:00:00Z".parse()?,
        edite_par: "Grappe, édition programmée".into(),
        repere: "Mode d'emploi et présents".into(),
        qr: Some("https://grappe.exemple.fr/secours/classeur/volcans".into()),
        blocs,
        ..Doc::default()
    })
}

fn couverture() -> Vec<Bloc> {
    vec![
        Bloc::Encadre(Encadre {
            ton: Ton::Attention,
            titre: "Ce classeur est une photographie à 06:00".into(),
            paragraphes: vec![texte(
                "Vérifiez l'heure avant de donner un traitement. Au-delà de 12 h, appelez le médecin d'astreinte.",
            )],
        }),
        Bloc::Titre(Niveau::Un, "Mode d'emploi pendant la panne".into()),
        Bloc::Liste(Liste {
            numerotee: true,
            elements: vec![
                texte("Ouvrez la fiche du résident; ses alertes sont en tête."),
                vec![
                    Segment::normal("Cochez au stylo ce qui est fait, avec "),
                    Segment::gras("l'heure et vos initiales"),
                    Segment::normal("."),
                ],
                texte("Après la panne, visez le code QR au bas de la page: l'écran de ressaisie s'ouvre sur le bon résident."),
            ],
        }),
        Bloc::Titre(Niveau::Un, "Présents de l'unité".into()),
        Bloc::Tableau(Tableau {
            colonnes: vec![
                Colonne::centree("Ch.", 6),
                Colonne::new("Résident", 24),
                Colonne::new("Alertes", 34),
                Colonne::new("Texture", 18),
                Colonne::centree("Vu", 8),
            ],
            lignes: (1u16..=14).map(present).collect(),
            ..Tableau::default()
        }),
    ]
}

fn present(n: u16) -> Vec<edition::Texte> {
    let noms = ["BRUMELLE Jeanne", "CASTAGNOL Émile", "DELORAGE Françoise", "ÉPINETTE Œdipe"];
    let nom = noms[usize::from(n) % noms.len()];
    let alerte = if n.is_multiple_of(3) { "Fausses routes : eau gélifiée uniquement" } else { "Aucune" };
    let texture = if n.is_multiple_of(3) { "Mixée lisse, IDDSI\u{a0}4" } else { "Normale" };
    vec![texte(format!("{}", 100 + n)), vec![Segment::gras(nom)], texte(alerte), texte(texture), texte("☐")]
}

fn fiche() -> Vec<Bloc> {
    vec![
        Bloc::Section(Section {
            repere: "Mme BRUMELLE Jeanne · ch. 101".into(),
            qr: Some("https://grappe.exemple.fr/secours/u/0199-brumelle".into()),
        }),
        Bloc::Titre(Niveau::Un, "Mme BRUMELLE Jeanne, chambre 101".into()),
        Bloc::DeuxColonnes(
            vec![Bloc::Definitions(vec![
                ("Née le".into(), texte("3 février 1934 (92 ans)")),
                ("GIR".into(), texte("2")),
                ("Médecin".into(), texte("Dr LARGENTIÈRE, 01 99 00 12 12")),
            ])],
            vec![Bloc::Definitions(vec![
                ("Prévenir".into(), texte("sa fille Lucie, 06 99 00 11 11")),
                ("Poids".into(), texte("52,4 kg le 18 novembre ↓")),
                ("Directives".into(), texte("oui, classeur de l'infirmerie")),
            ])],
        ),
        Bloc::Encadre(Encadre {
            ton: Ton::Danger,
            titre: "Allergie à la pénicilline".into(),
            paragraphes: vec![texte("Œdème de Quincke en 2019. Aucun β-lactame sans avis médical.")],
        }),
        Bloc::Encadre(Encadre {
            ton: Ton::Info,
            titre: "Ce qui compte pour elle".into(),
            paragraphes: vec![texte(
                "Elle a été institutrice. Elle préfère « Madame Brumelle » et la lumière du couloir la nuit.",
            )],
        }),
        Bloc::Titre(Niveau::Deux, "Traitement du jour".into()),
        Bloc::Tableau(traitement()),
        Bloc::CasesACocher(Cases {
            question: "Transit aujourd'hui ?".into(),
            cases: vec![
                Case::vide("Selles normales"),
                Case::vide("Diarrhée"),
                Case::vide("Pas de selle"),
                Case::cochee("J2 sans selle à 06:00"),
            ],
            par_ligne: 4,
        }),
        Bloc::LignesAEcrire { libelle: "Observations (heure, fait, initiales)".into(), nombre: 4 },
    ]
}

fn traitement() -> Tableau {
    let ligne = |nom: &str, dose: &str, quand: &str, note: &str| vec![texte(nom), texte(dose), texte(quand), texte(note)];
    Tableau {
        legende: "Prescrit par le Dr LARGENTIÈRE, version du 20 novembre 2026 à 18:12".into(),
        colonnes: vec![
            Colonne::new("Médicament", 30),
            Colonne::chiffres("Dose", 12),
            Colonne::new("Prises", 28),
            Colonne::new("À savoir", 34),
        ],
        lignes: vec![
            ligne("PARACÉTAMOL 500 mg, comprimé", "2 cp", "☐ 08:00  ☐ 14:00  ☐ 20:00", "Espacer de 6 h. ≤ 3 g par jour."),
            ligne("LÉVOTHYROXINE 75 µg, comprimé", "1 cp", "☐ 07:00 à jeun", "30 min avant le petit-déjeuner."),
            ligne(
                "FLUINDIONE 20 mg, comprimé",
                "½ cp",
                "☐ 20:00",
                "INR du 19 nov. : 2,4 → cible 2 à 3. Vérifier avant toute injection.",
            ),
            ligne("MACROGOL 10 g, sachet", "1 sachet", "☐ 08:00", "Si besoin : J2 sans selle."),
        ],
        premiere_colonne_entete: true,
        ..Tableau::default()
    }
}

fn plan_de_soins() -> Vec<Bloc> {
    let longue = "Accompagner la toilette au lavabo en laissant faire le haut du corps; proposer le gant; nommer chaque geste. \
                  Ne pas insister si refus: repasser à 10:30. "
        .repeat(3);
    vec![
        Bloc::Titre(Niveau::Un, "Plan de soins du jour".into()),
        Bloc::Paragraphe(vec![
            Segment::normal("Objectif partagé : "),
            Segment::gras("marcher jusqu'à la salle à manger"),
            Segment::normal(" avec le déambulateur, deux fois par jour."),
        ]),
        Bloc::Tableau(Tableau {
            colonnes: vec![
                Colonne::new("Heure", 12),
                Colonne::new("Soin", 26),
                Colonne::new("Comment faire", 56),
                Colonne::centree("Fait", 9),
                Colonne::new("Heure, initiales", 17),
            ],
            lignes: ["07:30", "09:00", "12:00", "15:30", "18:30", "21:00"]
                .into_iter()
                .map(|h| vec![texte(h), texte("Toilette partielle"), texte(longue.trim()), texte("☐"), texte("")])
                .collect(),
            premiere_colonne_entete: true,
            ..Tableau::default()
        }),
        Bloc::Figure(Figure {
            image: include_bytes!("../tests/figures/schema.png").to_vec(),
            texte_alternatif: "Schéma du corps, zones à surveiller".into(),
            legende: "Zones d'appui à surveiller : talons, sacrum.".into(),
            largeur_mm: 60,
        }),
        Bloc::Qr { url: "https://grappe.exemple.fr/liaison/demo".into(), legende: "Document de liaison d'urgence".into() },
    ]
}
