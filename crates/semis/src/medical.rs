//! Medical files: the lines of a person and the sheet of instructions, signed by a physician of the house or its IDEC.

use ::medical::{Code, Consignes, DIRECTIVES, Directive, Element, Etat, Hopital, Nature, NiveauSoins, OBSERVATIONS, Origine};
use demo::Recit;
use demo::recit::medical::{
    Debut, Dossier, Element as ElementDemo, Fiche, Nature as NatureDemo, Niveau, OBSERVATIONS as OBSERVATIONS_DEMO, SUJETS,
};
use kernel::dates::DatePartielle;
use kernel::id::{EtablissementId, UsagerId};
use uuid::Uuid;

use crate::agents::Auteur;
use crate::ids::{element_id, etablissement_id, usager_id};
use crate::personnes::etablissement_de;
use crate::semeur::{ErreurSemis, Semeur, texte};

pub(crate) async fn semer(semeur: &mut Semeur<'_>, recit: &Recit, auteurs: &[Auteur]) -> Result<(), ErreurSemis> {
    semeur.annoncer("dossiers médicaux");
    let compte = |rang: usize| auteurs.get(rang).map_or(Uuid::nil(), |auteur| auteur.compte.0);
    for (rang, (resident, dossier)) in recit.residents.iter().zip(&recit.medical).enumerate() {
        let Dossier { elements, fiche } = dossier;
        let qui = (usager_id(rang), etablissement_id(etablissement_de(resident)));
        for (numero, lu) in elements.iter().enumerate() {
            semeur.poser(element_id(rang, numero), compte(lu.auteur), lu.note_le, &element(qui, lu)?).await?;
        }
        semeur.poser(Consignes::id(qui.0), compte(fiche.auteur), fiche.ecrite_le, &consignes(qui, fiche)?).await?;
    }
    Ok(())
}

fn element((usager, etablissement): (UsagerId, EtablissementId), lu: &ElementDemo) -> Result<Element, ErreurSemis> {
    let code =
        lu.cim10.as_deref().map(|code| Code::cim10(code).ok_or_else(|| ErreurSemis::Recit(format!("no CIM-10 code {code}"))));
    let date = |lu: Debut| texte(DatePartielle::new(lu.annee, lu.mois, lu.jour));
    Ok(Element {
        usager,
        etablissement,
        nature: nature(lu.nature),
        libelle: lu.libelle.clone(),
        code: code.transpose()?,
        debut: lu.debut.map(date).transpose()?,
        detail: lu.detail.clone(),
        precision: String::new(),
        a_risque: lu.a_risque,
        note_le: lu.note_le,
        origine: Origine::Saisie,
        etat: match lu.fin {
            Some(le) => Etat::Termine { le, motif: "guérison".into() },
            None => Etat::EnVigueur,
        },
    })
}

fn nature(lue: NatureDemo) -> Nature {
    match lue {
        NatureDemo::Pathologie => Nature::Pathologie,
        NatureDemo::Antecedent => Nature::Antecedent,
        NatureDemo::Intervention => Nature::Intervention,
        NatureDemo::Traitement => Nature::Traitement,
        NatureDemo::Bmr => Nature::Bmr,
        NatureDemo::Resultat => Nature::Resultat,
        NatureDemo::Vaccination => Nature::Vaccination,
        NatureDemo::Dispositif => Nature::Dispositif,
    }
}

/// The code of the module at the place of a word of the story: both lists are in the order of the sheet.
fn code(mots: &[&str], codes: &[(&str, &str)], mot: &str) -> Result<String, ErreurSemis> {
    let rang = mots.iter().position(|connu| *connu == mot);
    let code = rang.and_then(|rang| codes.get(rang)).map(|(code, _)| (*code).to_owned());
    code.ok_or_else(|| ErreurSemis::Recit(format!("no code for {mot}")))
}

fn consignes((usager, etablissement): (UsagerId, EtablissementId), lue: &Fiche) -> Result<Consignes, ErreurSemis> {
    let directive = |(sujet, mots): &(&str, String)| -> Result<Directive, ErreurSemis> {
        Ok(Directive { sujet: code(&SUJETS, &DIRECTIVES, sujet)?, volonte: mots.clone() })
    };
    let observation = |(vue, oui): &(&str, bool)| Ok((code(&OBSERVATIONS_DEMO, &OBSERVATIONS, vue)?, *oui));
    let hopital = lue.hopital.as_ref().map(|lu| Hopital {
        nom: lu.nom.clone(),
        finess: lu.finess.clone(),
        telephone: lu.telephone.clone(),
    });
    Ok(Consignes {
        usager,
        etablissement,
        niveau: lue.niveau.map(|niveau| match niveau {
            Niveau::A => NiveauSoins::A,
            Niveau::B => NiveauSoins::B,
            Niveau::C => NiveauSoins::C,
            Niveau::D => NiveauSoins::D,
        }),
        niveau_precision: lue.niveau_precision.clone(),
        palliatif: lue.palliatif.clone(),
        directives: lue.directives.iter().map(directive).collect::<Result<_, _>>()?,
        directives_ou: lue.directives_ou.clone(),
        hopital: hopital.unwrap_or_default(),
        observations: lue.observations.iter().map(observation).collect::<Result<_, ErreurSemis>>()?,
        bmr_absente: lue.bmr_absente,
        commentaire: lue.commentaire.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of the story and the codes of the module stand at the same places: a word moved would say something else.
    #[test]
    fn words_of_the_story_are_the_codes_of_the_sheet() {
        let libelle = |mots: &[&str], codes: &[(&'static str, &'static str)], mot: &str| {
            let code = code(mots, codes, mot).unwrap();
            codes.iter().find(|(connu, _)| *connu == code).map(|(_, libelle)| *libelle).unwrap()
        };
        for (mot, attendu) in [
            ("communique", "Capable de communiquer"),
            ("oriente", "Bien orienté·e"),
            ("desoriente", "Désorienté·e"),
            ("agitation", "Agitation"),
            ("refus_soins", "Refus de soins habituel"),
            ("risque_suicidaire", "Risque suicidaire"),
            ("malvoyance", "Malvoyance"),
            ("surdite", "Perte auditive"),
            ("langage", "Trouble du langage"),
            ("chutes", "Chutes"),
            ("errance", "Errance"),
            ("fugue", "Fugue"),
            ("contention", "Contention physique"),
            ("escarre", "Risque d'escarre"),
            ("fausse_route", "Fausses routes"),
        ] {
            assert_eq!(libelle(&OBSERVATIONS_DEMO, &OBSERVATIONS, mot), attendu);
        }
        for (mot, attendu) in [
            ("reanimation", "Réanimation"),
            ("respiration", "Assistance respiratoire"),
            ("maintien", "Maintien artificiel en vie"),
            ("nutrition", "Alimentation et hydratation artificielles"),
            ("chirurgie", "Chirurgie"),
            ("dialyse", "Dialyse"),
            ("sedation", "Sédation profonde et continue"),
            ("autre", "Autre volonté"),
        ] {
            assert_eq!(libelle(&SUJETS, &DIRECTIVES, mot), attendu);
        }
        assert_eq!((OBSERVATIONS_DEMO.len(), SUJETS.len()), (OBSERVATIONS.len(), DIRECTIVES.len()));
        assert!(code(&SUJETS, &DIRECTIVES, "inconnu").is_err());
    }
}
