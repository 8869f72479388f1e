//! One house and its accounts; identities, files received, forms with files.

use documents::{Canal, Document, DocumentCourant, DocumentMedical, Reception};
use http::{Request, header};
use kernel::id::{CompteId, UsagerId};
use kernel::ins::{DocumentIdentite, Identite, Ins, LieuNaissance, Matricule, Oid, Sexe, Traits};
use monde_essai::Reponse;
pub(crate) use monde_essai::une_maison::{ANNA, AS, BRUNO, ETAB, IDE, SECRETAIRE};
use platform::store::{Query, Reach, Stored};
use testkit::TestStore;
use usagers::Identification;

/// The shared world, and what only this module asks of it.
pub(crate) struct Monde(monde_essai::Monde);

impl std::ops::Deref for Monde {
    type Target = monde_essai::Monde;

    fn deref(&self) -> &monde_essai::Monde {
        &self.0
    }
}

impl Monde {
    pub(crate) async fn new(store: TestStore) -> Self {
        documents::installer_lecteur(env!("CARGO_BIN_EXE_analyser-fichier").into(), None);
        let monde = monde_essai::Monde::nouveau(store, true, vec![documents::module()]);
        Self(monde_essai::une_maison::semer(monde).await)
    }

    /// The identity of the official examples (a test INS of the ANS), for a resident; `qualifiee` adds the document seen.
    pub(crate) async fn identifier(&self, usager: UsagerId, prenoms: &str, qualifiee: bool) {
        let lieu = LieuNaissance::new("51215").expect("place");
        let naissance = "1979-03-28".parse().expect("date");
        let traits = Traits::new("PAT-TROIS", prenoms, naissance, Sexe::Feminin, lieu).expect("traits");
        let ins = Ins::new(Matricule::new("279035121518989").expect("number"), Oid::Test).expect("ins");
        let mut identite = Identite::provisoire(traits.clone()).insi_obtenue(ins, traits).expect("insi");
        if qualifiee {
            identite = identite.document_verifie(DocumentIdentite::Passeport).expect("document");
        }
        let fiche = Identification { usager, etablissement: ETAB, identite, nom_utilise: None, prenom_utilise: None };
        self.ecrire(Identification::id(usager), &fiche).await;
    }

    /// Receives a file addressed to the establishment.
    pub(crate) async fn recevoir(&self, nom: &str, octets: &[u8]) -> Stored<Reception> {
        let canal = Canal { code: "fichier".into(), etablissement: Some(ETAB), emetteur: "CHU d'essai".into() };
        documents::recevoir(&self.services, canal, nom, octets).await.expect("received")
    }

    /// The documents of a person, of both families.
    pub(crate) async fn documents(&self, usager: UsagerId) -> Vec<Document> {
        let medicaux: Vec<Stored<DocumentMedical>> = self.store.list(&Reach::All, &Query::person(usager)).await.expect("list");
        let courants: Vec<Stored<DocumentCourant>> = self.store.list(&Reach::All, &Query::person(usager)).await.expect("list");
        medicaux.into_iter().map(|lu| lu.value.0).chain(courants.into_iter().map(|lu| lu.value.0)).collect()
    }

    /// Sends a form with files.
    pub(crate) async fn deposer(
        &self,
        compte: CompteId,
        adresse: &str,
        champs: &[(&str, &str)],
        fichiers: &[(&str, &[u8])],
    ) -> Reponse {
        let mut corps = Vec::new();
        for (nom, valeur) in champs {
            corps.extend(format!("--B\r\nContent-Disposition: form-data; name=\"{nom}\"\r\n\r\n{valeur}\r\n").into_bytes());
        }
        for (nom, octets) in fichiers {
            corps.extend(
                format!("--B\r\nContent-Disposition: form-data; name=\"fichiers\"; filename=\"{nom}\"\r\n\r\n").into_bytes(),
            );
            corps.extend_from_slice(octets);
            corps.extend(b"\r\n");
        }
        corps.extend(b"--B--\r\n");
        let request = Request::post(adresse).header(header::CONTENT_TYPE, "multipart/form-data; boundary=B");
        let jeton = self.session(compte).await;
        self.appeler(Some(&jeton), request, corps).await
    }
}

/// A PDF which is one by its first bytes.
pub(crate) const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF";

/// A small clinical document about the person of the official examples.
pub(crate) fn cda(racine: &str, prenoms: &str, texte: &str) -> Vec<u8> {
    cda_de(racine, "279035121518989", prenoms, texte)
}

/// The same, with this INS.
pub(crate) fn cda_de(racine: &str, ins: &str, prenoms: &str, texte: &str) -> Vec<u8> {
    let premier = prenoms.split(' ').next().unwrap_or_default();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><ClinicalDocument xmlns="urn:hl7-org:v3"><typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
<id root="{racine}"/><code code="11490-0" codeSystem="2.16.840.1.113883.6.1" displayName="Lettre de liaison"/><title>Lettre de sortie</title>
<effectiveTime value="20261118101500+0100"/><confidentialityCode code="N" codeSystem="2.16.840.1.113883.5.25"/><languageCode code="fr-FR"/>
<recordTarget><patientRole><id root="1.2.250.1.213.1.4.10" extension="{ins}"/><patient><name><family qualifier="BR">PAT-TROIS</family>
<given>{prenoms}</given><given qualifier="BR">{premier}</given></name><administrativeGenderCode code="F" codeSystem="2.16.840.1.113883.5.1"/>
<birthTime value="19790328"/><birthplace><place><addr><county>51215</county></addr></place></birthplace></patient></patientRole></recordTarget>
<author><time value="20261118101500+0100"/><assignedAuthor><id root="1.2.250.1.71.4.2.1" extension="801234567890"/><assignedPerson><name><family>ESSAI</family></name></assignedPerson></assignedAuthor></author>
<custodian><assignedCustodian><representedCustodianOrganization><id root="1.2.250.1.71.4.2.2" extension="1750000018"/><name>CHU d'essai</name></representedCustodianOrganization></assignedCustodian></custodian>
<component><structuredBody><component><section><code code="46241-6" codeSystem="2.16.840.1.113883.6.1"/><title>Motif</title><text>{texte}</text></section></component></structuredBody></component></ClinicalDocument>"#
    )
    .into_bytes()
}
