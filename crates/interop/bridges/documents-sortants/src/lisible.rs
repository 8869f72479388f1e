//! A readable copy of a clinical document, for who has no software: its narrative, on paper.

use cda_r2::{Body, ClinicalDocument, Section};
use edition::{Bloc, Doc, Entete, Niveau, texte};
use jiff::Timestamp;

/// The PDF/A of a clinical document; the PDF it carries when it carries one.
pub fn copie(document: &ClinicalDocument, edite_le: &str, instant: Timestamp) -> Option<Vec<u8>> {
    if let Body::File(fichier) = &document.body
        && fichier.bytes.starts_with(b"%PDF-")
    {
        return Some(fichier.bytes.clone());
    }
    edition::pdf(&doc(document, edite_le, instant)).ok()
}

/// What is printed of a clinical document, block by block.
pub fn doc(document: &ClinicalDocument, edite_le: &str, instant: Timestamp) -> Doc {
    let header = &document.header;
    let patient = &header.patient;
    let nom = patient.names.first().map(cda_r2::PersonName::display).unwrap_or_default();
    let naissance =
        patient.birth_time.as_ref().map(|jour| jour.date_iso().unwrap_or_else(|| jour.raw.clone())).unwrap_or_default();
    let auteurs: Vec<String> = header.authors.iter().filter_map(|auteur| auteur.entity.display()).collect();
    let mut definitions = vec![("Patient".to_owned(), texte(nom.clone())), ("Naissance".to_owned(), texte(naissance))];
    definitions.extend(patient.ins().into_iter().map(|(_, numero)| ("INS".to_owned(), texte(numero))));
    definitions.push(("Auteur".to_owned(), texte(auteurs.join(", "))));
    let mut blocs = vec![Bloc::Definitions(definitions)];
    for section in document.sections() {
        poser(section, &mut blocs);
    }
    Doc {
        titre: header.title.clone().unwrap_or_else(|| header.code.label().unwrap_or("Document").to_owned()),
        entete: Entete {
            etablissement: header.custodian.as_ref().and_then(|lieu| lieu.name.clone()).unwrap_or_default(),
            unite: String::new(),
        },
        confidentialite: "Données de santé, secret professionnel".to_owned(),
        edite_le: edite_le.to_owned(),
        instant,
        edite_par: auteurs.join(", "),
        document_de_travail: false,
        repere: nom,
        blocs,
        ..Doc::default()
    }
}

fn poser(section: &Section, blocs: &mut Vec<Bloc>) {
    if let Some(titre) = section.title.as_ref().filter(|titre| !titre.trim().is_empty()) {
        blocs.push(Bloc::Titre(Niveau::Un, titre.trim().to_owned()));
    }
    // Blocks stand on their own lines, cells of a row are separated by tabs.
    for ligne in section.narrative.plain_text().lines() {
        let mots: Vec<&str> = ligne.split('\t').map(str::trim).filter(|mot| !mot.is_empty()).collect();
        if !mots.is_empty() {
            blocs.push(Bloc::Paragraphe(texte(mots.join(" · "))));
        }
    }
}
