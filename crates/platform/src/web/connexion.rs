//! Signing in and out, choosing where one works, one's own preferences, the live stream, the service's state.

use std::sync::Arc;

use axum::Router;
use axum::extract::{FromRequest, Query as QueryExtractor, Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use http::{HeaderMap, HeaderValue, header};
use kernel::id::{CompteId, EtablissementId, UniteId};
use maud::{Markup, html};
use serde::Deserialize;
use store::{Batch, Nature, Query, Reach, Stored};
use ui::Page;
use ui::alerte::{Alerte, Nature as NatureAlerte};
use ui::boutons::Bouton;
use ui::champs::{Texte, cache};
use uuid::Uuid;

use super::application::repondre_erreur;
use super::session::{self, Methode, ouvrir_session};
use super::{Answer, Champs, Routes, mot_de_passe};
use crate::acces::{Acces, Compte, LANE_COMPTES};
use crate::erreur::{Erreur, Resultat};
use crate::services::Services;

crate::droits! {
    /// One's own session, context and preferences.
    SonCompte = "compte.sien", "Gérer sa session, son contexte et ses préférences", Personnel, Ecrire, Soi;
}

/// Carries a message to the next page.
pub(crate) const COOKIE_MESSAGE: &str = "grappe_dit";

/// Where a session opened with a one-use password goes, and nowhere else.
pub const CHOIX_MOT_DE_PASSE: &str = "/compte/mot-de-passe";

/// A card « Entrer comme… » of the demo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarteDemo {
    /// The account.
    pub compte: CompteId,
    /// Who.
    pub nom: String,
    /// One-line mission.
    pub mission: String,
}

/// Percent-encodes a text for a cookie or an address.
pub(crate) fn encoder(texte: &str) -> String {
    let mut out = String::with_capacity(texte.len());
    for byte in texte.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

pub(crate) fn decoder(texte: &str) -> Option<String> {
    let champs = format!("v={texte}");
    let mut bytes = Vec::new();
    let mut rest = champs.bytes().skip(2);
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let hex = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&hex).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok().filter(|texte| !texte.is_empty() && texte.len() < 300)
}

pub(crate) fn cookie_message(message: &str) -> Option<HeaderValue> {
    let age = if message.is_empty() { 0 } else { 30 };
    HeaderValue::from_str(&format!("{COOKIE_MESSAGE}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}", encoder(message))).ok()
}

pub(crate) fn publiques() -> Router<Arc<Services>> {
    Router::new()
        .route("/", get(racine))
        .route("/connexion", get(formulaire).post(connecter))
        .route("/connexion/demo", post(entrer_comme))
        .route("/deconnexion", post(deconnecter))
        .route("/etat", get(etat))
        .route(
            "/accessibilite",
            get(|State(services): State<Arc<Services>>| async move { texte_public(&services, "Accessibilité", ACCESSIBILITE) }),
        )
        .route(
            "/mentions",
            get(|State(services): State<Arc<Services>>| async move { texte_public(&services, "Mentions", MENTIONS) }),
        )
}

pub(crate) fn routes() -> Routes {
    Routes::new()
        .post::<SonCompte, _>("/contexte", changer_contexte)
        .post::<SonCompte, _>("/preferences", changer_preferences)
        .post::<SonCompte, _>("/direct", direct)
}

const ACCESSIBILITE: &[&str] = &[
    "Grappe vise le RGAA 4.1.2 et les règles WCAG 2.2 de niveau AA. Chaque écran est contrôlé automatiquement (axe) en thème clair et en thème nuit, au clavier et à 390 pixels de large.",
    "Ce qui n'est pas encore vérifié : un audit manuel complet par un tiers. Si un écran vous gêne, dites-le à votre référent : la réponse vous est due.",
];
const MENTIONS: &[&str] = &[
    "Grappe est un logiciel libre (AGPL-3.0). L'établissement qui l'utilise est responsable du traitement des données ; son délégué à la protection des données répond à vos questions.",
    "Chaque ouverture d'un dossier est inscrite au journal. Toute personne accompagnée peut demander qui a consulté son dossier.",
];

