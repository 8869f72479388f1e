// A night and its days after, with the hospital: a fall on a tablet without network, the DLU which leaves by secure mail when it is
// back, the admission the hospital announces, the letter which files itself. Everything between the two is real.

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { attendreQue, attente, lancer, pret, tablette } from './navigateur.js';
import { connecter, preparer } from './gestes.js';
import { MAISON, HOPITAL, Hopital, Operateur, empeche, exemple, juger } from './operateur.js';
import { Serveur, portLibre } from './serveur.js';

const skip = empeche();
/** The hospital sends its messages for the house of the story. */
const CORRESPONDANT = 'CH de Roche-Claire (essai)';
/** Who fell: the person of room 214 of the demonstration. */
const PERSONNE = { chambre: '214', nom: 'SOURCIVAL', utilise: 'BRUMELLE', prenom: 'MARGUERITE', naissance: '19360412', sexe: 'F' };
const DELAI = 60_000;

let nav;
let operateur;
let hopital;
let serveur;
let mllp;
let t;
let bureau;
let dossier;
let matricule;

/** Keeps a picture of a screen when asked. @param {import('playwright-core').Page} page @param {string} nom */
async function garder(page, nom) {
  if (process.env.CAPTURES) await page.screenshot({ path: join(process.env.CAPTURES, `liaison-${nom}.png`), fullPage: true });
}

