//! The weekly review of the records opened by exception: by somebody else, justified or not (INV-21).

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use kernel::id::{EtablissementId, UsagerId};
use maud::{Markup, html};
use platform::acces::{Acces, BrisDeGlace, Freinage};
use platform::prelude::{Answer, Champs, Chemin, Erreur, Parametres, Resultat, Stored};
use platform::web::page;
use serde::Deserialize;
use ui::Icone;
use ui::bloc::{Bloc, Chiffre, EntetePage, chiffres};
use ui::boutons::{Bouton, boutons};
use ui::champs::Liste;
use ui::courbe::{Courbe, Point};
use ui::filtres::Filtres;
use ui::liste::Fiche;
use ui::puces::{Etat, Puce};
use ui::vide::vide_bon;

use super::avis::Question;
use super::{freinage, lieux};
use crate::rights::{LireJournal, RevoirBris};
use crate::{motifs, personnes};

/// Delay of the review (requirements §10: within 7 days).
pub(crate) const DELAI: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Weeks drawn.
const SEMAINES: i64 = 12;

const QUESTION: Question = Question {
    phrase: "Cet accès était-il justifié ?",
    aide: "Nécessaire si l'accès n'était pas justifié.",
    sans_avis: "Dites si cet accès était justifié.",
    sans_raison: "Expliquez pourquoi cet accès n'était pas justifié.",
};

/// The establishment reviewed.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Lieu {
    #[serde(default)]
    pub(crate) etablissement: Option<EtablissementId>,
}

/// The oldest exceptional access a review still shows once reviewed; those nobody reviewed stay until somebody does.
pub(crate) fn depuis(now: Timestamp) -> Timestamp {
    now.checked_sub(SignedDuration::from_hours(SEMAINES * 7 * 24)).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// True if the review is late.
pub(crate) fn en_retard(bris: &BrisDeGlace, now: Timestamp) -> bool {
    bris.revue.is_none() && now.duration_since(bris.ouvert_le) > DELAI
}

/// Accesses by week, oldest first: weeks end at `now`.
fn par_semaine(liste: &[Stored<BrisDeGlace>], now: Timestamp) -> Vec<(Timestamp, i64)> {
    let semaine = SignedDuration::from_hours(7 * 24);
    (0..SEMAINES)
        .rev()
        .map(|rang| {
            let fin = now.checked_sub(SignedDuration::from_hours(7 * 24 * rang)).unwrap_or(now);
            let debut = fin.checked_sub(semaine).unwrap_or(fin);
            let nombre = liste.iter().filter(|bris| debut < bris.ouvert_le && bris.ouvert_le <= fin).count();
            (debut, i64::try_from(nombre).unwrap_or(i64::MAX))
        })
        .collect()
}

/// « 29 août »: twelve of them stand under a curve.
fn jour_et_mois(jour: jiff::civil::Date) -> String {
    format!("{} {}", jour.day(), kernel::dates::mois_abrege(jour.month()))
}

struct Vue<'a> {
    acces: &'a Acces<RevoirBris>,
    etablissement: EtablissementId,
    noms: HashMap<UsagerId, String>,
    relecteurs: HashMap<kernel::id::CompteId, (String, Option<String>)>,
}

