// A screen which needs the network: says so, and what works without it.

import { h, icone } from '../dom.js';
import { contenu, laTablette } from '../gestes/contexte.js';

const MARCHE = [['/urgence', 'siren', 'Urgence : appeler le 15'], ['/tour/soins', 'bath', 'Tour de soins'], ['/tour/nuit', 'moon', 'Tour de nuit'], ['/residents', 'users', 'Résidents'],
  ['/transmissions/nouvelle', 'message-square', 'Écrire une transmission'], ['/mes-saisies', 'cloud-upload', 'Mes saisies']];

/** Draws the page. */
export function horsLigne() {
  const { poste } = laTablette();
  const bande = contenu().querySelector('grappe-reseau') ?? document.createElement('grappe-reseau');
  contenu().replaceChildren(bande, h('div', { class: 'pile' }, h('h1', {}, 'Cet écran demande le réseau'),
    h('p', {}, 'Vos saisies sont gardées. L’écran s’ouvrira dès que le réseau revient.'),
    h('div', { class: 'boutons' }, h('button', { type: 'button', class: 'bouton bouton--principal', onclick: () => location.reload() }, icone('refresh-cw'), 'Réessayer')),
    poste ? h('section', { class: 'bloc' }, h('div', { class: 'bloc-entete' }, h('h2', {}, 'Ce qui marche sans réseau')),
      h('div', { class: 'bloc-corps' }, h('ul', { class: 'liste' }, MARCHE.map(([href, signe, mot]) => h('li', {},
        h('a', { class: 'liste-ligne', href }, icone(signe), h('span', { class: 'liste-texte' }, mot)))))))
      : h('p', {}, 'Ce poste n’est pas préparé pour travailler sans réseau. Quand il revient : menu de votre nom, puis « Préparer ce poste ».')));
  document.title = 'Hors ligne · Grappe';
  document.body.dataset.terrain = 'hors-ligne';
}
