import type { PersonaName } from '../../../infra/local/issuer/personas';
import { HOME, somebody } from '../made-up';
import type { Way } from '../way';
import { referByDetails } from './referrals';

export async function correct(way: Way): Promise<void> {
  const path = `/people/${way.personId}`;
  const known = await way.read('intake', path, ({ etag }) => etag !== undefined);
  if (!known) return;
  const right = { familyName: somebody(way.random).familyName };
  await way.command('correct-person', 'intake', `${path}/correct`, right, known.etag);
}

export async function beginHome(way: Way): Promise<void> {
  const path = `/people/${way.personId}`;
  if (!(await way.read('intake', path, ({ status }) => status === 200))) return;
  const home = { ...HOME, from: new Date().toISOString().slice(0, 10) };
  await way.command('begin-home', 'intake', `${path}/homes`, home);
}

/** Somebody referred them once more, and they were not known again. */
export async function mergeAnother(way: Way): Promise<void> {
  const other = await referByDetails(way);
  if (!other) return;
  const path = `/people/${other.personId}`;
  const known = await way.read('manager', path, ({ etag }) => etag !== undefined);
  const into = await way.read('manager', `/people/${way.personId}`, ({ status }) => status === 200);
  if (!known || !into) return;
  await way.command('merge-person', 'manager', `${path}/merge`, { intoId: way.personId }, known.etag);
}

export async function die(way: Way, by: PersonaName): Promise<void> {
  const path = `/people/${way.personId}`;
  if (!(await way.read(by, path, ({ status }) => status === 200))) return;
  way.leaving();
  await way.command('record-death', by, `${path}/record-death`, { diedAt: new Date().toISOString() });
}
