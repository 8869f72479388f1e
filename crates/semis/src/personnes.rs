//! Persons: name, identity, alerts, entourage, habits, drawn portrait.

use std::collections::HashMap;

use demo::Recit;
use demo::recit::{Allergies as AllergiesDemo, Resident};
use jiff::Timestamp;
use kernel::dates::DateNaissance;
use kernel::id::{EtablissementId, UsagerId};
use kernel::ins::{DocumentIdentite, Identite, Ins, LieuNaissance, Matricule, Oid, Sexe, Traits};
use usagers::{
    Alertes, Allergie, Allergies, Civilite, Contact, ContenuVie, Entourage, Habitudes, Identification, MesureProtection,
    RoleContact, SignalAlerte, Usager,
};
use uuid::Uuid;

use crate::ids::{etablissement_id, usager_id};
use crate::semeur::{ErreurSemis, Semeur, texte};

pub(crate) fn etablissement_de(resident: &Resident) -> usize {
    resident.sejours.last().map_or(0, |sejour| sejour.etablissement)
}

pub(crate) async fn semer(semeur: &mut Semeur<'_>, recit: &Recit) -> Result<(), ErreurSemis> {
    semeur.annoncer("résidents");
    let homonymes = homonymes(recit);
    for (rang, resident) in recit.residents.iter().enumerate() {
        let le = resident.entree().unwrap_or_else(|| recit.calendrier.maintenant());
        let fiche = Fiche { id: usager_id(rang), etablissement: etablissement_id(etablissement_de(resident)), le, resident };
        let autres = homonymes.get(&rang).cloned().unwrap_or_default();
        usager(semeur, &fiche, autres).await?;
        let identification = identification(&fiche)?;
        semeur.poser(Identification::id(fiche.id), Uuid::nil(), le, &identification).await?;
        semeur.poser(Alertes::id(fiche.id), Uuid::nil(), le, &alertes(&fiche)).await?;
        semeur.poser(Entourage::id(fiche.id), Uuid::nil(), le, &entourage(&fiche)).await?;
        semeur.poser(Habitudes::id(fiche.id), Uuid::nil(), le, &habitudes(&fiche)).await?;
    }
    Ok(())
}

struct Fiche<'a> {
    id: UsagerId,
    etablissement: EtablissementId,
    le: Timestamp,
    resident: &'a Resident,
}

/// Persons of one house whose shown name sounds the same.
fn homonymes(recit: &Recit) -> HashMap<usize, Vec<UsagerId>> {
    let mut par_nom: HashMap<(usize, String), Vec<usize>> = HashMap::new();
    for (rang, resident) in recit.residents.iter().enumerate() {
        let cle = kernel::texte::cle_phonetique(resident.identite.nom());
        par_nom.entry((etablissement_de(resident), cle)).or_default().push(rang);
    }
    let mut homonymes = HashMap::new();
    for groupe in par_nom.values().filter(|groupe| groupe.len() > 1) {
        for rang in groupe.iter().filter(|rang| recit.residents.get(**rang).is_some_and(|resident| resident.identite.homonyme)) {
            let autres = groupe.iter().filter(|autre| *autre != rang).map(|autre| usager_id(*autre)).collect();
            homonymes.insert(*rang, autres);
        }
    }
    homonymes
}

async fn usager(semeur: &mut Semeur<'_>, fiche: &Fiche<'_>, homonymes: Vec<UsagerId>) -> Result<(), ErreurSemis> {
    let identite = &fiche.resident.identite;
    let photo = (fiche.resident.consentements.photo == "oui").then(|| semeur.garder(fiche.resident.portrait.svg().as_bytes()));
    let usager = Usager {
        id: fiche.id,
        etablissement: fiche.etablissement,
        nom: texte(identite.nom().to_owned().try_into())?,
        prenom: texte(identite.prenom().to_owned().try_into())?,
        civilite: if identite.sexe == 'F' { Civilite::Madame } else { Civilite::Monsieur },
        photo: photo.transpose()?,
        homonymes,
        fusionne_dans: None,
    };
    semeur.poser(fiche.id, Uuid::nil(), fiche.le, &usager).await
}

fn identification(fiche: &Fiche<'_>) -> Result<Identification, ErreurSemis> {
    let lue = &fiche.resident.identite;
    let naissance = texte(DateNaissance::new(lue.naissance.year(), lue.naissance.month(), lue.naissance.day()))?;
    let sexe = texte(Sexe::lire(&lue.sexe.to_string()))?;
    let lieu = LieuNaissance::new(lue.cog_naissance).unwrap_or_else(|_| LieuNaissance::inconnu());
    let traits = texte(Traits::new(&lue.nom_naissance, &lue.prenoms.join(" "), naissance, sexe, lieu))?;
    let mut identite = Identite::provisoire(traits.clone());
    if matches!(lue.statut, "recuperee" | "qualifiee") {
        let ins = texte(Ins::new(texte(Matricule::new(&lue.ins))?, Oid::Demo))?;
        identite = texte(identite.insi_obtenue(ins, traits))?;
    }
    if matches!(lue.statut, "validee" | "qualifiee") {
        identite = texte(identite.document_verifie(
            DocumentIdentite::TOUS.first().copied().ok_or("aucun document").map_err(|e: &str| ErreurSemis::Recit(e.into()))?,
        ))?;
    }
    Ok(Identification {
        usager: fiche.id,
        etablissement: fiche.etablissement,
        identite: identite.marquer_homonyme(lue.homonyme),
        nom_utilise: lue.nom_utilise.clone(),
        prenom_utilise: lue.prenom_utilise.clone(),
    })
}

