import { appendFileSync, readFileSync } from 'node:fs';

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

export const COMMAND_KINDS = [
  'open-team',
  'register-person',
  'receive-referral',
  'accept-referral',
  'reject-referral',
  'propose-transfer',
  'accept-transfer',
  'complete-transfer',
] as const;
export type CommandKind = (typeof COMMAND_KINDS)[number];

/** Written before the next command is sent, so that a load that is killed has lost nothing. */
export class Journal {
  readonly counts = new Map<CommandKind, number>();

  constructor(readonly file: string) {}

  accepted(entry: Accepted): void {
    appendFileSync(this.file, `${JSON.stringify(entry)}\n`);
    this.counts.set(entry.kind, (this.counts.get(entry.kind) ?? 0) + 1);
  }

  get total(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  static read(file: string): Accepted[] {
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Accepted);
  }
}
