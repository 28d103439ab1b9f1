import { Unavailable } from '@homeward/http';
import type { FastifyInstance } from 'fastify';
import { readFileSync } from 'node:fs';
import { mergeDocuments, type Document } from './merge-documents';
import { SIMULATED_CLOCK } from './simulated-clock.openapi';

const PATIENCE_MS = 3_000;

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Homeward: the API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="api"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>`;

const START = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#api', deepLinking: true, persistAuthorization: true });`;

/** `/openapi.json`, one for all services, and `/docs` to read it and try it. */
export function serveDocumentation(gateway: FastifyInstance, services: Record<string, string>): void {
  const documents = new Map<string, Document>();
  gateway.get('/openapi.json', async () => {
    await Promise.all(
      Object.entries(services).map(async ([service, address]) => {
        documents.set(service, await documentOf(service, address, documents.get(service)));
      }),
    );
    const ofServices = Object.keys(services).map((name) => [name, documents.get(name)!]);
    return mergeDocuments({ ...Object.fromEntries(ofServices), gateway: SIMULATED_CLOCK });
  });
  for (const [path, { type, content }] of Object.entries(readPages())) {
    gateway.get(path, async (_, reply) => reply.header('cache-control', 'max-age=3600').type(type).send(content));
  }
}

/** Swagger UI comes with us: a page that fetches scripts from elsewhere would tell that it was read. */
function readPages(): Record<string, { type: string; content: string | Buffer }> {
  const asset = (file: string): Buffer => readFileSync(require.resolve(`swagger-ui-dist/${file}`));
  return {
    '/docs': { type: 'text/html; charset=utf-8', content: PAGE },
    '/docs/start.js': { type: 'text/javascript; charset=utf-8', content: START },
    '/docs/swagger-ui.css': { type: 'text/css; charset=utf-8', content: asset('swagger-ui.css') },
    '/docs/swagger-ui-bundle.js': {
      type: 'text/javascript; charset=utf-8',
      content: asset('swagger-ui-bundle.js'),
    },
  };
}

/** A service that is down keeps its place in the document as it was last known. */
async function documentOf(service: string, address: string, known?: Document): Promise<Document> {
  try {
    const response = await fetch(`${address}/openapi.json`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!response.ok) throw new Error(`${service} answers ${response.status}`);
    return (await response.json()) as Document;
  } catch {
    if (known) return known;
    throw new Unavailable(service);
  }
}
