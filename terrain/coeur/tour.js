// A work done one at a time: what is asked meanwhile makes one more turn, and waits for it.

/** @template T */
export class Tour {
  /** @param {() => Promise<T>} travail */
  constructor(travail) {
    this.travail = travail;
    /** @type {Promise<T> | null} */
    this.enCours = null;
    /** @type {Promise<T> | null} */
    this.suivant = null;
  }

  /** @returns {Promise<T>} ends with a turn which began after the question, so which saw everything before it */
  demander() {
    if (!this.enCours) return this.partir();
    this.suivant ??= this.enCours.catch(() => undefined).then(() => {
      this.suivant = null;
      return this.enCours ?? this.partir();
    });
    return this.suivant;
  }

  /** @returns {Promise<T>} */
  partir() {
    const enCours = this.travail().finally(() => { if (this.enCours === enCours) this.enCours = null; });
    this.enCours = enCours;
    return enCours;
  }
}
