import { logsUnderTest } from '@homeward/testing';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PersonaName } from '../infra/local/issuer/personas';
import { livesOf } from '../tools/population/lives';
import { Player, type Progress } from '../tools/population/player';
import { Api } from '../tools/start/api';
import { EVENTFUL, PLAN } from './eventful.fixture';
import { startInProcess } from './system-in-process.fixture';

const READERS: PersonaName[] = ['manager', 'second-trust-lead', 'gp'];
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const MICROSECONDS = /(\.\d{3})\d{3}Z/g;

interface Dump {
  notAsPlanned: string[];
  /** Of each person, in the order of the plan: journey, holder, referrals, as each reader is answered. */
  people: string[];
  worklists: string[];
}

/** Plays the plan on a system of its own, stopped in the middle and played on, and writes down what it tells. */
async function play(log: 'postgres' | 'kafka'): Promise<Dump> {
  const system = await startInProcess(log);
  const journal = join(mkdtempSync(join(tmpdir(), 'homeward-population-')), 'journal.jsonl');
  const options = { gateway: system.url, plan: PLAN, lives: livesOf(PLAN, EVENTFUL), journal };
  const token = (persona: PersonaName) => Promise.resolve(system.token(persona));
  let isHalfDone = false;
  const onProgress = ({ done, total }: Progress): void => void (isHalfDone = done > total / 2);
  expect(await new Player({ ...options, token, stopped: () => isHalfDone, onProgress }).play()).toBeUndefined();
  const player = new Player({ ...options, token, stopped: () => false, onProgress: () => undefined });
  const notAsPlanned = (await player.play()) ?? ['stopped'];

  const api = new Api(system.url);
  const ids = new Map<string, string>();
  const known = (text: string): string =>
    text.replace(UUID, (id) => ids.get(id) ?? 'another').replace(MICROSECONDS, '$1Z');
  const named = (text: string): string => {
    for (const [id] of text.matchAll(UUID)) if (!ids.has(id)) ids.set(id, `id-${ids.size}`);
    return known(text);
  };
  const read = async (path: string, reader: PersonaName) => {
    const { status, body } = await api.get(path, { token: system.token(reader) });
    return { status, body: status === 200 ? body : {} };
  };
  const people: string[] = [];
  for (let life = 1; life <= PLAN.people; life += 1) {
    const person = player.idOf(life, 'person');
    for (const path of [`/journeys/${person}`, `/holders/${person}`, `/referrals?personId=${person}`]) {
      for (const reader of READERS) people.push(named(JSON.stringify(await read(path, reader))));
    }
  }
  const worklists: string[] = [];
  for (const team of [
    'intake',
    'second-intake',
    'community-north',
    'community-south',
    'intensive',
    'second-community',
  ]) {
    const id = player.idOf(0, team);
    const worklist = `/worklist?teamId=${id}`;
    for (const path of [worklist, `${worklist}&status=accepted`, `/teams/${id}/work-items`]) {
      for (const reader of READERS) {
        // What happened in one instant is listed by id.
        const { body } = await read(path, reader);
        worklists.push(...((body['items'] ?? []) as object[]).map((item) => known(JSON.stringify(item))).sort());
      }
    }
  }
  await system.stop();
  return { notAsPlanned, people, worklists };
}

describe('the same seed makes the same system, up to ids and microseconds', () => {
  let first: Dump;
  beforeAll(async () => {
    first = await play('postgres');
  }, 300_000);

  it('as it was planned', () => {
    const planned = livesOf(PLAN, EVENTFUL).flatMap((steps) => steps.map(({ path }) => path.replace(/\{.*?\}/g, '…')));
    expect([...new Set(planned)]).toEqual(
      expect.arrayContaining([
        ...['/people/…/correct', '/people/…/homes', '/people/…/merge', '/people/…/record-death'],
        ...['/referrals/…/triage', '/referrals/…/redirect', '/referrals/…/withdraw', '/referrals/…/reject'],
        ...['/transfers/…/complete', '/hospital-stays', '/hospital-stays/…/move', '/hospital-stays/…/discharge'],
      ]),
    );
    expect(first.notAsPlanned).toEqual([]);
    expect(first.people.filter((told) => told.includes('"by":"episode"')).length).toBeGreaterThan(3);
    expect(first.worklists.length).toBeGreaterThan(0);
  });

  it.each(logsUnderTest())(
    'on the %s log',
    async (log) => {
      expect(await play(log)).toEqual(first);
    },
    300_000,
  );
});
