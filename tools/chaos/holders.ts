import type { Client } from './client';
import { Findings } from './findings';
import { pause, pick, type Random } from './random';

/** As many are watched at once; of those who come later, each takes the place of one by chance. */
const WATCHED = 2_000;

/**
 * Asks flow without end who holds each person whose referral it was seen to have applied. Once it has named somebody, it
 * must name somebody ever after: anything but an answer with a team, while flow answers at all, is noted.
 */
export class HolderWatch {
  private readonly people: string[] = [];
  private readonly named = new Set<string>();
  readonly gaps = new Findings();
  asked = 0;

  /** @param flows the addresses of flow's processes, past the gateway */
  constructor(
    private readonly client: Client,
    private readonly flows: readonly string[],
    private readonly random: Random,
  ) {}

  add(personId: string): void {
    if (this.people.length < WATCHED) return void this.people.push(personId);
    const place = Math.floor(this.random() * WATCHED);
    this.named.delete(this.people[place] ?? '');
    this.people[place] = personId;
  }

  /** From now on nobody need hold the person: whoever is asked about just now is not noted either. */
  remove(personId: string): void {
    const place = this.people.indexOf(personId);
    if (place >= 0) this.people.splice(place, 1);
    this.named.delete(personId);
  }

  async watch(stopped: () => boolean): Promise<void> {
    while (!stopped()) {
      const personId = pick(this.random, this.people);
      if (personId !== undefined) await this.ask(personId);
      await pause(5);
    }
  }

  /** People whom nobody was ever named for; at the end of a run there must be none. */
  neverNamed(): string[] {
    return this.people.filter((personId) => !this.named.has(personId));
  }

  async ask(personId: string): Promise<void> {
    const reply = await this.client.look('intake', `${pick(this.random, this.flows)}/holders/${personId}`);
    if (!reply || reply.status >= 500 || reply.status === 429) return; // flow, or its database, is not there
    this.asked += 1;
    const team = reply.body['team'];
    if (reply.status === 200 && team) {
      if (this.people.includes(personId)) this.named.add(personId);
    } else if (this.named.has(personId)) this.gaps.add(`${personId}: ${reply.status} ${JSON.stringify(reply.body)}`);
  }
}
