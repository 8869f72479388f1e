//! Forms of the directory: typed values out of fields, French sentences when they cannot be read.

use kernel::id::{CompteId, EtablissementId};
use kernel::numeros::{Finess, Rpps};
use kernel::texte::Texte;
use platform::web::{Champs, Erreurs};

use crate::messagerie::{GenreMessagerie, Messagerie};
use crate::model::{Adresse, Correspondant, GENRES, Site};

/// Rows of addresses a form offers.
pub(crate) const RANGS: usize = 6;

fn court<const N: usize>(champs: &Champs, nom: &str, erreurs: &mut Erreurs) -> String {
    erreurs.garder(nom, Texte::<N>::facultatif(champs.texte(nom))).flatten().map(String::from).unwrap_or_default()
}

/// True for what can be an address of mail: one `@`, a domain with a dot, no blank.
fn est_adresse(texte: &str) -> bool {
    let Some((boite, domaine)) = texte.split_once('@') else { return false };
    !boite.is_empty()
        && texte.len() <= 254
        && domaine.contains('.')
        && !domaine.starts_with('.')
        && !domaine.ends_with('.')
        && !texte.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ',' | ';'))
        && !domaine.contains('@')
}

/// Domain of the mailboxes of citizens, whose local part is their INS (MSSanté, référentiel 1): never an entry of the
/// directory, since only the record of the person says whether that INS is qualified.
pub const CITOYENS: &str = "patient.mssante.fr";

/// True for the mailbox of a citizen.
pub fn est_citoyen(adresse: &str) -> bool {
    adresse.rsplit_once('@').is_some_and(|(_, domaine)| domaine.eq_ignore_ascii_case(CITOYENS))
}

const ADRESSE: &str = "Écrivez une adresse de messagerie sécurisée : nom@domaine.mssante.fr.";

/// Reads a correspondent.
pub(crate) fn lire_correspondant(champs: &Champs) -> Result<Correspondant, Erreurs> {
    let mut erreurs = Erreurs::default();
    let nom = court::<160>(champs, "nom", &mut erreurs);
    erreurs.exiger("nom", !nom.is_empty(), "Écrivez le nom du correspondant.");
    let genre = champs.texte("genre").to_owned();
    erreurs.exiger("genre", GENRES.iter().any(|(code, _)| *code == genre), "Choisissez le genre de correspondant.");
    let sites = sites(champs.texte("sites"), &mut erreurs);
    let adresses = (0..RANGS).filter_map(|rang| adresse(champs, rang, &mut erreurs)).collect();
    let rpps = champs.texte("rpps").to_owned();
    erreurs.exiger("rpps", rpps.is_empty() || rpps.parse::<Rpps>().is_ok(), "Un numéro RPPS a onze chiffres.");
    let correspondant = Correspondant {
        nom,
        genre,
        sites,
        adresses,
        telephone: court::<30>(champs, "telephone", &mut erreurs),
        rpps,
        etablissements: champs.tous("etablissements").filter_map(|id| id.parse().ok()).map(EtablissementId).collect(),
        actif: !champs.coche("inactif"),
    };
    if erreurs.aucune() { Ok(correspondant) } else { Err(erreurs) }
}

/// One site a line: « 630000404 Hôpital d'Estaing ».
fn sites(texte: &str, erreurs: &mut Erreurs) -> Vec<Site> {
    let mut sites = Vec::new();
    for ligne in texte.lines().map(str::trim).filter(|ligne| !ligne.is_empty()).take(40) {
        let (finess, nom) = ligne.split_once(char::is_whitespace).unwrap_or((ligne, ""));
        if finess.parse::<Finess>().is_err() {
            erreurs.ajouter(
                "sites",
                format!("« {finess} » n'est pas un numéro FINESS. Écrivez un site par ligne : le numéro, puis le nom."),
            );
        }
        sites.push(Site { finess: finess.to_owned(), nom: nom.trim().chars().take(160).collect() });
    }
    sites
}

