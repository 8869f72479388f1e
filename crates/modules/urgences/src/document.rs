//! The DLU on paper: two pages at most for an ordinary record, in the order an emergency team reads (F132).

use constantes::Grandeur;
use edition::{Bloc, Colonne, Doc, Encadre, Entete, Liste, Niveau, Segment, Tableau, Texte, Ton, texte};
use jiff::tz::TimeZone;
use kernel::dates::{date_courte, date_heure};
use medical::{Element, Nature};
use usagers::{Contact, RoleContact};

use crate::dlu::Dlu;
use crate::episode::Episode;

/// Quantities told, in order.
pub(crate) const MESURES: [&str; 7] =
    ["ta_systolique", "frequence_cardiaque", "spo2", "temperature", "glycemie_capillaire", "douleur", "poids"];

/// The document; `lien` is the address a crew opens with the QR code.
pub fn dlu(dlu: &Dlu, urgence: Option<&Episode>, edite_par: &str, fuseau: &TimeZone, lien: Option<&str>) -> Doc {
    let mut blocs = vec![alerte(dlu), Bloc::Definitions(identite(dlu))];
    blocs.extend(urgence.map(|urgence| recit(urgence, fuseau)));
    blocs.push(Bloc::Titre(Niveau::Un, "Maladies et décisions".into()));
    blocs.push(Bloc::DeuxColonnes(maladies(dlu), decisions(dlu)));
    blocs.extend(traitements(dlu));
    blocs.push(mesures(dlu, fuseau));
    blocs.push(Bloc::Titre(Niveau::Un, "La personne et les siens".into()));
    blocs.push(Bloc::DeuxColonnes(a_savoir(dlu), contacts(dlu)));
    if let Some(lien) = lien {
        blocs.push(Bloc::Qr {
            url: lien.to_owned(),
            legende: "Pour l'équipage et le régulateur : ce DLU, à jour. L'année de naissance est demandée. Valable 48 heures."
                .into(),
        });
    }
    let repere = repere(dlu);
    Doc {
        titre: "Document de liaison d'urgence (DLU)".into(),
        sous_titre: repere.clone(),
        entete: Entete { etablissement: dlu.etablissement.nom.as_str().to_owned(), unite: dlu.unite.clone() },
        pied: pied(dlu),
        confidentialite: "Données de santé, secret professionnel.".into(),
        edite_le: date_heure(dlu.au, fuseau),
        instant: dlu.au,
        edite_par: edite_par.to_owned(),
        document_de_travail: false,
        repere,
        blocs,
        ..Doc::default()
    }
}

/// « BRUMELLE Marguerite, née le 12/03/1936, ch. 214 ».
pub fn repere(dlu: &Dlu) -> String {
    let nom = dlu.usager.nom_complet();
    let naissance = dlu.identification.as_ref().map(|lue| {
        let traits = lue.identite.traits();
        let ne = if traits.sexe() == kernel::ins::Sexe::Feminin { "née" } else { "né" };
        format!(", {ne} le {}", traits.date_naissance())
    });
    let chambre = &dlu.sejour.chambre_libelle;
    let chambre = if chambre.is_empty() { String::new() } else { format!(", ch. {chambre}") };
    format!("{nom}{}{chambre}", naissance.unwrap_or_default())
}

/// Address and telephone of the house, at the foot of its documents.
pub fn pied(dlu: &Dlu) -> String {
    let house = &dlu.etablissement;
    let adresse = [house.adresse.as_str(), house.commune.as_str()].into_iter().filter(|texte| !texte.is_empty());
    let telephone = (!house.telephone.is_empty()).then(|| format!("tél. {}", house.telephone));
    adresse.map(str::to_owned).chain(telephone).collect::<Vec<_>>().join(", ")
}

fn alerte(dlu: &Dlu) -> Bloc {
    let risques: Vec<Texte> = dlu.a_risque().map(|un| vec![Segment::gras(un.phrase())]).collect();
    let puces =
        dlu.alertes.as_ref().map(|alertes| alertes.signaux.iter().map(|signal| signal.libelle.clone()).collect::<Vec<_>>());
    let puces = puces.filter(|puces| !puces.is_empty()).map(|puces| texte(puces.join(" · ")));
    Bloc::Encadre(Encadre {
        ton: if dlu.allergique() { Ton::Danger } else { Ton::Attention },
        titre: dlu.allergies(),
        paragraphes: risques.into_iter().chain(puces).chain([vec![Segment::gras(dlu.niveau())]]).collect(),
    })
}

