import type { Instant } from '@homeward/kernel';
import { inUtc, type Principal, type Statement } from '@homeward/persistence';
import { callerOf, callersRelationships, idsOf, opensJourney } from '../../adapters/related';

export interface PointInTime {
  /** As things were then; now unless given. */
  asOf?: Instant;
  /** By what was recorded until then; all of it unless given. */
  asKnownOn?: Instant;
}

/**
 * One fold: what was recorded until `asKnownOn`, less what such an event corrects, and had happened by `asOf`; of ids
 * that were merged into this one, too. A referrer sees what concerns their own referral only, `whole` is false then
 * (DEC-32). One row with `event_id` null is a journey without entries, no row is nobody's business.
 */
export const journeyOf = (
  caller: Principal,
  personId: string,
  { asOf, asKnownOn }: PointInTime,
  role: string,
): Statement => ({
  text: `WITH allowed AS MATERIALIZED (
      SELECT ids.id, bool_or(mine.kind <> 'referrer') AS whole,
        array_agg(mine.subject) FILTER (WHERE mine.kind = 'referrer') AS referrals
      FROM ${idsOf('$3')} CROSS JOIN LATERAL (SELECT r.kind, r.subject FROM ${callersRelationships('ids.id')}
        AND (${role !== 'privacy'} AND r.kind = 'referrer' OR ${opensJourney('ids.id', role)})) AS mine GROUP BY ids.id),
    point AS (SELECT coalesce($4, n.now) AS as_of,
      -- A stream's facts are recorded one after the other, so the latest may be a little later than a clock that stands.
      coalesce($5, greatest(n.now,
        (SELECT max(j.recorded_at) FROM allowed JOIN journey j ON j.person_id = allowed.id))) AS as_known_on
      FROM (SELECT current_setting('app.now')::timestamptz AS now) AS n),
    known AS (SELECT j.*, allowed.whole, allowed.referrals FROM allowed JOIN journey j ON j.person_id = allowed.id
      CROSS JOIN point WHERE j.recorded_at <= point.as_known_on)
    SELECT $3::uuid AS person_id, ${inUtc('point.as_of')} AS as_of, ${inUtc('point.as_known_on')} AS as_known_on,
      k.event_id, k.type, k.subject, k.source, k.precision, k.data, k.whole,
      ${inUtc('k.occurred_at')} AS occurred_at, ${inUtc('k.recorded_at')} AS recorded_at
    FROM point LEFT JOIN LATERAL (
      SELECT * FROM known WHERE known.occurred_at <= point.as_of
        AND NOT EXISTS (SELECT FROM known c WHERE c.corrects = known.event_id)
        AND (known.whole OR known.subject = ANY (known.referrals))) AS k ON true
    WHERE EXISTS (SELECT FROM allowed)
    ORDER BY k.occurred_at, k.source, k.sequence`,
  values: [...callerOf(caller), personId, asOf ?? null, asKnownOn ?? null],
});
