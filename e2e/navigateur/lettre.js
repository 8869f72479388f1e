// A letter from the hospital put in a record: a clinical document whose lines are proposed.

const LOINC = '2.16.840.1.113883.6.1';
const ID = '[0-9a-f]{8}-[0-9a-f-]{27}';

/** @param {string} nom @param {string} cis @param {string} posologie */
const traitement = (nom, cis, posologie) => `<entry><substanceAdministration classCode="SBADM" moodCode="INT"><statusCode code="completed"/><effectiveTime xsi:type="IVL_TS"><low value="20261118"/></effectiveTime>
<consumable><manufacturedProduct><manufacturedMaterial><code code="${cis}" codeSystem="1.2.250.1.213.2.3.1" displayName="${nom}"/><name>${nom}</name></manufacturedMaterial></manufacturedProduct></consumable>
<entryRelationship typeCode="SUBJ"><act classCode="ACT" moodCode="INT"><templateId root="1.3.6.1.4.1.19376.1.5.3.1.4.3"/><code code="PINSTRUCT" codeSystem="1.3.6.1.4.1.19376.1.5.3.2"/><text>${posologie}</text><statusCode code="completed"/></act></entryRelationship></substanceAdministration></entry>`;

/** @param {boolean} negation @param {string} corps */
const observation = (negation, corps) => `<entry><act classCode="ACT" moodCode="EVN"><code nullFlavor="NA"/><statusCode code="active"/><entryRelationship typeCode="SUBJ"><observation classCode="OBS" moodCode="EVN" negationInd="${negation}"><templateId root="1.3.6.1.4.1.19376.1.5.3.1.4.5"/>${corps}</observation></entryRelationship></act></entry>`;

/** @param {string} nom @param {string} code @param {boolean} negation */
const maladie = (nom, code, negation) => observation(negation, `<code code="282291009" codeSystem="2.16.840.1.113883.6.96"/><statusCode code="completed"/><value xsi:type="CD" code="${code}" codeSystem="2.16.840.1.113883.6.3" displayName="${nom}"/>`);

/** @param {string} code @param {string} titre @param {string[]} entrees */
const section = (code, titre, entrees) => `<component><section><code code="${code}" codeSystem="${LOINC}"/><title>${titre}</title><text>Voir les lignes.</text>${entrees.join('')}</section></component>`;

/** A discharge: a dose changed, a new drug, one stopped, a disease, and a negated one no machine may take for one. */
export const LETTRE = `<?xml version="1.0" encoding="UTF-8"?><ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
<id root="2.25.77001"/><code code="11490-0" codeSystem="${LOINC}" displayName="Lettre de liaison"/><title>Lettre de sortie</title>
<effectiveTime value="20261118101500+0100"/><confidentialityCode code="N" codeSystem="2.16.840.1.113883.5.25"/><languageCode code="fr-FR"/>
<recordTarget><patientRole><id root="2.25.77002" extension="1"/><patient><name><family qualifier="BR">ESSAI</family><given>ESSAI</given></name><administrativeGenderCode code="F" codeSystem="2.16.840.1.113883.5.1"/><birthTime value="19360412"/></patient></patientRole></recordTarget>
<author><time value="20261118101500+0100"/><assignedAuthor><id root="2.25.77003"/><assignedPerson><name><family>FICTIF</family></name></assignedPerson></assignedAuthor></author>
<custodian><assignedCustodian><representedCustodianOrganization><id root="2.25.77004"/><name>CH de Val-Brumeux</name></representedCustodianOrganization></assignedCustodian></custodian>
<component><structuredBody>${[
  section('18610-6', 'Traitements arrêtés', [traitement('FUROSEMIDE 40 mg', '60000003', '1 le matin')]),
  section('10183-2', 'Traitements à la sortie', [traitement('APIXABAN 5 mg, comprimé', '60000001', '1 matin et soir'), traitement('TRAMADOL 50 mg', '60000002', '1 si douleur')]),
  section('11450-4', 'Pathologies', [maladie('Insuffisance cardiaque', 'I50.9', false), maladie('Diabète', 'E11', true)]),
].join('')}</structuredBody></component></ClinicalDocument>`;

/**
 * Puts the letter in the record of a resident and waits until its lines are proposed.
 * @param {import('playwright-core').BrowserContext} ctx @param {string} url @param {string} resident
 * @returns {Promise<{ lignes: string, une: string }>} addresses of the lines and of one of them
 */
export async function recevoirLettre(ctx, url, resident) {
  const html = await (await ctx.request.get(`${url}${resident}/documents/deposer`)).text();
  const id = /name="id" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const reponse = await ctx.request.post(`${url}${resident}/documents`, {
    multipart: { id, type: '11490-0', titre: 'Lettre de sortie', malgre_identite: 'on', fichiers: { name: 'lettre.xml', mimeType: 'application/xml', buffer: Buffer.from(LETTRE) } },
    headers: { origin: url },
  });
  if (!reponse.ok()) throw new Error(`lettre : ${reponse.status()} ${(await reponse.text()).replace(/<[^>]+>/g, ' ').slice(0, 300)}`);
  const lignes = `${resident}/propositions`;
  for (let essai = 0; essai < 100; essai++) {
    const page = await (await ctx.request.get(url + lignes)).text();
    const [une] = new RegExp(`${lignes}/${ID}`).exec(page) ?? [];
    if (une) return { lignes, une };
    await new Promise((r) => { setTimeout(r, 100); });
  }
  throw new Error('la lettre déposée ne propose rien');
}
