use kernel::texte::{ErreurTexte, Texte, cle_phonetique, cle_tri, extrait, mots, plier};
use proptest::prelude::*;

#[test]
fn texte_borne() {
    assert_eq!(Texte::<5>::new("  ab\r\ncd ").map(String::from), Ok("ab\ncd".into()));
    assert_eq!(Texte::<3>::new("éàü").map(String::from), Ok("éàü".into()));
    assert_eq!(Texte::<3>::new("abcd"), Err(ErreurTexte::TropLong { longueur: 4, max: 3 }));
    assert_eq!(Texte::<3>::new(" \n\u{a0} "), Err(ErreurTexte::Vide));
    assert_eq!(Texte::<9>::new("a\u{0}b"), Err(ErreurTexte::CaractereInterdit));
    assert_eq!(Texte::<9>::new("a\u{202E}b"), Err(ErreurTexte::CaractereInterdit));
    assert_eq!(Texte::<9>::facultatif("  "), Ok(None));
    let message = Texte::<3>::new("abcd").unwrap_err().to_string();
    assert_eq!(message, "Le texte est trop long : 4 caractères pour 3 au plus. Raccourcissez-le.");
}

#[test]
fn texte_tait_son_contenu_et_se_relit() {
    let texte: Texte<20> = "secret médical".parse().unwrap();
    assert_eq!(format!("{:?}", Some(&texte)), "Some(…)");
    let json = serde_json::to_string(&texte).unwrap();
    assert_eq!(json, "\"secret médical\"");
    assert_eq!(serde_json::from_str::<Texte<20>>(&json).unwrap(), texte);
    assert!(serde_json::from_str::<Texte<5>>(&json).unwrap_err().to_string().contains("trop long"));
}

#[test]
fn pliage() {
    for (ecrit, plie) in [
        ("ŒDÈME", "oedeme"),
        ("œde\u{300}me", "oedeme"),
        ("Ægilops ﬁn", "aegilops fin"),
        ("aujourd’hui", "aujourd hui"),
        ("aujourd'hui", "aujourd hui"),
        ("Saint–Flour\u{a0}!", "saint flour !"),
        ("Łódź Straße ÿ Ç ñ", "lodz strasse y c n"),
        ("co\u{AD}opération", "cooperation"),
    ] {
        assert_eq!(plier(ecrit), plie, "{ecrit}");
    }
}

#[test]
fn formes_d_un_meme_mot() {
    for famille in [
        "chute chutes CHUTÉ chutée chuter",
        "médicament medicaments Médicaments",
        "œdème oedeme œdèmes",
        "tombé tombée tombés tombées tomber tombe",
        "infirmier infirmière infirmières infirmiers",
        "cheval chevaux",
        "plateau plateaux",
        "tuyau tuyaux",
        "genou genoux",
        "nerveux nerveuse nerveuses",
        "coiffeur coiffeuses",
        "actif active actives",
        "ancien ancienne anciennes",
        "personnel personnelle personnels",
        "laver lavé lavée lave",
        "nausée nausées",
    ] {
        let racines = mots(famille);
        assert!(racines.windows(2).all(|p| p[0] == p[1]), "{famille} : {racines:?}");
    }
}

#[test]
fn mots_differents_restent_differents() {
    for (a, b) in [("sel", "selles"), ("toux", "tous"), ("pied", "piqûre"), ("chute", "chat"), ("IDE", "idée")] {
        assert_ne!(mots(a), mots(b), "{a} / {b}");
    }
}

#[test]
fn decoupage_en_mots() {
    assert_eq!(mots("L'eau à 37,5 °C, ch. 7 B"), ["eau", "37", "5", "ch", "7"]);
    assert_eq!(mots("J3 SpO2"), ["j3", "spo2"]);
    assert!(mots(" … - ").is_empty());
}

