import {
  episodeTeamJoined,
  referralClosed,
  referralRedirectAcknowledged,
  referralRedirected,
  referralRedirectWithdrawn,
  type EventEnvelope,
} from '@homeward/contracts';
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
  rejected,
  RZ1,
  RZ2,
  self,
  told as toldOf,
  type Flow,
  type TestTeam,
} from '../../flow.fixture';
import { BeginHospitalStay } from '../begin-hospital-stay/begin-hospital-stay';
import { DischargeHandler } from '../discharge/discharge';
import { toHolder, type Holder } from './holders.http';
import { holderOf } from './holders.query';
import { openReferral } from './open-referral.projection';

let flow: Flow;
let intake: TestTeam;
let otherIntake: TestTeam;
let community: TestTeam;
let elsewhere: TestTeam;
beforeAll(async () => {
  flow = await createFlow();
  intake = await flow.team(RZ1, 'intake');
  otherIntake = await flow.team(RZ2, 'intake');
  community = await flow.team(RZ1);
  elsewhere = await flow.team(RZ2, 'intensive-support');
});
afterAll(() => flow.drop());

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 2, 9, minute));
const ask = async (context: CommandContext, person: string): Promise<Holder | undefined> => {
  const [row] = await flow.database.read(context, holderOf(context.principal, person, context.role), {
    subject: 'holder',
  });
  return row && toHolder(row);
};
const somebody = async (): Promise<string> => {
  const person = randomUUID();
  await flow.apply(registered(person, at(0)));
  return person;
};

/** A referral is passed on from one intake to another. */
const passedOn = (person: string, referralId: string, from: TestTeam, to: TestTeam, minute: number) => {
  const sender = { intakeOrganisation: from.organisation, intakeTeamId: from.id };
  const receiver = { toOrganisation: to.organisation, toTeamId: to.id };
  const acknowledged = {
    ...{ referralId, intakeOrganisation: to.organisation, intakeTeamId: to.id },
    ...{ fromOrganisation: from.organisation, fromTeamId: from.id },
  };
  const both = { referralId, ...sender, ...receiver };
  return {
    redirected: toldOf(referralRedirected, person, at(minute), both),
    acknowledged: () => toldOf(referralRedirectAcknowledged, person, at(minute + 1), acknowledged),
    withdrawn: () => toldOf(referralRedirectWithdrawn, person, at(minute + 1), both),
  };
};
const closed = (person: string, referralId: string, { id, organisation }: TestTeam, minute: number): EventEnvelope =>
  toldOf(referralClosed, person, at(minute), { referralId, intakeOrganisation: organisation, intakeTeamId: id });

describe('who holds a person', () => {
  it('is the sender of a redirect until the other intake acknowledges, which sees nothing of flow until then (TRI-04)', async () => {
    const person = await somebody();
    const referral = uuidv7();
    const who = async () => (await Promise.all([RZ1, RZ2].map((one) => ask(as(one), person)))).map((h) => h?.team.id);
    await flow.apply(received(person, intake, at(1), referral));
    const redirect = passedOn(person, referral, intake, otherIntake, 3);
    await flow.apply(redirect.redirected);
    expect(await who()).toEqual([intake.id, undefined]);
    await flow.apply(redirect.acknowledged());
    expect(await ask(self(person), person)).toMatchObject({ by: 'intake', since: '2026-11-02T09:04:00.000000Z' });
    expect(await who()).toEqual([undefined, otherIntake.id]);
    await flow.apply(closed(person, referral, otherIntake, 6));
    expect(await ask(self(person), person)).toBeUndefined();
  });

  it('is the intake of the oldest open referral, from receipt on (DEC-04)', async () => {
    const person = await somebody();
    const [first, second] = [uuidv7(), uuidv7()];
    await flow.apply(received(person, intake, at(2), first), received(person, elsewhere, at(1), second));
    expect(await ask(self(person), person)).toMatchObject({
      by: 'intake',
      since: '2026-11-02T09:01:00.000000Z',
      team: { id: elsewhere.id, organisation: RZ2, telephone: '01632 960001' },
      answeredBy: null,
      referralId: second,
    });
    await flow.apply(rejected(person, elsewhere, at(3), second));
    expect(await ask(self(person), person)).toMatchObject({ by: 'intake', team: { id: intake.id } });
    await flow.apply(rejected(person, intake, at(4), first));
    expect(await ask(self(person), person)).toBeUndefined();
  });

  it('is the intake of the oldest also where that was passed on since, in one batch or in two', async () => {
    for (const batches of [1, 2]) {
      const person = await somebody();
      const [older, newer] = [uuidv7(), uuidv7()];
      const redirect = passedOn(person, older, intake, otherIntake, 4);
      const first = [received(person, intake, at(1), older), received(person, intake, at(2), newer)];
      const then = [redirect.redirected, redirect.acknowledged()];
      await flow.apply(...first, ...(batches === 1 ? then : []));
      if (batches === 2) await flow.apply(...then);
      expect(await ask(self(person), person)).toMatchObject({ team: { id: otherIntake.id }, referralId: older });
    }
  });

  it('is the accepting team, then the accountable one, each with who answers and their number', async () => {
    const person = await somebody();
    const referral = uuidv7();
    const receipt = received(person, intake, at(1), referral);
    const acceptance = accepted(person, community, at(5), referral);
    await flow.apply(receipt, acceptance);
    const holding = {
      since: '2026-11-02T09:05:00.000000Z',
      team: { id: community.id, name: 'Team community' },
      answeredBy: { id: community.nurse, name: 'Sam Example', role: 'nurse', dutyUntil: null },
    };
    expect(await ask(self(person), person)).toMatchObject({ by: 'accepted-referral', ...holding });
    await flow.react(acceptance);
    expect(await ask(self(person), person)).toMatchObject({ by: 'episode', ...holding });
    await flow.apply(...(await flow.published(person)));
    expect(await ask(self(person), person)).toMatchObject({ by: 'episode', ...holding });
  });
});

