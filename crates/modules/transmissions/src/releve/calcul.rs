//! The digest itself: a pure function from what is known to what is read first. No learning: counted, sorted, folded.

use std::collections::{BTreeMap, HashMap};

use jiff::{SignedDuration, Timestamp};
use kernel::id::{UniteId, UsagerId};
use platform::releve::EvenementReleve;
use uuid::Uuid;

use super::poids::Poids;
use crate::cible::Cible;
use crate::consigne::Consigne;
use crate::model::{EtatCible, Importance, Transmission};
use crate::themes;

/// Two tellings of the same fall within this time are one.
const MEME_CHUTE: SignedDuration = SignedDuration::from_mins(30);
/// A result is announced as awaited this long before its hour.
const ATTENDU_AVANT: SignedDuration = SignedDuration::from_hours(12);

/// A person of the digest, in walking order, and the instant until which the reader knows everything about them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Personne {
    /// Who.
    pub usager: UsagerId,
    /// « BRUMELLE, Marguerite (Mme) ».
    pub nom: String,
    /// « BRUMELLE ».
    pub nom_court: String,
    /// Room.
    pub chambre: String,
    /// Unit.
    pub unite: Option<UniteId>,
    /// What became known after this instant is new.
    pub depuis: Timestamp,
}

/// Everything a digest is made of.
#[derive(Debug, Clone, Default)]
pub struct Matiere {
    /// Persons in walking order.
    pub personnes: Vec<Personne>,
    /// Their transmissions.
    pub transmissions: Vec<Transmission>,
    /// Their targets which are not closed.
    pub cibles: Vec<Cible>,
    /// Their instructions in force.
    pub consignes: Vec<Consigne>,
    /// Structured events, of this module and of others.
    pub evenements: Vec<EvenementReleve>,
}

/// The transmissions of a person on a theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CibleReleve {
    /// Theme code.
    pub theme: String,
    /// Where it stands.
    pub etat: EtatCible,
    /// The latest result, else the latest datum; `None` for an older target whose result is still awaited.
    pub montree: Option<Transmission>,
    /// The others, newest first, folded.
    pub autres: Vec<Transmission>,
    /// The target still open, if any.
    pub ouverte: Option<Cible>,
}

/// What is new about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResidentReleve {
    /// Who.
    pub personne: Personne,
    /// Structured events, newest first.
    pub evenements: Vec<EvenementReleve>,
    /// Themes: awaited first, closed last.
    pub cibles: Vec<CibleReleve>,
    /// Instructions given since.
    pub consignes: Vec<Consigne>,
    /// Alerts written since, to be taken note of.
    pub alertes: Vec<Uuid>,
    /// Order, in hundredths of points.
    pub points: u32,
}

impl ResidentReleve {
    /// True with nothing new to tell.
    pub fn est_calme(&self) -> bool {
        self.evenements.is_empty() && self.cibles.is_empty() && self.consignes.is_empty()
    }

    /// Every transmission of the person in the digest, newest first.
    pub fn transmissions(&self) -> impl Iterator<Item = &Transmission> {
        self.cibles.iter().flat_map(|cible| cible.montree.iter().chain(&cible.autres))
    }
}

/// A line of « L'essentiel ».
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Essentiel {
    /// Kind code.
    pub genre: String,
    /// Who and when, newest first.
    pub qui: Vec<(UsagerId, String, Timestamp)>,
}

/// The digest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Releve {
    /// Persons with something new, in the order of reading.
    pub residents: Vec<ResidentReleve>,
    /// Persons without.
    pub calmes: Vec<Personne>,
    /// Counts by kind.
    pub essentiel: Vec<Essentiel>,
    /// How many events and transmissions.
    pub evenements: u64,
    /// Words on the screen, folded ones left out.
    pub mots: u64,
    /// Time needed to read it.
    pub secondes: u64,
}

impl Releve {
    /// Minutes needed to read it, at least one when there is something.
    pub fn minutes(&self) -> u64 {
        self.secondes.div_ceil(60)
    }
}

/// Computes the digest.
pub fn calculer(matiere: Matiere, poids: &Poids, now: Timestamp) -> Releve {
    let Matiere { personnes, transmissions, cibles, consignes, evenements } = matiere;
    let mut par_personne: HashMap<UsagerId, Part> = HashMap::new();
    for une in transmissions {
        par_personne.entry(une.usager).or_default().transmissions.push(une);
    }
    for une in cibles {
        par_personne.entry(une.usager).or_default().cibles.push(une);
    }
    for une in consignes {
        par_personne.entry(une.usager).or_default().consignes.push(une);
    }
    for un in evenements {
        par_personne.entry(un.usager).or_default().evenements.push(un);
    }
    let mut releve = Releve::default();
    for personne in personnes {
        let part = par_personne.remove(&personne.usager).unwrap_or_default();
        let resident = part.resident(personne, poids, now);
        if resident.est_calme() { releve.calmes.push(resident.personne) } else { releve.residents.push(resident) }
    }
    releve.residents.sort_by_key(|resident| std::cmp::Reverse(resident.points));
    compter(&mut releve, poids);
    releve
}

