import { randomUUID } from 'node:crypto';
import { twinWorlds, type TwinWorld } from '../../../e2e/twin-worlds.fixture';
import { PROBES } from '../../../e2e/who-may.asks';
import { allRoutes } from '../../reference/permissions';
import { WHO_MAY } from '../../reference/who-may';
import { quantile } from '../figures';
import { offer } from '../worker';

/** Of another trust: it may call the route, and has nothing to do with the hidden person. */
const ELSEWHERE = 'RZ2';
const serviceOf = new Map(allRoutes().map(({ method, path, service }) => [`${method} ${path}`, service]));
type Client = ReturnType<TwinWorld['services'][string]['as']>;
let worlds: [TwinWorld, TwinWorld];

offer({
  /** Answers the routes that somebody else than a service may call. */
  open: async () => {
    worlds = await twinWorlds();
    return Object.keys(WHO_MAY).filter((name) => roleFor(name) !== undefined);
  },
  /** The medians, in ms, where the hidden person is and where nobody is, of calls in turn. */
  medians: async ({ name, calls }: { name: string; calls: number }): Promise<[number, number]> => {
    const took: [number[], number[]] = [[], []];
    const caller = { sub: randomUUID(), organisation: ELSEWHERE, roles: [roleFor(name)!] };
    const clients = worlds.map(({ services }) => services[serviceOf.get(name)!]!.as(caller)) as [Client, Client];
    for (let call = 0; call < calls; call += 1) {
      for (const side of call % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
        const begin = performance.now();
        await ask(name, worlds[side], clients[side]);
        took[side].push(performance.now() - begin);
      }
    }
    return [quantile(took[0], 0.5), quantile(took[1], 0.5)];
  },
  close: async () => {
    await Promise.all(worlds.map((world) => world.stop()));
  },
});

/** Who breaks the glass is shown whom they ask for: that is entitled (PERM-01). */
function roleFor(name: string) {
  if (name === 'POST /people/{id}/break-glass') return undefined;
  return WHO_MAY[name]!.may.find((role) => role !== 'service' && role !== 'person');
}

async function ask(name: string, { asked }: TwinWorld, client: Client): Promise<void> {
  const { path, body, ifMatch } = PROBES[name]!(asked);
  await (name.startsWith('GET') ? client.get(path) : client.post(path, body, { ifMatch }));
}
