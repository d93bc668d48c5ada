import type { AppError } from '../../../core/contract/app-error.ts';
import type { AppApi } from '../../../core/contract/contract.ts';
import { MOST_CLIPBOARD } from '../../../core/contract/guest-clipboard.ts';
import type { ClipboardNote } from '../../../core/messages/en/console.ts';

/** The screen whose guest has the other clipboard. */
export interface ClipboardScreen {
  readonly key: string | undefined;
  /** False for a text that its server cannot take whole. */
  giveClipboard(text: string): boolean;
  forgetClipboard(): void;
}

interface Ports {
  readonly api: AppApi['guestClipboard'];
  readonly screen: () => ClipboardScreen | undefined;
  readonly fail: (error: AppError) => void;
}

/**
 * The clipboard of one guest beside that of this computer. Where they are shared, ours is given when
 * the screen gets the keyboard, and the guest's is taken while it has it.
 */
export class GuestClipboard {
  readonly #ports: Ports;
  #isShared = false;
  #hasKeyboard = false;
  /** Both sides have this. */
  #common: string | undefined;
  #offered = $state.raw<string>();
  #note = $state.raw<ClipboardNote>();

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  get note(): ClipboardNote | undefined {
    return this.#note;
  }

  /** Whether something was copied in the guest that can be taken. */
  get isOffered(): boolean {
    return this.#offered !== undefined;
  }

  share(isShared: boolean): void {
    if (this.#isShared && !isShared) this.#ports.screen()?.forgetClipboard();
    this.#isShared = isShared;
    if (isShared && this.#hasKeyboard) void this.give();
  }

  /** The screen has the keyboard from now on, or no more. */
  keyboard(isHere: boolean): void {
    const comes = isHere && !this.#hasKeyboard;
    this.#hasKeyboard = isHere;
    if (comes && this.#isShared) void this.give();
  }

  /** Another connection knows nothing of what was given through the last one. */
  forget(): void {
    this.#common = undefined;
    this.#offered = undefined;
    this.#note = undefined;
  }

  /** Something was copied in the guest. */
  hear(text: string): void {
    if (text === '' || text === this.#common) return;
    const isTooLong = text.length > MOST_CLIPBOARD;
    this.#offered = isTooLong ? undefined : text;
    this.#tell(isTooLong ? 'too-long-there' : 'offered', text.length);
    if (!isTooLong && this.#isShared && this.#hasKeyboard) void this.take();
  }

  /** Puts what was copied in the guest into the clipboard of this computer. */
  async take(): Promise<void> {
    const key = this.#ports.screen()?.key;
    const text = this.#offered;
    if (key === undefined || text === undefined) return;
    const taken = await this.#ports.api.write({ key, text });
    if (!taken.ok) {
      this.#failed(taken.error);
      return;
    }
    this.#common = text;
    this.#tell('taken', text.length);
  }

  /** Offers the clipboard of this computer to the guest. */
  async give(): Promise<void> {
    const screen = this.#ports.screen();
    if (screen?.key === undefined) return;
    const read = await this.#ports.api.read({ key: screen.key });
    if (!read.ok) this.#failed(read.error);
    else if (read.value.kind === 'too-long') this.#tell('too-long', read.value.length);
    else if (read.value.kind === 'text') this.#offer(screen, read.value.text);
  }

  #offer(screen: ClipboardScreen, text: string): void {
    // Sharing may have ended while main was asked.
    if (text === this.#common || !this.#isShared) return;
    const isGiven = screen.giveClipboard(text);
    if (isGiven) this.#common = text;
    this.#tell(isGiven ? 'given' : 'beyond-latin-1', text.length);
  }

  #failed(error: AppError): void {
    if (error.code !== 'cancelled') this.#ports.fail(error);
  }

  #tell(what: ClipboardNote['what'], count: number): void {
    this.#note = { what, count };
  }
}
