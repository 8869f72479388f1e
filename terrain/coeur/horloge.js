// Time of the device, measured against the server's.

/** @typedef {import('../types').Horloge} Horloge */

/** A jump of the wall clock above this, against the monotonic one, makes hours doubtful (milliseconds). */
export const SAUT_MAX = 120_000;

/** @type {Horloge} */
export const horlogeSysteme = {
  maintenant: () => Date.now(),
  monotone: () => performance.now(),
};

/** Follows the gap between the device's clock and the server's, and notices when the device's clock is moved. */
export class SuiviHorloge {
  /** @param {Horloge} [horloge] */
  constructor(horloge = horlogeSysteme) {
    this.horloge = horloge;
    /** Device minus server, milliseconds; null before the first contact. @type {number | null} */
    this.decalage = null;
    this.douteuse = false;
    this.repereMur = horloge.maintenant();
    this.repereMono = horloge.monotone();
  }

  /** @returns {number} the device's wall clock, milliseconds */
  maintenant() {
    this.verifier();
    return this.horloge.maintenant();
  }

  /** @returns {number} the server's hour as well as it is known, milliseconds */
  auServeur() {
    return this.maintenant() - (this.decalage ?? 0);
  }

  /** Compares the two clocks; a jump stays doubtful until the next answer of the server. @returns {boolean} */
  verifier() {
    const mur = this.horloge.maintenant() - this.repereMur;
    const mono = this.horloge.monotone() - this.repereMono;
    if (Math.abs(mur - mono) > SAUT_MAX) this.douteuse = true;
    return this.douteuse;
  }

  /**
   * Learns from an answer. Its date has a resolution of one second, so the gap does too.
   * @param {string | null} date the `Date` header
   * @param {number} duree milliseconds the request took
   */
  apprendre(date, duree) {
    const serveur = date ? Date.parse(date) : Number.NaN;
    if (Number.isNaN(serveur)) return;
    const mur = this.horloge.maintenant();
    this.decalage = Math.round(mur - (serveur + 500 + duree / 2));
    this.repereMur = mur;
    this.repereMono = this.horloge.monotone();
    this.douteuse = false;
  }
}

/**
 * @param {Date} date
 * @returns {string} ISO 8601 with the device's offset, so that the local hour stays readable: `2026-11-21T08:51:00+01:00`
 */
export function isoLocal(date) {
  const minutes = -date.getTimezoneOffset();
  const local = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, 19);
  const deux = (/** @type {number} */ n) => String(n).padStart(2, '0');
  const ecart = Math.abs(minutes);
  return `${local}${minutes < 0 ? '-' : '+'}${deux(Math.floor(ecart / 60))}:${deux(ecart % 60)}`;
}

/** @param {number | Date} instant @returns {string} `08:05` */
export const heure = (instant) => new Date(instant).toLocaleTimeString('fr-FR', { hour: '2-digit', minute: '2-digit' });

/**
 * The hour to show for an entry: that of the server, whatever the device's clock says.
 * @param {{ fait_a: string, saisi_a: string, horloge_decalage_ms: number }} operation @param {'fait_a' | 'saisi_a'} [champ]
 * @returns {string} `08:05`
 */
export const heureDe = (operation, champ = 'fait_a') => heure(Date.parse(operation[champ]) - operation.horloge_decalage_ms);
