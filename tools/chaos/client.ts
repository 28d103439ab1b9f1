import { randomUUID } from 'node:crypto';
import type { PersonaName } from '../../infra/local/issuer/personas';
import { getToken } from '../../infra/local/issuer/token';
import type { CommandKind } from './commands';
import { Findings } from './findings';
import type { Journal } from './journal';
import { pause } from './random';

export interface Reply {
  status: number;
  etag?: string;
  body: Record<string, unknown>;
}

/** How long a caller waits for what other services must hear of first; then it turns to somebody else. */
const PATIENCE_MS = 5_000;

/** Callers that do not give up: the same command under the same key, at any gateway, until somebody answers it. */
export class Client {
  private readonly tokens = new Map<PersonaName, string>();
  private turn = 0;
  /** 4xx that no well-behaved caller should have been given. */
  readonly surprises = new Findings();
  retried = 0;
  /** Reads that were given up because what they waited for had not come. */
  gaveUp = 0;

  constructor(
    private readonly gateways: readonly string[],
    private readonly issuer: string,
    private readonly journal: Journal,
    private readonly stopped: () => boolean,
  ) {}

  /** The answer of an accepted command; undefined when the run ended first or it was refused. */
  async command(
    kind: CommandKind,
    persona: PersonaName,
    path: string,
    body: object,
    about: { personId?: string; ifMatch?: string } = {},
  ): Promise<Reply | undefined> {
    const correlationId = randomUUID();
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
      'x-correlation-id': correlationId,
      ...(about.ifMatch === undefined ? {} : { 'if-match': about.ifMatch }),
    };
    const { reply, attempts } = await this.insist('POST', path, persona, headers, JSON.stringify(body));
    if (!reply) return undefined;
    if (reply.status >= 300) {
      this.surprises.add(`${kind}: ${reply.status} ${JSON.stringify(reply.body)}`);
      return undefined;
    }
    const id = String(reply.body['id']);
    this.journal.accepted({
      kind,
      correlationId,
      id,
      personId: about.personId,
      attempts,
      at: new Date().toISOString(),
    });
    return reply;
  }

  /** Reads until `ready`; undefined when that takes too long or the run ended first. */
  async read(persona: PersonaName, path: string, ready: (reply: Reply) => boolean): Promise<Reply | undefined> {
    const until = Date.now() + PATIENCE_MS;
    while (!this.stopped() && Date.now() < until) {
      const { reply } = await this.insist('GET', path, persona, {});
      if (reply && ready(reply)) return reply;
      await pause(50);
    }
    this.gaveUp += 1;
    return undefined;
  }

  /** One attempt, for a caller who wants to know how it is just now. */
  async look(persona: PersonaName, url: string): Promise<Reply | undefined> {
    try {
      return await this.send('GET', url, persona, {});
    } catch {
      return undefined;
    }
  }

  private async insist(
    method: string,
    path: string,
    persona: PersonaName,
    headers: Record<string, string>,
    body?: string,
  ) {
    let attempts = 0;
    while (!this.stopped() || (method === 'POST' && attempts > 0 && attempts < 200)) {
      attempts += 1;
      try {
        const gateway = this.gateways[this.turn++ % this.gateways.length] ?? '';
        const reply = await this.send(method, gateway + path, persona, headers, body);
        if (reply.status < 500 && reply.status !== 429) return { reply, attempts };
      } catch {
        // No answer: whether it was done is not known, so it is sent again under the same key.
      }
      this.retried += 1;
      await pause(100);
    }
    return { reply: undefined, attempts };
  }

  private async send(
    method: string,
    url: string,
    persona: PersonaName,
    headers: Record<string, string>,
    body?: string,
  ) {
    const authorization = `Bearer ${await this.token(persona)}`;
    const signal = AbortSignal.timeout(10_000);
    const response = await fetch(url, { method, headers: { ...headers, authorization }, body, signal });
    const text = await response.text();
    const parsed = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    return { status: response.status, etag: response.headers.get('etag') ?? undefined, body: parsed };
  }

  private async token(persona: PersonaName): Promise<string> {
    const known = this.tokens.get(persona) ?? (await getToken(this.issuer, persona));
    this.tokens.set(persona, known);
    return known;
  }
}
