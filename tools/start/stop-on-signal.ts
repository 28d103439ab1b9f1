/** Ctrl-C stops everything in order and keeps the data. */
export function stopOnSignal(stopAll: () => Promise<void>, say: (line: string) => void): void {
  let since: number | undefined;
  const stop = async (): Promise<void> => {
    // npm passes on the signal that the terminal has sent already; only a later one is a second Ctrl-C, which does not wait.
    if (since !== undefined && Date.now() - since < 1_000) return;
    if (since !== undefined) process.exit(1);
    since = Date.now();
    say('Stopping in order …');
    await stopAll();
    say('Stopped; the data are kept.');
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());
}
