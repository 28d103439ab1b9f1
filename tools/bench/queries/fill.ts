import { openEventLog } from '@homeward/messaging';
import { installProjections } from '@homeward/messaging';
import { openPools, type DatabaseConfig } from '@homeward/persistence';
import { flow } from '../../../services/flow/src/flow.module';
import { people } from '../../../services/people/src/people.module';
import { referrals } from '../../../services/referrals/src/referrals.module';
import { journey } from '../../../services/flow/src/features/journey/journey.projection';
import { openReferral } from '../../../services/flow/src/features/holders/open-referral.projection';
import { asSuperuser } from '../../../infra/local/databases';
import type { Stage } from '../stage';

/** The databases of three services as so many events leave them. */
export interface Filled {
  events: number;
  people: number;
  flow: DatabaseConfig;
  referrals: DatabaseConfig;
  register: DatabaseConfig;
}

const EVENTS_EACH = 10;
export const ORGANISATIONS = 2;
export const TEAMS_EACH = 20;

/** Ids that anybody can compute; as scattered as random ones, so that nothing lies beside its neighbour. */
export const ID = (kind: string, n: string): string => `md5('${kind}' || ${n})::uuid`;
const PERSON = ID('person', 'n');
const REFERRAL = ID('referral', 'n');
const EPISODE = ID('episode', 'n');
const TEAM = ID('team', `(n % ${ORGANISATIONS * TEAMS_EACH})`);
const ORGANISATION = `'RZ' || (n % ${ORGANISATIONS})`;
const NURSE = ID('nurse', '(n % 50)');
/** Three in five of each team wait: fifty pages of one organisation, also of the smaller database. */
const OPEN = `(n / ${ORGANISATIONS * TEAMS_EACH} % 5 < 3)`;
const LONG_AGO = `timestamptz '2024-01-01' + (n % 600) * interval '1 day'`;

export async function fill(stage: Stage, events: number): Promise<Filled> {
  const people = events / EVENTS_EACH;
  const services = { flow: await empty(stage, flow, events), referrals: await empty(stage, referrals, events) };
  const register = await empty(stage, peopleService, events);
  await Promise.all([
    load(stage, services.flow, flowRows(people)),
    load(stage, services.referrals, referralRows(people)),
    load(stage, register, personRows(people, events)),
  ]);
  return { events, people, ...services, register };
}

const peopleService = people;

async function empty(
  stage: Stage,
  { name, migrations, projections }: Pick<typeof flow, 'name' | 'migrations' | 'projections'>,
  events: number,
): Promise<DatabaseConfig> {
  const config = await stage.database(name, [...migrations], `${name}_${events}`);
  const pools = openPools(config);
  const log = openEventLog(await stage.log('postgres', []));
  await installProjections({ config, worker: pools.worker, log, projections });
  await log.close();
  await pools.end();
  return config;
}

/** By SQL, and quick: no trigger, no flush; keys and indexes that are dropped here are made when all is there. */
async function load(stage: Stage, config: DatabaseConfig, statements: string[]): Promise<void> {
  const server = await stage.postgres();
  const begin = performance.now();
  await asSuperuser(
    server,
    async (client) => {
      for (const setting of [
        'session_replication_role = replica',
        'synchronous_commit = off',
        `maintenance_work_mem = '512MB'`,
      ])
        await client.query(`SET ${setting}`);
      for (const statement of statements) await client.query(statement);
      await client.query('VACUUM ANALYZE');
      // Else gigabytes are still on their way to the disk while the queries are timed.
      await client.query('CHECKPOINT');
    },
    config.database,
  );
  stage.say(`  ${config.database}: filled in ${((performance.now() - begin) / 1_000).toFixed(0)} s`);
}

const relationships = (source: string, kind: string, subject: string, people: number, which = 'true'): string =>
  `INSERT INTO relationship (source, person_id, organisation, kind, subject, "from", sequence)
    SELECT '/homeward/${source}', ${PERSON}, ${ORGANISATION}, '${kind}', ${subject}, '2024-01-01', 1
    FROM generate_series(1, ${people}) AS n WHERE ${which}`;

