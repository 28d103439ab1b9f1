/** Which service has which first path segment. A segment has one owner; a test compares this with the services. */
export const SEGMENTS: Record<string, readonly string[]> = {
  people: ['people', 'break-glass'],
  referrals: ['referrals', 'worklist'],
  flow: [
    'teams',
    'episodes',
    'transfers',
    'journeys',
    'holders',
    'hospital-stays',
    'work-items',
    'policy',
    'deadlines',
  ],
};

/**
 * The path as the service would read it, or undefined for one that is not to be routed: `…/internal/**` is for services
 * among themselves, and a path that changes when it is normalised (`..`, `%2e`, `\`) tries to hide where it goes.
 */
export function routable(rawPath: string): string | undefined {
  const path = normalised(rawPath);
  return path === undefined || path.split('/').includes('internal') ? undefined : path;
}

function normalised(rawPath: string): string | undefined {
  try {
    const decoded = decodeURIComponent(rawPath);
    const unchanged = new URL(rawPath, 'http://gateway').pathname === rawPath;
    return unchanged && !/[\\%]|\/\/|\/\.{1,2}(\/|$)/.test(decoded) ? decoded : undefined;
  } catch {
    return undefined;
  }
}
