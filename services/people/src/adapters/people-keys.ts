import { createHmac } from 'node:crypto';

/** What must be told apart without being shown: an NHS number, and what was sent under a request's id. */
export class PeopleKeys {
  constructor(private readonly key: string | Buffer) {}

  /**
   * The lock under which registrations of one number wait for each other. Who has no number waits for nobody else:
   * the request itself is the lock.
   */
  lockOf(nhsNumber: string | null, requestId: string): string {
    return `identity/${nhsNumber === null ? requestId : this.hmac(nhsNumber)}`;
  }

  fingerprintOf(sent: object): string {
    return this.hmac(JSON.stringify(sent));
  }

  private hmac(text: string): string {
    return createHmac('sha256', this.key).update(text).digest('base64url');
  }
}
