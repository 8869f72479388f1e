// A disk of one's own on a loop device, whose power can be cut: only what was asked to be flushed is found again.

import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { attendreQue } from './navigateur.js';

const faire = (programme, ...args) => execFileSync(programme, args, { stdio: ['ignore', 'ignore', 'pipe'] });

/** An ext4 file system in an image file, in memory when possible. */
export class Disque {
  /** @param {string} taille as `truncate` reads it @returns {Promise<Disque>} rejects where no loop device can be had */
  static async neuf(taille = '400M') {
    const d = new Disque();
    d.dossier = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'grappe-disque-'));
    d.image = join(d.dossier, 'disque.img');
    d.racine = join(d.dossier, 'monte');
    try {
      await mkdir(d.racine);
      faire('truncate', '-s', taille, d.image);
      faire('mkfs.ext4', '-qF', d.image);
      d.monter();
    } catch (cause) {
      await rm(d.dossier, { recursive: true, force: true });
      throw cause;
    }
    return d;
  }

  /** The kernel syncs nothing by itself for ten minutes: what reaches the image was asked for. */
  monter() {
    faire('mount', '-o', 'loop,commit=600', this.image, this.racine);
  }

  /** Flushes everything. */
  synchroniser() {
    faire('sync', '-f', this.racine);
  }

  /**
   * Cuts the power while the browser which lives here runs, and mounts the disk as it is found afterwards.
   * @param {string} profil folder of the browser
   */
  async couper(profil) {
    const groupe = await navigateurDe(profil);
    process.kill(-groupe, 'SIGSTOP');
    const retrouve = join(this.dossier, 'retrouve.img');
    try {
      await copyFile(this.image, retrouve);
    } finally {
      await tuerGroupe(groupe);
    }
    await this.demonter();
    await rm(this.image);
    this.image = retrouve.replace('retrouve', `apres-${Date.now()}`);
    faire('mv', retrouve, this.image);
    this.monter();
    await deverrouillerProfil(profil);
  }

  async demonter() {
    const essai = () => { try { faire('umount', this.racine); return true; } catch { return false; } };
    await attendreQue(essai, 10_000, 'démontage du disque').catch(() => faire('umount', '-l', this.racine));
  }

  async effacer() {
    await this.demonter();
    await rm(this.dossier, { recursive: true, force: true });
  }
}

/**
 * Stops the browser of a profile at once, as a crash does; the disk keeps what the kernel was given.
 * @param {string} profil
 */
export async function tuerNavigateur(profil) {
  await tuerGroupe(await navigateurDe(profil));
  await deverrouillerProfil(profil);
}

/** What a browser killed leaves to say that it runs. @param {string} profil */
async function deverrouillerProfil(profil) {
  for (const nom of await readdir(profil)) if (nom.startsWith('Singleton')) await rm(join(profil, nom), { force: true });
}

/** @param {string} profil @returns {Promise<number>} process group of the browser which was started on this folder */
async function navigateurDe(profil) {
  for (const pid of (await readdir('/proc')).filter((n) => /^\d+$/.test(n))) {
    const mots = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
    if (!mots.includes(`--user-data-dir=${profil}`) || mots.some((m) => m.startsWith('--type='))) continue;
    const etat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const groupe = Number(etat.slice(etat.lastIndexOf(')') + 2).split(' ')[2]);
    if (groupe === Number(pid)) return groupe;
  }
  throw new Error('le navigateur de ce profil ne tourne pas');
}

/** @param {number} groupe */
async function tuerGroupe(groupe) {
  process.kill(-groupe, 'SIGKILL');
  await attendreQue(() => { try { process.kill(-groupe, 0); return false; } catch { return true; } }, 10_000, 'fin du navigateur');
}
