import type { MessagePortMain } from 'electron';
import type { Client } from '../../client/client.ts';
import type { AppError } from '../../core/contract/app-error.ts';
import type { AppHandlers } from '../../core/contract/contract.ts';
import type { TerminalState } from '../../core/contract/terminals.ts';
import type { Entity } from '../../core/domain/entity.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import type { SshDesk } from '../ssh/ssh-desk.ts';
import type { StreamListener, Streams } from '../streams/streams.ts';

/** How a window hears of its terminals. */
export interface TerminalWindow {
  state(key: string, state: TerminalState): void;
  hand(key: string, port: MessagePortMain): void;
}

export interface TerminalDeskPorts {
  readonly client: Pick<Client, 'entity'>;
  readonly ssh: Pick<SshDesk, 'target'>;
  readonly streams: Pick<Streams, 'openPort' | 'tell'>;
  readonly window: (windowId: number) => TerminalWindow;
}

type OpenInput = Parameters<AppHandlers['terminals']['open']>[0];
type Now = Promise<Result<undefined, AppError>>;
const DONE: Now = Promise.resolve(ok(undefined));

/** A window's terminal: without a stream while it is found out where it leads. */
interface Held {
  stream: number | undefined;
}

/** Opens terminals for windows, and hands their ports over. */
export class TerminalDesk {
  readonly #ports: TerminalDeskPorts;
  readonly #held = new Map<string, Held>();

  constructor(ports: TerminalDeskPorts) {
    this.#ports = ports;
  }

  readonly handlers: AppHandlers['terminals'] = {
    open: (input, { windowId }) => this.#open(windowId, input),
    resize: ({ key, ...size }, { windowId }) => {
      const stream = this.#held.get(`${windowId} ${key}`)?.stream;
      if (stream !== undefined) this.#ports.streams.tell(stream, { kind: 'resize', ...size });
      return DONE;
    },
    close: ({ key }, { windowId }) => {
      this.#drop(`${windowId} ${key}`);
      return DONE;
    },
  };

  /** Closes what a window had open. */
  windowClosed(windowId: number): void {
    for (const name of [...this.#held.keys()]) {
      if (name.startsWith(`${windowId} `)) this.#drop(name);
    }
  }

  async #open(windowId: number, input: OpenInput): Now {
    const { key, kind } = input;
    const entity = this.#ports.client.entity(input.entity);
    if (entity?.kind !== 'hypervisor' || kind !== 'shell') {
      return err({ code: 'not-found', what: input.entity });
    }
    const name = `${windowId} ${key}`;
    this.#drop(name);
    const held: Held = { stream: undefined };
    this.#held.set(name, held);
    const window = this.#ports.window(windowId);
    window.state(key, { name: 'connecting' });
    const isCurrent = (): boolean => this.#held.get(name) === held;
    const tell = (state: TerminalState): void => {
      if (isCurrent()) window.state(key, state);
    };
    await this.#openShell(entity, input, held, isCurrent, tell, (port) => window.hand(key, port));
    return ok(undefined);
  }

  async #openShell(
    entity: Entity,
    { columns, rows }: OpenInput,
    held: Held,
    isCurrent: () => boolean,
    tell: (state: TerminalState) => void,
    hand: (port: MessagePortMain) => void,
  ): Promise<void> {
    const target = await this.#ports.ssh.target(entity);
    // Closed, or opened anew, while the profile was read.
    if (!isCurrent()) return;
    const order = { kind: 'open-shell', target, columns, rows } as const;
    const { id, port } = this.#ports.streams.openPort(order, listener(held, tell));
    held.stream = id;
    hand(port);
  }

  #drop(name: string): void {
    const stream = this.#held.get(name)?.stream;
    this.#held.delete(name);
    if (stream !== undefined) this.#ports.streams.tell(stream, { kind: 'close' });
  }
}

function listener(held: Held, tell: (state: TerminalState) => void): StreamListener {
  const end = (state: TerminalState): void => {
    held.stream = undefined;
    tell(state);
  };
  return {
    lost: () => end({ name: 'ended', error: { code: 'streams-ended' } }),
    hear: (report) => {
      if (report.kind === 'terminal-open') {
        const { address, user } = report;
        const route = { kind: 'ssh', address, isEncrypted: true } as const;
        tell({ name: 'open', route: { ...route, ...(user !== undefined && { user }) } });
      }
      if (report.kind !== 'terminal-ended') return false;
      const { failure, exitCode: code } = report;
      if (failure) end({ name: 'ended', error: failure });
      else end({ name: 'exited', ...(code !== undefined && { code }) });
      return true;
    },
  };
}
