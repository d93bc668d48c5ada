import type { MessagePortMain } from 'electron';
import type { ConsoleAccess } from '../../client/consoles/console-access.ts';
import type { ConsoleWays } from '../../client/consoles/console-ways.ts';
import type { Client } from '../../client/client.ts';
import type { AppError } from '../../core/contract/app-error.ts';
import type {
  ConsoleRate,
  ConsoleRoute,
  ConsoleState,
  ConsoleTraffic,
} from '../../core/contract/consoles.ts';
import type { AppHandlers } from '../../core/contract/contract.ts';
import type { ConsoleFailure } from '../../core/domain/console-failure.ts';
import { type Entity, type EntityId, isOfAccount } from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import type { RfbWay } from '../../node/rfb/reach-ways.ts';
import { windowKey } from '../ipc/window-key.ts';
import type { SshTarget } from '../streams/ssh/ssh-messages.ts';
import type { StreamReport } from '../streams/stream-messages.ts';
import type { Streams } from '../streams/streams.ts';

/** How a window hears of its consoles. */
export interface ConsoleWindow {
  state(key: string, state: ConsoleState): void;
  traffic(key: string, traffic: ConsoleTraffic): void;
  hand(key: string, port: MessagePortMain): void;
}

export interface ConsoleDeskPorts {
  readonly client: Pick<Client, 'entity'>;
  readonly access: Pick<ConsoleAccess, 'plan' | 'keepPassword'>;
  readonly streams: Pick<Streams, 'openConsole' | 'tell'>;
  /** Why a screen could not be opened, or ended. */
  readonly failed: (entity: EntityId, failure: ConsoleFailure) => void;
  /** How the host that runs a machine is reached by SSH, where that is known. */
  readonly hostOf: (machine: Entity) => Promise<SshTarget | undefined>;
  readonly pictures: ConsolePictures;
  readonly ways: Pick<ConsoleWays, 'of' | 'choose'>;
  readonly window: (windowId: number) => ConsoleWindow;
}

/** Where pictures of screens go. */
export interface ConsolePictures {
  save(
    name: string,
    png: Uint8Array,
    windowId: number,
  ): Promise<Result<string | undefined, AppError>>;
  copy(png: Uint8Array): Promise<Result<undefined, AppError>>;
}

type Strokes = Extract<Parameters<Streams['tell']>[1], { readonly kind: 'press' }>['strokes'];

/** A window's console: undefined while its machine is asked how it is reached. */
interface Held {
  readonly entity: EntityId;
  stream: number | undefined;
  rate: ConsoleRate;
}

type Now = Promise<Result<undefined, AppError>>;
const DONE: Now = Promise.resolve(ok(undefined));

/** Opens screens for windows: asks the agent, adds the secrets, and hands ports over. */
export class ConsoleDesk {
  readonly #ports: ConsoleDeskPorts;
  readonly #held = new Map<string, Held>();

  constructor(ports: ConsoleDeskPorts) {
    this.#ports = ports;
  }

