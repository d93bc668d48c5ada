import type { RfbFailure } from '../../../core/rfb/rfb-failure.ts';
import type { PagePort } from '../port-flow.ts';
import type { SshPool } from '../ssh/ssh-pool.ts';
import { tunnelThrough } from '../ssh/tunnel-through.ts';
import type { StreamOrder, StreamReport } from '../stream-messages.ts';
import { SerialConsole } from './serial-console.ts';
import { SshShell } from './ssh-shell.ts';
import { type TerminalReach, TerminalStream } from './terminal-stream.ts';
import type { SshFailureMessage } from '../ssh/ssh-messages.ts';

type ShellOrder = Extract<StreamOrder, { readonly kind: 'open-shell' }>;
type SerialOrder = Extract<StreamOrder, { readonly kind: 'open-serial' }>;
type Terminal = Pick<TerminalStream<never>, 'resize' | 'close'>;

/** The open terminals of the streams process. */
export class TerminalTable {
  readonly #terminals = new Map<number, Terminal>();
  readonly #report: (report: StreamReport) => void;
  readonly #pool: SshPool;
  readonly #watch: (id: number, work: Promise<void>) => void;

  /** `watch` is given what a terminal does until it ends, and what nobody foresaw with it. */
  constructor(
    report: (report: StreamReport) => void,
    pool: SshPool,
    watch: (id: number, work: Promise<void>) => void,
  ) {
    this.#report = report;
    this.#pool = pool;
    this.#watch = watch;
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
    this.#run(id, stream, port, shell);
  }

  openSerial({ id, ways, host, columns, rows }: SerialOrder, port: PagePort): void {
    let way = 0;
    const console = new SerialConsole({
      ways,
      tunnel: host && ((signal) => tunnelThrough(this.#pool, host, signal)),
      reached: (index) => (way = index),
    });
    const stream = new TerminalStream<RfbFailure>({ columns, rows }, port, {
      opened: () => this.#report({ kind: 'serial-open', id, way }),
      ended: ({ failure = { code: 'cancelled' } }) => {
        this.#terminals.delete(id);
        this.#report({ kind: 'serial-ended', id, failure });
      },
    });
    this.#run(id, stream, port, console);
  }

  resize(id: number, size: { readonly columns: number; readonly rows: number }): void {
    this.#terminals.get(id)?.resize(size);
  }

  close(id: number): void {
    this.#terminals.get(id)?.close();
  }

  #run<Failure>(
    id: number,
    stream: TerminalStream<Failure>,
    port: PagePort,
    reach: TerminalReach<Failure>,
  ): void {
    this.#terminals.set(id, stream);
    port.listen(
      (said) => stream.takeFromPage(said),
      () => stream.close(),
    );
    this.#watch(id, stream.open(reach));
  }
}
