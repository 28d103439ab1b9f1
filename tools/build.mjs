// Compiles the tree into dist/ with swc: only what changed since the last time. Types are checked by `npm test`.
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const TREES = ['services', 'libs', 'infra', 'tools', 'e2e'];

export async function build(root) {
  const config = statSync(join(root, '.swcrc')).mtimeMs;
  const wanted = new Map();
  for (const tree of TREES)
    for (const source of sourcesIn(join(root, tree))) wanted.set(outputOf(root, source), source);
  for (const output of outputsIn(join(root, 'dist'))) if (!wanted.has(output)) rmSync(output);
  const stale = [...wanted].filter(([output, source]) => !existsSync(output) || isOlder(output, source, config));
  if (stale.length === 0) return 0;
  const { transformFile } = await import('@swc/core');
  await Promise.all(
    stale.map(async ([output, source]) => {
      const { code } = await transformFile(source, { configFile: join(root, '.swcrc'), cwd: root });
      mkdirSync(dirname(output), { recursive: true });
      writeFileSync(output, code);
    }),
  );
  return stale.length;
}

function* sourcesIn(folder) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sourcesIn(path);
    else if (/\.ts$/.test(entry.name) && !/\.(spec|d)\.ts$/.test(entry.name)) yield path;
  }
}

function* outputsIn(folder) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* outputsIn(path);
    else if (entry.name.endsWith('.js')) yield path;
  }
}

const outputOf = (root, source) => join(root, 'dist', relative(root, source)).replace(/\.ts$/, '.js');

function isOlder(output, source, config) {
  const built = statSync(output).mtimeMs;
  return built < statSync(source).mtimeMs || built < config;
}

const self = fileURLToPath(import.meta.url);
if (process.argv[1] === self) await build(join(dirname(self), '..'));
