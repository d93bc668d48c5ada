import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { waitFor } from './libvirtd.ts';
import { root } from './run-program.ts';

/** What gives a program a terminal: that of util-linux. */
export const TERMINAL_PROGRAMS = ['script'];

/** A Node program of the repository at a terminal of its own, at which a test types. */
export class PseudoTerminal {
  readonly #child: ChildProcess;
  readonly #closed: Promise<unknown[]>;
  #shown = '';

  constructor(args: readonly string[]) {
    const command = [process.execPath, ...args].map((word) => `'${word}'`).join(' ');
    this.#child = spawn('script', ['-qfec', command, '/dev/null'], { cwd: root });
    this.#closed = once(this.#child, 'close');
    this.#child.stdout?.on('data', (chunk: Buffer) => (this.#shown += chunk.toString()));
  }

  /** All that it has shown, with what was typed where that is shown. */
  get shown(): string {
    return this.#shown;
  }

  /** Types once that is shown, which is shown no earlier than it is asked. */
  async type(keys: string, after: string): Promise<void> {
    await waitFor(after, 30_000, async () => this.#shown.includes(after));
    this.#child.stdin?.write(keys);
  }

  /** The exit code of the program. */
  async ended(): Promise<number | null> {
    const [code] = (await this.#closed) as [number | null];
    return code;
  }

  close(): void {
    this.#child.kill();
  }
}
