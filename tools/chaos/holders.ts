import type { Client } from './client';

/**
 * Asks flow without end who holds each person whose referral it was seen to have applied. Once it has named somebody, it
 * must name somebody ever after: anything but an answer with a team, while flow answers at all, is noted.
 */
export class HolderWatch {
  private people: string[] = [];
  private readonly named = new Set<string>();
  readonly gaps: string[] = [];
  asked = 0;

  constructor(
    private readonly client: Client,
    private readonly flow: string,
  ) {}

  add(personId: string): void {
    this.people.push(personId);
  }

  remove(personId: string): void {
    this.people = this.people.filter((one) => one !== personId);
  }

  async watch(stopped: () => boolean, random: () => number): Promise<void> {
    while (!stopped()) {
      const personId = this.people[Math.floor(random() * this.people.length)];
      if (personId !== undefined) await this.ask(personId);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** People whom nobody was ever named for; at the end of a run there must be none. */
  neverNamed(): string[] {
    return this.people.filter((personId) => !this.named.has(personId));
  }

  async ask(personId: string): Promise<void> {
    const reply = await this.client.look('intake', `${this.flow}/holders/${personId}`);
    if (!reply || reply.status >= 500 || reply.status === 429) return; // flow, or its database, is not there
    this.asked += 1;
    const team = reply.body['team'];
    if (reply.status === 200 && team) this.named.add(personId);
    else if (this.named.has(personId) && this.people.includes(personId))
      this.gaps.push(`${personId}: ${reply.status} ${JSON.stringify(reply.body)}`);
  }
}
