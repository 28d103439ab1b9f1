import { deriveKey } from '@homeward/http';

/** What a module may know of the service that it runs in. */
export class ServiceInfo {
  constructor(
    readonly name: string,
    private readonly secret: string,
    /** `CLOCK=simulated` */
    readonly simulated: boolean,
  ) {}

  /** A key of the service's own, from `SECRET`, for this use alone: `key('identity')`. */
  key(use: string): Buffer {
    return deriveKey(this.secret, use);
  }
}
