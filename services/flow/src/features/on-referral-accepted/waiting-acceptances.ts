import { gauge } from '@homeward/observability';
import { Pools } from '@homeward/persistence';
import { Injectable, type OnModuleInit } from '@nestjs/common';

/** An acceptance without an episode is watched: somebody said yes, and nobody is accountable here yet. */
@Injectable()
export class WaitingAcceptances implements OnModuleInit {
  constructor(private readonly pools: Pools) {}

  onModuleInit(): void {
    gauge('homeward.acceptance.waiting.seconds', async () => [{ value: await this.oldest() }]);
  }

  /** Seconds that the oldest has waited; 0 where none does. */
  async oldest(): Promise<number> {
    const { rows } = await this.pools.worker.query<{ seconds: number }>(
      `SELECT coalesce(extract(epoch FROM clock_timestamp() - min(accepted_on)), 0)::float AS seconds
        FROM open_referral WHERE stage = 2`,
    );
    return rows[0]?.seconds ?? 0;
  }
}