#[derive(Default)]
struct Part {
    transmissions: Vec<Transmission>,
    cibles: Vec<Cible>,
    consignes: Vec<Consigne>,
    evenements: Vec<EvenementReleve>,
}

impl Part {
    fn resident(self, personne: Personne, poids: &Poids, now: Timestamp) -> ResidentReleve {
        let nouveau = |connu: Timestamp| personne.depuis < connu && connu <= now;
        let (annulees, vivantes): (Vec<_>, Vec<_>) =
            self.transmissions.into_iter().filter(|une| nouveau(une.connu_le())).partition(|une| une.annule.is_some());
        let mut evenements: Vec<EvenementReleve> = self.evenements.into_iter().filter(|un| nouveau(un.connu_le)).collect();
        ajouter_chutes(&mut evenements, &vivantes);
        evenements.extend(annulees.iter().filter(|une| une.arrive_le() <= personne.depuis).filter_map(annulation));
        evenements.sort_by_key(|un| std::cmp::Reverse(un.le));
        let consignes: Vec<Consigne> =
            self.consignes.into_iter().filter(|une| une.levee.is_none() && nouveau(une.saisi_le)).collect();
        let alertes = vivantes.iter().filter(|une| une.importance == Importance::Alerte).map(|une| une.id).collect();
        let mut points: u32 = evenements.iter().map(|un| poids.points(&un.genre, un.le, now)).sum();
        points += vivantes.iter().map(|une| poids.points(genre(une.importance), une.fait_le, now)).sum::<u32>();
        points += consignes.iter().map(|une| poids.points("consigne", une.saisi_le, now)).sum::<u32>();
        let cibles = grouper(vivantes, self.cibles, poids, now);
        points += u32::try_from(cibles.iter().filter(|cible| cible.montree.is_none()).count()).unwrap_or(0)
            * poids.points("cible_ouverte", now, now);
        ResidentReleve { personne, evenements, cibles, consignes, alertes, points }
    }
}

fn genre(importance: Importance) -> &'static str {
    importance.code()
}

/// A fall told by a transmission is an event, unless another module told the same one.
fn ajouter_chutes(evenements: &mut Vec<EvenementReleve>, vivantes: &[Transmission]) {
    for une in vivantes.iter().filter(|une| une.theme == "chute" && une.cible.is_none() && une.importance != Importance::Info) {
        let deja = evenements.iter().any(|un| un.genre == "chute" && un.le.duration_since(une.fait_le).abs() <= MEME_CHUTE);
        if !deja {
            evenements.push(EvenementReleve {
                usager: une.usager,
                le: une.fait_le,
                connu_le: une.connu_le(),
                genre: "chute".into(),
                libelle: "Chute".into(),
                href: Some(format!("/residents/{}/transmissions/{}", une.usager, une.id)),
            });
        }
    }
}

/// Something the reader knew was annulled since.
fn annulation(une: &Transmission) -> Option<EvenementReleve> {
    let trace = une.annule.as_ref()?;
    Some(EvenementReleve {
        usager: une.usager,
        le: trace.le,
        connu_le: trace.le,
        genre: "annulation".into(),
        libelle: format!("Transmission annulée ({}) : {}", themes::libelle(&une.theme), trace.motif),
        href: Some(format!("/residents/{}/transmissions/{}", une.usager, une.id)),
    })
}

