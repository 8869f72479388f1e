// An MSSanté operator and the hospital behind it: real mail servers, an independent mail client, the hospital's interface engine.

import { execFile, spawn } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { ImapFlow } from 'imapflow';
import { simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';

const lancer = promisify(execFile);
const SMTPS = 10_465;
const IMAPS = 10_993;
const MOT_DE_PASSE = 'secret';

/** Where the independent validators and peers are. */
const REGLES = process.env.GRAPPE_CHECK ?? fileURLToPath(new URL('../../../shared/check', import.meta.url));
const INTEROP = process.env.GRAPPE_INTEROP ?? fileURLToPath(new URL('../../../shared/interop', import.meta.url));
const PYTHON = process.env.GRAPPE_PYTHON ?? fileURLToPath(new URL('../../target/regles/bin/python', import.meta.url));

export const MAISON = 'dui.ehpad@ehpad-test.mssante.fr';
export const HOPITAL = 'medecin@hopital-test.mssante.fr';

/** Why the operator cannot run here, or false. With CI=true a machine which cannot is a failure. */
export function empeche() {
  const manque = [join(REGLES, 'peers/mss_peer.sh'), PYTHON, '/usr/sbin/postfix', '/usr/sbin/dovecot'].filter((fichier) => !existsSync(fichier));
  if (process.getuid?.() !== 0) manque.push('root');
  if (manque.length === 0) return false;
  // Without the validators beside the repository nothing can be said; with them, the integration must run the story.
  if (process.env.CI === 'true' && existsSync(REGLES)) throw new Error(`opérateur de messagerie : il manque ${manque.join(', ')}`);
  return `opérateur de messagerie : il manque ${manque.join(', ')}`;
}

/** An official example of the standards. @param {string} chemin */
export const exemple = (chemin) => readFile(join(INTEROP, chemin), 'utf8');

/** What a validator says of files: throws its words when it finds an error. @param {string} regle @param {string[]} fichiers */
export async function juger(regle, fichiers) {
  try {
    return (await lancer(PYTHON, [join(REGLES, regle), ...fichiers], { maxBuffer: 1 << 24 })).stdout;
  } catch (erreur) {
    throw new Error(`${regle} : ${erreur.stdout}${erreur.stderr}`);
  }
}

/** Takes the machine's only operator: its ports are fixed, the tests in Rust wait for the same lock. */
async function verrou() {
  const tenu = spawn('flock', ['--no-fork', join(tmpdir(), 'grappe-mss-peer.lock'), 'sh', '-c', 'echo tenu; exec sleep 7200'], { stdio: ['ignore', 'pipe', 'ignore'] });
  await new Promise((oui, non) => { tenu.stdout.once('data', oui); tenu.once('exit', non); });
  return tenu;
}

export class Operateur {
  static async neuf() {
    const o = new Operateur();
    o.verrou = await verrou();
    o.racine = join(tmpdir(), 'grappe-mss-e2e');
    o.pair = join(o.racine, 'pair');
    await rm(o.racine, { recursive: true, force: true });
    await mkdir(o.racine);
    await o.ordonner('start');
    await writeFile(o.fichier('mot-de-passe'), `${MOT_DE_PASSE}\n`);
    return o;
  }

  /** The servers keep what they are given to write in: a file, never a pipe. @param {string} ordre */
  async ordonner(ordre) {
    const journal = openSync(join(this.racine, 'journal'), 'a');
    const p = spawn('bash', [join(REGLES, 'peers/mss_peer.sh'), ordre, this.pair], { stdio: ['ignore', journal, journal] });
    const code = await new Promise((r) => { p.once('exit', r); });
    if (code !== 0) throw new Error(`opérateur, ${ordre} : ${code}\n${await readFile(join(this.racine, 'journal'), 'utf8')}`);
  }

  /** @param {string} nom */
  fichier(nom) { return join(this.racine, nom); }

  /** The settings of a house which is a client of this operator. */
  reglages() {
    const ca = (/** @type {string} */ nom) => JSON.stringify(join(this.pair, 'ca', nom));
    return `[mssante]
smtp = "localhost:${SMTPS}"
imap = "localhost:${IMAPS}"
domaine = "dui.ehpad-test.mssante.fr"
autorites = ${ca('ca.pem')}
certificat = ${ca('dui.pem')}
cle = ${ca('dui.key')}
mot_de_passe = ${JSON.stringify(this.fichier('mot-de-passe'))}
`;
  }

  async arreter() {
    await this.ordonner('stop').catch(() => undefined);
    this.verrou.kill();
    await rm(this.racine, { recursive: true, force: true });
  }
}

/** The hospital: its mailbox, by an ordinary mail client, and its interface engine. */
export class Hopital {
  /** @param {Operateur} operateur */
  static async neuf(operateur) {
    const h = new Hopital();
    const ca = (/** @type {string} */ nom) => readFile(join(operateur.pair, 'ca', nom));
    const tls = { ca: await ca('ca.pem'), cert: await ca('dui.pem'), key: await ca('dui.key') };
    h.operateur = operateur;
    h.smtp = createTransport({ host: 'localhost', port: SMTPS, secure: true, tls });
    h.imap = new ImapFlow({ host: 'localhost', port: IMAPS, secure: true, auth: { user: HOPITAL, pass: MOT_DE_PASSE }, tls, logger: false });
    /** @type {{ le: number, mail: import('mailparser').ParsedMail, octets: Buffer }[]} */
    h.courrier = [];
    await h.imap.connect();
    await h.imap.mailboxOpen('INBOX');
    h.lus = 0;
    h.imap.on('exists', () => { h.arrives ??= Date.now(); });
    return h;
  }

  /** The next mail of the mailbox, and the instant the server announced it. @param {number} delai */
  async prochain(delai) {
    const fin = Date.now() + delai;
    for (;;) {
      const vu = this.arrives;
      if (vu !== undefined) {
        const un = await this.imap.fetchOne(String(this.lus + 1), { source: true });
        if (un) {
          this.lus += 1;
          this.arrives = undefined;
          return { le: vu, octets: un.source, mail: await simpleParser(un.source) };
        }
      }
      if (Date.now() > fin) throw new Error('aucun courrier dans la boîte de l’hôpital');
      // A command ends the waiting of the client: without one it stays in IDLE, where the server speaks.
      await new Promise((r) => { setTimeout(r, 20); });
      if (!this.imap.idling) this.imap.idle().catch(() => undefined);
    }
  }

  /** Sends a letter to the house. @param {{ sujet: string, texte: string, pieces: { nom: string, type: string, octets: Buffer | string }[] }} lettre */
  async envoyer({ sujet, texte, pieces }) {
    await this.smtp.sendMail({
      from: HOPITAL, to: MAISON, subject: sujet, text: texte,
      attachments: pieces.map(({ nom, type, octets }) => ({ filename: nom, contentType: type, content: octets })),
    });
  }

  /** Sends HL7 messages as the hospital's interface engine; gives what it prints of the acknowledgments. @param {number} port @param {string[]} messages */
  async dire(port, messages) {
    const fichiers = await Promise.all(messages.map(async (message, n) => {
      const fichier = this.operateur.fichier(`message-${Date.now()}-${n}.hl7`);
      await writeFile(fichier, message);
      return fichier;
    }));
    return (await lancer(PYTHON, [join(REGLES, 'hl7v2.py'), '--mllp-send', `127.0.0.1:${port}`, ...fichiers])).stdout;
  }

  async partir() {
    this.smtp.close();
    await this.imap.logout().catch(() => undefined);
  }
}
