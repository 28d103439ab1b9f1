import { ServiceClient } from '../services/service-client';

export interface PeopleClientOptions {
  peopleUrl: string;
  /** This service's own token. */
  token: () => Promise<string>;
}

/** The service `people`, whom every other asks. */
export class PeopleClient extends ServiceClient {
  constructor({ peopleUrl: url, token }: PeopleClientOptions) {
    super({ service: 'people', url, token });
  }
}
