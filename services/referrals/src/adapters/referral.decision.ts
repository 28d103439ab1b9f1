import type { Decision } from '@homeward/persistence';
import { evolve, type Referral, type ReferralEvent } from '../domain/referral';
import { published } from './referral.publication';
import { changeTo, insert } from './referral.repository';
import { stepOf } from './referral.steps';

/** What the events of a referral change, publish and answer; `also` is answered beside it. */
export function recorded(
  before: Referral | undefined,
  events: ReferralEvent | ReferralEvent[],
  organisation: string,
  also: object = {},
): Decision {
  let referral = before;
  const told = [events].flat().map((event) => {
    referral = evolve(referral, event);
    return { step: stepOf(referral, event, organisation), published: published(referral, event) };
  });
  if (!referral) throw new Error('nothing happened');
  const { id, personId, version, status } = referral;
  const location = `/referrals/${id}`;
  const answer = { id, version, status, links: { self: location }, ...also };
  return {
    changes: [before ? changeTo(referral, before.version) : insert(referral), ...told.flatMap(({ step }) => step)],
    events: told.map(({ published }) => published),
    outcome: before
      ? { status: 200, body: answer, etag: version }
      : { status: 201, body: answer, etag: version, location },
    audit: { subject: `referral/${id}`, personIds: [personId] },
  };
}
