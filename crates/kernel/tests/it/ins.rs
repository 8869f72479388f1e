use kernel::ins::*;

fn traits(nom: &str, prenoms: &str) -> Result<Traits, ErreurTraits> {
    Traits::new(nom, prenoms, "12/04/1936".parse().unwrap(), Sexe::Feminin, LieuNaissance::new("63113").unwrap())
}

fn ins(oid: Oid) -> Result<Ins, ErreurIns> {
    Ins::new(Matricule::new("279035121518989").unwrap(), oid)
}

#[test]
fn cles() {
    for (treize, cle) in [
        ("2790351215189", 89),
        ("1840575123456", 25),
        ("2550814168025", 38),
        ("1691099352002", 81),
        ("185052A004084", 95),
        ("185052B033123", 86),
    ] {
        assert_eq!(cle_nir(treize), Some(cle), "{treize}");
        let matricule = Matricule::new(&format!("{treize}{cle:02}")).unwrap();
        assert!(matricule.cle_juste());
        assert!(!Matricule::new(&format!("{treize}{:02}", cle + 1)).unwrap().cle_juste());
    }
    for faux in ["118058599124123", "123549685274612", "221042545611404", "289057545611404"] {
        assert!(!Matricule::new(faux).unwrap().cle_juste(), "{faux}");
    }
}

#[test]
fn matricules_mal_formes() {
    for faux in
        ["", "2790351215189", "27903512151898", "2790351215189899", "185051A00408495", "1850A2A00408495", "é79035121518989"]
    {
        assert_eq!(Matricule::new(faux), Err(ErreurIns::Forme), "{faux}");
    }
    let corse = Matricule::new("1 85 05 2a 004 084 95").unwrap();
    assert!(corse.cle_juste());
    assert_eq!(corse.groupe().replace('\u{a0}', " "), "1 85 05 2A 004 084 95");
    assert_eq!(format!("{:?}", ins(Oid::Nir).unwrap()), "Ins { matricule: Matricule(…), oid: Nir }");
}

