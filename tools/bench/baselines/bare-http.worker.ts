import { encode, partitionOf, topicOf, teamOpened } from '@homeward/contracts';
import { connectionOf, flush, type DatabaseConfig } from '@homeward/persistence';
import fastify from 'fastify';
import { Pool } from 'pg';
import { v7 } from 'uuid';
import { jose } from '../../../libs/auth/src/jose';
import { offer } from '../worker';

/**
 * `POST /teams` as one would write it for speed: Fastify with its own schema check, jose, and by hand the statements that
 * the service sends, in as few packets. No framework, no roles, no problem details, no check of the event.
 */
const BODY = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'kind', 'telephone'],
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 200, pattern: '\\S' },
    kind: { enum: ['intake', 'community', 'crisis', 'inpatient', 'duty'] },
    telephone: { type: 'string', pattern: '^[0-9+() ]{5,20}$' },
  },
};

const PRINCIPAL = `SELECT set_config('app.principal', $1, true), set_config('app.now', clock_timestamp()::text, true)`;
const LOCK = `INSERT INTO stream (key) SELECT DISTINCT key FROM (SELECT unnest($1::text[]) AS key) AS wanted ORDER BY key
  ON CONFLICT (key) DO UPDATE SET key = excluded.key
  RETURNING key, last_sequence, (extract(epoch FROM last_recorded_at) * 1000000)::bigint AS last_recorded`;
const REPLAY = 'SELECT fingerprint, answer FROM idempotency WHERE caller = $1 AND route = $2 AND key = $3';
const FACT = `WITH change AS (INSERT INTO team (id, organisation, name, kind, telephone, opened_at)
    VALUES ($1, $2, $3, $4, $5, $6) RETURNING 1),
  stream AS (UPDATE stream SET last_sequence = $7::bigint, last_recorded_at = $6 WHERE key = $8),
  published AS (INSERT INTO outbox (id, topic, partition, partitionkey, sequence, type, headers, payload)
    VALUES ($9::uuid, $10, $11::smallint, $8, $7::bigint, $12, $13, $14)),
  remembered AS (INSERT INTO idempotency (caller, route, key, fingerprint, answer)
    VALUES ($15, $16, $17::uuid, $18, $19::jsonb))
  INSERT INTO audit (organisation, sub, role, purpose, action, route, correlation_id, outcome, subject, person_ids)
  SELECT $2, $20, 'manager', 'direct-care', 'open-team', $16, $21::uuid, 'done', $8, '{}'::uuid[]
  WHERE (CASE WHEN (SELECT count(*) FROM change) = 1 THEN 'true' ELSE 'stale' END)::boolean`;

const ROUTE = '/teams';
const NO_VALUES: unknown[] = [];

interface Team {
  name: string;
  kind: string;
  telephone: string;
}

async function openTeam(pool: Pool, claims: { organisation: string; sub: string }, key: string, team: Team) {
  const { organisation, sub } = claims;
  const id = v7();
  const stream = `team/${id}`;
  const caller = `${organisation}/${sub}`;
  const client = await pool.connect();
  try {
    const [, , locked, replayed] = await flush(client, [
      { text: 'BEGIN', values: NO_VALUES },
      { text: PRINCIPAL, values: [organisation] },
      { text: LOCK, values: [[stream]] },
      { text: REPLAY, values: [caller, ROUTE, key] },
    ]);
    if (replayed?.rows[0]) throw new Error('a key that came twice');
    const sequence = BigInt(String(locked?.rows[0]?.['last_sequence'])) + 1n;
    const time = new Date().toISOString().replace('Z', '000Z');
    const correlationid = v7();
    const eventId = v7();
    const { headers, value } = encode({
      ...{ id: eventId, source: '/homeward/flow', type: teamOpened.type, subject: stream, time, occurredat: time },
      ...{ partitionkey: stream, sequence, dataschema: `https://homeward.example/schemas/${teamOpened.type}/0.json` },
      ...{ correlationid, actorrole: 'manager', data: { teamId: id, organisation, ...team, name: undefined } },
    });
    const answer = { id, version: 1, status: 'open', links: { self: `${ROUTE}/${id}` } };
    const event = [eventId, topicOf('flow'), partitionOf(stream), teamOpened.type, JSON.stringify(headers), value];
    const replay = [caller, ROUTE, key, 'a-fingerprint-of-the-usual-length-43-chars-xx', JSON.stringify(answer)];
    await flush(client, [
      {
        text: FACT,
        values: [
          id,
          organisation,
          team.name,
          team.kind,
          team.telephone,
          time,
          sequence,
          stream,
          ...event,
          ...replay,
          sub,
          correlationid,
        ],
      },
      { text: 'COMMIT', values: NO_VALUES },
    ]);
    return answer;
  } catch (error) {
    await flush(client, [{ text: 'ROLLBACK', values: NO_VALUES }]);
    throw error;
  } finally {
    client.release();
  }
}

offer({
  open: async ({ config, issuer, audience }: { config: DatabaseConfig; issuer: string; audience: string }) => {
    const pool = new Pool({ ...connectionOf(config, 'app'), max: 8 });
    const keys = jose.createRemoteJWKSet(new URL(`${issuer}/jwks`));
    const server = fastify();
    server.post<{ Body: Team }>(ROUTE, { schema: { body: BODY } }, async (request, reply) => {
      const token = request.headers.authorization?.slice('Bearer '.length) ?? '';
      const { payload } = await jose.jwtVerify(token, keys, { issuer, audience, algorithms: ['RS256'] });
      const claims = { organisation: String(payload['organisation']), sub: String(payload.sub) };
      const answer = await openTeam(pool, claims, String(request.headers['idempotency-key']), request.body);
      return reply.code(201).header('etag', 'W/"1"').header('location', answer.links.self).send(answer);
    });
    return Number(new URL(await server.listen({ port: 0, host: '127.0.0.1' })).port);
  },
});
