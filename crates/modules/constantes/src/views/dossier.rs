//! The values of a person: alerts, last values, curves with their thresholds, list.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kernel::decimal::Decimal;
use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::store::Stored;
use ui::bloc::{Bloc, EntetePage, pile};
use ui::boutons::Bouton;
use ui::champs::Liste;
use ui::choix_puces::ChoixPuces;
use ui::courbe::{Courbe, Point};
use ui::filtres::Filtres;
use ui::liste::{Ligne, liste};
use ui::pagination::Pagination;
use ui::puces::{Etat, Puce, puces};
use ui::tableau::Tableau;
use ui::vide::{vide_bon, vide_depart};
use ui::{Icone, etincelle::etincelle};

use super::{etat_de, quand};
use crate::alertes::Alerte;
use crate::model::Constante;
use crate::pages::PERIODES;
use crate::referentiel::{FAMILLES, Grandeur, TENSION, TENSION_BASSE};
use crate::seuils::SeuilsEnVigueur;

/// What the page is drawn from.
pub(crate) struct Vue<'a> {
    pub(crate) usager: UsagerId,
    pub(crate) periode: &'a str,
    pub(crate) type_code: &'a str,
    pub(crate) alertes: &'a [Alerte],
    /// A year of values, oldest first, annulled ones included.
    pub(crate) valeurs: &'a [Stored<Constante>],
    pub(crate) debut: Timestamp,
    pub(crate) seuils: &'a SeuilsEnVigueur,
    pub(crate) now: Timestamp,
    pub(crate) fuseau: &'a TimeZone,
    pub(crate) peut_saisir: bool,
    pub(crate) peut_fixer: bool,
    pub(crate) page: usize,
    pub(crate) par_page: usize,
}

impl Vue<'_> {
    fn base(&self) -> String {
        format!("/residents/{}/constantes", self.usager)
    }

    fn comptees(&self, code: &str) -> Vec<&Stored<Constante>> {
        self.valeurs.iter().filter(|valeur| valeur.compte() && valeur.type_code == code).collect()
    }

    /// Quantities measured at least once in the year, in the order of the entry screen.
    fn mesurees(&self) -> Vec<&'static Grandeur> {
        let ordre = FAMILLES.iter().flat_map(|(_, codes)| codes.iter().copied()).chain(["imc", TENSION_BASSE]);
        let connue = |code: &&str| self.valeurs.iter().any(|valeur| valeur.compte() && valeur.type_code == *code);
        ordre.filter(connue).filter_map(Grandeur::get).collect()
    }
}

/// The page under the tabs.
pub(crate) fn page(vue: &Vue<'_>) -> Markup {
    let base = vue.base();
    html! {
        (EntetePage::new("Constantes").actions(html! {
            @if vue.peut_saisir { (Bouton::lien("Saisir des constantes", format!("{base}/saisir")).principal().icone(Icone::Plus).touche("v")) }
            @if vue.peut_fixer { (Bouton::lien("Seuils d'alerte", format!("{base}/seuils")).icone(Icone::SlidersHorizontal)) }
        }))
        @if vue.valeurs.is_empty() {
            (vide_depart(Icone::Activity, "Aucune constante n'a encore été mesurée.", vue.peut_saisir.then(|| Bouton::lien("Saisir une première mesure", format!("{base}/saisir"))).as_ref()))
        } @else {
            (pile(&html! {
                (alertes(vue)) (en_attente(vue)) (dernieres(vue)) (courbes(vue)) (toutes(vue))
            }))
        }
    }
}

fn alertes(vue: &Vue<'_>) -> Markup {
    if vue.alertes.is_empty() {
        return Bloc::new("À surveiller", vide_bon("Aucune valeur hors des seuils.")).calme().render();
    }
    let lignes: Vec<Ligne> = vue
        .alertes
        .iter()
        .map(|alerte| {
            let mot = if alerte.gravite == crate::alertes::Gravite::Danger { "à voir maintenant" } else { "à surveiller" };
            Ligne::new(alerte.phrase.clone())
                .detail(format!("{}. {}", quand(alerte.le, vue.now, vue.fuseau), alerte.source))
                .puce(Puce::new(etat_de(alerte.gravite), mot))
        })
        .collect();
    Bloc::new("À surveiller", liste(&lignes)).icone(Icone::TriangleAlert).render()
}

