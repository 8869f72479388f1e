// The cable between a tablet and the server: everything of the browser goes through it, service worker included.

import { connect, createServer } from 'node:net';

export class Cable {
  /** @param {number} port of the server @returns {Promise<Cable>} */
  static async neuf(port) {
    const c = new Cable();
    c.coupe = false;
    /** @type {Set<import('node:net').Socket>} */
    c.fils = new Set();
    c.bout = createServer((ici) => {
      if (c.coupe) { ici.destroy(); return; }
      const la_bas = connect(port, '127.0.0.1');
      for (const [fil, autre] of [[ici, la_bas], [la_bas, ici]]) {
        c.fils.add(fil);
        fil.on('error', () => autre.destroy());
        fil.on('close', () => { c.fils.delete(fil); autre.destroy(); });
        fil.pipe(autre);
      }
    });
    await new Promise((r) => { c.bout.listen(0, '127.0.0.1', r); });
    c.url = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (c.bout.address()).port}`;
    return c;
  }

  couper() {
    this.coupe = true;
    for (const fil of this.fils) fil.destroy();
  }

  retablir() {
    this.coupe = false;
  }

  retirer() {
    this.couper();
    this.bout.close();
  }
}
