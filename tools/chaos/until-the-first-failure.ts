import { TestEnvironment } from 'jest-environment-node';

/** Of what jest tells an environment, as much as is looked at here. */
interface Told {
  name: string;
  test?: { mode?: string | null };
}

/** For mutants: a suite that failed once has said all that it is asked for, and the tests that follow are skipped. */
export default class UntilTheFirstFailure extends TestEnvironment {
  private failed = false;

  handleTestEvent({ name, test }: Told): void {
    if (name === 'test_fn_failure') this.failed = true;
    if (name === 'test_start' && test && this.failed) test.mode = 'skip';
  }
}