const rowsOf = (person: string): Promise<unknown[]> =>
  flow.asWorker(
    `SELECT stage, team_id, coordinator_id, duty_until, since, received_at, accepted_on FROM open_referral WHERE person_id = $1 ORDER BY referral_id`,
    [person],
  );
const SETTLED = {
  stage: 3,
  team_id: null,
  coordinator_id: null,
  duty_until: null,
  since: null,
  received_at: null,
  accepted_on: null,
};

describe('from receipt on somebody holds the person, whichever reader is ahead (DEC-04)', () => {
  const referrals = fc.array(
    fc.record({
      team: fc.constantFrom('community', 'elsewhere'),
      end: fc.constantFrom('accepted', 'rejected', 'closed'),
      redirect: fc.constantFrom('none', 'acknowledged', 'withdrawn'),
    }),
    { minLength: 1, maxLength: 3 },
  );

  it('in every order in which the log and the reaction can come', async () => {
    await fc.assert(
      fc.asyncProperty(referrals, fc.array(fc.nat(2), { maxLength: 24 }), async (asked, choices) => {
        const person = await somebody();
        const told = asked.flatMap(({ team, end, redirect }, i) => {
          const referral = uuidv7();
          const events = [received(person, intake, at(i + 1), referral)];
          if (redirect !== 'none') {
            const passing = passedOn(person, referral, intake, otherIntake, i + 10);
            events.push(passing.redirected, redirect === 'acknowledged' ? passing.acknowledged() : passing.withdrawn());
          }
          const holding = redirect === 'acknowledged' ? otherIntake : intake;
          if (end === 'rejected') events.push(rejected(person, holding, at(30 + i), referral));
          if (end === 'closed') events.push(closed(person, referral, holding, 30 + i));
          if (end === 'accepted')
            events.push(accepted(person, team === 'community' ? community : elsewhere, at(30 + i), referral, holding));
          return events;
        });
        // Three queues that are each in order, and may be ahead of each other: the log of referrals in the projections'
        // reader, its acceptances in the reactions' reader, and flow's own log in the projections' reader.
        const queues = { told: [...told], toDecide: told.filter(({ type }) => type.includes('accepted')), own: 0 };
        const open = new Map<string, TestTeam>();
        let episode = false;
        const steps = [
          async () => {
            const event = queues.told.shift();
            if (!event) return;
            await flow.apply(event);
            if (event.type.includes('received')) open.set(event.subject, intake);
            if (event.type.includes('acknowledged')) open.set(event.subject, otherIntake);
            if (/rejected|closed/.test(event.type)) open.delete(event.subject);
          },
          async () => {
            const event = queues.toDecide.shift();
            if (!event) return;
            await flow.react(event);
            episode = true;
          },
          async () => {
            const event = (await flow.published(person))[queues.own];
            if (!event) return;
            queues.own += 1;
            await flow.apply(event);
          },
        ];
        const rest = Array.from({ length: 12 }, () => [0, 1, 2, 2]).flat();
        for (const choice of [...choices, ...rest]) {
          await steps[choice]?.();
          const holder = await ask(self(person), person);
          if (episode) expect(holder?.by).toBe('episode');
          else if (open.size > 0) expect(holder?.by).toMatch(/intake|accepted-referral/);
          else expect(holder).toBeUndefined();
          if (holder?.by === 'intake') expect([...open.values()].map(({ id }) => id)).toContain(holder.team.id);
        }
        expect(await rowsOf(person)).toEqual(asked.map(() => SETTLED));
      }),
      { numRuns: 25 },
    );
  });
});

