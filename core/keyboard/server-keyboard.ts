import type { KeyEvent as ServerKey } from '../rfb/client-messages.ts';
import type { KeyEvent } from './key-event.ts';
import { keymapNamesOf } from './keymaps.ts';
import { KeysymKeyboard } from './keysym-keyboard.ts';
import type { LayoutId, Stroke } from './layout.ts';
import { MeantKeysyms } from './meant-keysyms.ts';

/** What is known of the server behind a screen, and of its guest. */
export interface KeyServer {
  /** The layout that the guest has. */
  readonly layout: LayoutId;
  /** QEMU's keymap (`graphics/@keymap`): with one it looks keysyms up and passes over scancodes. */
  readonly keymap?: string | undefined;
}

/** Whether a text can be typed through a keymap at all: of some, nobody knows how keys are named. */
export function isKeymapUsable(keymap: string | undefined): boolean {
  return keymap === undefined || keymapNamesOf(keymap) !== undefined;
}

/** Keys of a guest in the form in which its server takes them. */
export class ServerKeyboard {
  readonly #named: KeysymKeyboard | undefined;
  readonly #meant: MeantKeysyms;
  readonly #hasKeymap: boolean;
  /** What was said of each key that is down: its release must say the same. */
  readonly #said = new Map<number, number>();

  constructor({ layout, keymap }: KeyServer) {
    const names = keymap === undefined ? undefined : keymapNamesOf(keymap);
    this.#hasKeymap = keymap !== undefined;
    this.#named = names === undefined ? undefined : new KeysymKeyboard(names);
    this.#meant = new MeantKeysyms(layout);
  }

  /** Whether the server would press that key for us, as compileText asks. */
  readonly canPress = (stroke: Stroke): boolean =>
    this.#hasKeymap ? this.#named?.canPress(stroke) === true : true;

  /**
   * The same event for the server; undefined where it has no name for the key. Without a keymap it
   * carries both, the scancode and what it means, for servers that take only one of them.
   * `isCapsLockOn` is that of our own keyboard, by which QEMU sets the guest's.
   */
  translate(event: KeyEvent, isCapsLockOn = false): ServerKey | undefined {
    const { scancode, down: isDown } = event;
    if (this.#named) {
      const named = this.#named.translate(event);
      return named && { isDown, keysym: this.#locked(event, named.keysym, isCapsLockOn) };
    }
    const keysym = this.#meant.translate(event)?.keysym ?? 0;
    return { isDown, keysym: this.#locked(event, keysym, isCapsLockOn), scancode };
  }

  #locked({ scancode, down }: KeyEvent, keysym: number, isCapsLockOn: boolean): number {
    if (!down) {
      const said = this.#said.get(scancode);
      this.#said.delete(scancode);
      // Through a keymap the name that releases a key may be another one than that which pressed it.
      return this.#named || said === undefined ? keysym : said;
    }
    const shown = isCapsLockOn ? otherCase(keysym) : keysym;
    this.#said.set(scancode, shown);
    return shown;
  }
}

/** QEMU compares the case of letters of ASCII with Shift, and toggles CapsLock where they differ. */
function otherCase(keysym: number): number {
  if (keysym >= 0x41 && keysym <= 0x5a) return keysym + 0x20;
  return keysym >= 0x61 && keysym <= 0x7a ? keysym - 0x20 : keysym;
}
