import { newEvent, transferAccepted } from '@homeward/contracts';
import { instantOf, systemClock, uuidv4, uuidv7 } from '@homeward/kernel';
import { openEventLog, Relay, type EventLog, type EventLogConfig } from '@homeward/messaging';
import {
  connectionOf,
  Database,
  openPools,
  type CommandContext,
  type DatabaseConfig,
  type Work,
} from '@homeward/persistence';
import { closedLoop } from '../closed-loop';
import { offer } from '../worker';
import { ORGANISATION } from './tables';

/** Commands through `write()`, with every row that a fact leaves: stream, outbox, deadline, audit, idempotency. */
interface Case {
  id: string;
  personId: string;
}

const SUB = uuidv4();
let database: Database;
let cases: Case[] = [];
let config: DatabaseConfig;
let relay: Relay | undefined;
let log: EventLog | undefined;

const context = (): CommandContext => ({
  principal: { organisation: ORGANISATION, sub: SUB, teams: [], roles: ['team-lead'], purpose: 'direct-care' },
  role: 'team-lead',
  action: 'close-case',
  route: '/cases/:id/close',
  correlationId: uuidv7(),
  idempotency: { key: uuidv4(), fingerprint: 'Vq3nJm0c0iYk9m8pZ7yJwC0o3l2c3w4d5e6f7g8h9i0' },
});

const decide = ({ id, personId }: Case): Work => ({
  load: [{ text: 'SELECT id, person_id, status, version FROM bench_case WHERE id = $1', values: [id] }],
  decide: ([rows], { now }) => {
    const version = Number(rows?.[0]?.['version']);
    const due = new Date(now.getTime() + 7 * 86_400_000);
    return {
      changes: [
        {
          text: `UPDATE bench_case SET status = $3, changed_at = $4, version = version + 1
            WHERE id = $1 AND version = $2 RETURNING 1`,
          values: [id, version, 'changed', now],
        },
        {
          text: `INSERT INTO bench_deadline (id, person_id, rule, rule_version, authority, subject, started_at, due, due_on, status)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'running') RETURNING 1`,
          values: [uuidv7(), personId, 'TRF-06', 1, 'homeward', `transfer/${id}`, now, due, due],
        },
      ],
      events: [
        newEvent(transferAccepted, {
          stream: `person/${personId}`,
          subject: `transfer/${id}`,
          personId,
          occurredAt: instantOf(now),
          data: { ...transferAccepted.example, transferId: id, toOrganisation: ORGANISATION },
        }),
      ],
      outcome: { status: 200, body: { id, version: version + 1, status: 'changed' }, etag: version + 1 },
      audit: { subject: `transfer/${id}`, personIds: [personId] },
    };
  },
});

const command = (): Promise<unknown> => {
  const one = cases[Math.floor(Math.random() * cases.length)] as Case;
  return database.write(context(), { keys: [`person/${one.personId}`] }, decide(one));
};

offer({
  open: async (of: DatabaseConfig) => {
    config = of;
    const pools = openPools(config);
    database = new Database({
      service: 'flow',
      app: pools.app,
      worker: pools.worker,
      clock: systemClock,
      onCommit: () => relay?.nudge(),
    });
    cases = (await pools.worker.query<Case>('SELECT id, person_id AS "personId" FROM bench_case')).rows;
  },
  run: ({ clients, seconds }: { clients: number; seconds: number }) => closedLoop(clients, seconds, command),
  startRelay: (to: EventLogConfig) => {
    log = openEventLog(to);
    relay = new Relay({ connection: connectionOf(config, 'worker'), log });
    relay.start();
  },
  stopRelay: async () => {
    await relay?.stop();
    await log?.close();
    relay = undefined;
  },
});
