import { SshFailureError } from '../../../node/ssh/ssh-failure-error.ts';
import type { SshFailureMessage, SshTarget } from '../ssh/ssh-messages.ts';
import type { SshLease, SshPool } from '../ssh/ssh-pool.ts';
import type { TerminalEnd, TerminalPeer, TerminalReach, TerminalSize } from './terminal-stream.ts';

type Channel = Awaited<ReturnType<SshLease['connection']['shell']>>;

const TERMINAL = 'xterm-256color';

/** How long the end of a connection may come after that of its channels, in milliseconds. */
const LAST_WORD_MS = 500;

/** The user's shell on a host, over the connection that all share. */
export class SshShell implements TerminalReach<SshFailureMessage> {
  readonly #pool: SshPool;
  readonly #target: SshTarget;
  readonly #reached: (about: { readonly address: string; readonly user: string }) => void;

  constructor(
    pool: SshPool,
    target: SshTarget,
    reached: (about: { readonly address: string; readonly user: string }) => void,
  ) {
    this.#pool = pool;
    this.#target = target;
    this.#reached = reached;
  }

  async connect(
    { columns: cols, rows }: TerminalSize,
    signal: AbortSignal,
  ): Promise<TerminalPeer<SshFailureMessage>> {
    const lease = await this.#pool.acquire(this.#target, signal);
    try {
      const channel = await lease.connection.shell({ term: TERMINAL, cols, rows });
      const { address, user } = lease.connection;
      this.#reached({ address, user });
      const resize = (size: TerminalSize): void => channel.setWindow(size.rows, size.columns, 0, 0);
      return {
        duplex: channel,
        ended: endOf(channel, lease),
        // A host may let the channel send without end, and leave it all on the way.
        unsentBytes: () => channel.writableLength + lease.connection.unsentBytes,
        unread: { code: 'ssh-unread', address },
        resize,
        close: () => channel.close(),
      };
    } catch (cause) {
      lease.release();
      throw cause;
    }
  }

  failureOf(cause: unknown): SshFailureMessage | undefined {
    return cause instanceof SshFailureError ? cause.failure : undefined;
  }
}

/** How a shell ended: by itself, or with its connection. */
async function endOf(channel: Channel, lease: SshLease): Promise<TerminalEnd<SshFailureMessage>> {
  let end: TerminalEnd<SshFailureMessage> | undefined;
  // A signal comes without a code.
  channel.once('exit', (code: number | null) => (end = code === null ? {} : { exitCode: code }));
  await new Promise((resolve) => channel.once('close', resolve));
  lease.release();
  if (end) return end;
  const { closed, address } = lease.connection;
  const patience = new Promise<undefined>((resolve) => {
    setTimeout(resolve, LAST_WORD_MS, undefined);
  });
  const detail = await Promise.race([closed, patience]);
  return detail === undefined ? {} : { failure: { code: 'ssh-closed', address, detail } };
}
