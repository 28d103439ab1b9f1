import type { RequestContext } from '@homeward/persistence';
import type { Pool } from 'pg';
import { problemOf } from '../problem/problem-of';
import type { PeopleClient } from './people-client';

/** What a service is told of a person: no name, NHS number, birth date or address. */
export interface Facts {
  basis: string;
  /** ODS code. */
  responsibleIcb?: string;
  provisional: boolean;
  /** The days on which ages are reached, for rules that turn on one: `{ age: '18', on: '2031-04-02' }`. */
  milestones: { age: string; on: string }[];
}

/** The answer of `GET /people/internal/{id}/facts`; `sequence` is that of the person's stream in people. */
export type FactsAnswer = Facts & { sequence: number | string };

/**
 * The facts that this service keeps of a person, asked for before a write and never inside a transaction.
 * While people is down, known people work on.
 */
export class PersonFacts {
  constructor(
    private readonly worker: Pool,
    private readonly people: PeopleClient,
  ) {}

  /** Throws NotFound('person') for nobody's id, and Unavailable (503) for an unknown one while people is down. */
  async of(personId: string, context: RequestContext): Promise<Facts> {
    const copy = await this.copy(personId);
    if (copy && !copy.stale) return copy.facts;
    try {
      const answer = await this.people.get<FactsAnswer>(`/people/internal/${personId}/facts`, context);
      return await this.keep(personId, answer);
    } catch (error) {
      if (copy && problemOf(error).status === 503) return copy.facts;
      throw error;
    }
  }

  /** After an event that changed them: the next use asks people again. */
  async markStale(personIds: string[]): Promise<void> {
    await this.worker.query('UPDATE person_copy SET stale = true WHERE person_id = ANY ($1::uuid[])', [personIds]);
  }

  private async copy(personId: string): Promise<{ facts: Facts; stale: boolean } | undefined> {
    const { rows } = await this.worker.query<{ facts: Facts; stale: boolean }>({
      name: 'person-copy',
      text: 'SELECT facts, stale FROM person_copy WHERE person_id = $1',
      values: [personId],
    });
    return rows[0];
  }

  /** Two requests may ask at once: the older answer changes nothing, and the newer one is answered to both. */
  private async keep(personId: string, answer: FactsAnswer): Promise<Facts> {
    const { basis, responsibleIcb, provisional, milestones } = answer;
    const facts: Facts = { basis, responsibleIcb, provisional, milestones };
    await this.worker.query({
      name: 'keep-person-copy',
      text: `INSERT INTO person_copy (person_id, facts, sequence) VALUES ($1, $2, $3)
        ON CONFLICT (person_id) DO UPDATE SET facts = excluded.facts, sequence = excluded.sequence, stale = false
          WHERE person_copy.sequence <= excluded.sequence`,
      values: [personId, facts, answer.sequence],
    });
    return (await this.copy(personId))?.facts ?? facts;
  }
}
