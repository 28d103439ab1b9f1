import type { PersonaName } from '../../infra/local/issuer/personas';
import type { Client, Reply } from './client';
import type { LoadOptions, Teams } from './load';
import type { Random } from './random';

type Command = Parameters<Client['command']>;

/** One person's way through the services. A step that is not answered, or not possible yet, ends it. */
export class Way {
  /** Empty until they are known. */
  personId = '';

  constructor(private readonly options: LoadOptions) {}

  get teams(): Teams {
    return this.options.teams;
  }

  get random(): Random {
    return this.options.random;
  }

  chance(of: number): boolean {
    return this.random() < of;
  }

  /** From now on somebody holds them, as this one may see. */
  held(by: PersonaName): void {
    this.options.onHeld(this.personId, by);
  }

  /** Told first, then done: from now on nobody need hold them. */
  leaving(): void {
    this.options.onLeaving(this.personId);
  }

  command(kind: Command[0], by: PersonaName, path: string, body: object, ifMatch?: string): Promise<Reply | undefined> {
    return this.options.client.command(kind, by, path, body, { personId: this.personId, ifMatch });
  }

  read(by: PersonaName, path: string, ready: (reply: Reply) => boolean): Promise<Reply | undefined> {
    return this.options.client.read(by, path, ready);
  }
}
