const ADDRESS = /^https?:\/\/[^/\s]+$/;

/** Where services answer, as `SERVICES` says it: `people=http://127.0.0.1:8081,referrals=…`. */
export function addressesIn(text: string): Record<string, string> {
  const entries = text.split(',').map((entry) => entry.trim().split('=', 2));
  return Object.fromEntries(entries) as Record<string, string>;
}

/** Those of `names` that have none: whoever asks all services would pass over one without a word. */
export const withoutAddress = (addresses: Readonly<Record<string, string>>, names: readonly string[]): string[] =>
  names.filter((name) => !ADDRESS.test(addresses[name] ?? ''));
