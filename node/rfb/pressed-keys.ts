import type { KeyEvent } from '../../core/rfb/client-messages.ts';

/** The keys that are down at a server, so that none stays so when whoever pressed it is gone. */
export class PressedKeys {
  readonly #down = new Map<string, KeyEvent>();

  note(key: KeyEvent): void {
    const name = key.scancode === undefined ? `keysym ${key.keysym}` : `code ${key.scancode}`;
    if (key.isDown) this.#down.set(name, key);
    else this.#down.delete(name);
  }

  /** What releases all that is down, last pressed first; nothing is down after it. */
  release(): readonly KeyEvent[] {
    const releases = [...this.#down.values()].reverse().map((key) => ({ ...key, isDown: false }));
    this.#down.clear();
    return releases;
  }
}
