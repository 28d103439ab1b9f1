// For `node -r`: lets a child process of a test run TypeScript as jest does, by the checkout's .swcrc.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { transformSync } = require('@swc/core');

const root = join(__dirname, '..', '..', '..');

require.extensions['.ts'] = (module, filename) => {
  const options = { filename, root, cwd: root, configFile: join(root, '.swcrc') };
  module._compile(transformSync(readFileSync(filename, 'utf8'), options).code, filename);
};
