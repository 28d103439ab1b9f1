import type { DeadlineClock } from '@homeward/deadlines';
import { badRequest, Context, Query } from '@homeward/http';
import { Database, Pools, type ReadContext } from '@homeward/persistence';
import { Controller, Get } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Followers } from './followers';
import { ServiceInfo } from './service-info';

/** How long a service waits for itself before it says that it is not at rest. */
const PATIENCE_MS = 1_000;
const POLL_MS = 5;

/** Which events were published, in a form that only tells whether more were: a late commit has a position in between. */
const STATE = {
  text: `SELECT (SELECT now FROM simulated_clock) AS clock,
    (SELECT count(*)::int FROM outbox WHERE published_at IS NULL) AS unpublished,
    (SELECT max(position) || '/' || count(*) FROM outbox
      WHERE position > (SELECT max(position) - 1000 FROM outbox)) AS published`,
  values: [],
};

interface State {
  clock: Date | null;
  unpublished: number;
  published: string | null;
}

export class AtRestAnswer {
  @ApiProperty({
    description:
      'Nothing waits here: the outbox is empty, the readers are at the end of the log, no deadline is due and untold.',
  })
  atRest!: boolean;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'What the simulated clock shows.' })
  clock!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The same as long as nothing more is published.' })
  published!: string | null;
}

/** The readers of the service and its clock, known once they are made. */
export class Following {
  followers?: Followers;
  deadlines?: DeadlineClock;
}

/**
 * Every service tells the gateway whether it is at rest, and raises its simulated clock by `X-Simulated-Now` as with any
 * other reading.
 */
@Controller('_simulation/internal')
export class AtRestController {
  constructor(
    private readonly database: Database,
    private readonly pools: Pools,
    private readonly following: Following,
    private readonly info: ServiceInfo,
  ) {}

  @Query({
    action: 'get-at-rest',
    summary: 'Whether the service is at rest',
    may: ['operations'],
    answer: AtRestAnswer,
    example: { atRest: true, clock: '2026-11-25T17:00:00.000Z', published: '1042/1000' },
  })
  @Get('at-rest')
  async get(@Context() context: ReadContext): Promise<AtRestAnswer> {
    if (!this.info.simulated) throw badRequest('no-simulated-clock', 'This system runs on real time.');
    // First of all this raises the clock: what is judged below is judged by the time that was told.
    await this.database.read(context, STATE, { subject: 'simulated-clock', people: false, as: 'worker' });
    await this.following.deadlines?.look();
    const caughtUp = (await this.waitForReaders()) && ((await this.following.deadlines?.behind()) ?? 0) === 0;
    const { rows } = await this.pools.worker.query<State>(STATE.text);
    const { clock = null, unpublished, published = null } = rows[0] ?? {};
    return {
      atRest: caughtUp && unpublished === 0,
      clock: clock && clock.toISOString(),
      published,
    };
  }

  /** What the readers have taken before this is in what is read after it. */
  private async waitForReaders(): Promise<boolean> {
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(POLL_MS)) {
      const { rows } = await this.pools.worker.query<{ unpublished: number }>(STATE.text);
      if (rows[0]?.unpublished === 0 && (await this.readersAreAtTheEnd())) return true;
    }
    return false;
  }

  private async readersAreAtTheEnd(): Promise<boolean> {
    const statuses = (await this.following.followers?.status()) ?? [];
    return statuses.every(({ stopped, lag, parked }) => !stopped && lag === 0n && parked?.waiting === 0);
  }
}
