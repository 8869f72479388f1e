//! The page of a person.

use documents::Lu;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use kernel::dates::date_heure;
use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::store::Stored;
use platform::web::Erreurs;
use ui::Icone;
use ui::bloc::{Bloc, EntetePage};
use ui::boutons::Bouton;
use ui::champs::{Liste, Texte};
use ui::impression::bouton_imprimer;
use ui::puces::{Etat, Puce};
use ui::vide::vide_bon;
use uuid::Uuid;

use crate::records::{AvisIdentite, NumeroHopital};
use crate::rendez_vous::RendezVous;
use crate::suivi::Suivi;
use crate::views::{alerte, episode};

/// What the page shows.
pub(crate) struct Ecran<'a> {
    pub usager: UsagerId,
    pub suivi: &'a Suivi,
    pub avis: &'a [Stored<AvisIdentite>],
    pub numeros: &'a [Stored<NumeroHopital>],
    pub documents: &'a [Lu],
    pub service: bool,
    /// Address of the list of expected documents, for those who may open it.
    pub attendus: Option<&'static str>,
    pub peut_noter: bool,
    pub peut_verifier: bool,
    /// Address of the letter which goes before the person, for those who write and sign it.
    pub lettre: Option<String>,
    pub erreurs: &'a Erreurs,
    pub now: Timestamp,
    pub fuseau: &'a TimeZone,
}

/// The page.
pub(crate) fn page(ecran: &Ecran<'_>) -> Markup {
    let suivi = ecran.suivi;
    let un = episode::Ecran {
        usager: ecran.usager,
        documents: ecran.documents,
        service: ecran.service,
        now: ecran.now,
        fuseau: ecran.fuseau,
    };
    html! {
        (EntetePage::new("Hospitalisations").phrase("Ce que les hôpitaux annoncent. Le séjour, lui, ne change que par un geste de l'équipe.").actions(html! {
            (bouton_imprimer()) @if let Some(adresse) = ecran.attendus { (Bouton::lien("Documents attendus", adresse).discret()) }
        }))
        @if !ecran.erreurs.aucune() { (ecran.erreurs.resume()) }
        @if let Some(desaccord) = suivi.desaccord { (alerte(ecran.usager, desaccord, ecran.peut_noter)) }
        @for avis in ecran.avis { (difference(ecran, avis)) }
        div class="pile" {
            @if !suivi.rendez_vous.is_empty() { (rendez_vous(ecran)) }
            @if suivi.episodes.is_empty() { (vide_bon("Aucun hôpital n'a annoncé de séjour.")) }
            @for episode in &suivi.episodes { (episode::bloc(&un, episode)) }
            @if !ecran.numeros.is_empty() { (numeros(ecran)) }
            @if ecran.peut_noter { (retrait(ecran)) }
        }
    }
}

fn difference(ecran: &Ecran<'_>, avis: &Stored<AvisIdentite>) -> Markup {
    let corps = html! {
        p { (avis.hopital.nom) " connaît cette personne sous le même INS, avec :" }
        ul { @for ecart in &avis.ecarts { li { (ecart.quoi) " : " strong { (ecart.dit) } } } }
        @match &avis.conclusion {
            Some(conclusion) => p { "Vérifié par " (conclusion.par) " : " (conclusion.note) },
            None => {
                p { "L'identité du dossier n'a pas été changée. Comparez avec la pièce d'identité, puis dites ce que vous avez trouvé." }
                @if ecran.peut_verifier {
                    form class="formulaire sans-impression" method="post" action=(format!("/residents/{}/hospitalisations/avis/{}", ecran.usager, avis.id)) {
                        (Texte::new("note", "Ce qui a été vérifié").aide("Par exemple : erreur de saisie à l'hôpital, signalée le 12/11").render())
                        (Bouton::envoyer("Enregistrer la vérification"))
                    }
                }
            }
        }
    };
    let etat = if avis.conclusion.is_some() {
        Puce::new(Etat::Fait, "vérifiée")
    } else {
        Puce::new(Etat::ASurveiller, "à vérifier")
    };
    Bloc::new("Identité différente à l'hôpital", corps).icone(Icone::Fingerprint).mention(html! { (etat) }).render()
}

