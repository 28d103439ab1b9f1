import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

/** What each may lean on, lowest first. A rule counts only with a planted violation. */
const LAYERS = [
  ['kernel', []],
  ['observability', []],
  ['policy', ['kernel', 'observability']],
  ['contracts', ['kernel']],
  ['persistence', ['kernel', 'observability', 'policy', 'contracts']],
  ['messaging', ['kernel', 'observability', 'policy', 'contracts', 'persistence']],
  ['audit', ['kernel', 'observability', 'policy', 'contracts', 'persistence', 'messaging']],
  ['auth', ['kernel', 'observability', 'policy', 'contracts', 'persistence', 'messaging']],
  ['deadlines', ['kernel', 'observability', 'policy', 'contracts', 'persistence', 'messaging', 'auth']],
  ['http', ['kernel', 'observability', 'policy', 'contracts', 'persistence', 'messaging', 'auth']],
  [
    'bootstrap',
    [
      'kernel',
      'observability',
      'policy',
      'contracts',
      'persistence',
      'messaging',
      'audit',
      'auth',
      'deadlines',
      'http',
    ],
  ],
];
const LIBS = LAYERS.map(([name]) => name);

const depConstraints = [
  ...LAYERS.map(([name, below]) => ({
    sourceTag: `scope:${name}`,
    onlyDependOnLibsWithTags: [name, ...below, 'testing'].map((lib) => `scope:${lib}`),
  })),
  ...['people', 'referrals', 'flow', 'gateway'].map((name) => ({
    sourceTag: `scope:${name}`,
    onlyDependOnLibsWithTags: [name, ...LIBS, 'testing'].map((lib) => `scope:${lib}`),
  })),
  { sourceTag: 'type:tool', onlyDependOnLibsWithTags: ['*'] },
  { sourceTag: 'scope:testing', onlyDependOnLibsWithTags: ['*'] },
];

const message = (text) => ({ message: text });
const restrict = (...patterns) => ['error', { patterns }];
const kafkajs = { group: ['kafkajs'], ...message('kafkajs stays in libs/messaging/src/log/kafka.') };
const testing = { group: ['@homeward/testing'], ...message('Only tests use @homeward/testing.') };
const otherFeature = {
  regex: '^\\.\\./(?!\\.\\./)[a-z-]+/',
  ...message('No feature imports another: what both need is domain or adapter.'),
};
const impure = {
  group: [
    'node:*',
    '@nestjs/*',
    'typeorm',
    'pg',
    '@homeward/persistence',
    '@homeward/http',
    '@homeward/auth',
    '@homeward/messaging',
  ],
  ...message('The domain is pure: no framework, no database, no Node.'),
};

const CLOCK = {
  selector:
    "NewExpression[callee.name='Date'][arguments.length=0], CallExpression[callee.object.name='Date'][callee.property.name='now']",
  message: 'The domain reads no clock: time comes in with the command.',
};
const RANDOM = {
  selector:
    "CallExpression[callee.object.name='Math'][callee.property.name='random'], CallExpression[callee.name=/^uuidv/]",
  message: 'The domain draws nothing at random: ids come in with the command.',
};
const PLAIN_SET = {
  selector:
    ':matches(Literal, TemplateElement)[value=/^\\s*SET\\s+(SESSION\\s+)?(app\\.|ROLE)/i], TemplateElement[value.raw=/^\\s*SET\\s+(SESSION\\s+)?(app\\.|ROLE)/i]',
  message: 'A plain SET outlives the request on its connection: use set_config(…, true) or SET LOCAL.',
};

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.nx/', '.homeward/', '**/*.d.ts', 'jest.config.ts'] },
  {
    files: ['**/*.ts'],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { '@typescript-eslint': tseslint.plugin, '@nx': nx },
    rules: {
      // Every library's suites use the testing library, which uses them all; production code may not (above).
      '@nx/enforce-module-boundaries': ['error', { depConstraints, ignoredCircularDependencies: [['testing', '*']] }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'no-restricted-imports': restrict(kafkajs, testing),
      'no-restricted-syntax': ['error', PLAIN_SET],
      'max-lines': ['error', 350],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  { files: ['libs/messaging/src/log/kafka/**/*.ts'], rules: { 'no-restricted-imports': restrict(testing) } },
  {
    files: ['services/*/src/features/*/*.ts'],
    rules: { 'no-restricted-imports': restrict(kafkajs, testing, otherFeature) },
  },
  {
    // What a deadline is must be as pure as the decisions that ask for it.
    files: ['services/*/src/domain/**/*.ts', 'libs/policy/src/**/*.ts', 'libs/deadlines/src/domain/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-imports': restrict(kafkajs, testing, impure),
      'no-restricted-syntax': ['error', PLAIN_SET, CLOCK, RANDOM],
    },
  },
  {
    files: ['**/*.spec.ts', '**/*.fixture.ts', '**/*.child.ts', 'libs/testing/**/*.ts'],
    rules: { 'max-lines': ['error', 600], 'no-restricted-imports': 'off' },
  },
  {
    // They speak to a person at a terminal, and reach into every layer.
    files: ['tools/**/*.ts', 'infra/local/**/*.ts', 'e2e/**/*.ts', 'libs/testing/**/*.ts'],
    rules: { 'no-console': 'off', '@nx/enforce-module-boundaries': 'off' },
  },
);