  readonly handlers: Omit<AppHandlers['consoles'], 'settings' | 'remember' | 'trust'> = {
    open: ({ key, entity }, { windowId }) => this.#open(windowId, key, entity),
    close: ({ key }, { windowId }) => this.#close(windowId, key),
    setRate: ({ key, rate }, { windowId }) => this.#setRate(windowId, key, rate),
    press: ({ key, strokes }, { windowId }) =>
      this.#tell(windowId, key, { kind: 'press', strokes }),
    releaseKeys: ({ key }, { windowId }) => this.#tell(windowId, key, { kind: 'release-keys' }),
    way: async ({ entity }) => ok(await this.#ports.ways.of(entity)),
    setWay: ({ entity, way }) => this.#ports.ways.choose(entity, way),
    setPassword: ({ entity, ...given }) => this.#ports.access.keepPassword(entity, given),
    savePicture: ({ name, png }, { windowId }) => this.#ports.pictures.save(name, png, windowId),
    copyPicture: ({ png }) => this.#ports.pictures.copy(png),
  };

  /** Presses keys in the console that a window has of a machine; false where none is open. */
  press(windowId: number, entity: EntityId, strokes: Strokes): boolean {
    const open = [...this.#held].find(
      ([name, held]) =>
        name.startsWith(`${windowId} `) && held.entity === entity && held.stream !== undefined,
    );
    const stream = open?.[1].stream;
    if (stream === undefined) return false;
    if (strokes.length > 0) this.#ports.streams.tell(stream, { kind: 'press', strokes });
    return true;
  }

  /** The machine whose console a window has open under a name. */
  machineOf(windowId: number, key: string): EntityId | undefined {
    const held = this.#held.get(`${windowId} ${key}`);
    return held?.stream === undefined ? undefined : held.entity;
  }

  /** No key stays down in a guest while this computer sleeps. */
  suspended(): void {
    for (const { stream } of this.#held.values()) {
      if (stream !== undefined) this.#ports.streams.tell(stream, { kind: 'release-keys' });
    }
  }

  /** Closes what a window had open. */
  windowClosed(windowId: number): void {
    for (const name of [...this.#held.keys()]) {
      if (name.startsWith(`${windowId} `)) this.#drop(name);
    }
  }

  /** Closes the consoles of an account's machines, which nobody knows any more. */
  leaveAccount(account: BareJid): void {
    for (const [name, { entity }] of [...this.#held]) {
      if (!isOfAccount(entity, account)) continue;
      this.#drop(name);
      const { windowId, key } = windowKey(name);
      const error = { code: 'not-found', what: entity } as const;
      this.#ports.window(windowId).state(key, { name: 'ended', error });
    }
  }

  async #open(windowId: number, key: string, id: EntityId): Now {
    const entity = this.#ports.client.entity(id);
    if (!entity) return err({ code: 'not-found', what: id });
    const name = `${windowId} ${key}`;
    this.#drop(name);
    const held: Held = { entity: id, stream: undefined, rate: 'full' };
    this.#held.set(name, held);
    const window = this.#ports.window(windowId);
    window.state(key, { name: 'connecting' });
    const isCurrent = (): boolean => this.#held.get(name) === held;
    const error = await this.#begin(entity, held, isCurrent, window, key);
    if (error === undefined || !isCurrent()) return ok(undefined);
    this.#held.delete(name);
    window.state(key, { name: 'ended', error });
    return ok(undefined);
  }

  async #begin(
    entity: Entity,
    held: Held,
    isCurrent: () => boolean,
    window: ConsoleWindow,
    key: string,
  ): Promise<AppError | undefined> {
    const plan = await this.#ports.access.plan(entity);
    if (!plan.ok) return plan.error;
    const { keymap, credentials } = plan.value;
    const ways = [...plan.value.ways];
    const isTunnelled = ways.some(({ isThroughSsh }) => isThroughSsh === true);
    const host = isTunnelled ? await this.#ports.hostOf(entity) : undefined;
    // Closed, or opened anew, while the agent and the keychain were asked.
    if (!isCurrent()) return undefined;
    const wish = { ways, credentials, ...(host && { host }) };
    const { id, port } = this.#ports.streams.openConsole(wish, {
      opened: (report) => window.state(key, openState(report, ways[report.way], keymap)),
      traffic: (traffic) =>
        window.traffic(key, {
          ...traffic,
          reactionMs: traffic.reactionMs ?? undefined,
          quickestMs: traffic.quickestMs ?? undefined,
        }),
      ended: (failure: ConsoleFailure) => {
        held.stream = undefined;
        if (!isCurrent()) return;
        this.#ports.failed(entity.id, failure);
        const error: AppError = { code: 'console', machine: entity.name, failure };
        window.state(key, { name: 'ended', error });
      },
    });
    held.stream = id;
    if (held.rate !== 'full') this.#ports.streams.tell(id, { kind: 'set-rate', rate: held.rate });
    window.hand(key, port);
    return undefined;
  }

  #close(windowId: number, key: string): Now {
    this.#drop(`${windowId} ${key}`);
    return DONE;
  }

  #setRate(windowId: number, key: string, rate: ConsoleRate): Now {
    const held = this.#held.get(`${windowId} ${key}`);
    // It may not have been opened yet.
    if (held) held.rate = rate;
    return this.#tell(windowId, key, { kind: 'set-rate', rate });
  }

  #drop(name: string): void {
    const stream = this.#held.get(name)?.stream;
    this.#held.delete(name);
    if (stream !== undefined) this.#ports.streams.tell(stream, { kind: 'close' });
  }

  #tell(windowId: number, key: string, order: Parameters<Streams['tell']>[1]): Now {
    const stream = this.#held.get(`${windowId} ${key}`)?.stream;
    if (stream !== undefined) this.#ports.streams.tell(stream, order);
    return DONE;
  }
}

function openState(
  { security, title }: Extract<StreamReport, { readonly kind: 'console-open' }>,
  way: RfbWay | undefined,
  keymap: string | undefined,
): ConsoleState {
  const known = keymap === undefined ? {} : { keymap };
  return { name: 'open', route: routeOf(way, security), title, ...known };
}

function routeOf(way: RfbWay | undefined, security: string): ConsoleRoute {
  const { isThroughSsh = false, isTls = false, kind = 'tcp', host = '', port = 0 } = way ?? {};
  return {
    kind: isThroughSsh ? 'tunnel' : kind,
    address: `${host}:${port}`,
    isEncrypted: isThroughSsh || isTls || security.startsWith('VeNCrypt'),
    security,
  };
}
