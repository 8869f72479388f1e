import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { GRANDEURS, MOTIFS } from '../../terrain/gestes/referentiels.js';

const lire = async (/** @type {string} */ nom) => readFile(new URL(`../../referentiels/${nom}`, import.meta.url), 'utf8');
/** Tables of a TOML file made of `[[…]]` blocks of plain values. */
const tables = (/** @type {string} */ toml, /** @type {string} */ nom) => toml.split(`[[${nom}]]`).slice(1).map((bloc) =>
  Object.fromEntries([...bloc.matchAll(/^(\w+) = (?:"([^"]*)"|(\S+))$/gm)].map(([, cle, texte, brut]) => [cle, texte ?? brut])));
const FAMILLES = { fait_en_partie: 'fait_partiellement', refuse: 'refus_soin', absent: 'absence_soin', reporte: 'report', non_necessaire: 'non_necessaire' };

test('the reasons of the tablet are those of the house', async () => {
  const motifs = tables(await lire('motifs.toml'), 'motif');
  for (const [issue, famille] of Object.entries(FAMILLES)) {
    const attendus = motifs.filter((m) => m.famille === famille).map((m) => [m.code, m.libelle.replaceAll('\'', '’')]);
    assert.deepEqual(MOTIFS[issue], attendus, issue);
  }
});

test('the quantities of the tablet are those of the house', async () => {
  for (const c of tables(await lire('constantes.toml'), 'constante')) {
    const attendue = [c.libelle.replaceAll('\'', '’'), c.unite, Number(c.decimales), c.plausible_min.replace('.', ','), c.plausible_max.replace('.', ',')];
    assert.deepEqual(GRANDEURS[c.code], attendue, c.code);
  }
});
