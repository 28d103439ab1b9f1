import { isWorkingDay } from '@homeward/kernel';
import type { Random } from './random';
import type { Calibration } from './calibration';
import type { PersonaName } from '../../infra/local/issuer/personas';

/** Stands for what is known only when it is played: an id, an instant, a day. */
export type Later = { $id: string } | { $at: number } | { $on: number };

export const id = (name: string): Later => ({ $id: name });
/** An instant, in days since the beginning. */
export const at = (time: number): Later => ({ $at: time });
/** The day of it. */
export const on = (time: number): Later => ({ $on: time });

/** One request of the public API, as somebody makes it on a day. */
export interface Step {
  /** The day on which it is told, from 0. */
  day: number;
  /** When it happened, in days since the beginning; not after it is told. */
  happened: number;
  by: PersonaName;
  /** `/referrals/{referral}/accept`: names in braces stand for ids. */
  path: string;
  body: object;
  /** What the answer's id is called in later steps. */
  makes?: string;
  /** Whose version the answer tells. */
  changes?: string;
  /** Sent with the version that `changes` has. */
  ifMatch?: boolean;
  /** Read before: the id that later steps call `name` stands in `field` of the answer. */
  reads?: { path: string; field: string; name: string };
}

/** The clock stands at 17:00 while a day is told. */
export const TOLD_AT = 17 / 24;

/** Of a request that is not given a day: when it is told follows from when it happened. */
export type Told = Omit<Step, 'day' | 'happened'>;

const MORNING = 8 / 24;

/** What happens to one person, in order; each thing is told on a later day than the one before, on a working day. */
export class Life {
  readonly steps: Step[] = [];
  /** The last thing happened then, in days since the beginning. */
  now: number;
  private told: number;

  constructor(
    readonly random: Random,
    readonly calibration: Calibration,
    private readonly period: { begin: Date; days: number },
    from: number,
  ) {
    this.now = Math.floor(from);
    this.told = Math.floor(from) - 1;
  }

  get daysLeft(): number {
    return this.period.days - this.now;
  }

  /** Something happened at `time`, or as soon after as it can be, and may be told late. `tell` is given when it was. */
  fact(time: number, tell: (happened: number) => Told): void {
    const { isToldLate, lateByDays } = this.calibration;
    this.now = Math.max(inTheDay(time), this.now);
    const late = this.random.chance(isToldLate) ? this.random.between(lateByDays) : 0;
    this.tell(Math.floor(this.now + late), this.now, tell(this.now));
  }

  /** Something is decided at `time`, or as soon after as it can be, and counts from when it is told. */
  decision(time: number, told: Told): void {
    this.tell(Math.floor(Math.max(time, this.now)), undefined, told);
    this.now = this.told + TOLD_AT;
  }

  private tell(earliest: number, happened: number | undefined, told: Told): void {
    let day = Math.max(earliest, this.told + 1);
    while (!isWorkingDay(this.dateOf(day))) day += 1;
    this.told = day;
    // What the period no longer sees is not told, and nothing after it is.
    if (day < this.period.days) this.steps.push({ day, happened: happened ?? day + TOLD_AT, ...told });
  }

  private dateOf = (day: number): string =>
    new Date(this.period.begin.getTime() + day * 86_400_000).toISOString().slice(0, 10);
}

/** Between eight and five. */
const inTheDay = (time: number): number => {
  const day = Math.floor(time);
  return day + MORNING + (time - day) * (TOLD_AT - MORNING);
};