fn identite(dlu: &Dlu) -> Vec<(String, Texte)> {
    let mut lignes: Vec<(String, Texte)> = Vec::new();
    if let Some(lue) = &dlu.identification {
        let traits = lue.identite.traits();
        lignes.push((
            "Identité".into(),
            texte(format!(
                "{} {}, {} le {}, {}, identité {}",
                traits.nom_naissance(),
                traits.prenoms_naissance(),
                if traits.sexe() == kernel::ins::Sexe::Feminin { "née" } else { "né" },
                traits.date_naissance(),
                dlu.age(),
                lue.identite.statut().libelle().to_lowercase()
            )),
        ));
        if let Some(ins) = lue.identite.ins_transmissible() {
            lignes.push(("INS".into(), texte(ins.matricule().groupe())));
        }
    }
    if !dlu.refuses.is_empty() {
        lignes.push(("Non lu ici".into(), texte(format!("la personne s'oppose à la lecture de : {}", dlu.refuses.join(", ")))));
    }
    lignes
}

fn recit(urgence: &Episode, fuseau: &TimeZone) -> Bloc {
    Bloc::Encadre(Encadre { ton: Ton::Info, titre: "Cette urgence".into(), paragraphes: vec![texte(urgence.recit(fuseau))] })
}

fn famille(blocs: &mut Vec<Bloc>, dlu: &Dlu, nature: Nature, rien: &str) {
    let elements: Vec<Texte> = dlu.de(nature).map(|un| texte(phrase(un))).collect();
    if elements.is_empty() && rien.is_empty() {
        return;
    }
    blocs.push(Bloc::Titre(Niveau::Deux, nature.titre().into()));
    if elements.is_empty() {
        blocs.push(Bloc::Paragraphe(texte(rien)));
    } else {
        blocs.push(Bloc::Liste(Liste { numerotee: false, elements }));
    }
}

fn phrase(element: &Element) -> String {
    match &element.code {
        Some(code) => format!("{} [{}]", element.phrase(), code.code),
        None => element.phrase(),
    }
}

fn maladies(dlu: &Dlu) -> Vec<Bloc> {
    let mut blocs = Vec::new();
    famille(&mut blocs, dlu, Nature::Pathologie, "Non renseignées.");
    famille(&mut blocs, dlu, Nature::Antecedent, "");
    famille(&mut blocs, dlu, Nature::Intervention, "");
    famille(&mut blocs, dlu, Nature::Vaccination, "");
    let absente = dlu.consignes.as_ref().is_some_and(|consignes| consignes.bmr_absente);
    famille(&mut blocs, dlu, Nature::Bmr, if absente { "Aucun portage connu, vérifié." } else { "Portage non renseigné." });
    blocs
}

fn decisions(dlu: &Dlu) -> Vec<Bloc> {
    let mut lignes: Vec<(String, Texte)> = vec![("Niveau de soins".into(), texte(dlu.niveau()))];
    let directives = dlu.entourage.as_ref().map_or("question non abordée", |entourage| entourage.directives_libelle());
    lignes.push(("Directives anticipées".into(), texte(directives)));
    if let Some(consignes) = &dlu.consignes {
        for une in &consignes.directives {
            lignes.push((une.libelle().to_owned(), texte(une.volonte.clone())));
        }
        let autres = [
            ("Document signé", &consignes.directives_ou),
            ("Soins palliatifs", &consignes.palliatif),
            ("Hôpital de préférence", &consignes.hopital.nom),
            ("Service, téléphone", &consignes.hopital.telephone),
            ("Commentaire", &consignes.commentaire),
        ];
        lignes.extend(
            autres
                .into_iter()
                .filter(|(_, valeur)| !valeur.is_empty())
                .map(|(nom, valeur)| (nom.to_owned(), texte(valeur.clone()))),
        );
    }
    vec![Bloc::Titre(Niveau::Deux, "Décisions".into()), Bloc::Definitions(lignes)]
}

