import { sourceOf } from '@homeward/contracts';
import { projectionsReaderName } from '@homeward/messaging';
import { NotFound, type RequestContext } from '@homeward/persistence';
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
  /** From this day on they are others, without an event: the person moves. */
  changesOn?: string | null;
  /** The id that this one was merged into, whose facts these are. */
  mergedInto?: string;
}

/** The answer of `GET /people/internal/{id}/facts`; `sequence` is that of the id's own stream in people. */
export type FactsAnswer = Facts & { sequence: number | string };

interface Copy {
  /** `erased` is all that is kept of somebody who was. */
  facts: Facts & { erased?: boolean };
  stale: boolean;
}

/**
 * The facts that this service keeps of a person, asked for before a write and never inside a transaction. They are stale
 * when this service has taken a later event of the person from people: whatever it was, people is asked again.
 * While people is down, known people work on.
 */
export class PersonFacts {
  private readonly reader: string;

  constructor(
    private readonly worker: Pool,
    private readonly people: PeopleClient,
    service: string,
  ) {
    this.reader = projectionsReaderName(service);
  }

  /** Throws NotFound('person') for nobody's id and for who was erased, and Unavailable (503) for an unknown one while people is down. */
  async of(personId: string, context: RequestContext): Promise<Facts> {
    const copy = present(await this.copy(personId));
    try {
      const { mergedInto, ...facts } = copy && !copy.stale ? copy.facts : await this.ask(personId, context);
      // What is kept of an id that was merged says whom it means; the events are on that one's stream.
      return mergedInto === undefined ? facts : await this.of(mergedInto, context);
    } catch (error) {
      if (copy && problemOf(error).status === 503) return copy.facts;
      throw error;
    }
  }

  private async copy(personId: string): Promise<Copy | undefined> {
    const { rows } = await this.worker.query<Copy>({
      name: 'person-copy',
      text: `SELECT facts, (facts ->> 'changesOn')::date <=
            (coalesce((SELECT now FROM simulated_clock), clock_timestamp()) AT TIME ZONE 'Europe/London')::date IS TRUE
          OR EXISTS (SELECT FROM inbox WHERE reader = $2 AND source = $3 AND stream = 'person/' || person_id
            AND last_sequence > person_copy.sequence) AS stale
        FROM person_copy WHERE person_id = $1`,
      values: [personId, this.reader, sourceOf('people')],
    });
    return rows[0];
  }

  private async ask(personId: string, context: RequestContext): Promise<Facts> {
    const answer = await this.people.get<FactsAnswer>(`/people/internal/${personId}/facts`, context);
    return this.keep(personId, answer);
  }

  /** Two requests may ask at once: the older answer changes nothing, and the newer one is answered to both. */
  private async keep(personId: string, answer: FactsAnswer): Promise<Facts> {
    const { basis, responsibleIcb, provisional, milestones, changesOn, mergedInto } = answer;
    const facts: Facts = { basis, responsibleIcb, provisional, milestones, changesOn, mergedInto };
    await this.worker.query({
      name: 'keep-person-copy',
      text: `INSERT INTO person_copy (person_id, facts, sequence) VALUES ($1, $2, $3)
        ON CONFLICT (person_id) DO UPDATE SET facts = excluded.facts, sequence = excluded.sequence
          WHERE person_copy.sequence <= excluded.sequence`,
      values: [personId, facts, answer.sequence],
    });
    return present(await this.copy(personId))?.facts ?? facts;
  }
}

function present(copy: Copy | undefined): Copy | undefined {
  if (copy?.facts.erased) throw new NotFound('person');
  return copy;
}
