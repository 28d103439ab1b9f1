import { catalogue, episodeOpened, type EventEnvelope } from '@homeward/contracts';
import { instantOf, uuidv7 } from '@homeward/kernel';
import type { CommandContext } from '@homeward/persistence';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import {
  accepted,
  as,
  createFlow,
  eventOf,
  received,
  registered,
  RZ1,
  RZ2,
  self,
  type Flow,
  type TestTeam,
} from '../../flow.fixture';
import type { Journey } from './journey.dto';
import { toJourney } from './journey.http';
import { journey } from './journey.projection';
import { journeyOf, type PointInTime } from './journey.query';

let flow: Flow;
let intake: TestTeam;
let community: TestTeam;
beforeAll(async () => {
  flow = await createFlow();
  intake = await flow.team(RZ1, 'intake');
  community = await flow.team(RZ1);
});
afterAll(() => flow.drop());

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 2, 9, minute));
const instant = (minute: number): string => instantOf(at(minute));
const ask = async (context: CommandContext, person: string, point: PointInTime = {}): Promise<Journey | undefined> => {
  const statement = journeyOf(context.principal, person, point, context.role);
  const rows = await flow.database.read(context, statement, { subject: `journey/${person}` });
  return rows.length > 0 ? toJourney(rows) : undefined;
};
const somebody = async (): Promise<string> => {
  const person = randomUUID();
  await flow.apply(registered(person, at(0)));
  return person;
};
/** A story: referred at 1, accepted at 5, told as it happened. */
const referredAndAccepted = async (): Promise<{ person: string; referral: string }> => {
  const [person, referral] = [await somebody(), uuidv7()];
  const receipt = received(person, intake, at(1), referral);
  const acceptance = accepted(person, community, at(5), referral, intake);
  await flow.apply(receipt, acceptance);
  await flow.react(acceptance);
  await flow.apply(...(await flow.published(person)));
  return { person, referral };
};
const types = (found: Journey | undefined): string[] | undefined =>
  found?.entries.map(({ type }) => type.replace(/^homeward\.(.*)\.v1$/, '$1'));

describe('a journey', () => {
  it('keeps every kind of event about a person but deadlines, looks, contacts, care contacts, consents, needs and erasure; one that learns a kind is a new generation', () => {
    const aboutPeople = [...catalogue.values()].filter(
      ({ stream, type }) =>
        stream === 'person' &&
        !/^homeward\.(people\.(break-glass|consent|contact|need)\.|people\.person\.erased|referrals\.care-contact\.|\w+\.deadline\.)/.test(
          type,
        ),
    );
    expect([...journey.types].sort()).toEqual(aboutPeople.map(({ type }) => type).sort());
    expect([journey.generation, journey.types.length]).toEqual([2, 29]);
  });

  it('tells in the order in which it happened', async () => {
    const { person } = await referredAndAccepted();
    expect(types(await ask(self(person), person))).toEqual([
      'people.person.registered',
      'referrals.referral.received',
      'flow.episode.opened',
      'referrals.referral.accepted',
    ]);
  });

  it('names who held the person at any instant: the intake, then the accountable team (DEC-04)', async () => {
    const { person } = await referredAndAccepted();
    const held = async (minute: number) => (await ask(self(person), person, { asOf: instant(minute) }))?.responsible;
    expect(await held(0.5)).toBeNull();
    expect(await held(1)).toMatchObject({ by: 'intake', teamId: intake.id, since: instant(1), answeredBy: null });
    expect(await held(5)).toMatchObject({ by: 'episode', teamId: community.id, answeredBy: community.nurse });
  });

  it('as known on an earlier day leaves out what was told later', async () => {
    const { person, referral } = await referredAndAccepted();
    const late = received(person, intake, at(3), uuidv7());
    await flow.apply({ ...late, time: instant(20) });
    const known = await ask(self(person), person, { asOf: instant(4), asKnownOn: instant(4) });
    expect(known?.entries.map(({ subject }) => subject)).toEqual([`person/${person}`, `referral/${referral}`]);
    expect(known?.responsible).toMatchObject({ by: 'intake', since: instant(1) });
    const now = await ask(self(person), person, { asOf: instant(4) });
    expect(now?.entries.map(({ subject }) => subject)).toContain(late.subject);
  });

  it('follows a correction from when it was told', async () => {
    const person = await somebody();
    const wrong = received(person, intake, at(3), uuidv7());
    const right = { ...received(person, intake, at(2), uuidv7()), time: instant(10), corrects: wrong.id };
    await flow.apply(wrong, right);
    const ids = async (asKnownOn: number) =>
      (await ask(self(person), person, { asKnownOn: instant(asKnownOn) }))?.entries.slice(1).map(({ id }) => id);
    expect(await ids(5)).toEqual([wrong.id]);
    expect(await ids(10)).toEqual([right.id]);
  });

  it('tells all that is recorded, also where its own clock is behind the recorder’s, or stands still', async () => {
    const { person } = await referredAndAccepted();
    const ahead = instantOf(new Date(Date.now() + 3_600_000));
    const late = received(person, intake, at(6), uuidv7());
    await flow.apply({ ...late, time: ahead });
    const found = await ask(self(person), person);
    expect(found?.entries.map(({ subject }) => subject)).toContain(late.subject);
    expect(found?.asKnownOn).toBe(ahead);
  });

  it('before anything happened is empty, and not somebody else’s', async () => {
    const person = await somebody();
    expect(await ask(self(person), person, { asOf: '2020-01-01T00:00:00.000000Z' })).toMatchObject({ entries: [] });
  });
});

