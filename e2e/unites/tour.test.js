// Sending and reading are each done one at a time, and neither waits for the other.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Tour } from '../../terrain/coeur/tour.js';

/** A work whose turns end when told. */
function travail() {
  /** @type {(() => void)[]} */
  const fins = [];
  let ensemble = 0;
  let plus = 0;
  const faire = () => new Promise((oui) => {
    ensemble += 1;
    plus = Math.max(plus, ensemble);
    fins.push(() => { ensemble -= 1; oui(undefined); });
  });
  return { faire, fins, get plus() { return plus; } };
}
const laisser = () => new Promise((r) => { setTimeout(r, 0); });

test('what is asked during a turn is one more turn, begun after the question, never two at once', async () => {
  const t = travail();
  const tour = new Tour(t.faire);
  const un = tour.demander();
  const deux = tour.demander();
  const trois = tour.demander();
  assert.equal(t.fins.length, 1);
  t.fins[0]();
  await un;
  await laisser();
  assert.equal(t.fins.length, 2, 'one more turn for both questions');
  let fini = false;
  void deux.then(() => { fini = true; });
  await laisser();
  assert.equal(fini, false, 'the second question waits for the second turn');
  t.fins[1]();
  await Promise.all([deux, trois]);
  assert.equal(t.plus, 1);
});

test('a turn which fails does not stop the next one', async () => {
  let n = 0;
  const tour = new Tour(async () => { n += 1; if (n === 1) throw new Error('coupé'); });
  const un = tour.demander();
  const deux = tour.demander();
  await assert.rejects(un);
  await deux;
  assert.equal(n, 2);
});
