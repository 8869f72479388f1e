// Transfers in progress between two houses, a record of another software, a reader of the SAMU: what only an exchange brings.

import { MOT_DE_PASSE } from './serveur.js';

const ID = '[0-9a-f]{8}-[0-9a-f-]{27}';

/** @typedef {import('playwright-core').BrowserContext} Contexte */

/** @param {Contexte} ctx @param {string} adresse */
const lire = async (ctx, adresse) => (await ctx.request.get(adresse)).text();

/** Sends a form, follows nothing. @param {Contexte} ctx @param {string} adresse @param {Record<string, string>} form */
const poster = (ctx, adresse, form) => ctx.request.post(adresse, { form, maxRedirects: 0, headers: { origin: new URL(adresse).origin } });

/** @param {string} html @param {string} nom */
const cache = (html, nom) => new RegExp(`name="${nom}" value="([^"]+)"`).exec(html)?.[1] ?? '';

/** The words of a page. @param {string} html */
const mots = (html) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

/** Proposes a transfer to a house. @param {Contexte} ctx @param {string} url @param {string} resident @param {string} maison */
async function proposer(ctx, url, resident, maison) {
  const html = await lire(ctx, `${url}${resident}/transfert`);
  const vers = new RegExp(`<option value="(${ID})">${maison}`).exec(html)?.[1] ?? '';
  const jour = cache(html, 'accord_le');
  const lu = await poster(ctx, `${url}${resident}/transfert`, { id: cache(html, 'id'), vers, prevu_le: jour, raison: 'rapprochement', precision: 'Sa fille habite à côté.', accord: 'personne', accord_le: jour });
  if (lu.status() !== 303) throw new Error(`transfert : ${lu.status()} ${mots(await lu.text())}`);
  const [resume] = new RegExp(`${resident}/transfert/${ID}/resume`).exec(await lire(ctx, `${url}${resident}/transfert`)) ?? [];
  return { resume, id: cache(html, 'id') };
}

/** Exports a record as another software would, and receives it; gives the address of what was received. @param {Contexte} ctx @param {string} url @param {string} resident */
async function recevoirDossier(ctx, url, resident) {
  const id = cache(await lire(ctx, `${url}${resident}/export-dui`), 'id');
  const fait = await poster(ctx, `${url}${resident}/export-dui`, { id, geste: 'garder' });
  if (fait.status() !== 303) throw new Error(`export : ${fait.status()} ${mots(await fait.text())}`);
  const fichier = await ctx.request.get(`${url}${resident}/documents/${id}/fichier`);
  const recu = await ctx.request.post(`${url}/transferts/entrants`, {
    multipart: { fichiers: { name: 'dossier.json', mimeType: 'application/fhir+json', buffer: await fichier.body() } },
    maxRedirects: 0, headers: { origin: url },
  });
  if (recu.status() !== 303) throw new Error(`dossier reçu : ${recu.status()} ${mots(await recu.text())}`);
  return recu.headers().location;
}

/**
 * A transfer which comes from another house and is accepted, one which leaves, a record of another software.
 * @param {string} url @param {(qui: string) => Promise<Contexte>} entrer @param {Contexte} idec of Les Genêts @param {string[]} tous residents there
 */
export async function preparerTransferts(url, entrer, idec, tous) {
  const julie = await entrer('julie.bellorausse');
  const [qui] = new RegExp(`/residents/${ID}`).exec(await lire(julie, `${url}/residents`)) ?? [];
  if (!qui) throw new Error('personne dans l’autre maison');
  await proposer(julie, url, qui, 'Les Genêts');
  await julie.close();
  const depart = await proposer(idec, url, tous[3], 'Le Clos');
  const [arrivee] = new RegExp(`/transferts/${ID}`).exec(await lire(idec, `${url}/transferts`)) ?? [];
  const entrant = await recevoirDossier(idec, url, tous[4]);
  return [`${tous[3]}/transfert`, depart.resume, arrivee, `${arrivee}/resume`, entrant].filter((adresse) => adresse !== undefined);
}

/** « 13 févr. 1933 » as 13/02/1933. @param {string} texte */
function jour(texte) {
  const MOIS = ['janv', 'févr', 'mars', 'avr', 'mai', 'juin', 'juil', 'août', 'sept', 'oct', 'nov', 'déc'];
  const [, j, m, a] = /(\d{1,2})(?:er)?\s+([a-zéû]+)\.?\s+(\d{4})/.exec(texte) ?? [];
  const rang = MOIS.findIndex((mois) => m?.startsWith(mois)) + 1;
  return `${j?.padStart(2, '0')}/${String(rang).padStart(2, '0')}/${a}`;
}

/**
 * A new account of a regulator, and the DLU of a resident open for the one of the demonstration.
 * @param {string} url @param {(qui: string) => Promise<Contexte>} entrer @param {() => Promise<Contexte>} anonyme @param {Contexte} idec @param {string} resident
 * @returns {Promise<string>} the address of the document
 */
export async function preparerLecteur(url, entrer, anonyme, idec, resident) {
  const admin = await entrer('admin');
  const bon = await (await poster(admin, `${url}/admin/lecteurs`, { organisation: 'SAMU 63', nature: 'samu', prenom: 'Léa', nom: 'Régulival', fonction: 'médecin régulateur' })).text();
  await admin.close();
  const [identifiant, provisoire] = [...bon.matchAll(/<code>([^<]+)<\/code>/g)].map(([, code]) => code);
  const lea = await anonyme();
  await poster(lea, `${url}/connexion`, { identifiant, mot_de_passe: provisoire });
  await poster(lea, `${url}/compte/mot-de-passe`, { nouveau: MOT_DE_PASSE, encore: MOT_DE_PASSE });
  await lea.close();
  const identite = mots(await lire(idec, `${url}${resident}/identite`));
  const [, nom, naissance] = /Nom de naissance (.+?) Prénoms de naissance .*? Né\(?e?\)? le (.+?) Sexe/.exec(identite) ?? [];
  const samu = await entrer('samu');
  const ouvert = await poster(samu, `${url}/lecture`, { nom, naissance: jour(naissance ?? ''), motif: 'regulation' });
  await samu.close();
  if (ouvert.status() !== 303) throw new Error(`lecture de ${nom}, ${naissance} : ${ouvert.status()} ${mots(await ouvert.text())}`);
  return ouvert.headers().location;
}
