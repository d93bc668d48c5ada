import { tick } from 'svelte';
import type { AppError } from '../../../core/contract/app-error.ts';
import type {
  ConsoleRate,
  ConsoleRoute,
  ConsoleState,
  ConsoleTraffic,
} from '../../../core/contract/consoles.ts';
import { consoleNeedsUser } from '../../../core/domain/console-failure.ts';
import type { KeyEvent } from '../../../core/rfb/client-messages.ts';
import type { Entity } from '../../../core/domain/entity.ts';
import type { ConsoleStore } from '../../state/console-store.ts';
import { PortChannel } from './port-channel.ts';
import { type Scale, Screen } from './screen.ts';

/** What a console is doing; `at` is when it is tried again, in milliseconds since 1970. */
export type ConsoleView =
  | { readonly name: 'idle' }
  | { readonly name: 'connecting' }
  | { readonly name: 'open'; readonly route: ConsoleRoute; readonly keymap: string | undefined }
  | { readonly name: 'waiting'; readonly error: AppError; readonly at: number }
  | { readonly name: 'failed'; readonly error: AppError };

const LONGEST_WAIT_MS = 30_000;
const FIRST_WAIT_MS = 1_000;
const MOST_ZOOM = 4;
const LEAST_ZOOM = 0.25;

/** One machine's console in a panel: connects, draws, keeps the last frame, and connects again. */
export class ConsoleSession {
  readonly #store: ConsoleStore;
  readonly #entity: Entity['id'];
  readonly #target: HTMLElement;
  readonly #last: HTMLCanvasElement;
  #key: string | undefined;
  #screen: Screen | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isConnected = false;
  #attempts = 0;
  #scale: Scale = 'fit';
  #rate: ConsoleRate = 'full';
  /** Where the keyboard was when the screen was to get it, once there is one. */
  #keyboardFrom: Element | null | undefined;
  #isRunning = true;
  #view = $state.raw<ConsoleView>({ name: 'idle' });
  #traffic = $state.raw<ConsoleTraffic>();
  #bytesPerSecond = $state(0);
  #hasFrame = $state(false);
  #viewOnly = $state(false);
  #size = $state.raw({ width: 0, height: 0 });

  /** Draws into `target`; `last` keeps the picture while there is no connection. */
  constructor(
    store: ConsoleStore,
    entity: Entity['id'],
    places: { readonly target: HTMLElement; readonly last: HTMLCanvasElement },
  ) {
    this.#store = store;
    this.#entity = entity;
    this.#target = places.target;
    this.#last = places.last;
  }

  get view(): ConsoleView {
    return this.#view;
  }

  get traffic(): ConsoleTraffic | undefined {
    return this.#traffic;
  }

  get bytesPerSecond(): number {
    return this.#bytesPerSecond;
  }

  /** Whether there is a picture of it, of now or of before. */
  get hasFrame(): boolean {
    return this.#hasFrame;
  }

  get viewOnly(): boolean {
    return this.#viewOnly;
  }

  get size(): { readonly width: number; readonly height: number } {
    return this.#size;
  }

  get key(): string | undefined {
    return this.#key;
  }

  /** What is on the screen now, or was last. */
  get picture(): HTMLCanvasElement {
    return this.#screen?.canvas ?? this.#last;
  }

  /** The machine runs, or has stopped: follows it through a reboot. */
  machineRuns(isRunning: boolean): void {
    const hasStarted = isRunning && !this.#isRunning;
    this.#isRunning = isRunning;
    if (this.#view.name === 'idle' || (hasStarted && this.#view.name !== 'open')) this.connect();
  }

  connect(): void {
    this.#leave();
    this.#view = { name: 'connecting' };
    this.#key = this.#store.open(this.#entity, {
      changed: (state) => this.#changed(state),
      traffic: (traffic) => this.#count(traffic),
      connected: (port) => this.#draw(new PortChannel(port)),
    });
    if (this.#rate !== 'full') this.#store.setRate(this.#key, this.#rate);
  }

  stop(): void {
    this.#leave();
    this.#view = { name: 'idle' };
  }

