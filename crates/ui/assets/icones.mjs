// Builds icones.svg from the names of icones.txt.
// Usage: npm pack lucide-static && tar xzf lucide-static-*.tgz && node icones.mjs package/icons
import { readFileSync, writeFileSync, existsSync } from 'node:fs';

const folder = process.argv[2];
if (!folder) throw new Error('usage: node icones.mjs <folder of the Lucide SVG files>');
const here = new URL('.', import.meta.url);
const names = readFileSync(new URL('icones.txt', here), 'utf8').split('\n').filter(Boolean);
const missing = names.filter((name) => !existsSync(`${folder}/${name}.svg`));
if (missing.length > 0) throw new Error(`not in Lucide: ${missing.join(', ')}`);
const symbols = names.map((name) => {
  const source = readFileSync(`${folder}/${name}.svg`, 'utf8');
  const body = source.slice(source.indexOf('>', source.indexOf('<svg')) + 1, source.lastIndexOf('</svg>'));
  return `<symbol id="${name}" viewBox="0 0 24 24">${body.replace(/\s*\n\s*/g, '').replace(/ \/>/g, '/>')}</symbol>`;
});
writeFileSync(new URL('icones.svg', here), `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join('\n')}\n</svg>\n`);
