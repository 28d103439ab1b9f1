/** Asks again until `check` neither throws nor answers false; its last failure is the test's. */
export async function eventually<T>(check: () => T | Promise<T>, patience = 20_000): Promise<T> {
  const until = Date.now() + patience;
  for (;;) {
    try {
      const answer = await check();
      if (answer === false) throw new Error('it did not become true');
      return answer;
    } catch (error) {
      if (Date.now() > until) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
