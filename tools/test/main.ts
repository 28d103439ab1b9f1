import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stateFolder } from '../../infra/local/checkout';
import { missingKafka } from '../../infra/local/find-kafka';
import { run, STAGES } from '../lint/stages';

/** `npm test`: types, lint, then every suite. Arguments are handed to jest: `npm test -- libs/http`. */
async function main(args: string[]): Promise<void> {
  const began = Date.now();
  const noKafka = await whyNoKafka();
  const stages = args.length > 0 ? [] : STAGES;
  const failed = stages.filter((stage) => !run(stage)).map(({ name }) => name);
  const jest = runJest(args);
  for (const name of failed) console.log(`\nFAILED: ${name}`);
  console.log(`\n${Math.round((Date.now() - began) / 1000)} s`);
  if (noKafka !== undefined) {
    console.log(`\nTHE KAFKA HALF OF THE SUITES WAS NOT RUN: ${noKafka.toUpperCase()}.`);
    console.log('SET KAFKA_BROKERS, OR INSTALL DOCKER, OR JAVA 17 AND MAVEN. WITH KAFKA=required THIS IS A FAILURE.');
  }
  const passed = jest.passed + stages.length - failed.length;
  const wrong = jest.failed + failed.length;
  console.log(`\n${passed} passed, ${wrong} failed`);
  process.exit(wrong > 0 || passed === 0 ? 1 : 0);
}

interface JestResults {
  numPassedTests: number;
  numFailedTests: number;
  numRuntimeErrorTestSuites: number;
}

function runJest(args: string[]): { passed: number; failed: number } {
  const file = join(stateFolder(), 'test-results.json');
  mkdirSync(stateFolder(), { recursive: true });
  rmSync(file, { force: true });
  // A suite that failed half-way may leave a server open: its failure must come to the screen, not wait for ever.
  const command = ['jest', '--forceExit', '--json', `--outputFile=${file}`, ...args];
  const ok = run({ name: 'suites', command });
  try {
    const results = JSON.parse(readFileSync(file, 'utf8')) as JestResults;
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    return { passed: results.numPassedTests, failed: ok ? failed : Math.max(failed, 1) };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

/** Why the suites of the Kafka log cannot run here; with KAFKA=required their set-up fails on it. */
async function whyNoKafka(): Promise<string | undefined> {
  if (process.env['KAFKA'] === 'off') return 'KAFKA=off';
  return missingKafka();
}

void main(process.argv.slice(2));