/** An episode each, two closed transfers for every second, an open one for every third. */
function flowRows(people: number): string[] {
  const journeys = `journey_${journey.generation}.journey`;
  const open = `open_referral_${openReferral.generation}.open_referral`;
  const other = ID('team', `((n + ${ORGANISATIONS}) % ${ORGANISATIONS * TEAMS_EACH})`);
  const transfer = (kind: string, status: string, which: string): string =>
    `INSERT INTO transfer (id, person_id, episode_id, from_team_id, from_organisation, to_team_id, to_organisation,
        reason_code, priority, risk_assessed_at, proposed_at, status)
      SELECT ${ID(kind, 'n')}, ${PERSON}, ${EPISODE}, ${TEAM}, ${ORGANISATION}, ${other}, ${ORGANISATION},
        'more-intensive-support', 'soon', ${LONG_AGO}, ${LONG_AGO}, '${status}'
      FROM generate_series(1, ${people}) AS n WHERE ${which}`;
  return [
    `INSERT INTO team SELECT ${TEAM}, ${ORGANISATION}, 'Team ' || n, 'community', '01632 960000', '2024-01-01'
      FROM generate_series(0, ${ORGANISATIONS * TEAMS_EACH - 1}) AS n`,
    `INSERT INTO practitioner SELECT ${TEAM}, ${NURSE}, 'N. N.', 'nurse', NULL, '2024-01-01'
      FROM generate_series(0, ${ORGANISATIONS * TEAMS_EACH - 1}) AS n`,
    relationships('flow', 'accountable-team', `'episode/' || ${EPISODE}`, people),
    `INSERT INTO episode (id, person_id, referral_id, accountable_team_id, coordinator_id, opened_at)
      SELECT ${EPISODE}, ${PERSON}, ${REFERRAL}, ${TEAM}, ${NURSE}, ${LONG_AGO} FROM generate_series(1, ${people}) AS n`,
    `INSERT INTO accountability (person_id, team_id, episode_id, during)
      SELECT ${PERSON}, ${TEAM}, ${EPISODE}, tstzrange(${LONG_AGO}, NULL) FROM generate_series(1, ${people}) AS n`,
    transfer('moved', 'completed', 'n % 2 = 0'),
    transfer('moved-back', 'completed', 'n % 2 = 0'),
    transfer('moves', 'proposed', 'n % 3 = 0'),
    `INSERT INTO ${open} (referral_id, person_id, stage, team_id, since)
      SELECT ${REFERRAL}, ${PERSON}, CASE WHEN ${OPEN} THEN 1 ELSE 3 END, ${TEAM}, ${LONG_AGO}
      FROM generate_series(1, ${people}) AS n`,
    `ALTER TABLE ${journeys} DROP CONSTRAINT journey_pkey`,
    // Whatever happens to a person is far from what happened to them before, as in a table that grew.
    `INSERT INTO ${journeys} (person_id, source, sequence, event_id, type, subject, occurred_at, precision, recorded_at, data)
      SELECT ${PERSON}, '/homeward/referrals', k, ${ID('event', `n || '/' || k`)}, 'homeward.referrals.referral.received.v1',
        'referral/' || ${REFERRAL}, ${LONG_AGO} + k * interval '1 day', 'instant', ${LONG_AGO} + k * interval '1 day',
        jsonb_build_object('referralId', ${REFERRAL}, 'intakeTeamId', ${TEAM}, 'priority', 'soon', 'consent', 'given',
          'sourceCode', 'A1', 'primaryReasonCode', '26', 'immediateRisk', false)
      FROM generate_series(1, ${EVENTS_EACH}) AS k, generate_series(1, ${people}) AS n`,
    `ALTER TABLE ${journeys} ADD CONSTRAINT journey_pkey PRIMARY KEY (person_id, source, sequence)`,
  ];
}

/** One each. */
function referralRows(people: number): string[] {
  return [
    relationships('referrals', 'intake', `'referral/' || ${REFERRAL}`, people, OPEN),
    relationships('referrals', 'accepting-team', `'referral/' || ${REFERRAL}`, people, `NOT ${OPEN}`),
    `INSERT INTO referral (id, person_id, version, status, person_id_given, referrer_organisation, intake_organisation,
        intake_team_id, source_code, primary_reason_code, priority, immediate_risk, consent, received_at, reason, severity,
        decided_at, accepting_organisation, team_id, coordinator_id)
      SELECT ${REFERRAL}, ${PERSON}, 1, CASE WHEN open THEN 'received' ELSE 'accepted' END, true, 'A99001', ${ORGANISATION},
        ${TEAM}, 'A1', '26', 'soon', false, 'given', ${LONG_AGO}, 'Made up, and as long as a short reason is.', n % 5,
        CASE WHEN NOT open THEN ${LONG_AGO} + interval '9 days' END, CASE WHEN NOT open THEN ${ORGANISATION} END,
        CASE WHEN NOT open THEN ${TEAM} END, CASE WHEN NOT open THEN ${NURSE} END
      FROM generate_series(1, ${people}) AS n, LATERAL (SELECT ${OPEN} AS open) AS o`,
  ];
}

/** Somebody looked as often as something happened. */
function personRows(people: number, events: number): string[] {
  const somebody = ID('person', `(1 + n % ${people})`);
  return [
    relationships('flow', 'accountable-team', `'episode/' || ${EPISODE}`, people),
    `INSERT INTO person (person_id, nhs_number, given_name, family_name, birth_date, home_lines, postcode,
        responsible_icb, basis, given_name_key, family_name_key, provisional, registered_at)
      SELECT ${PERSON}, (9990000000 + n)::text, 'Alex', 'Example' || n, date '1960-01-01' + n % 20000,
        ARRAY['1 Example Street'], 'ZZ99 3WZ', 'QZ1', 'learning-disability', 'alex', 'example' || n, false, ${LONG_AGO}
      FROM generate_series(1, ${people}) AS n`,
    'DROP INDEX audit_people',
    `INSERT INTO audit (id, at, organisation, sub, role, purpose, action, route, correlation_id, outcome, subject, person_ids)
      SELECT gen_random_uuid(), ${LONG_AGO} + n * interval '1 millisecond', ${ORGANISATION}, ${NURSE}::text, 'coordinator', 'direct-care',
        'get-person', '/people/:id', gen_random_uuid(), 'read', 'person/' || ${somebody}, ARRAY[${somebody}]
      FROM generate_series(1, ${events}) AS n`,
    'CREATE INDEX audit_people ON audit USING gin (person_ids)',
  ];
}