fn marquer(texte: &str, cherche: &str, largeur: usize) -> String {
    let morceaux = extrait(texte, &mots(cherche), largeur);
    morceaux.iter().map(|m| if m.trouve { format!("[{}]", m.texte) } else { m.texte.clone() }).collect()
}

#[test]
fn extrait_autour_du_premier_mot() {
    let texte = "Mme a bien dormi. Ce matin, œdème des deux chevilles\nsans douleur. Œdèmes déjà notés lundi, médecin prévenu.";
    assert_eq!(marquer(texte, "OEDEMES", 40), "… Ce matin, [œdème] des deux chevilles …");
    assert_eq!(marquer(texte, "chevilles", 12), "… [chevilles] …");
    assert_eq!(marquer(texte, "prévenue", 30), "… notés lundi, médecin [prévenu].");
    assert_eq!(marquer(texte, "absent", 17), "Mme a bien dormi. …");
    assert_eq!(marquer("œde\u{300}me noté", "oedeme", 80), "[œde\u{300}me] noté");
    assert_eq!(marquer("Chute. Chutes", "chuter", 80), "[Chute]. [Chutes]");
    assert_eq!(marquer("", "chute", 80), "");
}

#[test]
fn noms_qui_sonnent_pareil() {
    for famille in [
        "Dupont Dupond Dupon Duponts",
        "Brumelle Brumel Brumèle",
        "Lefebvre Lefèvre Lefevre",
        "Durand Durant Duran",
        "Gauthier Gautier Gaultier",
        "Thibault Thibaud Thibaut Tibo",
        "Philippe Filipe",
        "Bonnet Bonné",
        "Meyer Mayer Maier",
        "Leclerc Leclercq",
        "Martin Martain Martins",
        "François Fransois",
        "Picquart Piquard Picard Pikart",
        "Simon Simond",
    ] {
        let cles: Vec<_> = famille.split(' ').map(cle_phonetique).collect();
        assert!(cles.windows(2).all(|p| p[0] == p[1]), "{famille} : {cles:?}");
    }
    assert_eq!(cle_phonetique("Le Goff"), cle_phonetique("LEGOFF"));
}

#[test]
fn noms_qui_sonnent_autrement() {
    for (a, b) in [
        ("Martin", "Marin"),
        ("Martin", "Martine"),
        ("Dupont", "Duport"),
        ("Brumelle", "Brunelle"),
        ("Jean", "Jeanne"),
        ("Roux", "Rousse"),
        ("Petit", "Petitjean"),
        ("Bon", "Bonnet"),
        ("Blanc", "Blin"),
    ] {
        assert_ne!(cle_phonetique(a), cle_phonetique(b), "{a} / {b}");
    }
    assert_eq!(cle_phonetique("12 - ?"), "");
}

#[test]
fn ordre_alphabetique() {
    let mut noms = ["Zola", "Éluard", "ch. 10", "D’Ormesson", "elan", "ch. 9", "d'Artigues"];
    noms.sort_by_key(|n| cle_tri(n));
    assert_eq!(noms, ["ch. 9", "ch. 10", "d'Artigues", "D’Ormesson", "elan", "Éluard", "Zola"]);
}

proptest! {
    #[test]
    fn plier_est_stable(texte in "\\PC{0,40}") {
        let une = plier(&texte);
        prop_assert_eq!(plier(&une), une);
    }

    #[test]
    fn un_extrait_montre_le_mot_cherche(texte in "[a-zéœ \\n]{0,60}chutée[ .][a-zéœ’ \\n]{0,60}", largeur in 0_usize..80) {
        let texte = format!("x {texte}");
        let morceaux = extrait(&texte, &mots("chute"), largeur);
        if mots(&texte).contains(&"chut".to_owned()) {
            prop_assert!(morceaux.iter().any(|m| m.trouve));
        }
    }

    #[test]
    fn cle_phonetique_ne_faillit_jamais(nom in "\\PC{0,30}") {
        prop_assert!(cle_phonetique(&nom).is_ascii());
    }
}
