import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

/** Each rule with a violation of it, planted in place of a file that exists. */
const PLANTED: [what: string, rule: string, path: string, code: string][] = [
  [
    'a service that imports another',
    '@nx/enforce-module-boundaries',
    'services/people/src/people.module.ts',
    `import { FlowModule } from '../../flow/src/flow.module';\nexport const x = FlowModule;\n`,
  ],
  [
    'a library that imports a higher one',
    '@nx/enforce-module-boundaries',
    'libs/persistence/src/errors.ts',
    `import { Command } from '@homeward/http';\nexport const x = Command;\n`,
  ],
  [
    'a library that imports a service',
    '@nx/enforce-module-boundaries',
    'libs/http/src/index.ts',
    `import { FlowModule } from '../../../services/flow/src/flow.module';\nexport const x = FlowModule;\n`,
  ],
  [
    'the lowest library importing one above it',
    '@nx/enforce-module-boundaries',
    'libs/kernel/src/ids.ts',
    `import { catalogue } from '@homeward/contracts';\nexport const x = catalogue;\n`,
  ],
  [
    'the deadlines importing a higher library',
    '@nx/enforce-module-boundaries',
    'libs/policy/src/index.ts',
    `import { catalogue } from '@homeward/contracts';\nexport const x = catalogue;\n`,
  ],
  [
    'a clock in the deadlines',
    'no-restricted-syntax',
    'libs/policy/src/deadline.ts',
    `export const x = () => Date.now();\n`,
  ],
  [
    'kafkajs outside its adapter',
    'no-restricted-imports',
    'libs/messaging/src/index.ts',
    `import { Kafka } from 'kafkajs';\nexport const x = Kafka;\n`,
  ],
  [
    'a framework in the domain',
    'no-restricted-imports',
    'services/people/src/domain/person.ts',
    `import { Injectable } from '@nestjs/common';\nexport const x = Injectable;\n`,
  ],
  [
    'Node in the domain',
    'no-restricted-imports',
    'services/people/src/domain/person.ts',
    `import { randomUUID } from 'node:crypto';\nexport const x = randomUUID;\n`,
  ],
  [
    'a clock in the domain',
    'no-restricted-syntax',
    'services/people/src/domain/person.ts',
    `export const x = () => new Date();\n`,
  ],
  [
    'chance in the domain',
    'no-restricted-syntax',
    'services/people/src/domain/person.ts',
    `export const x = () => Math.random();\n`,
  ],
  [
    'a feature that imports another',
    'no-restricted-imports',
    'services/people/src/features/register-person/register-person.ts',
    `import { GetPerson } from '../get-person/get-person.query';\nexport const x = GetPerson;\n`,
  ],
  [
    'test support in production code',
    'no-restricted-imports',
    'libs/http/src/index.ts',
    `import { createTestDatabase } from '@homeward/testing';\nexport const x = createTestDatabase;\n`,
  ],
  [
    'a principal set for longer than its transaction',
    'no-restricted-syntax',
    'libs/persistence/src/statements.ts',
    `export const x = "SET app.principal = 'RZ1'";\n`,
  ],
  [
    'a promise nobody waits for',
    '@typescript-eslint/no-floating-promises',
    'libs/persistence/src/errors.ts',
    `export const x = () => {\n  Promise.resolve(1);\n};\n`,
  ],
  ['a file over 350 lines', 'max-lines', 'libs/kernel/src/ids.ts', '// why\n'.repeat(360)],
];

describe('a planted violation is found', () => {
  let broken: string[][];
  beforeAll(() => {
    const files = PLANTED.map(([, , path, code]) => ({ path: join(root, path), code }));
    const { stdout, stderr } = spawnSync(process.execPath, [join(__dirname, 'lint-planted.mjs')], {
      cwd: root,
      input: JSON.stringify(files),
      encoding: 'utf8',
      env: { ...process.env, NX_DAEMON: 'false' },
    });
    if (stdout === '') throw new Error(stderr);
    broken = JSON.parse(stdout.slice(stdout.lastIndexOf('\n[') + 1)) as string[][];
  }, 120_000);

  it.each(PLANTED.map(([what, rule], i) => ({ what, rule, i })))('$what', ({ rule, i }) => {
    expect(broken[i]?.map((one) => one.split(':')[0])).toContain(rule);
  });
});
