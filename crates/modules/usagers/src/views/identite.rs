//! The identity sheet and its forms.

use jiff::tz::TimeZone;
use kernel::id::UsagerId;
use kernel::ins::{DocumentIdentite, Identite, Oid, StatutIdentite, ecarts};
use maud::{Markup, html};
use platform::store::Stored;
use platform::web::{Champs, Erreurs};
use ui::Icone;
use ui::alerte::{Alerte, Nature};
use ui::bloc::{Bloc, EntetePage, deux_volets};
use ui::boutons::{Bouton, boutons};
use ui::champs::{Case, Liste, Radios, Texte, ZoneTexte, cache, cote_a_cote};
use ui::liste::Fiche as FicheUi;
use ui::puces::{Etat, Puce, puces};
use ui::tableau::Tableau;

use crate::{Civilite, Identification, Usager};

/// A version with the name of its author.
#[derive(Debug)]
pub(crate) struct Version {
    pub stored: Stored<Identification>,
    pub auteur: String,
}

/// What the sheet shows.
pub(crate) struct Fiche<'a> {
    pub usager: &'a Stored<Usager>,
    pub identification: &'a Stored<Identification>,
    pub versions: &'a [Version],
    pub peut_ecrire: bool,
    pub fuseau: &'a TimeZone,
}

/// Chip of the status, in the words of the RNIV.
pub(crate) fn puce_statut(identite: &Identite) -> Puce {
    let statut = identite.statut();
    let mot = format!("Identité {}", statut.libelle().to_lowercase());
    match statut {
        StatutIdentite::Qualifiee => Puce::new(Etat::Fait, mot).icone(Icone::BadgeCheck),
        StatutIdentite::Recuperee => Puce::new(Etat::Info, mot).icone(Icone::RefreshCw),
        StatutIdentite::Validee => Puce::new(Etat::Info, mot).icone(Icone::FileCheck),
        StatutIdentite::Provisoire => Puce::new(Etat::ASurveiller, mot).icone(Icone::CircleDashed),
    }
}

fn puces_identite(identite: &Identite) -> Vec<Puce> {
    let marques = [
        (identite.est_douteuse(), Etat::Danger, "Douteuse"),
        (identite.est_fictive(), Etat::ASurveiller, "Fictive"),
        (identite.est_homonyme(), Etat::ASurveiller, "Homonyme"),
    ];
    let marques = marques.into_iter().filter(|(oui, ..)| *oui).map(|(_, etat, mot)| Puce::new(etat, mot));
    std::iter::once(puce_statut(identite)).chain(marques).collect()
}

/// Draws the sheet.
pub(crate) fn fiche(fiche: &Fiche<'_>) -> Markup {
    let base = format!("/residents/{}/identite", fiche.usager.value.id);
    let actions = html! {
        @if fiche.peut_ecrire {
            (Bouton::lien("Saisir l'INS", format!("{base}/ins")).principal().icone(Icone::Fingerprint))
            (Bouton::lien("Corriger l'identité", format!("{base}/corriger")).icone(Icone::Pencil))
        }
    };
    let principal = html! {
        (Bloc::new("Traits de l'identité", traits(fiche)).icone(Icone::BadgeCheck))
        (Bloc::new("Historique", historique(fiche)).icone(Icone::History))
    };
    let cote = html! { @if fiche.peut_ecrire { (preuves(fiche, &base)) (doutes(fiche, &base)) } };
    html! {
        (EntetePage::new("Identité").actions(actions))
        (puces(&puces_identite(&fiche.identification.identite)))
        (deux_volets(&principal, &cote))
    }
}

