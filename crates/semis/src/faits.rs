//! Sixty days of facts: validations, transmissions and their targets, instructions, measures.

use std::collections::HashMap;

use constantes::Constante;
use demo::Recit;
use demo::recit::{
    Consigne as ConsigneDemo, Evenement, Fait, Mesure, Transmission as TransmissionDemo, Validation as ValidationDemo,
};
use jiff::SignedDuration;
use kernel::clock::fuseau_par_defaut;
use kernel::dates::jour_local;
use kernel::decimal::Decimal;
use plan_de_soins::{Cle, FaitSource, Issue, Validation};
use transmissions::{Cible, Consigne, DernierPassage, EtatCible, Importance, Transmission};
use uuid::Uuid;

use crate::agents::Auteur;
use crate::ids::{etablissement_id, fait_id, unite_id, usager_id};
use crate::plans::soin_id;
use crate::semeur::{ErreurSemis, Semeur, texte};

/// What the sowing of facts carries from one to the next.
struct Fil<'a> {
    recit: &'a Recit,
    auteurs: &'a [Auteur],
    rang: u64,
    libelles: Vec<&'a str>,
    /// First transmission of each target of the story.
    premieres: HashMap<(usize, u32), Uuid>,
    /// Transmissions of each thread.
    fils: HashMap<Uuid, Vec<Transmission>>,
    systolique: Option<(usize, Constante)>,
}

pub(crate) async fn semer(semeur: &mut Semeur<'_>, recit: &Recit, auteurs: &[Auteur], jours: u32) -> Result<(), ErreurSemis> {
    semeur.annoncer("soins, transmissions et constantes");
    let catalogue = plan_de_soins::actes_partages();
    let libelles = recit
        .actes
        .iter()
        .map(|acte| catalogue.iter().find(|connu| connu.code == acte.code).map_or("", |connu| connu.libelle.as_str()))
        .collect();
    let mut fil = Fil { recit, auteurs, rang: 0, libelles, premieres: HashMap::new(), fils: HashMap::new(), systolique: None };
    let maintenant = recit.calendrier.maintenant();
    let depuis = maintenant.checked_sub(SignedDuration::from_hours(24 * i64::from(jours))).unwrap_or(maintenant);
    for evenement in recit.evenements_depuis(depuis) {
        fil.rang += 1;
        match &evenement.fait {
            Fait::Validation(validation) => fil.validation(semeur, &evenement, validation).await?,
            Fait::Transmission(transmission) => fil.transmission(semeur, &evenement, transmission).await?,
            Fait::Mesure(mesure) => fil.mesure(semeur, &evenement, mesure).await?,
            Fait::Consigne(consigne) => fil.consigne(semeur, &evenement, consigne).await?,
            Fait::LignePosee(_) | Fait::Mouvement(_) | Fait::Chute(_) => {}
        }
    }
    fil.cibles(semeur).await?;
    fil.derniers_passages(semeur).await
}

