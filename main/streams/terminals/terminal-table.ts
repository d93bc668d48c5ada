import type { PagePort } from '../port-flow.ts';
import type { SshPool } from '../ssh/ssh-pool.ts';
import type { StreamOrder, StreamReport } from '../stream-messages.ts';
import { SshShell } from './ssh-shell.ts';
import { TerminalStream } from './terminal-stream.ts';
import type { SshFailureMessage } from '../ssh/ssh-messages.ts';

type ShellOrder = Extract<StreamOrder, { readonly kind: 'open-shell' }>;

/** The open terminals of the streams process. */
export class TerminalTable {
  readonly #terminals = new Map<number, TerminalStream<SshFailureMessage>>();
  readonly #report: (report: StreamReport) => void;
  readonly #pool: SshPool;

  constructor(report: (report: StreamReport) => void, pool: SshPool) {
    this.#report = report;
    this.#pool = pool;
  }

  openShell({ id, target, columns, rows }: ShellOrder, port: PagePort): void {
    let about: { readonly address: string; readonly user: string } = { address: '', user: '' };
    const shell = new SshShell(this.#pool, target, (reached) => (about = reached));
    const stream = new TerminalStream<SshFailureMessage>({ columns, rows }, port, {
      opened: () => this.#report({ kind: 'terminal-open', id, ...about }),
      ended: (end) => {
        this.#terminals.delete(id);
        this.#report({ kind: 'terminal-ended', id, ...end });
      },
    });
    this.#terminals.set(id, stream);
    port.listen(
      (said) => stream.takeFromPage(said),
      () => stream.close(),
    );
    void stream.open(shell);
  }

  resize(id: number, size: { readonly columns: number; readonly rows: number }): void {
    this.#terminals.get(id)?.resize(size);
  }

  close(id: number): void {
    this.#terminals.get(id)?.close();
  }
}
