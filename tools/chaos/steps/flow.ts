import { PERSONAS, type PersonaName } from '../../../infra/local/issuer/personas';
import type { Way } from '../way';

const DAY_MS = 24 * 3_600_000;

export async function moveTeam(way: Way): Promise<void> {
  const holder = await way.read('community-lead', `/holders/${way.personId}`, ({ body }) => body['by'] === 'episode');
  if (!holder) return;
  const now = new Date().toISOString();
  const proposed = await way.command('propose-transfer', 'community-lead', '/transfers', {
    episodeId: holder.body['episodeId'],
    toTeamId: way.teams.intensive,
    reasonCode: 'more-intensive-support',
    priority: 'urgent',
    riskAssessedAt: now,
  });
  if (!proposed || way.chance(0.1)) return; // what becomes of the person supersedes it, or it stays open
  const path = `/transfers/${String(proposed.body['id'])}`;
  if (way.chance(0.15)) {
    const no = { reasonCode: 'criteria-not-met', alternativeCode: 'joint-review' };
    return void (await way.command('decline-transfer', 'intensive-lead', `${path}/decline`, no, proposed.etag));
  }
  if (way.chance(0.1)) {
    const back = { reasonCode: 'no-longer-needed' };
    return void (await way.command('withdraw-transfer', 'community-lead', `${path}/withdraw`, back, proposed.etag));
  }
  const takeOver = { coordinatorId: PERSONAS['intensive-nurse'].sub, startsAt: now };
  const agreed = await way.command('accept-transfer', 'intensive-lead', `${path}/accept`, takeOver, proposed.etag);
  if (!agreed) return;
  const done = { handoverComplete: true, firstContactAt: now, personInformedAt: now };
  await way.command('complete-transfer', 'intensive-lead', `${path}/complete`, done, agreed.etag);
}

/** Told as it happens, or of a time before anything else that is known of the person; they go back to who accepted them. */
export async function stayInHospital(way: Way, by: PersonaName): Promise<void> {
  const { community, secondCommunity, wards } = way.teams;
  const [home, nurse, lead] =
    by === 'intake'
      ? ([community, 'community-nurse', 'community-lead'] as const)
      : ([secondCommunity, 'second-trust-lead', 'second-trust-lead'] as const);
  const began = Date.now() - (way.chance(0.3) ? 3 * DAY_MS : 0);
  const at = (part: number): string => new Date(began + (Date.now() - began) * part).toISOString();
  const answered = { coordinatorId: PERSONAS['second-trust-lead'].sub };
  const admission = { personId: way.personId, teamId: wards[0], admittedAt: at(0), ...answered };
  const stay = await way.command('begin-hospital-stay', 'second-trust-lead', '/hospital-stays', admission);
  if (!stay) return;
  const path = `/hospital-stays/${String(stay.body['id'])}`;
  if (way.chance(0.5)) {
    const move = { teamId: wards[1], movedAt: at(0.4), ...answered };
    await way.command('move-hospital-stay', 'second-trust-lead', `${path}/move`, move);
  }
  if (way.chance(0.3)) return;
  const coordinatorId = PERSONAS[nurse].sub;
  const discharge = { teamId: home, kind: 'planned', dischargedAt: at(0.8), coordinatorId };
  const left = await way.command('discharge-from-hospital', 'second-trust-lead', `${path}/discharge`, discharge);
  if (left && way.chance(0.7)) await way.command('accept-discharge', lead, `${path}/accept-discharge`, {});
}
