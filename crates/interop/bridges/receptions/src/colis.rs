//! Packages of documents (IHE XDM): each document is a file of its own, with what the metadata say of it.

use documents::{Apercu, Contenu, Nature, Partie, PatientLu, RolePartie, borner};
use xdm::{DocumentEntry, Limits, Package, Role};

const MIME: &str = "application/zip";
/// Refusals which mean « an archive, and no package »: the file is then of an unknown format, not a damaged package.
const PAS_UN_COLIS: [&str; 2] = ["no_metadata", "nested_archive"];

/// Reads an archive.
pub(crate) fn lire(octets: &[u8], apercu: Apercu) -> Contenu {
    match xdm::read(octets, &Limits::default()) {
        Ok(package) => ouvrir(package),
        Err(erreur) if PAS_UN_COLIS.contains(&erreur.code()) => apercu.into(),
        Err(erreur) => crate::refus(Nature::Colis, MIME, format!("xdm_{}", erreur.code()), &erreur.to_string()),
    }
}

fn ouvrir(package: Package) -> Contenu {
    let mut parties = Vec::new();
    let mut titre = None;
    for (numero, document) in package.subsets.into_iter().flat_map(|subset| subset.documents).enumerate() {
        let annonce = annonce(&document.entry, &document.bytes);
        let nom = format!("document-{}.{}", numero + 1, extension(&document.entry.mime_type));
        titre = titre.or_else(|| annonce.titre.clone());
        parties.push(Partie { nom, octets: document.bytes, role: RolePartie::Piece, annonce: Some(annonce) });
        if let Some(octets) = document.readable {
            let nom = format!("document-{}.pdf", numero + 1);
            parties.push(Partie { nom, octets, role: RolePartie::Copie, annonce: None });
        }
    }
    // Files the metadata do not describe: a PDF nobody tied to a document is shown, the rest stays in the package.
    let autres = package.others.into_iter().filter(|autre| matches!(autre.role, Role::Pdf | Role::Other));
    parties.extend(autres.map(|autre| Partie {
        nom: autre.path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned(),
        octets: autre.bytes,
        role: if autre.role == Role::Pdf { RolePartie::Copie } else { RolePartie::Piece },
        annonce: None,
    }));
    let avertissements = package.warnings.iter().take(20).map(|phrase| borner(phrase)).collect();
    let apercu = Apercu { titre, avertissements, ..Apercu::vide(Nature::Colis, MIME) };
    Contenu { apercu, parties, tableaux: Vec::new() }
}

fn extension(mime: &str) -> &'static str {
    match mime {
        "application/pdf" => "pdf",
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "text/plain" => "txt",
        _ => "xml",
    }
}

/// What the metadata say of a document.
fn annonce(entry: &DocumentEntry, octets: &[u8]) -> Apercu {
    let auteurs: Vec<String> = entry.authors.iter().filter_map(auteur).collect();
    let code = entry.type_code.as_ref();
    Apercu {
        titre: entry.title.as_deref().map(borner).filter(|titre| !titre.is_empty()),
        type_code: code.map(|code| code.code.clone()),
        type_libelle: code.map(|code| borner(&code.display)),
        date: entry.creation_time.as_ref().and_then(|le| jour(le.as_str())),
        auteur: borner(&auteurs.join(", ")),
        identifiant: Some(entry.unique_id.clone()),
        patient: patient(entry),
        refus: autre_patient(entry, octets).then(|| "xdm_patient_different".to_owned()),
        ..Apercu::vide(Nature::Inconnue, MIME)
    }
}

fn auteur(author: &xdm::Author) -> Option<String> {
    let nom = author.person.as_ref().map(|person| format!("{} {}", person.given, person.family).trim().to_owned());
    let lieu = author.institutions.first().map(|institution| institution.name.clone()).filter(|lieu| !lieu.is_empty());
    match (nom.filter(|nom| !nom.is_empty()), lieu) {
        (Some(nom), Some(lieu)) => Some(format!("{nom} ({lieu})")),
        (nom, lieu) => nom.or(lieu),
    }
}

fn jour(digits: &str) -> Option<jiff::civil::Date> {
    let (annee, mois, jour) = (digits.get(..4)?, digits.get(4..6)?, digits.get(6..8)?);
    format!("{annee}-{mois}-{jour}").parse().ok()
}

fn patient(entry: &DocumentEntry) -> Option<PatientLu> {
    let source = &entry.source_patient;
    let ids = entry.patient_id.iter().chain(&entry.source_patient_id).chain(&source.ids);
    let mut ins: Vec<(String, String)> =
        ids.filter(|id| id.is_ins()).map(|id| (id.authority.clone(), id.value.clone())).collect();
    ins.dedup();
    let naissance = source.names.iter().find(|name| name.kind == "L").or_else(|| source.names.first())?;
    let plein = |texte: &str| Some(borner(texte)).filter(|texte| !texte.is_empty());
    let prenoms = plein(&naissance.given_list).or_else(|| plein(&naissance.given));
    Some(PatientLu {
        ins,
        nom_naissance: plein(&naissance.family),
        prenoms,
        premier_prenom: plein(&naissance.given),
        nom_affiche: borner(&format!("{} {}", naissance.family, naissance.given)),
        sexe: source.sex.as_deref().map(|sexe| if matches!(sexe, "F" | "M") { sexe } else { "I" }.to_owned()),
        naissance: source.birth.as_deref().map(date),
        lieu: None,
    })
}

/// `AAAA-MM-JJ` from the digits of a metadata, zeros for what is absent.
fn date(digits: &str) -> String {
    let morceau = |de: usize, a: usize, absent: &str| digits.get(de..a).unwrap_or(absent).to_owned();
    format!("{}-{}-{}", morceau(0, 4, "0000"), morceau(4, 6, "00"), morceau(6, 8, "00"))
}

/// True if the document names another national identity than its metadata do.
fn autre_patient(entry: &DocumentEntry, octets: &[u8]) -> bool {
    let Some(annonce) = entry.patient_id.as_ref().filter(|id| id.is_ins()) else { return false };
    let Ok(document) = cda_r2::parse(octets, &cda_r2::Limits::default()) else { return false };
    let lues = document.header.patient.ins();
    !lues.is_empty() && !lues.iter().any(|(_, numero)| *numero == annonce.value)
}
