//! Documents as `DocumentReference`, shaped as PDSm 3.1.1 (IHE MHD 4.0.1) as far as records know; bytes by `Binary`.

use documents::{Document, TypeDocument};
use fhir_r4::{DateRange, Object, coding, logical_reference, reference};
use jiff::tz::TimeZone;
use platform::store::Stored;

use super::systemes as s;
use super::{Fiche, Indice, debut, vers_patient};

/// National codes of documents which are not LOINC (TRE_A05).
const TRE_A05: &str = "https://mos.esante.gouv.fr/NOS/TRE_A05-TypeDocComplementaire/FHIR/TRE-A05-TypeDocComplementaire";

/// A LOINC code has digits, a dash and its check digit; the others are national.
fn systeme(code: &str) -> &'static str {
    let loinc = code.split_once('-').is_some_and(|(numero, cle)| {
        !numero.is_empty() && cle.len() == 1 && numero.bytes().chain(cle.bytes()).all(|octet| octet.is_ascii_digit())
    });
    if loinc { s::LOINC } else { TRE_A05 }
}

fn statut(document: &Document) -> &'static str {
    match (document.annule.is_some(), document.remplace_par.is_some()) {
        (true, _) => "entered-in-error",
        (false, true) => "superseded",
        (false, false) => "current",
    }
}

/// The document as a resource; `base` is where its bytes are read, `etablissement` its FINESS and its name.
pub(crate) fn document(lu: &Stored<Document>, base: &str, etablissement: (&str, &str), fuseau: &TimeZone) -> Fiche {
    let id = lu.id.to_string();
    let statut = statut(lu);
    let systeme = systeme(&lu.type_code);
    let libelle = TypeDocument::libelle_de(&lu.type_code);
    let nature = Object::new().with("coding", vec![coding(systeme, &lu.type_code, "")]).with("text", libelle);
    let maitre =
        lu.identifiant.as_ref().map(|identifiant| Object::new().with("use", "usual").with("value", identifiant.as_str()));
    let remplace = lu.remplace.map(|ancien| {
        let cible = reference(&format!("DocumentReference/{ancien}"));
        vec![Object::new().with("code", "replaces").with("target", cible)]
    });
    let piece = Object::new()
        .with("contentType", lu.mime.as_str())
        .with("language", "fr-FR")
        .with("url", format!("{base}/Binary/{id}"))
        .with("size", i64::try_from(lu.taille).unwrap_or(i64::MAX))
        .with("title", lu.titre.as_str())
        .with("creation", lu.date_document);
    let auteur = if lu.auteur.is_empty() { Vec::new() } else { vec![Object::new().with("display", lu.auteur.as_str())] };
    let corps = debut("DocumentReference", &id, lu.version, lu.recorded, &[])
        .with("masterIdentifier", maitre)
        .with("status", statut)
        .with("type", nature)
        .with("subject", vers_patient(lu.usager))
        .with("date", lu.classe_le)
        .with("author", auteur)
        .with("custodian", logical_reference("Organization", s::FINESS, etablissement.0, etablissement.1))
        .with("relatesTo", remplace)
        .with("description", lu.titre.as_str())
        .with("content", vec![Object::new().with("attachment", piece)]);
    let mut indices = vec![
        ("_id", Indice::Jeton("", id.clone())),
        ("status", Indice::Jeton("", statut.to_owned())),
        ("type", Indice::Jeton(systeme, lu.type_code.clone())),
        ("date", Indice::Dates(DateRange::instant(lu.classe_le))),
    ];
    if let Some(identifiant) = &lu.identifiant {
        indices.push(("identifier", Indice::Jeton("", identifiant.clone())));
    }
    let jour = lu.date_document;
    if let Some(plage) = DateRange::civil(jour.year(), Some(jour.month()), Some(jour.day()), fuseau) {
        indices.push(("creation", Indice::Dates(plage)));
    }
    Fiche { genre: "DocumentReference", id, version: lu.version, maj: lu.recorded, rang: lu.classe_le, corps, indices }
}