  /** How often it is drawn, over all connections. */
  setRate(rate: ConsoleRate): void {
    if (rate === this.#rate) return;
    this.#rate = rate;
    if (this.#key !== undefined) this.#store.setRate(this.#key, rate);
  }

  setScale(scale: Scale): void {
    this.#scale = scale;
    this.#screen?.setScale(scale);
  }

  zoomBy(factor: number): void {
    const before = this.#scale === 'fit' ? 1 : this.#scale;
    this.setScale(Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, before * factor)));
  }

  setViewOnly(viewOnly: boolean): void {
    this.#viewOnly = viewOnly;
    if (this.#screen) this.#screen.viewOnly = viewOnly;
  }

  /** Sends keys to the guest; none while it is not connected or only looked at. */
  press(keys: readonly KeyEvent[]): void {
    if (this.#isConnected && !this.#viewOnly) this.#screen?.press(keys);
  }

  focus(): void {
    this.#screen?.focus({ preventScroll: true });
  }

  /** Gives the keyboard to the screen, now or once it is there, unless the user moves on before. */
  takeKeyboard(): void {
    // What closes for it, such as a menu, first gives the keyboard back.
    requestAnimationFrame(() => {
      this.#keyboardFrom = document.activeElement;
      void this.#giveKeyboard();
    });
  }

  blur(): void {
    this.#screen?.blur();
  }

  #draw(channel: PortChannel): void {
    const screen = new Screen(this.#target, channel);
    this.#screen = screen;
    screen.viewOnly = this.#viewOnly;
    screen.setScale(this.#scale);
    screen.addEventListener('connect', () => {
      this.#hasFrame = true;
      this.#isConnected = this.#screen === screen;
      this.#size = screen.size;
      screen.setScale(this.#scale);
      void this.#giveKeyboard();
    });
    channel.start();
  }

  async #giveKeyboard(): Promise<void> {
    if (!this.#isConnected || this.#view.name !== 'open') return;
    // What is not yet drawn takes no focus.
    await tick();
    if (this.#keyboardFrom === document.activeElement) this.focus();
    this.#keyboardFrom = undefined;
  }

  #changed(state: ConsoleState): void {
    if (state.name === 'open') {
      this.#attempts = 0;
      this.#view = { name: 'open', route: state.route, keymap: state.keymap };
      void this.#giveKeyboard();
    } else if (state.name === 'ended') this.#ended(state.error);
  }

  #count(traffic: ConsoleTraffic): void {
    // It is told of once a second.
    this.#bytesPerSecond = traffic.bytesFromServer - (this.#traffic?.bytesFromServer ?? 0);
    this.#traffic = traffic;
    if (this.#screen) this.#size = this.#screen.size;
  }

  #ended(error: AppError): void {
    this.#leave();
    if (error.code !== 'console' || consoleNeedsUser(error.failure)) {
      this.#view = { name: 'failed', error };
      return;
    }
    const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#attempts);
    // Jitter, or all consoles of a host come back in the same moment.
    const wait = this.#attempts === 0 ? FIRST_WAIT_MS : longest * (0.5 + Math.random() / 2);
    this.#attempts += 1;
    this.#view = { name: 'waiting', error, at: Date.now() + wait };
    this.#timer = setTimeout(() => this.connect(), wait);
  }

  /** Ends the connection and keeps its last picture. */
  #leave(): void {
    clearTimeout(this.#timer);
    this.#keepFrame();
    this.#screen?.disconnect();
    this.#screen = undefined;
    this.#isConnected = false;
    this.#traffic = undefined;
    this.#bytesPerSecond = 0;
    if (this.#key !== undefined) this.#store.close(this.#key);
    this.#key = undefined;
  }

  #keepFrame(): void {
    const canvas = this.#screen?.canvas;
    if (!canvas || !this.#hasFrame || canvas.width === 0 || canvas.height === 0) return;
    this.#last.width = canvas.width;
    this.#last.height = canvas.height;
    this.#last.getContext('2d')?.drawImage(canvas, 0, 0);
  }
}
