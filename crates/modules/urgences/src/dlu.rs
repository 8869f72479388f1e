//! The content of the document of emergency liaison (DLU), gathered once for every form it takes: screen, paper, CDA.

use std::collections::{BTreeMap, HashMap};

use constantes::Constante;
use etablissements::Etablissement;
use jiff::Timestamp;
use jiff::civil::Date;
use kernel::id::UsagerId;
use medical::{Consignes, Element, Nature};
use platform::acces::{Acces, Categorie, DossierOuvert, Droit, PerimetreOuvert};
use platform::erreur::{Erreur, Resultat};
use platform::store::{Query, Stored};
use sejours::Sejour;
use usagers::{Alertes, Allergies, Contact, Entourage, Identification, RoleContact, Usager};

/// Everything an emergency team must know of a person, at an instant.
///
/// A part the reader may not read (an opposition of the person) is absent and named in `refuses`.
#[derive(Debug, Clone)]
pub struct Dlu {
    /// Whose.
    pub usager: Usager,
    /// Strict traits, INS.
    pub identification: Option<Identification>,
    /// The stay in progress, else the last one.
    pub sejour: Sejour,
    /// The house.
    pub etablissement: Etablissement,
    /// Name of the unit.
    pub unite: String,
    /// Allergies, textures, chips, GIR.
    pub alertes: Option<Alertes>,
    /// Contacts, protection measure.
    pub entourage: Option<Entourage>,
    /// Level of care, directives, hospital.
    pub consignes: Option<Consignes>,
    /// Entries of the medical file which hold.
    pub elements: Vec<Element>,
    /// Last value of each quantity, by code.
    pub constantes: BTreeMap<String, Stored<Constante>>,
    /// Families of data the person does not let the reader see.
    pub refuses: Vec<&'static str>,
    /// When it was gathered.
    pub au: Timestamp,
    /// The same day, at the house.
    pub jour: Date,
}

impl Dlu {
    /// Whose.
    pub fn id(&self) -> UsagerId {
        self.usager.id
    }

    /// Entries of a family.
    pub fn de(&self, nature: Nature) -> impl Iterator<Item = &Element> {
        self.elements.iter().filter(move |element| element.nature == nature)
    }

    /// Treatments a physician must hear first.
    pub fn a_risque(&self) -> impl Iterator<Item = &Element> {
        self.elements.iter().filter(|element| element.a_risque)
    }

    /// The contact who holds a role.
    pub fn contact(&self, role: RoleContact) -> Option<&Contact> {
        self.entourage.as_ref()?.contacts.iter().find(|contact| contact.roles.contains(&role))
    }

    /// « 90 ans »; empty when the date of birth is not known well enough.
    pub fn age(&self) -> String {
        let naissance = self.identification.as_ref().map(|lue| lue.identite.traits().date_naissance());
        naissance.and_then(|naissance| naissance.age_le(self.jour)).map(|age| age.to_string()).unwrap_or_default()
    }

    /// The state of allergies, in one sentence which is never blank.
    pub fn allergies(&self) -> String {
        if self.refuses.contains(&Categorie::Alertes.libelle()) {
            return "Allergies : la personne s'oppose à leur lecture ici".into();
        }
        match self.alertes.as_ref().map(|alertes| &alertes.allergies) {
            Some(Allergies::Connues { liste }) => {
                let dites: Vec<String> = liste.iter().map(|une| format!("{} ({})", une.agent, une.reaction)).collect();
                format!("Allergie : {}", dites.join(", "))
            }
            Some(Allergies::Aucune { verifie_le }) => {
                format!("Aucune allergie connue (vérifié le {})", kernel::dates::date_courte(*verifie_le))
            }
            Some(Allergies::Indisponible) => "Allergies : demandé, personne ne sait".into(),
            Some(Allergies::NonRenseignees) | None => "Allergies non renseignées".into(),
        }
    }

    /// True for a known allergy.
    pub fn allergique(&self) -> bool {
        matches!(self.alertes.as_ref().map(|alertes| &alertes.allergies), Some(Allergies::Connues { .. }))
    }

    /// Level of care in words, « niveau de soins non décidé » otherwise.
    pub fn niveau(&self) -> String {
        let Some(consignes) = &self.consignes else { return "Niveau de soins non décidé".into() };
        let Some(niveau) = consignes.niveau else { return "Niveau de soins non décidé".into() };
        match consignes.niveau_precision.as_str() {
            "" => niveau.libelle().to_owned(),
            precision => format!("{} ({precision})", niveau.libelle()),
        }
    }
}

