import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { PersonaName } from '../../infra/local/issuer/personas';
import { Api, type Answer } from '../start/api';
import { TOLD_AT, type Later, type Step } from './life';
import type { Plan } from './lives';

const DAY = 86_400_000;
const AT_ONCE = 12;

export interface PlayOptions {
  gateway: string;
  token: (persona: PersonaName) => Promise<string>;
  plan: Plan;
  lives: Step[][];
  /** What was done, a line each: who plays on does nothing twice. */
  journal: string;
  /** No more is begun once it says true. */
  stopped: () => boolean;
  onProgress: (progress: Progress) => void;
}

export interface Progress {
  done: number;
  total: number;
  /** The day that was played, from 0. */
  day: number;
}

/** One line of the journal. */
interface Done {
  life: number;
  step: number;
  id?: string;
  etag?: string;
  /** Why it was not to be; nothing later of that life is done. */
  refused?: string;
}

/** What is known of a life while it is played. */
interface Known {
  ids: Map<string, string>;
  versions: Map<string, string>;
  played: number;
  refused?: string;
}

/** Plays lives day by day on the simulated clock, through the public API; within a day, lives side by side. */
export class Player {
  private readonly api: Api;
  private readonly known: Known[];
  private readonly tokens = new Map<PersonaName, Promise<string>>();
  private done = 0;

  constructor(private readonly options: PlayOptions) {
    this.api = new Api(options.gateway);
    this.known = options.lives.map(() => ({ ids: new Map(), versions: new Map(), played: 0 }));
    if (existsSync(options.journal)) this.readJournal(readFileSync(options.journal, 'utf8'));
  }

  /** Why lives ended before their time, should any; undefined while days are left. */
  async play(): Promise<string[] | undefined> {
    const { lives, plan, stopped } = this.options;
    const total = lives.reduce((sum, steps) => sum + steps.length, 0);
    for (let day = 0; day < plan.days; day += 1) {
      const waiting = lives.flatMap((steps, life) => (this.next(life, day) ? [{ life, steps }] : []));
      if (waiting.length === 0) continue;
      if (stopped()) return undefined;
      await this.moveClock(day + TOLD_AT);
      await side(AT_ONCE, waiting, async ({ life }) => {
        for (let step = this.next(life, day); step && !stopped(); step = this.next(life, day))
          await this.tell(life, step);
      });
      this.options.onProgress({ done: this.done, total, day });
    }
    if (stopped()) return undefined;
    await this.moveClock(plan.days);
    return this.known.flatMap(({ refused }) => (refused === undefined ? [] : [refused]));
  }

  idOf(life: number, name: string): string | undefined {
    return this.known[life]?.ids.get(name) ?? this.known[0]?.ids.get(name);
  }

  private next(life: number, day: number): Step | undefined {
    const known = this.known[life];
    const step = known && !known.refused ? this.options.lives[life]?.[known.played] : undefined;
    return step && step.day <= day ? step : undefined;
  }

  private async tell(life: number, step: Step): Promise<void> {
    const known = this.known[life] as Known;
    const number = known.played;
    const token = await this.token(step.by);
    if (step.reads) await this.read(life, step.reads, token);
    const path = this.pathOf(life, step.path);
    const ifMatch = step.ifMatch ? await this.versionOf(life, step, token) : undefined;
    const body = this.filled(life, step.body) as object;
    const key = this.keyOf(life, number);
    const answer = await this.patiently(() => this.api.send('POST', path, { token, ifMatch, key }, body));
    const refused = answer.status < 300 ? undefined : `${step.path}: ${answer.status} ${JSON.stringify(answer.body)}`;
    const id = step.makes ? (answer.body['id'] as string) : undefined;
    const done: Done = { life, step: number, id, etag: answer.etag, refused };
    this.note(done);
    appendFileSync(this.options.journal, `${JSON.stringify(done)}\n`);
  }

  private note({ life, step, id, etag, refused }: Done): void {
    const known = this.known[life] as Known;
    const { makes, changes } = this.options.lives[life]?.[step] as Step;
    known.played = step + 1;
    known.refused = refused;
    if (makes && id) known.ids.set(makes, id);
    const name = makes ?? changes;
    if (name && etag) known.versions.set(name, etag);
    this.done += 1;
  }

  private readJournal(text: string): void {
    // A line that was not written to its end is told again, under the same key.
    for (const line of text.split('\n').slice(0, -1)) this.note(JSON.parse(line) as Done);
  }

  private async read(life: number, { path, field, name }: NonNullable<Step['reads']>, token: string): Promise<void> {
    const answer = await this.patiently(() => this.api.get(this.pathOf(life, path), { token }));
    if (answer.status === 200) this.known[life]?.ids.set(name, String(answer.body[field]));
  }

  /** As the last answer told it, or as it is read now. */
  private async versionOf(life: number, { changes = '' }: Step, token: string): Promise<string | undefined> {
    const known = this.known[life]?.versions.get(changes);
    if (known) return known;
    const answer = await this.patiently(() => this.api.get(this.pathOf(life, `/people/{${changes}}`), { token }));
    return answer.etag;
  }

  private async moveClock(time: number): Promise<void> {
    const token = await this.token('operations');
    const now = this.instant(time);
    const answer = await this.patiently(() => this.api.send('POST', '/_simulation/clock', { token }, { now }));
    // Played on: the clock stands there already, or somebody has moved it on.
    if (answer.status >= 300 && answer.status !== 409) throw new Error(`The clock: ${JSON.stringify(answer.body)}`);
  }

  /** What may be sent again is sent again, for a while. */
  private async patiently(send: () => Promise<Answer>): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await send().catch((error: Error) => error);
      const isFinal = !(answer instanceof Error) && answer.status !== 503 && answer.status !== 429;
      if (isFinal) return answer;
      if (attempt === 20 || this.options.stopped()) throw answer instanceof Error ? answer : new Error('not answered');
      await new Promise((resolve) => setTimeout(resolve, 250 * attempt));
    }
  }

  private token(persona: PersonaName): Promise<string> {
    const known = this.tokens.get(persona) ?? this.options.token(persona);
    this.tokens.set(persona, known);
    return known;
  }

  private pathOf(life: number, path: string): string {
    return path.replace(/\{([\w-]+)\}/g, (_, name: string) => this.idOf(life, name) ?? name);
  }

  private filled(life: number, value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.filled(life, item));
    if (typeof value !== 'object' || value === null) return value;
    const later = value as Partial<Record<'$id', string> & Record<'$at' | '$on', number>> & Later;
    if (later.$id !== undefined) return this.idOf(life, later.$id);
    if (later.$at !== undefined) return this.instant(later.$at);
    if (later.$on !== undefined) return this.instant(later.$on).slice(0, 10);
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, this.filled(life, item)]));
  }

  private instant(time: number): string {
    return new Date(this.options.plan.begin.getTime() + Math.round(time * DAY)).toISOString();
  }

  /** The same for the same step of the same plan. */
  private keyOf(life: number, step: number): string {
    const { seed, people, begin } = this.options.plan;
    const hash = createHash('sha256').update([seed, people, begin.toISOString(), life, step].join('/')).digest('hex');
    return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
  }
}

/** At most `width` at once; all of them are done when it resolves. */
async function side<T>(width: number, items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}