fn traits(fiche: &Fiche<'_>) -> Markup {
    let identification = &fiche.identification.value;
    let traits = identification.identite.traits();
    let lieu = if traits.lieu_naissance().est_inconnu() {
        "inconnu (99999)".to_owned()
    } else {
        traits.lieu_naissance().code().to_owned()
    };
    let ins = match (identification.identite.ins_transmissible(), identification.identite.ins()) {
        (Some(ins), _) => {
            html! { span { (ins.matricule().groupe().replace('\u{a0}', " ")) } br; small class="secondaire" { (ins.oid().libelle()) } }
        }
        (None, Some(_)) => html! { span class="secondaire" { "récupéré, affiché une fois l'identité qualifiée" } },
        (None, None) => html! { span class="secondaire" { "non récupéré" } },
    };
    FicheUi::new()
        .ligne("Nom de naissance", traits.nom_naissance())
        .ligne("Prénoms de naissance", traits.prenoms_naissance())
        .ligne("Né(e) le", traits.date_naissance().to_string())
        .ligne("Sexe", traits.sexe().libelle())
        .ligne("Lieu de naissance (code INSEE)", lieu)
        .riche("Matricule INS", ins)
        .ligne("Nom utilisé", identification.nom_utilise.clone().unwrap_or_else(|| "le nom de naissance".into()))
        .ligne("Prénom utilisé", identification.prenom_utilise.clone().unwrap_or_else(|| "le premier prénom de naissance".into()))
        .ligne("Pièce vue", identification.identite.document().map(DocumentIdentite::libelle).unwrap_or_default())
        .render()
}

fn historique(fiche: &Fiche<'_>) -> Markup {
    let mut tableau = Tableau::new("Versions de l'identité")
        .legende_cachee()
        .colonne("Le")
        .colonne("Par")
        .colonne("Statut")
        .colonne("Ce qui a changé");
    for (rang, version) in fiche.versions.iter().enumerate().rev() {
        let avant = rang.checked_sub(1).and_then(|avant| fiche.versions.get(avant));
        tableau = tableau.ligne([
            html! { (kernel::dates::date_heure(version.stored.recorded, fiche.fuseau)) },
            html! { (version.auteur) },
            html! { (version.stored.identite.statut().libelle()) },
            changements(avant.map(|avant| &avant.stored.value), &version.stored.value),
        ]);
    }
    tableau.render()
}

fn changements(avant: Option<&Identification>, apres: &Identification) -> Markup {
    let Some(avant) = avant else { return html! { "Création" } };
    let (ancienne, nouvelle) = (&avant.identite, &apres.identite);
    let mut mots: Vec<String> =
        ecarts(ancienne.traits(), nouvelle.traits()).into_iter().map(|ecart| ecart.libelle().to_lowercase()).collect();
    let autres = [
        (ancienne.ins() != nouvelle.ins(), if nouvelle.ins().is_some() { "INS récupérée" } else { "INS retirée" }),
        (ancienne.document() != nouvelle.document(), if nouvelle.document().is_some() { "pièce vue" } else { "pièce à revoir" }),
        (
            ancienne.est_douteuse() != nouvelle.est_douteuse(),
            if nouvelle.est_douteuse() { "marquée douteuse" } else { "doute levé" },
        ),
        (
            ancienne.est_fictive() != nouvelle.est_fictive(),
            if nouvelle.est_fictive() { "marquée fictive" } else { "marque fictive retirée" },
        ),
        (
            ancienne.est_homonyme() != nouvelle.est_homonyme(),
            if nouvelle.est_homonyme() { "homonyme signalé" } else { "plus d'homonyme" },
        ),
        (avant.nom_utilise != apres.nom_utilise || avant.prenom_utilise != apres.prenom_utilise, "nom ou prénom utilisé"),
    ];
    mots.extend(autres.into_iter().filter(|(oui, _)| *oui).map(|(_, mot)| mot.to_owned()));
    let avant_apres = (ancienne.traits() != nouvelle.traits()).then(|| {
        let traits = ancienne.traits();
        format!("{}, {}, {}", traits.nom_naissance(), traits.prenoms_naissance(), traits.date_naissance())
    });
    html! {
        (mots.join(", "))
        @if let Some(avant) = avant_apres { br; s class="secondaire" { (avant) } }
    }
}

