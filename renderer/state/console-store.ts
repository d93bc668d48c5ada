import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { Hindrance } from '../../core/commands/availability.ts';
import type { AppApi } from '../../core/contract/contract.ts';
import type { ConsoleRate, ConsoleState, ConsoleTraffic } from '../../core/contract/consoles.ts';
import type { GuestKeyboard } from '../../core/contract/typing.ts';
import type { ConsoleWay } from '../../core/domain/console-way.ts';
import type { HeldKey } from '../../core/rfb/key-combinations.ts';
import type { ScreenQuality } from '../../core/domain/console-settings.ts';
import type { Entity, EntityId } from '../../core/domain/entity.ts';
import { SharedBudget } from './shared-budget.ts';

/** What a panel hears of its console. */
export interface ConsoleListener {
  changed(state: ConsoleState): void;
  traffic(traffic: ConsoleTraffic): void;
  /** The port through which the bytes of the screen come. */
  connected(port: MessagePort): void;
}

/** What commands do with the console that is open in a panel. */
export interface ConsoleControls {
  /** What stands in the way of giving a command to this console. */
  hindrance(command: string): Hindrance | undefined;
  sendKeys(combination: string): void;
  /** Has keys that are pressed together go by libvirt's send-key from now on, or by the screen again. */
  toggleThrough(): void;
  releaseKeyboard(): void;
  /** Gives the keyboard to the screen, once what covers it has closed. */
  takeKeyboard(): void;
  holdKey(key: HeldKey): void;
  setKeyboard(keyboard: GuestKeyboard): void;
  /** Remembers how the screen is reached, and reaches it so. */
  setWay(way: ConsoleWay): void;
  fit(): void;
  zoomTo(scale: number): void;
  zoomBy(factor: number): void;
  toggleViewOnly(): void;
  toggleFullScreen(): void;
  fillDisplay(display: number): void;
  savePicture(): void;
  copyPicture(): void;
  toggleSharedClipboard(): void;
  giveClipboard(): void;
  takeClipboard(): void;
  toggleResizing(): void;
  /** Keeps more of the past on the disk from now on, or none. */
  toggleKeptPast(): void;
  setQuality(quality: ScreenQuality): void;
  /** Shows the last minutes of the screen in place of it, or the screen again. */
  toggleRewind(): void;
  reconnect(): void;
}

/** What commands do with the wall that was last looked at. */
export interface WallControls {
  chooseAll(): void;
  /** Begins to type into the chosen screens at once, if the user agrees. */
  broadcast(): void;
  endBroadcast(): void;
}

/** What the past of all screens of a window may take of memory, in bytes. */
const REWIND_BYTES = 268_435_456;

/** The consoles that this window has open. */
export class ConsoleStore {
  /** What the past of all its screens takes. */
  readonly rewinds = new SharedBudget(REWIND_BYTES);
  readonly #api: AppApi['consoles'];
  readonly #listeners = new Map<string, ConsoleListener>();
  readonly #controls = new SvelteMap<EntityId, ConsoleControls>();
  readonly #walls = new SvelteSet<WallControls>();
  #count = 0;

  constructor(api: AppApi['consoles']) {
    this.#api = api;
  }

  start(): () => void {
    const stops = [
      this.#api.changed(({ key, state }) => this.#listeners.get(key)?.changed(state)),
      this.#api.traffic(({ key, traffic }) => this.#listeners.get(key)?.traffic(traffic)),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** Takes the port of a console; one that was closed meanwhile needs none. */
  receive(key: string, port: MessagePort): void {
    const listener = this.#listeners.get(key);
    if (listener) listener.connected(port);
    else port.close();
  }

  /** Opens the screen of a machine. Returns the name of this connection. */
  open(entity: EntityId, listener: ConsoleListener): string {
    const key = `c${(this.#count += 1)}`;
    this.#listeners.set(key, listener);
    void this.#open(key, entity, listener);
    return key;
  }

  close(key: string): void {
    this.#listeners.delete(key);
    void this.#api.close({ key });
  }

  setRate(key: string, rate: ConsoleRate): void {
    void this.#api.setRate({ key, rate });
  }

  /** Lets commands act on a machine's console until the returned function is called. */
  serve(entity: EntityId, controls: ConsoleControls): () => void {
    this.#controls.set(entity, controls);
    return () => {
      if (this.#controls.get(entity) === controls) this.#controls.delete(entity);
    };
  }

  /** What stands in the way of a command for the consoles of these machines. */
  hindrance(command: string, targets: readonly Entity[]): Hindrance | undefined {
    const open = targets.flatMap((target) => this.#controls.get(target.id) ?? []);
    if (open.length === 0) return { code: 'not-open', what: 'console' };
    const hindrances = open.map((console) => console.hindrance(command));
    return hindrances.includes(undefined) ? undefined : hindrances[0];
  }

  /** The wall that was last looked at. */
  get wall(): WallControls | undefined {
    return [...this.#walls].at(-1);
  }

  /** Lets commands act on a wall until the returned function is called. */
  serveWall(controls: WallControls): () => void {
    this.#walls.delete(controls);
    this.#walls.add(controls);
    return () => this.#walls.delete(controls);
  }

  /** The console of a machine, where a panel of this window shows it. */
  controls(entity: EntityId | undefined): ConsoleControls | undefined {
    return entity === undefined ? undefined : this.#controls.get(entity);
  }

  async #open(key: string, entity: EntityId, listener: ConsoleListener): Promise<void> {
    const reply = await this.#api.open({ key, entity });
    if (!reply.ok) listener.changed({ name: 'ended', error: reply.error });
  }
}
