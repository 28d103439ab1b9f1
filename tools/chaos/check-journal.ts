import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { PUBLISHES } from './commands';
import type { Accepted } from './journal';
import type { Scratch } from './scratch';

export async function readJournal(file: string, scratch: Scratch): Promise<number> {
  let rows: { kind: string; correlation: string }[] = [];
  let total = 0;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const { kind, correlationId } = JSON.parse(line) as Accepted;
    rows.push({ kind, correlation: correlationId });
    total += 1;
    if (rows.length < 5_000) continue;
    await scratch.put('accepted', rows);
    rows = [];
  }
  await scratch.put('accepted', rows);
  const kinds = Object.entries(PUBLISHES).flatMap(([kind, types]) => types.map((type) => ({ kind, type })));
  await scratch.put('publishes', kinds);
  return total;
}

/**
 * Every accepted command has its events, each once; and what had to be decided because of them is decided once. An
 * acceptance opens an episode, or the team joins one; or both, where a later episode was known already.
 */
export async function checkJournal(scratch: Scratch): Promise<string[]> {
  const found = await scratch.ask<{ what: string }>(
    `SELECT format('%s %s was accepted and has %s of %s', a.kind, a.correlation, count(DISTINCT l.id), p.type) AS what
        FROM accepted a JOIN publishes p USING (kind)
        LEFT JOIN logged l ON l.correlation = a.correlation AND l.type = p.type
        GROUP BY a.kind, a.correlation, p.type HAVING count(DISTINCT l.id) <> 1
      UNION ALL SELECT format('acceptance %s had %s effects in flow', r.id, count(DISTINCT l.id))
        FROM logged r LEFT JOIN logged l ON l.causation = r.id
          AND l.type IN ('homeward.flow.episode.opened.v1', 'homeward.flow.episode.team-joined.v1',
            'homeward.flow.episode.community-team-joined.v1')
        WHERE r.type = 'homeward.referrals.referral.accepted.v1'
        GROUP BY r.id HAVING count(l.id) = 0 OR count(DISTINCT l.id) > count(DISTINCT l.type)
      UNION ALL SELECT format('%s has %s of %s on %s', causation, count(DISTINCT id), type, subject)
        FROM logged WHERE causation IS NOT NULL
        GROUP BY causation, source, type, subject HAVING count(DISTINCT id) > 1`,
  );
  return found.map(({ what }) => what);
}
