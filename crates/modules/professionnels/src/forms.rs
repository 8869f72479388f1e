//! What the forms of accounts bring; every French sentence of this module's fields.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use kernel::dates::{instant_local, jour_local, lire_date};
use kernel::id::{CompteId, EtablissementId, ProfessionnelId, UniteId};
use kernel::numeros::{Rpps, Telephone};
use kernel::texte::Texte;
use platform::acces::{Habilitation, NatureCompte, Profils};
use platform::web::{Champs, Erreurs};

use crate::demande::{Demande, MISSION_MAX, SANS_CONTRAT, est_remplacable, role};
use crate::model::{Civilite, Contrat, NatureContrat, Professionnel};

/// What reading a form needs to know.
pub(crate) struct Lecture<'a> {
    pub(crate) profils: &'a Profils,
    pub(crate) etablissement: EtablissementId,
    /// Units of the establishment.
    pub(crate) unites: &'a [(UniteId, String)],
    pub(crate) now: Timestamp,
    pub(crate) fuseau: &'a TimeZone,
    /// Fictitious numbers are accepted.
    pub(crate) demo: bool,
}

fn date(erreurs: &mut Erreurs, champs: &Champs, nom: &str) -> Option<Date> {
    match champs.texte(nom) {
        "" => None,
        texte => erreurs.garder(nom, lire_date(texte)),
    }
}

