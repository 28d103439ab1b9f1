import '@homeward/observability/start';
import { run } from './run';

run().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