/** A desk where somebody works. @param {string} qui */
async function poste(qui) {
  const ctx = await nav.newContext({ locale: 'fr-FR', timezoneId: 'Europe/Paris', viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
  const page = await ctx.newPage();
  await connecter(page, serveur.url, qui);
  return page;
}

/** The director closes the mailbox of the demonstration, whose domain does not exist, and opens the house's own. */
async function ouvrirMessagerie() {
  const page = await poste('directrice');
  await page.goto(`${serveur.url}/liaisons/messageries`);
  await page.getByRole('button', { name: /Fermer.*les-sources-vives/ }).click();
  await page.getByRole('button', { name: /Rouvrir.*les-sources-vives/ }).waitFor();
  await page.locator('[name=adresse]').fill(MAISON);
  await page.locator('[name=nom]').fill('EHPAD Les Genêts d’Or');
  await page.locator('[name=etablissement]').selectOption({ label: await page.locator('[name=etablissement] option', { hasText: 'Genêts' }).first().innerText() });
  await page.getByRole('button', { name: 'Ouvrir la messagerie' }).click();
  await page.getByText(MAISON).first().waitFor();
  await garder(page, '0-messageries');
  await page.context().close();
}

/** The nurse manager adds the hospital to the directory. */
async function ajouterHopital() {
  await bureau.goto(`${serveur.url}/liaisons/correspondants/nouveau`);
  await bureau.locator('[name=nom]').fill(CORRESPONDANT);
  await bureau.locator('[name=genre]').selectOption('hopital');
  await bureau.locator('[name=adresse-0]').fill(HOPITAL);
  await bureau.locator('[name=service-0]').fill('urgences');
  await bureau.locator('[name=urgences-0]').check();
  await garder(bureau, '0-correspondant');
  await bureau.getByRole('button', { name: 'Enregistrer' }).click();
  await bureau.getByText(HOPITAL).first().waitFor();
}

before(async () => {
  if (skip) return;
  nav = await lancer();
  operateur = await Operateur.neuf();
  hopital = await Hopital.neuf(operateur);
  mllp = await portLibre();
  const ecoute = `[[mllp]]\nadresse = "127.0.0.1:${mllp}"\ncorrespondant = ${JSON.stringify(CORRESPONDANT)}\n`;
  serveur = await Serveur.neuf({ maintenant: '2026-11-21T03:12:00+01:00', reglages: ecoute + operateur.reglages() });
  await ouvrirMessagerie();
  bureau = await poste('idec');
  await ajouterHopital();
  await bureau.goto(`${serveur.url}/residents?q=${PERSONNE.chambre}`);
  dossier = await bureau.locator(`a[href^="/residents/"]`, { hasText: PERSONNE.utilise }).first().getAttribute('href');
  await bureau.goto(`${serveur.url}${dossier}/identite`);
  [, matricule] = /Matricule INS\s*([\d ]+\d)/.exec((await bureau.locator('main').innerText()).replaceAll(' ', ' ')) ?? [];
  matricule = matricule.replaceAll(' ', '');
  t = await tablette(nav);
  await preparer(t.page, serveur.url, 'karim', '/tour/nuit');
  await t.page.goto(`${serveur.url}/urgence`);
  await pret(t.page);
}, { timeout: 240_000 });
after(async () => {
  await hopital?.partir();
  await nav?.close();
  await serveur?.effacer();
  await operateur?.arreter();
});

test('03:12, no network: the fall, the call, the DLU asked for, the departure', { skip, timeout: DELAI }, async () => {
  const { page, ctx } = t;
  await ctx.setOffline(true);
  await page.locator('#urgence-qui').fill(PERSONNE.chambre);
  await page.locator('.urgence-liste a:visible').first().tap();
  await page.locator('.urgence[data-resident]').waitFor();
  await page.getByRole('button', { name: 'Chute', exact: true }).tap();
  await page.getByRole('button', { name: "Noter l'appel" }).tap();
  await page.getByRole('button', { name: 'Ambulance', exact: true }).tap();
  await page.getByRole('button', { name: new RegExp(`Envoyer le DLU.*${CORRESPONDANT.split(' (')[0]}`) }).tap();
  await page.getByRole('button', { name: "Départ à l'hôpital" }).tap();
  await attente(page, 5);
  assert.equal(await page.locator('[data-chronologie] li', { hasText: 'en attente d’envoi' }).count(), 5);
  await garder(page, '1-sans-reseau');
});

test('the network is back: the DLU is in the mailbox of the hospital, whole and valid', { skip, timeout: 3 * DELAI }, async (essai) => {
  const depart = Date.now();
  await t.ctx.setOffline(false);
  await t.page.evaluate(() => dispatchEvent(new Event('online')));
  const { le, mail } = await hopital.prochain(DELAI / 2).catch(async (erreur) => {
    await bureau.goto(`${serveur.url}/liaisons/envois`);
    await bureau.locator('main a[href*="/envois/"]').first().click();
    await bureau.waitForURL(/envois\/./);
    throw new Error(`${erreur.message}\n${await bureau.locator('main').innerText()}`);
  });
  essai.diagnostic(`du retour du réseau à la boîte de l’hôpital : ${le - depart} ms`);
  assert.match(mail.subject ?? '', /^XDM\/1\.0\/DDM\+.*SOURCIVAL/);
  const colis = mail.attachments.find(({ filename }) => /\.zip$/i.test(filename ?? ''));
  assert.ok(colis, mail.attachments.map(({ filename }) => filename).join(', '));
  const zip = operateur.fichier('dlu.zip');
  await writeFile(zip, colis.content);
  essai.diagnostic((await juger('xdm.py', [zip])).trim().split('\n').at(-1) ?? '');
  await attente(t.page, 0);
  await garder(t.page, '2-avant');
  await t.page.getByText(/DLU envoyé/).first().waitFor({ timeout: DELAI / 2 });
  await garder(t.page, '2-dlu-envoye');
});

/** The hospital's clock, which is that of the story: as HL7 writes instants. */
const heure = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short', timeStyle: 'medium' }).format(Date.now() + serveur.ancre).replaceAll(/\D/g, '');

/** A movement as the hospital's administrative software says it. @param {string} evenement @param {string} numero */
function adt(evenement, numero) {
  const quand = heure();
  const { nom, utilise, prenom, naissance, sexe } = PERSONNE;
  return [
    `MSH|^~\\&|GAM|ROCHE-CLAIRE|DUI|GENETS|${quand}||ADT^${evenement}|${numero}|T|2.5^FRA^2.11|||||FRA|UNICODE UTF-8|FR`,
    `EVN||${quand}||||${quand}`,
    `PID|1||77001^^^ROCHE-CLAIRE&750000999&M^PI~${matricule}^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.11&ISO^INS||${nom}^${prenom}^${prenom}^^^^L~${utilise}^${prenom}^^^^^D||${naissance}|${sexe}|||^^^^^^BDL^^00102|||||||||||||||||||||VALI`,
    'PV1|1|I|ORTHO^12^B^ROCHE-CLAIRE&750000999&M||||||||||||||||26-1^^^ROCHE-CLAIRE&750000999&M^VN',
    `ZBE|${numero}^GAM|${quand}||INSERT|N||Orthopédie^^^^^ROCHE-CLAIRE&750000999&M^UF^^^2210||HMS`,
  ].join('\r');
}

/** Asks a page until it says something. @param {string} chemin @param {RegExp} quoi */
async function dit(chemin, quoi) {
  await attendreQue(async () => {
    await bureau.goto(serveur.url + chemin);
    return quoi.test((await bureau.locator('main').innerText()).replaceAll(' ', ' '));
  }, DELAI / 2, `${chemin} dit ${quoi}`);
}

test('the hospital announces the admission: acknowledged, and the house reads where the person is', { skip, timeout: DELAI }, async () => {
  const dit1 = await hopital.dire(mllp, [adt('A01', 'M-1')]);
  assert.match(dit1, /MSA\|AA/);
  await dit(`${dossier}/hospitalisations`, /Orthopédie/);
  await garder(bureau, '3-hospitalisee');
  await bureau.goto(`${serveur.url}/liaisons/attendus`);
  await bureau.getByText(PERSONNE.utilise).first().waitFor();
  await garder(bureau, '4-attendus');
});

/** The official letter of a discharge, about the person of the story. */
async function lettre() {
  const { nom, utilise, prenom, naissance, sexe } = PERSONNE;
  const officielle = await exemple('cda/examples/LDL-SES_2022.01.xml');
  return officielle
    .replace('<effectiveTime value="20191203133000+0100"/>', `<effectiveTime value="${heure()}+0100"/>`)
    .replaceAll('extension="279035121518989" root="1.2.250.1.213.1.4.10"', `extension="${matricule}" root="1.2.250.1.213.1.4.11"`)
    .replace('<family qualifier="BR">PAT-TROIS</family>', `<family qualifier="BR">${nom}</family>`)
    .replace('<given>DOMINIQUE MARIE-LOUISE</given>', `<given>${prenom}</given>`)
    .replace('<given qualifier="BR">DOMINIQUE</given>', `<given qualifier="BR">${prenom}</given>`)
    .replace('<family qualifier="CL">PAT-TROIS</family>', `<family qualifier="CL">${utilise}</family>`)
    .replace('<given qualifier="CL">DOMINIQUE</given>', `<given qualifier="CL">${prenom}</given>`)
    .replace('<administrativeGenderCode code="F"', `<administrativeGenderCode code="${sexe}"`)
    .replace('<county>51215</county>', '<county>00102</county>')
    .replace('<birthTime value="19790328"/>', `<birthTime value="${naissance}"/>`);
}

test('the discharge letter comes by secure mail: it files itself, its lines are proposed, nothing is awaited any more', { skip, timeout: 2 * DELAI }, async () => {
  const dit2 = await hopital.dire(mllp, [adt('A03', 'M-2')]);
  assert.match(dit2, /MSA\|AA/);
  await hopital.envoyer({ sujet: 'Lettre de liaison à la sortie', texte: 'Bonjour, veuillez trouver la lettre de sortie.', pieces: [{ nom: 'ldl-ses.xml', type: 'text/xml', octets: await lettre() }] });
  await dit(`${dossier}/documents`, /Lettre de liaison/i).catch(async (erreur) => {
    await bureau.goto(`${serveur.url}/liaisons/reception`);
    throw new Error(`${erreur.message}\n${await bureau.locator('main').innerText()}`);
  });
  await garder(bureau, '5-documents');
  await dit(`${dossier}/propositions`, /traitement/i);
  await garder(bureau, '6-propositions');
  await dit('/liaisons/attendus?etat=clos', /Lettre/i);
  await garder(bureau, '7-attendus-fermes');
  await bureau.goto(`${serveur.url}${dossier}/urgence`);
  await garder(bureau, '8-chronologie');
  await bureau.goto(`${serveur.url}/liaisons/interfaces`);
  await garder(bureau, '9-interfaces');
});
