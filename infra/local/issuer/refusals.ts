/** An assertion that would be good for longer than five minutes. */
export const LASTS_TOO_LONG = 'exp is too far ahead';

const DESCRIPTIONS: [detail: RegExp, description: string][] = [
  [
    /audience \(aud\)/,
    'The assertion is meant for another audience: aud is the address of this issuer or its token endpoint.',
  ],
  [/only be used once/, 'The assertion was used before: draw a new jti for each request.'],
  [/jwt expired/, 'The assertion has expired: make a new one for each request.'],
  [
    /no applicable key|signature verification failed/,
    'The assertion is signed with a key that is not registered for this client.',
  ],
  [/alg mismatch/, 'The assertion is signed with an algorithm that is not accepted: RS512, RS384, ES384 or PS256.'],
  [new RegExp(LASTS_TOO_LONG), 'The assertion lasts too long: exp is at most five minutes ahead.'],
];

/** Why a client is not believed, so that whoever builds one finds the mistake; the library tells all of them alike. */
export function refusalOf(error: Error & { error_detail?: unknown }): string | undefined {
  if (error.message !== 'invalid_client') return undefined;
  return DESCRIPTIONS.find(([known]) => known.test(String(error.error_detail)))?.[1];
}
