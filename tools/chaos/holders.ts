import type { PersonaName } from '../../infra/local/issuer/personas';
import type { Client } from './client';
import { Findings } from './findings';
import { pause, pick, type Random } from './random';

/** As many are watched at once; of those who come later, each takes the place of one by chance. */
const WATCHED = 2_000;

interface Watched {
  personId: string;
  /** Who asks: somebody who may see them. */
  by: PersonaName;
  /** Somebody was named for them once. */
  named: boolean;
}

/**
 * Asks flow without end who holds each person whose referral was received. Once it has named somebody, it must name
 * somebody ever after: anything but an answer with a team, while flow answers at all, is noted.
 */
export class HolderWatch {
  private readonly people: Watched[] = [];
  readonly gaps = new Findings();
  asked = 0;

  /** @param flows the addresses of flow's processes, past the gateway */
  constructor(
    private readonly client: Client,
    private readonly flows: readonly string[],
    private readonly random: Random,
  ) {}

  /** Also of somebody watched already, whom another organisation may see from now on. */
  add(personId: string, by: PersonaName): void {
    this.remove(personId);
    const person = { personId, by, named: false };
    if (this.people.length < WATCHED) this.people.push(person);
    else this.people[Math.floor(this.random() * WATCHED)] = person;
  }

  /** From now on nobody need hold the person: whoever is asked about just now is not noted either. */
  remove(personId: string): void {
    const place = this.people.findIndex((person) => person.personId === personId);
    if (place >= 0) this.people.splice(place, 1);
  }

  async watch(stopped: () => boolean): Promise<void> {
    while (!stopped()) {
      const person = pick(this.random, this.people);
      if (person) await this.ask(person);
      await pause(5);
    }
  }

  /** Asks once more for whom nobody was ever named; whoever is left then was held by nobody. */
  async neverNamed(): Promise<number> {
    for (const person of this.people) if (!person.named) await this.ask(person);
    return this.people.filter(({ named }) => !named).length;
  }

  private async ask(person: Watched): Promise<void> {
    const { personId, by, named } = person; // named before this was asked: answers may overtake each other
    const reply = await this.client.look(by, `${pick(this.random, this.flows)}/holders/${personId}`);
    if (!reply || reply.status >= 500 || reply.status === 429) return; // flow, or its database, is not there
    this.asked += 1;
    if (reply.status === 200 && reply.body['team']) person.named = true;
    else if (named && this.people.includes(person))
      this.gaps.add(`${personId} for ${by}: ${reply.status} ${JSON.stringify(reply.body)}`);
  }
}