fn en_attente(vue: &Vue<'_>) -> Markup {
    let attente: Vec<&Stored<Constante>> = vue
        .valeurs
        .iter()
        .filter(|valeur| {
            valeur.annule.is_none() && (valeur.a_confirmer || valeur.jumelle_de.is_some() || valeur.heure_a_confirmer)
        })
        .collect();
    if attente.is_empty() {
        return html! {};
    }
    let lignes: Vec<Ligne> = attente
        .iter()
        .map(|valeur| {
            let nom = Grandeur::get(&valeur.type_code).map_or(valeur.type_code.as_str(), Grandeur::nom).to_owned();
            Ligne::new(format!("{nom} {}", valeur.lisible()))
                .detail(format!("{} · {}", quand(valeur.mesuree_le, vue.now, vue.fuseau), valeur.auteur_nom))
                .lien(format!("{}/{}", vue.base(), valeur.id))
                .puce(Puce::new(Etat::EnAttente, raison(valeur)))
        })
        .collect();
    Bloc::new("À confirmer", liste(&lignes)).icone(Icone::CircleHelp).render()
}

/// Why a value waits.
pub(super) fn raison(valeur: &Constante) -> &'static str {
    match (valeur.jumelle_de.is_some(), valeur.a_confirmer) {
        (true, _) => "même mesure ?",
        (_, true) => "à remesurer",
        _ => "heure à confirmer",
    }
}

fn dernieres(vue: &Vue<'_>) -> Markup {
    let mut tableau = Tableau::new("Dernière valeur de chaque mesure")
        .legende_cachee()
        .colonne("Mesure")
        .colonne("Dernière valeur")
        .colonne("Quand")
        .colonne("Évolution");
    if vue.peut_saisir {
        tableau = tableau.colonne("Saisir");
    }
    for grandeur in vue.mesurees() {
        let serie = vue.comptees(&grandeur.code);
        let Some(derniere) = serie.last() else { continue };
        let hors = hors_norme(vue.seuils, grandeur, derniere);
        let entiers: Vec<i64> = serie.iter().rev().take(12).rev().map(|valeur| grandeur.entier(valeur.valeur)).collect();
        let lien = format!("{}?periode=90&type={}#courbes", vue.base(), grandeur.code);
        let mut cellules = vec![
            html! { a href=(lien) { (grandeur.nom()) } },
            html! { strong class="nombre" { (derniere.lisible()) } @if hors { " " (Puce::new(Etat::ASurveiller, "hors seuil")) } },
            html! { (quand(derniere.mesuree_le, vue.now, vue.fuseau)) },
            etincelle(&entiers, &tendance(&serie)),
        ];
        if vue.peut_saisir {
            let href = format!("{}/saisir?type={}", vue.base(), grandeur.code);
            cellules.push(html! { @if grandeur.code != TENSION_BASSE && grandeur.code != "imc" { (Bouton::lien("Saisir", href).petit().precision(grandeur.nom())) } });
        }
        tableau = tableau.ligne(cellules);
    }
    Bloc::new("Dernières valeurs", tableau.render()).icone(Icone::Activity).render()
}

/// The change since the value before, in words.
pub(super) fn tendance(serie: &[&Stored<Constante>]) -> String {
    let [.., avant, dernier] = serie else { return "première mesure".to_owned() };
    match dernier.valeur.moins(avant.valeur) {
        Ok(ecart) if ecart.est_nul() => "stable".to_owned(),
        Ok(ecart) if ecart.est_negatif() => format!("−{}", ecart.valeur_absolue().unwrap_or(Decimal::ZERO)),
        Ok(ecart) => format!("+{ecart}"),
        Err(_) => String::new(),
    }
}

