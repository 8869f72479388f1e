//! Pages: the documents of a person, one document, one reception.

pub(crate) mod attente;

use kernel::id::{UniteId, UsagerId};
use maud::{Markup, html};
use platform::acces::{Acces, Categorie, DossierOuvert, Droit, PerimetreOuvert};
use platform::erreur::{Erreur, Resultat};
use platform::store::{Query, Stored};
use platform::web::{Answer, Champs, Chemin, Erreurs, Parametres, page};
use sejours::Resident;
use serde::Deserialize;
use usagers::Identification;
use uuid::Uuid;

use crate::analyse::Nature;
use crate::contenu::lire;
use crate::ouvrables::{ouvrables, parmi};
use crate::rapprochement::candidats;
use crate::reception::Reception;
use crate::records::{Lu, document_de, documents_de, lane_contenues};
use crate::reperes::fiches_de;
use crate::rights::{ClasserReceptions, ComparerIdentites, DeposerDocument, LireDocuments, OuvrirReception, VoirReceptions};
use crate::views;

/// What the list shows.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Filtre {
    #[serde(default)]
    pub(crate) q: String,
    #[serde(default, rename = "type")]
    pub(crate) type_code: String,
    #[serde(default)]
    pub(crate) origine: String,
    /// `oui`: replaced and annulled ones too.
    #[serde(default)]
    pub(crate) anciens: String,
}

fn habiller<D: Droit>(acces: &Acces<D>, titre: &str, bandeau: Markup, contenu: Markup) -> Markup {
    page(acces, titre, "/residents").bandeau(bandeau).contenu(contenu).render()
}

/// The documents of a person.
pub(crate) async fn liste(
    acces: Acces<LireDocuments>,
    Chemin(usager): Chemin<UsagerId>,
    Parametres(filtre): Parametres<Filtre>,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let documents = documents_de(&dossier).await?;
    let medical = dossier.peut_lire(Categorie::Medical);
    let peut = (dossier.peut_ecrire(Categorie::Documents), dossier.peut_ecrire(Categorie::Medical));
    let contenu = html! {
        (sejours::onglets(&dossier, &format!("/residents/{usager}/documents")))
        (views::liste::page(usager, &documents, &filtre, peut, medical))
    };
    Ok(Answer::html(habiller(&acces, "Documents", sejours::bandeau(&dossier).await?, contenu)))
}

/// The drop form.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Depot {
    #[serde(default)]
    remplace: String,
}

pub(crate) async fn nouveau(
    acces: Acces<DeposerDocument>,
    Chemin(usager): Chemin<UsagerId>,
    Parametres(depot): Parametres<Depot>,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let champs = Champs::depuis(&[("remplace", depot.remplace.as_str())]);
    formulaire(&acces, &dossier, &champs, &Erreurs::default()).await.map(Answer::html)
}

/// The drop form with what was typed and its errors; files must be chosen again.
pub(crate) async fn formulaire<D: Droit>(
    acces: &Acces<D>,
    dossier: &DossierOuvert<D>,
    champs: &Champs,
    erreurs: &Erreurs,
) -> Resultat<Markup> {
    let ancien = match champs.lire::<Uuid>("remplace") {
        Some(id) => document_de(dossier, id).await?,
        None => None,
    };
    let aujourd_hui = kernel::dates::jour_local(acces.now(), &acces.services().fuseau);
    let contenu = views::depot::page(dossier.usager(), champs, erreurs, ancien.as_ref(), acces.nouvel_id(), aujourd_hui);
    Ok(habiller(acces, "Déposer des documents", sejours::bandeau(dossier).await?, contenu))
}

/// One document, readable in the record.
pub(crate) async fn document(acces: Acces<LireDocuments>, Chemin((usager, id)): Chemin<(UsagerId, Uuid)>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let lu = document_de(&dossier, id).await?.ok_or(Erreur::Introuvable)?;
    document_rendu(&acces, &dossier, &lu, &Erreurs::default()).await.map(Answer::html)
}

