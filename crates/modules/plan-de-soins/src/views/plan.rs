//! The plan of a person: day, night, week, acts, history of its versions.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use kernel::dates::{date_courte, date_heure, date_longue};
use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::store::Stored;
use ui::Icone;
use ui::bloc::{Bloc, EntetePage};
use ui::boutons::{Bouton, boutons};
use ui::liste::{Ligne, liste};
use ui::puces::{Etat, Puce};
use ui::tableau::Tableau;
use ui::vide::{vide_bon, vide_depart};

use super::carte::lignes;
use super::ligne::Dessin;
use super::plan_versions::historique;
use crate::adresses;
use crate::bibliotheque::{CATEGORIES, categorie_libelle};
use crate::composition::SoinDuTour;
use crate::journee::Journee;
use crate::plan::{Plan, SoinPrevu};
use crate::poste::{Creneau, Poste};
use crate::recurrence::{Jour, Moment, Rythme};
use crate::tour::fuseau;

/// How the plan is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Vue {
    /// The day, by time.
    #[default]
    Jour,
    /// The night only.
    Nuit,
    /// Seven days.
    Semaine,
    /// Acts, by family.
    Lignes,
    /// Versions.
    Historique,
}

impl Vue {
    pub(crate) const TOUTES: [(Self, &'static str, &'static str, Icone); 5] = [
        (Self::Jour, "jour", "Jour", Icone::Sun),
        (Self::Nuit, "nuit", "Nuit", Icone::Moon),
        (Self::Semaine, "semaine", "Semaine", Icone::CalendarDays),
        (Self::Lignes, "lignes", "Soins prévus", Icone::ListChecks),
        (Self::Historique, "historique", "Historique", Icone::History),
    ];

    pub(crate) fn lire(code: &str) -> Self {
        Self::TOUTES.iter().find(|(_, connu, ..)| *connu == code).map(|(vue, ..)| *vue).unwrap_or_default()
    }

    fn code(self) -> &'static str {
        Self::TOUTES.iter().find(|(vue, ..)| *vue == self).map_or("jour", |(_, code, ..)| code)
    }
}

/// « chaque jour à 08:30, 12:00 », in words.
pub(crate) fn rythme(soin: &SoinPrevu) -> String {
    let quand: Vec<String> = soin.recurrence.moments.iter().map(|moment| moment.libelle()).collect();
    let a = match soin.recurrence.moments.first() {
        Some(Moment::Heure { .. }) => format!(" à {}", quand.join(", ")),
        Some(Moment::Poste { .. }) => format!(", {}", quand.join(", ")),
        None => String::new(),
    };
    let jours = match &soin.recurrence.rythme {
        Rythme::Hebdomadaire { jours } => jours.iter().map(|jour| jour.libelle()).collect::<Vec<_>>().join(", "),
        Rythme::Quotidien | Rythme::Intervalle { tous_les: 1, .. } => "chaque jour".to_owned(),
        Rythme::Intervalle { tous_les, depuis } => format!("tous les {tous_les} jours depuis le {}", date_courte(*depuis)),
        Rythme::Mensuel { jour } => format!("le {jour} de chaque mois"),
        Rythme::Dates { dates } => dates.iter().map(|date| date_courte(*date)).collect::<Vec<_>>().join(", "),
        Rythme::Heures { toutes_les, depuis } => {
            return format!("toutes les {toutes_les}\u{a0}h depuis le {}", date_heure(*depuis, &fuseau()));
        }
        Rythme::SiBesoin => return "si besoin".to_owned(),
    };
    format!("{jours}{a}")
}

/// What the page shows.
pub(crate) struct PagePlan<'a> {
    pub(crate) usager: UsagerId,
    pub(crate) vue: Vue,
    pub(crate) journee: &'a Journee,
    /// Acts of the night which starts that day.
    pub(crate) nuit: Vec<SoinDuTour>,
    pub(crate) versions: &'a [Stored<Plan>],
    pub(crate) dessin: &'a Dessin,
    pub(crate) peut_planifier: bool,
    pub(crate) now: Timestamp,
    pub(crate) onglets: Markup,
}

