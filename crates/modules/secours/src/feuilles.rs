//! From the content of a binder to its sheets: cover with presence, then one section a resident.

use edition::{Bloc, Colonne, Doc, Encadre, Entete, Liste, Niveau, Section, Segment, Tableau, Texte, Ton, texte};
use jiff::tz::TimeZone;
use kernel::dates::{date_courte, date_heure, heure_levee};
use plan_de_soins::SoinDuTour;
use platform::acces::EtatSejour;
use usagers::Allergies;

use crate::contenu::{Contenu, Personne};

/// The document; `adresse` is the public address drawn in QR codes.
pub(crate) fn classeur(contenu: &Contenu, fuseau: &TimeZone, adresse: Option<&str>, cause: &str) -> Doc {
    let edite_le = date_heure(contenu.now, fuseau);
    let presents = contenu.personnes.iter().filter(|personne| personne.resident.est_present()).count();
    let mut blocs = couverture(contenu, &edite_le);
    for personne in &contenu.personnes {
        blocs.extend(fiche(contenu, personne, fuseau, adresse));
    }
    Doc {
        titre: "Classeur de secours".to_owned(),
        sous_titre: format!(
            "{} : {presents} présents sur {}, le {edite_le}",
            contenu.unite.nom.as_str(),
            contenu.personnes.len()
        ),
        entete: Entete {
            etablissement: contenu.etablissement.nom.as_str().to_owned(),
            unite: contenu.unite.nom.as_str().to_owned(),
        },
        pied: pied(contenu),
        confidentialite: "Données de santé, secret professionnel. À détruire au broyeur après la ressaisie.".to_owned(),
        edite_le,
        instant: contenu.now,
        edite_par: cause.to_owned(),
        repere: "Mode d'emploi et présents".to_owned(),
        qr: adresse.map(|adresse| format!("{adresse}/secours/ressaisie?unite={}", contenu.unite_id)),
        blocs,
        ..Doc::default()
    }
}

fn pied(contenu: &Contenu) -> String {
    let telephone = &contenu.etablissement.telephone;
    if telephone.is_empty() { String::new() } else { format!("Téléphone de l'établissement : {telephone}.") }
}

fn couverture(contenu: &Contenu, edite_le: &str) -> Vec<Bloc> {
    let mut blocs = vec![
        Bloc::Encadre(Encadre {
            ton: Ton::Attention,
            titre: format!("Ce classeur est une photographie du {edite_le}"),
            paragraphes: vec![texte(
                "Ce qui a été décidé ou fait depuis n'y figure pas. Ce classeur ne contient pas les traitements : utilisez le plan de la pharmacie.",
            )],
        }),
        Bloc::Titre(Niveau::Un, "Pendant la panne".to_owned()),
        Bloc::Liste(Liste {
            numerotee: true,
            elements: vec![
                texte("Ouvrez la fiche du résident : ses allergies et ses alertes sont en tête."),
                vec![
                    Segment::normal("Cochez au stylo ce qui est fait ou refusé, avec "),
                    Segment::gras("l'heure et vos initiales"),
                    Segment::normal("."),
                ],
                texte("Notez les mesures, les événements et les transmissions sur les lignes de la fiche."),
                texte(
                    "Après la panne, visez le code QR au bas de la page, ou ouvrez « Secours, Ressaisie » : tout est enregistré comme saisi après coup.",
                ),
            ],
        }),
    ];
    if !contenu.etablissement.acces_nuit.is_empty() {
        blocs.push(Bloc::Paragraphe(vec![
            Segment::gras("Accès de nuit : "),
            Segment::normal(contenu.etablissement.acces_nuit.clone()),
        ]));
    }
    blocs.push(Bloc::Titre(Niveau::Un, "Présence".to_owned()));
    blocs.push(Bloc::Tableau(Tableau {
        colonnes: vec![
            Colonne::centree("Ch.", 7),
            Colonne::new("Résident", 26),
            Colonne::new("Présence", 18),
            Colonne::new("Allergies et alertes", 34),
            Colonne::centree("Vu", 8),
        ],
        lignes: contenu.personnes.iter().map(presence).collect(),
        si_vide: "Personne n'est attendu dans cette unité.".to_owned(),
        ..Tableau::default()
    }));
    blocs
}