fn adresse(champs: &Champs, rang: usize, erreurs: &mut Erreurs) -> Option<Adresse> {
    let nom = format!("adresse-{rang}");
    let texte = champs.texte(&nom).trim().to_owned();
    if texte.is_empty() {
        return None;
    }
    erreurs.exiger(&nom, est_adresse(&texte), ADRESSE);
    let refus =
        "La boîte Mon espace santé d'une personne n'est pas un correspondant : elle se choisit en envoyant depuis son dossier.";
    erreurs.exiger(&nom, !est_citoyen(&texte), refus);
    let service = court::<80>(champs, &format!("service-{rang}"), erreurs);
    Some(Adresse { adresse: texte, service, urgences: champs.coche(&format!("urgences-{rang}")) })
}

/// The fields of a correspondent as they stand.
pub(crate) fn saisie(correspondant: &Correspondant, version: i64) -> Champs {
    let sites: Vec<String> =
        correspondant.sites.iter().map(|site| format!("{} {}", site.finess, site.nom).trim().to_owned()).collect();
    let mut paires = vec![
        ("nom".to_owned(), correspondant.nom.clone()),
        ("genre".to_owned(), correspondant.genre.clone()),
        ("sites".to_owned(), sites.join("\n")),
        ("telephone".to_owned(), correspondant.telephone.clone()),
        ("rpps".to_owned(), correspondant.rpps.clone()),
        ("version".to_owned(), version.to_string()),
    ];
    for (rang, adresse) in correspondant.adresses.iter().enumerate() {
        paires.push((format!("adresse-{rang}"), adresse.adresse.clone()));
        paires.push((format!("service-{rang}"), adresse.service.clone()));
        if adresse.urgences {
            paires.push((format!("urgences-{rang}"), "oui".to_owned()));
        }
    }
    paires.extend(correspondant.etablissements.iter().map(|id| ("etablissements".to_owned(), id.to_string())));
    if !correspondant.actif {
        paires.push(("inactif".to_owned(), "oui".to_owned()));
    }
    let prets: Vec<(&str, &str)> = paires.iter().map(|(nom, valeur)| (nom.as_str(), valeur.as_str())).collect();
    Champs::depuis(&prets)
}

/// Reads a mailbox to open; `comptes` are the accounts it may be that of, `profils` the professions there are.
pub(crate) fn lire_messagerie(champs: &Champs, comptes: &[CompteId], profils: &[String]) -> Result<Messagerie, Erreurs> {
    let mut erreurs = Erreurs::default();
    let adresse = champs.texte("adresse").trim().to_owned();
    erreurs.exiger("adresse", est_adresse(&adresse), ADRESSE);
    let nom = court::<120>(champs, "nom", &mut erreurs);
    erreurs.exiger("nom", !nom.is_empty(), "Écrivez le nom que verront vos correspondants.");
    let genre = GenreMessagerie::TOUS.iter().find(|(_, code, _)| *code == champs.texte("genre")).map(|(genre, ..)| *genre);
    erreurs.exiger("genre", genre.is_some(), "Dites à qui est cette messagerie.");
    let etablissement = champs.lire("etablissement");
    erreurs.exiger("etablissement", etablissement.is_some(), "Choisissez l'établissement.");
    let titulaire = champs.lire::<CompteId>("titulaire").filter(|compte| comptes.contains(compte));
    let titulaire = titulaire.filter(|_| genre == Some(GenreMessagerie::Personne));
    let sans = genre == Some(GenreMessagerie::Personne) && titulaire.is_none();
    erreurs.exiger("titulaire", !sans, "Choisissez la personne à qui est cette messagerie.");
    let de_role = genre == Some(GenreMessagerie::Role);
    let profils: Vec<String> =
        profils.iter().filter(|code| de_role && champs.tous("profils").any(|choisi| choisi == **code)).cloned().collect();
    erreurs.exiger("profils", !de_role || !profils.is_empty(), "Choisissez au moins une fonction qui lit et envoie.");
    match (genre, etablissement, erreurs.aucune()) {
        (Some(genre), Some(etablissement), true) => {
            let etablissement = EtablissementId(etablissement);
            Ok(Messagerie { adresse, nom, genre, etablissement, titulaire, profils, active: true })
        }
        _ => Err(erreurs),
    }
}
