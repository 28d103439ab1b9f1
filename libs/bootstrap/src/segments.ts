import type { FastifyInstance } from 'fastify';

/** Called before the routes are registered; the answer, called afterwards, throws when one lies outside `segments`. */
export function watchSegments(server: FastifyInstance, segments: readonly string[]): () => void {
  const foreign = new Set<string>();
  server.addHook('onRoute', ({ url }) => {
    if (!segments.includes(url.split('/')[1] ?? '')) foreign.add(url);
  });
  return () => {
    if (foreign.size > 0) throw new Error(`Not in the service's own segments: ${[...foreign].join(', ')}`);
  };
}

/** The gateway routes by the first path segment: two services that claim one could not both be reached. */
export function refuseSharedSegments(definitions: readonly { name: string; segments: readonly string[] }[]): void {
  const owners = new Map<string, string>();
  for (const { name, segments } of definitions) {
    for (const segment of segments) {
      const owner = owners.get(segment);
      if (owner !== undefined) throw new Error(`Both ${owner} and ${name} claim /${segment}`);
      owners.set(segment, name);
    }
  }
}