fn preuves(fiche: &Fiche<'_>, base: &str) -> Markup {
    let identite = &fiche.identification.identite;
    let choix = DocumentIdentite::TOUS.iter().enumerate().map(|(rang, document)| (rang.to_string(), document.libelle()));
    let actuel = identite.document().and_then(|vu| DocumentIdentite::TOUS.iter().position(|document| *document == vu));
    let contenu = html! {
        @if identite.appel_insi_permis() {
            form class="formulaire" method="post" action=(format!("{base}/etape")) {
                (cache("version", &fiche.identification.version.to_string()))
                (Radios::new("document", "Pièce comparée avec les traits").choix(choix).valeur(actuel.map(|rang| rang.to_string()).unwrap_or_default()).requis()
                    .aide("Seule la nature de la pièce est gardée. Le livret de famille ou l'extrait d'acte de naissance, avec une carte Vitale à photo, suffisent pour une entrée directe en EHPAD."))
                (boutons(&html! { (Bouton::envoyer("Noter la pièce vue").valeur("etape", "document")) }))
            }
        } @else { (Alerte::new(Nature::Attention, "Identité douteuse ou fictive : aucune preuve ne peut être notée avant d'avoir levé cette marque.")) }
        @if identite.ins().is_some() {
            form method="post" action=(format!("{base}/etape")) data-confirmer="Retirer l'INS de ce dossier ?" {
                (cache("version", &fiche.identification.version.to_string()))
                (Bouton::envoyer("Retirer l'INS (réponse négative ou erreur)").danger().petit().valeur("etape", "ins_invalidee"))
            }
        }
    };
    Bloc::new("Preuves", contenu).icone(Icone::FileCheck).render()
}

fn doutes(fiche: &Fiche<'_>, base: &str) -> Markup {
    let identite = &fiche.identification.identite;
    let douteuse = if identite.est_douteuse() { ("doute_leve", "Lever le doute") } else { ("douteuse", "Marquer douteuse") };
    let fictive =
        if identite.est_fictive() { ("fictive_levee", "Retirer la marque fictive") } else { ("fictive", "Marquer fictive") };
    let possible = identite.est_fictive() || identite.statut() == StatutIdentite::Provisoire;
    let contenu = html! {
        p class="secondaire" { "Une identité douteuse ou fictive reste provisoire, et son INS ne part nulle part." }
        form method="post" action=(format!("{base}/etape")) {
            (cache("version", &fiche.identification.version.to_string()))
            (boutons(&html! {
                (Bouton::envoyer(douteuse.1).petit().valeur("etape", douteuse.0))
                @if possible { (Bouton::envoyer(fictive.1).petit().discret().valeur("etape", fictive.0)) }
            }))
        }
    };
    Bloc::new("Doute", contenu).icone(Icone::ShieldAlert).render()
}

/// Fields of the strict traits, shared with the creation of a record.
pub fn champs_traits(champs: &Champs, erreurs: &Erreurs) -> Markup {
    let texte =
        |nom: &str, libelle: &str| Texte::new(nom, libelle).valeur(champs.texte(nom)).erreur(erreurs.de(nom)).completion("off");
    html! {
        (texte("nom_naissance", "Nom de naissance").requis().maximum(100).aide("Tel qu'il est écrit sur la pièce d'identité."))
        (texte("prenoms_naissance", "Prénoms de naissance").requis().maximum(100).aide("Tous, dans l'ordre de la pièce."))
        (cote_a_cote(&html! {
            (texte("naissance", "Date de naissance").requis().moyen().aide("JJ/MM/AAAA. 00 si le jour ou le mois est inconnu."))
            (Radios::new("sexe", "Sexe").choix([("F", "Féminin"), ("M", "Masculin"), ("I", "Indéterminé")]).valeur(champs.texte("sexe")).erreur(erreurs.de("sexe")).requis())
        }))
        (texte("lieu_naissance", "Lieu de naissance").court().maximum(5).aide("Code INSEE de la commune (63113, 2A004) ou du pays (99 puis 3 chiffres)."))
    }
}

