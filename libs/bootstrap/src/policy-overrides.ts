import { PolicyOverrides, readOverrides } from '@homeward/policy';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** A file of boards' decisions in YAML, checked as a whole; throws with all that is wrong in it. */
export function policyOverridesIn(file: string): PolicyOverrides {
  const text = readFileSync(file, 'utf8');
  return new PolicyOverrides(readOverrides(parse(text)), createHash('sha256').update(text).digest('hex'));
}
