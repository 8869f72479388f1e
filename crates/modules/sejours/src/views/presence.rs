//! Who is in the house.

use jiff::tz::TimeZone;
use kernel::dates::{date_courte, jour_local};
use kernel::id::UniteId;
use maud::{Markup, html};
use platform::acces::EtatSejour;
use ui::Icone;
use ui::bloc::{Bloc, Chiffre, EntetePage, chiffres, grille};
use ui::boutons::Bouton;
use ui::champs::Texte;
use ui::filtres::Filtres;
use ui::impression::{Tirage, bouton_imprimer};
use ui::liste::{Ligne as LigneListe, liste};
use ui::photo::Taille;
use ui::tableau::Tableau;
use ui::vide::vide_bon;

use crate::annuaire::{Ligne, compte, nom_unite};
use crate::bandeau::accorder;
use crate::model::GenreSejour;

/// What the board shows.
pub(crate) struct Ecran<'a> {
    pub q: &'a str,
    pub lignes: &'a [Ligne],
    pub unites: &'a [(UniteId, String)],
    pub lane: &'a str,
    pub fuseau: &'a TimeZone,
}

/// The page around the board.
pub(crate) fn page(q: &str, nombre: usize, tableau: &Markup) -> Markup {
    let barre = Filtres::new("/presence")
        .champ(Texte::new("q", "Nom ou chambre").valeur(q).sans_mention().render())
        .total(compte(nombre, "personne", "personnes"));
    html! {
        (EntetePage::new("Présence").phrase("Qui est là, en direct").actions(html! { (Bouton::lien("Liste d'évacuation", "/presence/evacuation").icone(Icone::DoorOpen)) }))
        (barre)
        (tableau)
    }
}

/// A face of the board: title, icon, words when empty, who belongs there.
type Volet = (&'static str, Icone, &'static str, fn(&Ligne) -> bool);

const VOLETS: [Volet; 4] = [
    ("À l'hôpital", Icone::Hospital, "Personne à l'hôpital.", |ligne| ligne.etat() == EtatSejour::Hospitalise),
    ("Absents", Icone::LogOut, "Personne n'est absent.", |ligne| ligne.etat() == EtatSejour::Absent),
    ("Accueil de jour", Icone::Sun, "Personne en accueil de jour.", |ligne| la_de_jour(ligne)),
    ("Présents", Icone::House, "Personne n'est présent.", |ligne| ligne.etat() == EtatSejour::Present && !la_de_jour(ligne)),
];

fn la_de_jour(ligne: &Ligne) -> bool {
    ligne.etat() == EtatSejour::Present && ligne.resident.sejour.genre == GenreSejour::AccueilDeJour
}

/// The board, followed live.
pub(crate) fn tableau(ecran: &Ecran<'_>) -> Markup {
    let nombre = |volet: &Volet| ecran.lignes.iter().filter(|ligne| (volet.3)(ligne)).count();
    let figures: Vec<Chiffre> = VOLETS.iter().rev().map(|volet| Chiffre::new(nombre(volet).to_string(), volet.0)).collect();
    let source = if ecran.q.is_empty() {
        "/presence/tableau".to_owned()
    } else {
        format!("/presence/tableau?q={}", crate::pages::encoder(ecran.q))
    };
    let corps = html! {
        (chiffres(&figures))
        (grille(&html! { @for volet in VOLETS.iter().take(3) { (bloc(ecran, volet)) } }))
        (grille(&html! { @for (unite, nom) in ecran.unites { (unite_presente(ecran, *unite, nom)) } }))
    };
    Bloc::new("État de présence", corps).id("presence").suivre(ecran.lane, source, false).render()
}

fn bloc(ecran: &Ecran<'_>, volet: &Volet) -> Markup {
    let lignes: Vec<LigneListe> = ecran.lignes.iter().filter(|ligne| (volet.3)(ligne)).map(|ligne| une(ecran, ligne)).collect();
    if lignes.is_empty() {
        return Bloc::new(volet.0, vide_bon(volet.2)).niveau_trois().calme().icone(volet.1).render();
    }
    Bloc::new(volet.0, liste(&lignes)).niveau_trois().icone(volet.1).mention(html! { (lignes.len()) }).render()
}

