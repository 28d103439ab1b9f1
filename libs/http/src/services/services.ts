import type { RequestContext } from '@homeward/persistence';
import { ServiceClient } from './service-client';

export interface FromAll<T> {
  /** By service. */
  answers: Map<string, T>;
  /** Services that did not answer: what is shown says so. */
  unanswered: string[];
}

/** Every service of the system, for what has to be asked of all of them. */
export class Services {
  /** `addresses` by service; of the services themselves, not of the gateway. */
  constructor(
    private readonly addresses: Readonly<Record<string, string>>,
    private readonly token: () => Promise<string>,
  ) {}

  /** Asks all at once. One that does not answer keeps nobody from what the others say. */
  async askAll<T>(path: (service: string) => string, context: RequestContext): Promise<FromAll<T>> {
    const answers = new Map<string, T>();
    const unanswered: string[] = [];
    const ask = async ([service, url]: [string, string]): Promise<void> => {
      const client = new ServiceClient({ service, url, token: this.token });
      try {
        answers.set(service, await client.get<T>(path(service), context));
      } catch {
        unanswered.push(service);
      }
    };
    await Promise.all(Object.entries(this.addresses).map(ask));
    return { answers, unanswered: unanswered.sort() };
  }
}
