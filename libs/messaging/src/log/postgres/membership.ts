import { uuidv7 } from '@homeward/kernel';
import type { Row, Statement } from '@homeward/persistence';
import type { Pool } from 'pg';
import { notify } from './append';
import { inTransaction } from '../../transaction';
import { shareOut, type Member } from './share-out';

/** A partition that a group reads: how far, who, and the epoch that a move of the position must name. */
export interface Position {
  topic: string;
  partition: number;
  position: bigint;
  owner: string | null;
  epoch: bigint;
}

/** A member that was not heard of for so long is dead, and its partitions go to others. */
const SESSION_SECONDS = 6;

/** A reader's place in its group. All times are the database's own. */
export class Membership {
  private readonly member = uuidv7();

  constructor(
    private readonly pool: Pool,
    private readonly group: string,
    private readonly topics: string[],
  ) {}

  /** Makes the group's missing positions, at the log's beginning. */
  async join(): Promise<void> {
    await this.pool.query({
      name: 'make-positions',
      text: `INSERT INTO log_position (group_name, topic, partition)
        SELECT $1, topic, partition FROM log_head WHERE topic = ANY($2) ORDER BY topic, partition ON CONFLICT DO NOTHING`,
      values: [this.group, this.topics],
    });
  }

  /** Says that we live, shares out anew when somebody came or went, and answers what is ours. */
  async heartbeat(): Promise<Position[]> {
    await this.pool.query({
      name: 'heartbeat',
      text: `INSERT INTO log_member (group_name, member, topics, seen_at) VALUES ($1, $2, $3, clock_timestamp())
        ON CONFLICT (group_name, member) DO UPDATE SET seen_at = clock_timestamp()`,
      values: [this.group, this.member, this.topics],
    });
    let positions = await this.positions();
    const { rows: members } = await this.pool.query<Member>(liveMembers(this.group));
    if (shareOut(members, positions).length > 0) {
      await this.rebalance();
      positions = await this.positions();
    }
    return positions.filter(({ owner }) => owner === this.member);
  }

  /**
   * Moves positions forward, never back, and answers those that moved. The others are no longer ours: we were taken for
   * dead, and somebody else reads there, under another epoch.
   */
  async move(positions: Position[]): Promise<Position[]> {
    const { rows } = await this.pool.query<{ topic: string; partition: number }>({
      name: 'move-positions',
      text: `UPDATE log_position p SET position = n.position
        FROM unnest($3::text[], $4::smallint[], $5::bigint[], $6::bigint[]) AS n (topic, partition, position, epoch)
        WHERE p.group_name = $1 AND p.topic = n.topic AND p.partition = n.partition
          AND p.owner = $2 AND p.epoch = n.epoch AND p.position <= n.position
        RETURNING p.topic, p.partition`,
      values: [
        this.group,
        this.member,
        positions.map(({ topic }) => topic),
        positions.map(({ partition }) => partition),
        positions.map(({ position }) => position),
        positions.map(({ epoch }) => epoch),
      ],
    });
    const moved = new Set(rows.map(placeOf));
    return positions.filter((position) => moved.has(placeOf(position)));
  }

  /** How far the group is, whoever reads. */
  async reached(): Promise<Position[]> {
    return (await this.positions()).filter(({ topic }) => this.topics.includes(topic));
  }

  async leave(): Promise<void> {
    const values = [this.group, this.member];
    await this.pool.query('DELETE FROM log_member WHERE group_name = $1 AND member = $2', values);
    await this.pool.query(notify(this.group));
  }

  /** One member at a time, by what it sees once it has its turn. */
  private async rebalance(): Promise<void> {
    const { group } = this;
    const turn = [turnOf(group), deleteDead(group), liveMembers(group), positionsOf(group)];
    await inTransaction(this.pool, turn, (_, [, , members = [], positions = []]) => {
      const moves = shareOut(members as unknown as Member[], positions.map(toPosition));
      return Promise.resolve({
        closing: [...moves.map((move) => handOver(group, move)), notify(group)],
        result: undefined,
      });
    });
  }

  private async positions(): Promise<Position[]> {
    return (await this.pool.query<Row>(positionsOf(this.group))).rows.map(toPosition);
  }
}

const turnOf = (group: string): Statement => ({
  text: `SELECT pg_advisory_xact_lock(hashtext('log-group'), hashtext($1))`,
  values: [group],
});

const deleteDead = (group: string): Statement => ({
  text: `DELETE FROM log_member WHERE group_name = $1 AND seen_at < clock_timestamp() - make_interval(secs => $2)`,
  values: [group, SESSION_SECONDS],
});

const liveMembers = (group: string): Statement => ({
  text: `SELECT member, topics FROM log_member
    WHERE group_name = $1 AND seen_at > clock_timestamp() - make_interval(secs => $2)`,
  values: [group, SESSION_SECONDS],
});

const positionsOf = (group: string): Statement => ({
  text: `SELECT topic, partition, position, owner, epoch FROM log_position
    WHERE group_name = $1 ORDER BY topic, partition`,
  values: [group],
});

const toPosition = (row: Row): Position => ({
  topic: String(row['topic']),
  partition: Number(row['partition']),
  position: BigInt(String(row['position'])),
  owner: row['owner'] as string | null,
  epoch: BigInt(String(row['epoch'])),
});

const handOver = (
  group: string,
  { topic, partition, owner }: Pick<Position, 'topic' | 'partition' | 'owner'>,
): Statement => ({
  text: `UPDATE log_position SET owner = $4, epoch = epoch + 1
    WHERE group_name = $1 AND topic = $2 AND partition = $3`,
  values: [group, topic, partition, owner],
});

export const placeOf = ({ topic, partition }: { topic: string; partition: number }): string => `${topic}/${partition}`;