/// Those of a unit who are in the house.
fn unite_presente(ecran: &Ecran<'_>, unite: UniteId, nom: &str) -> Markup {
    let la =
        |ligne: &&Ligne| ligne.resident.sejour.unite == Some(unite) && ligne.etat() == EtatSejour::Present && !la_de_jour(ligne);
    let lignes: Vec<LigneListe> = ecran.lignes.iter().filter(la).map(|ligne| une(ecran, ligne)).collect();
    html! {
        @if !lignes.is_empty() {
            (Bloc::new(format!("Présents, {nom}"), liste(&lignes)).niveau_trois().icone(Icone::House).mention(html! { (lignes.len()) }))
        }
    }
}

fn une(ecran: &Ecran<'_>, ligne: &Ligne) -> LigneListe {
    let sejour = &ligne.resident.sejour;
    let chambre =
        if sejour.chambre_libelle.is_empty() { String::new() } else { format!("ch.\u{a0}{} · ", sejour.chambre_libelle) };
    let depuis =
        sejour.parti_le.map(|le| format!(" · depuis le {}", date_courte(jour_local(le, ecran.fuseau)))).unwrap_or_default();
    let lieu = if sejour.lieu.is_empty() { String::new() } else { format!(" · {}", sejour.lieu) };
    let mut sortie = LigneListe::new(format!("{}, {} ({})", ligne.identite.nom, ligne.identite.prenom, ligne.identite.civilite))
        .detail(format!("{chambre}{}{depuis}{lieu}", nom_unite(ecran.unites, sejour.unite)))
        .lien(&ligne.identite.href)
        .photo(&ligne.identite.image(Taille::Lit));
    if let Some(puce) = ligne.identite.puce_homonyme() {
        sortie = sortie.puce(puce);
    }
    sortie
}

/// The evacuation sheet: those in the house first, unit by unit, then those who are not to be looked for.
pub(crate) fn evacuation(lignes: &[Ligne], unites: &[(UniteId, String)], tirage: &Tirage) -> Markup {
    let presents = lignes.iter().filter(|ligne| ligne.etat() == EtatSejour::Present).count();
    html! {
        (tirage.entete())
        (EntetePage::new("Liste d'évacuation").phrase(format!("{} dans la maison, {}", compte(presents, "personne", "personnes"), tirage.date)).parent("Présence", "/presence").actions(bouton_imprimer()))
        @for (unite, nom) in unites.iter().map(|(unite, nom)| (Some(*unite), nom.as_str())).chain([(None, "Sans unité")]) {
            @let ici: Vec<&Ligne> = lignes.iter().filter(|ligne| ligne.resident.sejour.unite == unite).collect();
            @if !ici.is_empty() { (feuille(nom, &ici)) }
        }
        (tirage.pied())
    }
}

fn feuille(nom: &str, ici: &[&Ligne]) -> Markup {
    let (presents, ailleurs): (Vec<&Ligne>, Vec<&Ligne>) = ici.iter().partition(|ligne| ligne.etat() == EtatSejour::Present);
    let tableau = Tableau::new(format!("{nom}, {}", compte(presents.len(), "personne à sortir", "personnes à sortir")))
        .colonne("Chambre")
        .colonne("Nom")
        .colonne("Déplacement")
        .colonne("Sortie")
        .colonne("Comptée dehors")
        .dense()
        .si_vide(vide_bon(&format!("{nom} : personne n'est présent.")));
    let tableau = presents.iter().fold(tableau, |tableau, ligne| {
        let transfert = ligne.resident.alertes.as_ref().map(|alertes| alertes.transfert.clone()).unwrap_or_default();
        tableau.ligne([
            html! { strong { @if ligne.identite.chambre.is_empty() { "sans chambre" } @else { (ligne.identite.chambre) } } },
            html! { (ligne.identite.nom_complet()) },
            html! { (transfert) },
            html! { "☐" },
            html! { "☐" },
        ])
    });
    html! {
        section class="pile" aria-label=(nom) {
            h2 { (nom) }
            (tableau)
            @if !ailleurs.is_empty() {
                p { strong { "À ne pas chercher : " }
                    (ailleurs.iter().map(|ligne| format!("{} {} (ch.\u{a0}{}, {})", ligne.identite.nom, ligne.identite.prenom, ligne.identite.chambre, accorder(ligne.resident.usager.civilite, ligne.etat()))).collect::<Vec<_>>().join(" ; ")) }
            }
        }
    }
}
