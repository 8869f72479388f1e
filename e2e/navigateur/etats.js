// Records in states which three days of demonstration do not hold, made by the acts which lead there.

import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { recevoirLettre } from './lettre.js';
import { preparerLecteur, preparerTransferts } from './liaison.js';
import { BINAIRE } from './serveur.js';

const IMAGE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC', 'base64');
const ID = '[0-9a-f]{8}-[0-9a-f-]{27}';

/** @typedef {import('playwright-core').BrowserContext} Contexte */

/** A page as text. @param {Contexte} ctx @param {string} adresse */
async function lire(ctx, adresse) {
  return (await ctx.request.get(adresse)).text();
}

/** Sends a form; gives where it leads. @param {Contexte} ctx @param {string} adresse @param {Record<string, string>} champs */
async function envoyer(ctx, adresse, champs) {
  const reponse = await ctx.request.post(adresse, { form: champs, maxRedirects: 0, headers: { origin: new URL(adresse).origin } });
  if (reponse.status() !== 303) throw new Error(`${adresse} : ${reponse.status()} ${(await reponse.text()).replace(/<[^>]+>/g, ' ').slice(0, 400)}`);
  return reponse.headers().location;
}

/** Addresses of residents on a page. @param {string} html */
export const residents = (html) => [...new Set([...html.matchAll(new RegExp(`"(/residents/${ID})["?/]`, 'g'))].map(([, un]) => un))];

/** A request of admission. @param {Contexte} ctx @param {string} url */
async function admission(ctx, url) {
  const html = await (await ctx.request.post(`${url}/residents/nouveau`, { form: { naissance: '1938-04-02', debut_nom: 'ESSAYAN' }, headers: { origin: url } })).text();
  const cache = (/** @type {string} */ nom) => new RegExp(`name="${nom}" value="([^"]*)"`).exec(html)?.[1] ?? '';
  return envoyer(ctx, `${url}/residents/nouveau`, {
    etape: 'creer', id: cache('id'), vus: cache('vus'), nom_naissance: 'ESSAYAN', prenoms_naissance: 'OCTAVIE', naissance: '02/04/1938', sexe: 'F', genre: 'permanent',
  });
}

/** A document in the record of a resident; gives its address. @param {Contexte} ctx @param {string} url @param {string} resident */
async function document(ctx, url, resident) {
  const html = await lire(ctx, `${url}${resident}/documents/deposer`);
  const type = /<select[^>]*name="type"[^]*?<option value="([^"]+)"/.exec(html)?.[1] ?? '';
  const id = /name="id" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const reponse = await ctx.request.post(`${url}${resident}/documents`, {
    multipart: { id, type, titre: 'Carte de mutuelle', fichiers: { name: 'carte.png', mimeType: 'image/png', buffer: IMAGE } },
    headers: { origin: url },
  });
  if (!reponse.ok()) throw new Error(`document : ${reponse.status()} ${(await reponse.text()).replace(/<[^>]+>/g, ' ').slice(0, 300)}`);
  const [trouve] = new RegExp(`${resident}/documents/${ID}`).exec(await lire(ctx, `${url}${resident}/documents`)) ?? [];
  if (!trouve) throw new Error('le document déposé n’est pas dans le dossier');
  return trouve;
}

/** A record opened by exception; gives the resident. @param {Contexte} ctx @param {string} url @param {string[]} tous */
async function briser(ctx, url, tous) {
  const fermes = [];
  for (const resident of tous) {
    if ((await ctx.request.get(`${url}${resident}`)).status() === 403) fermes.push(resident);
    if (fermes.length === 2) break;
  }
  const [brise, ferme] = fermes;
  await envoyer(ctx, `${url}${brise}/bris-de-glace`, { motif: 'urgence_vitale' });
  return { brise, ferme };
}

/** An entry of the medical file, and an emergency with its departure; gives the entry. @param {Contexte} ctx @param {string} url @param {string} resident */
async function urgence(ctx, url, resident) {
  const formulaire = await lire(ctx, `${url}${resident}/medical/nouveau?nature=traitement`);
  const [, action] = new RegExp(`action="(${resident}/medical/${ID})"`).exec(formulaire) ?? [];
  await envoyer(ctx, `${url}${action}`, { nature: 'traitement', libelle: 'Apixaban 2,5 mg', detail: 'matin et soir', a_risque: 'on' });
  await envoyer(ctx, `${url}${resident}/urgence/etape`, { quoi: 'motif', motif: 'malaise' });
  await envoyer(ctx, `${url}${resident}/urgence/depart`, { hopital: 'CH de Val-Brumeux' });
  return action;
}

/** A sending asked for, which waits for an operator; gives its address. @param {Contexte} ctx @param {string} url @param {string} resident */
async function envoi(ctx, url, resident) {
  const html = await lire(ctx, `${url}${resident}/envois/nouveau`);
  const valeur = (/** @type {string} */ nom) => new RegExp(`name="${nom}" value="([^"]+)"`).exec(html)?.[1] ?? '';
  const id = valeur('id');
  await envoyer(ctx, `${url}${resident}/envois`, { id, documents: valeur('documents'), 'destinataire-0': 'essai@hopital.demo.mssante.fr', message: 'Bonne lecture' });
  return `${resident}/envois/${id}`;
}

/**
 * Makes the states, each by who may.
 * @param {import('./serveur.js').Serveur} serveur @param {(qui: string) => Promise<Contexte>} entrer @param {() => Promise<Contexte>} anonyme
 * @returns {Promise<Record<string, string[]>>} addresses to be walked, by profile
 */
export async function preparerEtats(serveur, entrer, anonyme) {
  const [idec, ide, admissions] = await Promise.all(['idec', 'nadia', 'quentin.vezovillonde'].map(entrer));
  const { url } = serveur;
  const tous = residents(await lire(idec, `${url}/residents`));
  const depose = await document(idec, url, tous[0]);
  const traitement = await urgence(idec, url, tous[1]);
  const { lignes, une } = await recevoirLettre(idec, url, tous[1]);
  const envoye = await envoi(idec, url, tous[1]);
  const echanges = await preparerTransferts(url, entrer, idec, tous);
  const lecture = await preparerLecteur(url, entrer, anonyme, idec, tous[1]);
  const suivi = await admission(admissions, url);
  const { brise, ferme } = await briser(ide, url, tous);
  const lettre = join(serveur.dossier, 'lettre.png');
  await writeFile(lettre, IMAGE);
  execFileSync(BINAIRE, ['receive', '--demo', '--data', serveur.dossier, lettre]);
  await Promise.all([idec, ide, admissions].map((ctx) => ctx.close()));
  const identifiant = (/** @type {string} */ resident) => resident.split('/').pop();
  return {
    idec: [depose, traitement, lignes, une, envoye, ...echanges, `/admin/ins/fusion?a=${identifiant(tous[0])}&b=${identifiant(tous[1])}`],
    ide: [`${ferme}/bris-de-glace`, `${brise}/bris-de-glace/ouvert`],
    admissions: [suivi],
    lecteur_urgence: [lecture],
    secretaire: ['/liaisons/reception', `/admin/ins/fusion?a=${identifiant(tous[0])}&b=${identifiant(tous[1])}`],
  };
}
