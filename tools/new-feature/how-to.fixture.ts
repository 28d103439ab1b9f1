import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A block of a how-to: ```` ```sh ````, ```` ```ts path ```` (a whole file) or ```` ```diff path ```` (an edit). */
export interface Block {
  language: string;
  /** What follows the language: a path, or `run=no`. */
  about: string;
  text: string;
}

export const blocksOf = (markdown: string): Block[] =>
  [...markdown.matchAll(/^```(\w+)(?: (.+))?\n([\s\S]*?)^```$/gm)].map(([, language = '', about = '', text = '']) => ({
    ...{ language, about, text },
  }));

/** Does to the files under `root` what a reader would. */
export function type(root: string, { language, about, text }: Block): void {
  const file = join(root, about);
  writeFileSync(file, language === 'ts' ? text : edited(readFileSync(file, 'utf8'), text, about));
}

/** What stands there (` ` and `-`) must stand there exactly once. */
function edited(before: string, edit: string, path: string): string {
  const lines = edit.replace(/\n$/, '').split('\n');
  const without = (mark: string): string =>
    lines
      .filter((line) => !line.startsWith(mark))
      .map((line) => `${line.slice(1)}\n`)
      .join('');
  const parts = before.split(without('+'));
  if (parts.length !== 2) throw new Error(`${path} has this ${parts.length - 1} times:\n${without('+')}`);
  return parts.join(without('-'));
}
