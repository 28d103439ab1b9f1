import { NotFound, type RequestContext } from '@homeward/persistence';
import { Problem, Unavailable, type ProblemBody } from '../problem/problem';

export interface ServiceClientOptions {
  /** Which service answers there. */
  service: string;
  /** Of the service itself, not of the gateway, which never routes `…/internal/**`. */
  url: string;
  /** This service's own token. */
  token: () => Promise<string>;
}

const TIMEOUT_MS = 5_000;

/** Calls another service in this service's own name; the caller's correlation id and trace go along. */
export class ServiceClient {
  constructor(private readonly options: ServiceClientOptions) {}

  get<T>(path: string, context: RequestContext): Promise<T> {
    return this.call<T>('GET', path, context);
  }

  post<T>(path: string, body: object, context: RequestContext): Promise<T> {
    return this.call<T>('POST', path, context, body);
  }

  private async call<T>(method: string, path: string, context: RequestContext, body?: object): Promise<T> {
    const { service } = this.options;
    const response = await this.send(method, path, context, body);
    // Of who was erased nobody is told more than of nobody.
    if (response.status === 404 || response.status === 410) throw new NotFound('person');
    if (response.status >= 500 || response.status === 429) throw new Unavailable(service, retryAfter(response));
    if ([400, 409, 422].includes(response.status)) throw await refusalOf(response);
    if (!response.ok) throw new Error(`${service} answers ${response.status} to ${method} of ${context.action}`);
    return (await response.json()) as T;
  }

  private async send(method: string, path: string, context: RequestContext, body?: object): Promise<Response> {
    const { service, url, token } = this.options;
    const headers: Record<string, string> = {
      authorization: `Bearer ${await token()}`,
      'x-correlation-id': context.correlationId,
    };
    if (context.traceparent) headers['traceparent'] = context.traceparent;
    if (context.simulatedNow) headers['x-simulated-now'] = context.simulatedNow.toISOString();
    if (body) headers['content-type'] = 'application/json';
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    try {
      return await fetch(`${url}${path}`, { method, headers, body: JSON.stringify(body), signal });
    } catch {
      throw new Unavailable(service);
    }
  }
}

const retryAfter = (response: Response): number => Number(response.headers.get('retry-after')) || 5;

/** What our caller sent, and the service refuses, is for our caller to know; a problem repeats nothing that was sent. */
async function refusalOf(response: Response): Promise<Problem> {
  const { code, detail, rule, errors } = (await response.json()) as ProblemBody;
  return new Problem(response.status, code, detail, { rule, errors });
}
