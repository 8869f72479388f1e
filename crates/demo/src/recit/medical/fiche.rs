//! The sheet of instructions for an emergency: level of care, directives, hospital, the fifteen observations.

use std::collections::HashSet;

use jiff::Timestamp;
use serde::Deserialize;

use super::catalogue::{Catalogue, Nomme};
use super::dates::Periode;
use super::{Element, Nature, Niveau};
use crate::alea::Alea;
use crate::recit::population::accorder;
use crate::recit::resident::Resident;

/// Subjects of directives, in the order of the sheet of the module `medical`.
pub const SUJETS: [&str; 8] =
    ["reanimation", "respiration", "maintien", "nutrition", "chirurgie", "dialyse", "sedation", "autre"];

/// Observations, in the order of the sheet of the module `medical`.
pub const OBSERVATIONS: [&str; 15] = [
    "communique",
    "oriente",
    "desoriente",
    "agitation",
    "refus_soins",
    "risque_suicidaire",
    "malvoyance",
    "surdite",
    "langage",
    "chutes",
    "errance",
    "fugue",
    "contention",
    "escarre",
    "fausse_route",
];

/// Per thousand sheets somebody has still to finish.
const INCOMPLETES: i64 = 58;

/// The hospital of the story.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hopital {
    /// Its name.
    pub nom: String,
    /// Fictitious FINESS, beginning with `9X`.
    pub finess: String,
    /// Phone of fiction.
    pub telephone: String,
}

/// The sheet of a resident.
#[derive(Clone, Debug, Hash)]
pub struct Fiche {
    /// How far care goes; none: not decided.
    pub niveau: Option<Niveau>,
    /// What is added to the level.
    pub niveau_precision: String,
    /// Palliative care in progress; empty when there is none.
    pub palliatif: String,
    /// Directives: subject of [`SUJETS`], words of the person. Only for who has written some.
    pub directives: Vec<(&'static str, String)>,
    /// Where the signed paper is kept.
    pub directives_ou: String,
    /// Hospital of preference.
    pub hopital: Option<Hopital>,
    /// Observations answered, of [`OBSERVATIONS`].
    pub observations: Vec<(&'static str, bool)>,
    /// No multi-resistant bacterium, checked.
    pub bmr_absente: bool,
    /// Anything else.
    pub commentaire: String,
    /// Last written.
    pub ecrite_le: Timestamp,
    /// Index of the account which wrote it.
    pub auteur: usize,
}

/// Of whom the sheet speaks.
pub(super) struct Personne<'a> {
    pub resident: &'a Resident,
    pub traits: &'a HashSet<&'a str>,
    pub elements: &'a [Element],
    pub nomme: Option<&'a Nomme>,
}

impl Personne<'_> {
    fn a(&self, code: &str) -> bool {
        self.traits.contains(code)
    }

    /// The letter of the story, or a more limited level: the older the dependence, the more often.
    fn niveau(&self, alea: &mut Alea) -> Niveau {
        if let Some(niveau) = self.nomme.and_then(|n| n.niveau) {
            return niveau;
        }
        let c = &self.resident.clinique;
        let (a, b) = match (c.niveau_soins, c.gir) {
            ('C', _) => return if alea.chance(600) { Niveau::D } else { Niveau::C },
            ('B', 1) => (0, 500),
            ('B', _) => (0, 740),
            (_, 1 | 2) => (300, 820),
            (_, 3) => (450, 940),
            _ => (700, 970),
        };
        match alea.entre(0, 999) {
            n if n < a => Niveau::A,
            n if n < b => Niveau::B,
            _ => Niveau::C,
        }
    }

    /// The fifteen answers.
    fn observer(&self, alea: &mut Alea) -> [bool; 15] {
        let desoriente = self.a("desoriente");
        let gir_1 = self.a("gir_1");
        let sort = self.a("risque_sortie");
        let agite = self.a("comportement") || (desoriente && self.a("nuit_agitee") && alea.chance(300));
        let refuse = alea.chance(if self.a("comportement") { 350 } else { 30 });
        let langage = self.a("aphasie") || (desoriente && gir_1 && alea.chance(400));
        let communique = !(desoriente && gir_1 && alea.chance(550));
        let sourd = self.a("appareil_auditif") || alea.chance(90);
        let tombe = self.a("chutes") || self.a("chute_recente");
        let fugue = sort && alea.chance(300);
        let suicidaire = self.a("depression") && alea.chance(50);
        let peau = self.a("escarre") || gir_1;
        let (contenu, voit_mal, etouffe) = (self.a("contention"), self.a("malvoyance"), self.a("fausse_route"));
        [
            communique,
            !desoriente,
            desoriente,
            agite,
            refuse,
            suicidaire,
            voit_mal,
            sourd,
            langage,
            tombe,
            sort,
            fugue,
            contenu,
            peau,
            etouffe,
        ]
    }

