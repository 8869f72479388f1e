//! The four faces of the list of residents.

use etablissements::{Chambre, Genre};
use kernel::id::UniteId;
use maud::{Markup, html};
use platform::acces::{Acces, Droit, EtatSejour};
use platform::store::Stored;
use platform::web::page;
use ui::Icone;
use ui::bloc::{Chiffre, EntetePage, chiffres, grille, grille_serree};
use ui::boutons::Bouton;
use ui::carte_resident::CarteResident;
use ui::champs::{Liste, Texte};
use ui::filtres::Filtres;
use ui::impression::bouton_imprimer;
use ui::photo::{Photo, Taille};
use ui::plan_chambres::{Chambre as Porte, EtatChambre, plan};
use ui::puces::{Etat, Puce, puces};
use ui::tableau::Tableau;
use ui::vide::{vide_bon, vide_depart};
use usagers::{allergies_ui, puces_ui};

use crate::annuaire::{Ligne, compte, nom_unite, tirage};
use crate::bandeau::accorder;
use crate::pages::filtre::{ETATS, Filtre};

/// A face of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Vue {
    Liste,
    Cartes,
    Chambres,
    Photos,
}

const VUES: [(Vue, &str, &str, Icone); 4] = [
    (Vue::Liste, "liste", "Liste", Icone::List),
    (Vue::Cartes, "cartes", "Cartes", Icone::LayoutGrid),
    (Vue::Chambres, "chambres", "Chambres", Icone::BedSingle),
    (Vue::Photos, "photos", "Trombinoscope", Icone::Users),
];

impl Vue {
    /// Reads the parameter; the list when it says nothing known.
    pub(crate) fn lire(code: &str) -> Self {
        VUES.iter().find(|(_, connu, ..)| *connu == code).map_or(Self::Liste, |(vue, ..)| *vue)
    }
}

/// What the page shows.
pub(crate) struct Ecran<'a> {
    pub filtre: &'a Filtre,
    pub vue: Vue,
    pub lignes: &'a [Ligne],
    pub comptes: &'a [(&'static str, usize)],
    pub unites: &'a [(UniteId, String)],
    pub chambres: Vec<Stored<Chambre>>,
    pub mot: &'static Genre,
}

/// Draws the page.
pub(crate) fn dessiner<D: Droit>(acces: &Acces<D>, ecran: &Ecran<'_>) -> Markup {
    let tirage = tirage(acces, "Liste des résidents", "/residents");
    let peut_creer = acces.peut::<crate::rights::CreerDossier>();
    let actions = html! {
        (bouton_imprimer())
        @if peut_creer { (Bouton::lien("Nouvelle personne", "/residents/nouveau").icone(Icone::UserPlus)) }
    };
    let contenu = html! {
        (tirage.entete())
        (EntetePage::new("Résidents").phrase(phrase(ecran)).actions(actions))
        (comptes(ecran))
        (barre(ecran))
        (vues(ecran))
        @if ecran.lignes.is_empty() { (vide(ecran, peut_creer)) }
        @else {
            @match ecran.vue {
                Vue::Liste => (tableau(ecran)),
                Vue::Cartes => (grille(&html! { @for ligne in ecran.lignes { (carte(ligne)) } })),
                Vue::Chambres => (grille_chambres(ecran)),
                Vue::Photos => (photos(ecran)),
            }
        }
        (tirage.pied())
    };
    page(acces, "Résidents", "/residents").contenu(contenu).render()
}

fn phrase(ecran: &Ecran<'_>) -> String {
    let ou = ecran.filtre.unite.parse().ok().map(|id| nom_unite(ecran.unites, Some(UniteId(id)))).filter(|nom| !nom.is_empty());
    let nombre = compte(ecran.lignes.len(), &ecran.mot.mot_masculin, &format!("{}s", ecran.mot.mot_masculin));
    ou.map_or_else(|| nombre.clone(), |ou| format!("{ou} · {nombre}"))
}

fn comptes(ecran: &Ecran<'_>) -> Markup {
    let figures: Vec<Chiffre> = ETATS
        .iter()
        .zip(ecran.comptes)
        .map(|((code, libelle, _), (_, nombre))| {
            Chiffre::new(nombre.to_string(), *libelle).lien(ecran.filtre.adresse(Some(*code), None))
        })
        .collect();
    chiffres(&figures)
}

