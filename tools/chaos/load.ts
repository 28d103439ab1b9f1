import { PERSONAS } from '../../infra/local/issuer/personas';
import type { Client, Reply } from './client';
import { HOME, referralTo, REJECTION, somebody } from './made-up';
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

interface Referral {
  path: string;
  personId: string;
  etag: string | undefined;
}

/** One person's way. A step that is not answered, or not possible yet, ends it. */
class Way {
  private personId = '';

  constructor(private readonly options: LoadOptions) {}

  async walk(): Promise<void> {
    const referral = await this.refer();
    if (!referral) return;
    this.personId = referral.personId;
    this.options.onReferral(this.personId);
    if (this.chance(0.3)) await this.correct();
    if (this.chance(0.2)) await this.beginHome();
    if (this.chance(0.05)) await this.mergeAnother();
    if (this.chance(0.2)) return this.reject(referral);
    const accepted = await this.accept(referral);
    if (accepted && this.chance(0.6)) await this.moveTeam();
  }

  private async refer(): Promise<Referral | undefined> {
    return this.chance(0.3) ? this.referByDetails() : this.referById();
  }

  private async referById(): Promise<Referral | undefined> {
    const { random, teams } = this.options;
    const registered = await this.command('register-person', 'gp', '/people', somebody(random));
    if (!registered) return undefined;
    const body = { ...referralTo(teams.intake), personId: registered.body['id'] };
    return this.seen(await this.command('refer-by-id', 'gp', '/referrals', body));
  }

  private async referByDetails(): Promise<Referral | undefined> {
    const { random, teams } = this.options;
    const body = { ...referralTo(teams.intake), person: somebody(random) };
    return this.seen(await this.command('refer-by-details', 'gp', '/referrals', body));
  }

  /** As the intake sees it; the referrer is not told who it is. */
  private async seen(received: Reply | undefined): Promise<Referral | undefined> {
    if (!received) return undefined;
    const path = `/referrals/${String(received.body['id'])}`;
    const found = await this.read('intake', path, ({ status }) => status === 200);
    return found && { path, personId: String(found.body['personId']), etag: found.etag };
  }

  private async correct(): Promise<void> {
    const path = `/people/${this.personId}`;
    const known = await this.read('intake', path, ({ status, etag }) => status === 200 && etag !== undefined);
    if (!known) return;
    const right = { familyName: somebody(this.options.random).familyName };
    await this.command('correct-person', 'intake', `${path}/correct`, right, known.etag);
  }

  private async beginHome(): Promise<void> {
    const path = `/people/${this.personId}`;
    const known = await this.read('intake', path, ({ status }) => status === 200);
    if (!known) return;
    const home = { ...HOME, from: new Date().toISOString().slice(0, 10) };
    await this.command('begin-home', 'intake', `${path}/homes`, home);
  }

  /** Somebody referred this person once more, under another id. */
  private async mergeAnother(): Promise<void> {
    const other = await this.referByDetails();
    const path = `/people/${other?.personId}`;
    const known = other && (await this.read('manager', path, ({ etag }) => etag !== undefined));
    const into = await this.read('manager', `/people/${this.personId}`, ({ status }) => status === 200);
    if (!known || !into) return;
    await this.command('merge-person', 'manager', `${path}/merge`, { intoId: this.personId }, known.etag);
  }

  private async reject({ path, etag }: Referral): Promise<void> {
    this.options.onLeaving(this.personId);
    await this.command('reject-referral', 'intake', `${path}/reject`, REJECTION, etag);
  }

  private accept({ path, etag }: Referral) {
    const coordinatorId = PERSONAS['community-nurse'].sub;
    const body = { teamId: this.options.teams.community, coordinatorId, priority: 'soon' };
    return this.command('accept-referral', 'intake', `${path}/accept`, body, etag);
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
