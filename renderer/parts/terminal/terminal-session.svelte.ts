import type { AppError } from '../../../core/contract/app-error.ts';
import { ACKNOWLEDGE_EVERY_BYTES, MOST_SENT_BYTES } from '../../../core/contract/stream-port.ts';
import type { TerminalRoute, TerminalState } from '../../../core/contract/terminals.ts';
import { terminalNeedsUser } from '../../../core/domain/terminal-failure.ts';
import type { TerminalStore, TerminalWish } from '../../state/terminal-store.ts';
import type { TerminalScreen } from './terminal-screen.ts';

/** What a terminal is doing; `at` is when it is tried again, in milliseconds since 1970. */
export type TerminalView =
  | { readonly name: 'idle' }
  | { readonly name: 'connecting' }
  | { readonly name: 'open'; readonly route: TerminalRoute }
  | { readonly name: 'exited'; readonly code: number | undefined }
  | { readonly name: 'waiting'; readonly error: AppError; readonly at: number }
  | { readonly name: 'failed'; readonly error: AppError };

const LONGEST_WAIT_MS = 30_000;
const FIRST_WAIT_MS = 1_000;

/** One terminal in a panel: connects, keeps what was on it, and connects again. */
export class TerminalSession {
  readonly #store: TerminalStore;
  readonly #wish: Pick<TerminalWish, 'kind' | 'entity'>;
  readonly #screen: TerminalScreen;
  #key: string | undefined;
  #port: MessagePort | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempts = 0;
  #wasOpen = false;
  #view = $state.raw<TerminalView>({ name: 'idle' });

  constructor(
    store: TerminalStore,
    wish: Pick<TerminalWish, 'kind' | 'entity'>,
    screen: TerminalScreen,
  ) {
    this.#store = store;
    this.#wish = wish;
    this.#screen = screen;
  }

  get view(): TerminalView {
    return this.#view;
  }

  /** Whether there is anything on it, of now or of before. */
  get hasOutput(): boolean {
    return this.#wasOpen;
  }

  connect(force = false): void {
    this.#leave();
    this.#view = { name: 'connecting' };
    this.#key = this.#store.open(
      { ...this.#wish, ...this.#screen.size, force },
      {
        changed: (state) => this.#changed(state),
        connected: (port) => this.#listen(port),
      },
    );
  }

  /** What it was connected to is there again: connects at once, unless it was not open or is now. */
  comeBack(): void {
    const { name } = this.#view;
    if (this.#wasOpen && name !== 'open' && name !== 'connecting') this.connect();
  }

  stop(): void {
    this.#leave();
    this.#view = { name: 'idle' };
  }

  /** Sends what is typed or pasted; false for more than is taken at once, of which nothing is sent. */
  type(bytes: Uint8Array): boolean {
    if (bytes.length > MOST_SENT_BYTES) return false;
    if (this.#view.name === 'open') this.#port?.postMessage(bytes);
    return true;
  }

  resize(columns: number, rows: number): void {
    if (this.#key !== undefined) this.#store.resize(this.#key, columns, rows);
  }

  #listen(port: MessagePort): void {
    this.#port = port;
    let taken = 0;
    port.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (!(data instanceof Uint8Array)) return;
      // It is taken once it is drawn, so that a flood waits on the host and not here.
      this.#screen.write(data, () => {
        taken += data.byteLength;
        if (taken < ACKNOWLEDGE_EVERY_BYTES) return;
        port.postMessage({ taken });
        taken = 0;
      });
    };
  }

  #changed(state: TerminalState): void {
    if (state.name === 'open') {
      if (this.#wasOpen) this.#screen.beginAnew();
      this.#attempts = 0;
      this.#wasOpen = true;
      this.#view = { name: 'open', route: state.route };
    } else if (state.name === 'exited') {
      this.#leave();
      this.#view = { name: 'exited', code: state.code };
    } else if (state.name === 'ended') this.#ended(state.error);
  }

  #ended(error: AppError): void {
    this.#leave();
    if (terminalNeedsUser(error)) {
      this.#view = { name: 'failed', error };
      return;
    }
    const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#attempts);
    // Jitter, or all terminals of a host come back in the same moment.
    const wait = this.#attempts === 0 ? FIRST_WAIT_MS : longest * (0.5 + Math.random() / 2);
    this.#attempts += 1;
    this.#view = { name: 'waiting', error, at: Date.now() + wait };
    this.#timer = setTimeout(() => this.connect(), wait);
  }

  /** Ends the connection; what is on the screen stays. */
  #leave(): void {
    clearTimeout(this.#timer);
    this.#port?.close();
    this.#port = undefined;
    if (this.#key !== undefined) this.#store.close(this.#key);
    this.#key = undefined;
  }
}
