/** `clients` at once, each beginning anew when its last is done, for `seconds`. Answers how many a second. */
export async function closedLoop(clients: number, seconds: number, once: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  const end = begin + seconds * 1_000;
  let done = 0;
  const client = async (): Promise<void> => {
    while (performance.now() < end) {
      await once();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return done / ((performance.now() - begin) / 1_000);
}
