import { randomUUID } from 'node:crypto';

export interface Answer {
  status: number;
  etag?: string;
  // What comes back is looked at by people and by the story, which knows the shapes that it asks for.
  body: Record<string, any>;
}

export interface CallOptions {
  token: string;
  ifMatch?: string;
  /** The story happens in the past. */
  now?: Date;
  key?: string;
}

/** The public API as any client calls it. */
export class Api {
  constructor(private readonly gateway: string) {}

  get(path: string, options: CallOptions): Promise<Answer> {
    return this.send('GET', path, options);
  }

  /** Any answer but 2xx is an error that says what was answered. */
  async post(path: string, body: object, options: CallOptions): Promise<Answer> {
    const answer = await this.send('POST', path, options, body);
    if (answer.status >= 300) throw new Error(`POST ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer;
  }

  /** The answer as it is, whatever its status. */
  async send(method: string, path: string, options: CallOptions, body?: object): Promise<Answer> {
    const { token, ifMatch, now, key } = options;
    const headers: Record<string, string> = { authorization: `Bearer ${token}` };
    if (body) Object.assign(headers, { 'content-type': 'application/json', 'idempotency-key': key ?? randomUUID() });
    if (ifMatch !== undefined) headers['if-match'] = ifMatch;
    if (now) headers['x-simulated-now'] = now.toISOString();
    const response = await fetch(this.gateway + path, { method, headers, body: body && JSON.stringify(body) });
    const text = await response.text();
    return {
      status: response.status,
      etag: response.headers.get('etag') ?? undefined,
      body: text === '' ? {} : (JSON.parse(text) as Record<string, any>),
    };
  }
}

/** Asks again until `ready` says yes: what one service decided reaches another a moment later. */
export async function until(ask: () => Promise<Answer>, ready: (answer: Answer) => boolean): Promise<Answer> {
  const patience = Date.now() + 20_000;
  for (;;) {
    const answer = await ask();
    if (ready(answer)) return answer;
    if (Date.now() > patience)
      throw new Error(`Waited 20 s; the last answer: ${answer.status} ${JSON.stringify(answer.body)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
