import type { MessagePortMain } from 'electron';
import type { Client } from '../../client/client.ts';
import type { ConsoleAccess } from '../../client/consoles/console-access.ts';
import type { AppError } from '../../core/contract/app-error.ts';
import type { AppHandlers } from '../../core/contract/contract.ts';
import type { TerminalState } from '../../core/contract/terminals.ts';
import type { Entity } from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import type { SshDesk } from '../ssh/ssh-desk.ts';
import type { StreamListener } from '../streams/stream-listeners.ts';
import type { Streams } from '../streams/streams.ts';
import { type Held, WindowStreams } from '../streams/window-streams.ts';
import { serialListener } from './serial-listener.ts';

/** How a window hears of its terminals. */
export interface TerminalWindow {
  state(key: string, state: TerminalState): void;
  hand(key: string, port: MessagePortMain): void;
}

export interface TerminalDeskPorts {
  readonly client: Pick<Client, 'entity'>;
  readonly ssh: Pick<SshDesk, 'target' | 'hostOf'>;
  readonly access: Pick<ConsoleAccess, 'planText'>;
  readonly streams: Pick<Streams, 'openPort' | 'tell'>;
  readonly window: (windowId: number) => TerminalWindow;
}

type OpenInput = Parameters<AppHandlers['terminals']['open']>[0];
type Now = Promise<Result<undefined, AppError>>;
const DONE: Now = Promise.resolve(ok(undefined));

/** What is being opened, and who hears of it. */
interface Opening {
  readonly held: Held;
  readonly isCurrent: () => boolean;
  readonly tell: (state: TerminalState) => void;
  readonly hand: (port: MessagePortMain) => void;
}

/** Opens terminals for windows, and hands their ports over. */
export class TerminalDesk {
  readonly #ports: TerminalDeskPorts;
  readonly #held: WindowStreams<Held>;

  constructor(ports: TerminalDeskPorts) {
    this.#ports = ports;
    this.#held = new WindowStreams(ports.streams);
  }

  readonly handlers: AppHandlers['terminals'] = {
    open: (input, { windowId }) => this.#open(windowId, input),
    resize: ({ key, ...size }, { windowId }) => {
      this.#held.tell(windowId, key, { kind: 'resize', ...size });
      return DONE;
    },
    close: ({ key }, { windowId }) => {
      this.#held.close(windowId, key);
      return DONE;
    },
  };

  /** Closes what a window had open. */
  windowClosed(windowId: number): void {
    this.#held.windowClosed(windowId);
  }

  /** Closes the terminals of an account's entities, which nobody knows any more. */
  leaveAccount(account: BareJid): void {
    this.#held.leaveAccount(account, (windowId, key, error) => {
      this.#ports.window(windowId).state(key, { name: 'ended', error });
    });
  }

  async #open(windowId: number, input: OpenInput): Now {
    const { key, kind } = input;
    const entity = this.#ports.client.entity(input.entity);
    const wanted = kind === 'shell' ? 'hypervisor' : 'virtualmachine';
    if (entity?.kind !== wanted) return err({ code: 'not-found', what: input.entity });
    const held: Held = { entity: entity.id, stream: undefined };
    const isCurrent = this.#held.put(windowId, key, held);
    const window = this.#ports.window(windowId);
    window.state(key, { name: 'connecting' });
    const tell = (state: TerminalState): void => {
      if (isCurrent()) window.state(key, state);
    };
    const opening = {
      held,
      isCurrent,
      tell,
      hand: (port: MessagePortMain) => window.hand(key, port),
    };
    if (kind === 'shell') await this.#openShell(entity, input, opening);
    else await this.#openSerial(entity, input, opening);
    return ok(undefined);
  }

  async #openSerial(entity: Entity, input: OpenInput, opening: Opening): Promise<void> {
    const { columns, rows, force = false } = input;
    const { held, isCurrent, tell, hand } = opening;
    const planned = await this.#ports.access.planText(entity, force);
    if (!planned.ok) {
      tell({ name: 'ended', error: planned.error });
      return;
    }
    const ways = [...planned.value];
    const isTunnelled = ways.some(({ isThroughSsh }) => isThroughSsh === true);
    const host = isTunnelled ? await this.#ports.ssh.hostOf(entity) : undefined;
    // Closed, or opened anew, while the agent was asked.
    if (!isCurrent()) return;
    const order = { kind: 'open-serial', ways, columns, rows, ...(host && { host }) } as const;
    const listener = serialListener(entity.name, ways, held, tell);
    const { id, port } = this.#ports.streams.openPort(order, listener);
    held.stream = id;
    hand(port);
  }

  async #openShell(
    entity: Entity,
    { columns, rows }: OpenInput,
    { held, isCurrent, tell, hand }: Opening,
  ): Promise<void> {
    const target = await this.#ports.ssh.target(entity);
    // Closed, or opened anew, while the profile was read.
    if (!isCurrent()) return;
    const order = { kind: 'open-shell', target, columns, rows } as const;
    const { id, port } = this.#ports.streams.openPort(order, listener(held, tell));
    held.stream = id;
    hand(port);
  }
}

function listener(held: Held, tell: (state: TerminalState) => void): StreamListener {
  const end = (state: TerminalState): void => {
    held.stream = undefined;
    tell(state);
  };
  return {
    lost: (error) => end({ name: 'ended', error }),
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