impl Vue<'_> {
    fn moment(&self, le: Timestamp) -> String {
        kernel::dates::date_heure(le, &self.acces.services().fuseau)
    }

    fn nom_de(&self, compte: kernel::id::CompteId) -> String {
        self.relecteurs.get(&compte).map_or_else(|| "compte inconnu".to_owned(), |(nom, _)| nom.clone())
    }

    fn fiche(&self, bris: &Stored<BrisDeGlace>) -> Fiche {
        let personne = self.noms.get(&bris.usager).cloned().unwrap_or_else(|| "dossier hors de vos droits".to_owned());
        let fiche = Fiche::new()
            .ligne("Qui", bris.nom.clone())
            .ligne("Dossier de", personne)
            .ligne("Ouvert le", self.moment(bris.ouvert_le))
            .ligne("Motif", motifs::libelle(&bris.motif).to_owned());
        if bris.precision.is_empty() { fiche } else { fiche.ligne("Précision", bris.precision.clone()) }
    }

    fn a_relire(&self, bris: &Stored<BrisDeGlace>) -> Markup {
        let soi = bris.compte == self.acces.contexte().acteur.compte;
        let retard = en_retard(bris, self.acces.now());
        let mention = html! { @if retard { (Puce::new(Etat::EnRetard, "plus de 7 jours")) } @else { (Puce::new(Etat::ARevoir, "à relire")) } };
        let trace = format!("/admin/traces?compte={}&personne={}", bris.compte, bris.usager);
        let corps = html! {
            (self.fiche(bris))
            @if self.acces.peut::<LireJournal>() { p { (Bouton::lien("Voir ce qui a été lu", trace).petit().icone(Icone::Eye)) } }
            @if soi { p class="secondaire" { "Vous avez ouvert ce dossier : une autre personne relit cet accès." } }
            @else {
                form class="formulaire" method="post" action=(format!("/admin/bris-de-glace/{}", bris.id)) {
                    (QUESTION.champs(bris.id))
                    (boutons(&html! { (Bouton::envoyer("Enregistrer la relecture").precision(bris.nom.clone())) }))
                }
            }
        };
        Bloc::new(bris.nom.clone(), corps).niveau_trois().mention(mention).render()
    }

    fn relu(&self, bris: &Stored<BrisDeGlace>) -> Markup {
        let Some(revue) = &bris.revue else { return html! {} };
        let par = self.nom_de(revue.par);
        let puce = if revue.justifie { Puce::new(Etat::Fait, "justifié") } else { Puce::new(Etat::Danger, "non justifié") };
        html! { li {
            (puce) " " (bris.nom) ", " (self.moment(bris.ouvert_le)) ", " (motifs::libelle(&bris.motif))
            span class="secondaire" { " · relu le " (self.moment(revue.le)) " par " (par) @if !revue.commentaire.is_empty() { " : " (revue.commentaire) } }
        } }
    }

    fn render(
        &self,
        liste: &[Stored<BrisDeGlace>],
        lectures: &[Stored<Freinage>],
        ouverts: &[(EtablissementId, String)],
    ) -> Markup {
        let now = self.acces.now();
        let recents = liste.iter().filter(|bris| bris.ouvert_le >= depuis(now)).count();
        let a_relire: Vec<_> = liste.iter().filter(|bris| bris.revue.is_none()).collect();
        let retards = a_relire.iter().filter(|bris| en_retard(bris, now)).count();
        let refuses = liste.iter().filter(|bris| bris.revue.as_ref().is_some_and(|revue| !revue.justifie)).count();
        let fuseau = &self.acces.services().fuseau;
        let points = par_semaine(liste, now).into_iter().map(|(debut, valeur)| Point {
            instant: debut.as_second(),
            valeur,
            date: jour_et_mois(kernel::dates::jour_local(debut, fuseau)),
            hors_norme: false,
        });
        let choix = ouverts.iter().map(|(id, nom)| (id.to_string(), nom.clone()));
        html! {
            (EntetePage::new("Bris de glace").phrase("Dossiers ouverts par exception sur 12 semaines, à relire sous 7 jours par une autre personne"))
            @if ouverts.len() > 1 { (Filtres::new("/admin/bris-de-glace").champ(Liste::new("etablissement", "Établissement").choix(choix).valeur(self.etablissement.to_string()).sans_mention().render())) }
            (chiffres(&[
                Chiffre::new(a_relire.len().to_string(), "À relire"),
                Chiffre::new(retards.to_string(), "En retard"),
                Chiffre::new(recents.to_string(), "Sur 12 semaines"),
                Chiffre::new(refuses.to_string(), "Non justifiés"),
            ]))
            (freinage::bloc(self.acces, lectures, |compte| self.nom_de(compte)))
            (Bloc::new("À relire", html! {
                @if a_relire.is_empty() { (vide_bon("Aucun accès par exception à relire.")) }
                @for bris in a_relire.iter().rev() { (self.a_relire(bris)) }
            }).icone(Icone::ShieldAlert))
            (Bloc::new("Par semaine", html! { (Courbe::new("Ouvertures par exception", "accès dans la semaine qui commence ce jour", 0).points(points)) }).icone(Icone::ChartLine))
            @if liste.iter().any(|bris| bris.revue.is_some()) { (Bloc::new("Relus", html! { ul { @for bris in liste { (self.relu(bris)) } } }).calme()) }
        }
    }
}