fn presence(personne: &Personne) -> Vec<Texte> {
    let sejour = &personne.resident.sejour;
    let lieu = match (sejour.etat, sejour.lieu.as_str()) {
        (EtatSejour::Present, _) => "présent".to_owned(),
        (etat, "") => etat.libelle().to_owned(),
        (etat, lieu) => format!("{}, {lieu}", etat.libelle()),
    };
    let signaux = personne
        .resident
        .alertes
        .as_ref()
        .map(|alertes| alertes.signaux.iter().map(|signal| signal.libelle.clone()).collect::<Vec<_>>());
    let alertes: Vec<String> = std::iter::once(allergies(personne).1).chain(signaux.unwrap_or_default()).collect();
    vec![
        texte(sejour.chambre_libelle.clone()),
        vec![Segment::gras(personne.resident.usager.nom_complet())],
        texte(lieu),
        texte(alertes.join(" · ")),
        texte("☐"),
    ]
}

/// How serious, and the sentence of the four states.
fn allergies(personne: &Personne) -> (Ton, String) {
    match personne.resident.alertes.as_ref().map(|alertes| &alertes.allergies) {
        Some(Allergies::Connues { liste }) => {
            let dites: Vec<String> = liste.iter().map(|allergie| format!("{} ({})", allergie.agent, allergie.reaction)).collect();
            (Ton::Danger, format!("Allergie : {}", dites.join(", ")))
        }
        Some(Allergies::Aucune { verifie_le }) => {
            (Ton::Info, format!("Aucune allergie connue (vérifié le {})", date_courte(*verifie_le)))
        }
        Some(Allergies::Indisponible) => (Ton::Attention, "Allergies : information indisponible".to_owned()),
        Some(Allergies::NonRenseignees) | None => (Ton::Attention, "Allergies non renseignées".to_owned()),
    }
}

fn fiche(contenu: &Contenu, personne: &Personne, fuseau: &TimeZone, adresse: Option<&str>) -> Vec<Bloc> {
    let usager = &personne.resident.usager.value;
    let chambre = &personne.resident.sejour.chambre_libelle;
    let naissance =
        personne.identification.as_ref().map(|lue| lue.identite.traits().date_naissance().to_string()).unwrap_or_default();
    let mut repere = usager.nom_complet();
    if !naissance.is_empty() {
        repere = format!("{repere}, né(e) le {naissance}");
    }
    let (ton, phrase) = allergies(personne);
    let mut blocs = vec![
        Bloc::Section(Section {
            repere: format!("{repere}, ch. {chambre}"),
            qr: adresse.map(|adresse| format!("{adresse}/secours/ressaisie?unite={}&usager={}", contenu.unite_id, usager.id)),
        }),
        Bloc::Titre(Niveau::Un, format!("{}, chambre {chambre}", usager.nom_complet())),
        Bloc::Encadre(Encadre { ton, titre: phrase, paragraphes: alertes(personne) }),
        Bloc::Definitions(definitions(personne)),
    ];
    blocs.extend(a_savoir(personne));
    blocs.extend(soins(personne, fuseau));
    blocs.extend(ecrits(personne, fuseau));
    blocs.extend(mesures(personne, fuseau));
    blocs.push(Bloc::LignesAEcrire {
        libelle: "Transmissions et événements pendant la panne (heure, initiales)".to_owned(),
        nombre: 6,
    });
    blocs
}

fn alertes(personne: &Personne) -> Vec<Texte> {
    let Some(alertes) = &personne.resident.alertes else { return Vec::new() };
    let mut lignes: Vec<Texte> = alertes.signaux.iter().map(|signal| vec![Segment::gras(signal.libelle.clone())]).collect();
    let essentiel = alertes.essentiel();
    if !essentiel.is_empty() {
        lignes.push(texte(essentiel));
    }
    lignes
}

