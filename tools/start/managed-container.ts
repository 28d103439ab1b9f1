import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { promisify } from 'node:util';
import { ManagedProcess } from './managed-process';

/** Made by `docker compose build`. */
const IMAGE = 'localhost/homeward:latest';

/**
 * The same process in a container of its own, on the host's network. Of the host's process ids too: by them its
 * connections say in the database who carries an outbox.
 */
export class ManagedContainer extends ManagedProcess {
  private readonly container = `homeward-${this.name}-${process.pid}`;
  private ofContainer?: number;

  override get pid(): number | undefined {
    if (!this.running) return undefined;
    return (this.ofContainer ??= processIdOf(this.container));
  }

  protected override launch(log: number): ChildProcess {
    this.ofContainer = undefined;
    const variables = Object.entries(this.env).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
    const keys = this.env['ISSUER_KEYS'] ?? '';
    // Whoever runs us owns the keys; within the container nobody else may be asked.
    const user = `${process.getuid?.()}:${process.getgid?.()}`;
    const shut = ['--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges', '--user', user];
    const open = ['--network', 'host', '--pid', 'host', '--volume', `${keys}:${keys}`];
    const what = ['run', '--rm', '--name', this.container, ...shut, ...open, ...variables, IMAGE];
    return spawn('docker', [...what, this.script, ...this.args], { detached: true, stdio: ['ignore', log, log] });
  }

  override signal(signal: NodeJS.Signals): void {
    if (this.running) execFileSync('docker', ['kill', '--signal', signal, this.container]);
  }

  override async kill(): Promise<void> {
    if (!this.running) return;
    await promisify(execFile)('docker', ['kill', '--signal', 'SIGKILL', this.container]);
    await this.ended();
  }
}

/** Undefined while the engine is still starting it. */
function processIdOf(container: string): number | undefined {
  try {
    const said = execFileSync('docker', ['inspect', '--format', '{{.State.Pid}}', container], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return Number(said) || undefined;
  } catch {
    return undefined;
  }
}
