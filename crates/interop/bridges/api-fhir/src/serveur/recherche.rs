//! Searches: whose, then which; pages, totals, what could not be told.

use axum::response::Response;
use fhir_r4::{Bundle, BundleKind, Entry, EntryMode, Interaction, Issue, IssueType, Search, outcome};
use http::StatusCode;
use kernel::id::UsagerId;
use platform::Erreur;

use super::appel::Appel;
use super::curseur::{Page, trier};
use super::ecart::Ecart;
use super::filtre::Filtre;
use super::genres::{Genre, Offre};
use super::{fiches, patients, reponse};
use crate::ressources::Fiche;

/// Most persons of one search on their records.
const PERSONNES_MAX: usize = 10;

/// What nobody may take for an empty record.
const RIEN_A_DIRE: &str = "Aucune donnée n'a été lue pour une des personnes de cette recherche : elle est inconnue de cette application, \
                           ou l'information n'est pas partagée avec elle. Ne concluez pas qu'il n'y a rien.";

/// `GET /fhir/{type}?…` and `POST /fhir/{type}/_search`.
pub(crate) async fn chercher(appel: &Appel, genre: &str, requete: &str) -> Result<Response, Ecart> {
    let genre = appel.exiger(genre, Interaction::Search)?;
    if !genre.offre(Offre::Recherche) {
        return Err(Ecart::demande(format!("{} se lit par son adresse, il ne se cherche pas.", genre.nom)));
    }
    let recherche = Search::read(requete)?;
    let page = Page::lire(&recherche)?;
    let filtre = Filtre::lire(genre, &recherche, &appel.demande.services().fuseau)?;
    let (fiches, avertissement) = match genre.nom {
        "Patient" => (patients::chercher(appel, &filtre).await?, None),
        "Subscription" => (crate::abonnements::de_l_application(appel).await?, None),
        _ => par_personne(appel, genre, &filtre).await?,
    };
    let total = i64::try_from(fiches.len()).ok();
    let (mut choisies, suite) = page.prendre(fiches, &[genre.nom]);
    if genre.nom == "Patient" {
        choisies = ouvrir(appel, choisies).await?;
    }
    let mut bundle = composer(appel, genre.nom, &recherche, choisies, suite.as_deref());
    bundle.total = total;
    if filtre.avec_patient && appel.permet("Patient", Interaction::Read) {
        inclure(appel, &filtre, &mut bundle).await?;
    }
    if let Some(phrase) = avertissement {
        bundle.entries.push(avertir(phrase));
    }
    Ok(reponse::ressource(StatusCode::OK, &bundle.into_resource()))
}

/// A warning inside the answer.
pub(crate) fn avertir(phrase: &str) -> Entry {
    let dit = outcome(&[Issue::warning(IssueType::Incomplete, phrase)]);
    Entry::found("", dit, EntryMode::Outcome)
}

/// The answer, with the address of the next page.
pub(crate) fn composer(appel: &Appel, chemin: &str, recherche: &Search, choisies: Vec<Fiche>, suite: Option<&str>) -> Bundle {
    let adresse = |page: Option<&str>| {
        let mut requete = recherche.without(&["_page"]);
        if let Some(page) = page {
            requete = if requete.is_empty() { format!("_page={page}") } else { format!("{requete}&_page={page}") };
        }
        let fin = if requete.is_empty() { String::new() } else { format!("?{requete}") };
        format!("{}/{chemin}{fin}", appel.base)
    };
    let mut links = vec![("self", adresse(recherche.first("_page")))];
    links.extend(suite.map(|suite| ("next", adresse(Some(suite)))));
    let entree = |fiche: Fiche| {
        let adresse = format!("{}/{}/{}", appel.base, fiche.genre, fiche.id);
        Entry::found(&adresse, fiche.corps, EntryMode::Match)
    };
    Bundle {
        kind: BundleKind::Searchset,
        at: appel.demande.contexte().now,
        total: None,
        links,
        entries: choisies.into_iter().map(entree).collect(),
    }
}

/// Each person of a page is opened, which the journal tells; one who closed meanwhile is left out.
async fn ouvrir(appel: &Appel, choisies: Vec<Fiche>) -> Result<Vec<Fiche>, Ecart> {
    let mut ouvertes = Vec::with_capacity(choisies.len());
    for fiche in choisies {
        let Ok(usager) = fiche.id.parse::<UsagerId>() else { continue };
        match fiches::la_personne(appel, usager).await {
            Ok(fiche) => ouvertes.push(fiche),
            Err(erreur) => {
                let ecart = Ecart::from(erreur);
                if !ecart.est_inconnu() {
                    return Err(ecart);
                }
            }
        }
    }
    Ok(ouvertes)
}

/// Whose records are searched; refused when the search names nobody.
async fn personnes(appel: &Appel, genre: &Genre, filtre: &Filtre) -> Result<Vec<UsagerId>, Ecart> {
    if filtre.patients.is_empty() && filtre.numeros.is_empty() {
        let phrase = format!("Une recherche sur {} nomme la personne : « patient » ou « patient.identifier ».", genre.nom);
        return Err(Ecart::new(StatusCode::BAD_REQUEST, IssueType::Required, phrase));
    }
    let mut usagers: Vec<UsagerId> = filtre.patients.iter().filter_map(|id| id.parse().ok()).collect();
    if !filtre.numeros.is_empty() {
        let trouves = patients::chercher_par_identifiant(appel, &filtre.numeros).await?;
        usagers =
            if filtre.patients.is_empty() { trouves } else { usagers.into_iter().filter(|un| trouves.contains(un)).collect() };
    }
    usagers.sort_unstable();
    usagers.dedup();
    if usagers.len() > PERSONNES_MAX {
        return Err(Ecart::demande(format!("Une recherche porte sur {PERSONNES_MAX} personnes au plus.")));
    }
    Ok(usagers)
}

async fn par_personne(appel: &Appel, genre: &Genre, filtre: &Filtre) -> Result<(Vec<Fiche>, Option<&'static str>), Ecart> {
    let usagers = personnes(appel, genre, filtre).await?;
    let mut avertissement = usagers.is_empty().then_some(RIEN_A_DIRE);
    let mut trouvees = Vec::new();
    for usager in usagers {
        let lues = match fiches::de_personne(appel, genre.nom, usager).await {
            Err(Erreur::Fusionne { garde, .. }) => fiches::de_personne(appel, genre.nom, garde).await,
            autre => autre,
        };
        match lues {
            Ok(lues) => trouvees.extend(lues.into_iter().filter(|fiche| filtre.garde(fiche))),
            Err(erreur) => {
                let ecart = Ecart::from(erreur);
                if !ecart.est_inconnu() {
                    return Err(ecart);
                }
                avertissement = Some(RIEN_A_DIRE);
            }
        }
    }
    trier(&mut trouvees);
    Ok((trouvees, avertissement))
}

/// `_include`: the persons the answer is about, when their identity may be read.
async fn inclure(appel: &Appel, filtre: &Filtre, bundle: &mut Bundle) -> Result<(), Ecart> {
    if bundle.entries.is_empty() {
        return Ok(());
    }
    for usager in filtre.patients.iter().filter_map(|id| id.parse::<UsagerId>().ok()) {
        if let Ok(fiche) = fiches::la_personne(appel, usager).await {
            let adresse = format!("{}/Patient/{}", appel.base, fiche.id);
            bundle.entries.push(Entry::found(&adresse, fiche.corps, EntryMode::Include));
        }
    }
    Ok(())
}
