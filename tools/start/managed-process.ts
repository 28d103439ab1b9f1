import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutRoot } from '../../infra/local/checkout';
import { endChild, ended } from '../../infra/local/processes';

/** A Node process of the system: started, killed and started again under one name. */
export class ManagedProcess {
  private child?: ChildProcess;

  constructor(
    readonly name: string,
    protected readonly script: string,
    protected readonly env: Record<string, string>,
    private readonly logFile: string,
    protected readonly args: string[] = [],
  ) {}

  get pid(): number | undefined {
    return this.child?.pid;
  }

  get running(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  start(): void {
    const log = openSync(this.logFile, 'a');
    this.child = this.launch(log);
    closeSync(log);
  }

  protected launch(log: number): ChildProcess {
    // A group of its own: Ctrl-C at the terminal reaches only the starter, which stops all in order.
    return spawn(process.execPath, [join(checkoutRoot(), 'dist', this.script), ...this.args], {
      cwd: checkoutRoot(),
      env: { ...process.env, ...this.env },
      detached: true,
      stdio: ['ignore', log, log],
    });
  }

  /** Resolves when its `/health/ready` (the issuer: its discovery) answers 200. */
  async answers(patience = 60_000): Promise<void> {
    const path = this.name === 'issuer' ? '/.well-known/openid-configuration' : '/health/ready';
    const until = Date.now() + patience;
    for (;;) {
      if (!this.running) throw new Error(`${this.name} ended:\n${this.lastWords()}`);
      if (await this.isReady(path)) return;
      if (Date.now() > until) throw new Error(`${this.name} does not answer:\n${this.lastWords()}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Whether it answers 200 there now. */
  isReady(path: string): Promise<boolean> {
    return isOk(`http://127.0.0.1:${this.env['PORT']}${path}`);
  }

  /** Runs to its end; any other exit code than 0 is an error. */
  async completes(): Promise<void> {
    this.start();
    if (this.child) await ended(this.child);
    if (this.child?.exitCode !== 0) throw new Error(`${this.name} failed:\n${this.lastWords()}`);
  }

  async stop(): Promise<void> {
    if (this.child) await endChild(this.child, 'SIGTERM', 15_000);
  }

  /** `SIGSTOP` and `SIGCONT`; nothing if it has ended. */
  signal(signal: NodeJS.Signals): void {
    if (this.running) this.child?.kill(signal);
  }

  async kill(): Promise<void> {
    if (!this.child || !this.running) return;
    this.child.kill('SIGKILL');
    await this.ended();
  }

  protected async ended(): Promise<void> {
    if (this.child) await ended(this.child);
  }

  private lastWords(): string {
    return readFileSync(this.logFile, 'utf8').split('\n').slice(-25).join('\n');
  }
}

async function isOk(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}
