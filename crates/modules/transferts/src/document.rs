//! The summary of a transfer on paper.

use edition::{Bloc, Doc, Encadre, Entete, Liste, Niveau, Ton, texte};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use kernel::dates::{date_courte, date_heure, date_longue};
use usagers::Identification;

use crate::familles::{Comptes, Contenu, Famille};
use crate::model::{ACCORDS, Demande, MOTIFS, mots};

/// What is printed.
pub(crate) struct Resume<'a> {
    pub nom: String,
    pub identification: Option<&'a Identification>,
    pub de: String,
    pub vers: String,
    pub demande: &'a Demande,
    pub etat: String,
    pub comptes: Option<Comptes>,
    /// The lines of each family, for who may read them.
    pub detail: Option<&'a Contenu>,
    pub par: String,
    pub now: Timestamp,
    pub fuseau: &'a TimeZone,
}

/// One or two pages.
pub(crate) fn resume(resume: &Resume<'_>) -> Doc {
    let etat = Encadre { ton: Ton::Info, titre: resume.etat.clone(), paragraphes: Vec::new() };
    let mut blocs = vec![Bloc::Encadre(etat), Bloc::Titre(Niveau::Un, "Personne".into()), Bloc::Definitions(personne(resume))];
    blocs.push(Bloc::Titre(Niveau::Un, "Demande".into()));
    blocs.push(Bloc::Definitions(demande(resume)));
    blocs.push(Bloc::Titre(Niveau::Un, "Données reprises par l'établissement d'accueil".into()));
    for (famille, libelle) in Famille::TOUTES {
        let lignes = resume.detail.map(|contenu| contenu.lignes(famille)).unwrap_or_default();
        blocs.push(Bloc::Paragraphe(texte(format!(
            "{libelle} : {}",
            resume.comptes.map_or_else(|| "non compté".to_owned(), |comptes| comptes.de(famille).to_string())
        ))));
        if !lignes.is_empty() {
            blocs.push(Bloc::Liste(Liste { numerotee: false, elements: lignes.into_iter().map(texte).collect() }));
        }
    }
    blocs.push(Bloc::Paragraphe(texte(
        "Rien d'autre ne suit la personne. Chaque élément repris porte la mention de son origine.",
    )));
    Doc {
        titre: "Transfert entre établissements".into(),
        sous_titre: format!("De {} vers {}", resume.de, resume.vers),
        entete: Entete { etablissement: resume.de.clone(), unite: String::new() },
        confidentialite: "Données de santé, secret professionnel.".into(),
        edite_le: date_heure(resume.now, resume.fuseau),
        instant: resume.now,
        edite_par: resume.par.clone(),
        document_de_travail: false,
        repere: resume.nom.clone(),
        blocs,
        ..Doc::default()
    }
}

fn personne(resume: &Resume<'_>) -> Vec<(String, edition::Texte)> {
    let mut lignes = vec![("Nom".to_owned(), texte(resume.nom.clone()))];
    if let Some(identification) = resume.identification {
        let traits = identification.identite.traits();
        lignes.push(("Nom de naissance".into(), texte(traits.nom_naissance())));
        lignes.push(("Prénoms".into(), texte(traits.prenoms_naissance())));
        lignes.push(("Naissance".into(), texte(traits.date_naissance().to_string())));
        lignes.push(("Sexe".into(), texte(traits.sexe().libelle())));
    }
    lignes
}

fn demande(resume: &Resume<'_>) -> Vec<(String, edition::Texte)> {
    let demande = resume.demande;
    let accord = format!("{}, le {}", mots(&ACCORDS, &demande.accord), date_courte(demande.accord_le));
    let mut lignes = vec![
        ("Date souhaitée".to_owned(), texte(date_longue(demande.prevu_le))),
        ("Motif".to_owned(), texte(mots(&MOTIFS, &demande.motif))),
        ("Accord".to_owned(), texte(accord)),
        ("Proposé par".to_owned(), texte(format!("{}, le {}", demande.par, date_heure(demande.le, resume.fuseau)))),
    ];
    if !demande.precision.is_empty() {
        lignes.push(("À savoir".into(), texte(demande.precision.clone())));
    }
    lignes
}
