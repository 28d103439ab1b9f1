import type { Principal, Statement } from '@homeward/persistence';

/**
 * The first wall: whether the caller has a relationship with the person of `table`; how long each lasts is for the
 * policy of `relationship` to say. Who only referred somebody sees the state of that referral, not the person
 * (DEC-32); what is held by one practitioner, or by the person, is theirs alone. Takes `$1` and `$2` from `callerOf`.
 */
export const related = (table: string): string => `EXISTS (SELECT FROM relationship r
  WHERE r.person_id = ${table}.person_id AND r.organisation = $1 AND r.kind <> 'referrer'
    AND (r.holder IS NULL OR r.holder LIKE 'team/%' OR r.holder IN ('practitioner/' || $2, 'person/' || $2)))`;

export const callerOf = ({ organisation, sub }: Principal): Statement['values'] => [organisation, sub];
