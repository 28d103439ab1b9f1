import { PERSONAS, type PersonaName } from '../../../infra/local/issuer/personas';
import type { CommandKind } from '../commands';
import type { Reply } from '../client';
import { referralTo, REJECTION, somebody } from '../made-up';
import type { Way } from '../way';

export interface Referral {
  path: string;
  personId: string;
  etag: string | undefined;
  /** Whose intake decides about it. */
  by: PersonaName;
}

export function refer(way: Way): Promise<Referral | undefined> {
  return way.chance(0.3) ? referByDetails(way) : referById(way);
}

async function referById(way: Way): Promise<Referral | undefined> {
  const registered = await way.command('register-person', 'gp', '/people', somebody(way.random));
  if (!registered) return undefined;
  const body = { ...referralTo(way.teams.intake), personId: registered.body['id'] };
  return seen(way, await way.command('refer-by-id', 'gp', '/referrals', body));
}

export async function referByDetails(way: Way): Promise<Referral | undefined> {
  const body = { ...referralTo(way.teams.intake), person: somebody(way.random) };
  return seen(way, await way.command('refer-by-details', 'gp', '/referrals', body));
}

/** As the intake sees it; the referrer is not told who it is. */
async function seen(way: Way, received: Reply | undefined): Promise<Referral | undefined> {
  if (!received) return undefined;
  const path = `/referrals/${String(received.body['id'])}`;
  const found = await way.read('intake', path, ({ status }) => status === 200);
  return found && { path, personId: String(found.body['personId']), etag: found.etag, by: 'intake' };
}

/** What may happen to it before somebody decides. */
export async function screen(way: Way, referral: Referral): Promise<void> {
  if (way.chance(0.2)) await askForInformation(way, referral);
  if (way.chance(0.3)) {
    const { by } = referral;
    const triage = { priority: 'urgent', riskBand: 'medium' };
    if (by === 'intake') await step(way, referral, 'triage-referral', by, 'triage', triage);
  }
  if (way.chance(0.2)) await passOn(way, referral);
}

async function askForInformation(way: Way, referral: Referral): Promise<void> {
  const question = { itemCodes: ['care-plan'], askedOf: 'gp', question: 'Made up.' };
  const asked = await step(way, referral, 'request-information', referral.by, 'request-information', question);
  if (asked && way.chance(0.8)) {
    await step(way, referral, 'record-information', referral.by, 'record-information', { words: 'Made up.' });
  }
}

/** To another trust's intake: until it acknowledges, ours holds the person, and may take it back. */
async function passOn(way: Way, referral: Referral): Promise<void> {
  const to = { toTeamId: way.teams.secondIntake, reasonCode: 'area' };
  if (!(await step(way, referral, 'redirect-referral', 'intake', 'redirect', to))) return;
  if (way.chance(0.3)) return void (await step(way, referral, 'withdraw-redirect', 'intake', 'withdraw-redirect', {}));
  if (way.chance(0.2)) return; // ours decides all the same
  way.leaving();
  const by = 'second-trust-lead';
  if (!(await step(way, referral, 'acknowledge-redirect', by, 'acknowledge-redirect', {}))) return;
  referral.by = by;
  way.held(by);
}

export async function reject(way: Way, referral: Referral): Promise<void> {
  way.leaving();
  await step(way, referral, 'reject-referral', referral.by, 'reject', REJECTION);
}

export async function withdraw(way: Way, referral: Referral): Promise<void> {
  way.leaving();
  const wish = { reasonCode: 'no-longer-needed' };
  await step(way, referral, 'withdraw-referral', way.chance(0.5) ? 'gp' : referral.by, 'withdraw', wish);
}

export function accept(way: Way, referral: Referral): Promise<Reply | undefined> {
  const { community, secondCommunity } = way.teams;
  const ours = { teamId: community, coordinatorId: PERSONAS['community-nurse'].sub };
  const theirs = { teamId: secondCommunity, coordinatorId: PERSONAS['second-trust-lead'].sub };
  const answer = { ...(referral.by === 'intake' ? ours : theirs), priority: 'urgent' };
  return step(way, referral, 'accept-referral', referral.by, 'accept', answer);
}

/** On the version that the last answer told of. */
async function step(
  way: Way,
  referral: Referral,
  ...[kind, by, verb, body]: [kind: CommandKind, by: PersonaName, verb: string, body: object]
): Promise<Reply | undefined> {
  const reply = await way.command(kind, by, `${referral.path}/${verb}`, body, referral.etag);
  if (reply) referral.etag = reply.etag;
  return reply;
}
