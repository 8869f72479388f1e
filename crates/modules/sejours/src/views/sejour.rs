//! The stay of a person.

use jiff::tz::TimeZone;
use kernel::dates::{date_courte, date_heure, jour_local};
use kernel::id::{UniteId, UsagerId};
use maud::{Markup, html};
use platform::acces::EtatSejour;
use platform::store::Stored;
use platform::web::{Champs, Erreurs};
use ui::Icone;
use ui::alerte::{Alerte, Nature};
use ui::bloc::{Bloc, EntetePage, deux_volets};
use ui::boutons::{Bouton, Ton, boutons};
use ui::champs::{Case, Date, Heure, Liste, Radios, Texte, ZoneTexte, cache, cote_a_cote};
use ui::frise::{Fait, frise};
use ui::liste::Fiche;

use crate::annuaire::nom_unite;
use crate::forms::Geste;
use crate::model::{GenreSejour, Mouvement, NatureMouvement, Sejour};
use crate::motifs;
use crate::places::Parc;
use crate::views::synthese::fait;

/// A movement with the name of who wrote its last version.
#[derive(Debug)]
pub(crate) struct Ligne {
    pub mouvement: Stored<Mouvement>,
    pub auteur: String,
}

/// What the page shows.
pub(crate) struct Ecran<'a> {
    pub usager: UsagerId,
    pub sejour: &'a Stored<Sejour>,
    pub sejours: &'a [Stored<Sejour>],
    pub lignes: &'a [Ligne],
    pub peut: bool,
    pub motifs_lisibles: bool,
    pub unites: Vec<(UniteId, String)>,
    pub fuseau: &'a TimeZone,
}

/// The page.
pub(crate) fn page(ecran: &Ecran<'_>) -> Markup {
    let base = format!("/residents/{}/sejour", ecran.usager);
    let principal = html! { (Bloc::new("Mouvements", frise(&ecran.lignes.iter().map(|ligne| ligne_de_vie(ecran, ligne, &base)).collect::<Vec<_>>())).icone(Icone::Route)) };
    let cote = html! {
        (Bloc::new("Séjour en cours", fiche(ecran)).icone(Icone::BedSingle))
        @if ecran.peut { (gestes(ecran, &base)) }
        @if ecran.sejours.len() > 1 { (precedents(ecran)) }
    };
    html! { (EntetePage::new("Séjour").phrase(ecran.sejour.genre.libelle())) (deux_volets(&principal, &cote)) }
}

fn ligne_de_vie(ecran: &Ecran<'_>, ligne: &Ligne, base: &str) -> Fait {
    let mouvement = &ligne.mouvement;
    let motif = motifs::libelle(mouvement.nature, &mouvement.motif);
    fait(mouvement).detail(html! {
        @if let Some(annule) = &mouvement.annule { p { s { "Mouvement annulé" } " : " (annule) } }
        @if ecran.motifs_lisibles && !motif.is_empty() && mouvement.annule.is_none() { p { (motif) } }
        p class="secondaire" {
            (date_heure(mouvement.le, ecran.fuseau)) " · écrit par " (ligne.auteur)
            @if ecran.peut && mouvement.annule.is_none() { " · " a href=(format!("{base}/mouvements/{}", mouvement.id)) { "Corriger" span class="lecteur" { " " (mouvement.nature.libelle()) } } }
        }
    })
}

fn fiche(ecran: &Ecran<'_>) -> Markup {
    let sejour = &ecran.sejour.value;
    let jour = |instant| date_courte(jour_local(instant, ecran.fuseau));
    let fiche = Fiche::new()
        .ligne("Nature", sejour.genre.libelle())
        .ligne("État", sejour.etat.libelle())
        .ligne(if sejour.etat == EtatSejour::Preadmis { "Entrée prévue" } else { "Entrée" }, jour(sejour.entree_le))
        .ligne("Unité", nom_unite(&ecran.unites, sejour.unite))
        .ligne("Chambre", sejour.chambre_libelle.clone());
    let suite = [
        ("Fin prévue", sejour.sortie_prevue.map(date_courte)),
        ("Parti le", sejour.parti_le.map(|le| date_heure(le, ecran.fuseau))),
        ("Où", Some(sejour.lieu.clone()).filter(|lieu| !lieu.is_empty())),
        ("Fin", sejour.sortie_le.map(|le| date_heure(le, ecran.fuseau))),
    ];
    suite
        .into_iter()
        .fold(fiche, |fiche, (nom, valeur)| match valeur {
            Some(valeur) => fiche.ligne(nom, valeur),
            None => fiche,
        })
        .render()
}

