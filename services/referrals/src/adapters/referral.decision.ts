import { referralsDeadlines } from '@homeward/contracts';
import { movedDeadlines, type About, type Move } from '@homeward/deadlines';
import type { Change, Decision, Row } from '@homeward/persistence';
import type { Override } from '@homeward/policy';
import { movesOf } from '../domain/deadlines';
import { evolve, type Referral, type ReferralEvent } from '../domain/referral';
import { published } from './referral.publication';
import { changeTo, insert, inTouchWith } from './referral.repository';
import { stepOf } from './referral.steps';

/** The rows of its deadlines, and when the fact is told. */
export interface Clocks {
  known: Row[];
  now: Date;
  /** What the board of the person's home decided: of a fact that may start a deadline. */
  decided?: readonly Override[];
}

/** What the events of a referral change, publish and answer; `also` is answered beside it. */
export function recorded(
  before: Referral | undefined,
  events: ReferralEvent | ReferralEvent[],
  organisation: string,
  also: object = {},
  clocks?: Clocks,
): Decision {
  let referral = before;
  const moves: Move[] = [];
  const told = [events].flat().map((event) => {
    moves.push(...movesOf(referral, event));
    referral = evolve(referral, event);
    return { step: stepOf(referral, event, organisation), published: published(referral, event) };
  });
  if (!referral) throw new Error('nothing happened');
  const { id, personId, version, status } = referral;
  const location = `/referrals/${id}`;
  const deadlines = moved({ personId, subject: `referral/${id}` }, moves, clocks);
  const answer = { id, version, status, links: { self: location }, ...also };
  return {
    changes: [stored(before, [events].flat(), referral), ...told.flatMap(({ step }) => step), ...deadlines.changes],
    events: [...told.map(({ published }) => published), ...deadlines.events],
    outcome: before
      ? { status: 200, body: answer, etag: version }
      : { status: 201, body: answer, etag: version, location },
    audit: { subject: `referral/${id}`, personIds: [personId] },
  };
}

function stored(before: Referral | undefined, events: ReferralEvent[], after: Referral): Change {
  if (!before) return insert(after);
  const isContact = events.every(({ type }) => type === 'care-contact-recorded');
  return isContact ? inTouchWith(after, before.version) : changeTo(after, before.version);
}

function moved(about: About, moves: Move[], clocks: Clocks | undefined): Pick<Decision, 'changes' | 'events'> {
  if (moves.length === 0) return { changes: [], events: [] };
  if (!clocks) throw new Error('its deadlines were not loaded');
  return movedDeadlines(referralsDeadlines, about, clocks.known, moves, clocks.now, clocks.decided);
}