fn barre(ecran: &Ecran<'_>) -> Markup {
    let filtre = ecran.filtre;
    let unites = ecran.unites.iter().map(|(id, nom)| (id.to_string(), nom.clone()));
    let etats = ETATS.iter().map(|(code, libelle, _)| (*code, *libelle));
    let mut barre = Filtres::new("/residents")
        .garde("vue", filtre.vue.clone())
        .champ(Texte::new("q", "Nom ou chambre").valeur(filtre.q.clone()).sans_mention().render())
        .champ(
            Liste::new("unite", "Unité")
                .invite("Mes unités")
                .choix(std::iter::once(("toutes".to_owned(), "Toutes les unités".to_owned())).chain(unites))
                .valeur(filtre.unite.clone())
                .sans_mention()
                .envoi_direct()
                .render(),
        )
        .champ(
            Liste::new("etat", "Présence")
                .invite("Tous")
                .choix(etats)
                .valeur(filtre.etat.clone())
                .sans_mention()
                .envoi_direct()
                .render(),
        )
        .total(compte(ecran.lignes.len(), "personne", "personnes"));
    if !filtre.q.is_empty() {
        barre = barre.actif(format!("« {} »", filtre.q), Filtre { q: String::new(), ..filtre.clone() }.adresse(None, None));
    }
    if let Some((_, libelle, _)) = ETATS.iter().find(|(code, ..)| *code == filtre.etat) {
        barre = barre.actif(*libelle, Filtre { etat: String::new(), ..filtre.clone() }.adresse(None, None));
    }
    barre.render()
}

fn vues(ecran: &Ecran<'_>) -> Markup {
    html! {
        nav class="boutons sans-impression" aria-label="Présentation de la liste" {
            @for (vue, code, libelle, icone) in VUES {
                @if vue == ecran.vue { span class="bouton bouton--petit" aria-current="true" { (ui::icone(icone)) span { (libelle) } } }
                @else { (Bouton::lien(libelle, ecran.filtre.adresse(None, Some(code))).petit().discret().icone(icone)) }
            }
        }
    }
}

fn vide(ecran: &Ecran<'_>, peut_creer: bool) -> Markup {
    let filtre = ecran.filtre;
    if !filtre.q.is_empty() {
        return html! {
            (vide_bon(&format!("Aucune personne ne répond à « {} » dans ces unités.", filtre.q)))
            @if filtre.unite != "toutes" {
                (Bouton::lien("Chercher dans toutes les unités", Filtre { unite: "toutes".into(), ..filtre.clone() }.adresse(None, None)))
            }
        };
    }
    if !filtre.etat.is_empty() {
        return vide_bon("Personne dans cette situation.");
    }
    let action = Bouton::lien("Créer le premier dossier", "/residents/nouveau").principal();
    vide_depart(Icone::Users, "Aucune personne accueillie dans ces unités.", peut_creer.then_some(&action))
}

fn tableau(ecran: &Ecran<'_>) -> Markup {
    let mut tableau = Tableau::new("Résidents").legende_cachee().colonne("Nom").colonne("Chambre").colonne("Naissance");
    tableau = tableau.colonne("À savoir").colonne("Présence");
    for ligne in ecran.lignes {
        let sejour = &ligne.resident.sejour;
        tableau = tableau.ligne([
            nom(ligne),
            html! { strong { (sejour.chambre_libelle) } br; small class="secondaire" { (nom_unite(ecran.unites, sejour.unite)) } },
            naissance(ligne),
            a_savoir(ligne),
            presence(ligne),
        ]);
    }
    tableau.render()
}

fn nom(ligne: &Ligne) -> Markup {
    html! {
        span data-resident { a href=(ligne.identite.href) { (ligne.identite.nom_complet()) } }
        @if let Some(nom) = &ligne.nom_naissance { br; small class="secondaire" { "nom de naissance " (nom) } }
        @if let Some(puce) = ligne.identite.puce_homonyme() { br; (puce) }
    }
}

fn naissance(ligne: &Ligne) -> Markup {
    html! { @if !ligne.identite.naissance.is_empty() { (ligne.identite.naissance) br; small class="secondaire" { (ligne.identite.age) "\u{a0}ans" } } }
}

