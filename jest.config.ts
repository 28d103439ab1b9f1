import type { Config } from 'jest';
import { availableParallelism } from 'node:os';

const common = {
  rootDir: '<rootDir>', // not __dirname: Node 24 loads this file as a module, Node 20 does not
  testEnvironment: 'node',
  transform: { '^.+\\.[jt]s$': '@swc/jest' },
  transformIgnorePatterns: ['/node_modules/(?!(jose|uuid|oidc-provider)/)'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.homeward/', '<rootDir>/.nx/'],
  setupFiles: ['reflect-metadata'],
};

const config: Config = {
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/**/*.spec.ts'],
      testPathIgnorePatterns: ['\\.int\\.spec\\.ts$', '/node_modules/'],
    },
    {
      ...common,
      displayName: 'int',
      testMatch: ['<rootDir>/**/*.int.spec.ts'],
      globalSetup: '<rootDir>/libs/testing/src/global-setup.ts',
      globalTeardown: '<rootDir>/libs/testing/src/global-teardown.ts',
    },
  ],
  testTimeout: 60_000,
  // On two cores jest would run one suite at a time, and wait with it for databases, brokers and processes of others.
  maxWorkers: Math.max(2, availableParallelism() - 1),
};

export default config;
