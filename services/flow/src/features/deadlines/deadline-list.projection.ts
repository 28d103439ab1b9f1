import {
  flowDeadlines,
  referralsDeadlines,
  type DeadlineData,
  type EventContract,
  type EventEnvelope,
} from '@homeward/contracts';
import type { Projection } from '@homeward/messaging';
import { grants, rowLevelSecurity } from '@homeward/persistence';

/** Every service that sets deadlines. One more is a new generation. */
const SERVICES = [referralsDeadlines, flowDeadlines];
const STEPS: ReadonlySet<string> = new Set(SERVICES.map(({ stepReached }) => stepReached.type));

/** What is to be done by when, of every service; each event tells the whole of its deadline. */
export const deadlineList: Projection = {
  name: 'deadline-list',
  generation: 1,
  types: SERVICES.flatMap((contracts) => Object.values(contracts).map(({ type }: EventContract) => type)),
  tables: ['deadline_list'],

  create: (schema) => [
    `CREATE TABLE ${schema}.deadline_list (
      deadline_id uuid PRIMARY KEY, person_id uuid NOT NULL, about text NOT NULL, rule_id text NOT NULL, rule_from text,
      authority text NOT NULL, standing text NOT NULL, organisation text NOT NULL, team_id uuid NOT NULL,
      waiting_organisation text, waiting_team_id uuid, starts_at timestamptz NOT NULL, due timestamptz NOT NULL,
      due_on text, status text NOT NULL, step text, settled_at timestamptz, sequence bigint NOT NULL)`,
    ...['organisation', 'team_id', 'waiting_organisation', 'waiting_team_id'].map(
      (whose) => `CREATE INDEX ON ${schema}.deadline_list (${whose}, due, deadline_id) WHERE settled_at IS NULL`,
    ),
    ...rowLevelSecurity(`${schema}.deadline_list`),
    ...grants('flow', `${schema}.deadline_list`, 'SELECT'),
  ],

  async apply(tx, events, schema) {
    const latest = new Map<string, ReturnType<typeof toRow>>();
    for (const row of events.map(toRow)) {
      const before = latest.get(row.deadline_id);
      latest.set(row.deadline_id, { ...row, step: row.step ?? before?.step });
    }
    await tx.query(upsert(schema), [JSON.stringify([...latest.values()])]);
  },
};

const ONCE = `deadline_id, person_id, about, rule_id, rule_from, authority, standing, organisation, team_id,
  waiting_organisation, waiting_team_id, starts_at, due, due_on`;

const upsert = (schema: string): string => `INSERT INTO ${schema}.deadline_list AS d
    (${ONCE}, status, step, settled_at, sequence)
  SELECT ${ONCE}, status, step, settled_at, sequence FROM json_to_recordset($1) AS e (deadline_id uuid, person_id uuid,
    about text, rule_id text, rule_from text, authority text, standing text, organisation text, team_id uuid,
    waiting_organisation text, waiting_team_id uuid, starts_at timestamptz, due timestamptz, due_on text, status text,
    step text, settled_at timestamptz, sequence bigint)
  ON CONFLICT (deadline_id) DO UPDATE SET status = excluded.status, step = coalesce(excluded.step, d.step),
    settled_at = excluded.settled_at, sequence = excluded.sequence WHERE d.sequence < excluded.sequence`;

function toRow({ type, personid, sequence, data }: EventEnvelope) {
  const told = data as DeadlineData & { step?: string };
  return {
    deadline_id: told.deadlineId,
    person_id: personid,
    about: told.about,
    rule_id: told.ruleId,
    rule_from: told.ruleFrom,
    authority: told.authority,
    standing: told.standing,
    organisation: told.organisation,
    team_id: told.teamId,
    waiting_organisation: told.waiting?.organisation,
    waiting_team_id: told.waiting?.teamId,
    starts_at: told.startsAt,
    due: told.due,
    due_on: told.dueOn,
    status: told.status,
    step: STEPS.has(type) ? told.step : undefined,
    settled_at: told.settledAt,
    sequence: sequence.toString(),
  };
}