fn definitions(personne: &Personne) -> Vec<(String, Texte)> {
    let mut lignes: Vec<(String, Texte)> = Vec::new();
    if let Some(lue) = &personne.identification {
        let traits = lue.identite.traits();
        lignes.push((
            "Identité".to_owned(),
            texte(format!(
                "né(e) {} le {}, sexe {}, identité {}",
                traits.nom_naissance(),
                traits.date_naissance(),
                traits.sexe().libelle(),
                lue.identite.statut().libelle()
            )),
        ));
    }
    let contacts = personne.entourage.as_ref().map(|entourage| entourage.contacts.as_slice()).unwrap_or_default();
    for contact in contacts.iter().filter(|contact| !contact.telephone.is_empty()).take(5) {
        let roles: Vec<&str> = contact.roles.iter().map(|role| role.libelle()).collect();
        let qui = [contact.nom.as_str(), contact.lien.as_str()]
            .into_iter()
            .filter(|mot| !mot.is_empty())
            .collect::<Vec<_>>()
            .join(", ");
        let mut ligne =
            vec![Segment::normal(format!("{qui} : ")), Segment::gras(kernel::numeros::telephone_lisible(&contact.telephone))];
        if !contact.consigne.is_empty() {
            ligne.push(Segment::normal(format!(" ({})", contact.consigne)));
        }
        lignes.push((roles.first().copied().unwrap_or("Contact").to_owned(), ligne));
    }
    if let Some(mesure) = personne.entourage.as_ref().and_then(|entourage| entourage.mesure.as_ref()) {
        lignes.push(("Protection".to_owned(), texte(format!("{}, {}", mesure.nature.replace('_', " "), mesure.mandataire))));
    }
    lignes
}

fn a_savoir(personne: &Personne) -> Vec<Bloc> {
    let Some(contenu) = personne.habitudes.as_ref().map(|habitudes| &habitudes.contenu) else { return Vec::new() };
    let parole = (!contenu.parole.is_empty()).then(|| format!("« {} »", contenu.parole));
    let elements: Vec<Texte> = parole
        .into_iter()
        .chain(contenu.a_savoir.iter().cloned())
        .chain(contenu.habitudes.iter().cloned())
        .take(8)
        .map(texte)
        .collect();
    if elements.is_empty() {
        return Vec::new();
    }
    vec![Bloc::Titre(Niveau::Deux, "À savoir".to_owned()), Bloc::Liste(Liste { numerotee: false, elements })]
}

fn soins(personne: &Personne, fuseau: &TimeZone) -> Vec<Bloc> {
    let mut blocs = vec![Bloc::Titre(Niveau::Deux, "Plan de soins, jour et nuit".to_owned())];
    for (creneau, du_tour) in &personne.soins {
        if du_tour.soins.is_empty() {
            continue;
        }
        blocs.push(Bloc::Tableau(Tableau {
            legende: format!("{} du {}", majuscule(creneau.poste.libelle()), date_courte(creneau.jour)),
            colonnes: vec![
                Colonne::centree("Heure", 9),
                Colonne::new("Soin et consigne", 44),
                Colonne::centree("Fait", 8),
                Colonne::centree("Refusé", 9),
                Colonne::new("Heure, initiales, remarque", 30),
            ],
            lignes: du_tour.soins.iter().map(|soin| ligne(soin, fuseau)).collect(),
            ..Tableau::default()
        }));
    }
    if blocs.len() == 1 {
        blocs.push(Bloc::Paragraphe(texte("Aucun soin prévu dans les vingt-quatre heures.")));
    }
    let besoin: Vec<Texte> = personne
        .soins
        .first()
        .map(|(_, du_tour)| du_tour.si_besoin.iter().map(|soin| texte(si_besoin(&soin.libelle, &soin.consigne))).collect())
        .unwrap_or_default();
    if !besoin.is_empty() {
        blocs.push(Bloc::Titre(Niveau::Trois, "Si besoin".to_owned()));
        blocs.push(Bloc::Liste(Liste { numerotee: false, elements: besoin }));
    }
    blocs
}