fn a_savoir(ligne: &Ligne) -> Markup {
    let Some(alertes) = ligne.resident.alertes.as_ref().map(|stored| &stored.value) else { return Markup::default() };
    html! {
        (allergies_ui(Some(alertes)))
        (puces(&puces_ui(Some(alertes))))
        @if !alertes.essentiel().is_empty() { small class="secondaire" { (alertes.essentiel()) } }
    }
}

/// State of presence as a chip; nothing but the word for who is there.
pub(crate) fn presence(ligne: &Ligne) -> Markup {
    let mot = accorder(ligne.resident.usager.civilite, ligne.etat());
    html! {
        @match ligne.etat() {
            EtatSejour::Present => (mot),
            EtatSejour::Hospitalise => (Puce::new(Etat::ASurveiller, mot).icone(Icone::Hospital)),
            _ => (Puce::new(Etat::Archive, mot).icone(Icone::LogOut)),
        }
    }
}

fn carte(ligne: &Ligne) -> Markup {
    let mut carte = CarteResident::new(ligne.identite.clone());
    if let Some(alertes) = ligne.resident.alertes.as_ref().map(|stored| &stored.value) {
        carte = carte.allergies(allergies_ui(Some(alertes)));
        if !alertes.essentiel().is_empty() {
            carte = carte.essentiel(alertes.essentiel());
        }
        for puce in puces_ui(Some(alertes)) {
            carte = carte.puce(puce);
        }
    }
    if ligne.etat() != EtatSejour::Present {
        let mot = accorder(ligne.resident.usager.civilite, ligne.etat());
        carte = carte.puce(Puce::new(Etat::Archive, mot).icone(Icone::LogOut)).close();
    }
    carte.render()
}

fn grille_chambres(ecran: &Ecran<'_>) -> Markup {
    html! {
        @for (unite, nom) in ecran.unites {
            @let chambres: Vec<Porte> = ecran.chambres.iter().filter(|chambre| chambre.unite == *unite).map(|chambre| porte(chambre, ecran.lignes)).collect();
            @if !chambres.is_empty() { h2 { (nom) } (plan(&chambres)) }
        }
        @let sans: Vec<&Ligne> = ecran.lignes.iter().filter(|ligne| ligne.resident.sejour.lit.is_none()).collect();
        @if !sans.is_empty() {
            h2 { "Sans chambre" }
            ul { @for ligne in sans { li { a href=(ligne.identite.href) { (ligne.identite.nom_complet()) } " " (presence(ligne)) } } }
        }
    }
}

fn porte(chambre: &Stored<Chambre>, lignes: &[Ligne]) -> Porte {
    let qui = |lit: &kernel::id::LitId| lignes.iter().find(|ligne| ligne.resident.sejour.lit == Some(*lit));
    let etat = if chambre.hors_service.is_some() {
        EtatChambre::Travaux
    } else if chambre.lits.iter().any(|lit| qui(&lit.id).is_some_and(|ligne| ligne.etat() != EtatSejour::Present)) {
        EtatChambre::Absent
    } else {
        EtatChambre::Occupee
    };
    chambre.lits.iter().fold(Porte::new(chambre.numero.as_str(), etat), |porte, lit| match qui(&lit.id) {
        Some(ligne) if ligne.etat() == EtatSejour::Present => porte.lit(ligne.identite.clone(), lit.repere.clone()),
        Some(ligne) => porte.lit(ligne.identite.clone(), accorder(ligne.resident.usager.civilite, ligne.etat())),
        None => porte,
    })
}

fn photos(ecran: &Ecran<'_>) -> Markup {
    grille_serree(&html! {
        @for ligne in ecran.lignes {
            a class="carte" href=(ligne.identite.href) data-resident {
                (Photo::new(&ligne.identite.nom, &ligne.identite.prenom).source(ligne.identite.photo.clone()).taille(Taille::Grande))
                br; strong { (ligne.identite.nom_complet()) }
                br; span class="secondaire" { "ch.\u{a0}" (ligne.identite.chambre) @if ligne.etat() != EtatSejour::Present { " · " (accorder(ligne.resident.usager.civilite, ligne.etat())) } }
            }
        }
    })
}
