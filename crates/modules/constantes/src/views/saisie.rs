//! The entry form: every quantity at once, or one with its keypad.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::store::Stored;
use platform::web::{Champs, Erreurs};
use ui::Icone;
use ui::alerte::{Alerte, Nature};
use ui::bloc::{EntetePage, pile};
use ui::boutons::{Bouton, boutons};
use ui::champs::{Date, Heure, Nombre, ZoneTexte, cache, cote_a_cote, groupe_cadre};
use ui::choix_puces::ChoixPuces;
use ui::pave_numerique::PaveNumerique;
use uuid::Uuid;

use super::quand;
use crate::acts::Surprise;
use crate::forms::CONTEXTES;
use crate::model::Constante;
use crate::referentiel::{FAMILLES, Grandeur, TENSION, TENSION_BASSE};

/// What the form is drawn from.
pub(crate) struct Vue<'a> {
    pub(crate) usager: UsagerId,
    pub(crate) champs: &'a Champs,
    pub(crate) erreurs: &'a Erreurs,
    pub(crate) surprises: &'a [Surprise],
    pub(crate) dernieres: &'a BTreeMap<String, Stored<Constante>>,
    pub(crate) nouvel_id: Uuid,
    pub(crate) now: Timestamp,
    pub(crate) fuseau: &'a TimeZone,
}

impl Vue<'_> {
    fn base(&self) -> String {
        format!("/residents/{}/constantes", self.usager)
    }

    fn seule(&self) -> Option<&'static Grandeur> {
        Grandeur::get(self.champs.texte("seule"))
    }

    /// The quantity entered with a keypad: alone, a single value, not given back to be corrected.
    fn pave(&self) -> Option<&'static Grandeur> {
        let reprise = !self.surprises.is_empty() || !self.erreurs.aucune();
        self.seule().filter(|grandeur| grandeur.code != TENSION && !reprise)
    }

    fn rappel(&self, grandeur: &Grandeur) -> String {
        match self.dernieres.get(&grandeur.code) {
            Some(derniere) => {
                format!("Dernière valeur : {}, {}", derniere.lisible(), quand(derniere.mesuree_le, self.now, self.fuseau))
            }
            None => "Jamais mesuré.".to_owned(),
        }
    }
}

/// The page.
pub(crate) fn page(vue: &Vue<'_>) -> Markup {
    let titre = vue.seule().map_or_else(|| "Saisir des constantes".to_owned(), |grandeur| format!("Saisir : {}", grandeur.nom()));
    let id = match vue.champs.texte("id") {
        "" => vue.nouvel_id.to_string(),
        id => id.to_owned(),
    };
    let pave = vue.pave().is_some();
    html! {
        (EntetePage::new(titre).parent("Constantes", vue.base()))
        (vue.erreurs.resume())
        form class="formulaire" method="post" action=(vue.base()) data-operation="constante.ajouter" data-resident=(vue.usager) data-libelle="Constante"
            data-phrase="Constante enregistrée." data-suite=(vue.base()) {
            (cache("id", &id)) (cache("seule", vue.champs.texte("seule")))
            (pile(&html! {
                @if !vue.surprises.is_empty() {
                    @for surprise in vue.surprises { (cache("demande", &surprise.cle())) }
                    (question(vue.surprises, vue))
                }
                @match vue.seule() {
                    Some(grandeur) => (une(vue, grandeur)),
                    None => @for (famille, codes) in FAMILLES { (groupe_cadre(famille, &cote_a_cote(&html! { @for code in codes { (champ(vue, code)) } }))) },
                }
                (circonstances(vue))
                @if vue.surprises.is_empty() {
                    (boutons(&html! {
                        @if !pave { (Bouton::envoyer("Enregistrer").principal().icone(Icone::Check)) }
                        (Bouton::lien("Ne rien enregistrer", vue.base()).discret())
                    }))
                }
            }))
        }
    }
}