fn rendez_vous(ecran: &Ecran<'_>) -> Markup {
    let (futurs, passes): (Vec<_>, Vec<_>) = ecran.suivi.rendez_vous.iter().partition(|un| un.est_a_venir(ecran.now));
    let corps = html! {
        @if futurs.is_empty() { p { "Aucun rendez-vous à venir." } }
        ul { @for un in &futurs { (ligne_rendez_vous(ecran, un)) } }
        @if let Some(lettre) = ecran.lettre.as_ref().filter(|_| !futurs.is_empty()) {
            p { (Bouton::lien("Préparer la lettre et le DLU", lettre.clone()).icone(Icone::Pencil)) }
        }
        @if !passes.is_empty() {
            details { summary { "Passés, annulés ou déplacés sans date (" (passes.len()) ")" }
                ul { @for un in passes.iter().rev() { (ligne_rendez_vous(ecran, un)) } }
            }
        }
    };
    Bloc::new("Rendez-vous à l'hôpital", corps).icone(Icone::CalendarDays).render()
}

fn ligne_rendez_vous(ecran: &Ecran<'_>, un: &RendezVous) -> Markup {
    let quand = |instant: Timestamp| date_heure(instant, ecran.fuseau);
    let precis = [&un.service, &un.avec].into_iter().flatten().filter(|_| ecran.service);
    html! { li {
        strong { (un.debut.map_or_else(|| "sans heure".to_owned(), quand)) } ", " (un.hopital.nom)
        @if let Some(lieu) = &un.lieu { ", " (lieu) }
        @for mot in precis { ", " (mot) }
        @if let Some(motif) = &un.motif { " : " (motif) }
        @if let Some(avant) = un.avant { " (avant : " (quand(avant)) ")" }
        " " (etat(un))
    } }
}

fn etat(un: &RendezVous) -> Puce {
    let etat = if un.etat.est_sans_suite() { Etat::Archive } else { Etat::Info };
    Puce::new(etat, un.etat.libelle())
}

fn numeros(ecran: &Ecran<'_>) -> Markup {
    let corps = html! {
        ul { @for numero in ecran.numeros {
            li { (numero.hopital.nom) " : " (numero.numero)
                @if let Some(nouveau) = &numero.remplace_par { ", remplacé par " (nouveau) } }
        } }
    };
    Bloc::new("Numéros de la personne dans les hôpitaux", corps).icone(Icone::BadgeCheck).render()
}

/// Announcements which may be taken back, each once: the reception, what it said.
fn annonces(ecran: &Ecran<'_>) -> Vec<(Uuid, String)> {
    let etapes = ecran.suivi.episodes.iter().flat_map(|episode| &episode.etapes).flat_map(|etape| {
        let mots = format!("{}, {}", etape.libelle(), date_heure(etape.le, ecran.fuseau));
        etape.sources.iter().map(move |source| (*source, mots.clone()))
    });
    let agenda = ecran.suivi.rendez_vous.iter().flat_map(|un| {
        let quand = un.debut.map_or_else(String::new, |debut| format!(", {}", date_heure(debut, ecran.fuseau)));
        un.sources.iter().map(move |source| (*source, format!("Rendez-vous{quand}")))
    });
    let mut toutes: Vec<(Uuid, String)> = etapes.chain(agenda).collect();
    toutes.sort();
    toutes.dedup_by_key(|(source, _)| *source);
    toutes
}

fn retrait(ecran: &Ecran<'_>) -> Markup {
    let annonces = annonces(ecran);
    if annonces.is_empty() {
        return Markup::default();
    }
    let action = format!("/residents/{}/hospitalisations/retrait", ecran.usager);
    let erreur = |champ| ecran.erreurs.de(champ);
    html! {
        details class="sans-impression" open[!ecran.erreurs.aucune()] { summary { "Une annonce parle d'une autre personne" }
            form class="formulaire" method="post" action=(action) {
                (Liste::new("source", "Annonce à retirer").invite("Choisissez").choix(annonces.iter().map(|(source, mots)| (source.to_string(), mots.clone()))).erreur(erreur("source")).render())
                (Texte::new("motif", "Motif").erreur(erreur("motif")).render())
                (Bouton::envoyer("Retirer l'annonce"))
            }
        }
    }
}