fn texte_public(services: &Services, titre: &str, phrases: &[&str]) -> Response {
    let corps = html! { h1 { (titre) } @for phrase in phrases { p { (phrase) } } (Bouton::lien("Retour", "/").discret()) };
    Answer::html(Page::seule(titre).demo(services.demo).contenu(corps).render()).response
}

async fn racine(State(services): State<Arc<Services>>, headers: HeaderMap) -> Response {
    match session::trouver(&services, &headers).await {
        Ok(Some(_)) => Answer::vers("/accueil").response,
        Ok(None) => Answer::vers("/connexion").response,
        Err(erreur) => repondre_erreur(&services, &erreur),
    }
}

#[derive(Debug, Default, Deserialize)]
struct Retour {
    #[serde(default)]
    retour: String,
}

/// Only addresses of this site: never `//elsewhere`.
fn retour_sur(retour: &str) -> &str {
    if retour.starts_with('/') && !retour.starts_with("//") && !retour.contains(['\\', '\r', '\n']) { retour } else { "/accueil" }
}

fn page_connexion(services: &Services, cartes: &[CarteDemo], retour: &str, identifiant: &str, erreur: Option<&str>) -> Markup {
    let formulaire = html! {
        @if let Some(erreur) = erreur { (Alerte::new(NatureAlerte::Attention, erreur).annonce()) }
        form class="formulaire" method="post" action="/connexion" {
            (cache("retour", retour))
            (Texte::new("identifiant", "Identifiant").valeur(identifiant).requis().sans_mention())
            (Texte::mot_de_passe("mot_de_passe", "Mot de passe").requis().sans_mention())
            (Bouton::envoyer("Se connecter").principal())
        }
    };
    let corps = html! {
        h1 { "Le dossier de l'usager, partagé par l'équipe" }
        @if !cartes.is_empty() {
            h2 { "Entrer comme…" }
            p class="secondaire" { "Démonstration : chaque carte ouvre Grappe avec les droits d'une fonction." }
            div class="cartes-demo" {
                @for carte in cartes {
                    form method="post" action="/connexion/demo" {
                        (cache("compte", &carte.compte.to_string()))
                        button type="submit" class="carte-demo" { strong { (carte.nom) } " " span { (carte.mission) } }
                    }
                }
            }
            @if let Some(premiere) = cartes.first() { (essais(premiere)) }
            h2 { "Ou avec un identifiant" }
        }
        (formulaire)
    };
    let page = if cartes.is_empty() { Page::seule("Connexion") } else { Page::seule_large("Connexion") };
    page.demo(services.demo).contenu(corps).render()
}

/// The two trials of the demo, in the shoes of the first card: both switches stand on the page of one's entries.
fn essais(carte: &CarteDemo) -> Markup {
    const ESSAIS: [(&str, &str); 2] = [
        ("Couper le réseau", "Validez un soin sans réseau, regardez la file, rétablissez : tout part."),
        ("Deux tablettes", "Une seconde fenêtre sur le même tour : deux saisies du même soin."),
    ];
    html! {
        h2 { "Essayer sans réseau" }
        p class="secondaire" { "Ces essais s'ouvrent au nom de " (carte.nom) ", sur la page « Mes saisies »." }
        div class="cartes-demo" {
            @for (titre, quoi) in ESSAIS {
                form method="post" action="/connexion/demo" {
                    (cache("compte", &carte.compte.to_string())) (cache("retour", "/mes-saisies"))
                    button type="submit" class="carte-demo" { strong { (titre) } " " span { (quoi) } }
                }
            }
        }
    }
}

async fn cartes(services: &Services) -> Resultat<Vec<CarteDemo>> {
    if !services.demo {
        return Ok(Vec::new());
    }
    let comptes: Vec<Stored<Compte>> = services.store.list(&Reach::All, &Query::lane(LANE_COMPTES)).await?;
    let mut cartes: Vec<(String, CarteDemo)> = comptes
        .into_iter()
        .filter_map(|compte| {
            let demo = compte.value.demo.clone()?;
            let (rang, mission) = demo.split_once('|')?;
            let carte =
                CarteDemo { compte: CompteId(compte.id), nom: compte.value.nom_affiche.clone(), mission: mission.to_owned() };
            Some((rang.to_owned(), carte))
        })
        .collect();
    cartes.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(cartes.into_iter().map(|(_, carte)| carte).collect())
}