fn gestes(ecran: &Ecran<'_>, base: &str) -> Markup {
    let etat = ecran.sejour.etat;
    let contenu = html! {
        (boutons(&html! {
            @for geste in Geste::possibles(etat) {
                @let bouton = Bouton::lien(geste.verbe, format!("{base}/{}", geste.code));
                @if geste.nature == NatureMouvement::Deces { (bouton.danger()) } @else { (bouton) }
            }
            @if etat.en_cours() && ecran.sejour.genre == GenreSejour::Temporaire { (Bouton::lien("Changer la fin prévue", format!("{base}/fin-prevue"))) }
            @if etat == EtatSejour::Preadmis { (Bouton::lien("Suivre la demande", format!("/admissions/{}", ecran.usager))) }
            @if !etat.en_cours() { (Bouton::lien("Nouvelle demande d'admission", format!("{base}/reprendre")).principal()) }
        }))
    };
    Bloc::new("Enregistrer un mouvement", contenu).icone(Icone::ArrowLeftRight).render()
}

fn precedents(ecran: &Ecran<'_>) -> Markup {
    let jour = |instant| date_courte(jour_local(instant, ecran.fuseau));
    let contenu = html! {
        ul { @for sejour in ecran.sejours.iter().filter(|sejour| sejour.id != ecran.sejour.id) {
            li { (sejour.genre.libelle()) ", du " (jour(sejour.entree_le)) @if let Some(fin) = sejour.sortie_le { " au " (jour(fin)) } ", " (sejour.etat.libelle()) }
        } }
    };
    Bloc::new("Séjours précédents", contenu).icone(Icone::History).render()
}

fn quand(champs: &Champs, erreurs: &Erreurs) -> Markup {
    cote_a_cote(&html! {
        (Date::new("jour", "Jour").valeur(champs.texte("jour")).erreur(erreurs.de("jour")).requis())
        (Heure::new("heure", "Heure").valeur(champs.texte("heure")).erreur(erreurs.de("heure")).requis())
    })
}

/// The form of a movement; a place is a free bed, or a unit for those who sleep at home.
pub(crate) fn formulaire(
    usager: UsagerId,
    geste: Geste,
    (parc, sans_lit): (Option<&Parc>, bool),
    champs: &Champs,
    erreurs: &Erreurs,
) -> Markup {
    let base = format!("/residents/{usager}/sejour");
    let motifs = motifs::proposes(geste.nature);
    let bouton = Bouton::envoyer(geste.verbe);
    let bouton = if geste.nature == NatureMouvement::Deces { bouton.ton(Ton::DangerPlein) } else { bouton.principal() };
    html! {
        (EntetePage::new(geste.verbe).parent("Séjour", base.clone()))
        (erreurs.resume())
        @if matches!(geste.nature, NatureMouvement::Deces | NatureMouvement::Sortie) {
            (Alerte::new(Nature::Attention, "Le lit est libéré et le dossier se ferme à l'écriture des soins. Un mouvement enregistré par erreur s'annule depuis le séjour."))
        }
        form class="formulaire" method="post" action=(format!("{base}/{}", geste.code)) data-signature[geste.nature == NatureMouvement::Deces] {
            (cache("version", champs.texte("version"))) (cache("id", champs.texte("id")))
            (quand(champs, erreurs))
            @if let Some(parc) = parc { (place(parc, sans_lit, champs, erreurs)) }
            @if let Some(lieu) = geste.lieu { (Texte::new("lieu", lieu).valeur(champs.texte("lieu")).erreur(erreurs.de("lieu")).maximum(120).completion("off")) }
            @if !motifs.is_empty() { (Radios::new("motif", "Motif").choix(motifs).valeur(champs.texte("motif")).erreur(erreurs.de("motif")).requis()) }
            (ZoneTexte::new("precision", "Précision").valeur(champs.texte("precision")).erreur(erreurs.de("precision")).maximum(200))
            (boutons(&html! { (bouton) (Bouton::lien("Annuler", base.clone()).discret()) }))
        }
    }
}

fn place(parc: &Parc, sans_lit: bool, champs: &Champs, erreurs: &Erreurs) -> Markup {
    if sans_lit {
        let unites = parc.unites.iter().map(|(id, nom)| (id.to_string(), nom.clone()));
        return html! { (cache("sans_lit", "oui"))
        (Liste::new("unite", "Unité").invite("Choisir").choix(unites).valeur(champs.texte("unite")).erreur(erreurs.de("unite")).requis()) };
    }
    let liste = Liste::new("lit", "Lit libre").invite("Choisir").valeur(champs.texte("lit")).erreur(erreurs.de("lit")).requis();
    let groupes = parc.choix();
    html! {
        @if groupes.is_empty() { (Alerte::new(Nature::Attention, "Aucun lit n'est libre dans les unités que vous suivez.")) }
        (groupes.into_iter().fold(liste, |liste, (unite, lits)| liste.groupe(unite, lits)))
    }
}

