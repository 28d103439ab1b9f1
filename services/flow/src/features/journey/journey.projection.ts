import {
  breakGlassOpened,
  breakGlassReviewed,
  careContactRecorded,
  catalogue,
  consentDecided,
  consentWithdrawn,
  contactEnded,
  contactRecorded,
  flowDeadlines,
  needEnded,
  needRecorded,
  personErased,
  referralsDeadlines,
  type EventContract,
  type EventEnvelope,
} from '@homeward/contracts';
import type { Projection } from '@homeward/messaging';
import { grants, rowLevelSecurity } from '@homeward/persistence';

/**
 * Who looked is no step of their way, nor whom they have around them, nor that they are erased, and neither is a deadline:
 * what is due stands at `/deadlines`, and who did what late is told by what they did. What they need stands beside their
 * name, wherever that is shown; what they said yes or no to is asked of people. Each care contact stands in its referral.
 */
const NO_STEPS: ReadonlySet<string> = new Set(
  [
    breakGlassOpened,
    breakGlassReviewed,
    careContactRecorded,
    contactRecorded,
    contactEnded,
    consentDecided,
    consentWithdrawn,
    personErased,
    needRecorded,
    needEnded,
    ...[referralsDeadlines, flowDeadlines].flatMap((of) => Object.values(of)),
  ].map(({ type }: EventContract) => type),
);

/** Every event about a person, once. A new type in the catalogue is a new generation. */
export const journey: Projection = {
  name: 'journey',
  generation: 2,
  types: [...catalogue.values()]
    .filter(({ stream, type }) => stream === 'person' && !NO_STEPS.has(type))
    .map(({ type }) => type),
  tables: ['journey'],

  create: (schema) => [
    `CREATE TABLE ${schema}.journey (
      person_id uuid NOT NULL, source text COLLATE "C" NOT NULL, sequence bigint NOT NULL,
      event_id uuid NOT NULL, type text NOT NULL, subject text NOT NULL,
      occurred_at timestamptz NOT NULL, precision text NOT NULL, recorded_at timestamptz NOT NULL,
      corrects uuid, data jsonb NOT NULL, PRIMARY KEY (person_id, source, sequence))`,
    ...rowLevelSecurity(`${schema}.journey`),
    ...grants('flow', `${schema}.journey`, 'SELECT'),
  ],

  async apply(tx, events, schema) {
    await tx.query(insert(schema), [JSON.stringify(events.map(toRow))]);
  },
};

/** A day without a time begins at midnight in London. */
const insert = (schema: string): string => `INSERT INTO ${schema}.journey
    (person_id, source, sequence, event_id, type, subject, occurred_at, precision, recorded_at, corrects, data)
  SELECT person_id, source, sequence, event_id, type, subject,
    CASE precision WHEN 'day' THEN occurred::timestamp AT TIME ZONE 'Europe/London' ELSE occurred::timestamptz END,
    precision, recorded_at, corrects, data
  FROM json_to_recordset($1) AS e (person_id uuid, source text, sequence bigint, event_id uuid, type text, subject text,
    occurred text, precision text, recorded_at timestamptz, corrects uuid, data jsonb)`;

const toRow = (event: EventEnvelope) => ({
  person_id: event.personid,
  source: event.source,
  sequence: event.sequence.toString(),
  event_id: event.id,
  type: event.type,
  subject: event.subject,
  occurred: event.occurredat,
  precision: /^\d{4}-\d{2}-\d{2}$/.test(event.occurredat) ? 'day' : 'instant',
  recorded_at: event.time,
  corrects: event.corrects,
  data: event.data,
});
