//! Small clinical documents about the person of the tests, section by section.

/// LOINC.
const LOINC: &str = "2.16.840.1.113883.6.1";

/// A document of this identifier, of these sections; `remplace` names the one it replaces.
pub(crate) fn lettre(id: &str, remplace: Option<&str>, sections: &[String]) -> Vec<u8> {
    let lie = remplace.map_or_else(String::new, |ancien| {
        format!(r#"<relatedDocument typeCode="RPLC"><parentDocument><id root="{ancien}"/></parentDocument></relatedDocument>"#)
    });
    let corps = sections.iter().map(|section| format!("<component>{section}</component>")).collect::<Vec<_>>().concat();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
<id root="{id}"/><code code="11490-0" codeSystem="{LOINC}" displayName="Lettre de liaison"/><title>Lettre de sortie</title>
<effectiveTime value="20261118101500+0100"/><confidentialityCode code="N" codeSystem="2.16.840.1.113883.5.25"/><languageCode code="fr-FR"/>
<recordTarget><patientRole><id root="1.2.250.1.213.1.4.10" extension="279035121518989"/><patient><name><family qualifier="BR">PAT-TROIS</family>
<given>DOMINIQUE MARIE-LOUISE</given><given qualifier="BR">DOMINIQUE</given></name><administrativeGenderCode code="F" codeSystem="2.16.840.1.113883.5.1"/>
<birthTime value="19790328"/><birthplace><place><addr><county>51215</county></addr></place></birthplace></patient></patientRole></recordTarget>
<author><time value="20261118101500+0100"/><assignedAuthor><id root="1.2.250.1.71.4.2.1" extension="801234567890"/><assignedPerson><name><family>ESSAI</family></name></assignedPerson></assignedAuthor></author>
<custodian><assignedCustodian><representedCustodianOrganization><id root="1.2.250.1.71.4.2.2" extension="1750000018"/><name>CHU d'essai</name></representedCustodianOrganization></assignedCustodian></custodian>
{lie}<component><structuredBody>{corps}</structuredBody></component></ClinicalDocument>"#
    )
    .into_bytes()
}

/// A section of these entries.
pub(crate) fn section(code: &str, entrees: &[String]) -> String {
    let entrees = entrees.iter().map(|entree| format!("<entry>{entree}</entry>")).collect::<Vec<_>>().concat();
    format!(
        r#"<section><code code="{code}" codeSystem="{LOINC}"/><title>Section {code}</title><text>Voir les lignes.</text>{entrees}</section>"#
    )
}

/// A treatment: its name, its CIS, its dosage.
pub(crate) fn traitement(nom: &str, cis: &str, posologie: &str) -> String {
    format!(
        r#"<substanceAdministration classCode="SBADM" moodCode="INT"><statusCode code="completed"/><effectiveTime xsi:type="IVL_TS"><low value="20261118"/></effectiveTime>
<consumable><manufacturedProduct><manufacturedMaterial><code code="{cis}" codeSystem="1.2.250.1.213.2.3.1" displayName="{nom}"/><name>{nom}</name></manufacturedMaterial></manufacturedProduct></consumable>
<entryRelationship typeCode="SUBJ"><act classCode="ACT" moodCode="INT"><templateId root="1.3.6.1.4.1.19376.1.5.3.1.4.3"/><code code="PINSTRUCT" codeSystem="1.3.6.1.4.1.19376.1.5.3.2"/><text>{posologie}</text><statusCode code="completed"/></act></entryRelationship></substanceAdministration>"#
    )
}

fn observation(negation: bool, corps: &str) -> String {
    format!(
        r#"<act classCode="ACT" moodCode="EVN"><code nullFlavor="NA"/><statusCode code="active"/><entryRelationship typeCode="SUBJ"><observation classCode="OBS" moodCode="EVN" negationInd="{negation}">
<templateId root="1.3.6.1.4.1.19376.1.5.3.1.4.5"/>{corps}</observation></entryRelationship></act>"#
    )
}

/// A disease with its code of the CIM-10.
pub(crate) fn maladie(nom: &str, cim10: &str, negation: bool) -> String {
    let corps = format!(
        r#"<code code="282291009" codeSystem="2.16.840.1.113883.6.96"/><statusCode code="completed"/><effectiveTime><low value="2021"/></effectiveTime><value xsi:type="CD" code="{cim10}" codeSystem="2.16.840.1.113883.6.3" displayName="{nom}"/>"#
    );
    observation(negation, &corps)
}

/// An allergy with its reaction.
pub(crate) fn allergie(agent: &str, reaction: &str) -> String {
    let corps = format!(
        r#"<code code="416098002" codeSystem="2.16.840.1.113883.6.96"/><statusCode code="completed"/><effectiveTime><low value="2019"/></effectiveTime><value xsi:type="CD"><originalText>{agent}</originalText></value>
<participant typeCode="CSM"><participantRole classCode="MANU"><playingEntity classCode="MMAT"><name>{agent}</name></playingEntity></participantRole></participant>
<entryRelationship typeCode="MFST" inversionInd="true"><observation classCode="OBS" moodCode="EVN"><code code="418799008" codeSystem="2.16.840.1.113883.6.96"/><statusCode code="completed"/><value xsi:type="CD" displayName="{reaction}"/></observation></entryRelationship>"#
    );
    observation(false, &corps)
}

/// A weight, in kilograms.
pub(crate) fn poids(valeur: &str) -> String {
    format!(
        r#"<organizer classCode="CLUSTER" moodCode="EVN"><statusCode code="completed"/><component><observation classCode="OBS" moodCode="EVN"><code code="29463-7" codeSystem="{LOINC}"/><statusCode code="completed"/><effectiveTime value="202611180900+0100"/><value xsi:type="PQ" value="{valeur}" unit="kg"/></observation></component></organizer>"#
    )
}

/// A letter after a stay in hospital: a dose changed, a new drug, one stopped, an allergy, a disease, a weight, and a negated
/// disease which no machine may take for one.
pub(crate) fn retour(id: &str, remplace: Option<&str>) -> Vec<u8> {
    lettre(
        id,
        remplace,
        &[
            section("48765-2", &[allergie("Amoxicilline", "urticaire")]),
            section("18610-6", &[traitement("FUROSEMIDE 40 mg", "60000003", "1 le matin")]),
            section(
                "10183-2",
                &[
                    traitement("APIXABAN 5 mg, comprimé", "60000001", "1 matin et soir"),
                    traitement("PARACETAMOL 1 g", "60000002", "1 matin, midi et soir"),
                ],
            ),
            section("11450-4", &[maladie("Fibrillation auriculaire", "I48.9", false), maladie("Diabète", "E11", true)]),
            section("8716-3", &[poids("52.4")]),
        ],
    )
}
