import type { Unsubscribe } from './session-types.ts';

type Listeners<Events> = { [Name in keyof Events]?: Set<(event: Events[Name]) => void> };

/** A typed event source. A listener that throws is reported and does not harm the others. */
export class Emitter<Events> {
  readonly #listeners: Listeners<Events> = {};
  readonly #onThrown: (cause: unknown, name: keyof Events) => void;

  constructor(onThrown: (cause: unknown, name: keyof Events) => void) {
    this.#onThrown = onThrown;
  }

  on<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): Unsubscribe {
    const known = (this.#listeners[name] ??= new Set());
    known.add(listener);
    return () => known.delete(listener);
  }

  has(name: keyof Events): boolean {
    return (this.#listeners[name]?.size ?? 0) > 0;
  }

  emit<Name extends keyof Events>(name: Name, event: Events[Name]): void {
    for (const listener of [...(this.#listeners[name] ?? [])]) {
      try {
        listener(event);
      } catch (cause) {
        this.#onThrown(cause, name);
      }
    }
  }
}

/** Where nobody takes a bug, or the one who does has one, it comes out as uncaught. */
export function surface(cause: unknown): void {
  queueMicrotask(() => {
    throw cause;
  });
}
