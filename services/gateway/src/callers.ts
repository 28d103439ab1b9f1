import type { FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';

/** Tokens live for minutes: forgetting them all once in a while costs each caller one request of their address. */
const REMEMBERED = 50_000;

/**
 * Whose allowance a request is counted on. A token that a service took has one of its own; who has none, or one that nobody
 * issued, shares that of the address: else each made-up token would bring another. Tokens are not kept, only their hashes.
 */
export class Callers {
  private readonly taken = new Set<string>();

  readonly keyOf = ({ headers, ip }: FastifyRequest): string => {
    const key = hashOf(headers.authorization);
    return key !== undefined && this.taken.has(key) ? key : ip;
  };

  /** What a service answered: with success only behind its check of the token. */
  answered({ headers }: FastifyRequest, { statusCode }: FastifyReply): void {
    const key = hashOf(headers.authorization);
    if (key === undefined || statusCode >= 300) return;
    if (this.taken.size >= REMEMBERED) this.taken.clear();
    this.taken.add(key);
  }
}

/** Of the token alone: services take its scheme in any case, and each spelling would be another caller. */
const hashOf = (authorization: string | undefined): string | undefined =>
  authorization &&
  createHash('sha256')
    .update(authorization.replace(/^bearer /i, ''))
    .digest('base64url');
