//! The waiting list and the task list of an entry.

use jiff::tz::TimeZone;
use kernel::dates::{date_courte, jour_local};
use maud::{Markup, html};
use platform::acces::Categorie;
use platform::store::Stored;
use ui::Icone;
use ui::bloc::{Bloc, Chiffre, EntetePage, chiffres, deux_volets, grille};
use ui::boutons::{Bouton, Ton, boutons};
use ui::champs::{Liste, Texte, cache};
use ui::etapes::etapes;
use ui::liste::{Fiche, Ligne, liste};
use ui::progression::progression;
use ui::puces::{Etat, Puce};
use ui::vide::{vide_bon, vide_depart};
use usagers::Usager;

use crate::admission::{DemandeAdmission, EtapeAdmission, EtatTache, TACHES};
use crate::annuaire::compte;
use crate::model::Sejour;

/// A person who waits.
#[derive(Debug)]
pub(crate) struct Attente<'a> {
    pub demande: &'a Stored<DemandeAdmission>,
    pub usager: &'a Stored<Usager>,
    pub sejour: &'a Stored<Sejour>,
}

/// The waiting list, a block a step.
pub(crate) fn tableau(attentes: &[Attente<'_>], libres: usize, peut: bool, fuseau: &TimeZone) -> Markup {
    let ajouter = Bouton::lien("Nouvelle demande", "/residents/nouveau").principal().icone(Icone::UserPlus);
    let urgentes = attentes.iter().filter(|attente| attente.demande.urgente).count();
    let figures = [
        Chiffre::new(attentes.len().to_string(), "Demandes ouvertes"),
        Chiffre::new(urgentes.to_string(), "Ne peuvent pas attendre"),
        Chiffre::new(libres.to_string(), "Lits libres").lien("/mouvements/plan"),
    ];
    html! {
        (EntetePage::new("Admissions").phrase(compte(attentes.len(), "personne attend une réponse ou une place", "personnes attendent une réponse ou une place")).actions(html! { @if peut { (ajouter) } }))
        (chiffres(&figures))
        @if attentes.is_empty() { (vide_depart(Icone::Inbox, "Aucune demande d'admission en cours.", peut.then_some(&ajouter))) }
        @else { (grille(&html! { @for (etape, _, libelle) in EtapeAdmission::TOUTES.iter().filter(|(etape, ..)| etape.ouverte()) { (colonne(attentes, *etape, libelle, fuseau)) } })) }
    }
}

fn colonne(attentes: &[Attente<'_>], etape: EtapeAdmission, libelle: &str, fuseau: &TimeZone) -> Markup {
    let mut ici: Vec<&Attente<'_>> = attentes.iter().filter(|attente| attente.demande.etape == etape).collect();
    ici.sort_by_key(|attente| (!attente.demande.urgente, attente.demande.souhaitee_le, attente.demande.recue_le));
    let nombre = html! { (ici.len()) };
    if ici.is_empty() {
        return Bloc::new(libelle, vide_bon("Personne à cette étape.")).calme().mention(nombre).render();
    }
    Bloc::new(libelle, liste(&ici.into_iter().map(|attente| ligne(attente, fuseau)).collect::<Vec<_>>())).mention(nombre).render()
}

fn ligne(attente: &Attente<'_>, fuseau: &TimeZone) -> Ligne {
    let demande = &attente.demande;
    let souhait = demande.souhaitee_le.map(|jour| format!(" · souhaitée le {}", date_courte(jour))).unwrap_or_default();
    let detail = format!(
        "{} · reçue le {}{souhait} · {} tâches sur {}",
        attente.sejour.genre.libelle(),
        date_courte(jour_local(demande.recue_le, fuseau)),
        demande.faites(),
        TACHES.len()
    );
    let ligne = Ligne::new(attente.usager.nom_complet())
        .detail(detail)
        .lien(format!("/admissions/{}", demande.usager))
        .icone(Icone::UserRound);
    if demande.urgente { ligne.puce(Puce::new(Etat::ASurveiller, "ne peut pas attendre")) } else { ligne }
}

/// What the page of an entry shows.
pub(crate) struct Suivi<'a> {
    pub demande: &'a Stored<DemandeAdmission>,
    pub peut: bool,
    /// The reader may record the entry itself.
    pub peut_admettre: bool,
    /// The families of data the reader opens on this record.
    pub lit: &'a (dyn Fn(Categorie) -> bool + Sync),
    pub fuseau: &'a TimeZone,
}

/// The task list of an entry.
pub(crate) fn suivi(suivi: &Suivi<'_>) -> Markup {
    let demande = suivi.demande;
    let noms: Vec<&str> = EtapeAdmission::TOUTES
        .iter()
        .filter(|(etape, ..)| *etape != EtapeAdmission::Close)
        .map(|(_, _, libelle)| *libelle)
        .collect();
    let rang = EtapeAdmission::TOUTES.iter().position(|(etape, ..)| *etape == demande.etape).unwrap_or(0);
    let faites = demande.faites();
    let principal = html! {
        (progression(u64::try_from(faites).unwrap_or(0), 11, &format!("{faites} tâches faites ou sans objet sur {}", TACHES.len())))
        (Bloc::new("Tâches", taches(suivi)).icone(Icone::ListChecks))
    };
    let cote = html! {
        (Bloc::new("Demande", fiche(suivi)).icone(Icone::Inbox))
        @if suivi.peut && demande.etape.ouverte() { (avancer(suivi)) }
    };
    html! {
        (EntetePage::new("Demande d'admission").parent("Admissions", "/admissions"))
        (etapes(&noms, rang))
        (deux_volets(&principal, &cote))
    }
}

fn taches(suivi: &Suivi<'_>) -> Markup {
    let action = format!("/admissions/{}/tache", suivi.demande.usager);
    html! {
        ol class="liste" role="list" {
            @for modele in TACHES {
                @let posee = suivi.demande.taches.iter().find(|tache| tache.code == modele.code);
                li { div class="liste-ligne" {
                    span class="liste-texte" { span class="liste-mots" {
                        span class="liste-titre" { @if let Some((adresse, _)) = modele.adresse.filter(|(_, famille)| (suivi.lit)(*famille)) { a href=(format!("/residents/{}/{adresse}", suivi.demande.usager)) { (modele.libelle) } } @else { (modele.libelle) } }
                        span class="liste-detail" { (modele.qui) @if let Some((par, le)) = posee.and_then(|tache| Some((&tache.par, tache.le?))) { " · " (par) ", " (date_courte(jour_local(le, suivi.fuseau))) } }
                    } span class="puces" { (puce(suivi.demande.etat(modele.code))) } }
                    @if suivi.peut { (reglage(&action, suivi, modele.code, modele.libelle)) }
                } }
            }
        }
    }
}

fn puce(etat: EtatTache) -> Puce {
    match etat {
        EtatTache::AFaire => Puce::new(Etat::AFaire, "à faire"),
        EtatTache::EnCours => Puce::new(Etat::Info, "en cours").icone(Icone::Clock),
        EtatTache::Faite => Puce::new(Etat::Fait, "faite"),
        EtatTache::SansObjet => Puce::new(Etat::Archive, "sans objet").icone(Icone::Minus),
    }
}

fn reglage(action: &str, suivi: &Suivi<'_>, code: &str, libelle: &str) -> Markup {
    let actuel = suivi.demande.etat(code);
    html! {
        form class="rangee" method="post" action=(action) {
            (cache("version", &suivi.demande.version.to_string())) (cache("tache", code))
            @for (etat, code, mot) in EtatTache::TOUS.into_iter().filter(|(etat, ..)| *etat != actuel) {
                @let bouton = Bouton::envoyer(mot).petit().valeur("etat", code).precision(format!(": {libelle}"));
                @if etat == EtatTache::Faite { (bouton.icone(Icone::Check)) } @else { (bouton.discret()) }
            }
        }
    }
}

fn fiche(suivi: &Suivi<'_>) -> Markup {
    let demande = suivi.demande;
    Fiche::new()
        .ligne("Étape", demande.etape.libelle())
        .ligne("Reçue le", date_courte(jour_local(demande.recue_le, suivi.fuseau)))
        .ligne("Provenance", demande.provenance.clone())
        .ligne("Numéro", demande.reference.clone())
        .ligne("Entrée souhaitée", demande.souhaitee_le.map(date_courte).unwrap_or_default())
        .ligne("Urgence", if demande.urgente { "ne peut pas attendre" } else { "peut attendre" })
        .render()
}

fn avancer(suivi: &Suivi<'_>) -> Markup {
    let usager = suivi.demande.usager;
    let version = suivi.demande.version.to_string();
    let ouvertes = EtapeAdmission::TOUTES.into_iter().filter(|(etape, ..)| etape.ouverte());
    let actuelle =
        EtapeAdmission::TOUTES.iter().find(|(etape, ..)| *etape == suivi.demande.etape).map_or("", |(_, code, _)| *code);
    let contenu = html! {
        @if suivi.peut_admettre { (boutons(&html! { (Bouton::lien("Enregistrer l'admission", format!("/residents/{usager}/sejour/admission")).principal().icone(Icone::BedSingle)) })) }
        form class="formulaire" method="post" action=(format!("/admissions/{usager}/etape")) {
            (cache("version", &version))
            (Liste::new("etape", "Passer à l'étape").choix(ouvertes.map(|(_, code, libelle)| (code, libelle))).valeur(actuelle).sans_mention())
            (boutons(&html! { (Bouton::envoyer("Changer d'étape")) }))
        }
        details {
            summary { "Clore sans admission" }
            form class="formulaire" method="post" action=(format!("/admissions/{usager}/clore")) {
                (cache("version", &version))
                (Texte::new("reponse", "Réponse donnée").requis().maximum(200).aide("Refus motivé, désistement, autre établissement."))
                (boutons(&html! { (Bouton::envoyer("Clore la demande").ton(Ton::Danger)) }))
            }
        }
    };
    Bloc::new("Faire avancer", contenu).icone(Icone::ArrowRight).render()
}
