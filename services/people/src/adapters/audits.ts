import type { Look } from '@homeward/audit';
import { Services, type SortKeys } from '@homeward/http';
import type { RequestContext } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';

export type LookOfService = Look & { service: string };

export interface Asked {
  people?: readonly string[];
  by?: string;
  organisation?: string;
  from?: string;
  until?: string;
  after?: SortKeys;
  limit: number;
}

export interface Merged {
  looks: LookOfService[];
  unanswered: string[];
}

/** The audits of all services, this one's too, as one list. */
@Injectable()
export class Audits {
  constructor(private readonly services: Services) {}

  async ask({ people, after, limit, ...asked }: Asked, context: RequestContext): Promise<Merged> {
    const [behindAt, behindId] = after ?? [];
    const query = { ...asked, people: people?.join(','), behindAt, behindId, limit };
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
    const { answers, unanswered } = await this.services.askAll<{ items: Look[] }>(
      (service) => `/${service}/internal/audit?${search.toString()}`,
      context,
    );
    const looks = [...answers].flatMap(([service, { items }]) => items.map((item) => ({ service, ...item })));
    return { looks: looks.sort(newestFirst).slice(0, limit), unanswered };
  }
}

/** As each service sorts its own. */
const newestFirst = (a: Look, b: Look): number => (`${a.at}/${a.id}` < `${b.at}/${b.id}` ? 1 : -1);
