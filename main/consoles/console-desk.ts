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
import type { Entity, EntityId } from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import type { RfbWay } from '../../node/rfb/reach-ways.ts';
import type { SshTarget } from '../streams/ssh/ssh-messages.ts';
import type { StreamReport } from '../streams/stream-messages.ts';
import type { Streams } from '../streams/streams.ts';
import { type Held, WindowStreams } from '../streams/window-streams.ts';

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

interface HeldConsole extends Held {
  rate: ConsoleRate;
  /** Its server has let it in: before, it takes no keys. */
  isOpen: boolean;
}

type Now = Promise<Result<undefined, AppError>>;
const DONE: Now = Promise.resolve(ok(undefined));

/** Opens screens for windows: asks the agent, adds the secrets, and hands ports over. */
export class ConsoleDesk {
  readonly #ports: ConsoleDeskPorts;
  readonly #held: WindowStreams<HeldConsole>;

  constructor(ports: ConsoleDeskPorts) {
    this.#ports = ports;
    this.#held = new WindowStreams(ports.streams);
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
    const open = this.#held.of(windowId).filter((held) => held.entity === entity);
    const stream = open.find((held) => held.isOpen && held.stream !== undefined)?.stream;
    if (stream === undefined) return false;
    if (strokes.length > 0) this.#ports.streams.tell(stream, { kind: 'press', strokes });
    return true;
  }

  /** The machine whose console a window has open under a name. */
  machineOf(windowId: number, key: string): EntityId | undefined {
    const held = this.#held.get(windowId, key);
    return held?.stream === undefined ? undefined : held.entity;
  }

  /** No key stays down in a guest while this computer sleeps. */
  suspended(): void {
    this.#held.tellAll({ kind: 'release-keys' });
  }

  /** Closes what a window had open. */
  windowClosed(windowId: number): void {
    this.#held.windowClosed(windowId);
  }

  /** Closes the consoles of an account's machines, which nobody knows any more. */
  leaveAccount(account: BareJid): void {
    this.#held.leaveAccount(account, (windowId, key, error) => {
      this.#ports.window(windowId).state(key, { name: 'ended', error });
    });
  }

  async #open(windowId: number, key: string, id: EntityId): Now {
    const entity = this.#ports.client.entity(id);
    if (!entity) return err({ code: 'not-found', what: id });
    const held: HeldConsole = { entity: id, stream: undefined, rate: 'full', isOpen: false };
    const isCurrent = this.#held.put(windowId, key, held);
    const window = this.#ports.window(windowId);
    window.state(key, { name: 'connecting' });
    const error = await this.#begin(entity, held, isCurrent, window, key);
    if (error === undefined || !isCurrent()) return ok(undefined);
    this.#held.close(windowId, key);
    window.state(key, { name: 'ended', error });
    return ok(undefined);
  }

  async #begin(
    entity: Entity,
    held: HeldConsole,
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
      opened: (report) => {
        held.isOpen = true;
        window.state(key, openState(report, ways[report.way], keymap));
      },
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
    this.#held.close(windowId, key);
    return DONE;
  }

  #setRate(windowId: number, key: string, rate: ConsoleRate): Now {
    const held = this.#held.get(windowId, key);
    // It may not have been opened yet.
    if (held) held.rate = rate;
    return this.#tell(windowId, key, { kind: 'set-rate', rate });
  }

  #tell(windowId: number, key: string, order: Parameters<Streams['tell']>[1]): Now {
    this.#held.tell(windowId, key, order);
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
