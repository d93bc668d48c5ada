import type { KeyEvent as ServerKey } from '../rfb/client-messages.ts';
import type { KeyEvent } from './key-event.ts';
import { PhysicalKeyboard, type HostSystem } from './physical-keyboard.ts';
import { isKeymapUsable, ServerKeyboard, type KeyServer } from './server-keyboard.ts';
import { TextKeyboard, type LocalKey } from './text-keyboard.ts';

export interface ConsoleKeyboardOptions extends KeyServer {
  readonly system: HostSystem;
  readonly way: 'physical' | 'text';
}

/**
 * The way that suits a server where the user chose none: keys as they are, as long as it takes
 * scancodes. Behind a keymap it looks up what is typed, so that is what it is sent.
 */
export function suitableWay(
  chosen: 'auto' | 'physical' | 'text',
  keymap: string | undefined,
): 'physical' | 'text' {
  if (chosen !== 'auto') return chosen;
  return keymap !== undefined && isKeymapUsable(keymap) ? 'text' : 'physical';
}

/** The keyboard here as that of a guest, through one connection to its screen. */
export class ConsoleKeyboard {
  readonly #way: 'physical' | 'text';
  readonly #physical: PhysicalKeyboard;
  readonly #text: TextKeyboard;
  readonly #server: ServerKeyboard;

  constructor({ system, way, ...server }: ConsoleKeyboardOptions) {
    this.#way = way;
    this.#server = new ServerKeyboard(server);
    this.#physical = new PhysicalKeyboard(system);
    this.#text = new TextKeyboard(server.layout, this.#physical, this.#server.canPress);
  }

  /** What the server is to hear of a key that goes down here. */
  press(key: LocalKey): readonly ServerKey[] {
    if (this.#way === 'text') return this.#translated(this.#text.press(key), false);
    return this.#translated(this.#physical.press(key), key.isCapsLockOn);
  }

  release(key: LocalKey): readonly ServerKey[] {
    const keyboard = this.#way === 'text' ? this.#text : this.#physical;
    return this.#translated(keyboard.release(key), key.isCapsLockOn);
  }

  /** Releases what is held: the focus goes, the system sleeps, or the way changes. */
  releaseAll(): readonly ServerKey[] {
    return this.#translated(this.#physical.releaseAll(), false);
  }

  #translated(events: readonly KeyEvent[], isCapsLockOn: boolean): readonly ServerKey[] {
    return events
      .map((event) => this.#server.translate(event, isCapsLockOn))
      .filter((key) => key !== undefined);
  }
}