impl PagePlan<'_> {
    /// Draws the content of the page.
    pub(crate) fn render(&self) -> Markup {
        html! {
            (self.onglets)
            (EntetePage::new("Plan de soins").phrase(self.signature()).actions(self.actions()))
            (self.vues())
            @match self.vue {
                Vue::Jour => (self.jour()),
                Vue::Nuit => (self.nuit()),
                Vue::Semaine => (self.semaine()),
                Vue::Lignes => (self.lignes()),
                Vue::Historique => (historique(self.versions)),
            }
        }
    }

    fn plan(&self) -> Option<&Plan> {
        self.journee.plan.as_ref().map(|plan| &plan.value)
    }

    fn signature(&self) -> String {
        let Some(plan) = &self.journee.plan else { return "Aucun plan signé".to_owned() };
        let par = plan.signe.as_ref().map(|signe| format!(" par {}", signe.complet())).unwrap_or_default();
        format!("Version {} signée{par} le {}", plan.version, date_heure(plan.recorded, &fuseau()))
    }

    fn actions(&self) -> Markup {
        html! {
            @if self.peut_planifier {
                (Bouton::lien("Ajouter un soin", format!("{}/ajouter", adresses::plan(self.usager))).principal().icone(Icone::Plus))
                (Bouton::lien("Appliquer un plan type", format!("{}/plan-type", adresses::plan(self.usager))).icone(Icone::ClipboardList))
            }
        }
    }

    fn vues(&self) -> Markup {
        let jour = self.journee.jour;
        let adresse = |vue: Vue, jour: Date| format!("{}?vue={}&jour={jour}", adresses::plan(self.usager), vue.code());
        let veille = jour.yesterday().unwrap_or(jour);
        let lendemain = jour.tomorrow().unwrap_or(jour);
        let onglets = Vue::TOUTES
            .iter()
            .fold(ui::onglets::Onglets::new("Vues du plan", adresse(self.vue, jour)), |onglets, (vue, _, libelle, icone)| {
                onglets.onglet(*libelle, adresse(*vue, jour)).icone(*icone)
            });
        html! {
            (onglets)
            @if matches!(self.vue, Vue::Jour | Vue::Nuit | Vue::Semaine) {
                (boutons(&html! {
                    (Bouton::lien("Veille", adresse(self.vue, veille)).icone(Icone::ArrowLeft).petit())
                    (Bouton::lien("Aujourd'hui", adresse(self.vue, kernel::dates::jour_local(self.now, &fuseau()))).petit())
                    (Bouton::lien("Lendemain", adresse(self.vue, lendemain)).icone(Icone::ArrowRight).petit())
                }))
            }
        }
    }

    fn jour(&self) -> Markup {
        let postes = Poste::TOUS.map(|poste| {
            (
                poste,
                self.journee
                    .soins
                    .iter()
                    .filter(|soin| Creneau::de(soin.occurrence.attendue()).poste == poste)
                    .collect::<Vec<_>>(),
            )
        });
        html! {
            h2 { (date_longue(self.journee.jour)) }
            @if self.journee.soins.is_empty() { (self.rien()) }
            @for (poste, soins) in postes { @if !soins.is_empty() { (self.bloc(&super::majuscule(poste.libelle()), &soins)) } }
            @if !self.journee.si_besoin.is_empty() { (self.si_besoin()) }
        }
    }

    fn nuit(&self) -> Markup {
        let soins: Vec<&SoinDuTour> = self.nuit.iter().collect();
        html! {
            h2 { "Nuit du " (date_longue(self.journee.jour)) }
            @if soins.is_empty() { (vide_bon("Aucun soin prévu cette nuit.")) } @else { (self.bloc("de 20:45 à 06:45", &soins)) }
        }
    }

    fn rien(&self) -> Markup {
        let bouton = self
            .peut_planifier
            .then(|| Bouton::lien("Appliquer un plan type", format!("{}/plan-type", adresses::plan(self.usager))));
        match self.plan() {
            Some(plan) if !plan.lignes.is_empty() => vide_bon("Aucun soin prévu ce jour."),
            _ => vide_depart(Icone::ClipboardList, "Aucun soin n'est encore prévu pour cette personne.", bouton.as_ref()),
        }
    }

    fn bloc(&self, titre: &str, soins: &[&SoinDuTour]) -> Markup {
        let fait = soins.iter().filter(|soin| !soin.etat.attend()).count();
        Bloc::new(titre.to_owned(), lignes(self.usager, soins.iter().copied(), self.dessin))
            .mention(html! { (fait) "/" (soins.len()) })
            .render()
    }

    fn si_besoin(&self) -> Markup {
        let lignes: Vec<Ligne> = self
            .journee
            .si_besoin
            .iter()
            .map(|soin| {
                Ligne::new(&soin.libelle).detail(&soin.consigne).icone(super::icone(&soin.icone)).lien(format!(
                    "{}/{}?retour={}",
                    adresses::plan(self.usager),
                    soin.id,
                    adresses::encoder(&self.dessin.retour)
                ))
            })
            .collect();
        Bloc::new("Si besoin", liste(&lignes)).render()
    }

    fn semaine(&self) -> Markup {
        let lundi = self
            .journee
            .jour
            .checked_sub(i64::from(self.journee.jour.weekday().to_monday_zero_offset()).days())
            .unwrap_or(self.journee.jour);
        let jours: Vec<Date> = (0..7).filter_map(|rang| lundi.checked_add(i64::from(rang).days()).ok()).collect();
        let mut tableau = Tableau::new("Semaine de soins").legende_cachee().dense().colonne("Soin");
        for jour in &jours {
            tableau = tableau.colonne(format!("{} {}", Jour::de(*jour).code(), jour.day()));
        }
        let aujourd_hui = kernel::dates::jour_local(self.now, &fuseau());
        let lignes = self.plan().map(|plan| plan.lignes.as_slice()).unwrap_or_default();
        for soin in lignes.iter().filter(|soin| {
            !soin.recurrence.est_si_besoin()
                && (soin.en_cours(self.now, aujourd_hui)
                    || jours.iter().any(|jour| !soin.occurrences(*jour, &fuseau()).is_empty()))
        }) {
            let heures = jours.iter().map(|jour| {
                let dues: Vec<String> = soin
                    .occurrences(*jour, &fuseau())
                    .iter()
                    .map(|due| kernel::dates::heure(due.cle.attendue().time()))
                    .collect();
                html! { (dues.join(" ")) }
            });
            tableau = tableau.ligne(std::iter::once(html! { (soin.libelle) }).chain(heures));
        }
        html! {
            h2 { "Semaine du " (date_longue(lundi)) }
            (tableau.si_vide(vide_bon("Aucun soin prévu cette semaine.")))
        }
    }

    fn lignes(&self) -> Markup {
        let aujourd_hui = kernel::dates::jour_local(self.now, &fuseau());
        let lignes = self.plan().map(|plan| plan.lignes.as_slice()).unwrap_or_default();
        let (en_cours, arretees): (Vec<&SoinPrevu>, Vec<&SoinPrevu>) =
            lignes.iter().map(AsRef::as_ref).partition(|soin| soin.en_cours(self.now, aujourd_hui));
        html! {
            @if en_cours.is_empty() { (self.rien()) }
            @for (code, libelle) in CATEGORIES {
                @let siennes: Vec<&&SoinPrevu> = en_cours.iter().filter(|soin| soin.categorie == code).collect();
                @if !siennes.is_empty() { (Bloc::new(libelle, liste(&siennes.iter().map(|soin| self.prevu(soin)).collect::<Vec<_>>()))) }
            }
            @let autres: Vec<&&SoinPrevu> = en_cours.iter().filter(|soin| categorie_libelle(&soin.categorie) == soin.categorie).collect();
            @if !autres.is_empty() { (Bloc::new("Autres soins", liste(&autres.iter().map(|soin| self.prevu(soin)).collect::<Vec<_>>()))) }
            @if !arretees.is_empty() { (Bloc::new("Arrêtés", liste(&arretees.iter().map(|soin| arrete(soin)).collect::<Vec<_>>())).calme()) }
        }
    }

    fn prevu(&self, soin: &SoinPrevu) -> Ligne {
        let origine = soin
            .origine
            .as_deref()
            .map(|origine| format!(" · issu de {}", origine.replace("plan-type/", "plan type ")))
            .unwrap_or_default();
        let fin = soin.au.map(|au| format!(" jusqu'au {}", date_courte(au))).unwrap_or_default();
        let mut ligne = Ligne::new(&soin.libelle)
            .detail(format!("{}{fin} · {}{origine}", rythme(soin), soin.consigne))
            .icone(super::icone(&soin.icone));
        if soin.a_risque {
            ligne = ligne.puce(Puce::new(Etat::ASurveiller, "à risque"));
        }
        if self.peut_planifier {
            ligne = ligne.lien(format!("{}/{}/modifier", adresses::plan(self.usager), soin.id));
        }
        ligne
    }
}

fn arrete(soin: &SoinPrevu) -> Ligne {
    let detail = match &soin.arret {
        Some(arret) => {
            format!("{} · arrêté le {} par {} : {}", rythme(soin), date_heure(arret.le, &fuseau()), arret.par, arret.motif)
        }
        None => format!("{} · terminé le {}", rythme(soin), soin.au.map(date_courte).unwrap_or_default()),
    };
    Ligne::new(&soin.libelle).detail(detail).icone(Icone::Ban)
}