fn si_besoin(libelle: &str, consigne: &str) -> String {
    if consigne.is_empty() { libelle.to_owned() } else { format!("{libelle} : {consigne}") }
}

fn majuscule(mot: &str) -> String {
    let mut lettres = mot.chars();
    lettres.next().map(|premiere| premiere.to_uppercase().chain(lettres).collect()).unwrap_or_default()
}

/// A row: already traced acts are printed ticked, with who and when.
fn ligne(soin: &SoinDuTour, fuseau: &TimeZone) -> Vec<Texte> {
    let mut mots = vec![Segment::gras(soin.ligne.libelle.clone())];
    if !soin.ligne.consigne.is_empty() {
        mots.push(Segment::normal(format!("\n{}", soin.ligne.consigne)));
    }
    let (fait, refuse, remarque) = match soin.principale() {
        Some(trace) => {
            let fait = if trace.issue.est_fait() { "☒" } else { "☐" };
            let refuse = if trace.issue.code() == "refuse" { "☒" } else { "☐" };
            (
                fait,
                refuse,
                format!("{} à {}, {}", trace.issue.libelle(), heure_levee(trace.fait_le, fuseau), trace.par.initiales()),
            )
        }
        None => ("☐", "☐", String::new()),
    };
    vec![texte(heure_levee(soin.due, fuseau)), mots, texte(fait), texte(refuse), texte(remarque)]
}

fn ecrits(personne: &Personne, fuseau: &TimeZone) -> Vec<Bloc> {
    let mut blocs = Vec::new();
    if !personne.consignes.is_empty() {
        blocs.push(Bloc::Titre(Niveau::Deux, "Consignes en cours".to_owned()));
        let elements = personne.consignes.iter().map(|consigne| {
            vec![
                Segment::normal(consigne.texte.as_str().to_owned()),
                Segment::normal(format!(" (jusqu'au {}, {})", date_courte(consigne.jusquau), consigne.auteur_nom)),
            ]
        });
        blocs.push(Bloc::Liste(Liste { numerotee: false, elements: elements.collect() }));
    }
    if !personne.cibles.is_empty() {
        blocs.push(Bloc::Titre(Niveau::Deux, "Cibles ouvertes".to_owned()));
        let elements = personne.cibles.iter().map(|cible| {
            vec![
                Segment::gras(transmissions::themes::libelle(&cible.theme).to_owned()),
                Segment::normal(format!(" ({}, {}) : {}", cible.etat.mot(), date_heure(cible.derniere_le, fuseau), cible.phrase)),
            ]
        });
        blocs.push(Bloc::Liste(Liste { numerotee: false, elements: elements.collect() }));
    }
    blocs
}

fn mesures(personne: &Personne, fuseau: &TimeZone) -> Vec<Bloc> {
    let lignes: Vec<Vec<Texte>> = personne
        .constantes
        .iter()
        .filter_map(|valeur| {
            let grandeur = constantes::Grandeur::get(&valeur.type_code)?;
            Some(vec![
                texte(grandeur.nom().to_owned()),
                vec![Segment::gras(valeur.lisible())],
                texte(date_heure(valeur.mesuree_le, fuseau)),
                texte(String::new()),
            ])
        })
        .collect();
    vec![
        Bloc::Titre(Niveau::Deux, "Dernières constantes".to_owned()),
        Bloc::Tableau(Tableau {
            colonnes: vec![
                Colonne::new("Mesure", 26),
                Colonne::new("Dernière valeur", 20),
                Colonne::new("Le", 24),
                Colonne::new("Pendant la panne (valeur, heure)", 30),
            ],
            lignes,
            si_vide: "Aucune mesure depuis quatorze jours.".to_owned(),
            ..Tableau::default()
        }),
    ]
}
