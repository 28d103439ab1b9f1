import { eventually } from '@homeward/testing';
import type { TestService } from '@homeward/testing/service';
import { randomUUID } from 'node:crypto';
import { PERSONAS } from '../infra/local/issuer/personas';
import type { Relation } from '../tools/reference/who-may';
import type { World } from './access.fixture';

/** Before it begins, while it lasts, after it ended. */
export const TIMES = ['before', 'during', 'after'] as const;
export type Time = (typeof TIMES)[number];

/** Who calls in the suite, in whichever organisation and role. */
export const ME = PERSONAS['community-nurse'].sub;
export const A_COLLEAGUE = randomUUID();
/** That signs in for a contact of everybody. */
export const MY_ACCOUNT = randomUUID();
/** The team that the caller’s token names. */
export const MY_TEAM = randomUUID();
const ANOTHER_TEAM = randomUUID();

/** The organisations that are given a relationship: one that is new to all, and those that stand in the records. */
export const NEUTRAL = 'RZ3';
export const INTAKES = 'RZ1';
export const REFERRERS = 'A99001';
/** That is given none. */
export const ANOTHER = 'RZ2';

export const peopleOf = (world: World): string[] => {
  const { sam, proposed, toDecline, toTakeBack, accepted, staying, home, changing, mistyped } = world;
  const supported = [sam, proposed, toDecline, toTakeBack, accepted, staying, home].map(({ personId }) => personId);
  return [...supported, mistyped, changing.personId, changing.old, changing.survivor];
};

type OfPersons = 'self' | (typeof CLOSE)[number];
/** Family and an advocate act in their own name, with an account of theirs. */
const CLOSE = ['family', 'advocate'] as const;
export const isClose = (relation: Relation): relation is (typeof CLOSE)[number] =>
  (CLOSE as readonly Relation[]).includes(relation);
const isOfPersons = (relation: Relation): relation is OfPersons => relation === 'self' || isClose(relation);

/** Kind, what it is about, and who holds it: a practitioner, a team, or anybody of the organisation. */
const LAID: Record<
  Exclude<Relation, OfPersons>,
  [kind: string, about: 'referral' | 'transfer' | 'episode', holder?: 'practitioner' | `team/${string}`]
> = {
  intake: ['intake', 'referral'],
  'accepting-team': ['accepting-team', 'referral'],
  referrer: ['referrer', 'referral'],
  'receiving-team of a referral': ['receiving-team', 'referral'],
  'receiving-team of a transfer': ['receiving-team', 'transfer'],
  'accountable-team': ['accountable-team', 'episode', `team/${ANOTHER_TEAM}`],
  'accountable-team of their own': ['accountable-team', 'episode', `team/${MY_TEAM}`],
  'contributing-team': ['contributing-team', 'episode'],
  coordinator: ['coordinator', 'episode', 'practitioner'],
  'break-glass': ['break-glass', 'episode', 'practitioner'],
};

/** Whether a relationship is one practitioner's, so that a colleague's is told apart from one's own. */
export const isHeldByOne = (relation: Relation): boolean =>
  !isOfPersons(relation) && LAID[relation][2] === 'practitioner';

export interface Relations {
  /** Takes away what every caller of the suite may see, and gives them this relationship with everybody. */
  lay(relation?: { relation: Relation; time: Time; holder?: string }): Promise<void>;
}

export async function relationsOf(world: World): Promise<Relations> {
  const services = Object.values(world.services);
  await allHeardTheSame(services);
  const people = peopleOf(world);
  const referrals =
    (await world.services['referrals']?.asWorker<{ id: string; person_id: string }>(
      'SELECT id, person_id FROM referral WHERE person_id = ANY ($1::uuid[])',
      [people],
    )) ?? [];
  const subjects = (about: string, personId: string): string[] =>
    about === 'referral'
      ? referrals.filter(({ person_id }) => person_id === personId).map(({ id }) => `referral/${id}`)
      : [`${about}/${randomUUID()}`];

  const rowsOf = (relation: Relation, holder: string): object[] =>
    people.flatMap((personId) => {
      const own = `person/${personId}`;
      if (relation === 'self') return [row(personId, own, 'self', own, own)];
      const account = `person/${MY_ACCOUNT}`;
      if (isClose(relation)) return [row(personId, account, relation, `contact/${randomUUID()}`, account)];
      const [kind, about, held = null] = LAID[relation];
      const callers = [NEUTRAL, INTAKES, REFERRERS, ...(relation === 'referrer' ? [own] : [])];
      return subjects(about, personId).flatMap((subject) =>
        callers.map((organisation) =>
          row(personId, organisation, kind, subject, held === 'practitioner' ? `practitioner/${holder}` : held),
        ),
      );
    });

  return {
    async lay(laid) {
      const rows = laid ? rowsOf(laid.relation, laid.holder ?? ME) : [];
      const [from, until] = { before: [60, null], during: [-60, null], after: [-60, -1] }[laid?.time ?? 'during'];
      for (const service of services) {
        await service.asWorker(
          `DELETE FROM relationship WHERE organisation = ANY ($1) OR organisation LIKE 'person/%'`,
          [[NEUTRAL, INTAKES, REFERRERS]],
        );
        await service.asWorker(
          `INSERT INTO relationship (source, person_id, organisation, holder, kind, subject, "from", until)
           SELECT '/homeward/a-suite', person_id, organisation, holder, kind, subject,
             now() + make_interval(mins => $2), now() + make_interval(mins => $3)
           FROM jsonb_to_recordset($1) AS r (person_id uuid, organisation text, holder text, kind text, subject text)`,
          [JSON.stringify(rows), from, until],
        );
      }
    },
  };
}

const row = (person_id: string, organisation: string, kind: string, subject: string, holder: string | null) => ({
  ...{ person_id, organisation, kind, subject, holder },
});

/** Nothing is on its way any more that would open a right by itself. */
const allHeardTheSame = (services: TestService[]): Promise<unknown> =>
  eventually(async () => {
    const counts = services.map((service) =>
      service.asWorker<{ rows: string }>(
        `SELECT md5(string_agg(r::text, ' ' ORDER BY r::text)) AS rows
         FROM (SELECT source, person_id, organisation, holder, kind, subject, "from", until FROM relationship) AS r`,
      ),
    );
    const seen = (await Promise.all(counts)).map(([first]) => first?.rows);
    return new Set(seen).size === 1;
  });