fn alertes(fiche: &Fiche<'_>) -> Alertes {
    let clinique = &fiche.resident.clinique;
    let allergies = match &clinique.allergies {
        AllergiesDemo::Connues(liste) => Allergies::Connues {
            liste: liste
                .iter()
                .map(|lue| Allergie { agent: lue.agent.into(), reaction: lue.reaction.into(), annee: Some(lue.annee) })
                .collect(),
        },
        AllergiesDemo::Aucune(verifie_le) => Allergies::Aucune { verifie_le: *verifie_le },
        AllergiesDemo::NonRenseignees => Allergies::NonRenseignees,
        AllergiesDemo::Indisponible => Allergies::Indisponible,
    };
    let signaux = clinique.alertes.iter().map(|code| signal(code, fiche.le)).collect();
    let equipements: Vec<&str> = clinique.equipements.iter().map(|code| mots(code)).collect();
    Alertes {
        usager: fiche.id,
        etablissement: fiche.etablissement,
        allergies,
        signaux,
        texture: mots(clinique.texture).to_owned(),
        regime: mots(clinique.regime).to_owned(),
        boisson: mots(clinique.boisson).to_owned(),
        transfert: equipements.join(", "),
        gir: Some(clinique.gir),
    }
}

fn signal(code: &str, depuis: Timestamp) -> SignalAlerte {
    let danger = matches!(code, "isolement" | "risque_sortie");
    SignalAlerte { code: code.to_owned(), libelle: mots(code).to_owned(), danger, depuis, note_par: "équipe soignante".into() }
}

/// French words of the story's codes; a usual texture or diet says nothing.
fn mots(code: &str) -> &str {
    match code {
        "normale" | "normal" => "",
        "hachee" => "hachée",
        "moulinee" => "moulinée",
        "mixee" => "mixée",
        "diabetique" => "diabétique",
        "sans_sel" => "sans sel",
        "enrichi" => "enrichi",
        "sans_porc" => "sans porc",
        "vegetarien" => "végétarien",
        "epaissie" => "boissons épaissies",
        "gelifiee" => "eau gélifiée",
        "fausse_route" => "Fausse route",
        "chute_recente" => "Chute récente",
        "anticoagulant" => "Anticoagulant",
        "insuline" => "Insuline",
        "isolement" => "Isolement",
        "risque_sortie" => "Risque de sortie",
        "fin_de_vie" => "Soins de confort",
        "contention" => "Contention",
        "oxygene" => "Oxygène",
        "fauteuil_roulant" => "fauteuil roulant",
        "deambulateur" => "déambulateur",
        "leve_malade" => "lève-malade",
        "appareil_auditif" => "appareil auditif",
        "matelas_air" => "matelas à air",
        "lit_bas" => "lit bas",
        autre => autre,
    }
}

fn entourage(fiche: &Fiche<'_>) -> Entourage {
    let mut lus: Vec<_> = fiche.resident.contacts.iter().collect();
    lus.sort_by_key(|contact| if contact.ordre_appel == 0 { u32::MAX } else { contact.ordre_appel });
    let contacts = lus
        .into_iter()
        .enumerate()
        .map(|(rang, lu)| {
            let confiance = lu.confiance.then_some(RoleContact::PersonneDeConfiance);
            let prevenir = (lu.ordre_appel > 0).then_some(RoleContact::APrevenir);
            Contact {
                id: kernel::id::derived(fiche.id.0, &format!("contact/{rang}")),
                nom: format!("{} {}", lu.prenom, lu.nom.to_uppercase()),
                lien: lu.lien.clone(),
                roles: std::iter::once(RoleContact::Proche).chain(confiance).chain(prevenir).collect(),
                telephone: lu.telephone.clone(),
                courriel: lu.courriel.clone(),
                adresse: String::new(),
                consigne: String::new(),
            }
        })
        .collect();
    let directives = match fiche.resident.consentements.directives {
        "redigees" => "oui",
        "refus" => "non",
        _ => "inconnu",
    };
    Entourage {
        usager: fiche.id,
        etablissement: fiche.etablissement,
        contacts,
        mesure: fiche.resident.protection.map(|nature| MesureProtection {
            nature: nature.to_owned(),
            mandataire: "Association tutélaire des Sources".into(),
            depuis: None,
            jusque: None,
        }),
        directives: directives.into(),
    }
}

fn habitudes(fiche: &Fiche<'_>) -> Habitudes {
    let vie = &fiche.resident.vie;
    let passe = |(theme, _): &&(&str, String)| *theme == "passe" || *theme == "entourage";
    let histoire: Vec<&str> = vie.habitudes.iter().filter(passe).map(|(_, phrase)| phrase.as_str()).collect();
    Habitudes {
        usager: fiche.id,
        etablissement: fiche.etablissement,
        contenu: ContenuVie {
            parole: vie
                .compte
                .join(" ")
                .replace(['«', '»'], "")
                .replace('\u{a0}', " ")
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
            habitudes: vie.habitudes.iter().filter(|habitude| !passe(habitude)).map(|(_, phrase)| phrase.clone()).collect(),
            histoire: histoire.join(" "),
            a_savoir: fiche.resident.clinique.equipements.iter().map(|code| mots(code).to_owned()).collect(),
        },
    }
}
