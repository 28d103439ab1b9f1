#!/usr/bin/env node
// The one entry of every npm script, in plain JavaScript: on a fresh clone nothing is installed or built yet.
//   node tools/run.mjs <tool> [arguments]   installs what the tool needs, builds, and runs dist/tools/<tool>/main.js
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [tool, ...rest] = process.argv.slice(2);
/** These need compilers, linters and test runners as well; the others run with the runtime dependencies alone. */
const NEEDS_ALL = ['test', 'lint', 'chaos', 'access', 'new-feature'];

requireNode();
install(NEEDS_ALL.includes(tool));
const { build } = await import('./build.mjs');
await build(root);
const main = join(root, 'dist', 'tools', tool, 'main.js');
if (!existsSync(main)) fail(`There is no tool "${tool}". See README.md for the commands.`);
process.argv = [process.argv[0], main, ...rest];
await import(main);

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    fail(`Node 20.19 or later is needed; this is ${process.versions.node}.`);
}

/** `npm ci` unless it was done for this lock file; a full installation serves the runtime as well. */
function install(all) {
  const modules = join(root, 'node_modules');
  // A copy of the tree borrows the packages of another: installing would empty those.
  if (existsSync(modules) && lstatSync(modules).isSymbolicLink()) return;
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const stamp = join(modules, '.homeward-installed');
  const [done, scope] = existsSync(stamp) ? readFileSync(stamp, 'utf8').split(' ') : [];
  if (done === lock && (scope === 'all' || !all)) return;
  // Whoever has the tools for development keeps them.
  const everything = all || existsSync(join(modules, 'eslint'));
  console.log(`Installing ${everything ? 'all' : 'runtime'} dependencies …`);
  const flags = ['ci', '--no-audit', '--no-fund', '--loglevel=error', ...(everything ? [] : ['--omit=dev'])];
  const { status } = spawnSync('npm', flags, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) fail('npm ci failed: see above.');
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, `${lock} ${everything ? 'all' : 'runtime'}`);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
