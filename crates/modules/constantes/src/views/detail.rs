//! One value: what it says, its versions, its correction and annulment.

use jiff::tz::TimeZone;
use maud::{Markup, html};
use platform::store::Stored;
use platform::web::{Champs, Erreurs};
use ui::Icone;
use ui::alerte::{Alerte, Nature};
use ui::bloc::{Bloc, EntetePage, pile};
use ui::boutons::{Bouton, boutons};
use ui::champs::{Date, Heure, Nombre, Texte, ZoneTexte, cache, cote_a_cote};
use ui::dialogue::Confirmation;
use ui::liste::Fiche;
use ui::tableau::Tableau;

use crate::model::Constante;
use crate::referentiel::{Grandeur, TENSION, TENSION_BASSE};

/// What the page is drawn from.
pub(crate) struct Vue<'a> {
    pub(crate) lue: &'a Stored<Constante>,
    /// Every version, oldest first.
    pub(crate) versions: &'a [Stored<Constante>],
    pub(crate) jumelle: Option<&'a Constante>,
    pub(crate) champs: &'a Champs,
    pub(crate) erreurs: &'a Erreurs,
    pub(crate) fuseau: &'a TimeZone,
    pub(crate) peut_saisir: bool,
}

impl Vue<'_> {
    fn base(&self) -> String {
        format!("/residents/{}/constantes", self.lue.usager)
    }

    fn adresse(&self, fin: &str) -> String {
        format!("{}/{}/{fin}", self.base(), self.lue.id)
    }

    /// What was typed, else what stands.
    fn ou(&self, nom: &str, actuel: String) -> String {
        if self.erreurs.aucune() { actuel } else { self.champs.texte(nom).to_owned() }
    }
}

/// The page.
pub(crate) fn page(vue: &Vue<'_>) -> Markup {
    let lue = &vue.lue.value;
    let nom = Grandeur::get(&lue.type_code).map_or(lue.type_code.as_str(), Grandeur::nom);
    html! {
        (EntetePage::new(format!("{nom} : {}", lue.lisible())).parent("Constantes", vue.base()))
        (vue.erreurs.resume())
        (pile(&html! {
            @if let Some(motif) = &lue.annule { (Alerte::new(Nature::Info, "Cette mesure est annulée.").texte(format!("Motif : {motif}"))) }
            (question(vue))
            (fiche(vue))
            @if vue.versions.len() > 1 { (historique(vue)) }
            @if vue.peut_saisir && lue.annule.is_none() { (correction(vue)) }
        }))
    }
}

fn question(vue: &Vue<'_>) -> Markup {
    let lue = &vue.lue.value;
    if !vue.peut_saisir || lue.annule.is_some() {
        return html! {};
    }
    let bouton = |mots: &str, decision: &str| html! { (Bouton::envoyer(mots).valeur("decision", decision)) };
    let (titre, texte, reponses) = if let Some(jumelle) = vue.jumelle {
        let texte = format!(
            "{} a déjà noté {} à {}.",
            jumelle.auteur_nom,
            jumelle.lisible(),
            kernel::dates::heure_levee(jumelle.mesuree_le, vue.fuseau)
        );
        let reponses = html! { (bouton("C'est la même mesure : retirer celle-ci", "meme_mesure")) (bouton("Deux mesures : garder les deux", "deux_mesures")) };
        ("Est-ce la même mesure ?", texte, reponses)
    } else if lue.a_confirmer {
        let texte = "Valeur inhabituelle, gardée en attendant une nouvelle mesure.".to_owned();
        let saisir = Bouton::lien("Remesurer", format!("{}/saisir?type={}", vue.base(), lue.type_code));
        ("Cette valeur est-elle juste ?", texte, html! { (bouton("La valeur est juste", "juste")) (saisir) })
    } else if lue.heure_a_confirmer {
        let texte = "L'horloge de la tablette était douteuse. Si l'heure est fausse, corrigez-la plus bas.".to_owned();
        ("L'heure de la mesure est-elle juste ?", texte, bouton("L'heure est juste", "juste"))
    } else {
        return html! {};
    };
    html! {
        form method="post" action=(vue.adresse("trancher")) {
            (cache("version", &vue.lue.version.to_string()))
            (Alerte::new(Nature::Attention, titre).texte(texte).actions(reponses))
        }
    }
}

