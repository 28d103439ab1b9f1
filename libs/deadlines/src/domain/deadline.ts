import type { Day } from '@homeward/kernel';
import type { Override, Standing as Source } from '@homeward/policy';
import { judge, type Happening, type Standing, type Told } from './judge';
import { termsOf, type Step } from './terms';

export interface Team {
  organisation: string;
  teamId: string;
}

/** One deadline of one thing about one person. Its warnings and rungs are rows of their own, tied to it. */
export interface Deadline extends Standing {
  id: string;
  personId: string;
  /** `referral/<uuid>` */
  subject: string;
  rule: string;
  ruleFrom: Day | null;
  authority: string;
  standing: Source;
  /** Who has to act. */
  owner: Team;
  /** Who waits for it. */
  waiting: Team | null;
  startsAt: Date;
  /** 0 before it is stored. */
  version: number;
}

export type NotNeeded = 'not-needed' | 'passed-on' | 'died';

/** What a fact does to the deadlines of its subject. */
export type Move =
  | {
      move: 'start';
      rule: string;
      startsAt: Date;
      owner: Team;
      waiting?: Team;
      /** An earlier last day that somebody set. */
      agreed?: Day;
      /** Of imported history: what was over by then rings no alarm (DEC-06). */
      imported?: true;
      /** Only in the place of one that the same fact has ended: where none ran, nobody waits. */
      again?: true;
    }
  /** `of`: the rule and all its cases (`C1` is `C1.urgent` too); every deadline, unless said. */
  | { move: 'done'; of?: string; at: Date; correction?: true }
  | { move: 'not-needed'; of?: string; at: Date; because: NotNeeded };

export interface About {
  personId: string;
  subject: string;
}

export interface Change {
  /** As it is now. */
  after: Deadline;
  told: { what: Told | 'started'; at: Date; because?: NotNeeded };
}

export interface Moved {
  started: { deadline: Deadline; steps: Step[] }[];
  /** Of those that were there before, the last state of each. */
  settled: Deadline[];
  /** What is published, in order. */
  told: Change[];
}

/** All that the moves of one fact do to the deadlines of its subject, at the time at which it is told. */
export function move(
  about: About,
  known: readonly Deadline[],
  moves: readonly Move[],
  now: Date,
  newId: () => string,
  decided: readonly Override[] = [],
): Moved {
  const current = new Map(known.map((deadline) => [deadline.id, deadline]));
  const changed = new Set<string>();
  const steps = new Map<string, Step[]>();
  const told: Change[] = [];
  for (const one of moves) {
    if (one.move === 'start') {
      if (one.again && !told.some(({ after }) => after.rule === one.rule)) continue;
      const begun = begin(about, one, now, newId, decided);
      if (!begun) continue;
      current.set(begun.after.id, begun.after);
      steps.set(begun.after.id, begun.steps);
      told.push(begun);
      continue;
    }
    for (const deadline of [...current.values()].filter(({ rule }) => isOf(rule, one.of))) {
      const verdict = judge(deadline, happeningOf(one));
      if (!verdict) continue;
      const { status, settledAt } = verdict;
      const after = { ...deadline, status, settledAt };
      current.set(after.id, after);
      changed.add(after.id);
      const because = verdict.told === 'cancelled' && one.move === 'not-needed' ? one.because : undefined;
      told.push({ after, told: { what: verdict.told, at: one.at, because } });
    }
  }
  return {
    started: [...steps].map(([id, ofIt]) => ({ deadline: current.get(id) as Deadline, steps: ofIt })),
    settled: [...changed].filter((id) => !steps.has(id)).map((id) => current.get(id) as Deadline),
    told,
  };
}

const isOf = (rule: string, of: string | undefined): boolean =>
  of === undefined || rule === of || rule.startsWith(`${of}.`);

function happeningOf(one: Exclude<Move, { move: 'start' }>): Happening {
  if (one.move === 'done') return { what: 'done', at: one.at, correction: one.correction };
  return { what: one.because === 'died' ? 'died' : 'not-needed', at: one.at };
}

/** A fact that is told late rings one alarm at most: what was over by then is missed at once, and its steps with it. */
function begin(
  about: About,
  { rule, startsAt, owner, waiting, agreed, imported }: Extract<Move, { move: 'start' }>,
  now: Date,
  newId: () => string,
  decided: readonly Override[],
): (Change & { steps: Step[] }) | undefined {
  const terms = termsOf(rule, startsAt, agreed, decided);
  if (!terms) return undefined;
  const { steps, ...of } = terms;
  const isOver = of.due <= now;
  if (isOver && imported) return undefined;
  const after: Deadline = {
    ...of,
    ...about,
    ...{ id: newId(), owner, waiting: waiting ?? null, startsAt, settledAt: null, version: 0 },
    status: isOver ? 'missed' : 'running',
  };
  return {
    after,
    told: isOver ? { what: 'missed', at: of.due } : { what: 'started', at: startsAt },
    steps: steps.filter(({ due }) => due > now),
  };
}