/// Gathers the DLU of an opened record, under a right which carries what it is made of.
///
/// # Errors
/// `Introuvable` without a stay or a house; whatever the store says.
pub async fn recueillir<A: Droit, D: Droit>(acces: &Acces<A>, dossier: &DossierOuvert<D>) -> Resultat<Dlu> {
    let usager = dossier.usager();
    let resident = sejours::resident(dossier).await?.ok_or(Erreur::Introuvable)?;
    let sejour = resident.sejour.value;
    let etablissement = acces.lire::<Etablissement>(sejour.etablissement).await?.ok_or(Erreur::Introuvable)?.value;
    let peut = |categorie| dossier.peut_lire(categorie);
    let (identite, entourage) = (peut(Categorie::Identite), peut(Categorie::Administratif));
    let (medical, mesures) = (peut(Categorie::Medical), peut(Categorie::Constantes));
    let identification = if identite { dossier.lire::<Identification>(Identification::id(usager)).await? } else { None };
    let entourage_lu = if entourage { dossier.lire::<Entourage>(Entourage::id(usager)).await? } else { None };
    let consignes = if medical { medical::consignes(dossier).await? } else { None };
    let elements = if medical { medical::elements(dossier).await? } else { Vec::new() };
    let constantes = if mesures { constantes::dernieres(dossier).await? } else { BTreeMap::new() };
    let refuses = [
        (identite, Categorie::Identite),
        (entourage, Categorie::Administratif),
        (peut(Categorie::Alertes), Categorie::Alertes),
        (medical, Categorie::Medical),
        (mesures, Categorie::Constantes),
    ];
    let unites = acces.services().enseigne.unites(sejour.etablissement);
    let unite = sejour.unite.and_then(|unite| unites.iter().find(|(id, _)| *id == unite).map(|(_, nom)| nom.clone()));
    let au = acces.now();
    Ok(Dlu {
        usager: resident.usager.value,
        identification: identification.map(|lue| lue.value),
        etablissement,
        unite: unite.unwrap_or_default(),
        sejour,
        alertes: resident.alertes.map(|lues| lues.value),
        entourage: entourage_lu.map(|lu| lu.value),
        consignes: consignes.map(|lues| lues.value),
        elements: elements.into_iter().map(|lu| lu.value).filter(Element::en_vigueur).collect(),
        constantes,
        refuses: refuses.into_iter().filter(|(lu, _)| !lu).map(|(_, categorie)| categorie.libelle()).collect(),
        au,
        jour: kernel::dates::jour_local(au, &acces.services().fuseau),
    })
}

/// The parts of the DLU of many persons which its completeness looks at, a list of the house each: no record is opened.
///
/// # Errors
/// Whatever the store says.
pub(crate) async fn recueillir_rapide<D: Droit>(
    acces: &Acces<D>,
    perimetre: &PerimetreOuvert<D>,
    residents: Vec<sejours::Resident>,
) -> Resultat<Vec<Dlu>> {
    let maison = perimetre.etablissement();
    let etablissement = acces.lire::<Etablissement>(maison).await?.ok_or(Erreur::Introuvable)?.value;
    let identites: HashMap<UsagerId, Identification> =
        ranger(perimetre.liste(&Query::lane(&usagers::lane_identites(maison))).await?);
    let alertes: HashMap<UsagerId, Alertes> = ranger(perimetre.liste(&Query::lane(&format!("alertes/{maison}"))).await?);
    let entourages: HashMap<UsagerId, Entourage> = ranger(perimetre.liste(&Query::lane(&format!("entourage/{maison}"))).await?);
    let consignes: HashMap<UsagerId, Consignes> = ranger(perimetre.liste(&Query::lane(&medical::lane_consignes(maison))).await?);
    let mut elements: HashMap<UsagerId, Vec<Element>> = HashMap::new();
    for lu in perimetre.liste::<Element>(&Query::lane(&medical::lane_medical(maison))).await? {
        elements.entry(lu.value.usager).or_default().push(lu.value);
    }
    let mut poids: HashMap<UsagerId, Stored<Constante>> = HashMap::new();
    let lane = constantes::lane_type(maison, constantes::POIDS);
    for lu in perimetre.liste::<Constante>(&Query::lane(&lane)).await? {
        poids.insert(lu.value.usager, lu);
    }
    let (au, jour) = (acces.now(), kernel::dates::jour_local(acces.now(), &acces.services().fuseau));
    let dlus = residents.into_iter().map(|resident| {
        let id = resident.id();
        Dlu {
            identification: identites.get(&id).cloned(),
            alertes: alertes.get(&id).cloned(),
            entourage: entourages.get(&id).cloned(),
            consignes: consignes.get(&id).cloned(),
            elements: elements.remove(&id).unwrap_or_default().into_iter().filter(Element::en_vigueur).collect(),
            constantes: poids.remove(&id).map(|poids| (constantes::POIDS.to_owned(), poids)).into_iter().collect(),
            usager: resident.usager.value,
            sejour: resident.sejour.value,
            etablissement: etablissement.clone(),
            unite: String::new(),
            refuses: Vec::new(),
            au,
            jour,
        }
    });
    Ok(dlus.collect())
}

/// The last record of each person.
fn ranger<E: platform::store::Entity>(lus: Vec<Stored<E>>) -> HashMap<UsagerId, E> {
    lus.into_iter().filter_map(|lu| lu.person.map(|personne| (UsagerId(personne), lu.value))).collect()
}
