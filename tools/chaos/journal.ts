import { appendFileSync } from 'node:fs';
import type { CommandKind } from './commands';

/** A command that the system accepted, as its caller knows it. The checker believes this and nothing else. */
export interface Accepted {
  kind: CommandKind;
  /** Sent as X-Correlation-ID; the event that the command published carries it. */
  correlationId: string;
  id: string;
  personId?: string;
  /** How often it had to be sent until an answer came. */
  attempts: number;
  at: string;
}

/** Written before the next command is sent, so that a load that is killed has lost nothing. */
export class Journal {
  readonly counts = new Map<CommandKind, number>();
  total = 0;

  constructor(readonly file: string) {}

  accepted(entry: Accepted): void {
    appendFileSync(this.file, `${JSON.stringify(entry)}\n`);
    this.counts.set(entry.kind, (this.counts.get(entry.kind) ?? 0) + 1);
    this.total += 1;
  }
}
