import type { Statement } from '@homeward/persistence';
import { createHash } from 'node:crypto';
import { holderOf } from '../../../services/flow/src/features/holders/holders.query';
import { journeyOf } from '../../../services/flow/src/features/journey/journey.query';
import { transfersOf } from '../../../services/flow/src/features/transfers/transfers.query';
import { cardsOf } from '../../../services/people/src/features/cards/cards.query';
import { referralsFor } from '../../../services/referrals/src/features/referral/referral.query';
import { worklist } from '../../../services/referrals/src/features/worklist/worklist.query';
import { ORGANISATIONS, TEAMS_EACH } from './fill';

type Owner = 'flow' | 'referrals' | 'people';

export interface TenthQuery {
  name: string;
  owner: Owner;
  /** `n` is drawn at random for each. */
  statement(caller: Caller, draw: (below: number) => number): Statement;
  as?: 'worker';
}

export interface Caller {
  organisation: string;
  sub: string;
  teams: string[];
  roles: string[];
  purpose: string;
}

const PAGE = 51;
const id = (kind: string, n: number): string => {
  const hex = createHash('md5').update(`${kind}${n}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};
/** People and teams of organisation 0 are those that its number divides. */
const personOf = (draw: (below: number) => number, people: number): string =>
  id('person', ORGANISATIONS * (1 + draw(people / ORGANISATIONS - 1)));
const teamOf = (draw: (below: number) => number): string => id('team', ORGANISATIONS * draw(TEAMS_EACH));

export const tenQueries = (people: number, page50: unknown[]): TenthQuery[] => [
  {
    name: 'holder of one',
    owner: 'flow',
    statement: (caller, draw) => holderOf(caller, personOf(draw, people), 'coordinator'),
  },
  {
    name: 'journey of one',
    owner: 'flow',
    statement: (caller, draw) => journeyOf(caller, personOf(draw, people), {}, 'coordinator'),
  },
  {
    name: 'journey as of, as known on',
    owner: 'flow',
    statement: (caller, draw) => {
      const point = { asOf: '2025-03-01T00:00:00.000000Z', asKnownOn: '2025-03-02T00:00:00.000000Z' };
      return journeyOf(caller, personOf(draw, people), point as never, 'coordinator');
    },
  },
  {
    name: 'referrals of one',
    owner: 'referrals',
    statement: (caller, draw) => referralsFor(caller, { personId: personOf(draw, people) }),
  },
  {
    name: 'worklist, first page',
    owner: 'referrals',
    statement: ({ organisation }) => worklist(organisation, { status: 'open' }, undefined, PAGE),
  },
  {
    name: 'worklist, page 50',
    owner: 'referrals',
    statement: ({ organisation }) => worklist(organisation, { status: 'open' }, page50 as never, PAGE),
  },
  {
    name: 'worklist by team',
    owner: 'referrals',
    statement: ({ organisation }, draw) =>
      worklist(organisation, { status: 'open', teamId: teamOf(draw) }, undefined, PAGE),
  },
  {
    name: 'open transfers by team',
    owner: 'flow',
    statement: (caller, draw) => transfersOf(caller, { teamId: teamOf(draw), open: true }, undefined, PAGE),
  },
  {
    name: 'cards of 100',
    owner: 'people',
    statement: (caller, draw) =>
      cardsOf(
        caller,
        Array.from({ length: 100 }, () => personOf(draw, people)),
      ),
  },
  {
    name: 'who looked',
    owner: 'people',
    as: 'worker',
    statement: (_, draw) => ({
      text: `SELECT at, organisation, sub, role, purpose, action, outcome FROM audit WHERE person_ids @> ARRAY[$1::uuid]
        ORDER BY at DESC LIMIT 100`,
      values: [personOf(draw, people)],
    }),
  },
];
