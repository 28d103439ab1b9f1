import { unsignedAge } from '@homeward/audit';
import type { DeadlineClock } from '@homeward/deadlines';
import { relayStatus } from '@homeward/messaging';
import { gauge, telemetry } from '@homeward/observability';
import type { Pools } from '@homeward/persistence';
import type { FastifyInstance } from 'fastify';
import type { Followers } from './followers';

/** What operators watch besides HTTP, asked when `/metrics` is read. */
export function measure(pools: Pools, followers: Followers, deadlines?: DeadlineClock): void {
  if (deadlines) gauge('homeward.deadlines.behind.seconds', async () => [{ value: await deadlines.behind() }]);
  gauge('homeward.outbox.age.seconds', async () => [{ value: (await relayStatus(pools.worker)).oldestSeconds }]);
  gauge('homeward.outbox.unpublished', async () => [{ value: (await relayStatus(pools.worker)).unpublished }]);
  gauge('homeward.audit.unsigned.seconds', async () => [{ value: await unsignedAge(pools.worker) }]);
  gauge('homeward.reader.lag', async () =>
    (await followers.status()).flatMap(({ reader, lag }) =>
      lag === undefined ? [] : [{ value: Number(lag), attributes: { reader } }],
    ),
  );
  gauge('homeward.reader.stopped', async () =>
    (await followers.status()).map(({ reader, stopped }) => ({ value: stopped ? 1 : 0, attributes: { reader } })),
  );
  gauge('homeward.projection.stale', async () =>
    (await followers.status()).map(({ reader, stale }) => ({ value: stale.length, attributes: { reader } })),
  );
  gauge('homeward.parked.streams', async () =>
    (await followers.status()).flatMap(({ reader, parked }) =>
      parked ? [{ value: parked.streams, attributes: { reader } }] : [],
    ),
  );
}

/** Prometheus reads here; with `TELEMETRY=off` there is no such address. */
export function serveMetrics(server: FastifyInstance): void {
  const started = telemetry();
  if (!started) return;
  server.get('/metrics', (request, reply) => {
    reply.hijack();
    started.metrics(request.raw, reply.raw);
  });
}
