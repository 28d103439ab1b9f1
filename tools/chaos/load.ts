import { PERSONAS } from '../../infra/local/issuer/personas';
import type { Client } from './client';
import { referralTo, REJECTION, somebody } from './made-up';
import { between, pause, type Random } from './random';

export interface Teams {
  intake: string;
  community: string;
  intensive: string;
}

/** Where everybody in the load works. */
export async function openTeams(client: Client): Promise<Teams> {
  const open = async (name: string, kind: string, members: string[]): Promise<string> => {
    const body = { name, kind, telephone: '01632 960000' };
    const id = String((await client.command('open-team', 'manager', '/teams', body))?.body['id']);
    for (const sub of members) {
      const member = { id: sub, name: 'N. N.', role: 'nurse' };
      await client.command('add-practitioner', 'manager', `/teams/${id}/practitioners`, member);
    }
    return id;
  };
  return {
    intake: await open('Intake', 'intake', []),
    community: await open('Community', 'community', [PERSONAS['community-nurse'].sub]),
    intensive: await open('Intensive', 'intensive-support', [PERSONAS['intensive-nurse'].sub]),
  };
}

export interface LoadOptions {
  client: Client;
  teams: Teams;
  random: Random;
  stopped: () => boolean;
  /** Told of each referral that was received, for the one who asks who holds the person. */
  onReferral: (personId: string) => void;
  /** Told before nobody need hold the person any more. */
  onLeaving: (personId: string) => void;
}

/** One caller: people one after the other, each on a way of their own through the services. */
export async function peopleOneByOne(options: LoadOptions): Promise<void> {
  while (!options.stopped()) {
    await new Way(options).walk();
    await pause(between(options.random, 0, 100));
  }
}

/** One person's way. A step that is not answered, or not possible yet, ends it. */
class Way {
  private personId = '';

  constructor(private readonly options: LoadOptions) {}

  async walk(): Promise<void> {
    const referral = await this.refer();
    const seen = referral && (await this.read('intake', `/referrals/${referral}`, ({ status }) => status === 200));
    if (!referral || !seen) return;
    this.personId = String(seen.body['personId']);
    this.options.onReferral(this.personId);
    if (this.chance(0.2)) return this.reject(referral, seen.etag);
    const accepted = await this.accept(referral, seen.etag);
    if (accepted && this.chance(0.6)) await this.moveTeam();
  }

  private async refer(): Promise<string | undefined> {
    const { random, teams } = this.options;
    const referral = referralTo(teams.intake);
    if (this.chance(0.3)) {
      const received = await this.command('refer-by-details', 'gp', '/referrals', {
        ...referral,
        person: somebody(random),
      });
      return received && String(received.body['id']);
    }
    const registered = await this.command('register-person', 'gp', '/people', somebody(random));
    if (!registered) return undefined;
    const body = { ...referral, personId: registered.body['id'] };
    const received = await this.command('refer-by-id', 'gp', '/referrals', body);
    return received && String(received.body['id']);
  }

  private async reject(referral: string, ifMatch?: string): Promise<void> {
    this.options.onLeaving(this.personId);
    await this.command('reject-referral', 'intake', `/referrals/${referral}/reject`, REJECTION, ifMatch);
  }

  private accept(referral: string, ifMatch?: string) {
    const coordinatorId = PERSONAS['community-nurse'].sub;
    const body = { teamId: this.options.teams.community, coordinatorId, priority: 'soon' };
    return this.command('accept-referral', 'intake', `/referrals/${referral}/accept`, body, ifMatch);
  }

  private async moveTeam(): Promise<void> {
    const holder = await this.read(
      'community-lead',
      `/holders/${this.personId}`,
      ({ body }) => body['by'] === 'episode',
    );
    if (!holder) return;
    const now = new Date().toISOString();
    const proposed = await this.command('propose-transfer', 'community-lead', '/transfers', {
      episodeId: holder.body['episodeId'],
      toTeamId: this.options.teams.intensive,
      reasonCode: 'more-intensive-support',
      priority: 'urgent',
      riskAssessedAt: now,
    });
    if (!proposed) return;
    const path = `/transfers/${String(proposed.body['id'])}`;
    const takeOver = { coordinatorId: PERSONAS['intensive-nurse'].sub, startsAt: now };
    const agreed = await this.command('accept-transfer', 'intensive-lead', `${path}/accept`, takeOver, proposed.etag);
    if (!agreed) return;
    const done = { handoverComplete: true, firstContactAt: now, personInformedAt: now };
    await this.command('complete-transfer', 'intensive-lead', `${path}/complete`, done, agreed.etag);
  }

  private chance(of: number): boolean {
    return this.options.random() < of;
  }

  private get read() {
    return this.options.client.read.bind(this.options.client);
  }

  private command(...[kind, persona, path, body, ifMatch]: CommandArguments) {
    return this.options.client.command(kind, persona, path, body, { personId: this.personId, ifMatch });
  }
}

type Command = Parameters<Client['command']>;
type CommandArguments = [kind: Command[0], persona: Command[1], path: string, body: object, ifMatch?: string];