/// True if a value, or its diastolic part, is out of the thresholds in force.
pub(super) fn hors_norme(seuils: &SeuilsEnVigueur, grandeur: &Grandeur, valeur: &Constante) -> bool {
    let basse = valeur.valeur2.zip(Grandeur::get(TENSION_BASSE)).is_some_and(|(basse, grandeur)| seuils.depasse(grandeur, basse));
    basse || seuils.depasse(grandeur, valeur.valeur)
}

fn courbes(vue: &Vue<'_>) -> Markup {
    let mesurees = vue.mesurees();
    let choisies: Vec<&&Grandeur> =
        mesurees.iter().filter(|grandeur| vue.type_code.is_empty() || grandeur.code == vue.type_code).collect();
    let periode = PERIODES
        .iter()
        .map(|(_, code, mots)| (*code, *mots))
        .fold(ChoixPuces::un("periode", "Période"), |choix, paire| choix.choix([paire]));
    let types = mesurees.iter().map(|grandeur| (grandeur.code.clone(), grandeur.nom().to_owned()));
    let liste = Liste::new("type", "Mesure").sans_mention().invite("Toutes").choix(types).valeur(vue.type_code).render();
    let dessins: Vec<Markup> = choisies.iter().flat_map(|grandeur| dessiner(vue, grandeur)).collect();
    let contenu = html! {
        (Filtres::new(format!("{}#courbes", vue.base())).champ(periode.valeur(vue.periode).sans_mention().envoi_direct().render()).champ(liste))
        @if dessins.is_empty() { p class="secondaire" { "Aucune mesure sur cette période. Choisissez une période plus longue." } }
        @for dessin in dessins { (dessin) }
    };
    html! { div id="courbes" { (Bloc::new("Courbes", contenu).icone(Icone::ChartLine)) } }
}

/// One curve, or two for a blood pressure.
fn dessiner(vue: &Vue<'_>, grandeur: &Grandeur) -> Vec<Markup> {
    let serie: Vec<&Stored<Constante>> =
        vue.comptees(&grandeur.code).into_iter().filter(|valeur| valeur.mesuree_le >= vue.debut).collect();
    // A point alone draws nothing that the table of last values does not say.
    if serie.len() < 2 {
        return Vec::new();
    }
    let hautes = serie.iter().map(|valeur| (valeur.mesuree_le, valeur.valeur));
    let mut dessins = vec![courbe(vue, grandeur, hautes)];
    if let (TENSION, Some(basse)) = (grandeur.code.as_str(), Grandeur::get(TENSION_BASSE)) {
        let basses: Vec<(Timestamp, Decimal)> =
            serie.iter().filter_map(|valeur| Some((valeur.mesuree_le, valeur.valeur2?))).collect();
        if basses.len() > 1 {
            dessins.push(courbe(vue, basse, basses.into_iter()));
        }
    }
    dessins
}

/// « 26/09 14:32 », short enough for an axis.
fn courte(le: Timestamp, fuseau: &TimeZone) -> String {
    let ici = le.to_zoned(fuseau.clone());
    format!("{:02}/{:02} {:02}:{:02}", ici.day(), ici.month(), ici.hour(), ici.minute())
}

