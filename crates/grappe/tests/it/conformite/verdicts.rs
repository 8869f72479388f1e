//! What the programs of others say of the files of the run, and of broken copies of them.

use std::path::{Path, PathBuf};

use serde_json::Value;
use testkit::Validator;

use super::produits::{Piece, Produits, chemins};

/// A copy of a file with a piece of its text changed: what it was changed from must be there.
fn casser(produits: &Produits, original: &Path, nom: &str, (avant, apres): (&str, &str)) -> PathBuf {
    let texte = String::from_utf8(std::fs::read(original).unwrap()).unwrap();
    assert!(texte.contains(avant), "{} has no {avant}", original.display());
    produits.ecrire(nom, texte.replace(avant, apres).as_bytes())
}

fn est_casse(chemin: &str) -> bool {
    chemin.contains("/casse")
}

/// Every second clinical document, from this one: no error in any, several in the broken copy; each is held to the model it says.
pub(crate) fn documents(regles: &Validator, produits: &Produits, depuis: usize) -> Vec<String> {
    let tous = chemins(produits.dlus.iter().chain(&produits.niveaux_1));
    let mut fichiers: Vec<PathBuf> = tous.into_iter().skip(depuis).step_by(2).collect();
    let casse = if depuis == 0 {
        casser(produits, &produits.dlus[0].chemin, "cda/casse-dlu.xml", ("legalAuthenticator", "authenticator"))
    } else {
        let autre_modele = ("1.2.250.1.213.1.1.1.1\"", "1.2.250.1.213.9.9\"");
        casser(produits, &produits.niveaux_1[0].chemin, "cda/casse-n1.xml", autre_modele)
    };
    fichiers.push(casse);
    let jugement = regles.run(&["--json", "--no-volet-ok"], &fichiers);
    let rapport: Value = serde_json::from_str(&jugement.told).unwrap();
    let rapport = rapport.as_object().unwrap();
    assert_eq!(rapport.len(), fichiers.len());
    for (nom, lu) in rapport {
        let erreurs = lu["errors"].as_array().unwrap();
        if est_casse(nom) {
            assert!(!erreurs.is_empty(), "the rules see nothing: {nom}");
            continue;
        }
        assert!(erreurs.is_empty(), "{nom}: {erreurs:#?}");
        let dlu = lu["volet"].as_str().is_some_and(|volet| volet.contains("DLU-EHPAD-DLU"));
        assert_eq!(dlu, nom.ends_with("-dlu.xml"), "{nom}: {lu}");
    }
    let dlus = fichiers.iter().filter(|chemin| chemin.to_string_lossy().ends_with("-dlu.xml")).count() - usize::from(depuis == 0);
    let n1 = fichiers.len() - 1 - dlus;
    vec![format!("CDA: {dlus} DLU 2022.01, {n1} of level 1, 0 error")]
}

/// Packages, messages, resources.
pub(crate) fn autres(xdm: &Validator, hl7: &Validator, fhir: &Validator, produits: &Produits) -> Vec<String> {
    vec![colis(xdm, produits), accuses(hl7, produits), ressources(fhir, produits), transferts(fhir, produits)]
}

/// The documents inside are judged apart. Without a national identity, only the international rules can be held.
fn colis(regles: &Validator, produits: &Produits) -> String {
    let qualifie = |piece: &&Piece| piece.personne.as_ref().is_some_and(|personne| personne.ins.is_some());
    let (avec, sans): (Vec<&Piece>, Vec<&Piece>) = produits.colis.iter().partition(qualifie);
    for (options, pieces) in [(["--no-cda", "--profile", "fr"], &avec), (["--no-cda", "--profile", "ihe"], &sans)] {
        let jugement = regles.run(&options, &chemins(pieces.iter().copied()));
        assert!(jugement.valid, "{}", jugement.told);
        assert_eq!(jugement.told.matches("errors=0 warnings=0").count(), pieces.len(), "{}", jugement.told);
    }
    let mut lu = xdm::read(&std::fs::read(&avec[0].chemin).unwrap(), &xdm::Limits::default()).unwrap();
    // Another kind than the document says it is.
    if let Some(genre) = &mut lu.subsets[0].documents[0].entry.type_code {
        genre.code = "60591-5".into();
    }
    let origine = xdm::Origin { institution: "essai".into(), contact: "0".into(), software: "essai".into() };
    let casse = produits.ecrire("xdm/casse/IHE_XDM.ZIP", &xdm::write(&lu.subsets, &origine).unwrap());
    let jugement = regles.run(&["--no-cda"], &[casse]);
    assert!(!jugement.valid, "the rules see nothing: {}", jugement.told);
    format!("XDM: {} packages under the French rules, {} under those of IHE, 0 error", avec.len(), sans.len())
}