async fn formulaire(State(services): State<Arc<Services>>, QueryExtractor(retour): QueryExtractor<Retour>) -> Response {
    match cartes(&services).await {
        Ok(cartes) => Answer::html(page_connexion(&services, &cartes, retour_sur(&retour.retour), "", None)).response,
        Err(erreur) => repondre_erreur(&services, &erreur),
    }
}

async fn connecter(State(services): State<Arc<Services>>, request: Request) -> Response {
    match essayer(&services, request).await {
        Ok(response) => response,
        Err(erreur) => repondre_erreur(&services, &erreur),
    }
}

async fn essayer(services: &Services, request: Request) -> Resultat<Response> {
    let champs = Champs::from_request(request, &()).await?;
    let identifiant = champs.texte("identifiant").to_lowercase();
    let now = services.clock.now();
    let attente = services.freins.attente(&identifiant, now);
    if attente > 0 {
        return Err(Erreur::Patience(attente));
    }
    let trouves: Vec<Stored<Compte>> =
        services.store.list(&Reach::All, &Query::lane2(&format!("compte/{identifiant}")).limit(1)).await?;
    let compte = trouves
        .into_iter()
        .next()
        .filter(|compte| compte.ouvert(now) && compte.nature != crate::acces::NatureCompte::Application);
    let attendu = match &compte {
        Some(compte) => mot_de_passe::attendu(services, compte, now).await?,
        None => None,
    };
    let juste = mot_de_passe::verifier(champs.texte("mot_de_passe").to_owned(), attendu).await?;
    let Some(compte) = compte.filter(|_| juste) else {
        services.freins.echec(&identifiant, now);
        let line = session::ligne(services, Nature::Refus, "session.refusee", Uuid::nil(), None);
        services.store.commit(Batch::told_by(line)).await?;
        let phrase = "Identifiant ou mot de passe incorrect. Vérifiez les majuscules, puis recommencez.";
        let markup = page_connexion(services, &[], retour_sur(champs.texte("retour")), &identifiant, Some(phrase));
        return Ok(Answer::a_corriger(markup).response);
    };
    services.freins.succes(&identifiant);
    if compte.mot_de_passe.is_empty() {
        return entrer(services, CompteId(compte.id), Methode::Provisoire, CHOIX_MOT_DE_PASSE).await;
    }
    entrer(services, CompteId(compte.id), Methode::MotDePasse, retour_sur(champs.texte("retour"))).await
}