describe('from the first fact on somebody holds the person, in hospital and out of it, and after a death who was last is told', () => {
  it('whatever is told in whatever order, and whichever reader is ahead (DEC-02, DEC-04, DEC-05)', async () => {
    const begin = new BeginHospitalStay(flow.database, flow.facts);
    const discharge = new DischargeHandler(flow.database, flow.facts);
    const ward = await flow.team(RZ2, 'hospital');
    const choices = fc.array(fc.nat(5), { minLength: 6, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(choices, fc.array(fc.nat(50)), async (turns, minutes) => {
        const person = await somebody();
        const referral = uuidv7();
        const acceptance = accepted(person, community, at(30), referral, intake);
        const stays: string[] = [];
        const known = { read: false, taken: false, died: false, own: 0, clock: 0 };
        const when = () => instantOf(at(minutes[known.clock++] ?? known.clock));
        const steps = [
          async () => {
            if (!known.read) await flow.apply(received(person, intake, at(1), referral), acceptance);
            known.read = true;
          },
          async () => {
            if (!known.taken) await flow.react(acceptance);
            known.taken = true;
          },
          async () => {
            const command = { id: uuidv7(), personId: person, teamId: ward.id, coordinatorId: ward.nurse };
            await begin.begin(as(RZ2), { ...command, occurredAt: when() });
            stays.push(command.id);
          },
          async () => {
            const told = { teamId: community.id, coordinatorId: community.nurse, occurredAt: when() };
            const [stay] = stays;
            if (stay) await discharge.discharge(as(RZ2), stay, { ...told, dischargeKind: 'managers' });
          },
          async () => {
            const events = (await flow.published(person)).slice(known.own);
            known.own += events.length;
            await flow.apply(...events);
          },
          async () => {
            if (!known.died) await flow.died(person, instantOf(at(55)));
            known.died = true;
          },
        ];
        for (const turn of turns) {
          await steps[turn]?.();
          const by = (await ask(self(person), person))?.by;
          const episode = known.taken || stays.length > 0;
          const held = episode ? (known.died ? /^died$/ : /^(episode|hospital-stay)$/) : /^accepted-referral$/;
          if (episode || known.read) expect(by).toMatch(held);
          else expect(by).toBeUndefined();
        }
      }),
      { numRuns: 25 },
    );
  });

  it('also when an admission, a discharge and an acceptance are told at the same moment', async () => {
    const person = await somebody();
    const ward = await flow.team(RZ2, 'hospital');
    const begin = new BeginHospitalStay(flow.database, flow.facts);
    const admit = (minute: number) =>
      begin.begin(as(RZ2), {
        ...{
          id: uuidv7(),
          personId: person,
          teamId: ward.id,
          coordinatorId: ward.nurse,
          occurredAt: instantOf(at(minute)),
        },
      });
    await Promise.all([admit(5), admit(3), flow.accepted(person, community, at(4)), admit(9)]);
    const [whole] = await flow.asWorker(
      `SELECT (SELECT count(*)::int FROM unnest(range_agg(during))) AS pieces, lower(range_agg(during)) AS "from",
        upper(range_agg(during)) AS until FROM accountability WHERE person_id = $1`,
      [person],
    );
    expect(whole).toEqual({ pieces: 1, from: at(3), until: null });
    expect(await ask(self(person), person)).toMatchObject({
      by: 'hospital-stay',
      beside: { team: { id: community.id } },
    });
  });
});

describe('what is kept of a referral', () => {
  const stories = fc.array(fc.constantFrom('received', 'passed on', 'accepted', 'rejected', 'closed', 'taken up'), {
    minLength: 1,
    maxLength: 4,
  });

  /** A referral that came as far as it says, and flow's own event where an episode took it up. */
  const told = (person: string, far: string): { theirs: EventEnvelope[]; own: EventEnvelope[] } => {
    const referralId = uuidv7();
    const theirs = [received(person, intake, at(1), referralId)];
    if (far === 'passed on' || far === 'closed') {
      const { redirected, acknowledged } = passedOn(person, referralId, intake, otherIntake, 2);
      theirs.push(redirected, acknowledged());
    }
    if (far === 'closed') theirs.push(closed(person, referralId, otherIntake, 5));
    if (far === 'rejected') theirs.push(rejected(person, intake, at(2), referralId));
    if (far === 'accepted' || far === 'taken up') theirs.push(accepted(person, community, at(2), referralId, intake));
    const data = { ...episodeTeamJoined.example, referralId };
    const own = far === 'taken up' ? [eventOf(episodeTeamJoined, person, 'episode/1', at(2), data)] : [];
    return { theirs, own };
  };

  it('is the same, however the two logs interleave and however batches are cut', async () => {
    await fc.assert(
      fc.asyncProperty(stories, fc.array(fc.boolean()), fc.array(fc.nat(3)), async (story, turns, sizes) => {
        const [person, again] = [randomUUID(), randomUUID()];
        const once = story.map((far) => told(person, far));
        await flow.apply(...once.flatMap(({ theirs }) => theirs), ...once.flatMap(({ own }) => own));

        const twice = story.map((far) => told(again, far));
        const queues = [twice.flatMap(({ theirs }) => theirs), twice.flatMap(({ own }) => own)];
        for (let i = 0; queues.some((queue) => queue.length > 0); i += 1) {
          const turn = (turns[i] ?? i % 2 === 0) ? 0 : 1;
          const batch = queues[turn]?.splice(0, (sizes[i] ?? 0) + 1) ?? [];
          if (batch.length > 0) await flow.apply(...batch);
        }
        expect(await rowsOf(again)).toEqual(await rowsOf(person));
      }),
      { numRuns: 40 },
    );
  });
});

describe('who may ask', () => {
  it('is the intake until a team accepts, then that team until its episode opens, then the accountable side', async () => {
    const person = await somebody();
    const referral = uuidv7();
    const receipt = received(person, intake, at(1), referral);
    const acceptance = accepted(person, elsewhere, at(5), referral, intake);
    const seen = async () => [RZ1, RZ2, 'A99001', 'RZ3'].map((organisation) => ask(as(organisation), person));
    const who = async () => (await Promise.all(await seen())).map((holder) => holder?.by);
    await flow.apply(receipt);
    expect(await who()).toEqual(['intake', undefined, undefined, undefined]);
    await flow.apply(acceptance);
    expect(await who()).toEqual([undefined, 'accepted-referral', undefined, undefined]);
    await flow.react(acceptance);
    expect(await who()).toEqual([undefined, 'episode', undefined, undefined]);
    await flow.apply(...(await flow.published(person)));
    expect(await who()).toEqual([undefined, 'episode', undefined, undefined]);
  });

  it('is nobody by an acceptance alone once the referral is settled', async () => {
    const person = await somebody();
    const referral = uuidv7();
    const receipt = received(person, intake, at(1), referral);
    const acceptance = accepted(person, elsewhere, at(5), referral, intake);
    await flow.apply(receipt, acceptance);
    await flow.react(acceptance);
    await flow.apply(...(await flow.published(person)));
    await flow.asWorker(`UPDATE relationship SET until = "from" WHERE person_id = $1 AND kind <> 'accepting-team'`, [
      person,
    ]);
    expect(await ask(as(RZ2), person)).toBeUndefined();
  });

  it('is not who referred (DEC-32)', async () => {
    const person = await somebody();
    await flow.apply(received(person, intake, at(1), uuidv7()));
    expect(await ask(as('A99001', 'referrer'), person)).toBeUndefined();
  });

  it('is not another person', async () => {
    const person = await somebody();
    await flow.apply(received(person, intake, at(1), uuidv7()));
    expect(await ask(self(await somebody()), person)).toBeUndefined();
  });

  it('the second wall shows the rows to nobody else, and none without a principal', async () => {
    const person = await somebody();
    await flow.apply(received(person, intake, at(1), uuidv7()));
    expect(await flow.asApp(RZ1, 'SELECT 1 FROM open_referral WHERE person_id = $1', [person])).toHaveLength(1);
    expect(await flow.asApp('RZ3', 'SELECT 1 FROM open_referral WHERE person_id = $1', [person])).toEqual([]);
    expect(await flow.asApp(undefined, 'SELECT 1 FROM open_referral')).toEqual([]);
    expect(await flow.asApp(undefined, `SELECT 1 FROM open_referral_${openReferral.generation}.open_referral`)).toEqual(
      [],
    );
  });
});