fn courbe(vue: &Vue<'_>, grandeur: &Grandeur, points: impl Iterator<Item = (Timestamp, Decimal)>) -> Markup {
    let (bornes, _) = vue.seuils.bornes(grandeur);
    let points: Vec<Point> = points
        .map(|(le, valeur)| Point {
            instant: le.as_second().div_euclid(60),
            valeur: grandeur.entier(valeur),
            date: courte(le, vue.fuseau),
            hors_norme: bornes.depasse(valeur),
        })
        .collect();
    let hors = points.iter().filter(|point| point.hors_norme).count();
    let mention = match (points.len(), hors) {
        (1, _) => "1 mesure".to_owned(),
        (n, 0) => format!("{n} mesures"),
        (n, hors) => format!("{n} mesures, dont {hors} hors seuil"),
    };
    let mut courbe =
        Courbe::new(grandeur.libelle.clone(), grandeur.unite.clone(), grandeur.decimales).points(points).mention(mention);
    if let Some(bas) = bornes.bas {
        courbe = courbe.seuil(grandeur.entier(bas), format!("alerte en dessous de {bas}"));
    }
    if let Some(haut) = bornes.haut {
        courbe = courbe.seuil(grandeur.entier(haut), format!("alerte à partir de {haut}"));
    }
    if let (Some(bas), Some(haut)) = (bornes.bas, bornes.haut) {
        courbe = courbe.zone(grandeur.entier(bas), grandeur.entier(haut));
    }
    courbe.render()
}

fn toutes(vue: &Vue<'_>) -> Markup {
    let periode = vue.valeurs.iter().rev().filter(|valeur| valeur.mesuree_le >= vue.debut);
    let periode: Vec<&Stored<Constante>> =
        periode.filter(|valeur| vue.type_code.is_empty() || valeur.type_code == vue.type_code).collect();
    let pages = periode.len().div_ceil(vue.par_page).max(1);
    let page = vue.page.min(pages);
    let mut tableau = Tableau::new("Toutes les mesures de la période")
        .legende_cachee()
        .dense()
        .colonne("Quand")
        .colonne("Mesure")
        .colonne("Valeur")
        .colonne("Par")
        .colonne("Remarque");
    for valeur in periode.iter().skip((page - 1) * vue.par_page).take(vue.par_page) {
        tableau = tableau.ligne(ligne(vue, valeur));
    }
    let base = format!("{}?periode={}&type={}&page=", vue.base(), vue.periode, vue.type_code);
    let contenu = html! {
        (tableau.si_vide(html! { p class="secondaire" { "Aucune mesure sur cette période." } }))
        @if pages > 1 { (Pagination::new(u32::try_from(page).unwrap_or(1), u32::try_from(pages).unwrap_or(1), base)) }
    };
    Bloc::new("Toutes les mesures", contenu).icone(Icone::List).render()
}

fn ligne(vue: &Vue<'_>, valeur: &Stored<Constante>) -> Vec<Markup> {
    let grandeur = Grandeur::get(&valeur.type_code);
    let hors = valeur.annule.is_none() && grandeur.is_some_and(|grandeur| hors_norme(vue.seuils, grandeur, valeur));
    let lisible = valeur.lisible();
    let mut marques = Vec::new();
    if let Some(motif) = &valeur.annule {
        marques.push(Puce::new(Etat::Archive, format!("annulée : {motif}")));
    } else if valeur.jumelle_de.is_some() || valeur.a_confirmer || valeur.heure_a_confirmer {
        marques.push(Puce::new(Etat::EnAttente, raison(valeur)));
    }
    if hors {
        marques.push(Puce::new(Etat::ASurveiller, "hors seuil"));
    }
    if valeur.version > 1 && valeur.annule.is_none() && !valeur.motif.is_empty() {
        marques.push(Puce::neutre("corrigée"));
    }
    vec![
        html! { a href=(format!("{}/{}", vue.base(), valeur.id)) { (quand(valeur.mesuree_le, vue.now, vue.fuseau)) } },
        html! { (grandeur.map_or(valeur.type_code.as_str(), Grandeur::nom)) },
        html! { @if valeur.annule.is_some() { s class="nombre" { (lisible) } } @else { span class="nombre" { (lisible) } } },
        html! { (valeur.auteur_nom) },
        html! {
            (puces(&marques))
            @if !valeur.contexte.is_empty() { span class="secondaire" { (valeur.contexte) } " " }
            @if !valeur.commentaire.is_empty() { span { (valeur.commentaire) } }
        },
    ]
}
