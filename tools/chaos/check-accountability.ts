import type { EventEnvelope } from '@homeward/contracts';
import { connectionOf, type DatabaseConfig } from '@homeward/persistence';
import { Client } from 'pg';

/**
 * From the acceptance on, by the time at which things happened, each person has one accountable team and no instant
 * without: the ranges touch, do not overlap, and begin at the acceptance that opened the episode (DEC-04, TRF-03).
 */
export async function checkAccountability(flow: DatabaseConfig, events: EventEnvelope[]): Promise<string[]> {
  const opened = events.filter(({ type }) => type === 'homeward.flow.episode.opened.v1');
  const accepted = new Map(
    events
      .filter(({ type }) => type === 'homeward.referrals.referral.accepted.v1')
      .map((event) => [(event.data as { referralId: string }).referralId, event]),
  );
  const ranges = await rangesOf(flow);
  const violations: string[] = [];
  for (const event of opened) {
    const person = event.personid ?? '';
    const own = ranges.get(person) ?? [];
    const acceptance = accepted.get((event.data as { referralId: string }).referralId);
    if (!acceptance) violations.push(`${person}: an episode without an acceptance`);
    else if (Date.parse(acceptance.occurredat) !== Date.parse(event.occurredat)) {
      violations.push(`${person}: accepted ${acceptance.occurredat}, responsible from ${event.occurredat}`);
    }
    if (own[0] === undefined || own[0].from > Date.parse(event.occurredat)) {
      violations.push(`${person}: nobody is accountable at the acceptance`);
    }
    own.forEach((range, i) => {
      const next = own[i + 1];
      if (next && range.until !== next.from) violations.push(`${person}: a gap or an overlap at ${range.until}`);
    });
    if (own.length > 0 && own.at(-1)?.until !== null) violations.push(`${person}: nobody is accountable any more`);
  }
  return violations;
}

interface Range {
  from: number;
  /** Null: still so. */
  until: number | null;
}

async function rangesOf(flow: DatabaseConfig): Promise<Map<string, Range[]>> {
  const client = new Client(connectionOf(flow, 'worker'));
  await client.connect();
  try {
    const { rows } = await client.query<{ person_id: string; from: Date; until: Date | null }>(
      'SELECT person_id, lower(during) AS from, upper(during) AS until FROM accountability ORDER BY person_id, during',
    );
    const ranges = new Map<string, Range[]>();
    for (const { person_id, from, until } of rows) {
      const own = ranges.get(person_id) ?? [];
      ranges.set(person_id, [...own, { from: from.getTime(), until: until?.getTime() ?? null }]);
    }
    return ranges;
  } finally {
    await client.end();
  }
}
