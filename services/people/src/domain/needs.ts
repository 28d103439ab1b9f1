import type { NeedCode, NeedEnd } from '@homeward/contracts';
import { DomainError, type Day } from '@homeward/kernel';
import { dueBy, lengthOn } from '@homeward/policy';

/** What somebody needs to be told things and to take part (AUD-05). */
export interface Need {
  id: string;
  code: NeedCode;
  /** Of an interpreter, and of nothing else. */
  language: string | null;
  /** What helps, in the person's words. */
  words: string | null;
  since: Day;
  reviewBy: Day;
  /** Null while it holds. */
  endedOn: Day | null;
  endReason: NeedEnd | null;
}

export interface NewNeed {
  code: NeedCode;
  language?: string;
  words?: string;
  since?: Day;
  reviewBy?: Day;
}

export interface NeedDecided {
  kind: 'need-recorded' | 'need-ended';
  need: Need;
  /** As it was before. */
  before: Need | null;
}

const holds = ({ endedOn }: Need): boolean => endedOn === null;
const isSame = (one: Pick<Need, 'code' | 'language'>, other: Pick<Need, 'code' | 'language'>): boolean =>
  one.code === other.code && one.language === other.language;

/** Told again of what holds it takes its place, with the words that there are: so it is looked at again (FLG-03). */
export function recordNeed(
  needs: readonly Need[],
  told: NewNeed,
  newId: string,
  birthDate: Day,
  today: Day,
): NeedDecided {
  const language = languageOf(told);
  const before = needs.find((need) => holds(need) && isSame(need, { ...told, language })) ?? null;
  const since = told.since ?? before?.since ?? today;
  if (since < birthDate || since > today)
    throw new DomainError(
      'need-since-invalid',
      'It began at the birth at the earliest, and today at the latest.',
      'rule',
    );
  const need = { id: before?.id ?? newId, code: told.code, language };
  const words = told.words?.trim() ?? before?.words ?? null;
  const reviewBy = reviewDay(told.reviewBy, today);
  return { kind: 'need-recorded', need: { ...need, words, since, reviewBy, endedOn: null, endReason: null }, before };
}

function languageOf({ code, language }: NewNeed): string | null {
  if ((code === 'interpreter') === (language === undefined)) {
    throw new DomainError('interpreter-language', 'Name the language of an interpreter, and of nothing else.', 'rule');
  }
  return language ?? null;
}

function reviewDay(told: Day | undefined, today: Day): Day {
  const latest = dueBy('FLG-03', today);
  const day = told ?? latest;
  if (day <= today || day > latest) {
    const message = `It is looked at again after today, within ${lengthOn('FLG-03', today)}.`;
    throw new DomainError('need-review-invalid', message, 'rule', 'FLG-03');
  }
  return day;
}

export function endNeed(need: Need, endReason: NeedEnd, today: Day): NeedDecided {
  if (!holds(need)) throw new DomainError('need-ended', 'It has ended already.');
  return { kind: 'need-ended', need: { ...need, endedOn: today, endReason }, before: need };
}

/**
 * Of two ids that mean one person: what the old one needs the survivor does, too. Each row stays under its own id, so
 * the survivor has another one; of the same need it has the words that there are.
 */
export function needsByMerge(old: readonly Need[], survivor: readonly Need[], newId: () => string): NeedDecided[] {
  return old.filter(holds).flatMap((need): NeedDecided[] => {
    const before = survivor.find((other) => holds(other) && isSame(other, need)) ?? null;
    if (before === null) return [{ kind: 'need-recorded', need: { ...need, id: newId() }, before }];
    if (before.words !== null || need.words === null) return [];
    return [{ kind: 'need-recorded', need: { ...before, words: need.words }, before }];
  });
}