/// One document, with the errors of an annulment.
pub(crate) async fn document_rendu<D: Droit>(
    acces: &Acces<D>,
    dossier: &DossierOuvert<D>,
    lu: &Lu,
    erreurs: &Erreurs,
) -> Resultat<Markup> {
    let base = format!("/residents/{}/documents/{}", lu.usager, lu.id);
    let nature = Nature::de_mime(&lu.mime);
    let contenu = if se_dessine(nature) {
        let octets =
            dossier.document(&lu.blob).await?.ok_or_else(|| Erreur::Panne("the bytes of a document are missing".into()))?;
        dessiner(nature, octets, base).await?
    } else {
        views::lecture::fichier(nature, &lu.titre, &base)
    };
    let peut_ecrire = dossier.peut_ecrire(Categorie::Documents);
    let dits = platform::dossier::sur_document(acces, dossier, lu.id).await?;
    let contenu = html! { @for dit in dits { (dit) } (contenu) };
    let markup = views::lecture::page(lu, &contenu, erreurs, peut_ecrire, &acces.services().fuseau);
    Ok(habiller(acces, &lu.titre, sejours::bandeau(dossier).await?, markup))
}

/// What is drawn from its bytes; the rest is shown by the browser itself.
fn se_dessine(nature: Nature) -> bool {
    matches!(nature, Nature::Cda | Nature::Courriel | Nature::Message | Nature::Fhir)
}

async fn dessiner(nature: Nature, octets: Vec<u8>, base: String) -> Resultat<Markup> {
    let dessin = move || match nature {
        Nature::Cda => views::lecture::cda(&octets, &base),
        _ => views::reception::lisible(&lire(&octets)),
    };
    tokio::task::spawn_blocking(dessin).await.map_err(|error| Erreur::Panne(error.to_string()))
}

/// How a file is wanted.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Maniere {
    #[serde(default)]
    telecharger: String,
}

/// The bytes of a document: shown for a PDF or an image, downloaded otherwise. SVG and HTML are never recognised, so never shown.
pub(crate) async fn brut(
    acces: Acces<LireDocuments>,
    Chemin((usager, id)): Chemin<(UsagerId, Uuid)>,
    Parametres(maniere): Parametres<Maniere>,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let lu = document_de(&dossier, id).await?.ok_or(Erreur::Introuvable)?;
    let octets = dossier.document(&lu.blob).await?.ok_or(Erreur::Introuvable)?;
    Ok(servir(octets, &lu.nom_fichier, maniere.telecharger != "oui"))
}

/// A piece embedded in a clinical document.
pub(crate) async fn piece(
    acces: Acces<LireDocuments>,
    Chemin((usager, id, rang)): Chemin<(UsagerId, Uuid, usize)>,
    Parametres(maniere): Parametres<Maniere>,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let lu = document_de(&dossier, id).await?.ok_or(Erreur::Introuvable)?;
    let octets = dossier.document(&lu.blob).await?.ok_or(Erreur::Introuvable)?;
    servir_piece(octets, rang, maniere.telecharger != "oui").await
}

async fn servir_piece(octets: Vec<u8>, rang: usize, montrer: bool) -> Resultat<Answer> {
    let extraite = tokio::task::spawn_blocking(move || {
        let document = cda_r2::parse(&octets, &cda_r2::Limits::default()).ok()?;
        views::cda::pieces(&document).get(rang).map(|piece| piece.bytes.clone())
    });
    let octets = extraite.await.ok().flatten().ok_or(Erreur::Introuvable)?;
    let extension =
        kernel::fichiers::NatureFichier::reconnaitre(&octets).map_or("bin", kernel::fichiers::NatureFichier::extension);
    Ok(servir(octets, &format!("piece-{rang}.{extension}"), montrer))
}

fn servir(octets: Vec<u8>, nom: &str, montrer: bool) -> Answer {
    let (nature, mime) = Nature::de(&octets);
    let montrable = matches!(nature, Nature::Pdf | Nature::Image);
    let mime = if montrable { mime } else { "application/octet-stream" };
    let answer = Answer::fichier(octets, mime, nom, montrer && montrable);
    if nature == Nature::Pdf { answer.encadrable() } else { answer }
}

/// A search of the person by name, for a reception without identity.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Recherche {
    #[serde(default)]
    q: String,
}

/// One reception: what the file says, the records it may belong to.
pub(crate) async fn reception(
    acces: Acces<VoirReceptions>,
    Chemin(id): Chemin<Uuid>,
    Parametres(recherche): Parametres<Recherche>,
) -> Resultat<Answer> {
    let lue = acces.lire::<Reception>(id).await?.filter(|lue| lue.visible(acces.contexte())).ok_or(Erreur::Introuvable)?;
    reception_rendue(&acces, &lue, &recherche.q, &Erreurs::default()).await.map(Answer::html)
}