fn grouper(vivantes: Vec<Transmission>, ouvertes: Vec<Cible>, poids: &Poids, now: Timestamp) -> Vec<CibleReleve> {
    let mut par_theme: BTreeMap<usize, Vec<Transmission>> = BTreeMap::new();
    let rang = |theme: &str| themes::tous().iter().position(|connu| connu.code == theme).unwrap_or(usize::MAX);
    for une in vivantes {
        par_theme.entry(rang(&une.theme)).or_default().push(une);
    }
    let mut ouvertes_par_theme: BTreeMap<usize, Vec<Cible>> = BTreeMap::new();
    for cible in ouvertes {
        ouvertes_par_theme.entry(rang(&cible.theme)).or_default().push(cible);
    }
    let mut cibles: Vec<CibleReleve> = Vec::new();
    for (rang, groupe) in par_theme {
        let ouverte = ouvertes_par_theme.remove(&rang).and_then(la_plus_attendue);
        cibles.extend(plier(groupe, ouverte));
    }
    for (_, dormantes) in ouvertes_par_theme {
        let revenues: Vec<Cible> = dormantes.into_iter().filter(|cible| revient(cible, poids, now)).collect();
        cibles.extend(la_plus_attendue(revenues).map(|cible| CibleReleve {
            theme: cible.theme.clone(),
            etat: cible.etat,
            montree: None,
            autres: Vec::new(),
            ouverte: Some(cible),
        }));
    }
    cibles.sort_by_key(|cible| ordre(cible.etat));
    cibles
}

fn ordre(etat: EtatCible) -> u8 {
    match etat {
        EtatCible::Ouverte => 0,
        EtatCible::Suivie => 1,
        EtatCible::Isolee => 2,
        EtatCible::Close => 3,
    }
}

/// A target nobody wrote on comes back when its result is awaited for long, or when its hour comes.
fn revient(cible: &Cible, poids: &Poids, now: Timestamp) -> bool {
    let echeance = cible.a_revoir.is_some_and(|le| le <= now + ATTENDU_AVANT);
    cible.attend_depuis(poids.fenetre.cible_dormante_heures, now) || (cible.etat == EtatCible::Ouverte && echeance)
}

/// Of several open targets of one theme, the one whose result is awaited, then the oldest.
fn la_plus_attendue(cibles: Vec<Cible>) -> Option<Cible> {
    cibles.into_iter().min_by_key(|cible| (ordre(cible.etat), cible.ouverte_le, cible.fil))
}

/// The latest result, else the latest writing, is shown; the others are folded, newest first.
fn plier(mut groupe: Vec<Transmission>, ouverte: Option<Cible>) -> Option<CibleReleve> {
    groupe.sort_by_key(|une| std::cmp::Reverse((une.fait_le, une.saisi_le, une.id)));
    let derniere = groupe.first()?;
    let close = derniere.etat == EtatCible::Close;
    let etat = match &ouverte {
        Some(cible) => cible.etat,
        None if close => EtatCible::Close,
        None => EtatCible::Isolee,
    };
    let rang = groupe.iter().position(|une| une.resultat.is_some()).unwrap_or(0);
    let montree = groupe.remove(rang);
    Some(CibleReleve { theme: montree.theme.clone(), etat, montree: Some(montree), autres: groupe, ouverte })
}

fn mots(texte: &str) -> u64 {
    u64::try_from(texte.split_whitespace().count()).unwrap_or(u64::MAX)
}

fn compter(releve: &mut Releve, poids: &Poids) {
    let mut qui: HashMap<String, Vec<(UsagerId, String, Timestamp)>> = HashMap::new();
    let (mut lus, mut structures, mut ecrits) = (0, 0, 0);
    for resident in &releve.residents {
        for un in &resident.evenements {
            lus += mots(&un.libelle);
            structures += 1;
            let ligne = (un.usager, resident.personne.nom_court.clone(), un.le);
            qui.entry(un.genre.clone()).or_default().push(ligne);
        }
        for une in resident.transmissions().filter(|une| une.importance == Importance::Alerte) {
            let ligne = (une.usager, resident.personne.nom_court.clone(), une.fait_le);
            qui.entry("alerte".into()).or_default().push(ligne);
        }
        lus += resident.cibles.iter().map(|cible| phrase(cible).map_or(0, mots)).sum::<u64>();
        lus += resident.consignes.iter().map(|consigne| mots(&consigne.texte)).sum::<u64>();
        ecrits += u64::try_from(resident.transmissions().count()).unwrap_or(0);
    }
    releve.mots = lus;
    releve.evenements = structures + ecrits;
    releve.secondes = poids.secondes(lus, structures);
    releve.essentiel = poids
        .genres
        .iter()
        .filter(|genre| genre.essentiel)
        .filter_map(|genre| {
            let mut qui = qui.remove(&genre.code)?;
            qui.sort_by_key(|(_, _, le)| std::cmp::Reverse(*le));
            Some(Essentiel { genre: genre.code.clone(), qui })
        })
        .collect();
}

/// The sentence a theme shows.
pub fn phrase(cible: &CibleReleve) -> Option<&str> {
    match (&cible.montree, &cible.ouverte) {
        (Some(montree), _) => Some(montree.derniere_phrase().1),
        (None, Some(ouverte)) => Some(ouverte.phrase.as_str()),
        (None, None) => None,
    }
}