fn accuses(regles: &Validator, produits: &Produits) -> String {
    let fichiers = chemins(&produits.hl7);
    let jugement = regles.run(&["--sender"], &fichiers);
    assert!(jugement.valid, "{}", jugement.told);
    assert_eq!(jugement.told.matches("VALID  ").count(), fichiers.len(), "{}", jugement.told);
    let casse = casser(produits, &fichiers[0], "hl7/casse.er7", ("MSA|AA|", "MSA|ZZ|"));
    assert!(!regles.run(&["--sender"], &[casse]).valid, "the rules see nothing");
    format!("HL7 v2 acknowledgments: {}, 0 error", fichiers.len())
}

/// Judges files at once; gives the names of those which are wrong, with what is said of them.
fn fautes(regles: &Validator, options: &[&str], fichiers: &[PathBuf]) -> Vec<(String, String)> {
    let mut options = options.to_vec();
    options.push("--json");
    let jugement = regles.run(&options, fichiers);
    let lignes: Vec<Value> =
        jugement.told.lines().filter(|ligne| ligne.starts_with('{')).map(|ligne| serde_json::from_str(ligne).unwrap()).collect();
    assert_eq!(lignes.len(), fichiers.len(), "{}", jugement.told);
    let fausse = |lu: &Value| (lu["file"].as_str().unwrap().to_owned(), lu["errors"].to_string());
    lignes.iter().filter(|lu| lu["valid"] != true).map(fausse).collect()
}

fn seules_cassees(fautes: &[(String, String)], attendues: usize) {
    let vraies: Vec<_> = fautes.iter().filter(|(nom, _)| !est_casse(nom)).collect();
    assert!(vraies.is_empty(), "{vraies:#?}");
    assert_eq!(fautes.len(), attendues, "the rules see nothing in a broken copy: {fautes:?}");
}

fn ressources(regles: &Validator, produits: &Produits) -> String {
    let mut fichiers = chemins(&produits.fhir);
    let entiers = fichiers.len();
    let un = |fin: &str| fichiers.iter().find(|chemin| chemin.to_string_lossy().ends_with(fin)).unwrap().clone();
    let qualifie = produits.fhir.iter().find(|piece| {
        piece.personne.as_ref().is_some_and(|personne| personne.ins.is_some())
            && piece.chemin.to_string_lossy().ends_with("-patient.json")
    });
    let casses = [
        casser(produits, &qualifie.unwrap().chemin, "fhir/casse-patient.json", ("birthDate", "deceasedDateTime")),
        casser(produits, &un("-tout-0.json"), "fhir/casse-tout.json", ("\"searchset\"", "\"recherche\"")),
        casser(produits, &un("-recherche-Observation.json"), "fhir/casse-mesures.json", ("\"final\"", "\"finie\"")),
    ];
    fichiers.extend(casses.clone());
    seules_cassees(&fautes(regles, &["--set", "frcore-2.1.0"], &fichiers), casses.len());
    format!("FHIR R4 and FR Core 2.1.0: {entiers} resources and bundles, 0 error")
}

fn transferts(regles: &Validator, produits: &Produits) -> String {
    let mut fichiers = chemins(&produits.transferts);
    let entiers = fichiers.len();
    fichiers.push(casser(produits, &fichiers[0], "tddui/casse.json", ("\"birthDate\"", "\"birthDay\"")));
    seules_cassees(&fautes(regles, &["--set", "tddui-2.4.0", "--transaction"], &fichiers), 1);
    format!("TDDUI 2.4.0 transactions: {entiers}, 0 error")
}
