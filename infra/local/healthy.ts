/** For a container's health check: ends with 0 when this container's own address (`/health/live`, or another path) answers. */
async function main(path = '/health/live'): Promise<void> {
  const { ok } = await fetch(`http://127.0.0.1:${process.env['PORT']}${path}`, { signal: AbortSignal.timeout(4_000) });
  process.exitCode = ok ? 0 : 1;
}

main(process.argv[2]).catch(() => (process.exitCode = 1));
