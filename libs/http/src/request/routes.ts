import type { FastifyInstance } from 'fastify';

/** Answers the methods that a path has, so that a wrong method is told apart from a wrong address. */
export function routesOf(fastify: FastifyInstance): (path: string) => string[] {
  const routes: { path: RegExp; methods: string[] }[] = [];
  fastify.addHook('onRoute', ({ url, method }) => {
    const path = new RegExp(`^${url.replace(/[.+$()]/g, '\\$&').replace(/:[^/]+/g, '[^/]+')}/?$`);
    routes.push({ path, methods: [method].flat() });
  });
  return (path) => [...new Set(routes.flatMap((route) => (route.path.test(path) ? route.methods : [])))].sort();
}