fn fiche(vue: &Vue<'_>) -> Markup {
    let lue = &vue.lue.value;
    let mut fiche = Fiche::new()
        .ligne("Valeur", lue.lisible())
        .ligne("Mesurée le", kernel::dates::date_heure(lue.mesuree_le, vue.fuseau))
        .ligne("Par", lue.auteur_nom.clone())
        .ligne("Saisie le", kernel::dates::date_heure(lue.saisie_le, vue.fuseau));
    if lue.hors_ligne {
        fiche = fiche.ligne("Saisie", "sur tablette, sans réseau");
    }
    for (nom, texte) in [("Circonstances", &lue.contexte), ("Remarque", &lue.commentaire)] {
        if !texte.is_empty() {
            fiche = fiche.ligne(nom, texte.clone());
        }
    }
    Bloc::new("La mesure", fiche.render()).icone(Icone::Activity).render()
}

fn historique(vue: &Vue<'_>) -> Markup {
    let mut tableau =
        Tableau::new("Versions de la mesure").legende_cachee().colonne("Écrite le").colonne("Valeur").colonne("Motif");
    for version in vue.versions.iter().rev() {
        let actuelle = version.version == vue.lue.version && version.annule.is_none();
        let motif = version.annule.as_ref().map_or_else(|| version.motif.clone(), |motif| format!("annulée : {motif}"));
        let valeur = version.lisible();
        tableau = tableau.ligne([
            html! { (kernel::dates::date_heure(version.recorded, vue.fuseau)) },
            html! { @if actuelle { strong { (valeur) } } @else { s { (valeur) } } },
            html! { (motif) },
        ]);
    }
    Bloc::new("Historique", tableau.render()).icone(Icone::History).render()
}

fn correction(vue: &Vue<'_>) -> Markup {
    let lue = &vue.lue.value;
    let Some(grandeur) = Grandeur::get(&lue.type_code) else { return html! {} };
    let ici = lue.mesuree_le.to_zoned(vue.fuseau.clone());
    let version = vue.lue.version.to_string();
    let champ = |grandeur: &Grandeur, valeur: String| {
        let champ = Nombre::new(grandeur.code.clone(), grandeur.libelle.clone()).unite(grandeur.unite.clone());
        let champ = champ.valeur(vue.ou(&grandeur.code, valeur)).sans_mention().erreur(vue.erreurs.de(&grandeur.code));
        if grandeur.decimales > 0 { champ.decimales().render() } else { champ.render() }
    };
    let formulaire = html! {
        form class="formulaire" method="post" action=(vue.adresse("corriger")) {
            (cache("version", &version))
            (cote_a_cote(&html! {
                (champ(grandeur, lue.valeur.to_string()))
                @if let Some(basse) = Grandeur::get(TENSION_BASSE).filter(|_| lue.type_code == TENSION) {
                    (champ(basse, lue.valeur2.map(|valeur| valeur.to_string()).unwrap_or_default()))
                }
                (Date::new("le", "Date").valeur(vue.ou("le", ici.date().to_string())).sans_mention().erreur(vue.erreurs.de("le")))
                (Heure::new("a", "Heure").valeur(vue.ou("a", kernel::dates::heure(ici.time()))).sans_mention().erreur(vue.erreurs.de("a")))
            }))
            (ZoneTexte::new("commentaire", "Remarque").valeur(vue.ou("commentaire", lue.commentaire.clone())).maximum(500).sans_brouillon())
            (Texte::new("motif", "Pourquoi corriger").valeur(vue.champs.texte("motif")).requis().erreur(vue.erreurs.de("motif")))
            (boutons(&html! {
                (Bouton::envoyer("Enregistrer la correction").principal())
                (Bouton::ouvrir("Annuler la mesure…", "annuler-mesure").danger())
            }))
        }
    };
    let champs = html! { (cache("version", &version)) (Texte::new("motif", "Pourquoi annuler").requis()) };
    let objet = format!("{} {}. La mesure restera lisible, barrée.", grandeur.nom(), lue.lisible());
    html! {
        (Bloc::new("Corriger", formulaire).icone(Icone::Pencil))
        (Confirmation::new("annuler-mesure", "Annuler cette mesure ?", objet, "Annuler la mesure", vue.adresse("annuler")).champs(html! { (champs) }))
    }
}
