import { createHmac } from 'node:crypto';

/** Names the lock under which registrations of one number wait for each other, without showing the number. */
export class IdentityKeys {
  constructor(private readonly key: string | Buffer) {}

  /** Who has no number waits for nobody else: the request itself is the lock. */
  lockOf(nhsNumber: string | null, requestId: string): string {
    return `identity/${nhsNumber === null ? requestId : createHmac('sha256', this.key).update(nhsNumber).digest('base64url')}`;
  }
}