describe('the fold', () => {
  interface Told {
    occurred: number;
    recorded: number;
    own: boolean;
    corrects: number | null;
  }
  const told = fc.array(
    fc.record({
      occurred: fc.nat(10),
      recorded: fc.nat(10),
      own: fc.boolean(),
      corrects: fc.option(fc.nat(6)),
    }),
    { maxLength: 12 },
  );
  const points = fc.array(fc.tuple(fc.integer({ min: -1, max: 11 }), fc.integer({ min: -1, max: 11 })), {
    minLength: 1,
    maxLength: 4,
  });

  const toEvents = (person: string, facts: Told[]): EventEnvelope[] => {
    const events: EventEnvelope[] = [];
    for (const { occurred, recorded, own, corrects } of facts) {
      const event = own
        ? eventOf(episodeOpened, person, `episode/${uuidv7()}`, at(occurred), {
            ...episodeOpened.example,
            episodeId: uuidv7(),
          })
        : received(person, intake, at(occurred), uuidv7());
      const corrected = corrects === null ? undefined : events[corrects]?.id;
      events.push({ ...event, time: instant(recorded), corrects: corrected });
    }
    return events;
  };

  /** Written down as the rule says it, one condition after the other. */
  const naive = (events: EventEnvelope[], asOf: string, asKnownOn: string): string[] => {
    const known = events.filter(({ time }) => time <= asKnownOn);
    const standing = known.filter(({ id }) => !known.some(({ corrects }) => corrects === id));
    const happened = standing.filter(({ occurredat }) => occurredat <= asOf);
    const key = ({ occurredat, source, sequence }: EventEnvelope): string =>
      [occurredat, source, sequence.toString().padStart(20, '0')].join(' ');
    return happened.sort((a, b) => (key(a) < key(b) ? -1 : 1)).map(({ id }) => id);
  };

  it('gives what a naive reading of the rule gives, at any two points in time', async () => {
    await fc.assert(
      fc.asyncProperty(told, points, async (facts, asked) => {
        const person = randomUUID();
        const first = registered(person, at(0));
        const events = toEvents(person, facts);
        await flow.apply(first, ...events);
        for (const [asOf, asKnownOn] of asked) {
          const point = { asOf: instant(asOf), asKnownOn: instant(asKnownOn) };
          const found = await ask(self(person), person, point);
          expect(found?.entries.map(({ id }) => id)).toEqual(naive([first, ...events], point.asOf, point.asKnownOn));
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('who was responsible', () => {
  it('is by the journey what it is by the ranges of accountability, however late teams accepted', async () => {
    const acceptances = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 9 })), {
      minLength: 1,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(acceptances, async (told) => {
        const person = await somebody();
        for (const [first, minute] of told) await flow.accepted(person, first ? community : intake, at(minute));
        await flow.apply(...(await flow.published(person)));
        const rows = await flow.asWorker<{ minute: number; team_id: string | null }>(
          `SELECT m AS minute, a.team_id FROM generate_series(0, 10) AS m LEFT JOIN accountability a
            ON a.person_id = $1 AND a.during @> $2::timestamptz + m * interval '1 minute' ORDER BY m`,
          [person, at(0)],
        );
        expect(rows).toHaveLength(11);
        for (const { minute, team_id: teamId } of rows) {
          const found = await ask(self(person), person, { asOf: instant(minute) });
          expect(found?.responsible?.teamId ?? null).toBe(teamId);
        }
      }),
      { numRuns: 15 },
    );
  });
});

describe('who may see a journey', () => {
  it('is the person and those who help, whole', async () => {
    const { person } = await referredAndAccepted();
    expect((await ask(as(RZ1), person))?.entries).toHaveLength(4);
    expect((await ask(self(person), person))?.entries).toHaveLength(4);
  });

  it('is who referred, for their own referral only and without who is responsible (DEC-32)', async () => {
    const { person, referral } = await referredAndAccepted();
    const other = received(person, intake, at(7), uuidv7());
    await flow.apply({ ...other, data: { ...(other.data as object), referrerOrganisation: 'A99002' } });
    const seen = await ask(as('A99001', 'referrer'), person);
    expect(new Set(seen?.entries.map(({ subject }) => subject))).toEqual(new Set([`referral/${referral}`]));
    expect(seen?.responsible).toBeNull();
    expect(await ask(as('A99001', 'referrer'), person, { asOf: instant(0.5) })).toMatchObject({ entries: [] });
    // Who co-ordinates and how urgent it was found to be is the inside of a referral; its state is at /referrals/{id}.
    for (const { data } of seen?.entries ?? []) expect(data).toEqual({});
    expect(seen?.entries.length).toBeGreaterThan(0);
  });

  it('is nobody else', async () => {
    const { person } = await referredAndAccepted();
    expect(await ask(as(RZ2), person)).toBeUndefined();
    expect(await ask(self(await somebody()), person)).toBeUndefined();
    expect(await flow.asApp(RZ2, 'SELECT 1 FROM journey')).toEqual([]);
    expect(await flow.asApp(undefined, 'SELECT 1 FROM journey')).toEqual([]);
    expect(await flow.asApp(undefined, `SELECT 1 FROM journey_${journey.generation}.journey`)).toEqual([]);
  });

  it('is written down, with whom it was about', async () => {
    const { person } = await referredAndAccepted();
    const context = as(RZ1);
    await ask(context, person);
    const rows = await flow.asWorker('SELECT outcome, person_ids FROM audit WHERE correlation_id = $1', [
      context.correlationId,
    ]);
    expect(rows).toEqual([{ outcome: 'read', person_ids: [person] }]);
  });
});
