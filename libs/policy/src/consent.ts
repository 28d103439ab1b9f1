/** Who decides whether somebody takes part: is on the register, or has a review (dsr-cetr §5). */
export type Decider =
  | 'person'
  /** A named decision-maker, after looking for an attorney or deputy who may decide instead. */
  | 'best-interests'
  | 'parental-responsibility'
  /** By Part 8A, in the person's best interests. */
  | 'responsible-commissioner'
  | 'board'
  /** Nobody yet: whether the child is competent has to be found out first. */
  | 'assess-first';

export interface Assessment {
  /** What it was made for: capacity is of one decision, at one time. */
  decisionId: string;
  finding: 'has' | 'lacks';
}

export interface Question {
  decisionId: string;
  /** In full years, on the day of the decision. */
  age: number;
  /** All that is recorded, also of other decisions. */
  assessments: readonly Assessment[];
}

/** What the law also asks: of which it is the decision. */
export interface LegalQuestion extends Question {
  about: 'register' | 'review';
}

const ADULT_CAPACITY_FROM = 16;

/**
 * By national policy and what areas publish (CON-11, CON-12, CON-13, CON-14, CON-15, CON-16). From 16 on capacity is presumed (Mental Capacity Act 2005); under 16 it is
 * not. `under16` is the board's: who is asked of a competent child, whose no a parent does not overrule either way.
 */
export function whoDecides(question: Question, under16: 'child' | 'parent' = 'child'): Decider {
  const finding = findingFor(question);
  if (question.age >= ADULT_CAPACITY_FROM) return finding === 'lacks' ? 'best-interests' : 'person';
  if (under16 === 'parent') return 'parental-responsibility';
  if (finding === undefined) return 'assess-first';
  return finding === 'has' ? 'person' : 'parental-responsibility';
}

/** By Part 8A, once it has commenced (CON-21, CON-22): at any age the person; else the commissioner or the board, and never a parent. */
export function whoDecidesByLaw(question: LegalQuestion): Decider {
  const finding = findingFor(question);
  if (finding === undefined && question.age < ADULT_CAPACITY_FROM) return 'assess-first';
  if (finding !== 'lacks') return 'person';
  return question.about === 'review' ? 'responsible-commissioner' : 'board';
}

/** Of this very decision: that somebody lacked capacity for another says nothing (CON-1). */
function findingFor({ decisionId, assessments }: Question): Assessment['finding'] | undefined {
  return assessments.filter((one) => one.decisionId === decisionId).at(-1)?.finding;
}

export type Answer = 'yes' | 'said-no' | 'withdrawn';

/** What follows from an answer. None is no yes (CON-2); a no is a full outcome, and nothing that is late (CON-3). */
export function followsFrom(answer: Answer | undefined): 'go-on' | 'offered-and-said-no' | 'stop' | 'ask' {
  if (answer === undefined) return 'ask';
  if (answer === 'yes') return 'go-on';
  return answer === 'withdrawn' ? 'stop' : 'offered-and-said-no';
}