/// A record which may be the right one, ready to be compared.
pub(crate) struct Compare {
    pub(crate) resident: Resident,
    pub(crate) identification: Identification,
    pub(crate) meme_ins: bool,
    pub(crate) ecarts: Vec<kernel::ins::TraitStrict>,
}

/// One reception, with the errors of a refusal.
pub(crate) async fn reception_rendue<D: Droit>(
    acces: &Acces<D>,
    lue: &Stored<Reception>,
    q: &str,
    erreurs: &Erreurs,
) -> Resultat<Markup> {
    let attend = lue.etat.attente().is_some() && acces.peut::<ComparerIdentites>();
    let (comparaison, perimetre) = if attend {
        let (comparaison, perimetre) = comparer(acces, lue, q).await?;
        (comparaison, Some(perimetre))
    } else {
        (Vec::new(), None)
    };
    let recues: Acces<VoirReceptions> = acces.aussi().await?;
    let enveloppe = lue.dans.unwrap_or(lue.id);
    let ensemble: Vec<Stored<Reception>> = recues.liste(&Query::lane2(&lane_contenues(enveloppe))).await?;
    // One line of the journal tells who was looked at: what is compared and what may open are seen through the same opening.
    let rangees = ensemble.iter().chain([lue]);
    let ouvrables = match &perimetre {
        Some(perimetre) => parmi(acces, perimetre, rangees).await?,
        None => ouvrables(acces, rangees).await?,
    };
    let vue = views::reception::Vue {
        ensemble: &ensemble,
        ouvrables: &ouvrables,
        lue,
        comparaison: &comparaison,
        q,
        erreurs,
        fuseau: &acces.services().fuseau,
        peut_classer: acces.peut::<ClasserReceptions>() && acces.peut::<DeposerDocument>(),
        peut_ouvrir: acces.peut::<OuvrirReception>(),
    };
    Ok(page(acces, "Document reçu", "/liaisons/reception").contenu(views::reception::page(&vue)).render())
}

/// The persons to compare: those the identity suggests, then those the search finds.
async fn comparer<D: Droit>(
    acces: &Acces<D>,
    lue: &Stored<Reception>,
    q: &str,
) -> Resultat<(Vec<Compare>, PerimetreOuvert<ComparerIdentites>)> {
    let acces: Acces<ComparerIdentites> = acces.aussi().await?;
    let etablissement = kernel::id::EtablissementId(lue.lieu);
    let perimetre = acces.ouvrir_perimetre(etablissement, &[] as &[UniteId]).await?;
    let identifications = perimetre.liste::<Identification>(&Query::lane(&format!("identites/{etablissement}"))).await?;
    let fiches = fiches_de(identifications.clone());
    let patient = lue.apercu.as_ref().and_then(|apercu| apercu.patient.as_ref());
    let proposes = patient.map(|patient| candidats(patient, &fiches)).unwrap_or_default();
    let residents = sejours::residents_de(&perimetre).await?;
    let identite = |usager: UsagerId| identifications.iter().find(|lue| lue.usager == usager).map(|lue| lue.value.clone());
    let mots = kernel::texte::cle_tri(q);
    let cherche = |resident: &Resident| mots.len() >= 2 && kernel::texte::cle_tri(&resident.usager.nom_complet()).contains(&mots);
    let mut comparaison: Vec<Compare> = Vec::new();
    for resident in residents {
        let Some(identification) = identite(resident.id()) else { continue };
        let propose = proposes.iter().find(|candidat| candidat.usager == resident.id());
        if propose.is_none() && !cherche(&resident) {
            continue;
        }
        let (meme_ins, ecarts) = propose.map_or((false, Vec::new()), |candidat| (candidat.meme_ins, candidat.ecarts.clone()));
        comparaison.push(Compare { resident, identification, meme_ins, ecarts });
    }
    comparaison.sort_by_key(|compare| {
        proposes.iter().position(|candidat| candidat.usager == compare.resident.id()).unwrap_or(usize::MAX)
    });
    comparaison.truncate(12);
    Ok((comparaison, perimetre))
}
