use std::collections::{HashMap, HashSet};

use ::medical::{Code, Consignes, Element, Etat, Nature, NiveauSoins, lane_consignes, lane_medical};
use demo::Recit;
use demo::recit::GENETS;
use platform::acces::Compte;
use platform::store::{Query, Reach, Stored};
use semis::ErreurSemis;
use testkit::TestStore;
use uuid::Uuid;

/// Sows places and people, without history.
async fn seme(store: &TestStore) -> Result<Recit, ErreurSemis> {
    let maintenant = testkit::instant(testkit::START);
    semis::semer(store, maintenant, 0, &|_, _| {}).await?;
    Recit::construire(maintenant).map_err(|error| ErreurSemis::Recit(error.to_string()))
}

testkit::on_both! {
    async fn every_resident_has_a_medical_file_signed_in_the_past_by_their_house(store: TestStore) {
        let recit = seme(&store).await.unwrap();
        let maintenant = testkit::instant(testkit::START);
        let mut par_personne: HashMap<Uuid, usize> = HashMap::new();
        let mut fiches = HashSet::new();
        let mut signataires: HashMap<Uuid, Uuid> = HashMap::new();
        for maison in 0..3 {
            let etablissement = semis::etablissement_id(maison);
            for lu in store.list::<Element>(&Reach::All, &Query::lane(&lane_medical(etablissement))).await.unwrap() {
                *par_personne.entry(lu.usager.0).or_default() += 1;
                assert!(lu.recorded <= maintenant && lu.note_le == lu.recorded, "{lu:?}");
                assert!(lu.code.as_ref().is_none_or(|code| code.systeme == Code::CIM10));
                assert!(!lu.a_risque || lu.nature == Nature::Traitement, "{}", lu.libelle);
                signataires.insert(lu.author, etablissement.0);
            }
            let lues: Vec<Stored<Consignes>> =
                store.list(&Reach::All, &Query::lane(&lane_consignes(etablissement))).await.unwrap();
            for lue in lues {
                assert_eq!(lue.id, Consignes::id(lue.usager));
                fiches.insert(lue.usager.0);
                signataires.insert(lue.author, etablissement.0);
            }
        }
        assert_eq!((par_personne.len(), fiches.len()), (recit.residents.len(), recit.residents.len()));
        assert!(par_personne.values().all(|n| (2..=9).contains(n)));
        for (signataire, etablissement) in signataires {
            let compte: Stored<Compte> = store.get(&Reach::All, signataire).await.unwrap().unwrap();
            let profils: Vec<&str> = compte.habilitations.iter().map(|h| h.profil.as_str()).collect();
            assert_eq!(compte.etablissement, etablissement);
            assert!(profils.iter().any(|profil| ["medecin", "medecin_co", "idec"].contains(profil)), "{profils:?}");
        }
    }

    async fn the_sheet_of_mme_brumelle_says_what_the_emergency_sheet_reads(store: TestStore) {
        let recit = seme(&store).await.unwrap();
        let rang = recit.grappe.lit_de(GENETS, 214).unwrap();
        let brumelle = semis::usager_id(rang);
        let lus: Vec<Stored<Element>> = store.list(&Reach::All, &Query::person(brumelle)).await.unwrap();
        let phrases: Vec<String> = lus.iter().map(|lu| lu.phrase()).collect();
        assert!(phrases.contains(&"Apixaban 2,5 mg · 1 comprimé matin et soir · depuis 2021".to_owned()), "{phrases:?}");
        assert!(phrases.contains(&"AVC ischémique · 2021".to_owned()), "{phrases:?}");
        assert!(lus.iter().any(|lu| lu.a_risque && lu.libelle.starts_with("Apixaban")));
        let fiche: Stored<Consignes> = store.get(&Reach::All, Consignes::id(brumelle)).await.unwrap().unwrap();
        assert_eq!(fiche.niveau, Some(NiveauSoins::B));
        let dites: Vec<(&str, &str)> = fiche.directives.iter().map(|d| (d.libelle(), d.volonte.as_str())).collect();
        assert!(dites.contains(&("Réanimation", "pas de réanimation")), "{dites:?}");
        let observees = fiche.observees();
        assert!(["Perte auditive", "Chutes", "Fausses routes"].iter().all(|vue| observees.contains(vue)), "{observees:?}");
        assert!(fiche.bmr_absente && fiche.hopital.nom == "Centre hospitalier de Val-Brumeux");
    }

    async fn an_isolation_is_told_once_it_is_over(store: TestStore) {
        seme(&store).await.unwrap();
        let genets = lane_medical(semis::etablissement_id(GENETS));
        let lus: Vec<Stored<Element>> = store.list(&Reach::All, &Query::lane(&genets)).await.unwrap();
        let mut finis = 0;
        for lu in &lus {
            if let Etat::Termine { le, .. } = &lu.etat {
                finis += 1;
                assert!(lu.debut.is_some_and(|debut| debut.au_plus_tot() <= *le), "{lu:?}");
                assert!(lu.recorded.strftime("%F").to_string() >= le.to_string(), "{lu:?}");
            }
        }
        assert!(finis > 10, "{finis}");
    }
}