    /// Directives of who has written some, in agreement with the level.
    fn directives(
        &self,
        catalogue: &Catalogue,
        niveau: Option<Niveau>,
        alea: &mut Alea,
    ) -> (Vec<(&'static str, String)>, String) {
        let mots = &catalogue.consignes;
        let statique = |code: &str| SUJETS.iter().copied().find(|s| *s == code);
        if let Some(nomme) = self.nomme.filter(|n| !n.directives.is_empty()) {
            let dites = nomme.directives.iter().filter_map(|(code, mots)| Some((statique(code)?, mots.clone())));
            return (dites.collect(), nomme.directives_ou.clone());
        }
        let sexe = self.resident.identite.sexe;
        let mut dites: Vec<(&'static str, String)> = Vec::new();
        let reanimation = niveau.and_then(|n| mots.reanimation.get(&n)).map(|textes| alea.mot(textes));
        if let Some(texte) = reanimation.filter(|_| niveau > Some(Niveau::A) || alea.chance(300)) {
            dites.push(("reanimation", accorder(texte, sexe)));
        }
        let voulues = dites.len() + alea.indice(3) + 1;
        for _ in 0..6 {
            let Some((code, texte)) = alea.un(&mots.directives) else { break };
            let Some(code) = statique(code).filter(|code| dites.iter().all(|(dit, _)| dit != code)) else { continue };
            if dites.len() < voulues && (niveau > Some(Niveau::A) || code == "autre" || code == "sedation") {
                dites.push((code, accorder(texte, sexe)));
            }
        }
        if dites.is_empty() {
            dites.push(("autre", "Qu'on me demande mon avis d'abord.".to_owned()));
        }
        dites.sort_by_key(|(code, _)| SUJETS.iter().position(|s| s == code));
        (dites, alea.mot(&mots.ou).to_owned())
    }
}

/// Writes the sheet. One in seventeen is not finished: no level decided, or the words of the directives not copied.
pub(super) fn ecrire(catalogue: &Catalogue, p: &Personne<'_>, periode: &Periode<'_>, alea: &mut Alea) -> Fiche {
    let mots = &catalogue.consignes;
    let redigees = p.resident.consentements.directives == "redigees";
    let inacheve = p.nomme.map_or_else(|| alea.chance(INCOMPLETES), |n| n.incomplete);
    let sans_mots = inacheve && redigees && alea.chance(500);
    let sans_niveau = inacheve && !sans_mots;
    let niveau = Some(p.niveau(alea)).filter(|_| !sans_niveau);
    let precision = niveau.and_then(|n| mots.precisions.get(&n)).map_or("", |textes| alea.mot(textes));
    let (directives, directives_ou) =
        if redigees && !sans_mots { p.directives(catalogue, niveau, alea) } else { (Vec::new(), String::new()) };
    let reponses = p.observer(alea);
    let observations: Vec<(&'static str, bool)> = OBSERVATIONS.into_iter().zip(reponses).collect();
    let vraie = |code: &str| observations.iter().any(|(vue, oui)| *vue == code && *oui);
    let commentaires = mots.commentaires.iter().filter(|(code, _)| vraie(code));
    let commentaires: Vec<&str> = commentaires.map(|(_, texte)| texte.as_str()).filter(|_| alea.chance(600)).collect();
    let palliatif = if p.a("fin_de_vie") { alea.mot(&mots.palliatif) } else { "" };
    Fiche {
        niveau,
        niveau_precision: precision.to_owned(),
        palliatif: palliatif.to_owned(),
        directives,
        directives_ou,
        hopital: (!sans_niveau || alea.chance(500)).then(|| catalogue.hopital.clone()),
        bmr_absente: !sans_niveau && p.elements.iter().all(|e| e.nature != Nature::Bmr),
        commentaire: commentaires.join(" "),
        observations: observations.into_iter().filter(|_| !sans_niveau || alea.chance(450)).collect(),
        ecrite_le: periode.reecrire(alea),
        auteur: 0,
    }
}