fn traitements(dlu: &Dlu) -> Vec<Bloc> {
    // A column nobody filled would only narrow the others.
    let precise = dlu.de(Nature::Traitement).any(|un| !un.precision.is_empty());
    let lignes: Vec<Vec<Texte>> = dlu
        .de(Nature::Traitement)
        .map(|un| {
            let depuis = un.debut.map(kernel::dates::DatePartielle::en_lettres).unwrap_or_default();
            let nom = if un.a_risque { vec![Segment::gras(un.libelle.clone())] } else { texte(un.libelle.clone()) };
            let mut cellules = vec![nom, texte(un.detail.clone()), texte(depuis)];
            cellules.extend(precise.then(|| texte(un.precision.clone())));
            cellules
        })
        .collect();
    let mut colonnes = vec![Colonne::new("Médicament", 30), Colonne::new("Posologie", 32), Colonne::new("Depuis", 14)];
    colonnes.extend(precise.then(|| Colonne::new("Précision", 24)));
    vec![
        Bloc::Titre(Niveau::Un, "Traitements en cours".into()),
        Bloc::Tableau(Tableau {
            colonnes,
            lignes,
            si_vide: "Aucun traitement noté dans ce dossier : joindre l'ordonnance.".into(),
            ..Tableau::default()
        }),
    ]
}

fn mesures(dlu: &Dlu, fuseau: &TimeZone) -> Bloc {
    let lues: Vec<String> = MESURES
        .iter()
        .filter_map(|code| {
            let (mesure, grandeur) = (dlu.constantes.get(*code)?, Grandeur::get(code)?);
            Some(format!("{} {} ({})", grandeur.libelle, mesure.lisible(), date_heure(mesure.mesuree_le, fuseau)))
        })
        .collect();
    let dites = if lues.is_empty() { "aucune mesure".to_owned() } else { lues.join(" · ") };
    Bloc::Paragraphe(vec![Segment::gras("Dernières mesures : "), Segment::normal(dites)])
}

fn a_savoir(dlu: &Dlu) -> Vec<Bloc> {
    let mut elements: Vec<Texte> = Vec::new();
    if let Some(alertes) = &dlu.alertes {
        let essentiel = alertes.essentiel();
        elements.extend((!essentiel.is_empty()).then(|| texte(essentiel)));
    }
    if let Some(consignes) = &dlu.consignes {
        elements.extend(consignes.observees().into_iter().map(texte));
    }
    elements.extend(dlu.de(Nature::Dispositif).map(|un| texte(un.phrase())));
    elements.extend(dlu.de(Nature::Resultat).map(|un| texte(un.phrase())));
    if elements.is_empty() {
        elements.push(texte("Non renseigné."));
    }
    vec![Bloc::Titre(Niveau::Deux, "D'habitude".into()), Bloc::Liste(Liste { numerotee: false, elements })]
}

fn contacts(dlu: &Dlu) -> Vec<Bloc> {
    let Some(entourage) = &dlu.entourage else { return Vec::new() };
    let mut lignes: Vec<(String, Texte)> = entourage
        .contacts
        .iter()
        .filter(|contact| contact.roles.iter().any(|role| *role != RoleContact::Autre))
        .take(5)
        .map(|contact| {
            (
                roles(contact),
                vec![
                    Segment::normal(format!("{} : ", qui(contact))),
                    Segment::gras(kernel::numeros::telephone_lisible(&contact.telephone)),
                ],
            )
        })
        .collect();
    if let Some(mesure) = &entourage.mesure {
        let depuis = mesure.depuis.map(|jour| format!(", depuis le {}", date_courte(jour))).unwrap_or_default();
        lignes.push(("Protection".into(), texte(format!("{}, {}{depuis}", mesure.libelle(), mesure.mandataire))));
    }
    vec![Bloc::Titre(Niveau::Deux, "Contacts".into()), Bloc::Definitions(lignes)]
}

fn roles(contact: &Contact) -> String {
    contact.roles.iter().map(|role| role.libelle()).collect::<Vec<_>>().join(", ")
}

/// « Anne LARGENTIÈRE, fille ».
pub(crate) fn qui(contact: &Contact) -> String {
    [contact.nom.as_str(), contact.lien.as_str()].into_iter().filter(|texte| !texte.is_empty()).collect::<Vec<_>>().join(", ")
}
