// The product itself, started on a free port with a fresh folder; stopped and started again like a real outage.

import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The product. */
export const BINAIRE = process.env.GRAPPE ?? fileURLToPath(new URL('../../target/debug/grappe', import.meta.url));
export const MOT_DE_PASSE = 'les-sources-vives';

/** A port nobody listens on. @returns {Promise<number>} */
export const portLibre = () => new Promise((resoudre) => {
  const s = createServer().listen(0, '127.0.0.1', () => {
    const { port } = /** @type {import('node:net').AddressInfo} */ (s.address());
    s.close(() => resoudre(port));
  });
});

export class Serveur {
  /**
   * Sows a demonstration and serves it.
   * @param {{ jours?: number, maintenant?: string, reglages?: string }} [options] `reglages`: the text of its grappe.toml
   */
  static async neuf({ jours = 3, maintenant, reglages = '' } = {}) {
    const s = new Serveur();
    s.dossier = await mkdtemp(join(tmpdir(), 'grappe-e2e-'));
    await writeFile(join(s.dossier, 'grappe.toml'), reglages);
    s.port = await portLibre();
    s.url = `http://127.0.0.1:${s.port}`;
    s.jours = jours;
    s.ancre = maintenant ? Date.parse(maintenant) - Date.now() : null;
    await s.demarrer(['--neuve']);
    return s;
  }

  async demarrer(plus = []) {
    // The product's clock goes on during an outage: a demonstration which went back in time would be sown again.
    const heure = this.ancre === null ? [] : ['--maintenant', new Date(Date.now() + this.ancre).toISOString()];
    const args = ['demo', '--jours', String(this.jours), ...heure, ...plus, '--listen', `127.0.0.1:${this.port}`, '--data', this.dossier];
    this.processus = spawn(BINAIRE, args, { cwd: this.dossier, stdio: ['ignore', 'ignore', process.env.BAVARD ? 'inherit' : 'ignore'] });
    const fin = Date.now() + 180_000;
    for (;;) {
      if (this.processus.exitCode !== null) throw new Error(`le serveur s’est arrêté (${this.processus.exitCode})`);
      if (await fetch(`${this.url}/etat`).then((r) => r.ok, () => false)) return this;
      if (Date.now() > fin) throw new Error('le serveur ne répond pas');
      await new Promise((r) => { setTimeout(r, 200); });
    }
  }

  /** Stops at once, like a power cut; the folder stays. */
  async arreter(signal = 'SIGKILL') {
    const p = this.processus;
    if (!p || p.exitCode !== null || p.signalCode) return;
    const fini = new Promise((r) => { p.once('exit', r); });
    p.kill(signal);
    await fini;
  }

  async effacer() {
    await this.arreter();
    await rm(this.dossier, { recursive: true, force: true });
  }
}