async fn entrer(services: &Services, compte: CompteId, methode: Methode, vers: &str) -> Resultat<Response> {
    let jeton = ouvrir_session(services, compte, methode, None).await?;
    let mut response = Answer::vers(vers).response;
    if let Some(cookie) = session::entete(services, &jeton) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

async fn entrer_comme(State(services): State<Arc<Services>>, request: Request) -> Response {
    let essai = async {
        if !services.demo {
            return Err(Erreur::Introuvable);
        }
        let champs = Champs::from_request(request, &()).await?;
        let compte = champs.lire::<CompteId>("compte").ok_or(Erreur::Introuvable)?;
        let connu = cartes(&services).await?.iter().any(|carte| carte.compte == compte);
        if !connu {
            return Err(Erreur::Introuvable);
        }
        entrer(&services, compte, Methode::Demo, retour_sur(champs.texte("retour"))).await
    };
    match essai.await {
        Ok(response) => response,
        Err(erreur) => repondre_erreur(&services, &erreur),
    }
}

async fn deconnecter(State(services): State<Arc<Services>>, headers: HeaderMap) -> Response {
    let fin = async {
        if let Some(trouvee) = session::trouver(&services, &headers).await? {
            let now = services.clock.now();
            session::changer(&services, &trouvee, "session.fermee", |session| session.fermee_le = Some(now)).await?;
        }
        Ok::<_, Erreur>(())
    };
    if let Err(erreur) = fin.await {
        return repondre_erreur(&services, &erreur);
    }
    let mut response = Answer::vers("/connexion").response;
    if let Some(cookie) = session::entete(&services, "") {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// Where the person works now: an establishment of their roles, and units of it.
async fn changer_contexte(acces: Acces<SonCompte>, champs: Champs) -> Resultat<Answer> {
    let services = Arc::clone(acces.services());
    let etablissement = champs.lire::<EtablissementId>("etablissement");
    let contexte = acces.contexte();
    let choisi = etablissement.or(contexte.etablissement).ok_or(Erreur::SansEtablissement)?;
    if !contexte.acteur.etablissements(contexte.now).contains(&choisi) {
        return Err(Erreur::Introuvable);
    }
    let connues = services.enseigne.unites(choisi);
    let unites: Vec<UniteId> = champs
        .tous("unite")
        .filter_map(|texte| texte.parse().ok())
        .filter(|unite| connues.iter().any(|(connue, _)| connue == unite))
        .collect();
    acces
        .changer_session("session.contexte", |session| {
            session.etablissement = Some(choisi);
            session.unites = unites;
        })
        .await?;
    Ok(Answer::vers(retour_sur(champs.texte("retour"))))
}

/// Preferences a person may set; anything else is ignored.
const PREFERENCES: [&str; 7] = ["theme", "taille", "contraste", "gants", "gauche", "lettres", "accueil"];

async fn changer_preferences(acces: Acces<SonCompte>, champs: Champs) -> Resultat<Answer> {
    acces
        .changer_compte("compte.preferences", |compte| {
            for nom in PREFERENCES {
                let valeur = champs.texte(nom);
                if !valeur.is_empty() && valeur.len() <= 400 {
                    compte.preferences.insert(nom.to_owned(), valeur.to_owned());
                }
            }
        })
        .await?;
    Ok(Answer::vers(retour_sur(champs.texte("retour"))).dit("Préférences enregistrées."))
}

async fn direct(acces: Acces<SonCompte>, champs: Champs) -> Resultat<Answer> {
    let contexte = acces.contexte();
    let etablissements = contexte.acteur.etablissements(contexte.now).into_iter().map(Uuid::from).collect();
    let listes = champs.tous("liste").filter(|liste| !liste.is_empty()).map(str::to_owned).collect();
    let Some(session) = contexte.session else { return Err(Erreur::NonConnecte) };
    Ok(Answer::brute(super::direct::flux(acces.services(), session, listes, etablissements)?))
}

#[derive(Debug, Default, Deserialize)]
struct Forme {
    #[serde(default)]
    format: String,
}

async fn etat(State(services): State<Arc<Services>>, QueryExtractor(forme): QueryExtractor<Forme>) -> Response {
    let sante = match services.store.health().await {
        Ok(sante) => sante,
        Err(error) => return repondre_erreur(&services, &error.into()),
    };
    let tete = services.store.checkpoints(1).await.ok().and_then(|tetes| tetes.into_iter().next());
    let version = env!("CARGO_PKG_VERSION");
    if forme.format == "json" {
        let valeur = serde_json::json!({
            "version": version, "base": sante.engine, "enregistrements": sante.seq, "journal": sante.journal,
            "file_d_attente": sante.waiting, "demo": services.demo,
            "tete_du_journal": tete.as_ref().map(|tete| serde_json::json!({ "lignes": tete.size, "le": tete.at.to_string() })),
        });
        return Answer::json(&valeur).response;
    }
    let corps = html! {
        h1 { "État du service" }
        dl class="fiche" {
            dt { "Version" } dd { (version) }
            dt { "Base de données" } dd { (sante.engine) }
            dt { "Lignes du journal" } dd { (sante.journal) }
            dt { "Messages en attente d'envoi" } dd { (sante.waiting) }
            @if let Some(tete) = tete {
                dt { "Dernière tête signée du journal" }
                dd { (tete.size) " lignes, le " (kernel::dates::date_heure(tete.at, &services.fuseau)) }
            }
        }
    };
    (http::StatusCode::OK, Answer::html(Page::seule("État du service").demo(services.demo).contenu(corps).render()).response)
        .into_response()
}
