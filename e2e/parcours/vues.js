// Sample pages for the browser runs, with the markup contract of the bedside application (terrain/CONTRAT.md). Fictitious people.

export const ETABLISSEMENT = '018f0000-0000-7000-8000-000000000001';
export const GENS = {
  sophie: { id: '018f0000-0000-7000-8000-000000000084', nom: 'VARENNE', prenom: 'Sophie', initiales: 'SV', profession: 'AS' },
  karim: { id: '018f0000-0000-7000-8000-000000000085', nom: 'ADJANI', prenom: 'Karim', initiales: 'KA', profession: 'AS' },
};
export const nomDe = (id) => { const g = Object.values(GENS).find((x) => x.id === id); return g ? `${g.prenom} ${g.nom[0]}.` : 'quelqu’un'; };

const RESIDENTS = [
  { id: '018f0000-0000-7000-8000-000000000214', nom: 'BRUMELLE, Marguerite (Mme)', chambre: '214', age: 90, gir: 2 },
  { id: '018f0000-0000-7000-8000-000000000215', nom: 'CHANTARAUDE, Lucien (M.)', chambre: '215', age: 84, gir: 4 },
  { id: '018f0000-0000-7000-8000-000000000216', nom: 'ZÉPHIRIN, Odette (Mme)', chambre: '216', age: 93, gir: 1 },
];
const SOINS = [
  { cle: 'toilette', nom: 'Toilette au lavabo, aide partielle', detail: 'Installer au bord du lit, laisser laver le visage', signe: 'bath', groupe: true, theme: 'hygiene' },
  { cle: 'escarre', nom: 'Prévention d’escarre : talons', detail: '', signe: 'bed-single', groupe: true, theme: 'peau' },
  { cle: 'hydratation', nom: 'Hydratation : 200 mL eau gélifiée', detail: '450/1 500 mL', signe: 'glass-water', groupe: true, theme: 'hydratation' },
  { cle: 'pesee', nom: 'Pesée mensuelle', detail: 'Dernier 52,4 kg le 20 oct.', signe: 'scale', mesure: true, theme: 'alimentation' },
];
const ic = (n, c = 'icone') => `<svg class="${c}" aria-hidden="true" focusable="false" width="24" height="24"><use href="/s/icones.svg#${n}"></use></svg>`;

function soin(r, s, pair) {
  const cible = `${r.id}:${s.cle}`;
  const fait = pair.etats.get(cible);
  const h = fait ? new Date(fait.fait_a).toLocaleTimeString('fr-FR', { hour: '2-digit', minute: '2-digit' }) : '';
  const mesure = s.mesure ? ' data-mesure="poids" data-unite="kg" data-dernier="52,4" data-dernier-le="20 oct." data-min="30" data-max="120" data-decimales="1"' : '';
  return `<div class="ligne-soin" data-ligne><form method="post" action="/tour/soins/valider">
    <span hidden data-soin="${cible}" data-resident="${r.id}" data-libelle="${s.nom}" data-signe="${s.signe}" data-theme="${s.theme}" data-etat="${fait ? fait.donnees.issue : 'a_faire'}"${s.groupe ? ' data-groupe' : ''}${mesure}></span>
    <button type="submit" class="coche${fait ? ' coche--fait' : ''}" data-coche>${ic(fait ? 'check' : s.signe, 'icone icone--grande')}<span class="lecteur">${s.nom}, ${fait ? 'fait' : 'à faire'}</span></button></form>
    <div class="ligne-soin-texte"><p class="ligne-soin-nom">${s.nom}</p><p class="ligne-soin-detail">${s.detail}</p></div>
    <div class="ligne-soin-etat">${fait ? `<span class="puce puce--fait">${ic('check')}fait ${h} · ${nomDe(fait.auteur)}</span>` : ''}</div>
    <a class="bouton bouton--discret bouton--icone" href="/tour/soins/preciser?soin=${cible}">${ic('ellipsis')}<span class="lecteur">Préciser : ${s.nom}</span></a></div>`;
}

