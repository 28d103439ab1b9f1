import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkoutRoot, stateFolder } from './checkout';

const run = promisify(execFile);

/** Why Kafka cannot be started from its jars here, or undefined when it can: Java 17 or later, and Maven. */
export async function missingForKafka(): Promise<string | undefined> {
  try {
    const { stderr } = await run('java', ['-version']);
    const version = /version "(\d+)/.exec(stderr)?.[1];
    if (version === undefined || Number(version) < 17)
      return `Java 17 or later is needed, this is ${version ?? 'unknown'}`;
  } catch {
    return 'there is no Java';
  }
  if (existsSync(jarsFolder())) return undefined;
  try {
    await run('mvn', ['-v']);
    return undefined;
  } catch {
    return 'there is no Maven';
  }
}

/** The folder with the pinned jars; fetched by Maven the first time (4–6 s). */
export async function kafkaJars(): Promise<string> {
  const folder = jarsFolder();
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${unfinished}`, '-DincludeScope=runtime'];
  try {
    await run('mvn', ['-q', '-B', '-f', pom(), ...goal], { timeout: 300_000 });
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // else another run was quicker
  }
  return folder;
}

function pom(): string {
  return join(checkoutRoot(), 'infra', 'kafka', 'pom.xml');
}

function jarsFolder(): string {
  const version = createHash('sha256').update(readFileSync(pom())).digest('hex').slice(0, 12);
  return join(stateFolder(), 'kafka', `jars-${version}`);
}
