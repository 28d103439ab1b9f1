import { DomainError } from '@homeward/kernel';

/**
 * Tests of a pure aggregate, in its own words: `given(…what happened).when(a command).then(…what happens)`, or
 * `.refused(code, rule)`. A command is a function of the state that the events make.
 */
export function given<S, E>(evolve: (state: S | undefined, event: E) => S, ...past: NoInfer<E>[]) {
  const state = past.reduce<S | undefined>(evolve, undefined);
  return {
    when(command: (state: S) => E | E[]) {
      const run = (): E[] => ([] as E[]).concat(command(state as S));
      return {
        then: (...expected: E[]) => expect(run()).toEqual(expected),
        refused: (code: string, rule?: string) => expect(refusalOf(run)).toEqual({ code, rule }),
      };
    },
  };
}

function refusalOf(run: () => unknown): { code: string; rule?: string } {
  try {
    run();
  } catch (error) {
    if (error instanceof DomainError) return { code: error.code, rule: error.rule };
    throw error;
  }
  throw new Error('nothing was refused');
}
