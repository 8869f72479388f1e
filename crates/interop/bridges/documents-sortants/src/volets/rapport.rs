//! Personalised project, report: a text of the team on paper (PDF/A-1), in an envelope other software reads (CI-SIS level 1).

use documents::TypeDocument;
use edition::{Bloc, Doc, Entete, Liste, Niveau, texte};
use kernel::dates::date_heure;
use platform::web::Champs;

use super::{Champ, Contenu, Contexte, Groupe, Redige, Sorte};
use crate::niveau_1::genre;

/// Kinds a house writes as a text, of the national list (JDV_J07); labels are those of `documents`.
const TYPES: &[(&str, &str)] = &[
    ("80788-3", "Projet personnalisé d'accompagnement"),
    ("11506-3", "Fiche de suivi de soins"),
    ("83981-1", "Lettre de liaison à la sortie de l'établissement"),
    ("34842-5", "Évaluation médico-sociale"),
    ("28653-4", "Autre document médico-social"),
];

pub(super) const GROUPES: &[Groupe] = &[Groupe {
    titre: "Le document",
    champs: &[
        Champ::new("type", "Type", Sorte::Choix(TYPES)).requis("Choisissez le type de document."),
        Champ::new("titre", "Titre", Sorte::Ligne(120)).requis("Écrivez un titre."),
        Champ::new("texte", "Texte", Sorte::Zone(20_000))
            .requis("Écrivez le texte du document.")
            .aide("Une ligne vide sépare les paragraphes ; « # » commence un intertitre ; « - » commence un point de liste."),
    ],
}];

/// Paragraphs, headings and lists of a typed text.
fn blocs(saisie: &str) -> Vec<Bloc> {
    let mut blocs = Vec::new();
    let (mut paragraphe, mut points): (Vec<&str>, Vec<edition::Texte>) = (Vec::new(), Vec::new());
    for ligne in saisie.lines().map(str::trim).chain([""]) {
        let point = ligne.strip_prefix("- ").or_else(|| ligne.strip_prefix("• "));
        if point.is_none() && !points.is_empty() {
            blocs.push(Bloc::Liste(Liste { numerotee: false, elements: std::mem::take(&mut points) }));
        }
        let intertitre = ligne.strip_prefix('#').map(|mots| mots.trim_start_matches('#').trim());
        if (ligne.is_empty() || point.is_some() || intertitre.is_some()) && !paragraphe.is_empty() {
            blocs.push(Bloc::Paragraphe(texte(std::mem::take(&mut paragraphe).join("\n"))));
        }
        match (point, intertitre) {
            (Some(point), _) => points.push(texte(point)),
            (_, Some(mots)) if !mots.is_empty() => blocs.push(Bloc::Titre(Niveau::Un, mots.to_owned())),
            (_, Some(_)) => {}
            _ if ligne.is_empty() => {}
            _ => paragraphe.push(ligne),
        }
    }
    blocs
}

/// The document.
pub(super) fn rediger(contexte: &Contexte<'_>, saisie: &Champs, par: &str) -> Result<Redige, (&'static str, String)> {
    let dlu = contexte.dlu;
    let code = saisie.texte("type");
    let connu = TYPES.iter().find(|(connu, _)| *connu == code);
    let (code, _) = connu.ok_or(("type", "Choisissez le type de document.".to_owned()))?;
    let genre = genre(code).map_err(|erreur| ("type", format!("Ce type ne peut pas être envoyé ({erreur}).")))?;
    let titre = saisie.texte("titre").to_owned();
    let doc = Doc {
        titre: titre.clone(),
        sous_titre: TypeDocument::libelle_de(code).to_owned(),
        entete: Entete { etablissement: dlu.etablissement.nom.as_str().to_owned(), unite: dlu.unite.clone() },
        pied: urgences::document::pied(dlu),
        confidentialite: "Secret professionnel.".into(),
        edite_le: date_heure(dlu.au, contexte.fuseau),
        instant: dlu.au,
        edite_par: par.to_owned(),
        document_de_travail: false,
        repere: urgences::document::repere(dlu),
        blocs: blocs(saisie.texte("texte")),
        ..Doc::default()
    };
    let court: String =
        kernel::texte::plier(&titre).chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).take(60).collect();
    Ok(Redige {
        contenu: Contenu::Rapport { genre, doc: Box::new(doc) },
        titre,
        type_code: (*code).to_owned(),
        clef: format!("{code}-{court}"),
        jour: dlu.jour,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_headings_and_lists_are_told_apart_and_no_word_is_lost() {
        let faits = blocs("Bonjour\nà vous\n\n# Objectifs\n- marcher\n- lire\nPuis la suite");
        let attendus = vec![
            Bloc::Paragraphe(texte("Bonjour\nà vous")),
            Bloc::Titre(Niveau::Un, "Objectifs".into()),
            Bloc::Liste(Liste { numerotee: false, elements: vec![texte("marcher"), texte("lire")] }),
            Bloc::Paragraphe(texte("Puis la suite")),
        ];
        assert_eq!(faits, attendus);
    }
}