impl Lecture<'_> {
    fn unites(&self, champs: &Champs) -> Vec<UniteId> {
        let demandees = champs.tous("unite").filter_map(|texte| texte.parse().ok());
        demandees.filter(|unite| self.unites.iter().any(|(connue, _)| connue == unite)).collect()
    }

    fn jours(&self, erreurs: &mut Erreurs, champs: &Champs) -> (Date, Option<Date>) {
        let aujourd_hui = jour_local(self.now, self.fuseau);
        let du = date(erreurs, champs, "du").unwrap_or(aujourd_hui);
        let au = date(erreurs, champs, "au");
        erreurs.exiger("du", du >= aujourd_hui, "Le premier jour ne peut pas être passé.");
        erreurs.exiger("au", au.is_none_or(|au| au >= du), "La date de fin précède la date de début. Corrigez l'une des deux.");
        (du, au)
    }

    /// The form of a lasting account.
    pub(crate) fn compte(&self, champs: &Champs, compte: CompteId) -> Result<Demande, Erreurs> {
        let mut erreurs = Erreurs::default();
        let nom = erreurs.garder("nom", Texte::new(champs.texte("nom")));
        let prenom = erreurs.garder("prenom", Texte::new(champs.texte("prenom")));
        let profil = champs.texte("profil");
        let connu = self.profils.get(profil).is_some() && !SANS_CONTRAT.contains(&profil);
        erreurs.exiger("profil", connu, "Choisissez le profil.");
        let nature =
            NatureContrat::TOUTES.iter().find(|(_, code, _)| *code == champs.texte("contrat")).map(|(nature, ..)| *nature);
        erreurs.exiger("contrat", nature.is_some(), "Choisissez la nature du contrat : un compte suit un contrat.");
        let jours = self.jours(&mut erreurs, champs);
        let court = nature.is_some_and(|nature| !matches!(nature, NatureContrat::Permanent | NatureContrat::Liberal));
        erreurs.exiger("au", !court || jours.1.is_some(), "Indiquez le dernier jour de ce contrat.");
        let (rpps, telephone, courriel) = self.coordonnees(&mut erreurs, champs);
        match (nom, prenom, nature) {
            (Some(nom), Some(prenom), Some(nature)) if erreurs.aucune() => {
                let contrat = Contrat { etablissement: self.etablissement, nature, du: jours.0, au: jours.1 };
                let professionnel = Professionnel {
                    civilite: civilite(champs.texte("civilite")),
                    rpps,
                    telephone,
                    courriel,
                    ..self.professionnel(compte, profil, (prenom, nom), contrat)
                };
                let roles = vec![role(profil, Some(self.etablissement), self.unites(champs), jours, self.now, self.fuseau)];
                Ok(Demande {
                    compte,
                    professionnel,
                    nature: if court { NatureCompte::Temporaire } else { NatureCompte::Permanent },
                    roles,
                })
            }
            _ => Err(erreurs),
        }
    }

    fn coordonnees(&self, erreurs: &mut Erreurs, champs: &Champs) -> (Option<Rpps>, Option<Telephone>, Option<String>) {
        let facultatif = |nom: &str| Some(champs.texte(nom)).filter(|texte| !texte.is_empty());
        let rpps = facultatif("rpps").and_then(|texte| erreurs.garder("rpps", Rpps::fictif_permis(texte, self.demo)));
        let telephone = facultatif("telephone").and_then(|texte| erreurs.garder("telephone", Telephone::new(texte)));
        let courriel = facultatif("courriel").map(str::to_owned);
        let forme = courriel.as_ref().is_none_or(|texte| {
            texte.len() <= 120 && texte.split_once('@').is_some_and(|(a, b)| !a.is_empty() && b.contains('.'))
        });
        erreurs.exiger("courriel", forme, "Écrivez une adresse complète, par exemple prenom.nom@exemple.fr.");
        (rpps, telephone, courriel)
    }

    fn professionnel(&self, compte: CompteId, metier: &str, noms: (Texte<60>, Texte<80>), contrat: Contrat) -> Professionnel {
        Professionnel {
            id: ProfessionnelId(kernel::id::derived(compte.0, "professionnel")),
            etablissement: self.etablissement,
            civilite: Civilite::Neutre,
            prenom: noms.0,
            nom: noms.1,
            metier: metier.to_owned(),
            rpps: None,
            telephone: None,
            courriel: None,
            contrats: vec![contrat],
        }
    }

    /// The end of a mission, typed as a day and an hour.
    fn fin(&self, erreurs: &mut Erreurs, champs: &Champs) -> Option<Timestamp> {
        let jour = date(erreurs, champs, "fin_jour");
        let heure: Option<Time> = champs.texte("fin_heure").parse().ok();
        erreurs.exiger("fin_jour", jour.is_some() || erreurs.de("fin_jour").is_some(), "Indiquez le jour de fin.");
        erreurs.exiger("fin_heure", heure.is_some(), "Indiquez l'heure de fin, par exemple 13:45.");
        let fin = instant_local(jour?.to_datetime(heure?), self.fuseau);
        erreurs.exiger("fin_jour", fin > self.now, "La fin doit être à venir.");
        let plafond = self.now.checked_add(MISSION_MAX).unwrap_or(Timestamp::MAX);
        erreurs.exiger(
            "fin_jour",
            fin <= plafond,
            "Une mission ouverte ici dure 31 jours au plus. Au-delà, demandez le compte aux ressources humaines.",
        );
        Some(fin)
    }

    /// The form of a temporary worker: six fields (F242).
    pub(crate) fn remplacant(&self, champs: &Champs, compte: CompteId) -> Result<Demande, Erreurs> {
        let mut erreurs = Erreurs::default();
        let prenom = erreurs.garder("prenom", Texte::new(champs.texte("prenom")));
        let nom = erreurs.garder("nom", Texte::new(champs.texte("nom")));
        let profil = champs.texte("profil");
        let permis = self.profils.get(profil).is_some_and(est_remplacable);
        erreurs.exiger("profil", permis, "Choisissez la fonction.");
        let unites = self.unites(champs);
        let choisies = !unites.is_empty() || self.unites.is_empty();
        erreurs.exiger("unite", choisies, "Choisissez au moins une unité.");
        let fin = self.fin(&mut erreurs, champs);
        match (nom, prenom, fin) {
            (Some(nom), Some(prenom), Some(fin)) if erreurs.aucune() => {
                let (du, au) = (jour_local(self.now, self.fuseau), jour_local(fin, self.fuseau));
                let contrat = Contrat { etablissement: self.etablissement, nature: NatureContrat::Interim, du, au: Some(au) };
                let role = Habilitation {
                    profil: profil.to_owned(),
                    etablissement: Some(self.etablissement),
                    unites,
                    du: self.now,
                    au: Some(fin),
                };
                let professionnel = self.professionnel(compte, profil, (prenom, nom), contrat);
                Ok(Demande { compte, professionnel, nature: NatureCompte::Temporaire, roles: vec![role] })
            }
            _ => Err(erreurs),
        }
    }

    /// The form of a further role.
    pub(crate) fn habilitation(&self, champs: &Champs) -> Result<Habilitation, Erreurs> {
        let mut erreurs = Erreurs::default();
        let profil = champs.texte("profil");
        erreurs.exiger("profil", self.profils.get(profil).is_some() && !SANS_CONTRAT.contains(&profil), "Choisissez le profil.");
        let jours = self.jours(&mut erreurs, champs);
        if !erreurs.aucune() {
            return Err(erreurs);
        }
        Ok(role(profil, Some(self.etablissement), self.unites(champs), jours, self.now, self.fuseau))
    }
}

fn civilite(code: &str) -> Civilite {
    match code {
        "madame" => Civilite::Madame,
        "monsieur" => Civilite::Monsieur,
        _ => Civilite::Neutre,
    }
}