/// The soft warning: the value is asked about, never refused.
fn question(surprises: &[Surprise], vue: &Vue<'_>) -> Markup {
    let lignes = html! {
        ul {
            @for surprise in surprises {
                @let lue = &surprise.lue;
                @let valeur = lue.valeur2.map_or_else(|| lue.valeur.to_string(), |basse| format!("{}/{basse}", lue.valeur));
                li {
                    strong { (lue.grandeur.nom()) " : " (valeur) " " (lue.grandeur.unite) " ?" }
                    @match &surprise.derniere {
                        Some(derniere) => { " Dernier : " (derniere.lisible()) ", " (quand(derniere.mesuree_le, vue.now, vue.fuseau)) "." }
                        None => " Valeur inhabituelle.",
                    }
                }
            }
        }
        p { "Rien n'est encore enregistré. Corrigez la valeur dans le champ, ou répondez :" }
    };
    Alerte::new(Nature::Attention, "Vérifiez avant d'enregistrer.")
        .corps(lignes)
        .actions(html! {
            (Bouton::envoyer("J'ai vérifié, la valeur est juste").valeur("verdict", "verifiee").principal())
            (Bouton::envoyer("Enregistrer, à remesurer").valeur("verdict", "a_remesurer"))
            (Bouton::envoyer("Enregistrer la valeur corrigée").valeur("verdict", "").discret())
        })
        .annonce()
        .render()
}

fn champ(vue: &Vue<'_>, code: &str) -> Markup {
    let Some(grandeur) = Grandeur::get(code) else { return html! {} };
    let libelle = if code == TENSION { "Tension systolique".to_owned() } else { grandeur.libelle.clone() };
    html! {
        (nombre(vue, grandeur, &libelle, vue.rappel(grandeur)))
        @if let Some(basse) = Grandeur::get(TENSION_BASSE).filter(|_| code == TENSION) { (nombre(vue, basse, "Tension diastolique", "Notée avec la systolique.".to_owned())) }
    }
}

fn nombre(vue: &Vue<'_>, grandeur: &Grandeur, libelle: &str, rappel: String) -> Markup {
    let mut champ = Nombre::new(grandeur.code.clone(), libelle)
        .unite(grandeur.unite.clone())
        .valeur(vue.champs.texte(&grandeur.code))
        .aide(rappel)
        .sans_mention()
        .erreur(vue.erreurs.de(&grandeur.code));
    if grandeur.decimales > 0 {
        champ = champ.decimales();
    }
    champ.render()
}

/// One quantity alone: a keypad, except for a pair of values or a field given back.
fn une(vue: &Vue<'_>, grandeur: &Grandeur) -> Markup {
    if vue.pave().is_none() {
        return groupe_cadre(grandeur.nom(), &cote_a_cote(&champ(vue, &grandeur.code)));
    }
    PaveNumerique::mesure(grandeur.code.clone(), grandeur.libelle.clone(), grandeur.unite.clone())
        .rappel(vue.rappel(grandeur))
        .verbe("Enregistrer")
        .render()
}

fn circonstances(vue: &Vue<'_>) -> Markup {
    let ici = vue.now.to_zoned(vue.fuseau.clone());
    let le = match vue.champs.texte("le") {
        "" => ici.date().to_string(),
        le => le.to_owned(),
    };
    let heure = match vue.champs.texte("a") {
        "" => kernel::dates::heure(ici.time()),
        heure => heure.to_owned(),
    };
    let contexte =
        ChoixPuces::un("contexte", "Circonstances").choix(CONTEXTES.map(|mot| (mot, mot))).valeur(vue.champs.texte("contexte"));
    groupe_cadre(
        "Quand et comment",
        &html! {
            (cote_a_cote(&html! {
                (Date::new("le", "Date de la mesure").valeur(le).jusqu_a(ici.date().to_string()).sans_mention().erreur(vue.erreurs.de("le")))
                (Heure::new("a", "Heure de la mesure").valeur(heure).sans_mention().erreur(vue.erreurs.de("a")))
            }))
            (contexte.erreur(vue.erreurs.de("contexte")))
            (ZoneTexte::new("commentaire", "Remarque").valeur(vue.champs.texte("commentaire")).maximum(500).erreur(vue.erreurs.de("commentaire")))
        },
    )
}
