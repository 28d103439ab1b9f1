import { join } from 'node:path';
import type { Bench } from '../bench';
import { figure, type Figure } from '../figures';
import type { LogKind, Stage } from '../stage';
import { perCommand, processorTimes } from './processes';
import { IN_JOURNEY, JOURNEY, startSystem } from './running-system';

const CLIENTS = 32;
/** So many people are referred a second, at most: two commands each. */
const REFERRED_AT_MOST = 1_500;

export const referrals: Bench = {
  name: 'referrals',
  target: `referral commands on the service, everything on, ${CLIENTS} connections: ≥ 1,000/s with each event delivered, and each acceptance an episode in flow`,
  async run(stage) {
    const figures: Figure[] = [];
    for (const kind of await stage.logs()) figures.push(await commands(stage, kind));
    return figures;
  },
};

async function commands(stage: Stage, kind: LogKind): Promise<Figure> {
  const { system, log, calls, rows, knownPeople } = await startSystem(stage, kind);
  const caller = stage.worker(join(__dirname, 'caller.worker.js'));
  const probe = stage.worker(join(__dirname, 'probe.worker.js'));
  const seconds = stage.either(8, 4);
  await probe.ask('open', log);
  await caller.ask('open', { calls, people: await knownPeople(200) });

  /** Until the last of them is everywhere. */
  const round = async (length: number): Promise<number> => {
    await caller.ask('meet', await knownPeople(REFERRED_AT_MOST * length));
    const before = processorTimes(system);
    const begin = performance.now();
    const done = await caller.ask<number>('closed', { clients: CLIENTS, seconds: length });
    const answered = performance.now();
    await everywhere();
    const delivered = performance.now();
    const rate = (end: number): string => ((done * 1_000) / (end - begin)).toFixed(0);
    stage.say(
      `  ${kind}: ${rate(answered)}/s answered, ${rate(delivered)}/s delivered; ms of processor a command: ${perCommand(before, processorTimes(system), done)}`,
    );
    return (done * 1_000) / (delivered - begin);
  };

  const everywhere = async (): Promise<void> => {
    const [sent] = await rows<{ events: string; steps: string; accepted: string }>(
      'referrals',
      `SELECT count(*) AS events, count(*) FILTER (WHERE ${IN_JOURNEY}) AS steps,
        (SELECT count(*) FROM referral WHERE status = 'accepted') AS accepted FROM outbox`,
    );
    const arrived = async (): Promise<boolean> => {
      if ((await probe.ask<number>('count')) < Number(sent?.events)) return false;
      const [inFlow] = await rows<{ steps: string; episodes: string }>(
        'flow',
        `SELECT (SELECT count(*) FROM ${JOURNEY} WHERE source = '/homeward/referrals') AS steps,
          (SELECT count(*) FROM episode) AS episodes`,
      );
      return Number(inFlow?.steps) >= Number(sent?.steps) && Number(inFlow?.episodes) >= Number(sent?.accepted);
    };
    while (!(await arrived())) await new Promise((resolve) => setTimeout(resolve, 50));
  };

  await round(3); // warms up
  const rates: number[] = [];
  for (let run = 0; run < stage.pairs; run += 1) rates.push(await round(seconds));
  return figure(
    `referral commands with each event delivered, ${CLIENTS} connections, ${kind} log`,
    'commands/s',
    rates,
    {
      atLeast: 1_000,
    },
  );
}