pub(crate) async fn revue(acces: Acces<RevoirBris>, Parametres(lieu): Parametres<Lieu>) -> Resultat<Answer> {
    let ouverts = lieux(&acces).await?;
    let courant = acces.contexte().etablissement.filter(|id| acces.ouvert_dans(*id));
    let etablissement =
        lieu.etablissement.or(courant).or_else(|| ouverts.first().map(|(id, _)| *id)).ok_or(Erreur::SansEtablissement)?;
    let liste = acces.bris_de(etablissement, depuis(acces.now())).await?;
    let couples: Vec<_> = liste.iter().map(|bris| (Some(bris.usager.0), Some(bris.etablissement.0))).collect();
    let lectures = acces.freinages(etablissement, depuis(acces.now())).await?;
    let relecteurs = liste.iter().filter_map(|bris| bris.revue.as_ref().map(|revue| revue.par));
    let examens = lectures.iter().filter_map(|freinage| freinage.examen.as_ref().map(|examen| examen.par));
    let relecteurs: Vec<_> = relecteurs.chain(examens).collect();
    let vue = Vue {
        acces: &acces,
        etablissement,
        noms: personnes::noms(&acces, &couples).await?,
        relecteurs: acces.noms(&relecteurs).await?,
    };
    let contenu = vue.render(&liste, &lectures, &ouverts);
    Ok(Answer::html(page(&acces, "Bris de glace", "/admin/bris-de-glace").contenu(contenu).render()))
}

pub(crate) async fn conclure(acces: Acces<RevoirBris>, Chemin(id): Chemin<uuid::Uuid>, champs: Champs) -> Resultat<Answer> {
    let avis = QUESTION.lire(&champs, id)?;
    acces.conclure_bris(id, avis.favorable, &avis.commentaire).await?;
    Ok(Answer::vers("/admin/bris-de-glace").dit("Relecture enregistrée."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_end_now_and_nothing_is_counted_twice() {
        let now: Timestamp = "2026-11-21T08:00:00Z".parse().unwrap();
        let bris = |heures: i64| Stored {
            id: uuid::Uuid::nil(),
            version: 1,
            seq: 1,
            person: None,
            at: None,
            author: uuid::Uuid::nil(),
            recorded: now,
            value: BrisDeGlace {
                compte: kernel::id::CompteId(uuid::Uuid::nil()),
                nom: String::new(),
                usager: UsagerId(uuid::Uuid::nil()),
                etablissement: EtablissementId(uuid::Uuid::nil()),
                motif: String::new(),
                precision: String::new(),
                ouvert_le: now.checked_sub(SignedDuration::from_hours(heures)).unwrap(),
                expire_le: now,
                revue: None,
            },
        };
        let liste = [bris(0), bris(1), bris(7 * 24), bris(7 * 24 + 1)];
        let semaines = par_semaine(&liste, now);
        assert_eq!(semaines.len(), 12);
        assert_eq!(semaines.iter().rev().take(2).map(|(_, n)| *n).collect::<Vec<_>>(), [2, 2]);
        assert!(!en_retard(&liste[2], now) && en_retard(&liste[3], now));
    }
}