impl Fil<'_> {
    fn auteur(&self, rang: usize) -> Result<&Auteur, ErreurSemis> {
        self.auteurs.get(rang).ok_or_else(|| ErreurSemis::Recit(format!("no author {rang}")))
    }

    fn id(&self, evenement: &Evenement) -> Uuid {
        fait_id(evenement.saisi_le, self.rang)
    }

    async fn validation(
        &mut self,
        semeur: &mut Semeur<'_>,
        evenement: &Evenement,
        lue: &ValidationDemo,
    ) -> Result<(), ErreurSemis> {
        let Some(ligne) = self.recit.lignes.get(lue.ligne) else { return Ok(()) };
        let auteur = self.auteur(evenement.auteur)?;
        let prevue = fuseau_par_defaut().to_datetime(lue.prevu_le);
        let id = self.id(evenement);
        let validation = Validation {
            usager: usager_id(evenement.resident),
            etablissement: etablissement_id(evenement.etablissement),
            unite: evenement.unite.map(unite_id),
            soin: soin_id(lue.ligne),
            libelle: self.libelles.get(ligne.acte).copied().unwrap_or_default().to_owned(),
            occurrence: Cle::prevue(prevue),
            issue: issue(lue),
            fait_le: evenement.survenu_le,
            saisi_le: evenement.saisi_le,
            fait_source: if evenement.survenu_le == evenement.saisi_le { FaitSource::Maintenant } else { FaitSource::Choisi },
            groupe: lue.groupee,
            avec: None,
            note: String::new(),
            par: auteur.signataire(),
            hors_plan: false,
            heure_a_confirmer: false,
            hors_ligne: lue.hors_ligne,
            annule: None,
            correction: None,
            remplace: None,
            double_de: None,
        };
        let compte = auteur.compte.0;
        if let Some((second, le)) = lue.conflit {
            let second = self.auteur(second)?;
            let double =
                Validation { par: second.signataire(), fait_le: le, saisi_le: le, double_de: Some(id), ..validation.clone() };
            let id = kernel::id::derived(id, "double");
            semeur.poser(id, second.compte.0, le, &double).await?;
        }
        semeur.poser(id, compte, evenement.saisi_le, &validation).await
    }

    async fn transmission(
        &mut self,
        semeur: &mut Semeur<'_>,
        evenement: &Evenement,
        lue: &TransmissionDemo,
    ) -> Result<(), ErreurSemis> {
        let id = self.id(evenement);
        let premiere = lue.cible.map(|numero| *self.premieres.entry((evenement.resident, numero)).or_insert(id));
        let auteur = self.auteur(evenement.auteur)?.clone();
        let facultatif = |texte: &str| kernel::texte::Texte::facultatif(texte).ok().flatten();
        let transmission = Transmission {
            id,
            usager: usager_id(evenement.resident),
            etablissement: etablissement_id(evenement.etablissement),
            unite: evenement.unite.map(unite_id),
            theme: lue.theme.to_owned(),
            theme_propose: false,
            cible: premiere.filter(|premiere| *premiere != id),
            etat: match lue.etat {
                "ouverte" => EtatCible::Ouverte,
                "suivie" => EtatCible::Suivie,
                "close" => EtatCible::Close,
                _ => EtatCible::Isolee,
            },
            donnees: facultatif(&lue.donnees),
            actions: facultatif(&lue.actions),
            resultat: facultatif(&lue.resultats),
            importance: Importance::lire(lue.importance).unwrap_or_default(),
            consigne: None,
            a_revoir: None,
            liens: Vec::new(),
            fait_le: evenement.survenu_le,
            saisi_le: evenement.saisi_le,
            recu_le: None,
            auteur: auteur.compte,
            auteur_nom: auteur.nom,
            auteur_profil: auteur.profil.to_owned(),
            hors_ligne: false,
            heure_a_confirmer: false,
            corrige: None,
            annule: None,
        };
        semeur.poser(id, auteur.compte.0, evenement.saisi_le, &transmission).await?;
        if let Some(premiere) = premiere {
            self.fils.entry(premiere).or_default().push(transmission);
        }
        Ok(())
    }

    async fn cibles(&mut self, semeur: &mut Semeur<'_>) -> Result<(), ErreurSemis> {
        for (premiere, fil) in std::mem::take(&mut self.fils) {
            if let Some(cible) = Cible::depuis(&fil) {
                let auteur = fil.last().map_or(Uuid::nil(), |derniere| derniere.auteur.0);
                semeur.poser(Cible::id(premiere), auteur, cible.derniere_le, &cible).await?;
            }
        }
        Ok(())
    }

    /// Who read the digest last, and when: so that « depuis votre dernier passage » tells something from the first page.
    async fn derniers_passages(&self, semeur: &mut Semeur<'_>) -> Result<(), ErreurSemis> {
        for (rang, agent) in self.recit.agents.iter().enumerate() {
            let (Some(etablissement), Some(jusqua)) = (agent.etablissement, self.recit.derniere_lecture(rang)) else { continue };
            for unite in &agent.unites {
                let compte = self.auteur(rang)?.compte;
                let (etablissement, unite) = (etablissement_id(etablissement), Some(unite_id(*unite)));
                let passage = DernierPassage { compte, etablissement, unite, jusqua };
                semeur.poser(DernierPassage::id(compte, etablissement, unite), compte.0, jusqua, &passage).await?;
            }
        }
        Ok(())
    }

    /// A blood pressure comes as two measures of the same hour: the first waits for the second.
    async fn mesure(&mut self, semeur: &mut Semeur<'_>, evenement: &Evenement, lue: &Mesure) -> Result<(), ErreurSemis> {
        let valeur: Decimal = texte(lue.valeur.parse())?;
        let mut constante = self.constante(evenement, lue, valeur)?;
        let auteur = self.auteur(evenement.auteur)?.compte.0;
        match (lue.constante, self.systolique.take()) {
            ("ta_systolique", _) => {
                self.systolique = Some((evenement.resident, constante));
                return Ok(());
            }
            ("ta_diastolique", Some((resident, haute))) if resident == evenement.resident => {
                constante = Constante { valeur2: Some(valeur), ..haute };
            }
            _ => {}
        }
        semeur.poser(self.id(evenement), auteur, evenement.saisi_le, &constante).await
    }

    fn constante(&self, evenement: &Evenement, lue: &Mesure, valeur: Decimal) -> Result<Constante, ErreurSemis> {
        Ok(Constante {
            usager: usager_id(evenement.resident),
            etablissement: etablissement_id(evenement.etablissement),
            unite: evenement.unite.map(unite_id),
            type_code: lue.constante.to_owned(),
            valeur,
            valeur2: None,
            unite_mesure: unite_de(lue.constante).to_owned(),
            mesuree_le: evenement.survenu_le,
            saisie_le: evenement.saisi_le,
            contexte: String::new(),
            commentaire: String::new(),
            auteur_nom: self.auteur(evenement.auteur)?.nom.clone(),
            a_confirmer: false,
            hors_ligne: false,
            heure_a_confirmer: false,
            soin: lue.ligne.map(soin_id),
            jumelle_de: None,
            motif: String::new(),
            annule: None,
        })
    }

    async fn consigne(&mut self, semeur: &mut Semeur<'_>, evenement: &Evenement, lue: &ConsigneDemo) -> Result<(), ErreurSemis> {
        let auteur = self.auteur(evenement.auteur)?.clone();
        let fuseau = fuseau_par_defaut();
        let consigne = Consigne {
            usager: usager_id(evenement.resident),
            etablissement: etablissement_id(evenement.etablissement),
            unite: evenement.unite.map(unite_id),
            texte: texte(lue.texte.to_owned().try_into())?,
            du: jour_local(evenement.survenu_le, &fuseau),
            jusquau: jour_local(lue.jusquau, &fuseau),
            pour: Vec::new(),
            transmission: None,
            saisi_le: evenement.saisi_le,
            auteur: auteur.compte,
            auteur_nom: auteur.nom,
            auteur_profil: auteur.profil.to_owned(),
            levee: None,
        };
        semeur.poser(self.id(evenement), auteur.compte.0, evenement.saisi_le, &consigne).await
    }
}

fn issue(lue: &ValidationDemo) -> Issue {
    let motif = lue.motif.to_owned();
    match lue.statut {
        "fait_partiellement" => Issue::FaitEnPartie { note: motif },
        "refuse" => Issue::Refuse { motif },
        "absent" => Issue::Absent { motif },
        "reporte" => Issue::Reporte { a: lue.prevu_le, motif },
        "non_necessaire" => Issue::NonNecessaire { motif },
        _ => Issue::Fait,
    }
}

/// Unit of a quantity of the story.
fn unite_de(code: &str) -> &'static str {
    match code {
        "poids" => "kg",
        "temperature" => "°C",
        "ta_systolique" | "ta_diastolique" => "mmHg",
        "frequence_cardiaque" | "frequence_respiratoire" => "/min",
        "spo2" | "prise_alimentaire" => "%",
        "glycemie_capillaire" => "g/L",
        "hydratation" | "diurese" => "mL",
        "selles" => "/j",
        "douleur" => "/10",
        "algoplus" => "/5",
        "taille" | "perimetre_mollet" => "cm",
        _ => "",
    }
}