/// Fields of the used names and the civility, shared with the creation of a record.
pub fn champs_noms(champs: &Champs, erreurs: &Erreurs) -> Markup {
    let texte =
        |nom: &str, libelle: &str| Texte::new(nom, libelle).valeur(champs.texte(nom)).erreur(erreurs.de(nom)).completion("off");
    html! {
        (texte("nom_utilise", "Nom utilisé").maximum(120).aide("S'il diffère du nom de naissance : nom d'époux ou d'épouse."))
        (texte("prenom_utilise", "Prénom utilisé").maximum(80).aide("S'il diffère du premier prénom de naissance."))
        (Liste::new("civilite", "Civilité").choix(Civilite::TOUTES.map(|(_, code, libelle)| (code, libelle))).invite("Selon le sexe").valeur(champs.texte("civilite")))
    }
}

/// The form which corrects an identity.
pub(crate) fn formulaire(usager: &UsagerId, champs: &Champs, erreurs: &Erreurs) -> Markup {
    let base = format!("/residents/{usager}/identite");
    html! {
        (EntetePage::new("Corriger l'identité").parent("Identité", base.clone()))
        (erreurs.resume())
        (Alerte::new(Nature::Info, "Changer un trait strict retire l'INS et la pièce vue : l'identité redevient provisoire. L'ancienne version reste lisible."))
        form class="formulaire" method="post" action=(format!("{base}/corriger")) {
            (cache("version", champs.texte("version")))
            (champs_traits(champs, erreurs))
            (champs_noms(champs, erreurs))
            (boutons(&html! { (Bouton::envoyer("Enregistrer l'identité").principal()) (Bouton::lien("Annuler", base.clone()).discret()) }))
        }
    }
}

/// The form which reports the answer of the téléservice INSi, perhaps filled by a code scanned.
pub(crate) fn formulaire_ins(lue: &Stored<Identification>, champs: &Champs, erreurs: &Erreurs, demo: bool) -> Markup {
    let base = format!("/residents/{}/identite", lue.usager);
    let oids = [Oid::Nir, Oid::Nia, Oid::Test, Oid::Demo].into_iter().filter(|oid| oid.est_production() != demo);
    html! {
        (EntetePage::new("Saisir l'INS").parent("Identité", base.clone()))
        (erreurs.resume())
        form class="formulaire" method="post" action=(format!("{base}/ins")) {
            (cache("version", champs.texte("version")))
            (ZoneTexte::new("datamatrix", "Code INS scanné").valeur(champs.texte("datamatrix")).erreur(erreurs.de("datamatrix")).sans_brouillon()
                .aide("Placez le curseur ici et lisez le code imprimé avec la douchette. Il remplit les champs ci-dessous, sans rien prouver."))
            (boutons(&html! { (Bouton::envoyer("Lire le code").icone(Icone::ScanBarcode).valeur("etape", "lire").sans_verification()) }))
        }
        form class="formulaire" method="post" action=(format!("{base}/ins")) {
            (cache("version", champs.texte("version")))
            (Texte::new("matricule", "Matricule INS").valeur(champs.texte("matricule")).erreur(erreurs.de("matricule")).requis().moyen().completion("off").aide("15 caractères : 13 et une clé de 2 chiffres."))
            (Radios::new("oid", "Origine").choix(oids.map(|oid| (oid.as_str(), oid.libelle()))).valeur(champs.texte("oid")).erreur(erreurs.de("oid")).requis())
            (champs_traits(champs, erreurs))
            (Case::new("insi", "Ces traits et ce matricule sont la réponse du téléservice INSi, consulté pour cette personne").erreur(erreurs.de("insi")).requis())
            (Alerte::new(Nature::Info, "Les traits rendus par INSi remplacent ceux du dossier. S'ils diffèrent, la pièce d'identité est à revoir."))
            (boutons(&html! { (Bouton::envoyer("Enregistrer l'INS").principal()) (Bouton::lien("Annuler", base.clone()).discret()) }))
        }
    }
}