const carte = (r, pair) => `<article class="carte-resident" aria-label="${r.nom}" data-resident="${r.id}">
  <div class="carte-resident-tete"><span class="photo" aria-hidden="true">${r.nom[0]}</span><div class="carte-resident-id"><h3 class="carte-resident-nom"><a href="/residents/${r.id}">${r.nom}</a></h3>
  <ul class="traits"><li><strong>Ch. ${r.chambre}</strong></li><li>${r.age} ans</li><li>GIR ${r.gir}</li></ul></div></div>
  <div class="carte-resident-corps">${SOINS.map((s) => soin(r, s, pair)).join('')}</div>
  <div class="carte-resident-pied"><button type="button" class="bouton bouton--valider" data-tout-fait>${ic('check')}Tout est fait (<span data-nombre>3</span>)</button>
  <a class="bouton" href="/transmissions/nouvelle?resident=${r.id}">${ic('message-square')}Transmission</a>
  <button type="button" class="bouton" data-refus-absent>${ic('ban')}Refus ou absent</button></div></article>`;

const TETE = (titre, phrase) => `<div class="entete-page"><div class="entete-page-titre"><h1>${titre}</h1><p>${phrase}</p></div></div>`;

const transmission = `${TETE('Transmission', 'Un résident, un thème, une phrase')}<form class="formulaire" method="post" action="/transmissions" data-operation="transmission.creer" data-libelle="Transmission" data-phrase="Transmission enregistrée." data-suite="/tour/soins">
  <div class="champ"><label for="resident">Résident</label><select class="saisie" id="resident" name="resident" required>${RESIDENTS.map((r) => `<option value="${r.id}">${r.nom}, ch. ${r.chambre}</option>`).join('')}</select></div>
  <fieldset class="champ"><legend>Cible</legend><div class="choix">${['douleur', 'chute', 'peau', 'comportement', 'alimentation', 'hygiene'].map((t) => `<label class="choix-puce"><input type="radio" name="theme" value="${t}" required><span>${t}</span></label>`).join('')}</div></fieldset>
  <div class="champ"><label for="donnees">Ce que je vois ou entends</label><textarea class="saisie" id="donnees" name="donnees" required></textarea></div>
  <div class="boutons"><button type="button" class="bouton bouton--petit" data-amorce="se plaint de">se plaint de</button></div>
  <div class="boutons"><button type="submit" class="bouton bouton--principal">Enregistrer</button></div></form>`;

const nuit = `${TETE('Nuit', 'toute la maison · équipe de 7')}<form class="rangee" data-aller-chambre method="get" action="/residents"><div class="champ"><label for="chambre">Aller à la chambre</label><input class="saisie saisie--court" id="chambre" name="chambre" inputmode="numeric"></div><button class="bouton" type="submit">Ouvrir</button></form>
  <section class="bloc" data-ronde="2026-11-21:n2:03" data-libelle="Volcans N2"><div class="bloc-entete"><h2>Volcans N2</h2><span><span data-faits>0</span>/3 vus</span><button type="button" class="bouton" data-ras-sauf>Tout RAS sauf…</button></div>
  <ul class="bloc-corps liste">${RESIDENTS.map((r) => `<li class="liste-ligne" data-ronde-resident="${r.id}" data-nom="${r.nom.split(',')[0]}" data-chambre="${r.chambre}"><span class="liste-texte">${r.chambre} ${r.nom}</span><span data-ronde-etat></span><button type="button" class="bouton bouton--petit" data-ras>RAS<span class="lecteur"> ${r.nom}</span></button></li>`).join('')}</ul></section>`;

const residents = `${TETE('Résidents', '3 résidents')}<div class="champ"><label for="q">Chercher</label><input class="saisie" id="q" data-filtre="#liste-residents"></div><p data-filtre-compte role="status"></p>
  <ul class="liste" id="liste-residents">${RESIDENTS.map((r) => `<li data-cherche="${r.nom} ${r.chambre}"><a class="liste-ligne" href="/residents/${r.id}"><span class="liste-texte"><span class="liste-titre">${r.nom}</span><span class="liste-detail">ch. ${r.chambre}</span></span></a></li>`).join('')}</ul>`;

