import { tick } from 'svelte';
import type { AppError } from '../../../core/contract/app-error.ts';
import type {
  ConsoleRate,
  ConsoleRoute,
  ConsoleState,
  ConsoleTraffic,
} from '../../../core/contract/consoles.ts';
import type { KeyEvent } from '../../../core/rfb/client-messages.ts';
import type { Entity } from '../../../core/domain/entity.ts';
import type { ConsoleStore } from '../../state/console-store.ts';
import { keepFrame } from './last-frame.ts';
import { PortChannel } from './port-channel.ts';
import { needsUser, pauseMs } from './reconnecting.ts';
import { ScreenLook } from './screen-look.svelte.ts';
import { Screen } from './screen.ts';

/** What a console is doing; `at` is when it is tried again, in milliseconds since 1970. */
export type ConsoleView =
  | { readonly name: 'idle' }
  | { readonly name: 'connecting' }
  | { readonly name: 'open'; readonly route: ConsoleRoute; readonly keymap: string | undefined }
  | { readonly name: 'waiting'; readonly error: AppError; readonly at: number }
  | { readonly name: 'failed'; readonly error: AppError };

interface Places {
  readonly target: HTMLElement;
  /** Keeps the picture while there is no connection. */
  readonly last: HTMLCanvasElement;
  /** Of that picture, pixels, as it is kept; all of it unless given. */
  readonly lastWidth?: () => number;
}

/** What a console tells besides what it shows. */
export interface ConsoleHearing {
  /** Something was copied in the guest. */
  readonly clipboard: (text: string) => void;
  /** A connection has ended. */
  readonly left: () => void;
}

/** One machine's console in a panel: connects, draws, keeps the last frame, and connects again. */
export class ConsoleSession {
  readonly look = new ScreenLook();
  readonly #store: ConsoleStore;
  readonly #entity: Entity['id'];
  readonly #target: HTMLElement;
  readonly #last: HTMLCanvasElement;
  readonly #lastWidth: (() => number) | undefined;
  readonly #heard: Partial<ConsoleHearing>;
  #key: string | undefined;
  #screen: Screen | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isConnected = false;
  #attempts = 0;
  #rate: ConsoleRate = 'full';
  /** Where the keyboard was when the screen was to get it, once there is one. */
  #keyboardFrom: Element | null | undefined;
  #isRunning = true;
  #isResting = false;
  #view = $state.raw<ConsoleView>({ name: 'idle' });
  #traffic = $state.raw<ConsoleTraffic>();
  #bytesPerSecond = $state(0);
  #hasFrame = $state(false);
  #isDrawn = $state(false);
  #size = $state.raw({ width: 0, height: 0 });

  constructor(
    store: ConsoleStore,
    entity: Entity['id'],
    places: Places,
    heard: Partial<ConsoleHearing> = {},
  ) {
    this.#store = store;
    this.#entity = entity;
    this.#target = places.target;
    this.#last = places.last;
    this.#lastWidth = places.lastWidth;
    this.#heard = heard;
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

  /** Whether anything of what is on the screen now has come. */
  get isDrawn(): boolean {
    return this.#isDrawn;
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

  /** The machine runs, or is off and has no screen: follows it through a reboot. */
  machineRuns(isRunning: boolean): void {
    const hasStarted = isRunning && !this.#isRunning;
    this.#isRunning = isRunning;
    const { name } = this.#view;
    if (name === 'open') return;
    if (isRunning && !this.#isResting && (name === 'idle' || hasStarted)) this.connect();
    if (!isRunning && name !== 'idle') this.stop();
  }

  /** While it rests it has no connection and tries for none; then it follows its machine again. */
  setResting(isResting: boolean): void {
    if (isResting === this.#isResting) return;
    this.#isResting = isResting;
    // What failed waits for the user, or for its machine to start anew.
    if (!isResting) this.machineRuns(this.#isRunning);
    else if (this.#view.name !== 'failed') this.stop();
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

  /** False for a text that the server of the screen cannot take whole. */
  giveClipboard(text: string): boolean {
    return this.#screen?.giveClipboard(text) ?? true;
  }

  forgetClipboard(): void {
    this.#screen?.forgetClipboard();
  }

  /** Sends keys to the guest; none while it is not connected or only looked at. */
  press(keys: readonly KeyEvent[]): void {
    if (this.#isConnected && !this.look.viewOnly) this.#screen?.press(keys);
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
    this.look.use(screen);
    screen.addEventListener('connect', () => {
      this.#hasFrame = true;
      this.#isConnected = this.#screen === screen;
      this.#size = screen.size;
      void this.#giveKeyboard();
    });
    screen.addEventListener('drawn', () => (this.#isDrawn = this.#screen === screen));
    screen.addEventListener('clipboard', (event) => {
      const { text } = (event as CustomEvent<{ readonly text: string }>).detail;
      this.#heard.clipboard?.(text);
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
    this.look.settleQuality(traffic.quickestMs);
  }

  #ended(error: AppError): void {
    this.#leave();
    if (!this.#isRunning) {
      this.#view = { name: 'idle' };
    } else if (needsUser(error)) {
      this.#view = { name: 'failed', error };
    } else {
      const wait = pauseMs(this.#attempts);
      this.#attempts += 1;
      this.#view = { name: 'waiting', error, at: Date.now() + wait };
      this.#timer = setTimeout(() => this.connect(), wait);
    }
  }

  /** Ends the connection and keeps its last picture. */
  #leave(): void {
    clearTimeout(this.#timer);
    if (this.#screen && this.#hasFrame) {
      keepFrame(this.#screen.canvas, this.#last, this.#lastWidth?.());
    }
    this.#screen?.disconnect();
    this.#screen = undefined;
    this.look.use(undefined);
    this.#isConnected = false;
    this.#isDrawn = false;
    this.#traffic = undefined;
    this.#bytesPerSecond = 0;
    if (this.#key === undefined) return;
    this.#store.close(this.#key);
    this.#key = undefined;
    this.#heard.left?.();
  }
}
