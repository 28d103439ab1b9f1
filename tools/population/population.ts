import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getToken } from '../../infra/local/issuer/token';
import { calibration } from './calibration';
import { livesOf, type Plan } from './lives';
import { Player, type Progress } from './player';

export const DAYS = 365;
const DAY = 86_400_000;

/** What is kept of a population from one start to the next, beside its journal. */
interface Kept {
  seed: string;
  people: number;
  begin: string;
  isPlayed: boolean;
}

interface Played {
  gateway: string;
  issuer: string;
}

/** A year of made-up people up to today, played behind whoever uses the system meanwhile. */
export class Population {
  private isStopping = false;
  private playing: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly folder: string,
    private readonly kept: Kept,
    private readonly wanted: { people: number; seed: string },
  ) {}

  /** The one that is in the folder already, else a new one. */
  static in(folder: string, wanted: { people: number; seed: string }): Population {
    const file = join(folder, 'population.json');
    if (!existsSync(file)) {
      const begin = new Date(Math.floor(Date.now() / DAY - DAYS) * DAY).toISOString();
      // Once the story was told up to today, a year before it can no longer be.
      const isTooLate = existsSync(join(folder, 'story.json'));
      const kept: Kept = { seed: wanted.seed, people: isTooLate ? 0 : wanted.people, begin, isPlayed: isTooLate };
      writeFileSync(file, JSON.stringify(kept));
    }
    return new Population(folder, JSON.parse(readFileSync(file, 'utf8')) as Kept, wanted);
  }

  get begin(): Date {
    return new Date(this.kept.begin);
  }

  /** Plays what is left of it; resolves when it is played or stopped. */
  async play(system: Played, say: (line: string) => void): Promise<void> {
    const { people, seed, isPlayed } = this.kept;
    const isOther = people !== this.wanted.people || seed !== this.wanted.seed;
    if (isOther || isPlayed) say(`A population of ${people} (seed ${seed}) is there; --reset begins anew.`);
    if (isPlayed) return;
    const plan: Plan = { seed, people, begin: this.begin, days: DAYS };
    const player = new Player({
      gateway: system.gateway,
      token: (persona) => getToken(system.issuer, persona),
      plan,
      lives: livesOf(plan, calibration()),
      journal: join(this.folder, 'population.jsonl'),
      stopped: () => this.isStopping,
      onProgress: progressLine(plan, say),
    });
    const began = Date.now();
    this.playing = player.play().then((ended) => {
      if (!ended) return;
      writeFileSync(join(this.folder, 'population.json'), JSON.stringify({ ...this.kept, isPlayed: true }));
      say(`A year of ${people} people is played, in ${Math.round((Date.now() - began) / 1000)} s.`);
      for (const refused of ended) say(`  not as planned: ${refused}`);
    });
    await this.playing.catch((error: unknown) => {
      if (!this.isStopping) throw error;
    });
  }

  /** Resolves when what was under way is answered. */
  async stop(): Promise<void> {
    this.isStopping = true;
    await this.playing.catch(() => undefined);
  }
}

const WIDTH = 30;

/** A bar that moves in place on a terminal, else a line for each tenth. */
function progressLine({ people, begin }: Plan, say: (line: string) => void): (progress: Progress) => void {
  let last = -1;
  return ({ done, total, day }) => {
    const share = total === 0 ? 1 : done / total;
    const steps = process.stdout.isTTY ? 1_000 : 10;
    if (Math.floor(share * steps) === last) return;
    last = Math.floor(share * steps);
    const bar = '█'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '·');
    const today = new Date(begin.getTime() + day * DAY).toISOString().slice(0, 10);
    const line = `${people} people ${bar} ${Math.floor(share * 100)} %, it is ${today}`;
    if (process.stdout.isTTY) process.stdout.write(`\r  ${line}${share === 1 ? '\n' : ''}`);
    else say(line);
  };
}