const dossier = (r) => `${TETE(r.nom, `ch. ${r.chambre}`)}<section class="bloc" data-sensible><div class="bloc-entete"><h2>Synthèse</h2></div><div class="bloc-corps"><p>Préfère la toilette après 8 h 30.</p></div></section>
  <form class="formulaire" data-operation="constante.ajouter" data-resident="${r.id}" data-libelle="Température" data-phrase="Température enregistrée." method="post" action="/constantes"><input type="hidden" name="type" value="temperature">
  <div class="champ"><label for="t">Température (°C)</label><input class="saisie saisie--court" id="t" name="valeur" inputmode="decimal" data-mesure data-min="34" data-max="40" data-dernier="36,8" data-unite="°C" data-ecart="1,5"></div><button type="submit" class="bouton bouton--principal">Enregistrer</button></form>`;

export const pages = () => ({
  '/accueil': `${TETE('Bonjour', 'samedi 21 nov.')}<p><a href="/tour/soins">Mon tour</a></p>`,
  '/tour/soins': `${TETE('Tour de soins', 'Volcans · 3 résidents')}<div data-avancement><p><span data-faits>0</span> soins faits sur 12</p><progress max="12" value="0" aria-label="Avancement du tour"></progress></div><h2 class="lecteur">Résidents du tour</h2><div class="pile" data-fragments="tour-soins/"></div>`,
  '/tour/nuit': nuit, '/transmissions/nouvelle': transmission, '/residents': residents,
  ...Object.fromEntries(RESIDENTS.map((r) => [`/residents/${r.id}`, dossier(r)])),
});

/** The page with its fragments inside, as the server sends it. */
export const remplie = (html, pair) => html.replace(/(<div[^>]*data-fragments="tour-soins\/"[^>]*>)/, (_, d) =>
  d + RESIDENTS.map((r) => carte(r, pair).replace('<article ', `<article data-fragment="tour-soins/${r.id}" `)).join(''));

export function instantane(pair) {
  const a = new Date().toISOString();
  return [
    ...Object.entries(pages(pair)).map(([p, html]) => ({ t: 'f', c: p === '/accueil' ? 'perso' : 'vie', cle: `page:${p}`, a, v: '1', html })),
    ...RESIDENTS.map((r) => ({ t: 'f', c: 'soins', cle: `tour-soins/${r.id}`, ordre: r.chambre, a, v: '1', html: carte(r, pair) })),
    ...RESIDENTS.map((r) => ({ t: 'd', c: 'vie', cle: `resident/${r.id}`, ordre: r.chambre, a, v: '1', d: { id: r.id, nom: r.nom, chambre: r.chambre } })),
  ];
}

const lien = (href, n, mot) => `<a class="barre-basse-lien" href="${href}">${ic(n)}<span>${mot}</span></a>`;

export function page(compte, contenu) {
  return `<!doctype html><html lang="fr" data-theme="clair"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="grappe-icones" content="/s/icones.svg"><title>Grappe</title><link rel="stylesheet" href="/s/grappe.css"><link rel="stylesheet" href="/terrain/terrain.css">
<script type="module" src="/terrain/app.js"></script></head><body${compte ? ` data-utilisateur="${compte}"` : ''}>
<a class="evitement" href="#contenu">Aller au contenu</a><div class="app"><header class="app-barre"><strong>Les Genêts</strong></header><main class="principal" id="contenu" tabindex="-1" data-unites="volcans"><grappe-reseau></grappe-reseau>${contenu}</main></div>
<nav class="barre-basse" aria-label="Principale">${lien('/accueil', 'house', 'Accueil')}${lien('/tour/soins', 'list-checks', 'Tour')}${lien('/residents', 'users', 'Résidents')}${lien('/mes-saisies', 'cloud-upload', 'Saisies')}${lien('/verrou', 'lock', 'Verrou')}</nav>
<div class="toasts" id="toasts" role="status" aria-live="polite"></div></body></html>`;
}