#[test]
fn la_cle_est_exigee_en_production_seulement() {
    let faux = Matricule::new("123549685274612").unwrap();
    assert_eq!(Ins::new(faux.clone(), Oid::Nir), Err(ErreurIns::Cle));
    assert_eq!(Ins::new(faux.clone(), Oid::Nia), Err(ErreurIns::Cle));
    assert!(Ins::new(faux.clone(), Oid::Test).unwrap().avertissement().is_some());
    assert!(Ins::new(faux, Oid::Demo).unwrap().avertissement().is_some());
    assert_eq!(ins(Oid::Nir).unwrap().avertissement(), None);
    let contrefait = r#"{"matricule":"123549685274612","oid":"1.2.250.1.213.1.4.8"}"#;
    assert!(serde_json::from_str::<Ins>(contrefait).is_err());
    let json = serde_json::to_string(&ins(Oid::Test).unwrap()).unwrap();
    assert_eq!(json, r#"{"matricule":"279035121518989","oid":"1.2.250.1.213.1.4.10"}"#);
    assert_eq!(serde_json::from_str::<Ins>(&json).unwrap(), ins(Oid::Test).unwrap());
}

#[test]
fn oids() {
    for oid in [Oid::Nir, Oid::Nia, Oid::Test, Oid::Demo] {
        assert_eq!(oid.as_str().parse(), Ok(oid));
        assert_eq!(format!("urn:oid:{}", oid.as_str()).parse(), Ok(oid));
    }
    assert!(Oid::Nia.est_production() && !Oid::Test.est_production() && !Oid::Demo.est_production());
    assert_eq!("1.2.250.1.213.1.4.2".parse::<Oid>(), Err(ErreurIns::OidInconnu));
}

#[test]
fn traits_normalises() {
    let lus = traits(" d’Œillet–Létang ", "Zoé,  Anne-Marie").unwrap();
    assert_eq!((lus.nom_naissance(), lus.prenoms_naissance()), ("D'OEILLET-LETANG", "ZOE ANNE-MARIE"));
    assert_eq!(lus.premier_prenom(), "ZOE");
    assert!(memes_traits_stricts(&lus, &traits("D'OEILLET-LETANG", "ZOE ANNE-MARIE").unwrap()));
    assert_eq!(
        ecarts(&lus, &traits("DOEILLET LETANG", "ANNE-MARIE ZOE").unwrap()),
        [TraitStrict::NomNaissance, TraitStrict::PrenomsNaissance]
    );
    assert_eq!(traits(" - ", "ZOE"), Err(ErreurTraits::NomVide));
    assert_eq!(traits("BRUMELLE", " "), Err(ErreurTraits::PrenomsVides));
    assert_eq!(traits("BRUMELLE2", "ZOE"), Err(ErreurTraits::Caractere));
    assert_eq!(format!("{lus:?}"), "Traits(…)");
    assert_eq!(serde_json::from_str::<Traits>(&serde_json::to_string(&lus).unwrap()).unwrap(), lus);
}

#[test]
fn lieux_de_naissance() {
    assert!(LieuNaissance::new("99255").unwrap().est_etranger());
    assert!(!LieuNaissance::inconnu().est_etranger() && LieuNaissance::inconnu().est_inconnu());
    assert_eq!(LieuNaissance::new("2a004").unwrap().code(), "2A004");
    for faux in ["6311", "631133", "2C004", "A2004", "2A0é"] {
        assert_eq!(LieuNaissance::new(faux), Err(ErreurTraits::Lieu), "{faux}");
    }
}

#[test]
fn statuts() {
    use StatutIdentite::{Provisoire, Qualifiee, Recuperee, Validee};
    let t = traits("BRUMELLE", "ODETTE").unwrap();
    let autres = traits("BRUMEL", "ODETTE").unwrap();
    let provisoire = Identite::provisoire(t.clone());
    let recuperee = provisoire.insi_obtenue(ins(Oid::Test).unwrap(), t.clone()).unwrap();
    let validee = provisoire.document_verifie(DocumentIdentite::Passeport).unwrap();
    let qualifiee = recuperee.document_verifie(DocumentIdentite::CarteIdentite).unwrap();
    assert_eq!(
        [&provisoire, &recuperee, &validee, &qualifiee].map(Identite::statut),
        [Provisoire, Recuperee, Validee, Qualifiee]
    );
    assert_eq!(validee.insi_obtenue(ins(Oid::Test).unwrap(), t.clone()).unwrap().statut(), Qualifiee);
    let differe = validee.insi_obtenue(ins(Oid::Test).unwrap(), autres.clone()).unwrap();
    assert_eq!((differe.statut(), differe.traits()), (Recuperee, &autres));
    assert_eq!(qualifiee.insi_invalidee().unwrap().statut(), Validee);
    assert_eq!(recuperee.insi_invalidee().unwrap().statut(), Provisoire);
    assert_eq!(validee.insi_invalidee(), Err(ErreurIdentite::SansIns));
    let corrigee = qualifiee.traits_modifies(autres);
    assert_eq!((corrigee.statut(), corrigee.ins(), corrigee.document()), (Provisoire, None, None));
    assert_eq!(qualifiee.traits_modifies(t), qualifiee);
    for (identite, transmise) in [(&provisoire, false), (&recuperee, false), (&validee, false), (&qualifiee, true)] {
        assert_eq!(identite.ins_transmissible().is_some(), transmise);
    }
    assert_eq!(qualifiee.marquer_homonyme(true).statut(), Qualifiee);
}

#[test]
fn douteuse_et_fictive_restent_provisoires() {
    let t = traits("BRUMELLE", "ODETTE").unwrap();
    let recuperee = Identite::provisoire(t.clone()).insi_obtenue(ins(Oid::Test).unwrap(), t.clone()).unwrap();
    let qualifiee = recuperee.document_verifie(DocumentIdentite::CarteIdentite).unwrap();
    let douteuse = qualifiee.marquer_douteuse();
    assert_eq!((douteuse.statut(), douteuse.ins(), douteuse.appel_insi_permis()), (StatutIdentite::Provisoire, None, false));
    assert_eq!(douteuse.document_verifie(DocumentIdentite::Passeport), Err(ErreurIdentite::Douteuse));
    assert_eq!(douteuse.insi_obtenue(ins(Oid::Test).unwrap(), t.clone()), Err(ErreurIdentite::Douteuse));
    assert_eq!(douteuse.lever_doute().statut(), StatutIdentite::Provisoire);
    assert!(douteuse.lever_doute().document_verifie(DocumentIdentite::Passeport).is_ok());
    assert_eq!(qualifiee.marquer_fictive(), Err(ErreurIdentite::PersonneReelle));
    let fictive = Identite::provisoire(t.clone()).marquer_fictive().unwrap();
    assert_eq!(fictive.insi_obtenue(ins(Oid::Test).unwrap(), t), Err(ErreurIdentite::Fictive));
    assert_eq!(fictive.document_verifie(DocumentIdentite::Passeport), Err(ErreurIdentite::Fictive));
    let json = serde_json::to_string(&qualifiee).unwrap();
    assert_eq!(serde_json::from_str::<Identite>(&json).unwrap(), qualifiee);
    for marque in ["douteuse", "fictive"] {
        let contrefait = json.replace(&format!("\"{marque}\":false"), &format!("\"{marque}\":true"));
        assert_ne!(contrefait, json);
        assert!(serde_json::from_str::<Identite>(&contrefait).is_err());
    }
}

const ENTETE: &str = "IS010000000000000000000000";

#[test]
fn datamatrix_des_exemples() {
    let lire = |corps: &str| DatamatrixIns::lire(&format!("{ENTETE}{corps}"));
    let francais =
        lire("S1123549685274612S225978456325481569525S3TEST1 TEST2 TEST\u{1D}S4DATAMATRIXTEST\u{1D}S5MS631-08-2021S717000")
            .unwrap();
    assert_eq!((francais.matricule.as_str(), francais.oid_brut.as_str()), ("123549685274612", "25978456325481569525"));
    assert_eq!(
        (francais.prenoms.as_str(), francais.nom.as_str(), francais.sexe),
        ("TEST1 TEST2 TEST", "DATAMATRIXTEST", Sexe::Masculin)
    );
    assert_eq!((francais.date_naissance.iso().as_str(), francais.lieu_naissance.unwrap().code()), ("2021-08-31", "17000"));
    let etranger =
        lire("S1123549685274612S22597845632548156952\u{1D}S3TEST1 TEST2 TEST\u{1D}S4DATAMATRIXTEST\u{1D}S5MS631-08-2021S799255")
            .unwrap();
    assert_eq!(etranger.oid_brut, "2597845632548156952");
    assert!(etranger.lieu_naissance.unwrap().est_etranger());
    let sans_lieu = lire("S1123549685274612S22597845632548156952\u{1D}S4TEST\u{1D}S5FS625-06-1990S3TEST1 TEST2 TEST").unwrap();
    assert_eq!((sans_lieu.prenoms.as_str(), sans_lieu.lieu_naissance.clone(), sans_lieu.oid()), ("TEST1 TEST2 TEST", None, None));
    assert_eq!(sans_lieu.traits(), Err(ErreurTraits::Caractere));
    let de_test =
        lire("S1279035121518989S21.2.250.1.213.1.4.10S3ODETTE MARIE\u{1D}S5FS612-04-1936S763113S4BRUMELLE\r\n").unwrap();
    assert_eq!((de_test.oid(), de_test.traits().unwrap().premier_prenom()), (Some(Oid::Test), "ODETTE"));
    let lunaire = lire("S1279035121518989S21.2.250.1.213.1.4.8\u{1D}S3ODETTE\u{1D}S4BRUMELLE\u{1D}S5FS600-00-1936").unwrap();
    assert_eq!(lunaire.oid(), Some(Oid::Nir));
    assert!(lunaire.traits().unwrap().lieu_naissance().est_inconnu());
}

#[test]
fn datamatrix_refuses() {
    assert_eq!(DatamatrixIns::lire("DC04FR0000"), Err(ErreurDatamatrix::AutreCode));
    let bon = "S1279035121518989S21.2.250.1.213.1.4.10S3ODETTE\u{1D}S4BRUMELLE\u{1D}S5FS612-04-1936";
    assert!(DatamatrixIns::lire(&format!("{ENTETE}{bon}")).is_ok());
    for mauvais in [
        String::new(),
        bon.replace("S5F", ""),
        format!("{bon}S5F"),
        format!("{bon}S9X"),
        format!("{bon}S76311"),
        bon.replace("12-04", "31-04"),
        bon.replace("S5F", "S5É"),
        bon.replace("ODETTE", ""),
        bon[..bon.len() - 3].to_owned(),
    ] {
        assert_eq!(DatamatrixIns::lire(&format!("{ENTETE}{mauvais}")), Err(ErreurDatamatrix::Illisible), "{mauvais}");
    }
}

proptest::proptest! {
    #[test]
    fn un_code_quelconque_ne_fait_rien_tomber(corps in "(S[0-9\u{1D}]?[A-Zé0-9\u{1D}]{0,20}){0,6}") {
        let _ = DatamatrixIns::lire(&format!("{ENTETE}{corps}"));
    }
}