/// The form which annuls or corrects a movement.
pub(crate) fn formulaire_correction(
    mouvement: &Stored<Mouvement>,
    champs: &Champs,
    erreurs: &Erreurs,
    fuseau: &TimeZone,
) -> Markup {
    let base = format!("/residents/{}/sejour", mouvement.usager);
    html! {
        (EntetePage::new("Corriger un mouvement").phrase(format!("{}, {}", mouvement.nature.libelle(), date_heure(mouvement.le, fuseau))).parent("Séjour", base.clone()))
        (erreurs.resume())
        form class="formulaire" method="post" action=(format!("{base}/mouvements/{}", mouvement.id)) {
            (cache("version", champs.texte("version")))
            (ZoneTexte::new("motif", "Pourquoi cette correction").valeur(champs.texte("motif")).erreur(erreurs.de("motif")).requis().maximum(200).aide("La version d'origine reste lisible, avec ce motif et votre nom."))
            (quand(champs, erreurs))
            (boutons(&html! {
                (Bouton::envoyer("Corriger la date et l'heure").principal().valeur("geste", "deplacer"))
                (Bouton::envoyer("Ce mouvement n'a pas eu lieu").ton(Ton::Danger).valeur("geste", "annuler"))
                (Bouton::lien("Ne rien changer", base.clone()).discret())
            }))
        }
    }
}

/// The form which moves the foreseen end of a temporary stay.
pub(crate) fn formulaire_fin(sejour: &Stored<Sejour>, erreurs: &Erreurs) -> Markup {
    let base = format!("/residents/{}/sejour", sejour.usager);
    let actuelle = sejour.sortie_prevue.map(|jour| jour.to_string()).unwrap_or_default();
    html! {
        (EntetePage::new("Fin prévue du séjour").parent("Séjour", base.clone()))
        (erreurs.resume())
        form class="formulaire" method="post" action=(format!("{base}/fin-prevue")) {
            (cache("version", &sejour.version.to_string()))
            (Date::new("jusque", "Fin prévue").valeur(actuelle).erreur(erreurs.de("jusque")).requis())
            (boutons(&html! { (Bouton::envoyer("Enregistrer").principal()) (Bouton::lien("Annuler", base.clone()).discret()) }))
        }
    }
}

/// Fields of a request of admission, shared with the creation of a record.
pub(crate) fn champs_demande(champs: &Champs, erreurs: &Erreurs) -> Markup {
    html! {
        (Radios::new("genre", "Nature de l'accueil").choix(GenreSejour::TOUS.map(|(_, code, libelle)| (code, libelle))).valeur(champs.texte("genre")).erreur(erreurs.de("genre")).requis())
        (cote_a_cote(&html! {
            (Date::new("souhaitee_le", "Entrée souhaitée").valeur(champs.texte("souhaitee_le")).erreur(erreurs.de("souhaitee_le")))
            (Date::new("sortie_prevue", "Fin prévue").aide("Pour un hébergement temporaire.").valeur(champs.texte("sortie_prevue")).erreur(erreurs.de("sortie_prevue")))
        }))
        (cote_a_cote(&html! {
            (Texte::new("provenance", "Provenance").valeur(champs.texte("provenance")).erreur(erreurs.de("provenance")).maximum(120).propositions(["Famille", "Centre hospitalier", "ViaTrajectoire", "Médecin traitant"]))
            (Texte::new("reference", "Numéro de la demande").valeur(champs.texte("reference")).erreur(erreurs.de("reference")).maximum(60).aide("ViaTrajectoire, par exemple."))
        }))
        (Case::new("urgente", "Ne peut pas attendre").cochee(champs.coche("urgente")))
    }
}

/// The form of a new request for a person who came before.
pub(crate) fn formulaire_reprise(usager: UsagerId, champs: &Champs, erreurs: &Erreurs) -> Markup {
    let base = format!("/residents/{usager}/sejour");
    html! {
        (EntetePage::new("Nouvelle demande d'admission").parent("Séjour", base.clone()))
        (erreurs.resume())
        form class="formulaire" method="post" action=(format!("{base}/reprendre")) {
            (cache("id", champs.texte("id")))
            (champs_demande(champs, erreurs))
            (boutons(&html! { (Bouton::envoyer("Ouvrir la demande").principal()) (Bouton::lien("Annuler", base.clone()).discret()) }))
        }
    }
}
