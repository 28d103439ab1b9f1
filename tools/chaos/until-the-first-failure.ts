import { TestEnvironment } from 'jest-environment-node';

type Handler = NonNullable<TestEnvironment['handleTestEvent']>;

/** For mutants: a suite that failed once has said all that it is asked for, and the tests that follow are skipped. */
export default class UntilTheFirstFailure extends TestEnvironment {
  private failed = false;

  override handleTestEvent: Handler = (event) => {
    if (event.name === 'test_fn_failure') this.failed = true;
    if (event.name === 'test_start' && this.failed) event.test.mode = 'skip';
  };
}
