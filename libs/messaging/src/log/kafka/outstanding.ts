import { MOVE_AFTER_MS } from '../wait';

interface Place {
  topic: string;
  partition: number;
}

export interface Delivered extends Place {
  records: number;
  /** The position behind it. */
  behind: bigint;
  taken: boolean;
}

interface Reached extends Place {
  offset: string;
}

export type Commit = (offsets: {
  topics: { topic: string; partitions: { partition: number; offset: string }[] }[];
}) => Promise<void>;

/** What was delivered since the group was last shared out: a position follows what is taken, up to the first that is not. */
export class Outstanding {
  records = 0;
  /** The group was shared out anew: nothing of this moves a position any more. */
  forgotten = false;
  private readonly places = new Map<string, Delivered[]>();
  private readonly reached = new Map<string, Reached>();
  private moving: Promise<void> | undefined;
  private waiting: (() => void)[] = [];

  add({ topic, partition }: Place, records: number, behind: bigint): Delivered {
    const delivered = { topic, partition, records, behind, taken: false };
    this.places.set(nameOf(delivered), [...(this.places.get(nameOf(delivered)) ?? []), delivered]);
    this.records += records;
    return delivered;
  }

  taken(delivered: Delivered): void {
    delivered.taken = true;
    this.records -= delivered.records;
    this.wake();
    const { topic, partition } = delivered;
    const own = this.places.get(nameOf(delivered)) ?? [];
    while (own[0]?.taken)
      this.reached.set(nameOf(delivered), { topic, partition, offset: String(own.shift()?.behind) });
  }

  /** Whether its partition's position still has to move. */
  isBehind(delivered: Delivered): boolean {
    return this.reached.has(nameOf(delivered)) && !this.forgotten;
  }

  /** All partitions together, one commit at a time: a position that was slow to arrive would move back. */
  move(commit: Commit): Promise<void> {
    this.moving ??= this.commitAll(commit).finally(() => (this.moving = undefined));
    return this.moving;
  }

  /** Resolves when something was taken, or all is forgotten, or a second has gone. */
  fewer(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, 1_000);
      this.waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  forget(): void {
    this.forgotten = true;
    this.wake();
  }

  private async commitAll(commit: Commit): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, MOVE_AFTER_MS));
    if (this.forgotten) return;
    const sent = [...this.reached];
    const topics = [...new Set(sent.map(([, { topic }]) => topic))].map((topic) => ({
      topic,
      partitions: sent
        .filter(([, one]) => one.topic === topic)
        .map(([, { partition, offset }]) => ({ partition, offset })),
    }));
    await commit({ topics });
    for (const [place, one] of sent) if (this.reached.get(place) === one) this.reached.delete(place);
  }

  private wake(): void {
    for (const wake of this.waiting.splice(0)) wake();
  }
}

const nameOf = ({ topic, partition }: Place): string => `${topic}/${partition}`;
