import { createLogger } from '@homeward/observability';

const log = createLogger('boot');

/** What has been opened, to be closed the other way round, whether all of it was opened or the boot broke off. */
export class Opened {
  private readonly closers: { what: string; close: () => Promise<unknown> }[] = [];

  /** `what` is closed by `close` when its turn comes. */
  keep<T>(what: string, value: T, close: (value: T) => Promise<unknown>): T {
    this.closers.push({ what, close: () => close(value) });
    return value;
  }

  /** One part that does not close keeps no other open. */
  async close(): Promise<void> {
    for (let next = this.closers.pop(); next; next = this.closers.pop()) {
      try {
        await next.close();
      } catch (error) {
        log.error('service.part-not-closed', { reason: next.what, error });
      }
    }
  }
}
