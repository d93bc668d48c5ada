import type { KeyEvent } from './key-event.ts';

/** Which keys are down at the other end, so that none is left so. */
export class HeldKeys {
  // A set keeps the order in which they went down.
  readonly #scancodes = new Set<number>();

  /** Takes note of an event that is sent; undefined for the release of what is not down. */
  follow(event: KeyEvent): KeyEvent | undefined {
    if (event.down) {
      this.#scancodes.add(event.scancode);
      return event;
    }
    return this.#scancodes.delete(event.scancode) ? event : undefined;
  }

  isDown(scancode: number): boolean {
    return this.#scancodes.has(scancode);
  }

  /** The releases of all that is down, the last pressed first. Nothing is down afterwards. */
  releaseAll(): readonly KeyEvent[] {
    const releases = [...this.#scancodes].reverse().map((scancode) => ({ scancode, down: false }));
    this.#scancodes.clear();
    return releases;
  }
}
